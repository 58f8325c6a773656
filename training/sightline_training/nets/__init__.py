"""The networks of the field, one short definition each, by the names that the table of docs/networks.md gives them."""

from .fdfacenet import FDFaceNet

_EMBEDDERS = {
    "fdfacenet": FDFaceNet,
    "fdfacenet-prelu": lambda: FDFaceNet(slope="channel"),
    "fdfacenet-layer-slope": lambda: FDFaceNet(slope="layer"),
    "fdfacenet-relu": lambda: FDFaceNet(slope=0),
}


def embedder_names():
    return sorted(_EMBEDDERS)


def embedder_by_name(name):
    """A new network [n, 3, 112, 112] → [n, size] with random weights; ValueError for an unknown name."""
    if name not in _EMBEDDERS:
        raise ValueError(f"no network is called {name!r}; there are: {', '.join(embedder_names())}")
    return _EMBEDDERS[name]()

"""The networks of the field, one short definition each, by the names that docs/networks.md gives them."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from . import cnn8, mobilenet, residual
from .fdfacenet import DWFaceNet, FDFaceNet, NFaceNet
from .mobiface import MobiFace
from .mobilefacenet import MobileFaceNet

SLOPE = 0.1  # of the embedders that are written for speed: one fixed slope is the fastest activation that is no ReLU


@dataclass(frozen=True)
class Network:
    """`make()` gives a new one with random weights; it takes [n, 3, height_px, width_px] and gives [n, size] values called `output`."""

    make: Callable[[], nn.Module]
    height_px: int = 112
    width_px: int = 112
    output: str = "embedding"


def _table():
    table = {
        "fdfacenet": Network(FDFaceNet),
        "fdfacenet-prelu": Network(lambda: FDFaceNet("channel")),
        "fdfacenet-layer-slope": Network(lambda: FDFaceNet("layer")),
        "fdfacenet-relu": Network(lambda: FDFaceNet(0)),
        "fdfacenet-no-gdc": Network(lambda: FDFaceNet(SLOPE, gdc=False)),
        "nfacenet": Network(lambda: NFaceNet(SLOPE)),
        "nfacenet-no-gdc": Network(lambda: NFaceNet(SLOPE, gdc=False)),
        "dwfacenet-no-gdc-x1.25": Network(lambda: DWFaceNet(SLOPE)),
        "mobilefacenet": Network(lambda: MobileFaceNet(SLOPE)),
        "mobilefacenet-512": Network(lambda: MobileFaceNet(SLOPE, size=512)),
        "mobilefacenet-prelu": Network(lambda: MobileFaceNet("channel")),
        "mobilefacenet-relu": Network(lambda: MobileFaceNet(0)),
        "mobilefacenet-m": Network(lambda: MobileFaceNet(SLOPE, last_layer=False)),
        "mobilefacenet-s": Network(lambda: MobileFaceNet(SLOPE, last_layer=False, wide_end=False)),
        "mobilefacenet-112x96": Network(lambda: MobileFaceNet(SLOPE, width_px=96), width_px=96),
        "mobilefacenet-96x96": Network(lambda: MobileFaceNet(SLOPE, height_px=96, width_px=96), 96, 96),
        "mobiface": Network(lambda: MobiFace(SLOPE)),
        "residual-a": Network(lambda: residual.ResidualFaceNet(residual.A, slope=SLOPE), width_px=96),
        "residual-b": Network(lambda: residual.ResidualFaceNet(residual.B, slope=SLOPE), width_px=96),
        "residual-c": Network(lambda: residual.ResidualFaceNet(residual.C, slope=SLOPE), width_px=96),
        "residual-q": Network(lambda: residual.ResidualFaceNet(residual.C, binary=True, slope=SLOPE), width_px=96),
        "cnn-8": Network(cnn8.cnn_8, 224, 224, "classes"),
        "cnn-8-ds": Network(cnn8.cnn_8_ds, 224, 224, "classes"),
    }
    for width in (0.5, 0.75, 1.0, 1.25):
        table[f"cnn-14-ds-x{width:g}"] = Network(lambda width=width: cnn8.cnn_14_ds(width), 224, 224, "classes")
        table[f"cnn-8-fd-x{width:g}"] = Network(lambda width=width: cnn8.cnn_8_fd(width), 224, 224, "classes")
    for width in (1.0, 0.75, 0.5, 0.25):
        table[f"mobilenetv1-x{width:g}"] = Network(lambda width=width: mobilenet.MobileNetV1(width))
    for resolution in (6 / 7, 5 / 7, 4 / 7):
        side = mobilenet.side_px(resolution)
        table[f"mobilenetv1-x0.5-{side}px"] = Network(lambda: mobilenet.MobileNetV1(0.5), side, side)
    return table


TABLE = _table()


def embedder_names():
    """Those that embed faces of 112x112."""
    return sorted(name for name, network in TABLE.items() if (network.height_px, network.width_px, network.output) == (112, 112, "embedding"))


def embedder_by_name(name):
    """A new network [n, 3, 112, 112] → [n, size] with random weights; ValueError for an unknown name."""
    if name not in embedder_names():
        raise ValueError(f"no embedder is called {name!r}; there are: {', '.join(embedder_names())}")
    return TABLE[name].make()

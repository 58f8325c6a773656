"""Writes a network as ONNX, checked. `python3 -m sightline_training.export NETWORK CHECKPOINT FILE`, or `--table FOLDER` for all, untrained.

Opset 13, IR at most 8, batch norm folded, weights as initialisers. An embedder has the input `input` [n, 3, height, width] and the output
`embedding` [n, size], n free.
"""

import argparse
import io
import sys
from pathlib import Path

import onnx
import torch

from .folding import folded
from .nets import embedder_by_name, embedder_names
from .onnx_graph import OnnxGraph

OPSET = 13
MAX_IR_VERSION = 8
TOLERANCE = 1e-4  # of the largest value


class ExportError(Exception):
    """The file would not be what it says; nothing was written."""


def export_embedder(network, path, height_px=112, width_px=112):
    """Writes `network`, folded, to `path`."""
    export(network, path, (3, height_px, width_px), ["embedding"])


def export(network, path, shape, outputs):
    """Writes `network`, folded, whose input has `shape` [channels, height, width] without its batch, to `path`; `outputs` are names."""
    graph = to_onnx(folded(network), shape, outputs)
    _check(graph, network, shape)
    path = Path(path)
    part = path.with_suffix(".part")
    onnx.save(graph, str(part))
    part.replace(path)


def to_onnx(network, shape, outputs):
    """The model of a folded network, unchecked."""
    written = io.BytesIO()
    torch.onnx.export(
        network,
        torch.zeros(1, *shape),
        written,
        opset_version=OPSET,
        input_names=["input"],
        output_names=outputs,
        dynamic_axes={name: {0: "n"} for name in ["input", *outputs]},
        keep_initializers_as_inputs=False,
    )
    model = onnx.load_from_string(written.getvalue())
    model.ir_version = min(model.ir_version, MAX_IR_VERSION)
    model.producer_name, model.producer_version = "sightline", ""
    return model


def _check(model, network, shape):
    onnx.checker.check_model(model, full_check=True)
    pictures = torch.rand(2, *shape, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.no_grad():
        expected = network.cpu().float().eval()(pictures)
    expected = expected if isinstance(expected, (tuple, list)) else [expected]
    actual = OnnxGraph(model).run({"input": pictures}).values()
    for want, got in zip(expected, actual, strict=True):
        off = float((want - got).abs().max() / want.abs().max())
        if want.shape != got.shape or not off <= TOLERANCE:
            raise ExportError(f"the exported graph gives {tuple(got.shape)}, {off:.1e} off, where the network gives {tuple(want.shape)}")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.export", description=__doc__.splitlines()[0])
    parser.add_argument("network", choices=embedder_names())
    parser.add_argument("checkpoint", type=Path, help="of a run, or a plain state_dict")
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    try:
        export_embedder(trained(options.network, options.checkpoint), options.file)
    except (ExportError, FileNotFoundError, ValueError) as problem:
        sys.exit(f"sightline_training: {problem}")


def trained(name, checkpoint):
    """The network called `name` with the weights of a checkpoint; ValueError where they belong to another."""
    state = torch.load(checkpoint, map_location="cpu")
    if "weights" in state:
        if state.get("network") != name:
            raise ValueError(f"{checkpoint} is a checkpoint of {state.get('network')}, not of {name}")
        state = state["weights"]
    network = embedder_by_name(name)
    try:
        network.load_state_dict(state)
    except RuntimeError as mismatch:
        raise ValueError(f"the weights of {checkpoint} do not fit {name}: {mismatch}") from mismatch
    return network.eval()


if __name__ == "__main__":
    main()

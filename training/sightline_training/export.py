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
from .nets import TABLE, embedder_by_name, embedder_names
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
    check(graph, network, shape)
    write(graph, path)


def write(model, path):
    """A kill leaves no half file at `path`."""
    path = Path(path)
    part = path.with_suffix(".part")
    onnx.save(model, str(part))
    part.replace(path)


def to_onnx(network, shape, outputs, free_sides=False):
    """The model of a folded network, unchecked; heights and widths free as well as the batch where `free_sides`."""
    written = io.BytesIO()
    torch.onnx.export(
        network,
        torch.zeros(1, *shape),
        written,
        opset_version=OPSET,
        input_names=["input"],
        output_names=outputs,
        dynamic_axes={name: {0: "n", **({2: f"{name}_h", 3: f"{name}_w"} if free_sides else {})} for name in ["input", *outputs]},
        keep_initializers_as_inputs=False,
    )
    model = onnx.load_from_string(written.getvalue())
    model.ir_version = min(model.ir_version, MAX_IR_VERSION)
    model.producer_name, model.producer_version = "sightline", ""
    _give_each_layer_its_own_weights(model.graph)
    return model


def _give_each_layer_its_own_weights(graph):
    """PyTorch writes weights that happen to be equal once, and an Identity for the other; here each is an initialiser."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "Identity" and node.input[0] in weights]:
        copied = graph.initializer.add()
        copied.CopyFrom(weights[node.input[0]])
        copied.name = node.output[0]
        graph.node.remove(node)


def check(model, network, shape):
    """Raises ExportError where `model` gives anything but what `network` gives for pictures of `shape` without its batch."""
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
    parser.add_argument("network", nargs="?", choices=embedder_names())
    parser.add_argument("checkpoint", nargs="?", type=Path, help="of a run, or a plain state_dict")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--table", type=Path, metavar="FOLDER", help="write every network of the table there, with random weights")
    parser.add_argument("--only", nargs="+", choices=sorted(TABLE), metavar="NAME", help="with --table: just these")
    options = parser.parse_args(arguments)
    if options.table is None and options.file is None:
        parser.error("name a network, its checkpoint and the file to write, or --table FOLDER")
    try:
        if options.table is not None:
            export_table(options.table, options.only or sorted(TABLE))
        else:
            export_embedder(trained(options.network, options.checkpoint), options.file)
    except (ExportError, FileNotFoundError, ValueError) as problem:
        sys.exit(f"sightline_training: {problem}")


def export_table(folder, names):
    """Writes the networks called `names` into `folder` as NAME.onnx, with random weights of a fixed seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        torch.manual_seed(1)
        network = TABLE[name]
        export(_with_different_slopes(network.make()), folder / f"{name}.onnx", (3, network.height_px, network.width_px), [network.output])
        print(f"{name}.onnx")


def _with_different_slopes(network):
    """As after training; equal slopes of all channels would be written as one."""
    for module in network.modules():
        if isinstance(module, torch.nn.PReLU):
            torch.nn.init.uniform_(module.weight, 0.1, 0.4)
    return network


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

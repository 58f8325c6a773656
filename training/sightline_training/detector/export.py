"""Writes a trained detector as ONNX: `python3 -m sightline_training.detector.export NETWORK CHECKPOINT FILE`.

Input `input` [1, 3, h, w], h and w free multiples of 32. For each stride S of 8, 16 and 32 the outputs `score_S` [1, 4, h/S, w/S] (logits: background and
face of either anchor), `box_S` [1, 8, …] and `landmark_S` [1, 20, …].
"""

import argparse
import copy
import sys
from pathlib import Path

import torch
from onnx import helper

from ..export import ExportError, check, to_onnx, write
from ..folding import folded
from ..loop.checkpoint import CheckpointError, weights
from . import nets

OUTPUTS = [f"{part}_{stride}" for stride in nets.STRIDES_PX for part in ("score", "box", "landmark")]


class Written(torch.nn.Module):
    """The network from its first convolution on, with its maps cut into scores, boxes and landmarks."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        return [part for values in self.network(x) for part in values.split(nets.PARTS, 1)]


def export_detector(network, path, score_shift=0.0):
    """Writes `network` to `path`; raises ExportError where the file would compute something else.

    `score_shift` is added to each face logit: it moves scores, and so what a threshold means, but never their order.
    """
    network = _shifted(network.cpu().float().eval(), score_shift)
    stacks = isinstance(network, nets.FDRetina)
    body = Written(folded(network.unstacked() if stacks else network))
    model = to_onnx(body, (12 if stacks else 3, 64, 64), OUTPUTS, free_sides=True)
    if stacks:
        stack_input(model)
    check(model, Written(network), (3, 96, 160))
    write(model, path)


def _shifted(network, score_shift):
    network = copy.deepcopy(network)
    with torch.no_grad():
        for head in network.heads:
            head.bias[1 : 2 * nets.ANCHORS : 2] += score_shift
    return network


def stack_input(model, side_px=None):
    """Puts SpaceToDepth before the first convolution, so that the file takes the plain picture, of `side_px` where its sides are fixed."""
    graph = model.graph
    for node in graph.node:
        for place, name in enumerate(node.input):
            if name == "input":
                node.input[place] = "stacked"
    graph.node.insert(0, helper.make_node("SpaceToDepth", ["input"], ["stacked"], name="stack", blocksize=2))
    shape = graph.input[0].type.tensor_type.shape
    shape.dim[1].dim_value = 3
    if side_px is not None:
        shape.dim[2].dim_value = shape.dim[3].dim_value = side_px


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.detector.export", description=__doc__.splitlines()[0])
    parser.add_argument("network", choices=sorted(nets.DETECTORS))
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--score-shift", type=float, default=0.0, help="added to each face logit: -0.405 makes 0.5 a score of 0.4 (default 0)")
    options = parser.parse_args(arguments)
    try:
        network = nets.DETECTORS[options.network]()
        network.load_state_dict(weights(options.checkpoint, options.network))
        export_detector(network, options.file, options.score_shift)
    except (CheckpointError, ExportError, FileNotFoundError) as problem:
        sys.exit(f"sightline_training: {problem}")


if __name__ == "__main__":
    main()

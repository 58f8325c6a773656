"""Writes a trained FDLandmark as ONNX: `python3 -m sightline_training.landmarks.export CHECKPOINT FILE`.

Input `input` [n, 3, 80, 80], (x − 127.5) / 128 of RGB; output `landmarks` [n, 10], x0 y0 … x4 y4 in pixels of the input, pixel i covering [i, i + 1).
"""

import argparse
import sys
from pathlib import Path

import torch

from ..detector.export import stack_input
from ..detector.nets import stacked
from ..export import ExportError, check, to_onnx, write
from ..folding import folded
from ..loop.checkpoint import CheckpointError, weights
from .net import SIDE_PX, FDLandmark


class _Plain(torch.nn.Module):
    """The written network for plain pictures."""

    def __init__(self, written):
        super().__init__()
        self.written = written

    def forward(self, x):
        return self.written(stacked(x))


def export_landmarks(network, path):
    """Writes `network` to `path`; raises ExportError where the file would compute something else."""
    written = network.cpu().float().eval().written()
    model = to_onnx(folded(written), (12, SIDE_PX // 2, SIDE_PX // 2), ["landmarks"])
    stack_input(model, SIDE_PX)
    check(model, _Plain(written), (3, SIDE_PX, SIDE_PX))
    write(model, path)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.landmarks.export", description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    try:
        network = FDLandmark()
        network.load_state_dict(weights(options.checkpoint, "fdlandmark"))
        export_landmarks(network, options.file)
    except (CheckpointError, ExportError, FileNotFoundError) as problem:
        sys.exit(f"sightline_training: {problem}")


if __name__ == "__main__":
    main()

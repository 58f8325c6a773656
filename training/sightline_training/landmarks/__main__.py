"""Trains FDLandmark on aligned crops whose landmarks are asked of a teacher. An interrupted run goes on with the same command."""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..detector.points import PointsTeacher, crop_points
from ..embedder.crops import is_held_out, open_crops
from ..loop import curves
from ..loop.checkpoint import CheckpointError
from ..loop.muon import is_matrix, rates
from ..loop.precision import layout
from ..loop.schedule import Rising
from ..loop.trainer import Plan, Recipe, Trainer
from . import evaluate
from .net import FDLandmark
from .windows import Windows

NAME = "fdlandmark"


class Objective(torch.nn.Module):
    """Absolute differences, rounded off below half a percent of the eyes' distance."""

    def forward(self, said, wanted):
        loss = F.smooth_l1_loss(said.float(), wanted.to(said.device), beta=0.005)
        return loss, {}


def main(arguments=None):
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    try:
        _train(options)
    except (CheckpointError, FileNotFoundError, ValueError) as problem:
        sys.exit(f"sightline_training: {problem}")


def _train(options):
    crops = open_crops(options.faces, options.cache)
    points = crop_points(crops, PointsTeacher.read(options.points_teacher), options.cache)
    answered = np.isfinite(points).all(1)
    held_out = np.array([is_held_out(row) for row in crops.rows])
    if not (answered & ~held_out).any():
        raise ValueError(f"{options.points_teacher} sees no face in any crop of {options.faces}: there is nothing to learn")
    windows = Windows(crops.pixels, points, np.flatnonzero(answered & ~held_out), options.seed)
    network = FDLandmark().to(options.device, memory_format=layout(options.device))
    plan = Plan(
        run=options.run,
        total_samples=options.samples,
        batch=options.batch,
        seed=options.seed,
        workers=options.workers,
        report_every=25_600,
        checkpoint_every=25_600,
        verify_every=128_000,
        device=options.device,
    )
    trainer = Trainer(network, NAME, recipe(network, options), plan)
    trainer.train(windows, _verification(crops, points, np.flatnonzero(answered & held_out), options.lfw))
    if trainer.reports:
        print(f"weights: {options.run / 'checkpoint.pt'}   curve: {curves.draw(options.run)}")


def _verification(crops, points, held_out, lfw):
    known = {"off_held_out": evaluate.known_faces(crops.pixels, points, held_out), "off_lfw": evaluate.lfw_faces(lfw) if lfw else []}
    return lambda network: {name: evaluate.off(network, faces) for name, faces in known.items() if faces}


def recipe(network, options):
    """Muon for all matrices but the last, whose outputs have a unit; AdamW for the rest."""
    matrices = [module.weight for module in network.body.modules() if is_matrix(module)]
    chosen = rates(matrices, network.parameters(), options.muon_rate, options.adam_rate)
    return Recipe(Objective(), chosen, Rising(options.samples))


def _parser():
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.landmarks", description=__doc__)
    parser.add_argument("--faces", type=Path, required=True, help="folder of aligned crops")
    parser.add_argument("--cache", type=Path, required=True, help="folder for decoded crops and the teacher's landmarks")
    parser.add_argument("--points-teacher", type=Path, required=True, metavar="FILE", help="SCRFD's .onnx: landmarks are asked of it, every face at one size")
    parser.add_argument("--lfw", type=Path, help="folder with LFW's pictures and landmarks.csv, to watch the run")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run: checkpoint and curve")
    parser.add_argument("--samples", type=int, required=True, help="length of the run")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    return parser


if __name__ == "__main__":
    main()

"""Trains a face detector from scenes with labelled faces. An interrupted run goes on with the same command."""

import argparse
import sys
from pathlib import Path

import torch

from ..embedder.crops import open_crops
from ..loop import curves
from ..loop.checkpoint import CheckpointError
from ..loop.muon import is_matrix, rates
from ..loop.native import quicken
from ..loop.precision import layout
from ..loop.schedule import Rising
from ..loop.trainer import Plan, Recipe, Trainer
from ..unfolding import begin_with
from .evaluate import figures
from .losses import Objective
from .nets import DETECTORS
from .points import PointsTeacher, crop_points, with_points
from .scenes import Views, read_scenes


def main(arguments=None):
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    try:
        _train(options)
    except (CheckpointError, FileNotFoundError, ValueError) as problem:
        sys.exit(f"sightline_training: {problem}")


def _train(options):
    scenes, _ = read_scenes(options.scenes, "train")
    held_out, _ = read_scenes(options.scenes, "heldout")
    crops = open_crops(options.faces, options.cache) if options.faces else None
    points = None
    if options.points_teacher:
        teacher = PointsTeacher.read(options.points_teacher)
        scenes = with_points(scenes, teacher)
        points = crop_points(crops, teacher, options.cache) if crops else None
    views = Views(scenes, crops.pixels if crops else None, options.side, options.seed, points)
    network = DETECTORS[options.network]()
    if options.begin_with:
        begin_with(network, options.network, options.begin_with, views)
    network = network.to(options.device, memory_format=layout(options.device))
    if options.native:
        quicken(network)
    plan = Plan(
        run=options.run,
        total_samples=options.samples,
        batch=options.batch,
        seed=options.seed,
        workers=options.workers,
        report_every=1_600,
        checkpoint_every=8_000,
        verify_every=40_000,
        device=options.device,
    )
    trainer = Trainer(network, options.network, recipe(network, options), plan)
    trainer.train(views, lambda trained: figures(trained, held_out))
    print(f"weights: {options.run / 'checkpoint.pt'}   curve: {curves.draw(options.run)}")


def recipe(network, options):
    """Muon for dense convolutions of the body; AdamW for norms, depthwise kernels and the heads, whose outputs have units."""
    heads = {id(p) for p in network.heads.parameters()}
    matrices = [m.weight for m in network.modules() if is_matrix(m) and id(m.weight) not in heads]
    chosen = rates(matrices, network.parameters(), options.muon_rate, options.adam_rate)
    return Recipe(Objective(options.side, landmark=options.landmark), chosen, Rising(options.samples, warm=8_000))


def _parser():
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.detector", description=__doc__)
    parser.add_argument("--network", choices=sorted(DETECTORS), default="fdretina")
    parser.add_argument("--scenes", type=Path, required=True, help="folder with pictures.csv, labels.csv and the archives of scenes")
    parser.add_argument("--faces", type=Path, help="folder of aligned crops to put into scenes")
    parser.add_argument("--cache", type=Path, help="folder for decoded crops; needed with --faces")
    parser.add_argument("--points-teacher", type=Path, metavar="FILE", help="SCRFD's .onnx: landmarks are asked of it, every face at one size")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run: checkpoint and curve")
    parser.add_argument("--begin-with", type=Path, metavar="FILE", help="checkpoint of another run of this network, or its .onnx, whose weights this one begins with")
    parser.add_argument("--samples", type=int, required=True, help="length of the run")
    parser.add_argument("--side", type=int, default=320, help="of a training picture, px, a multiple of 32")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--landmark", type=float, default=1.0, help="strength of the landmarks' part of the loss")
    parser.add_argument("--muon-rate", type=float, default=0.02)
    parser.add_argument("--adam-rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    parser.add_argument("--native", action="store_true", help="faster on one core of a CPU with AVX-512 bf16; wants a C compiler")
    return parser


if __name__ == "__main__":
    main()

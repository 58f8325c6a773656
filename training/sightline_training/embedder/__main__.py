"""Command line of the embedder's recipes."""

import argparse
import os
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch

from ..nets import embedder_by_name, embedder_names
from ..loop import curves
from ..loop.checkpoint import CheckpointError
from ..loop.native import quicken
from ..loop.precision import layout
from ..loop.schedule import Rising
from ..loop.trainer import Plan, Trainer
from ..unfolding import begin_with
from . import arcface, distil
from .augment import CHANGES
from .chimeras import Joined, chimeras
from .crops import open_crops
from .samples import Samples
from .teachers import INPUTS, targets
from .verification import Pairs


def main(arguments=None):
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    try:
        options.command(options)
    except (CheckpointError, FileNotFoundError, ValueError) as problem:
        sys.exit(f"sightline_training: {problem}")


def _distil(options):
    rank = _join_processes(options)
    lessons, pixels, rows = _first_alone(rank, lambda: _what_to_learn(options))
    samples = Samples(pixels, rows, options.seed, CHANGES[options.change])
    network = _network(options, samples)
    objective = distil.Objective(_size(network), lessons, distil.Strengths(options.relational, options.arcface)).to(options.device)
    recipe = distil.recipe(network, objective, Rising(options.samples), options.muon_rate, options.adam_rate)
    trainer = Trainer(network, options.network, recipe, _plan(options))
    _train(trainer, samples, options)


def _arcface(options):
    _join_processes(options)
    folder = arcface.IdentityFolder(options.faces, options.seed)
    network = _network(options, folder)
    objective = arcface.Objective(_size(network), len(folder.identities)).to(options.device)
    recipe = arcface.recipe(network, objective, arcface.Steps(256), options.rate)
    trainer = Trainer(network, options.network, recipe, _plan(options))
    _train(trainer, folder, options)


def _what_to_learn(options):
    """(lessons, pixels they are about, rows to train on)"""
    crops = open_crops(options.faces, options.cache)
    identities = crops.identities()
    wanted = distil.drawn_together(targets(crops.pixels, options.teacher, options.cache, options.device), identities, options.identity_pull)
    lessons, rows = distil.Lessons(wanted, crops.weights(), identities), crops.training_indices()
    if not options.chimeras:
        return lessons, crops.pixels, rows
    folder = options.cache / "chimeras"
    mixtures = chimeras(crops.pixels, rows[lessons.weights[rows] == 1], options.chimeras, folder, options.seed)
    lessons = lessons.followed_by(targets(mixtures, options.teacher, folder, options.device))
    return lessons, Joined(crops.pixels, mixtures), np.concatenate([rows, len(crops.pixels) + np.arange(len(mixtures))])


def _join_processes(options):
    """Where torchrun (or the variables that it sets) made this process one of several. Returns its rank."""
    if "WORLD_SIZE" not in os.environ:
        return 0
    torch.distributed.init_process_group("nccl" if options.device.startswith("cuda") else "gloo", timeout=timedelta(hours=6))
    if options.device == "cuda":
        options.device = f"cuda:{os.environ['LOCAL_RANK']}"
    return torch.distributed.get_rank()


def _first_alone(rank, make):
    """What `make` gives; where it fills a cache, the first process does so and the others find it."""
    several = torch.distributed.is_initialized()
    if several and rank:
        torch.distributed.barrier()
    made = make()
    if several and not rank:
        torch.distributed.barrier()
    return made


def _network(options, samples):
    network = embedder_by_name(options.network)
    if options.begin_with:
        begin_with(network, options.network, options.begin_with, samples)
    network = network.to(options.device, memory_format=layout(options.device))
    return quicken(network) if options.native else network


@torch.no_grad()
def _size(network):
    network.eval()
    device = next(network.parameters()).device
    return network(torch.zeros(1, 3, 112, 112, device=device)).shape[1]


def _plan(options):
    return Plan(
        run=options.run,
        total_samples=options.samples,
        batch=options.batch,
        seed=options.seed,
        workers=options.workers,
        device=options.device,
    )


def _train(trainer, samples, options):
    trainer.train(samples, Pairs(options.lfw).figures if options.lfw else None)
    if trainer.reports:
        print(f"weights: {options.run / 'checkpoint.pt'}   curve: {curves.draw(options.run)}")


def teacher_argument(text):
    path, _, form = text.rpartition(":")
    if form not in INPUTS or not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text!r}: wanted FILE.onnx:FORM, where FILE exists and FORM is one of {', '.join(INPUTS)}")
    return Path(path), form


def _parser():
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.embedder", description=__doc__)
    recipes = parser.add_subparsers(required=True)
    by_teachers = recipes.add_parser("distil", help="learn to see as one or several teachers see")
    by_teachers.set_defaults(command=_distil)
    by_teachers.add_argument("--teacher", type=teacher_argument, action="append", required=True, metavar="FILE:FORM", help=f"FORM: {', '.join(INPUTS)}")
    by_teachers.add_argument("--cache", type=Path, required=True, help="folder for decoded crops and the teachers' targets")
    by_teachers.add_argument("--relational", type=float, default=10.0, help="strength of the relational part")
    by_teachers.add_argument("--identity-pull", type=float, default=0.0, help="how far targets are moved to the mean of their identity")
    by_teachers.add_argument("--chimeras", type=int, default=0, metavar="N", help="faces mixed of two crops each, taught beside the crops")
    by_teachers.add_argument("--arcface", type=float, default=0.0, help="strength of ArcFace on the crops with an identity")
    by_teachers.add_argument("--change", choices=CHANGES, default="strong", help="how much pictures are changed: mild for a last run, as the product meets them")
    by_teachers.add_argument("--muon-rate", type=float, default=0.02)
    by_teachers.add_argument("--adam-rate", type=float, default=2e-3)
    by_identities = recipes.add_parser("arcface", help="the paper's recipe, on a folder of identities")
    by_identities.set_defaults(command=_arcface)
    by_identities.add_argument("--rate", type=float, default=0.01)
    for recipe, batch in ((by_teachers, 192), (by_identities, 256)):
        recipe.add_argument("--network", choices=embedder_names(), default="fdfacenet")
        recipe.add_argument("--faces", type=Path, required=True, help="the training pictures")
        recipe.add_argument("--lfw", type=Path, help="folder with LFW's pictures, landmarks.csv and pairs.txt, to watch the run")
        recipe.add_argument("--run", type=Path, required=True, help="folder of this run: checkpoint and curve; an interrupted run goes on")
        recipe.add_argument("--begin-with", type=Path, metavar="FILE", help="checkpoint of another run of this network, or its .onnx, whose weights this one begins with")
        recipe.add_argument("--samples", type=int, required=True, help="length of the run")
        recipe.add_argument("--batch", type=int, default=batch)
        recipe.add_argument("--seed", type=int, default=1)
        recipe.add_argument("--threads", type=int, default=1, help="of arithmetic; beside other busy processes more than one is slower")
        recipe.add_argument("--workers", type=int, default=1, help="processes that read and change pictures")
        recipe.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
        recipe.add_argument("--native", action="store_true", help="faster on one core of a CPU with AVX-512 bf16; wants a C compiler")
    return parser


if __name__ == "__main__":
    main()

"""The paper's recipe: ArcFace on a folder of identities. `python3 -m sightline_training.embedder arcface --help`.

`FOLDER/identity/picture`, aligned pictures of 112x112 px; they are read from disk as they are needed, so the set may be of any size. On several
GPUs: `torchrun --nproc_per_node=N -m sightline_training.embedder arcface …`.
"""

import bisect
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from ..loop.trainer import Rate, Recipe
from .crops import SIDE_PX, read_picture
from .losses import ArcFace

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}


@dataclass(frozen=True)
class Steps:
    """The learning rate is divided by ten at each of `at` iterations of `batch` samples (the paper's at batch 256)."""

    batch: int
    at: tuple = (160_000, 210_000, 250_000, 290_000)

    def __call__(self, seen):
        return 0.1 ** bisect.bisect_right(self.at, seen // self.batch)


class IdentityFolder(torch.utils.data.Dataset):
    """Position p of the run → (picture, mirrored one time in two; the number of its identity).

    A picture that cannot be read is replaced by the next one of the run that can, so that it costs nothing but itself; `unreadable` names
    those that were met.
    """

    def __init__(self, folder, seed):
        folder = Path(folder)
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not a folder: --faces wants FOLDER/identity/picture")
        self.identities = sorted(path.name for path in folder.iterdir() if path.is_dir())
        self._pictures = [
            (path, number)
            for number, identity in enumerate(self.identities)
            for path in sorted((folder / identity).iterdir())
            if path.suffix.lower() in SUFFIXES
        ]
        if len({number for _, number in self._pictures}) < 2:
            raise ValueError(f"{folder} holds pictures of fewer than two identities: nothing can be told apart")
        self._seed, self._epoch, self._order = seed, -1, None
        self.unreadable = set()

    def __getitem__(self, position):
        cv2.setNumThreads(0)
        for ahead in range(len(self._pictures)):
            path, number, mirror = self._at(int(position) + ahead)
            picture = None if path in self.unreadable else read_picture(path.read_bytes())
            if picture is not None:
                return torch.from_numpy(np.ascontiguousarray(picture[:, ::-1] if mirror else picture)), number
            self._complain(path)
        raise ValueError(f"none of the {len(self._pictures)} pictures is a readable picture of {SIDE_PX}x{SIDE_PX} px")

    def _at(self, position):
        epoch, place = divmod(position, len(self._pictures))
        if epoch != self._epoch:
            self._epoch = epoch
            self._order = np.random.default_rng([self._seed, epoch]).permutation(len(self._pictures))
        index = self._order[place]
        mirror = np.random.default_rng([self._seed, epoch, int(index)]).random() < 0.5
        path, number = self._pictures[index]
        return path, number, mirror

    def _complain(self, path):
        if path not in self.unreadable:
            self.unreadable.add(path)
            print(f"{path} is no readable picture of {SIDE_PX}x{SIDE_PX} px; it is left out", flush=True)


class Objective(torch.nn.Module):
    """ArcFace; `rows` are the identities' numbers."""

    def __init__(self, size, identities):
        super().__init__()
        self.arcface = ArcFace(size, identities)

    def forward(self, vectors, rows):
        return self.arcface(vectors.float(), rows.to(vectors.device)), {}


def recipe(network, objective, schedule, rate=0.01):
    """SGD with momentum 0.9 and weight decay 5e-4, as the paper has it."""
    weights = list(network.parameters()) + list(objective.parameters())
    return Recipe(objective, [Rate(torch.optim.SGD(weights, lr=rate, momentum=0.9, weight_decay=5e-4), rate)], schedule)

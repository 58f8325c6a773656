"""An embedder learns to see as its teachers see: `python3 -m sightline_training.embedder distil --help`."""

from dataclasses import dataclass

import numpy as np
import torch

from ..loop.muon import is_matrix, rates
from ..loop.trainer import Recipe
from .losses import ArcFace, Distillation


@dataclass(frozen=True)
class Lessons:
    """What is known of each crop: the teachers' `targets` [n, t] of unit length, a `weight`, the number of its identity or −1."""

    targets: np.ndarray
    weights: np.ndarray
    identities: np.ndarray

    def followed_by(self, targets):
        """These, then crops of nobody with `targets` [m, t]."""
        return Lessons(
            np.concatenate([self.targets, targets]),
            np.concatenate([self.weights, np.ones(len(targets), np.float32)]),
            np.concatenate([self.identities, np.full(len(targets), -1)]),
        )


def drawn_together(targets, identities, pull):
    """Targets [n, t] of unit length, each moved by `pull` times the unit mean of its identity's targets: what a teacher says of one picture rather than of
    the person need not be learned. Rows whose identity is −1 stay."""
    known = identities >= 0
    sums = np.zeros((int(identities.max()) + 1, targets.shape[1]), targets.dtype)
    np.add.at(sums, identities[known], targets[known])
    means = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    out = targets.copy()
    out[known] += pull * means[identities[known]]
    return out / np.linalg.norm(out, axis=1, keepdims=True)


@dataclass(frozen=True)
class Strengths:
    """Of the parts of the loss beside pointing, which has 1."""

    relational: float = 10.0
    arcface: float = 0.0


class Objective(torch.nn.Module):
    """Distillation, with ArcFace beside it on the crops whose identity is known."""

    def __init__(self, size, lessons, strengths):
        super().__init__()
        self._lessons, self._strengths = lessons, strengths
        self.distillation = Distillation(size, lessons.targets.shape[1], strengths.relational)
        self.arcface = ArcFace(size, int(lessons.identities.max()) + 1) if strengths.arcface else None

    def forward(self, vectors, rows):
        vectors = vectors.float()
        target = torch.from_numpy(self._lessons.targets[rows]).to(vectors.device)
        weight = torch.from_numpy(self._lessons.weights[rows]).to(vectors.device)
        loss, pointing, relations = self.distillation(vectors, target, weight)
        figures = {"pointing": pointing.item(), "relations": relations.item()}
        if self.arcface is not None:
            identities = torch.from_numpy(self._lessons.identities[rows]).to(vectors.device)
            own = self.arcface(vectors, identities)
            figures["arcface"] = own.item()
            loss = loss + self._strengths.arcface * own
        return loss, figures


def recipe(network, objective, schedule, muon_rate=0.02, adam_rate=2e-3):
    """Muon for dense convolutions and linear layers; AdamW for norms, slopes, depthwise kernels and the objective's own weights."""
    matrices = [module.weight for module in network.modules() if is_matrix(module)]
    return Recipe(objective, rates(matrices, [*network.parameters(), *objective.parameters()], muon_rate, adam_rate), schedule)


"""The loop that every recipe shares: samples in an order that the seed decides, mixed precision, checkpoints that resume exactly, a curve."""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed

from . import checkpoint
from .precision import autocast, layout


@dataclass(frozen=True)
class Plan:
    """One run. `total_samples` may be changed between a stop and its continuation, while the rates are still level."""

    run: Path
    total_samples: int
    batch: int
    seed: int = 1
    workers: int = 1
    report_every: int = 2_560
    checkpoint_every: int = 12_800
    verify_every: int = 128_000
    device: str = "cpu"


@dataclass(frozen=True)
class Rate:
    """An optimiser and its highest learning rate."""

    optimiser: torch.optim.Optimizer
    highest: float


@dataclass(frozen=True)
class Recipe:
    """What differs between recipes. `objective(output, lesson)` maps what the network gave for a batch of pictures, and what the samples say of
    them, to (loss, figures to report); `factor(seen)` is what the highest rates are multiplied with after `seen` samples."""

    objective: torch.nn.Module
    rates: list
    factor: object


class Trainer:
    """A network on its way."""

    def __init__(self, network, name, recipe, plan):
        self.network, self.name, self.plan = network, name, plan
        self._recipe = recipe
        self._rank = torch.distributed.get_rank() if torch.distributed.is_initialized() else 0
        self._world = torch.distributed.get_world_size() if torch.distributed.is_initialized() else 1
        self.seen = 0
        self._resume()

    def _resume(self):
        self.plan.run.mkdir(parents=True, exist_ok=True)
        state = checkpoint.load(self._file("checkpoint.pt"), self.name)
        if self._rank == 0:
            _keep_rows_up_to(self._file("curve.csv"), state["seen"] if state else -1)
        if state is None:
            return
        self.seen = state["seen"]
        self.network.load_state_dict(state["weights"])
        self._recipe.objective.load_state_dict(state["objective"])
        for rate, kept in zip(self._recipe.rates, state["optimisers"]):
            rate.optimiser.load_state_dict(kept)
        print(f"{self.name}: goes on after {self.seen} samples")

    @property
    def reports(self):
        """Whether this process is the one of several that writes the curve, and has written some of it."""
        return self._rank == 0 and self._file("curve.csv").is_file()

    def save(self):
        """Writes the checkpoint; only the first of several processes does."""
        if self._rank:
            return
        state = {
            "network": self.name,
            "seen": self.seen,
            "weights": self.network.state_dict(),
            "objective": self._recipe.objective.state_dict(),
            "optimisers": [rate.optimiser.state_dict() for rate in self._recipe.rates],
        }
        checkpoint.save(self._file("checkpoint.pt"), state)

    def train(self, samples, verify=None):
        """Trains to the plan's end. `samples` maps a position to (picture [height, width, 3] uint8 RGB, lesson); `verify` maps the network to
        figures {name: value} and is asked now and then."""
        self.network.train()
        begun, begun_at = time.monotonic(), self.seen
        for pictures, lesson in self._batches(samples):
            figures = self._step(pictures, lesson)
            before, self.seen = self.seen, self.seen + len(pictures) * self._world
            if _passes(before, self.seen, self.plan.report_every):
                figures["samples_per_s"] = (self.seen - begun_at) / (time.monotonic() - begun)
                self._report(figures)
            if verify and _passes(before, self.seen, self.plan.verify_every):
                self._verify(verify)
            if _passes(before, self.seen, self.plan.checkpoint_every):
                self.save()
        self.save()
        if verify:
            self._verify(verify)

    def _batches(self, samples):
        positions = range(self.seen, self.plan.total_samples)
        return batches(samples, positions[self._rank :: self._world], self.plan.batch, self.plan.workers)

    def _step(self, pictures, lesson):
        factor = self._recipe.factor(self.seen)
        for rate in self._recipe.rates:
            rate.optimiser.zero_grad(set_to_none=True)
            for group in rate.optimiser.param_groups:
                group["lr"] = rate.highest * factor
        with autocast(self.plan.device):
            output = self.network(network_input(pictures, self.plan.device))
        loss, figures = self._recipe.objective(output, lesson)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"{self.name}: loss {loss.item()} after {self.seen} samples; go on from the checkpoint with lower rates")
        loss.backward()
        self._share_gradients()
        for rate in self._recipe.rates:
            rate.optimiser.step()
        return {"loss": loss.item(), "rate": factor} | figures

    def _share_gradients(self):
        """The mean over processes; each has its own batch."""
        if self._world == 1:
            return
        for module in (self.network, self._recipe.objective):
            for parameter in module.parameters():
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
                torch.distributed.all_reduce(parameter.grad)
                parameter.grad.div_(self._world)

    def _verify(self, verify):
        if self._rank == 0:
            self.network.eval()
            self._report(verify(self.network))
            self.network.train()

    def _report(self, figures):
        if self._rank:
            return
        print(f"{self.name} {self.seen:>9} " + "  ".join(f"{key} {value:.4g}" for key, value in figures.items()), flush=True)
        with self._file("curve.csv").open("a", newline="") as lines:
            writer = csv.writer(lines)
            for key, value in figures.items():
                writer.writerow([self.seen, key, f"{value:.6g}"])

    def _file(self, name):
        return self.plan.run / name


def batches(samples, positions, size, workers):
    """Batches ([size, height, width, 3] uint8, lessons) of the samples at `positions`, a range."""
    return torch.utils.data.DataLoader(
        samples,
        batch_size=size,
        sampler=positions,
        num_workers=workers,
        drop_last=True,
        prefetch_factor=8 if workers else 2,
    )


def network_input(pictures, device="cpu"):
    """[n, height, width, 3] uint8 RGB → [n, 3, height, width] float, (x − 127.5) / 128."""
    # Arithmetic before the axes are exchanged: on three channels last, PyTorch 1.13 takes fifty times as long for the same values.
    x = (pictures.to(device).float() - 127.5) / 128
    return x.permute(0, 3, 1, 2).contiguous(memory_format=layout(device))


def _passes(before, after, every):
    return before // every != after // every


def _keep_rows_up_to(curve, seen):
    """What an interrupted run wrote after its last checkpoint will come again."""
    if curve.is_file():
        with curve.open(newline="") as lines:
            rows = [row for row in csv.reader(lines) if int(row[0]) <= seen]
        with curve.open("w", newline="") as lines:
            csv.writer(lines).writerows(rows)

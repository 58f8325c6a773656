"""Checkpoints: everything that a run needs to go on as if it had not been interrupted."""

import os
from pathlib import Path

import torch


class CheckpointError(Exception):
    """The checkpoint cannot be used; the message says why and what to do."""


def save(path, state):
    """Writes `state` so that a kill at any moment leaves the old file or the new one, never half of it."""
    path = Path(path)
    part = path.with_suffix(".part")
    torch.save(state, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def load(path, network_name):
    """The state at `path`, or None where there is none. One of another network is refused."""
    path = Path(path)
    if not path.is_file():
        return None
    try:
        state = torch.load(path, map_location="cpu")
    except Exception as broken:
        raise CheckpointError(f"{path} cannot be read ({broken}); remove it to begin anew") from broken
    found = state.get("network") if isinstance(state, dict) else None
    if found != network_name:
        raise CheckpointError(f"{path} is a checkpoint of {found}, not of {network_name}: name another --run folder")
    return state


def weights(path, network_name):
    """The weights in the checkpoint at `path`; FileNotFoundError where there is none."""
    state = load(path, network_name)
    if state is None:
        raise FileNotFoundError(f"{path} does not exist")
    return state["weights"]

"""Faces of nobody, made of two crops each, for a student who has more to learn from its teachers than there are people at hand.

A teacher can be asked about any face; whether anybody has it does not matter. Mixing is what lets a long distillation generalise (Beyer et al. 2022,
"Knowledge distillation: a good teacher is patient and consistent"); here the mask is a smooth random field, so that one face lends parts as well as traits.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from .crops import SIDE_PX

CELLS = 3  # of the random field, to a side
GAIN = (0.5, 2.0)  # how far contrast may be changed to match


@dataclass(frozen=True)
class Joined:
    """Two arrays of crops, one behind the other."""

    first: np.ndarray
    second: np.ndarray

    def __len__(self):
        return len(self.first) + len(self.second)

    def __getitem__(self, row):
        return self.first[row] if row < len(self.first) else self.second[row - len(self.first)]


def mixed(one, other, rng):
    """A face of parts and traits of `one` and `other` ([112, 112, 3] uint8 RGB), decided by `rng` alone; `other` is brought to the light of `one`."""
    field = cv2.resize(rng.uniform(-1, 2, (CELLS, CELLS)), (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    share = np.clip(field, 0, 1)[..., None]
    one, other = one.astype(float), other.astype(float)
    gain = np.clip(one.std((0, 1)) / np.maximum(other.std((0, 1)), 1), *GAIN)
    matched = (other - other.mean((0, 1))) * gain + one.mean((0, 1))
    return np.clip(one * (1 - share) + matched * share, 0, 255).round().astype(np.uint8)


def chimeras(pixels, rows, count, folder, seed=1):
    """[count, 112, 112, 3] uint8 RGB, memory-mapped: mixtures of crops at `rows` of `pixels`. Made once, kept in `folder`, which is theirs alone: where
    others must be made, notes on what else is kept there (the teachers' targets for those before) go first."""
    folder = Path(folder)
    file, note = folder / "chimeras.npy", folder / "chimeras.json"
    made_from = {"crops": len(pixels), "rows": len(rows), "count": count, "seed": seed}
    if not note.is_file() or json.loads(note.read_text()) != made_from:
        folder.mkdir(parents=True, exist_ok=True)
        for kept in folder.glob("*.json"):
            kept.unlink()
        out = np.lib.format.open_memmap(file, "w+", np.uint8, (count, SIDE_PX, SIDE_PX, 3))
        for i in tqdm(range(count), desc="mixing crops", unit="crop"):
            rng = np.random.default_rng([seed, i])
            one, other = rng.choice(rows, 2, replace=False)
            out[i] = mixed(pixels[one], pixels[other], rng)
        out.flush()
        note.write_text(json.dumps(made_from))
    return np.load(file, mmap_mode="r")

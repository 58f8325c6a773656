"""The endless row of training samples: which crop comes at which position, and how it is changed, is decided by the seed alone.

So a run that was interrupted goes on with the very samples it would have had.
"""

import cv2
import numpy as np
import torch

from .augment import STRONG, augment


class Samples(torch.utils.data.Dataset):
    """Position p of the run → (changed crop [112, 112, 3] uint8 RGB, its row)."""

    def __init__(self, pixels, indices, seed, change=STRONG):
        self._pixels, self._indices, self._seed, self._change = pixels, indices, seed, change
        self._epoch, self._order = -1, None

    def __getitem__(self, position):
        cv2.setNumThreads(0)
        epoch, place = divmod(int(position), len(self._indices))
        if epoch != self._epoch:
            self._epoch = epoch
            self._order = np.random.default_rng([self._seed, epoch]).permutation(self._indices)
        row = self._order[place]
        rng = np.random.default_rng([self._seed, epoch, int(row)])
        return torch.from_numpy(np.ascontiguousarray(augment(self._pixels[row], rng, self._change))), int(row)

"""Training windows: a crop as the product would cut it out by landmarks that a detector placed roughly."""

import cv2
import numpy as np
import torch

from ..embedder.augment import worsened
from ..embedder.verification import similarity_transform
from .net import EYES_PX, SIDE_PX, WINDOW_TEMPLATE


def roughly(points, rng):
    """[5, 2] landmarks as a detector might have placed them: each moved by itself, and all together turned, scaled and shifted."""
    eyes = max(np.linalg.norm(points[1] - points[0]), 1.0)
    middle = points.mean(0)
    angle, scale = np.deg2rad(np.clip(rng.normal(0, 4), -15, 15)), np.exp(np.clip(rng.normal(0, 0.05), -0.2, 0.2))
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    own = rng.normal(0, np.exp(rng.uniform(np.log(0.01), np.log(0.10))) * eyes, (5, 2))
    return (points - middle) @ linear.T + middle + own + rng.normal(0, 0.03 * eyes, 2)


def window(picture, rough):
    """([80, 80, 3] uint8, the matrix [2, 3] that leads there) of the face at the landmarks `rough` [5, 2] of `picture`."""
    matrix = similarity_transform(rough, WINDOW_TEMPLATE)
    return cv2.warpAffine(picture, matrix, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), matrix


class Windows(torch.utils.data.Dataset):
    """Position p of the run → (window [80, 80, 3] uint8 RGB, lesson [10]: what FDLandmark should say of it).

    `points` [n, 10] are the teacher's landmarks in the crops' pixels; `rows` are those to learn from. Never mirrored: the teacher's answers are not symmetric.
    """

    def __init__(self, pixels, points, rows, seed):
        self._pixels, self._points, self._rows, self._seed = pixels, points, rows, seed

    def __getitem__(self, position):
        cv2.setNumThreads(0)
        rng = np.random.default_rng([self._seed, int(position)])
        row = self._rows[rng.integers(len(self._rows))]
        picture, wanted = seen(worsened(self._pixels[row], rng), self._points[row].reshape(5, 2), rng)
        return torch.from_numpy(picture), torch.from_numpy(wanted)


def seen(picture, points, rng):
    """(window, lesson [10] float32) of a face whose landmarks [5, 2] in `picture` are known."""
    cut, matrix = window(picture, roughly(points, rng))
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return np.ascontiguousarray(cut), ((moved - WINDOW_TEMPLATE) / EYES_PX).reshape(10).astype(np.float32)

"""Labelled Faces in the Wild (Huang et al. 2007): ten-fold accuracy on 6 000 pairs, to watch a training. The product's own
figures come from `./sightline models evaluate`."""

import csv
import zipfile
from pathlib import Path

import cv2
import numpy as np
import torch

from ..loop.precision import autocast
from ..loop.trainer import network_input
from .crops import SIDE_PX

# Where the five landmarks lie in an aligned crop, px.
TEMPLATE = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
POINTS = ("leye", "reye", "nose", "lmouth", "rmouth")


def similarity_transform(landmarks, template=TEMPLATE):
    """[2, 3]: turn, scale and shift that bring [5, 2] landmarks nearest to the template, in the sense of least squares."""
    source, target = landmarks - landmarks.mean(0), template - template.mean(0)
    power = (source**2).sum()
    cos = (source * target).sum() / power
    sin = (source[:, 0] * target[:, 1] - source[:, 1] * target[:, 0]).sum() / power
    linear = np.array([[cos, -sin], [sin, cos]])
    return np.column_stack([linear, template.mean(0) - linear @ landmarks.mean(0)])


class Pairs:
    """The pictures of `lfw/`, aligned by their given landmarks, and the pairs of them."""

    def __init__(self, folder):
        folder = Path(folder)
        self.pixels, number = _aligned(folder)
        self.first, self.second, self.same = _read_pairs(folder / "pairs.txt", number)

    def similarities(self, embed):
        """[6000] cosines; `embed` maps [n, 112, 112, 3] uint8 RGB to [n, d] vectors of any length."""
        vectors = np.concatenate([embed(self.pixels[i : i + 32]) for i in range(0, len(self.pixels), 32)])
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors[self.first] * vectors[self.second]).sum(1)

    def figures(self, network):
        """Ten-fold accuracy and the true-accept rate at a false-accept rate of 1e-3, both in %, of a network in evaluation mode."""
        similarity = self.similarities(lambda pixels: embed(network, pixels))
        other = np.sort(similarity[~self.same])[::-1]
        at = other[int(len(other) * 1e-3)]
        return {"lfw_accuracy": 100 * accuracy(similarity, self.same), "lfw_tar_1e3": 100 * float((similarity[self.same] > at).mean())}


@torch.no_grad()
def embed(network, pixels):
    """[n, 112, 112, 3] uint8 RGB → [n, size] float32."""
    device = next(network.parameters()).device
    with autocast(device):
        vectors = network(network_input(torch.from_numpy(np.ascontiguousarray(pixels)), device))
    return vectors.float().cpu().numpy()


def accuracy(similarity, same, folds=10):
    """Mean accuracy over folds, each with the threshold that is best on the others."""
    size = len(similarity) // folds
    shares = []
    for fold in range(folds):
        tested = np.zeros(len(similarity), bool)
        tested[fold * size : (fold + 1) * size] = True
        order = np.argsort(similarity[~tested])
        scores, labels = similarity[~tested][order], same[~tested][order]
        refused_right = np.concatenate([[0], np.cumsum(~labels)])
        accepted_right = labels.sum() - np.concatenate([[0], np.cumsum(labels)])
        best = min(int(np.argmax(refused_right + accepted_right)), len(scores) - 1)
        shares.append(((similarity[tested] >= scores[best]) == same[tested]).mean())
    return float(np.mean(shares))


def _aligned(folder):
    shards, pictures, number = {}, [], {}
    with (folder / "landmarks.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["shard"] not in shards:
                shards[row["shard"]] = zipfile.ZipFile(folder / row["shard"])
            data = np.frombuffer(shards[row["shard"]].read(row["name"] + ".webp"), np.uint8)
            bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
            landmarks = np.array([[float(row[point + axis]) for axis in ("_x", "_y")] for point in POINTS])
            crop = cv2.warpAffine(bgr, similarity_transform(landmarks), (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR)
            number[row["name"]] = len(pictures)
            pictures.append(crop[..., ::-1])
    return np.stack(pictures), number


def _read_pairs(path, number):
    first, second, same = [], [], []
    for line in path.read_text().splitlines()[1:]:
        words = line.split()
        if len(words) == 3:
            words.insert(2, words[0])
        if len(words) == 4:
            first.append(number[f"{words[0]}_{int(words[1]):04d}"])
            second.append(number[f"{words[2]}_{int(words[3]):04d}"])
            same.append(words[0] == words[2])
    return np.array(first), np.array(second), np.array(same)

"""How far FDLandmark is off, to watch a training. The product's own figures come from `./sightline models evaluate`."""

import csv
import zipfile
from pathlib import Path

import cv2
import numpy as np
import torch

from ..embedder.verification import POINTS
from ..loop.trainer import network_input
from .net import EYES_PX, WINDOW_TEMPLATE
from .windows import seen

EVERY_NTH_OF_LFW = 8


def known_faces(pixels, points, rows):
    """[(window, lesson)] of crops, placed roughly in a way that hangs on nothing but the row."""
    return [seen(pixels[row], points[row].reshape(5, 2), np.random.default_rng([0, int(row)])) for row in rows]


def lfw_faces(folder):
    """The same of every eighth of LFW's pictures, by their given landmarks."""
    folder, archives, out = Path(folder), {}, []
    with (folder / "landmarks.csv").open(newline="") as lines:
        for number, row in enumerate(list(csv.DictReader(lines))[::EVERY_NTH_OF_LFW]):
            archive = archives.setdefault(row["shard"], zipfile.ZipFile(folder / row["shard"]))
            bgr = cv2.imdecode(np.frombuffer(archive.read(row["name"] + ".webp"), np.uint8), cv2.IMREAD_COLOR)
            points = np.array([[float(row[point + axis]) for axis in ("_x", "_y")] for point in POINTS])
            out.append(seen(np.ascontiguousarray(bgr[..., ::-1]), points, np.random.default_rng([0, number])))
    return out


@torch.no_grad()
def off(network, faces):
    """Median over `faces` [(window, lesson)] of the mean distance of the five landmarks, % of the distance between the face's own eyes."""
    windows, wanted = (np.stack(part) for part in zip(*faces))
    device = next(network.parameters()).device
    said = np.concatenate([network(network_input(torch.from_numpy(windows[i : i + 64]), device)).cpu().numpy() for i in range(0, len(windows), 64)])
    distance = np.linalg.norm((said - wanted).reshape(-1, 5, 2), axis=2).mean(1)
    return 100 * float(np.median(distance / eyes_of(wanted)))


def eyes_of(lessons):
    """[n]: the distance of each face's eyes, in distances of the template's."""
    points = lessons.reshape(-1, 5, 2) + WINDOW_TEMPLATE / EYES_PX
    return np.maximum(np.linalg.norm(points[:, 1] - points[:, 0], axis=1), 1e-3)

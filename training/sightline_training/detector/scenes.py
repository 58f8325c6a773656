"""Scenes with the faces in them, and the endless row of training pictures made from them.

A folder of scenes holds `pictures.csv` (name, split, zip), `labels.csv` (name, score, box, five landmarks in pixels) and the archives. Faces with a score
of 0.5 or more are faces; below, the place is ignored.
"""

import csv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from ..embedder.verification import POINTS

FACE_SCORE = 0.5
MAX_FACES = 96
MIRRORED = [1, 0, 2, 4, 3]
FACE, IGNORED, NOTHING = 1.0, 0.0, -1.0
SMALLEST_FACE_PX = 6.0


@dataclass(frozen=True)
class Scene:
    """`pixels` [h, w, 3] uint8 RGB; `faces` [f, 15]: box, landmarks in pixels, and FACE or IGNORED."""

    name: str
    kind: str
    pixels: np.ndarray
    faces: np.ndarray


def read_scenes(folder, split):
    """(scenes of the split, names of those that cannot be read)."""
    folder = Path(folder)
    labels = {}
    with (folder / "labels.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            box = [float(row[key]) for key in ("x1", "y1", "x2", "y2")]
            points = [float(row[point + axis]) for point in POINTS for axis in ("_x", "_y")]
            labels.setdefault(row["name"], []).append(box + points + [FACE if float(row["score"]) >= FACE_SCORE else IGNORED])
    archives, scenes, unreadable = {}, [], []
    with (folder / "pictures.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["split"] != split:
                continue
            pixels = _read(folder, archives, row)
            if pixels is None:
                unreadable.append(row["name"])
                continue
            faces = np.array(labels.get(row["name"], np.zeros((0, 15))), np.float32).reshape(-1, 15)
            scenes.append(Scene(row["name"], row["kind"], pixels, faces))
    if unreadable:
        print(f"{len(unreadable)} scenes cannot be read and are left out, first {unreadable[0]}")
    if not scenes:
        raise ValueError(f"{folder} holds no readable scene of the split {split!r}")
    return scenes, unreadable


def _read(folder, archives, row):
    try:
        if row["zip"] not in archives:
            archives[row["zip"]] = zipfile.ZipFile(folder / row["zip"])
        archive = archives[row["zip"]]
        entry = next(name for name in archive.namelist() if Path(name).stem == row["name"])
        bgr = cv2.imdecode(np.frombuffer(archive.read(entry), np.uint8), cv2.IMREAD_COLOR)
        return None if bgr is None else np.ascontiguousarray(bgr[..., ::-1])
    except (OSError, KeyError, StopIteration, zipfile.BadZipFile, cv2.error):
        return None


class Views(torch.utils.data.Dataset):
    """Position p of the run → (picture [side, side, 3] uint8 RGB, lesson [MAX_FACES, 15]); decided by the seed and p alone.

    A view is one scene at a random scale, or four of them side by side, with aligned crops of other people's faces put in now and then. `crop_points`
    [crops, 10] are landmarks in a crop's pixels, NaN where they are not known.
    """

    def __init__(self, scenes, crops, side_px, seed, crop_points=None):
        self._scenes, self._crops, self._side, self._seed = scenes, crops, side_px, seed
        self._crop_points = crop_points
        self._with_faces = [i for i, scene in enumerate(scenes) if len(scene.faces)]

    def __getitem__(self, position):
        cv2.setNumThreads(0)
        rng = np.random.default_rng([self._seed, int(position)])
        pixels, faces = self._mosaic(rng) if rng.random() < 0.6 else self._scene(rng, self._side, self._side)
        if rng.random() < 0.35 and self._crops is not None:
            pixels, faces = self._put_faces(pixels, faces, rng)
        pixels, faces = _mirror(pixels, faces, rng)
        pixels = _weather(pixels, rng)
        lesson = np.full((MAX_FACES, 15), NOTHING, np.float32)
        lesson[: min(len(faces), MAX_FACES)] = faces[:MAX_FACES]
        return torch.from_numpy(np.ascontiguousarray(pixels)), torch.from_numpy(lesson)

    def _mosaic(self, rng):
        side = self._side
        x, y = (int(side * rng.uniform(0.3, 0.7)) for _ in range(2))
        out, faces = np.empty((side, side, 3), np.uint8), []
        for left, top, right, bottom in ((0, 0, x, y), (x, 0, side, y), (0, y, x, side), (x, y, side, side)):
            pixels, found = self._scene(rng, right - left, bottom - top)
            out[top:bottom, left:right] = pixels
            found[:, 0:14:2] += left
            found[:, 1:14:2] += top
            faces.append(found)
        return out, np.concatenate(faces)

    def _scene(self, rng, width, height):
        """A piece of width × height px of a scene: around one of its faces at a size drawn between 7 and 260 px, or anywhere."""
        scene = self._scenes[rng.choice(self._with_faces) if rng.random() < 0.93 else rng.integers(len(self._scenes))]
        scene_height, scene_width = scene.pixels.shape[:2]
        if len(scene.faces) and rng.random() < 0.85:
            face = scene.faces[rng.integers(len(scene.faces))]
            wanted = np.exp(rng.uniform(np.log(7), np.log(min(260, 0.9 * min(width, height)))))
            scale = np.clip(wanted / max(face[2] - face[0], 1), 0.08, 3.0)
            focus = np.array([face[0] + face[2], face[1] + face[3]]) / 2
        else:
            scale = np.clip(max(width / scene_width, height / scene_height) * rng.uniform(0.7, 1.6), 0.2, 3.0)
            focus = rng.random(2) * [scene_width, scene_height]
        angle = np.deg2rad(np.clip(rng.normal(0, 6), -18, 18)) if rng.random() < 0.4 else 0.0
        stretch = np.exp(rng.normal(0, 0.04))
        cos, sin = np.cos(angle), np.sin(angle)
        linear = scale * np.array([[cos * stretch, -sin], [sin * stretch, cos]])
        place = rng.uniform(0.1, 0.9, 2) * [width, height]
        matrix = np.column_stack([linear, place - linear @ focus])
        border = cv2.BORDER_CONSTANT if rng.random() < 0.7 else cv2.BORDER_REFLECT_101
        source, matrix = _reduced(scene.pixels, matrix, scale)
        fill = tuple(int(v) for v in rng.integers(0, 256, 3))
        pixels = cv2.warpAffine(source, matrix[0], (width, height), flags=cv2.INTER_LINEAR, borderMode=border, borderValue=fill)
        faces = move(scene.faces, matrix[1])
        if border == cv2.BORDER_REFLECT_101:
            faces = np.concatenate([faces, _mirrored_outside(matrix[1], scene.pixels.shape, (height, width))])
        return pixels, _kept(faces, width, height)

    def _put_faces(self, pixels, faces, rng):
        """Up to four aligned crops, at any angle up to 25 degrees, where there is no face yet; blended at their rim."""
        out = pixels.copy()
        for _ in range(rng.integers(1, 5)):
            number = rng.integers(len(self._crops))
            crop = self._crops[number]
            points = UNKNOWN_POINTS if self._crop_points is None else self._crop_points[number]
            width = np.exp(rng.uniform(np.log(9), np.log(120)))
            scale = width / (CROP_BOX[2] - CROP_BOX[0])
            angle = np.deg2rad(rng.uniform(-25, 25))
            linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            at = rng.random(2) * [self._side, self._side]
            matrix = np.column_stack([linear, at - linear @ [56.0, 56.0]])
            put = move(np.concatenate([CROP_BOX, points, [FACE]])[None].astype(np.float32), matrix)
            reach = 80 * scale
            if put[0, :2].min() < 0 or put[0, 2:4].max() > self._side or _touches(faces, at, reach):
                continue
            source, matrix = _reduced(crop, matrix, scale)
            size = (self._side, self._side)
            warped = cv2.warpAffine(source, matrix[0], size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            mask = cv2.warpAffine(CROP_MASK, matrix[1], size, flags=cv2.INTER_LINEAR)[..., None]
            out = (out + mask * (warped.astype(np.float32) - out)).astype(np.uint8)
            faces = np.concatenate([faces, put])
        return out, faces


# A face's box in an aligned crop, as the scenes' labels would have it (median over LFW). Its landmarks are near the template's, not at
# them: they are not taught unless a teacher was asked for them.
CROP_BOX = np.array([15.4, 8.8, 96.4, 120.0], np.float32)
UNKNOWN_POINTS = np.full(10, np.nan, np.float32)


def _crop_mask():
    y, x = np.mgrid[:112, :112].astype(np.float32)
    distance = np.maximum(np.abs(x - 55.5), np.abs(y - 55.5)) / 55.5
    return np.clip((1 - distance) / 0.12, 0, 1).astype(np.float32)


CROP_MASK = _crop_mask()


def _reduced(pixels, matrix, scale):
    """(pixels halved as often as the scale allows, [matrix for them, matrix for the original]); a large reduction in one step would alias."""
    halved = matrix.copy()
    while scale < 0.55 and min(pixels.shape[:2]) > 8:
        height, width = pixels.shape[:2]
        pixels = cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        ratio = np.array([width / (width // 2), height / (height // 2)])
        halved = np.column_stack([halved[:, :2] * ratio, halved[:, 2] + halved[:, :2] @ (ratio / 2 - 0.5)])
        scale *= 2
    return pixels, [halved, matrix]


def move(faces, matrix):
    """The faces under an affine matrix [2, 3]; a box becomes the upright box around its centre with its sides scaled, not its hull."""
    out = faces.copy()
    points = np.concatenate([(faces[:, None, 0:2] + faces[:, None, 2:4]) / 2, faces[:, 4:14].reshape(-1, 5, 2)], 1)
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    across, down = np.linalg.norm(matrix[:, 0]), np.linalg.norm(matrix[:, 1])
    half = (faces[:, 2:4] - faces[:, 0:2]) / 2 * [across, down]
    out[:, 0:2], out[:, 2:4] = moved[:, 0] - half, moved[:, 0] + half
    out[:, 4:14] = moved[:, 1:].reshape(-1, 10)
    return out.astype(np.float32)


def _mirrored_outside(matrix, shape, size):
    """Where a view shows the scene's mirror image beyond its border nothing is asked: four boxes around the scene."""
    height, width = shape[:2]
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) @ matrix[:, :2].T + matrix[:, 2]
    left, top, right, bottom = corners[:, 0].min(), corners[:, 1].min(), corners[:, 0].max(), corners[:, 1].max()
    boxes = [(0, 0, left, size[0]), (right, 0, size[1], size[0]), (0, 0, size[1], top), (0, bottom, size[1], size[0])]
    rows = [[*box, *([0.0] * 10), IGNORED] for box in boxes if box[2] - box[0] > 2 and box[3] - box[1] > 2]
    return np.array(rows, np.float32).reshape(-1, 15)


def _kept(faces, width, height):
    """Cut to the picture: faces mostly outside are ignored or gone, faces too small are ignored."""
    low = np.maximum(faces[:, 0:2], 0)
    high = np.minimum(faces[:, 2:4], [width, height])
    area = (faces[:, 2:4] - faces[:, 0:2]).prod(1)
    seen = np.clip(high - low, 0, None).prod(1) / np.maximum(area, 1e-6)
    faces = faces.copy()
    faces[(seen < 0.6) | (faces[:, 2] - faces[:, 0] < SMALLEST_FACE_PX), 14] = IGNORED
    ignored = faces[:, 14] == IGNORED
    faces[ignored, 0:2], faces[ignored, 2:4] = low[ignored], high[ignored]
    return faces[seen > 0.1].astype(np.float32)


def _touches(faces, at, reach):
    if not len(faces):
        return False
    low, high = faces[:, 0:2] - reach, faces[:, 2:4] + reach
    return bool(((at > low) & (at < high)).all(1).any())


def _mirror(pixels, faces, rng):
    if rng.random() < 0.5:
        return pixels, faces
    width = pixels.shape[1]
    faces = faces.copy()
    faces[:, [0, 2]] = width - faces[:, [2, 0]]
    points = faces[:, 4:14].reshape(-1, 5, 2)[:, MIRRORED]
    points[..., 0] = width - points[..., 0]
    faces[:, 4:14] = points.reshape(-1, 10)
    return pixels[:, ::-1], faces


def _weather(pixels, rng):
    """Light, colour, blur, noise and compression."""
    pixels = np.ascontiguousarray(pixels)
    if rng.random() < 0.6:
        levels = np.arange(256, dtype=np.float32) / 255
        gamma = np.exp(rng.normal(0, 0.35))
        gain = rng.uniform(0.35, 1.25) if rng.random() < 0.35 else rng.uniform(0.85, 1.2)
        tables = np.stack([gain * tint * levels**gamma * 255 for tint in rng.uniform(0.88, 1.12, 3)], -1)
        pixels = cv2.LUT(pixels, np.clip(tables, 0, 255).astype(np.uint8)[None])
    if rng.random() < 0.12:
        pixels = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    if rng.random() < 0.15:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.4, 1.5))
    if rng.random() < 0.15:
        noise = np.empty(pixels.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(1 << 30)))
        cv2.randn(noise, 0, rng.uniform(2, 12))
        pixels = cv2.add(pixels, noise, dtype=cv2.CV_8U)
    if rng.random() < 0.2:
        pixels = cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(25, 80))])[1], cv2.IMREAD_COLOR)
    return pixels

"""Landmarks for faces whose place is known, asked of a teacher with every face at one size.

A detector's landmarks depend on the scale at which it sees a face: SCRFD-2.5G at 640 px differs from itself at 256 px by 3 % of the distance between the
eyes (median over LFW). Lessons that all come from one scale can be agreed with more closely.
"""

import dataclasses
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from tqdm import tqdm

from ..loop.precision import autocast
from ..loop.trainer import network_input
from ..onnx_graph import OnnxGraph
from .anchors import overlaps
from .nets import STRIDES_PX
from .scenes import CROP_BOX, FACE

VIEW_PX, FACE_PX = 160, 100
LEAST_WIDTH_PX = 20  # below, a face holds too little to be asked again
MIN_SCORE, MIN_OVERLAP, BATCH = 0.4, 0.4, 16


class PointsTeacher:
    """SCRFD with five landmarks (Guo et al. 2021): nine outputs, for each stride scores, then for each stride distances to the box's sides, then landmarks;
    two anchors a cell; distances and landmarks in strides from the cell's corner."""

    def __init__(self, graph, digest):
        self.digest = digest
        self._graph = graph
        self._at = torch.cat([_cells(stride) for stride in STRIDES_PX])
        self._stride = torch.cat([torch.full(((VIEW_PX // s) ** 2 * 2, 1), float(s)) for s in STRIDES_PX])

    @classmethod
    def read(cls, path):
        """The teacher in the .onnx file `path`; raises ValueError where it is no such network."""
        graph = OnnxGraph(onnx.load(str(path)))
        wanted = [((VIEW_PX // stride) ** 2 * 2, width) for width in (1, 4, 10) for stride in STRIDES_PX]
        try:
            found = [tuple(part.shape[1:]) for part in graph.run({graph.inputs[0]: torch.zeros(1, 3, VIEW_PX, VIEW_PX)}).values()]
        except RuntimeError as problem:
            found = f"the error {str(problem).splitlines()[0]!r}"
        if found != wanted:
            raise ValueError(f"{path} is not SCRFD with five landmarks: for a picture of {VIEW_PX} px a side it gives {found}, wanted are {wanted}")
        return cls(graph, hashlib.sha256(Path(path).read_bytes()).hexdigest())

    def points(self, pictures, boxes):
        """[n, 10] float32: landmarks of the faces in `boxes` [n, 4] of `pictures`, n of [h, w, 3] uint8 RGB, in their pixels; NaN where the teacher sees
        no face there. Beyond its rim a picture goes on mirrored: with black there, what SCRFD says of aligned crops is 2.9 instead of 2.6 % of the eyes'
        distance from what it says of the pictures they were cut from (256 of LFW's)."""
        out = np.empty((len(boxes), 10), np.float32)
        for start in tqdm(range(0, len(boxes), BATCH), desc="landmarks", unit="batch"):
            places = range(start, min(start + BATCH, len(boxes)))
            to_view = [_to_view(boxes[i]) for i in places]
            views = [_view(pictures[i], m) for i, m in zip(places, to_view)]
            seen = np.stack([(boxes[i].reshape(2, 2) * m[0, 0] + m[:, 2]).reshape(4) for i, m in zip(places, to_view)])
            for i, m, points in zip(places, to_view, self._found(np.stack(views), seen)):
                out[i] = ((points - m[:, 2]) / m[0, 0]).reshape(10)
        return out

    def _found(self, views, wanted):
        """[n, 5, 2] in pixels of the views, each with a face in the box `wanted` [n, 4]."""
        x = network_input(torch.from_numpy(views))
        with autocast():
            parts = list(self._graph.run({self._graph.inputs[0]: x}).values())
        scores, sides, landmarks = (torch.cat(parts[i : i + 3], 1).float() for i in (0, 3, 6))
        boxes = self._at.repeat(1, 2) + sides * self._stride * torch.tensor([-1.0, -1.0, 1.0, 1.0])
        out = np.full((len(views), 5, 2), np.nan, np.float32)
        for place, (score, box) in enumerate(zip(scores[..., 0], boxes)):
            near = overlaps(box, torch.from_numpy(wanted[place : place + 1]).float())[:, 0] >= MIN_OVERLAP
            best = int((score * near).argmax())
            if near[best] and score[best] >= MIN_SCORE:
                out[place] = (self._at[best] + (landmarks[place, best] * self._stride[best]).reshape(5, 2)).numpy()
        return out


def _to_view(box):
    """[2, 3]: brings the face's box to a width of FACE_PX in the middle of the view."""
    scale = FACE_PX / max(box[2] - box[0], 1)
    middle = (box[:2] + box[2:]) / 2
    return np.array([[scale, 0, VIEW_PX / 2 - scale * middle[0]], [0, scale, VIEW_PX / 2 - scale * middle[1]]])


def _view(picture, to_view):
    return cv2.warpAffine(picture, to_view, (VIEW_PX, VIEW_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def _cells(stride):
    side = VIEW_PX // stride
    y, x = torch.meshgrid(torch.arange(side) * stride, torch.arange(side) * stride, indexing="ij")
    return torch.stack([x, y], -1).reshape(-1, 2).repeat_interleave(2, 0).float()


def crop_points(crops, teacher, cache):
    """[n, 10] float32 landmarks in pixels of the crops, NaN where the teacher sees no face and for masked faces, whose lower landmarks are guesses. Made once
    for these crops and this teacher, kept in the folder `cache`."""
    file, note = Path(cache) / "points.npy", Path(cache) / "points.json"
    made_from = {"teacher": teacher.digest, "crops": len(crops.pixels)}
    if not note.is_file() or json.loads(note.read_text()) != made_from:
        bare = np.flatnonzero(crops.weights() == 1.0)
        out = np.full((len(crops.pixels), 10), np.nan, np.float32)
        out[bare] = teacher.points(_Chosen(crops.pixels, bare), np.tile(CROP_BOX, (len(bare), 1)))
        np.save(file, out)
        note.write_text(json.dumps(made_from))
    return np.load(file)


class _Chosen:
    """Rows of an array, one at a time."""

    def __init__(self, pixels, rows):
        self._pixels, self._rows = pixels, rows

    def __getitem__(self, place):
        return np.ascontiguousarray(self._pixels[self._rows[place]])


def with_points(scenes, teacher):
    """The scenes, the landmarks of their larger faces as `teacher` gives them. Faces that it does not see again keep theirs."""
    faces = [(i, f) for i, scene in enumerate(scenes) for f, row in enumerate(scene.faces) if row[14] == FACE and row[2] - row[0] >= LEAST_WIDTH_PX]
    found = teacher.points([scenes[i].pixels for i, _ in faces], np.array([scenes[i].faces[f, :4] for i, f in faces]).reshape(-1, 4))
    out = [dataclasses.replace(scene, faces=scene.faces.copy()) for scene in scenes]
    for (i, f), points in zip(faces, found):
        if np.isfinite(points).all():
            out[i].faces[f, 4:14] = points
    return out

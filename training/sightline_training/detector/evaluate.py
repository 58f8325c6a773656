"""A detector on held-out scenes, to watch a training. The product's own figures come from `./sightline models evaluate`."""

from dataclasses import dataclass

import numpy as np
import torch

from ..loop.precision import autocast
from ..loop.trainer import network_input
from .anchors import anchors, boxes_of, flatten, landmarks_of, overlaps
from .scenes import FACE

MIN_SCORE, MAX_OVERLAP, MATCH_IOU = 0.02, 0.4, 0.5
MIN_OVERLAP_OF_VOTERS = 0.6
WIDTHS_PX = (8, 12, 20, 32, 64, 128, 10_000)


@dataclass(frozen=True)
class Found:
    """`boxes` [d, 4] and `landmarks` [d, 5, 2] in pixels of the picture, `scores` [d], best first."""

    boxes: np.ndarray
    landmarks: np.ndarray
    scores: np.ndarray


def suppressed(boxes, scores, max_overlap=MAX_OVERLAP):
    """Indices that greedy non-maximum suppression keeps, best first."""
    order = scores.argsort(descending=True)[:400]
    overlap = overlaps(boxes[order], boxes[order])
    alive = torch.ones(len(order), dtype=torch.bool)
    kept = []
    for i in range(len(order)):
        if alive[i]:
            kept.append(order[i].item())
            alive &= overlap[i] <= max_overlap
    return kept


def voted(landmarks, boxes, scores, kept):
    """[k, 5, 2]: for each box kept the mean, weighted by score, of the `landmarks` [d, 5, 2] of all boxes that lie nearly where it does."""
    weights = scores * (overlaps(boxes[kept], boxes) >= MIN_OVERLAP_OF_VOTERS)
    return torch.einsum("kd,dpc->kpc", weights / weights.sum(1, keepdim=True), landmarks)


@torch.no_grad()
def detect(network, pictures, side_px=640):
    """Found for each of the pictures ([h, w, 3] uint8 RGB, at most side_px), padded to side_px with black."""
    canvas = np.zeros((len(pictures), side_px, side_px, 3), np.uint8)
    for place, picture in zip(canvas, pictures):
        place[: picture.shape[0], : picture.shape[1]] = picture
    device = next(network.parameters()).device
    with autocast(device):
        maps = network(network_input(torch.from_numpy(canvas), device))
    logits, boxes, landmarks = (part.cpu() for part in flatten(maps))
    at = anchors(side_px, side_px)
    return [_found(s, b, k, at) for s, b, k in zip((logits[..., 1] - logits[..., 0]).sigmoid(), boxes, landmarks)]


def _found(scores, boxes, landmarks, at):
    good = scores > MIN_SCORE
    scores, place = scores[good], at[good]
    boxes, landmarks = boxes_of(boxes[good], place), landmarks_of(landmarks[good], place)
    kept = suppressed(boxes, scores)
    return Found(boxes[kept].numpy(), voted(landmarks, boxes, scores, kept).numpy(), scores[kept].numpy())


def figures(network, scenes, min_score=0.5):
    """Average precision at an overlap of 0.5, recall at `min_score` by the face's width, median landmark error over the distance of the eyes; all in %."""
    found = []
    for start in range(0, len(scenes), 4):
        found += detect(network, [scene.pixels for scene in scenes[start : start + 4]])
    return compare(found, scenes, min_score)


def compare(found, scenes, min_score=0.5):
    """The same for detections that are there already, one Found per scene."""
    scores, right, widths, hit, errors = [], [], [], [], []
    for one, scene in zip(found, scenes):
        verdict = _match(one, scene.faces)
        scores.append(one.scores[verdict.counted])
        right.append(verdict.owner[verdict.counted] >= 0)
        faces = scene.faces[scene.faces[:, 14] == FACE]
        best = np.zeros(len(faces))
        for detection in np.flatnonzero(verdict.owner >= 0):
            best[verdict.owner[detection]] = one.scores[detection]
            errors.append(_landmark_error(one.landmarks[detection], faces[verdict.owner[detection]]))
        widths.append(faces[:, 2] - faces[:, 0])
        hit.append(best >= min_score)
    widths, hit = np.concatenate(widths), np.concatenate(hit)
    out = {"ap": 100 * average_precision(np.concatenate(scores), np.concatenate(right), len(widths))}
    out["recall"] = 100 * hit.mean()
    for low, high in zip(WIDTHS_PX, WIDTHS_PX[1:]):
        band = (widths >= low) & (widths < high)
        if band.any():
            out[f"recall_{low}"] = 100 * hit[band].mean()
    out["landmarks"] = 100 * float(np.median(errors)) if errors else float("nan")
    return out


@dataclass(frozen=True)
class Verdict:
    """`owner` [d]: the face that a detection is, or −1; `counted` [d]: false for those on places to ignore."""

    owner: np.ndarray
    counted: np.ndarray


def _match(found, rows):
    owner, counted = np.full(len(found.scores), -1), np.ones(len(found.scores), bool)
    faces, ignored = rows[rows[:, 14] == FACE], rows[rows[:, 14] != FACE]
    if not len(found.scores) or not len(rows):
        return Verdict(owner, counted)
    boxes = torch.from_numpy(found.boxes)
    overlap = overlaps(boxes, torch.from_numpy(faces[:, :4])).numpy()
    spare = overlaps(boxes, torch.from_numpy(ignored[:, :4])).numpy().max(1) if len(ignored) else np.zeros(len(boxes))
    free = np.ones(len(faces), bool)
    for i in range(len(boxes)):
        candidates = np.where(free, overlap[i], 0) if len(faces) else np.zeros(0)
        if len(candidates) and candidates.max() >= MATCH_IOU:
            owner[i] = candidates.argmax()
            free[owner[i]] = False
        elif spare[i] >= 0.4:
            counted[i] = False
    return Verdict(owner, counted)


def average_precision(scores, right, faces):
    """Area under the precision envelope over recall, all points (VOC 2010 and later)."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    precision = hits / np.arange(1, len(hits) + 1)
    recall = hits / faces
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate([[0], recall])) * envelope))


def _landmark_error(found, face):
    wanted = face[4:14].reshape(5, 2)
    return np.linalg.norm(found - wanted, axis=1).mean() / max(np.linalg.norm(wanted[1] - wanted[0]), 1e-6)

"""Anchors, which of them a face belongs to, and how boxes and landmarks are written relative to them (Pytorch_Retinaface's convention)."""

from functools import lru_cache

import torch

from .nets import ANCHORS, PARTS, STRIDES_PX

SIDES_PX = ((16, 32), (64, 128), (256, 512))
CENTRE_VARIANCE, SIZE_VARIANCE = 0.1, 0.2
POSITIVE_IOU, NEGATIVE_IOU = 0.4, 0.3
NEAREST = 4  # anchors that a face gets in any case, however small it is


@lru_cache(maxsize=32)
def anchors(height_px, width_px):
    """[a, 3]: centre x, centre y, side, in pixels; strides in order, then rows, columns, the two of a cell."""
    out = []
    for stride, sides in zip(STRIDES_PX, SIDES_PX):
        y, x, side = torch.meshgrid(
            (torch.arange(height_px // stride) + 0.5) * stride,
            (torch.arange(width_px // stride) + 0.5) * stride,
            torch.tensor(sides, dtype=torch.float32),
            indexing="ij",
        )
        out.append(torch.stack([x, y, side], -1).reshape(-1, 3))
    return torch.cat(out)


def flatten(maps):
    """The heads' maps as (logits [n, a, 2], boxes [n, a, 4], landmarks [n, a, 10]), float32, in the order of `anchors`."""
    parts = []
    for values in maps:
        n, _, h, w = values.shape
        rows = [part.reshape(n, ANCHORS, -1, h, w).permute(0, 3, 4, 1, 2).reshape(n, h * w * ANCHORS, -1) for part in values.float().split(PARTS, 1)]
        parts.append(rows)
    return [torch.cat(rows, 1) for rows in zip(*parts)]


def boxes_of(values, at):
    """[…, a, 4] head values → […, a, 4] x1, y1, x2, y2 in pixels."""
    centre = at[:, :2] + values[..., :2] * CENTRE_VARIANCE * at[:, 2:]
    half = at[:, 2:] * torch.exp((values[..., 2:] * SIZE_VARIANCE).clamp(max=4)) / 2
    return torch.cat([centre - half, centre + half], -1)


def landmarks_of(values, at):
    """[…, a, 10] head values → […, a, 5, 2] pixels."""
    return at[:, None, :2] + values.reshape(*values.shape[:-1], 5, 2) * CENTRE_VARIANCE * at[:, None, 2:]


def landmark_values(landmarks, at):
    """The inverse of `landmarks_of` for [a, 5, 2]."""
    return ((landmarks - at[:, None, :2]) / (CENTRE_VARIANCE * at[:, None, 2:])).reshape(-1, 10)


def overlaps(a, b):
    """Intersection over union of boxes [a, 4] and [b, 4]: [a, b]."""
    low = torch.maximum(a[:, None, :2], b[None, :, :2])
    high = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    inner = (high - low).clamp(min=0).prod(-1)
    area_a, area_b = (a[:, 2:] - a[:, :2]).prod(-1), (b[:, 2:] - b[:, :2]).prod(-1)
    return inner / (area_a[:, None] + area_b[None] - inner).clamp(min=1e-9)


def assign(faces, ignored, at):
    """For each anchor the index of its face, −1 for background, −2 where nothing is asked of it.

    `faces` and `ignored` are boxes [f, 4] and [g, 4] in pixels. An anchor takes the face that it overlaps most, from an overlap of 0.4 on; each face has at
    least the four anchors nearest to it in overlap, for the smallest faces overlap no anchor by so much.
    """
    out = torch.full((len(at),), -1, dtype=torch.long)
    square = torch.cat([at[:, :2] - at[:, 2:] / 2, at[:, :2] + at[:, 2:] / 2], 1)
    if len(ignored):
        covered = overlaps(square, ignored).max(1).values >= NEGATIVE_IOU
        middle = at[:, None, :2]
        small = at[:, 2] <= 2 * (ignored[:, 2:] - ignored[:, :2]).amax()
        inside = ((middle > ignored[None, :, :2]) & (middle < ignored[None, :, 2:])).all(-1).any(1) & small
        out[covered | inside] = -2
    if len(faces):
        overlap = overlaps(square, faces)
        best, which = overlap.max(1)
        out[(best >= NEGATIVE_IOU) & (best < POSITIVE_IOU)] = -2
        out[best >= POSITIVE_IOU] = which[best >= POSITIVE_IOU]
        for rank in range(NEAREST - 1, -1, -1):
            nearest = overlap.topk(NEAREST, dim=0).indices[rank]
            good = overlap[nearest, torch.arange(len(faces))] > 0.15
            out[nearest[good]] = torch.arange(len(faces))[good]
    return out

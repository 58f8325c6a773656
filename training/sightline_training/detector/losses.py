"""What a detector is asked for: a score that says how well its box fits, the box, the landmarks."""

import torch
import torch.nn.functional as F

from .anchors import anchors, assign, boxes_of, flatten, landmark_values, overlaps


class Objective(torch.nn.Module):
    """Quality focal loss on the score (Li et al. 2020: the target is the box's own overlap with its face), complete minus aspect, that is distance,
    IoU loss on boxes (Zheng et al. 2020), absolute differences on landmarks, large faces before small ones.

    A lesson is [n, faces, 15]: box (4), landmarks (10) in pixels or NaN where they are not known, and what the row is: 1 a face, 0 a place to ignore,
    −1 nothing.
    """

    def __init__(self, side_px, box=2.0, landmark=1.0):
        super().__init__()
        self._at = anchors(side_px, side_px)
        self._box, self._landmark = box, landmark

    def forward(self, maps, lesson):
        logits, boxes, landmarks = flatten(maps)
        device = logits.device
        at = self._at.to(device)
        owners = torch.stack([self._owners(rows) for rows in lesson]).to(device)
        lesson = lesson.to(device)
        positive = owners >= 0
        picture, anchor = positive.nonzero(as_tuple=True)
        wanted = lesson[picture, owners[positive]]
        place = at[anchor]
        found = boxes_of(boxes[picture, anchor], place)
        fit, box_loss = _distance_iou(found, wanted[:, :4])
        target = torch.zeros(owners.shape, device=device)
        target[positive] = fit.detach().clamp(min=0.05)
        count = max(1, len(picture))
        score = logits[..., 1] - logits[..., 0]
        asked = owners != -2
        score_loss = quality_focal(score[asked], target[asked]).sum() / count
        weight = target[positive]
        box_loss = (box_loss * weight).sum() / weight.sum().clamp(min=1)
        landmark_loss = _landmark_loss(landmarks[picture, anchor], wanted, place, weight)
        loss = score_loss + self._box * box_loss + self._landmark * landmark_loss
        return loss, {"score": score_loss.item(), "box": box_loss.item(), "landmark": landmark_loss.item(), "positives": count / len(lesson)}

    def _owners(self, rows):
        faces = (rows[:, 14] == 1).nonzero()[:, 0]
        owner = assign(rows[faces, :4], rows[rows[:, 14] == 0, :4], self._at)
        back = torch.cat([faces, torch.tensor([-2, -1])])
        return back[owner]


def _landmark_loss(found, wanted, place, weight):
    """Mean over the faces whose landmarks are known. Some 0.1 in these units is 3 % of the distance between the eyes, so the loss is straight from far below that."""
    known = wanted[:, 4:14].isfinite().all(1)
    wanted, place = wanted[known], place[known]
    off = F.smooth_l1_loss(found[known], landmark_values(wanted[:, 4:14].reshape(-1, 5, 2), place), beta=0.03, reduction="none")
    weight = weight[known] * ((wanted[:, 2] - wanted[:, 0]) / 32).sqrt().clamp(0.5, 2.0)
    return (off.mean(1) * weight).sum() / weight.sum().clamp(min=1)


def quality_focal(score, target, power=2.0):
    """−|t − σ|^power · binary cross entropy, per anchor."""
    return (target - score.sigmoid()).abs() ** power * F.binary_cross_entropy_with_logits(score, target, reduction="none")


def _distance_iou(found, wanted):
    """Overlap of each pair of boxes [p, 4], and 1 − overlap + squared distance of centres over the squared diagonal of their hull."""
    low, high = torch.maximum(found[:, :2], wanted[:, :2]), torch.minimum(found[:, 2:], wanted[:, 2:])
    inner = (high - low).clamp(min=0).prod(1)
    union = (found[:, 2:] - found[:, :2]).prod(1) + (wanted[:, 2:] - wanted[:, :2]).prod(1) - inner
    overlap = inner / union.clamp(min=1e-6)
    hull = torch.maximum(found[:, 2:], wanted[:, 2:]) - torch.minimum(found[:, :2], wanted[:, :2])
    apart = ((found[:, :2] + found[:, 2:] - wanted[:, :2] - wanted[:, 2:]) / 2).pow(2).sum(1)
    return overlap, 1 - overlap + apart / hull.pow(2).sum(1).clamp(min=1e-6)

"""What a student is asked to reach."""

import torch
import torch.nn.functional as F


class Distillation(torch.nn.Module):
    """Two demands on the student's vector y, both against the teachers' unit vector t.

    A linear head, used only in training, must point where t points: 1 − cos(head(y), t). And the vector's own cosines, which are what the
    product compares, must be the teachers': mean squared difference over the pairs of the batch (relational distillation, Park et al. 2019).
    """

    def __init__(self, student_size, teacher_size, relational=10.0):
        super().__init__()
        self.head = torch.nn.Linear(student_size, teacher_size, bias=False)
        self._relational = relational

    def forward(self, student, target, weight):
        """`student` [n, s], `target` [n, t] of unit length, `weight` [n]. Returns (loss, pointing part, relational part)."""
        pointing = 1 - (F.normalize(self.head(student)) * target).sum(1)
        pointing = (pointing * weight).sum() / weight.sum()
        unit = F.normalize(student)
        off_diagonal = ~torch.eye(len(unit), dtype=torch.bool, device=unit.device)
        pair_weight = (weight[:, None] * weight[None, :])[off_diagonal]
        difference = (unit @ unit.T - target @ target.T)[off_diagonal]
        relations = (difference**2 * pair_weight).sum() / pair_weight.sum()
        return pointing + self._relational * relations, pointing.detach(), relations.detach()


class ArcFace(torch.nn.Module):
    """Additive angular margin (Deng et al. 2019): softmax over scale · cos(angle + margin at the own identity)."""

    def __init__(self, size, identities, scale=64.0, margin=0.5):
        super().__init__()
        self.centres = torch.nn.Parameter(torch.randn(identities, size) * 0.01)
        self._scale, self._margin = scale, margin

    def forward(self, vectors, identity):
        """`vectors` [n, size] of any length, `identity` [n] int64, −1 where unknown: those are left out."""
        known = identity >= 0
        if not known.any():
            return vectors.sum() * 0
        cosine = F.linear(F.normalize(vectors[known]), F.normalize(self.centres)).clamp(-1 + 1e-6, 1 - 1e-6)
        own = torch.arange(len(cosine), device=cosine.device), identity[known]
        logits = cosine.clone()
        logits[own] = torch.cos(torch.acos(cosine[own]) + self._margin)
        return F.cross_entropy(self._scale * logits, identity[known])

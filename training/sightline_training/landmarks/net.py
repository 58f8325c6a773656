"""FDLandmark, and the window in which it sees a face."""

import copy

import torch
from torch import nn

from ..detector.nets import conv, stacked
from ..embedder.verification import TEMPLATE

SIDE_PX = 80
FIRST_PX, SCALE = 6, 0.8  # of the 112 px of an aligned crop the window shows 6 to 106: a face that lies there badly is still whole

# Where the landmarks of a frontal face lie in the window, as indices of pixels; and the distance of its eyes.
WINDOW_TEMPLATE = (TEMPLATE + 0.5 - FIRST_PX) * SCALE - 0.5
EYES_PX = float(((WINDOW_TEMPLATE[1] - WINDOW_TEMPLATE[0]) ** 2).sum() ** 0.5)


class FDLandmark(nn.Module):
    """[n, 3, 80, 80] → [n, 10]: how far each landmark lies from the template's, x0 y0 … x4 y4, in distances of the template's eyes.

    What makes FDFaceNet fast, once more: 2×2 blocks stacked as channels, fast down-sampling, few and standard convolutions. 0.53 M parameters.
    """

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(12, 32, stride=2),
            conv(32, 64, stride=2),
            conv(64, 64),
            conv(64, 96, stride=2),
            conv(96, 96),
            nn.Flatten(),
            nn.Linear(96 * 25, 128, bias=False),
            nn.BatchNorm1d(128),
            nn.ReLU(),
        )
        self.last = nn.Linear(128, 10)
        nn.init.normal_(self.last.weight, std=1e-3)
        nn.init.zeros_(self.last.bias)
        self.stacks = True

    def forward(self, x):
        return self.last(self.body(stacked(x) if self.stacks else x))

    def written(self):
        """A copy that takes the stacked window, [n, 12, 40, 40], and gives landmarks in pixels of the window, pixel i covering [i, i + 1)."""
        other = copy.deepcopy(self)
        other.stacks = False
        with torch.no_grad():
            other.last.weight.mul_(EYES_PX)
            other.last.bias.mul_(EYES_PX).add_(torch.from_numpy(WINDOW_TEMPLATE.reshape(10) + 0.5).float())
        return other

"""The two detectors. Both take [n, 3, h, w], h and w multiples of 32, (x − 127.5) / 128, and give for each stride of 8, 16 and 32 one map
[n, 32, h/stride, w/stride]: for both anchors of a cell 2 class logits (background, face), then 4 box values each, then 10 landmark values each."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

ANCHORS = 2
PARTS = (2 * ANCHORS, 4 * ANCHORS, 10 * ANCHORS)
STRIDES_PX = (8, 16, 32)


def conv(inputs, outputs, kernel=3, stride=1, groups=1, activation=True):
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([nn.ReLU()] if activation else []))


def head(inputs):
    """1×1; begins with faces believed rare, which keeps the first steps calm."""
    layer = nn.Conv2d(inputs, sum(PARTS), 1)
    nn.init.normal_(layer.weight, std=0.01)
    with torch.no_grad():
        layer.bias.zero_()
        layer.bias[0 : 2 * ANCHORS : 2] = 2.0
        layer.bias[1 : 2 * ANCHORS : 2] = -2.0
    return layer


def stacked(x):
    """[n, c, h, w] → [n, 4c, h/2, w/2]: each 2×2 block as channels, rows of the block outermost (ONNX's SpaceToDepth)."""
    return torch.cat([x[:, :, row::2, column::2] for row in (0, 1) for column in (0, 1)], 1)


class Pyramid(nn.Module):
    """Three maps of a backbone brought to `width` channels, each coarser one added to the finer one below it."""

    def __init__(self, channels, width):
        super().__init__()
        self.lateral = nn.ModuleList(conv(c, width, 1) for c in channels)
        self.smooth = nn.ModuleList(conv(width, width) for _ in channels)

    def forward(self, fine, middle, coarse):
        fine, middle, coarse = (layer(x) for layer, x in zip(self.lateral, (fine, middle, coarse)))
        middle = middle + F.interpolate(coarse, scale_factor=2.0, mode="nearest")
        fine = fine + F.interpolate(middle, scale_factor=2.0, mode="nearest")
        return [layer(x) for layer, x in zip(self.smooth, (fine, middle, coarse))]


class FDRetina(nn.Module):
    """Fast down-sampling and few standard convolutions, as FDFaceNet has them, for a detector: 0.54 M parameters.

    The picture's 2×2 blocks are stacked as 12 channels first, because a first convolution on three channels is what costs.
    """

    def __init__(self, widths=(32, 64, 96, 128), joined=48):
        super().__init__()
        quarter, eighth, sixteenth, last = widths
        self.stem = nn.Sequential(conv(12, quarter, stride=2), conv(quarter, eighth, stride=2), conv(eighth, eighth))
        self.middle = nn.Sequential(conv(eighth, sixteenth, stride=2), conv(sixteenth, sixteenth))
        self.coarse = nn.Sequential(conv(sixteenth, last, stride=2), conv(last, last))
        self.pyramid = Pyramid((eighth, sixteenth, last), joined)
        self.heads = nn.ModuleList(head(joined) for _ in STRIDES_PX)

        self.stacks = True

    def forward(self, x):
        fine = self.stem(stacked(x) if self.stacks else x)
        middle = self.middle(fine)
        maps = self.pyramid(fine, middle, self.coarse(middle))
        return [layer(x) for layer, x in zip(self.heads, maps)]

    def unstacked(self):
        """A copy, sharing nothing, whose input is stacked already: [n, 12, h/2, w/2]."""
        other = copy.deepcopy(self)
        other.stacks = False
        return other


def separable(inputs, outputs, stride=1):
    return nn.Sequential(conv(inputs, inputs, stride=stride, groups=inputs), conv(inputs, outputs, 1))


class ContextModule(nn.Module):
    """Single-stage headless face detector (Najibi et al. 2017): three receptive fields side by side."""

    def __init__(self, width):
        super().__init__()
        self.near = conv(width, width // 2, activation=False)
        self.shared = conv(width, width // 4)
        self.wide = conv(width // 4, width // 4, activation=False)
        self.wider = nn.Sequential(conv(width // 4, width // 4), conv(width // 4, width // 4, activation=False))

    def forward(self, x):
        shared = self.shared(x)
        return F.relu(torch.cat([self.near(x), self.wide(shared), self.wider(shared)], 1))


class RetinaFace(nn.Module):
    """RetinaFace (Deng et al. 2019) on MobileNetV1 with a quarter of its channels: backbone, pyramid, context modules, heads."""

    def __init__(self, width=64):
        super().__init__()
        self.fine = nn.Sequential(
            conv(3, 8, stride=2), separable(8, 16), separable(16, 32, 2), separable(32, 32), separable(32, 64, 2), separable(64, 64)
        )
        self.middle = nn.Sequential(separable(64, 128, 2), *(separable(128, 128) for _ in range(5)))
        self.coarse = nn.Sequential(separable(128, 256, 2), separable(256, 256))
        self.pyramid = Pyramid((64, 128, 256), width)
        self.context = nn.ModuleList(ContextModule(width) for _ in STRIDES_PX)
        self.heads = nn.ModuleList(head(width) for _ in STRIDES_PX)

    def forward(self, x):
        fine = self.fine(x)
        middle = self.middle(fine)
        maps = self.pyramid(fine, middle, self.coarse(middle))
        return [layer(module(x)) for layer, module, x in zip(self.heads, self.context, maps)]


DETECTORS = {"fdretina": FDRetina, "retinaface-mbv1-025": RetinaFace}

"""Residual networks A, B and C for faces of 112x96, and Q, which is C with binary weights (Zhou et al. 2018, table 1, equations 1 to 5)."""

import torch
import torch.nn.functional as F
from torch import nn

from .blocks import Residual, activation

STEM, CHANNELS = (32, 64), (64, 128, 256, 512)
END_ROWS, END_COLUMNS = 5, 4
SIZE = 1024
# residual units of each stage, convolutions of each unit
A = ((1, 2, 5, 3), 2)
B = ((3, 4, 6, 3), 2)
C = ((3, 4, 6, 3), 3)


class Binary(torch.autograd.Function):
    """sign(w) times the mean of |w|; the gradient passes where |w| is at most 1 (equation 2)."""

    @staticmethod
    def forward(context, weight):
        context.save_for_backward(weight)
        return torch.where(weight >= 0, 1.0, -1.0) * weight.abs().mean()

    @staticmethod
    def backward(context, gradient):
        (weight,) = context.saved_tensors
        return gradient * (weight.abs() <= 1)


class BinaryConv2d(nn.Conv2d):
    def forward(self, x):
        return self._conv_forward(x, Binary.apply(self.weight), self.bias)

    def plain(self):
        """The convolution with the weights that this one computes with."""
        return _with_weight(nn.Conv2d(self.in_channels, self.out_channels, self.kernel_size, padding=self.padding, bias=False), self.weight)


class BinaryLinear(nn.Linear):
    def forward(self, x):
        return F.linear(x, Binary.apply(self.weight), self.bias)

    def plain(self):
        return _with_weight(nn.Linear(self.in_features, self.out_features, bias=False), self.weight)


@torch.no_grad()
def _with_weight(layer, weight):
    layer.weight.copy_(Binary.apply(weight))
    return layer


class ResidualFaceNet(nn.Sequential):
    """[n, 3, 112, 96] → [n, 1024], or [n, classes] where the training's last layer is wanted.

    `form` is A, B or C. Convolutions within units keep the size, the others are not padded, 2x2 max pooling halves it. Binary weights leave the
    first convolution and the classes' layer in floating point.
    """

    def __init__(self, form, binary=False, slope="channel", classes=None):
        convolution = BinaryConv2d if binary else nn.Conv2d
        linear = BinaryLinear if binary else nn.Linear

        def layer(inputs, outputs, padding, of=convolution):
            return [of(inputs, outputs, 3, padding=padding, bias=False), nn.BatchNorm2d(outputs), activation(slope, outputs)]

        modules = [*layer(3, STEM[0], 0, nn.Conv2d), *layer(STEM[0], STEM[1], 0), nn.MaxPool2d(2)]
        for stage, (units, depth) in enumerate((count, form[1]) for count in form[0]):
            channels = CHANNELS[stage]
            if stage > 0:
                modules += [*layer(CHANNELS[stage - 1], channels, 0), nn.MaxPool2d(2)]
            modules += [Residual(*(part for _ in range(depth) for part in layer(channels, channels, 1))) for _ in range(units)]
        modules += [nn.Flatten(), linear(CHANNELS[-1] * END_ROWS * END_COLUMNS, SIZE, bias=False), nn.BatchNorm1d(SIZE)]
        if classes is not None:
            modules += [nn.Dropout(0.5), nn.Linear(SIZE, classes)]
        super().__init__(*modules)

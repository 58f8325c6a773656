"""What the networks are built of. Every block is a list of modules, so that a network stays one flat sequence."""

from torch import nn


def activation(slope, channels):
    """ReLU for slope 0, LeakyReLU for another number; learned: "layer" one slope for all channels, "channel" one for each."""
    if slope == "channel":
        return nn.PReLU(channels)
    if slope == "layer":
        return nn.PReLU(1)
    if not isinstance(slope, (int, float)):
        raise ValueError(f"slope {slope!r}: a number, 'layer' or 'channel'")
    return nn.LeakyReLU(slope) if slope else nn.ReLU()


def conv(inputs, outputs, slope, stride=1, kernel=3, groups=1):
    """Convolution that keeps the size at stride 1, batch norm, activation."""
    return [*linear_conv(inputs, outputs, stride, kernel, groups), activation(slope, outputs)]


def linear_conv(inputs, outputs, stride=1, kernel=3, groups=1):
    """The same without an activation."""
    return [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]


def separable_conv(inputs, outputs, slope, stride=1):
    """Depthwise 3x3 convolution, then a pointwise one; each with batch norm and activation."""
    return [*conv(inputs, inputs, slope, stride, groups=inputs), *conv(inputs, outputs, slope, kernel=1)]


def global_depthwise(channels, rows, columns):
    """One weight per place of a map of rows x columns, for each channel (GDC); leaves 1x1."""
    return [nn.Conv2d(channels, channels, (rows, columns), groups=channels, bias=False), nn.BatchNorm2d(channels)]


def embedding(inputs, size):
    """Fully connected, then batch norm: the vector."""
    return [nn.Flatten(), nn.Linear(inputs, size, bias=False), nn.BatchNorm1d(size)]


class Residual(nn.Module):
    """Adds its input to what its branch makes of it."""

    def __init__(self, *branch):
        super().__init__()
        self.branch = nn.Sequential(*branch)

    def forward(self, x):
        return x + self.branch(x)

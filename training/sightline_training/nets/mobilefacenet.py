"""MobileFaceNet (Chen et al. 2018, table I) and its variants (table II)."""

from torch import nn

from .blocks import Residual, conv, embedding, global_depthwise, linear_conv

# expansion, channels, repetitions, stride of the first
BOTTLENECKS = ((2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1))
WIDE_END = 512


def bottleneck(inputs, wide, outputs, stride, slope):
    """Pointwise to `wide` channels, depthwise, pointwise without activation; residual where the shape stays."""
    branch = [
        *conv(inputs, wide, slope, kernel=1),
        *conv(wide, wide, slope, stride, groups=wide),
        *linear_conv(wide, outputs, kernel=1),
    ]
    return [Residual(*branch)] if stride == 1 and inputs == outputs else branch


class MobileFaceNet(nn.Sequential):
    """[n, 3, height, width] → [n, size], both sides multiples of 16.

    Without `last_layer` (-M) the vector is what GDC leaves, with 512 values; without `wide_end` as well (-S) it has 128.
    """

    def __init__(self, slope="channel", size=128, height_px=112, width_px=112, last_layer=True, wide_end=True):
        end = WIDE_END if wide_end else BOTTLENECKS[-1][1]
        layers, inputs = [*conv(3, 64, slope, 2), *conv(64, 64, slope, groups=64)], 64
        for expansion, outputs, count, stride in BOTTLENECKS:
            for place in range(count):
                layers += bottleneck(inputs, expansion * inputs, outputs, stride if place == 0 else 1, slope)
                inputs = outputs
        if wide_end:
            layers += conv(BOTTLENECKS[-1][1], end, slope, kernel=1)
        layers += global_depthwise(end, height_px // 16, width_px // 16)
        super().__init__(*layers, *(embedding(end, size) if last_layer else [nn.Flatten()]))

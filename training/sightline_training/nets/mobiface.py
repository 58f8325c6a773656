"""MobiFace (Duong et al. 2018), of whose layers only the outline could be had: docs/networks.md says which reading this is."""

from torch import nn

from .blocks import conv, embedding, separable_conv
from .mobilefacenet import WIDE_END, bottleneck

EXPANSION = 2
# channels, bottlenecks; the first of each has stride 2
STAGES = ((64, 3), (128, 4), (256, 7))


class MobiFace(nn.Sequential):
    """[n, 3, 112, 112] → [n, size]: three times a bottleneck of stride 2, then residual ones of stride 1."""

    def __init__(self, slope="channel", size=512):
        layers, inputs = [*conv(3, 64, slope, 2), *separable_conv(64, 64, slope)], 64
        for outputs, count in STAGES:
            for place in range(count):
                layers += bottleneck(inputs, EXPANSION * outputs, outputs, 2 if place == 0 else 1, slope)
                inputs = outputs
        layers += conv(inputs, WIDE_END, slope, kernel=1)
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), *embedding(WIDE_END, size))

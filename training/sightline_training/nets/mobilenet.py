"""MobileNetV1 (Howard et al. 2017, table 1) as an embedder, with its two ways to shrink: channels times α, side of the picture times ρ."""

from torch import nn

from .blocks import conv, embedding, separable_conv

SIDE_PX = 112
# (channels, stride) of the depthwise separable layers
LAYERS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1))


def side_px(resolution):
    """Side of the picture for a resolution factor ρ of 112 px, a multiple of 16."""
    return 16 * round(resolution * SIDE_PX / 16)


class MobileNetV1(nn.Sequential):
    """[n, 3, side, side] → [n, size]. The first stride is 1 as on faces of 112 px; 2 gives the paper's network for 224 px."""

    def __init__(self, width=1.0, size=512, first_stride=1):
        inputs = round(32 * width)
        layers = conv(3, inputs, 0, first_stride)
        for channels, stride in LAYERS:
            outputs = round(channels * width)
            layers += separable_conv(inputs, outputs, 0, stride)
            inputs = outputs
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), *embedding(inputs, size))

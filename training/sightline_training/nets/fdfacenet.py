"""FDFaceNet and the networks it was compared with (Wang, Xu, Lu: fast down-sampling, 2023, tables 7, 9 and 10); input 112x112."""

from torch import nn

from .blocks import conv, embedding, global_depthwise, separable_conv

CHANNELS = (48, 128, 128, 256, 192, 192, 256, 512)
FAST = (2, 2, 2, 2, 2, 1, 1, 1)
STAGED = (2, 1, 2, 1, 2, 2, 2, 1)  # not printed: the strides whose sums are the paper's
END_PX = 4  # side of the last map


class FDFaceNet(nn.Sequential):
    """[n, 3, 112, 112] → [n, size].

    `slope` of the activation: a number (0 is ReLU), "layer" (one learned for each layer), "channel" (one for each channel, the paper's PReLU).
    Without `gdc` the fully connected layer reads the whole last map.
    """

    def __init__(self, slope=0.1, gdc=True, strides=FAST, size=512):
        layers = []
        inputs = 3
        for outputs, stride in zip(CHANNELS, strides):
            layers += conv(inputs, outputs, slope, stride)
            inputs = outputs
        super().__init__(*layers, *_end(inputs, gdc, size))


class NFaceNet(FDFaceNet):
    """The same layers, down-sampled by stages."""

    def __init__(self, slope="channel", gdc=True, size=512):
        super().__init__(slope, gdc, STAGED, size)


class DWFaceNet(nn.Sequential):
    """NFaceNet* of depthwise separable convolutions (the first stays standard) with `width` times the channels; no GDC."""

    def __init__(self, slope="channel", width=1.25, size=512):
        channels = [round(width * count) for count in CHANNELS]
        layers = conv(3, channels[0], slope, STAGED[0])
        for inputs, outputs, stride in zip(channels, channels[1:], STAGED[1:]):
            layers += separable_conv(inputs, outputs, slope, stride)
        super().__init__(*layers, *_end(channels[-1], False, size))


def _end(channels, gdc, size):
    if gdc:
        return [*global_depthwise(channels, END_PX, END_PX), *embedding(channels, size)]
    return embedding(channels * END_PX * END_PX, size)

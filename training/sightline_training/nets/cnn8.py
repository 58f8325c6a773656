"""CNN-8, its depthwise separable forms and its fast down-sampled one (Wang, Xu, Lu 2023, tables 3 to 5): classifiers of 224x224.

The paper prints their sums, not their layers. Those of FDFaceNet with ReLU, average pooling and 1000 classes meet all of them; CNN-14-DS repeats six
layers at their own size.
"""

from torch import nn

from .blocks import conv, separable_conv
from .fdfacenet import CHANNELS, FAST, STAGED

# (channels, stride) of CNN-14-DS
DEEPER = (
    (48, 2), (128, 1), (128, 2), (128, 1), (256, 1), (192, 2), (192, 1), (192, 1), (192, 2), (192, 1), (192, 1), (256, 2), (256, 1), (512, 1),
)  # fmt: skip


class PlainClassifier(nn.Sequential):
    """[n, 3, 224, 224] → [n, classes]: `layers` of (channels, stride), the first standard, the others made by `block`."""

    def __init__(self, layers, block, width, classes):
        widths = [round(width * channels) for channels, _ in layers]
        modules = conv(3, widths[0], 0, layers[0][1])
        for inputs, outputs, (_, stride) in zip(widths, widths[1:], layers[1:]):
            modules += block(inputs, outputs, 0, stride)
        super().__init__(*modules, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(widths[-1], classes))


def cnn_8(width=1.0, classes=1000):
    return PlainClassifier(list(zip(CHANNELS, STAGED)), conv, width, classes)


def cnn_8_ds(width=1.0, classes=1000):
    return PlainClassifier(list(zip(CHANNELS, STAGED)), separable_conv, width, classes)


def cnn_14_ds(width=1.0, classes=1000):
    return PlainClassifier(DEEPER, separable_conv, width, classes)


def cnn_8_fd(width=1.0, classes=1000):
    return PlainClassifier(list(zip(CHANNELS, FAST)), conv, width, classes)

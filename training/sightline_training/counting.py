"""The sums that papers print of a network: parameters, multiply-adds, output of feature maps."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass(frozen=True)
class Counts:
    """Of one picture.

    `parameters` learned, `weights` those of them in convolutions and fully connected layers without biases; `multiply_adds` of convolutions and fully connected layers; `layer_values` that these give, `norm_values` that batch
    norms give, `other_values` that activations, pooling and additions of branches give.
    """

    parameters: int
    weights: int
    multiply_adds: int
    layer_values: int
    norm_values: int
    other_values: int

    def multiply_adds_with_norms(self):
        """As the tools count that most papers used: two more for each value of a batch norm, one for each of an activation."""
        return self.multiply_adds + 2 * self.norm_values + self.other_values

    def feature_map_mb(self, folded=True):
        """Megabytes (10^6) of 32-bit values written once and read once, with batch norm folded or not."""
        return 8e-6 * (self.layer_values + self.other_values + (0 if folded else self.norm_values))


@torch.no_grad()
def count(network, height_px=112, width_px=112):
    """Counts of `network` for one picture [3, height, width]."""
    sums = {"multiply_adds": 0, "layer": 0, "norm": 0, "other": 0}
    hooks = [module.register_forward_hook(_counter(sums)) for module in network.modules() if not list(module.children())]
    was_training = network.training
    network.eval()(torch.zeros(1, 3, height_px, width_px))
    network.train(was_training)
    for hook in hooks:
        hook.remove()
    parameters = sum(weights.numel() for weights in network.parameters())
    weights = sum(module.weight.numel() for module in network.modules() if isinstance(module, (nn.Conv2d, nn.Linear)))
    return Counts(parameters, weights, sums["multiply_adds"], sums["layer"], sums["norm"], sums["other"])


def _counter(sums):
    def hook(module, inputs, output):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            sums["layer"] += output.numel()
            sums["multiply_adds"] += output.numel() * module.weight[0].numel()
        elif isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            sums["norm"] += output.numel()
        elif not isinstance(module, (nn.Flatten, nn.Dropout)):
            sums["other"] += output.numel()

    return hook

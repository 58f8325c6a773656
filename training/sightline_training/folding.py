"""Batch norm and learned slopes folded away, for a network that is done with training."""

import copy

import torch
from torch import fx, nn


def folded(network):
    """A copy in evaluation mode whose batch norms live in the convolutions and fully connected layers before them.

    A PReLU whose slopes are all the same becomes a LeakyReLU; a layer that makes its weights anew at each run (it has a method `plain`) becomes
    one that holds them. Raises ValueError where a batch norm follows anything but a layer of its own.
    """
    network = copy.deepcopy(network).cpu().float().eval()
    for name, module in list(network.named_modules()):
        if hasattr(module, "plain"):
            _replace(network, name, module.plain())
    traced = fx.symbolic_trace(network)
    modules = dict(traced.named_modules())
    for node in list(traced.graph.nodes):
        module = modules.get(node.target) if node.op == "call_module" else None
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            _fold_into_source(node, modules)
            node.replace_all_uses_with(node.args[0])
            traced.graph.erase_node(node)
            traced.delete_submodule(node.target)
        elif isinstance(module, nn.PReLU) and bool((module.weight == module.weight[0]).all()):
            _replace(traced, node.target, nn.LeakyReLU(float(module.weight[0])))
    traced.graph.lint()
    traced.recompile()
    return traced


@torch.no_grad()
def _fold_into_source(node, modules):
    norm, source = modules[node.target], node.args[0]
    layer = modules.get(source.target) if source.op == "call_module" else None
    if not isinstance(layer, (nn.Conv2d, nn.Linear)) or len(source.users) != 1:
        raise ValueError(f"batch norm {node.target} follows {source.target}, not a convolution or fully connected layer of its own: it cannot be folded")
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    bias = torch.zeros_like(norm.bias) if layer.bias is None else layer.bias
    layer.weight.mul_(scale.reshape(-1, *[1] * (layer.weight.dim() - 1)))
    layer.bias = nn.Parameter((bias - norm.running_mean) * scale + norm.bias)


def _replace(network, target, module):
    parent, _, name = target.rpartition(".")
    setattr(network.get_submodule(parent), name, module)

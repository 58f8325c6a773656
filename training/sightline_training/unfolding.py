"""The opposite of folding: a network that goes on learning from the weights of a committed file, for which no checkpoint is kept."""

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import fx, nn

from .loop.checkpoint import weights
from .loop.trainer import network_input

PICTURES = 128  # on which norms are measured again


def begin_with(network, name, path, samples):
    """Gives the network called `name` the weights of a checkpoint, or of a committed .onnx file; `samples` as the run will have them."""
    if path.suffix == ".onnx":
        unfold(network, path, network_input(torch.stack([samples[position][0] for position in range(PICTURES)])))
    else:
        network.load_state_dict(weights(path, name))


@torch.no_grad()
def unfold(network, path, pictures):
    """Gives `network` the weights of the folded file `path`. Returns the network, in training mode.

    What a batch norm measured is not in a folded file. It is measured again on `pictures` [n, 3, h, w], and each norm's scale and shift are set to undo it: on
    these pictures the network computes what the file computes, and later batches norm as they would have. Raises ValueError where the file is another network's.
    """
    kept = {tensor.name.removeprefix("network."): tensor for tensor in onnx.load(str(path)).graph.initializer}
    norms = _norms(network)
    for name, module in network.named_modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            module.weight.copy_(_weight(kept, f"{name}.weight", module.weight, path))
            if module.bias is not None:
                module.bias.copy_(_weight(kept, f"{name}.bias", module.bias, path))
    hooks = [
        norm.register_forward_pre_hook(_measured(_weight(kept, f"{layer}.bias", norm.bias, path))) for layer, norm in norms
    ]
    network.train()(pictures)
    for hook in hooks:
        hook.remove()
    return network


def _norms(network):
    """(name of the layer, the batch norm after it), in order."""
    traced = fx.symbolic_trace(network)
    modules = dict(network.named_modules())
    nodes = [node for node in traced.graph.nodes if node.op == "call_module"]
    return [(node.args[0].target, modules[node.target]) for node in nodes if isinstance(modules[node.target], nn.modules.batchnorm._BatchNorm)]


def _measured(shift):
    """A hook that sets a norm so that, for what comes in now, it only adds `shift`."""

    def hook(norm, inputs):
        x = inputs[0].float()
        mean, variance = x.transpose(0, 1).flatten(1).mean(1), x.transpose(0, 1).flatten(1).var(1, unbiased=False)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.copy_(mean + shift)

    return hook


def _weight(kept, name, like, path):
    tensor = kept.get(name)
    if tensor is None or tuple(tensor.dims) != tuple(like.shape):
        found = "nothing" if tensor is None else tuple(tensor.dims)
        raise ValueError(f"{path} holds {found} as {name}, where the network has {tuple(like.shape)}: it is another network's")
    return torch.from_numpy(np.array(numpy_helper.to_array(tensor)))

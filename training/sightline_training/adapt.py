"""Adapts a network's weights to eight-bit arithmetic: what it computes with rounded weights and activations is brought back to what it
computed in floating point, on pictures without labels (quantisation-aware training by self-distillation; rounding is passed by gradients as if
it were not there, Bengio et al. 2013).
"""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tqdm import tqdm

from .onnx_graph import OnnxGraph, operator

RATE = 2e-5


class _Round(torch.autograd.Function):
    @staticmethod
    def forward(_, x):
        return x.round()

    @staticmethod
    def backward(_, gradient):
        return gradient


class RoundedNetwork(torch.nn.Module):
    """A float graph computed as its int8 form would: `scales` are (scale, zero point) by activation, `weighted` names the nodes (by first output) with
    weights of `bits` bits and a scale per channel."""

    def __init__(self, model, scales, weighted, bits):
        super().__init__()
        self._graph = OnnxGraph(model)
        self._scales = scales
        self._weights = {name for node in self._graph.nodes if node.output[0] in weighted for name in node.input[1:2]}
        self._limit = 2 ** (bits - 1) - 1
        learned = {name for node in self._graph.nodes if node.output[0] in weighted for name in node.input[1:] if name}
        self._names = sorted(learned)
        self.learned = torch.nn.ParameterList([torch.nn.Parameter(self._graph.constants[name].clone()) for name in self._names])

    def forward(self, x):
        values = {**self._graph.constants, **dict(zip(self._names, self.learned))}
        for name in self._weights:
            values[name] = self._rounded_weight(values[name])
        name = self._graph.inputs[0]
        values[name] = self._rounded(name, x)
        for node in self._graph.nodes:
            made = operator(node, [values[source] if source else None for source in node.input])
            for name, value in zip(node.output, made if len(node.output) > 1 else [made]):
                values[name] = self._rounded(name, value)
        return values[self._graph.outputs[0]]

    def _rounded_weight(self, weight):
        scale = weight.detach().abs().flatten(1).amax(1).clamp_min(1e-12) / self._limit
        scale = scale.reshape(-1, *[1] * (weight.dim() - 1))
        return _Round.apply((weight / scale).clamp(-self._limit, self._limit)) * scale

    def _rounded(self, name, value):
        if name not in self._scales:
            return value
        scale, zero = self._scales[name]
        return (_Round.apply(value / scale).clamp(-zero, 255 - zero)) * scale

    def float_model(self, model):
        """`model` with the weights learned."""
        adapted = onnx.ModelProto()
        adapted.CopyFrom(model)
        learned = dict(zip(self._names, self.learned))
        for tensor in adapted.graph.initializer:
            if tensor.name in learned:
                tensor.CopyFrom(numpy_helper.from_array(learned[tensor.name].detach().numpy(), tensor.name))
        return adapted


def adapt(model, rounded, inputs, steps, batch=64, rate=RATE, seed=1):
    """`model` with weights that suit `rounded`, a RoundedNetwork of it: cosine to its own answers in floating point, and the answers' cosines to each other.

    `inputs(indices)` gives network inputs; `len(inputs)` says how many there are.
    """
    teacher = OnnxGraph(model)
    optimizer = torch.optim.Adam(rounded.parameters(), rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    random = np.random.default_rng(seed)
    progress = tqdm(range(steps), desc="adapting", unit="step")
    for _ in progress:
        x = torch.from_numpy(inputs(random.integers(0, len(inputs), batch)))
        target = F.normalize(teacher.run({teacher.inputs[0]: x})[teacher.outputs[0]])
        answer = F.normalize(rounded(x))
        apart = 1 - (answer * target).sum(1).mean()
        loss = apart + 10 * ((answer @ answer.t() - target @ target.t()) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        progress.set_postfix(apart=f"{float(apart):.5f}")
    return rounded.float_model(model)

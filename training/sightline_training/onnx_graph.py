"""Evaluates an ONNX graph with PyTorch, operator by operator: what an export is checked against, and what calibration watches.

The operators are those that our networks and the detectors' teacher use. Values are float32 tensors; quantised ones are integers of ONNX's own type.
"""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper


class UnsupportedOperator(ValueError):
    """The graph uses an operator, or an attribute of one, that is not known here."""


class OnnxGraph:
    """A model that can be run; `outputs` are its names in order."""

    def __init__(self, model):
        self.nodes = list(model.graph.node)
        self.constants = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in model.graph.initializer}
        self.inputs = [value.name for value in model.graph.input if value.name not in self.constants]
        self.outputs = [value.name for value in model.graph.output]
        for node in self.nodes:
            if node.op_type not in _OPERATORS:
                raise UnsupportedOperator(f"operator {node.op_type} of node {node.name or node.output[0]} is not known here")

    @torch.no_grad()
    def run(self, feeds, watch=None):
        """Outputs by name. `watch(name, tensor)` sees every value that a node makes, and the inputs."""
        values = {**self.constants, **feeds}
        if watch is not None:
            for name in self.inputs:
                watch(name, values[name])
        for node in self.nodes:
            arguments = [values[name] if name else None for name in node.input]
            attributes = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
            made = _OPERATORS[node.op_type](arguments, attributes)
            for name, value in zip(node.output, made if len(node.output) > 1 else [made]):
                values[name] = value
                if watch is not None:
                    watch(name, value)
        return {name: values[name] for name in self.outputs}


def _conv(arguments, attributes):
    x, weight, *bias = arguments
    pads = attributes.get("pads", [0, 0, 0, 0])
    if pads[:2] != pads[2:]:
        x, pads = F.pad(x, (pads[1], pads[3], pads[0], pads[2])), [0, 0, 0, 0]
    return F.conv2d(
        x,
        weight,
        bias[0] if bias else None,
        attributes.get("strides", 1),
        tuple(pads[:2]),
        attributes.get("dilations", 1),
        attributes.get("group", 1),
    )


def _gemm(arguments, attributes):
    a, b, *c = arguments
    a = a.t() if attributes.get("transA") else a
    b = b.t() if attributes.get("transB") else b
    product = attributes.get("alpha", 1.0) * (a @ b)
    return product + attributes.get("beta", 1.0) * c[0] if c else product


def _max_pool(arguments, attributes):
    pads = attributes.get("pads", [0, 0, 0, 0])
    x = F.pad(arguments[0], (pads[1], pads[3], pads[0], pads[2]), value=-torch.inf) if any(pads) else arguments[0]
    return F.max_pool2d(x, tuple(attributes["kernel_shape"]), tuple(attributes.get("strides", [1, 1])), ceil_mode=bool(attributes.get("ceil_mode", 0)))


def _resize(arguments, attributes):
    x, sizes = arguments[0], arguments[3] if len(arguments) > 3 else None
    if attributes.get("mode", b"nearest") != b"nearest":
        raise UnsupportedOperator(f"Resize of mode {attributes['mode'].decode()}: only nearest is known here")
    rows, columns = [int(n) for n in (sizes[2:] if sizes is not None else (arguments[2][2:] * torch.tensor(x.shape[2:])).round())]
    return F.interpolate(x, size=(rows, columns), mode="nearest")


def _reshape(arguments, _):
    x, shape = arguments
    return x.reshape([x.shape[i] if n == 0 else int(n) for i, n in enumerate(shape)])


def _quantize(arguments, attributes):
    x, scale, zero = arguments
    low, high = (0, 255) if zero.dtype == torch.uint8 else (-128, 127) if zero.dtype == torch.int8 else (-(2**31), 2**31 - 1)
    scale, shift = _along(scale, x, attributes), _along(zero, x, attributes).to(torch.int32)
    return (torch.round(x / scale) + shift).clamp(low, high).to(zero.dtype)


def _dequantize(arguments, attributes):
    x, scale, *zero = arguments
    whole = x.to(torch.int32) if x.dtype != torch.int32 else x
    shift = _along(zero[0], x, attributes).to(torch.int32) if zero else 0
    return (whole - shift).float() * _along(scale, x, attributes)


def _along(parameter, x, attributes):
    if parameter.numel() == 1:
        return parameter.reshape(())
    axis = attributes.get("axis", 1) % x.dim()
    return parameter.reshape([-1 if i == axis else 1 for i in range(x.dim())])


def _space_to_depth(arguments, attributes):
    x, side = arguments[0], attributes["blocksize"]
    return torch.cat([x[:, :, row::side, column::side] for row in range(side) for column in range(side)], 1)


def _split(arguments, attributes):
    return arguments[0].split([int(n) for n in arguments[1]], attributes.get("axis", 0))


def _slice(arguments, _):
    x, starts, ends = arguments[:3]
    if x.dim() != 1:
        _beyond_vectors("Slice")
    return x[int(starts) : int(ends)]


def _beyond_vectors(operator):
    raise UnsupportedOperator(f"{operator} is known here for shapes only")


def _slopes(x, slope):
    return torch.where(x < 0, x * slope, x)


def _constant(_, attributes):
    return torch.from_numpy(np.array(numpy_helper.to_array(attributes["value"])))


_TYPES = {onnx.TensorProto.INT64: torch.int64, onnx.TensorProto.FLOAT: torch.float32}
_OPERATORS = {
    "Add": lambda a, _: a[0] + a[1],
    "AveragePool": lambda a, t: F.avg_pool2d(a[0], tuple(t["kernel_shape"]), tuple(t["strides"]), ceil_mode=bool(t.get("ceil_mode", 0))),
    "Cast": lambda a, t: a[0].to(_TYPES[t["to"]]),
    "Concat": lambda a, t: torch.cat(a, t["axis"]),
    "Constant": _constant,
    "Conv": _conv,
    "DequantizeLinear": _dequantize,
    "Flatten": lambda a, t: a[0].flatten(1) if t.get("axis", 1) == 1 else a[0].reshape(-1, int(np.prod(a[0].shape[t["axis"] :]))),
    "Gather": lambda a, t: a[0].index_select(t.get("axis", 0), a[1].reshape(-1)).reshape(a[1].shape) if a[0].dim() == 1 else _beyond_vectors("Gather"),
    "Gemm": _gemm,
    "GlobalAveragePool": lambda a, _: a[0].mean((2, 3), keepdim=True),
    "Identity": lambda a, _: a[0],
    "LeakyRelu": lambda a, t: F.leaky_relu(a[0], t.get("alpha", 0.01)),
    "MatMul": lambda a, _: a[0] @ a[1],
    "MaxPool": _max_pool,
    "Mul": lambda a, _: a[0] * a[1],
    "PRelu": lambda a, _: _slopes(a[0], a[1]),
    "QuantizeLinear": _quantize,
    "Relu": lambda a, _: F.relu(a[0]),
    "Reshape": _reshape,
    "Resize": _resize,
    "Shape": lambda a, _: torch.tensor(a[0].shape),
    "Sigmoid": lambda a, _: torch.sigmoid(a[0]),
    "Slice": _slice,
    "Softmax": lambda a, t: F.softmax(a[0], t.get("axis", -1)),
    "SpaceToDepth": _space_to_depth,
    "Split": _split,
    "Sub": lambda a, _: a[0] - a[1],
    "Transpose": lambda a, t: a[0].permute(*t["perm"]),
    "Unsqueeze": lambda a, t: a[0].reshape(1) if a[0].dim() == 0 else _beyond_vectors("Unsqueeze"),
}

"""Teacher networks, read from ONNX and run by PyTorch, and the targets that they give.

Running them in PyTorch needs no further library and works on a GPU. Only the operators that the teachers have are known.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tqdm import tqdm

from ..loop.precision import autocast, layout

IMAGENET_MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
IMAGENET_DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)

# How a teacher wants its [n, 3, 112, 112] RGB picture of 0..255.
INPUTS = {
    "raw255": lambda x: x,
    "unit128": lambda x: (x - 127.5) / 128,
    "imagenet": lambda x: (x / 255 - IMAGENET_MEAN.to(x.device)) / IMAGENET_DEVIATION.to(x.device),
}


class OnnxNetwork(torch.nn.Module):
    """An ONNX graph of convolutions, activations, sums and matrix products; one input, one output."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(str(path)).graph
        self._names = {}
        for tensor in graph.initializer:
            self._keep(tensor.name, tensor)
        self._nodes = []
        for node in graph.node:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type == "Constant":
                self._keep(node.output[0], attributes["value"])
            elif node.op_type not in OPERATORS:
                raise ValueError(f"{path}: operator {node.op_type} is not known; known are {', '.join(sorted(OPERATORS))}")
            else:
                self._nodes.append((OPERATORS[node.op_type], list(node.input), node.output[0], attributes))
        self._input = next(i.name for i in graph.input if i.name not in self._names)
        self._output = graph.output[0].name

    def _keep(self, name, tensor):
        self._names[name] = f"constant_{len(self._names)}"
        self.register_buffer(self._names[name], torch.from_numpy(numpy_helper.to_array(tensor).copy()))

    def forward(self, x):
        values = {name: getattr(self, buffer) for name, buffer in self._names.items()}
        values[self._input] = x
        for operator, inputs, output, attributes in self._nodes:
            values[output] = operator([values[name] if name else None for name in inputs], attributes)
        return values[self._output]


def _convolution(v, a):
    pads = a.get("pads", [0, 0, 0, 0])
    if pads[:2] != pads[2:]:
        raise ValueError(f"a convolution is padded unevenly: {pads}")
    bias = v[2] if len(v) > 2 else None
    return F.conv2d(v[0], v[1], bias, a.get("strides", [1, 1]), pads[:2], a.get("dilations", [1, 1]), a.get("group", 1))


def _clip(v, a):
    low = a.get("min", v[1].item() if len(v) > 1 and v[1] is not None else None)
    high = a.get("max", v[2].item() if len(v) > 2 and v[2] is not None else None)
    return v[0].clamp(low, high)


OPERATORS = {
    "Conv": _convolution,
    "PRelu": lambda v, a: F.prelu(v[0], v[1].reshape(-1).to(v[0].dtype)),
    "Add": lambda v, a: v[0] + v[1],
    "Sub": lambda v, a: v[0] - v[1],
    "Mul": lambda v, a: v[0] * v[1],
    "Clip": _clip,
    "Relu": lambda v, a: v[0].relu(),
    "Flatten": lambda v, a: v[0].flatten(1),
    "Reshape": lambda v, a: v[0].flatten(1),
    "Gemm": lambda v, a: F.linear(v[0], v[1] if a.get("transB") else v[1].T, v[2]),
    "BatchNormalization": lambda v, a: F.batch_norm(v[0], v[3], v[4], v[1], v[2], False, 0.0, a.get("epsilon", 1e-5)),
}


def targets(pixels, teachers, cache, device="cpu"):
    """[n, Σ dimensions] float32 of unit length: the teachers' unit vectors joined, for picture plus mirrored picture.

    `teachers` are (path, input form) pairs. Made once per teachers and crops, kept in the folder `cache`.
    """
    names = [f"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]}-{form}" for path, form in teachers]
    made_from = {"teachers": names, "crops": len(pixels)}
    file, note = Path(cache) / "targets.npy", Path(cache) / "targets.json"
    if note.is_file() and json.loads(note.read_text()) == made_from:
        return np.load(file)
    networks = [(OnnxNetwork(path).eval().to(device), INPUTS[form]) for path, form in teachers]
    out = np.concatenate([_embed(batch, networks, device) for batch in _batches(pixels)])
    np.save(file, out)
    note.write_text(json.dumps(made_from))
    return out


def _batches(pixels, size=16):
    for start in tqdm(range(0, len(pixels), size), desc="teachers", unit="batch"):
        yield np.ascontiguousarray(pixels[start : start + size])


@torch.no_grad()
def _embed(batch, networks, device):
    x = torch.from_numpy(batch).to(device).permute(0, 3, 1, 2).float().contiguous(memory_format=layout(device))
    sums = 0
    with autocast(device):
        for view in (x, x.flip(3)):
            sums = sums + torch.cat([F.normalize(network(form(view)).float()) for network, form in networks], 1)
    return F.normalize(sums).cpu().numpy()

"""Static int8 for a folded network: QDQ, unsigned activations, signed weights with a scale per channel, opset 13.

`python3 -m sightline_training.quantise FLOAT.onnx INT8.onnx --faces FACES --cache CACHE`, or `--samples FILE.npy` with inputs as the network takes
them. Ranges of activations come from running the float graph on those inputs.

Q and DQ stand where ONNX Runtime fuses them into integer operators: between a convolution and its LeakyRelu (which becomes a table of 256 entries), but not
before a Relu, which then costs nothing.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from .onnx_graph import OnnxGraph, UnsupportedOperator
from .ranges import METHODS, Ranges

OPSET = 13
WEIGHTED = {"Conv", "Gemm"}
SAME_SCALE = {"Flatten", "MaxPool", "Reshape", "Resize", "Transpose"}  # they move values or pick among them
QUANTISED = WEIGHTED | SAME_SCALE | {"Add", "Concat", "GlobalAveragePool", "LeakyRelu", "Relu"}
BATCH = 32


class QuantiseError(ValueError):
    """The model cannot be quantised; the message says why."""


@dataclass(frozen=True)
class Plan:
    """`method` of choosing ranges (see ranges.py); names of nodes left in floating point; bits of weights.

    Seven bits where the processor has no VNNI: there, sums of two products of full-range bytes saturate at 16 bits.
    """

    method: str = "percentile"
    keep_float: frozenset = frozenset()
    weight_bits: int = 8


def quantise(model, inputs, plan=Plan()):
    """The int8 form of `model`, calibrated on `inputs` [n, channels, height, width] float32."""
    _check(model)
    nodes = [node for node in model.graph.node if node.op_type in QUANTISED and node_name(node) not in plan.keep_float]
    graph = _Quantiser(model, nodes)
    ranges = _watched(model, graph.tensors(), inputs, plan.method)
    return graph.written(ranges, plan.weight_bits)


def node_name(node):
    return node.name or node.output[0]


def first_and_last(model):
    """(names of the nodes with weights that no other such node comes before, names of those that none comes after)."""
    makers = {name: node for node in model.graph.node for name in node.output}
    weighted = [node for node in model.graph.node if node.op_type in WEIGHTED]
    before = {node_name(node): _nearest_weighted(node.input, makers) for node in weighted}
    last = _nearest_weighted([output.name for output in model.graph.output], makers)
    return frozenset(name for name, others in before.items() if not others), last


def _nearest_weighted(names, makers):
    found, waiting = set(), list(names)
    while waiting:
        node = makers.get(waiting.pop())
        if node is not None and node.op_type in WEIGHTED:
            found.add(node_name(node))
        elif node is not None:
            waiting += node.input
    return frozenset(found)


def _check(model):
    versions = [entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")]
    if versions != [OPSET]:
        raise QuantiseError(f"the model has opset {versions}, this needs {OPSET}: export it again")
    present = {node.op_type for node in model.graph.node}
    if present & {"QuantizeLinear", "DequantizeLinear"}:
        raise QuantiseError("the model is quantised already: give its float form")
    if not present & WEIGHTED:
        raise QuantiseError(f"the model has no {' or '.join(sorted(WEIGHTED))} to quantise, only {', '.join(sorted(present))}")
    if "BatchNormalization" in present:
        raise QuantiseError("the model has batch norms: fold them first (export.py does)")


def _watched(model, names, inputs, method):
    if len(inputs) == 0:
        raise QuantiseError("no inputs to calibrate with")
    graph = OnnxGraph(model)
    ranges = {name: Ranges(method) for name in names}
    for measure in (Ranges.widen, Ranges.fill):
        for start in range(0, len(inputs), BATCH):
            batch = torch.from_numpy(np.ascontiguousarray(inputs[start : start + BATCH]))
            graph.run({graph.inputs[0]: batch}, lambda name, value: measure(ranges[name], value) if name in ranges else None)
        if method == "minmax":
            break
    return {name: found.chosen() for name, found in ranges.items()}


class _Quantiser:
    """Writes one graph anew, with Q and DQ after each tensor that an integer operator reads or gives."""

    def __init__(self, model, nodes):
        self._model = model
        self._chosen = {node.output[0] for node in nodes}
        self._constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        self._constants |= {
            node.output[0]: numpy_helper.to_array(node.attribute[0].t) for node in model.graph.node if node.op_type == "Constant"
        }
        self._outputs = {value.name for value in model.graph.output}
        self._readers = {}
        for node in model.graph.node:
            for name in node.input:
                self._readers.setdefault(name, []).append(node)
        self._initializers, self._nodes = [], []

    def tensors(self):
        """Names of the activations that become integers, in the graph's order."""
        nodes = [node for node in self._model.graph.node if node.output[0] in self._chosen]
        staying = {name for node in nodes for name in node.output if self._stays_float(node, name)}
        touched = [name for node in nodes for name in (*self._data_inputs(node), *node.output)]
        return [name for name in dict.fromkeys(touched) if name not in staying]

    def _data_inputs(self, node):
        count = 1 if node.op_type in WEIGHTED | SAME_SCALE else len(node.input)
        return [name for name in node.input[:count] if name not in self._constants]

    def _stays_float(self, node, name):
        readers = self._readers.get(name, [])
        if node.op_type == "Gemm" and not readers:
            return True
        is_folded_relu = node.op_type in WEIGHTED and len(readers) == 1 and readers[0].op_type == "Relu" and readers[0].output[0] in self._chosen
        return is_folded_relu and name not in self._outputs

    def written(self, ranges, weight_bits):
        scales = self._scales(ranges)
        replaced = {}
        for value in self._model.graph.input:
            if value.name in scales:
                replaced[value.name] = self._quantised(value.name, value.name, scales)
        for original in self._model.graph.node:
            node = onnx.NodeProto()
            node.CopyFrom(original)
            if original.output[0] in self._chosen and original.op_type in WEIGHTED:
                source = scales.get(original.input[0])
                if source is not None:
                    self._quantise_weights(node, source[0], weight_bits)
            for place, name in enumerate(node.input):
                node.input[place] = replaced.get(name, name)
            self._nodes.append(node)
            for place, name in enumerate(original.output):
                if name in scales:
                    replaced[name] = self._after(node, place, name, scales)
        return self._assembled()

    def _after(self, node, place, name, scales):
        """Q and DQ behind an output; a graph's output keeps its name, so the node's own result is renamed."""
        if name not in self._outputs:
            return self._quantised(name, name, scales)
        node.output[place] = f"{name}/float"
        return self._quantised(f"{name}/float", name, scales, name)

    def _quantised(self, source, name, scales, result=None):
        scale, zero = scales[name]
        self._add(f"{name}/scale", np.float32(scale))
        self._add(f"{name}/zero", np.uint8(zero))
        result = result or f"{name}/dequantised"
        parameters = [f"{name}/scale", f"{name}/zero"]
        self._nodes.append(helper.make_node("QuantizeLinear", [source, *parameters], [f"{name}/quantised"], name=f"{name}/q"))
        self._nodes.append(helper.make_node("DequantizeLinear", [f"{name}/quantised", *parameters], [result], name=f"{name}/dq"))
        return result

    def _scales(self, ranges):
        """(scale, zero point) by tensor; operators that only move values hand their input's on."""
        scales = {name: _affine(*ends) for name, ends in ranges.items()}
        for node in self._model.graph.node:
            if node.output[0] in self._chosen and node.op_type in SAME_SCALE and node.output[0] in scales:
                scales[node.output[0]] = scales[node.input[0]]
        return scales

    def _quantise_weights(self, node, input_scale, bits):
        weight = self._constants[node.input[1]]
        axis = 0
        if node.op_type == "Gemm" and not any(a.name == "transB" and a.i for a in node.attribute):
            axis = 1
        limit = 2 ** (bits - 1) - 1
        largest = np.abs(weight).max(axis=tuple(i for i in range(weight.ndim) if i != axis))
        scale = np.where(largest > 0, largest / limit, 1.0).astype(np.float32)
        shape = [-1 if i == axis else 1 for i in range(weight.ndim)]
        whole = np.clip(np.round(weight / scale.reshape(shape)), -limit, limit).astype(np.int8)
        node.input[1] = self._dequantised(node.input[1], whole, scale, np.zeros(len(scale), np.int8), axis)
        if len(node.input) > 2 and node.input[2]:
            bias_scale = (np.float32(input_scale) * scale).astype(np.float32)
            bias = np.clip(np.round(self._constants[node.input[2]].astype(np.float64) / bias_scale), -(2**31), 2**31 - 1).astype(np.int32)
            node.input[2] = self._dequantised(node.input[2], bias, bias_scale, np.zeros(len(scale), np.int32), 0)

    def _dequantised(self, name, whole, scale, zero, axis):
        for part, value in (("quantised", whole), ("scale", scale), ("zero", zero)):
            self._add(f"{name}/{part}", value)
        inputs = [f"{name}/{part}" for part in ("quantised", "scale", "zero")]
        self._nodes.append(helper.make_node("DequantizeLinear", inputs, [f"{name}/dequantised"], name=f"{name}/dq", axis=axis))
        return f"{name}/dequantised"

    def _add(self, name, value):
        self._initializers.append(numpy_helper.from_array(np.asarray(value), name))

    def _assembled(self):
        model = onnx.ModelProto()
        model.CopyFrom(self._model)
        used = {name for node in self._nodes for name in node.input}
        kept = [tensor for tensor in self._model.graph.initializer if tensor.name in used]
        for field, values in (("node", self._nodes), ("initializer", [*kept, *self._initializers])):
            model.graph.ClearField(field)
            getattr(model.graph, field).extend(values)
        model.graph.ClearField("value_info")
        onnx.checker.check_model(model, full_check=True)
        return model


def _affine(low, high):
    """Scale and zero point of a range that holds 0, so that 0 is exact."""
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / 255 or 1.0
    return scale, int(np.clip(round(-low / scale), 0, 255))


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.quantise", description=__doc__.splitlines()[0])
    parser.add_argument("float_model", type=Path)
    parser.add_argument("int8_model", type=Path)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--faces", type=Path, help="folder of aligned crops, for an embedder of (x - 127.5) / 128")
    source.add_argument("--scenes", type=Path, help="folder of scenes, for a detector of (x - 127.5) / 128")
    source.add_argument("--samples", type=Path, help="NumPy file [n, channels, height, width] float32, as the network takes it")
    source.add_argument("--noise", type=int, metavar="N", help="N inputs of seeded noise, to time networks that are not trained")
    parser.add_argument("--cache", type=Path, default=Path("cache"), help="where decoded crops are kept")
    parser.add_argument("--crops", type=int, default=512, help="how many of them, evenly spread (default 512)")
    parser.add_argument("--pictures", type=int, default=32, help="how many scenes, evenly spread over those to train with (default 32)")
    parser.add_argument("--method", choices=METHODS, default="percentile")
    parser.add_argument("--keep-float", nargs="+", default=[], metavar="NODE", help="nodes left in floating point; 'first' and 'last': those with weights that none comes before or after")
    parser.add_argument("--weight-bits", type=int, choices=(7, 8), default=8, help="7 for processors without VNNI")
    options = parser.parse_args(arguments)
    try:
        model = onnx.load(str(options.float_model))
        ends = dict(zip(("first", "last"), first_and_last(model)))
        kept = frozenset().union(*(ends.get(name, {name}) for name in options.keep_float))
        inputs = _inputs(options, model)
        onnx.save(quantise(model, inputs, Plan(options.method, kept, options.weight_bits)), str(options.int8_model))
    except (QuantiseError, UnsupportedOperator, FileNotFoundError) as problem:
        sys.exit(f"sightline_training: {problem}")
    print(f"{options.int8_model}: {options.int8_model.stat().st_size / 1e6:.2f} MB of {options.float_model.stat().st_size / 1e6:.2f}, {len(inputs)} inputs")


def _inputs(options, model):
    if options.samples:
        return np.load(options.samples)
    if options.noise:
        sides = [dimension.dim_value for dimension in model.graph.input[0].type.tensor_type.shape.dim[1:]]
        return np.random.default_rng(1).uniform(-1, 1, (options.noise, *sides)).astype(np.float32)
    return _scenes(options) if options.scenes else _crops(options)


def _scenes(options, side_px=640):
    from .detector.scenes import read_scenes

    scenes, _ = read_scenes(options.scenes, "train")
    pictures = np.zeros((min(options.pictures, len(scenes)), side_px, side_px, 3), np.uint8)
    for picture, place in zip(pictures, np.linspace(0, len(scenes) - 1, len(pictures)).astype(int)):
        pixels = scenes[place].pixels[:side_px, :side_px]
        picture[: pixels.shape[0], : pixels.shape[1]] = pixels
    return _network_input(pictures)


def _crops(options):
    from .embedder.crops import open_crops

    pixels = open_crops(options.faces, options.cache).pixels
    chosen = pixels[np.linspace(0, len(pixels) - 1, min(options.crops, len(pixels))).astype(int)]
    return _network_input(chosen)


def _network_input(pictures):
    return (pictures.transpose(0, 3, 1, 2).astype(np.float32) - 127.5) / 128


if __name__ == "__main__":
    main()

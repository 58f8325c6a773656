"""Turns an embedder's last layer so that its cosines agree with its teachers': `python3 -m sightline_training.embedder.agree --help`.

A linear head on the student's vector says better than the vector's own cosines what the teachers would say. The head is found by least squares over the training
crops, on the mean of a crop's vector and its mirror image's as the product takes it, and put into the last fully connected layer: the file keeps its form, size and
time.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from ..export import write
from ..loop.precision import autocast
from ..loop.trainer import network_input
from ..onnx_graph import OnnxGraph
from .crops import open_crops
from .teachers import targets
from .__main__ import teacher_argument

BATCH = 64


def turned(vectors, wanted):
    """(matrix [s, s], shift [s]) so that the cosines of `vectors @ matrix + shift` are nearest those of a linear head from vectors [n, s] to `wanted` [n, t].

    The head maps centred vectors x to x·H; x·√(H·Hᵀ) has the same cosines and keeps the student's size.
    """
    mean = vectors.mean(0)
    centred = vectors - mean
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    head, *_ = np.linalg.lstsq(centred, wanted * length, rcond=None)
    values, axes = np.linalg.eigh(head @ head.T)
    matrix = (axes * np.sqrt(np.maximum(values, 0))) @ axes.T
    return matrix, -mean @ matrix


def turn(model, matrix, shift):
    """Puts the map after the model's last fully connected layer, into its weights."""
    (last,) = [node for node in model.graph.node if model.graph.output[0].name in node.output]
    if last.op_type != "Gemm":
        raise ValueError(f"the last layer is a {last.op_type}, not fully connected")
    transposed = any(a.name == "transB" and a.i for a in last.attribute)
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor).astype(np.float64)
        if tensor.name == last.input[1]:
            values = (values.T @ matrix).T if transposed else values @ matrix
        elif tensor.name == last.input[2]:
            values = values @ matrix + shift
        else:
            continue
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float32), tensor.name))
    return model


def vectors(model, pixels, rows):
    """[rows, size]: the mean of the vectors of crop and mirror image."""
    graph = OnnxGraph(model)

    def seen(batch):
        return graph.run({"input": network_input(torch.from_numpy(np.ascontiguousarray(batch)))})["embedding"].float().numpy()

    batches = (pixels[rows[i : i + BATCH]] for i in range(0, len(rows), BATCH))
    with autocast():
        return np.concatenate([(seen(batch) + seen(batch[:, :, ::-1])) / 2 for batch in batches])


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.embedder.agree", description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="an exported embedder")
    parser.add_argument("file", type=Path, help="to write")
    parser.add_argument("--teacher", type=teacher_argument, action="append", required=True, metavar="FILE:FORM")
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--crops", type=int, default=30_000, help="on which the head is found")
    options = parser.parse_args(arguments)
    crops = open_crops(options.faces, options.cache)
    rows = np.sort(np.random.default_rng(1).permutation(crops.training_indices())[: options.crops])
    model = onnx.load(str(options.source))
    wanted = targets(crops.pixels, options.teacher, options.cache)[rows]
    write(turn(model, *turned(vectors(model, crops.pixels, rows), wanted)), options.file)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Faces a second of an embedder in Python: the twin of `./sightline bench embed`, to set both side by side on one machine.

    python3 tests/bench/embed_in_python.py ~/.sightline/models/NAME.onnx --providers cuda,cpu --batches 1,2,4,8,16

Needs numpy and onnxruntime (onnxruntime-gpu for cuda and tensorrt). One thread, as the product's default; noise as input; the
median of the rounds, after five runs to warm up, with the copies to and from the device.
"""

import argparse
import statistics
import time

import numpy
import onnxruntime

NAMES = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider", "tensorrt": "TensorrtExecutionProvider"}
SIDE_PX = 112
WARM_UP_RUNS = 5


def session(model: str, provider: str, threads: int) -> onnxruntime.InferenceSession:
    """A session of that provider; ends the program where it is not in force, instead of measuring the CPU in its place."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    opened = onnxruntime.InferenceSession(model, options, providers=[NAMES[provider]])
    if opened.get_providers()[0] != NAMES[provider]:
        raise SystemExit(f"{provider} is not there: this onnxruntime uses {opened.get_providers()}")
    return opened


def median_seconds(opened: onnxruntime.InferenceSession, batch: int, rounds: int) -> float:
    """Seconds of one run of so many faces."""
    name = opened.get_inputs()[0].name
    faces = numpy.random.default_rng(20260101).uniform(-1, 1, (batch, 3, SIDE_PX, SIDE_PX)).astype(numpy.float32)
    took = []
    for _ in range(WARM_UP_RUNS + rounds):
        begun = time.perf_counter()
        opened.run(None, {name: faces})
        took.append(time.perf_counter() - begun)
    return statistics.median(took[WARM_UP_RUNS:])


def main() -> None:
    """Prints a table as the product does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--providers", default="cpu")
    parser.add_argument("--batches", default="1")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    unknown = [name for name in asked.providers.split(",") if name not in NAMES]
    if unknown:
        parser.error(f"--providers: {unknown[0]!r} is none of cpu, cuda, tensorrt")
    print("| provider | faces a run | ms a run, median | faces/s |\n|---|---:|---:|---:|")
    for provider in asked.providers.split(","):
        opened = session(asked.model, provider, asked.threads)
        for batch in map(int, asked.batches.split(",")):
            seconds = median_seconds(opened, batch, asked.rounds)
            print(f"| {provider} | {batch} | {seconds * 1e3:.3f} | {batch / seconds:.1f} |")


if __name__ == "__main__":
    main()

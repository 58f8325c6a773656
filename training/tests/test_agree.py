import numpy as np
import onnx
import pytest
import torch

from conftest import TinyEmbedder
from sightline_training.embedder import agree
from sightline_training.embedder.agree import turn, turned
from sightline_training.export import export
from sightline_training.onnx_graph import OnnxGraph
from test_export import used


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_cosines_become_those_of_the_teachers():
    rng = np.random.default_rng(1)
    wanted = unit(rng.normal(size=(400, 8)))
    vectors = wanted @ rng.normal(size=(8, 16)) + rng.normal(size=16)
    matrix, shift = turned(vectors, wanted)
    before, after, teachers = (unit(v) @ unit(v).T for v in (vectors, vectors @ matrix + shift, wanted))

    assert matrix.shape == (16, 16)
    assert np.abs(before - teachers).mean() > 0.2 and np.abs(after - teachers).mean() < 0.06


def test_the_map_goes_into_the_last_layer_of_the_file(tmp_path):
    export(used(TinyEmbedder()), tmp_path / "tiny.onnx", (3, 112, 112), ["embedding"])
    model = onnx.load(str(tmp_path / "tiny.onnx"))
    pictures = torch.rand(3, 3, 112, 112, generator=torch.Generator().manual_seed(1))
    before = OnnxGraph(model).run({"input": pictures})["embedding"].numpy()
    rng = np.random.default_rng(2)
    matrix, shift = rng.normal(size=(16, 16)), rng.normal(size=16)
    after = OnnxGraph(turn(model, matrix, shift)).run({"input": pictures})["embedding"].numpy()

    assert np.allclose(after, before @ matrix + shift, rtol=1e-3, atol=1e-3)


def test_a_file_that_ends_otherwise_is_refused(tmp_path):
    export(torch.nn.Sequential(*list(used(TinyEmbedder()))[:4]), tmp_path / "map.onnx", (3, 112, 112), ["embedding"])
    with pytest.raises(ValueError, match="the last layer is a Conv, not fully connected"):
        turn(onnx.load(str(tmp_path / "map.onnx")), np.eye(8), np.zeros(8))


def test_vectors_are_the_means_of_crop_and_mirror_image(monkeypatch):
    class FirstAndLastColumn:
        def __init__(self, model):
            pass

        def run(self, inputs):
            return {"embedding": inputs["input"][:, 0, 0, [0, -1]]}

    monkeypatch.setattr(agree, "OnnxGraph", FirstAndLastColumn)
    pixels = np.zeros((3, 4, 5, 3), np.uint8)
    pixels[2, 0, 0, 0], pixels[2, 0, -1, 0] = 255, 127

    found = agree.vectors(None, pixels, np.array([0, 2]))

    mean = ((255 - 127.5) / 128 + (127 - 127.5) / 128) / 2
    assert np.allclose(found, [[-127.5 / 128] * 2, [mean] * 2], atol=1e-6)

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from conftest import picture
from sightline_training.embedder.teachers import OnnxNetwork, targets


def write(path, nodes, weights, output):
    graph = helper.make_graph(
        nodes,
        "teacher",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 112, 112])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)]), str(path))
    return path


def teacher(path, seed):
    rng = np.random.default_rng(seed)
    weights = {"w": rng.normal(size=(6, 3, 16, 16)).astype(np.float32) / 500, "s": rng.random((6, 1, 1)).astype(np.float32)}
    weights |= {"m": rng.normal(size=(4, 294)).astype(np.float32) / 9, "b": rng.normal(size=4).astype(np.float32)}
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["c"], strides=[16, 16], pads=[0, 0, 0, 0]),
        helper.make_node("PRelu", ["c", "s"], ["p"]),
        helper.make_node("Flatten", ["p"], ["f"]),
        helper.make_node("Gemm", ["f", "m", "b"], ["y"], transB=1),
    ]
    return write(path, nodes, weights, "y"), weights


def test_the_graph_computes_what_its_layers_say(tmp_path):
    path, w = teacher(tmp_path / "t.onnx", 1)
    x = torch.from_numpy(picture(1)).permute(2, 0, 1)[None].float()
    c = torch.nn.functional.conv2d(x, torch.from_numpy(w["w"]), stride=16)
    p = torch.where(c > 0, c, c * torch.from_numpy(w["s"]))
    expected = p.flatten(1) @ torch.from_numpy(w["m"]).T + torch.from_numpy(w["b"])

    assert torch.allclose(OnnxNetwork(path)(x), expected, rtol=1e-4)


def test_an_operator_that_is_not_known_is_named(tmp_path):
    path = write(tmp_path / "t.onnx", [helper.make_node("Softsign", ["x"], ["y"])], {}, "y")
    with pytest.raises(ValueError, match="operator Softsign is not known; known are Add"):
        OnnxNetwork(path)


def test_targets_are_unit_vectors_alike_for_a_picture_and_its_mirror_image_and_kept(tmp_path):
    first, _ = teacher(tmp_path / "a.onnx", 1)
    second, _ = teacher(tmp_path / "b.onnx", 2)
    pixels = np.stack([picture(1), picture(1)[:, ::-1], picture(2)])

    made = targets(pixels, [(first, "raw255"), (second, "unit128")], tmp_path)
    assert made.shape == (3, 8)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert np.allclose(made[0], made[1], atol=2e-2) and not np.allclose(made[0], made[2], atol=2e-2)

    np.save(tmp_path / "targets.npy", made * 2)
    assert np.array_equal(targets(pixels, [(first, "raw255"), (second, "unit128")], tmp_path), made * 2)
    assert targets(pixels, [(second, "unit128")], tmp_path).shape == (3, 4)

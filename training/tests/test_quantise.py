"""Static quantisation: the graph that is written, what it computes, and what is refused."""

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from sightline_training import export, quantise
from sightline_training.folding import folded
from sightline_training.nets import TABLE
from sightline_training.nets.fdfacenet import FDFaceNet
from sightline_training.onnx_graph import OnnxGraph
from sightline_training.ranges import METHODS, Ranges


@pytest.fixture(scope="module")
def pictures():
    return np.random.default_rng(5).uniform(-1, 1, (8, 3, 112, 112)).astype(np.float32)


def model_of(network, shape=(3, 112, 112)):
    torch.manual_seed(3)
    return export.to_onnx(folded(network), shape, ["embedding"])


def cosines(model, changed, pictures):
    feeds = {"input": torch.from_numpy(pictures)}
    (before,), (after,) = OnnxGraph(model).run(feeds).values(), OnnxGraph(changed).run(feeds).values()
    return torch.cosine_similarity(before.flatten(1), after.flatten(1))


def operators(model):
    return [node.op_type for node in model.graph.node if node.op_type != "DequantizeLinear"]


@pytest.mark.parametrize("method", METHODS)
def test_int8_embeds_nearly_as_the_float_network(method, pictures):
    model = model_of(FDFaceNet())

    changed = quantise.quantise(model, pictures, quantise.Plan(method))

    assert float(cosines(model, changed, pictures).min()) > 0.98
    assert changed.ByteSize() < 0.27 * model.ByteSize()


def test_convolutions_are_quantised_before_leaky_relu_and_not_before_relu(pictures):
    leaky = quantise.quantise(model_of(FDFaceNet()), pictures)
    relu = quantise.quantise(model_of(FDFaceNet(0)), pictures)

    assert operators(leaky) == ["QuantizeLinear"] + ["Conv", "QuantizeLinear", "LeakyRelu", "QuantizeLinear"] * 8 + [
        *("Conv", "QuantizeLinear", "Flatten", "QuantizeLinear", "Gemm")
    ]
    assert operators(relu) == ["QuantizeLinear"] + ["Conv", "Relu", "QuantizeLinear"] * 8 + ["Conv", "QuantizeLinear", "Flatten", "QuantizeLinear", "Gemm"]


def test_names_and_types_outside_stay(pictures):
    model = model_of(FDFaceNet())

    changed = quantise.quantise(model, pictures)

    assert changed.graph.input == model.graph.input
    assert changed.graph.output == model.graph.output
    assert changed.opset_import == model.opset_import
    types = {tensor.data_type for tensor in changed.graph.initializer}
    assert types == {TensorProto.FLOAT, TensorProto.INT8, TensorProto.UINT8, TensorProto.INT32}


def test_each_channel_has_a_scale_and_uses_its_whole_range(pictures):
    changed = quantise.quantise(model_of(FDFaceNet()), pictures)
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in changed.graph.initializer}

    assert values["3.weight/scale"].shape == (128,)
    assert (np.abs(values["3.weight/quantised"]).max(axis=(1, 2, 3)) == 127).all()
    assert values["27.weight/scale"].shape == (512,)


def test_seven_bits_halve_the_weights_range(pictures):
    changed = quantise.quantise(model_of(FDFaceNet()), pictures, quantise.Plan(weight_bits=7))
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in changed.graph.initializer}

    assert np.abs(values["3.weight/quantised"]).max() == 63


def test_nodes_named_stay_in_floating_point(pictures):
    model = model_of(FDFaceNet())
    first, last = quantise.first_and_last(model)

    changed = quantise.quantise(model, pictures, quantise.Plan(keep_float=first | last))

    kept = {tensor.name for tensor in changed.graph.initializer if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) > 1}
    assert kept == {"0.weight", "27.weight"}
    assert float(cosines(model, changed, pictures).min()) > 0.98


@pytest.mark.parametrize("name", ["mobilefacenet", "cnn-8-fd-x0.5", "residual-a"])
def test_other_networks_of_the_table_are_served(name):
    network = TABLE[name]
    model = model_of(network.make(), (3, network.height_px, network.width_px))
    pictures = np.random.default_rng(6).uniform(-1, 1, (2, 3, network.height_px, network.width_px)).astype(np.float32)

    assert float(cosines(model, quantise.quantise(model, pictures), pictures).min()) > 0.9


class Pyramid(torch.nn.Module):
    """What a detector is made of: two levels joined top-down, heads with Concat."""

    def __init__(self):
        super().__init__()
        self.fine, self.coarse = torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.Conv2d(8, 8, 3, 2, 1)
        self.heads = torch.nn.ModuleList([torch.nn.Conv2d(16, 2, 1), torch.nn.Conv2d(16, 4, 1)])

    def forward(self, x):
        fine = torch.relu(self.fine(x))
        coarse = torch.nn.functional.interpolate(torch.relu(self.coarse(fine)), scale_factor=2.0, mode="nearest")
        joined = torch.cat([fine, fine + coarse], 1)
        return tuple(head(joined) for head in self.heads)


def test_detector_with_several_outputs_is_served():
    torch.manual_seed(2)
    model = export.to_onnx(folded(Pyramid()), (3, 32, 32), ["scores", "boxes"])
    pictures = np.random.default_rng(6).uniform(-1, 1, (4, 3, 32, 32)).astype(np.float32)

    changed = quantise.quantise(model, pictures, quantise.Plan("minmax"))

    feeds = {"input": torch.from_numpy(pictures)}
    before, after = OnnxGraph(model).run(feeds), OnnxGraph(changed).run(feeds)
    assert list(after) == ["scores", "boxes"]
    for name, value in before.items():
        assert float((after[name] - value).abs().max()) < 0.03 * float(value.max() - value.min())


def test_ranges_leave_out_what_is_rare():
    values = torch.cat([torch.linspace(-1, 2, 1_000_000), torch.tensor([-40.0, 60.0])])
    chosen = {}
    for method in METHODS:
        ranges = Ranges(method)
        ranges.widen(values)
        ranges.fill(values)
        chosen[method] = ranges.chosen()

    assert chosen["minmax"] == (-40.0, 60.0)
    assert -1.1 < chosen["percentile"][0] <= -0.95 and 1.95 <= chosen["percentile"][1] < 2.1
    assert chosen["mse"][1] < 60


def test_constant_zero_has_a_scale():
    assert quantise._affine(0.0, 0.0) == (1.0, 0)


def opset(version, *nodes):
    value = helper.make_tensor_value_info
    graph = helper.make_graph(list(nodes), "g", [value("input", TensorProto.FLOAT, [1, 4])], [value("y", TensorProto.FLOAT, [1, 4])])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)])


def test_models_that_cannot_be_quantised_are_refused_with_the_reason(pictures):
    with pytest.raises(quantise.QuantiseError, match=r"opset \[11\], this needs 13"):
        quantise.quantise(opset(11, helper.make_node("Relu", ["input"], ["y"])), pictures)
    with pytest.raises(quantise.QuantiseError, match="no Conv or Gemm to quantise, only Relu"):
        quantise.quantise(opset(13, helper.make_node("Relu", ["input"], ["y"])), pictures)
    model = model_of(FDFaceNet())
    with pytest.raises(quantise.QuantiseError, match="no inputs to calibrate with"):
        quantise.quantise(model, pictures[:0])
    with pytest.raises(quantise.QuantiseError, match="quantised already"):
        quantise.quantise(quantise.quantise(model, pictures[:1]), pictures)


def test_command_quantises_a_file(tmp_path, pictures, capsys):
    onnx.save(model_of(FDFaceNet()), str(tmp_path / "float.onnx"))
    np.save(tmp_path / "samples.npy", pictures)

    quantise.main([str(tmp_path / "float.onnx"), str(tmp_path / "int8.onnx"), "--samples", str(tmp_path / "samples.npy"), "--keep-float", "last"])

    changed = onnx.load(str(tmp_path / "int8.onnx"))
    assert [tensor.name for tensor in changed.graph.initializer if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) > 1] == ["27.weight"]
    assert "MB of" in capsys.readouterr().out


def test_command_makes_noise_of_the_inputs_size_and_names_what_it_cannot_read(tmp_path):
    onnx.save(model_of(FDFaceNet()), str(tmp_path / "float.onnx"))

    quantise.main([str(tmp_path / "float.onnx"), str(tmp_path / "int8.onnx"), "--noise", "2"])

    with pytest.raises(SystemExit, match="quantised already"):
        quantise.main([str(tmp_path / "int8.onnx"), str(tmp_path / "again.onnx"), "--noise", "2"])
    with pytest.raises(SystemExit, match="none.onnx"):
        quantise.main([str(tmp_path / "none.onnx"), str(tmp_path / "again.onnx"), "--noise", "2"])

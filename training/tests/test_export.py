"""Exports: what stands in the file, and that it computes what the network does."""

import onnx
import pytest
import torch

from sightline_training import export
from sightline_training.nets.fdfacenet import FDFaceNet
from sightline_training.onnx_graph import OnnxGraph


def used(network, shape=(3, 112, 112)):
    """The network after some steps' worth of batch-norm statistics, so that folding has something to fold."""
    generator = torch.Generator().manual_seed(7)
    for module in network.modules():
        if isinstance(module, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            module.running_mean.copy_(torch.randn(module.num_features, generator=generator) * 0.1)
            module.running_var.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            module.weight.data.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            module.bias.data.copy_(torch.randn(module.num_features, generator=generator) * 0.1)
    return network.eval()


def operators(model):
    return [node.op_type for node in model.graph.node]


def test_fdfacenet_takes_the_state_of_a_plain_sequence():
    layers, inputs = [], 3
    for outputs, stride in zip((48, 128, 128, 256, 192, 192, 256, 512), (2, 2, 2, 2, 2, 1, 1, 1)):
        layers += [torch.nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), torch.nn.BatchNorm2d(outputs), torch.nn.LeakyReLU(0.1)]
        inputs = outputs
    layers += [torch.nn.Conv2d(512, 512, 4, groups=512, bias=False), torch.nn.BatchNorm2d(512)]
    layers += [torch.nn.Flatten(), torch.nn.Linear(512, 512, bias=False), torch.nn.BatchNorm1d(512)]
    plain = used(torch.nn.Sequential(*layers))
    network = FDFaceNet().eval()

    network.load_state_dict(plain.state_dict())

    picture = torch.rand(1, 3, 112, 112)
    assert torch.equal(network(picture), plain(picture))


def test_embedder_has_the_promised_form(tmp_path):
    export.export_embedder(used(FDFaceNet()), tmp_path / "fdfacenet.onnx")

    model = onnx.load(str(tmp_path / "fdfacenet.onnx"))
    assert operators(model) == ["Conv", "LeakyRelu"] * 8 + ["Conv", "Flatten", "Gemm"]
    assert (model.opset_import[0].version, model.ir_version <= 8) == (13, True)
    (entry,), (result,) = model.graph.input, model.graph.output
    assert (entry.name, [d.dim_param or d.dim_value for d in entry.type.tensor_type.shape.dim]) == ("input", ["n", 3, 112, 112])
    assert (result.name, [d.dim_param or d.dim_value for d in result.type.tensor_type.shape.dim]) == ("embedding", ["n", 512])
    assert len(model.graph.initializer) == 20


@pytest.mark.parametrize(("slope", "operator"), [("layer", "LeakyRelu"), ("channel", "PRelu"), (0, "Relu"), (0.25, "LeakyRelu")])
def test_slopes_become_the_fastest_operator_that_serves(slope, operator, tmp_path):
    network = used(FDFaceNet(slope=slope))
    for number, module in enumerate(m for m in network.modules() if isinstance(m, torch.nn.PReLU)):
        module.weight.data += torch.linspace(0, 0.1, module.num_parameters) + number / 100

    export.export_embedder(network, tmp_path / "net.onnx")

    assert operators(onnx.load(str(tmp_path / "net.onnx"))).count(operator) == 8


def test_equal_weights_are_written_for_each_layer(tmp_path):
    export.export_embedder(FDFaceNet(), tmp_path / "net.onnx")  # all biases are 0

    model = onnx.load(str(tmp_path / "net.onnx"))
    assert "Identity" not in operators(model)
    assert len(model.graph.initializer) == 20


def test_graph_computes_what_the_network_does_for_any_number_of_faces(tmp_path):
    network = used(FDFaceNet(gdc=False))
    export.export_embedder(network, tmp_path / "net.onnx")
    pictures = torch.rand(3, 3, 112, 112) * 2 - 1

    vectors = OnnxGraph(onnx.load(str(tmp_path / "net.onnx"))).run({"input": pictures})["embedding"]

    assert torch.allclose(vectors, network(pictures), atol=1e-4)


def test_network_that_the_graph_does_not_repeat_is_not_written(tmp_path):
    class Restless(FDFaceNet):
        calls = []

        def forward(self, x):
            self.calls.append(1)
            return super().forward(x) + len(self.calls)

    with pytest.raises(export.ExportError, match="off, where the network gives"):
        export.export_embedder(used(Restless()), tmp_path / "net.onnx")
    assert list(tmp_path.iterdir()) == []


def test_weights_of_another_network_are_refused(tmp_path):
    torch.save(FDFaceNet(gdc=False).state_dict(), tmp_path / "state.pt")
    torch.save({"network": "mobilefacenet", "weights": {}}, tmp_path / "checkpoint.pt")

    with pytest.raises(ValueError, match="do not fit fdfacenet"):
        export.trained("fdfacenet", tmp_path / "state.pt")
    with pytest.raises(ValueError, match="is a checkpoint of mobilefacenet, not of fdfacenet"):
        export.trained("fdfacenet", tmp_path / "checkpoint.pt")


def test_batch_norm_without_a_layer_before_it_is_refused(tmp_path):
    network = torch.nn.Sequential(torch.nn.BatchNorm2d(3), torch.nn.Conv2d(3, 4, 3))

    with pytest.raises(ValueError, match="batch norm 0 follows"):
        export.export_embedder(network, tmp_path / "net.onnx")

"""The sums of every network against those that its paper prints; printed digits decide the tolerance."""

import pytest
import torch

from sightline_training.counting import count
from sightline_training.folding import folded
from sightline_training.nets import TABLE, cnn8, embedder_by_name, residual
from sightline_training.nets.fdfacenet import DWFaceNet, FDFaceNet, NFaceNet
from sightline_training.nets.mobiface import MobiFace
from sightline_training.nets.mobilefacenet import MobileFaceNet
from sightline_training.nets.mobilenet import MobileNetV1, side_px

MILLION = 1e6


@pytest.mark.parametrize(
    ("network", "parameters", "multiply_adds"),
    [
        (lambda: FDFaceNet("channel"), 3.17, 130),
        (lambda: FDFaceNet("channel", gdc=False), 7.10, 134),
        (lambda: NFaceNet(), 3.17, 656),
        (lambda: NFaceNet(gdc=False), 7.10, 660),
    ],
    ids=["FDFaceNet", "FDFaceNet*", "NFaceNet", "NFaceNet*"],
)
def test_fast_down_sampling_tables_7_and_9(network, parameters, multiply_adds):
    counts = count(network())

    assert counts.parameters / MILLION == pytest.approx(parameters, abs=0.005)
    assert counts.multiply_adds_with_norms() / MILLION == pytest.approx(multiply_adds, abs=0.5)


@pytest.mark.parametrize(
    ("network", "low", "high"),
    [
        (lambda: FDFaceNet("channel"), 129, 130),
        (lambda: FDFaceNet("channel", gdc=False), 133, 134),
        (lambda: NFaceNet(), 653, 656),
        (lambda: NFaceNet(gdc=False), 657, 660),
        (lambda: DWFaceNet(), 127, 132),
        (lambda: MobileFaceNet(), 220, 230),
    ],
    ids=["FDFaceNet", "FDFaceNet*", "NFaceNet", "NFaceNet*", "DWFaceNet*x1.25", "MobileFaceNet"],
)
def test_layers_alone_and_all_values_enclose_the_printed_sum(network, low, high):
    counts = count(network())

    assert low <= counts.multiply_adds / MILLION < low + 1
    assert high <= counts.multiply_adds_with_norms() / MILLION < high + 1


@pytest.mark.parametrize(
    ("network", "megabytes", "folded"),
    [
        (lambda: NFaceNet(), 21.92, False),
        (lambda: FDFaceNet("channel"), 7.39, False),
        (lambda: FDFaceNet("channel", gdc=False), 4.9, True),
        (lambda: MobileFaceNet(), 73.4, False),
    ],
    ids=["NFaceNet", "FDFaceNet", "FDFaceNet*", "MobileFaceNet"],
)
def test_feature_maps_tables_10_and_11(network, megabytes, folded):
    assert count(network()).feature_map_mb(folded) == pytest.approx(megabytes, rel=0.005)


def test_depthwise_feature_maps_are_met_with_the_flattened_map_counted():
    counts = count(DWFaceNet())

    flattened, normed = 640 * 4 * 4, 512
    assert counts.feature_map_mb() + 8e-6 * (flattened + normed) == pytest.approx(26.70, abs=0.005)


@pytest.mark.parametrize(
    ("network", "parameters", "multiply_adds", "megabytes"),
    [
        (cnn8.cnn_8, 3.4, 2600, 58.20),
        (cnn8.cnn_8_ds, 0.9, 333, 84.86),
        (lambda: cnn8.cnn_14_ds(0.5), None, 132, 55.08),
        (lambda: cnn8.cnn_14_ds(0.75), None, 276, 82.61),
        (cnn8.cnn_14_ds, 1.1, 472, 110.14),
        (lambda: cnn8.cnn_14_ds(1.25), 1.5, 719, 137.68),
        (lambda: cnn8.cnn_8_fd(0.5), None, 126, 9.69),
        (lambda: cnn8.cnn_8_fd(0.75), None, 276, 14.53),
        (cnn8.cnn_8_fd, None, 485, 19.38),
        (lambda: cnn8.cnn_8_fd(1.25), None, 750, 24.22),
    ],
    ids=["8", "8-DS", "14-DSx0.5", "14-DSx0.75", "14-DS", "14-DSx1.25", "8-FDx0.5", "8-FDx0.75", "8-FD", "8-FDx1.25"],
)
def test_cnn_8_tables_3_and_4(network, parameters, multiply_adds, megabytes):
    counts = count(network(), 224, 224)

    assert counts.multiply_adds_with_norms() / MILLION == pytest.approx(multiply_adds, abs=1)
    assert counts.feature_map_mb() == pytest.approx(megabytes, abs=0.02)
    if parameters is not None:
        assert counts.parameters / MILLION == pytest.approx(parameters, abs=0.05)


@pytest.mark.parametrize(
    ("network", "multiply_adds", "megabytes"),
    [(cnn8.cnn_8, 53, 1.19), (cnn8.cnn_8_ds, 6.8, 1.73), (cnn8.cnn_14_ds, 9.6, 2.25), (cnn8.cnn_8_fd, 9.8, 0.40)],
    ids=["8", "8-DS", "14-DS", "8-FD"],
)
def test_cnn_8_on_pictures_of_32_px_table_5(network, multiply_adds, megabytes):
    counts = count(network(classes=10), 32, 32)

    assert counts.multiply_adds_with_norms() / MILLION == pytest.approx(multiply_adds, rel=0.01)
    assert counts.feature_map_mb() == pytest.approx(megabytes, abs=0.01)


@pytest.mark.parametrize(
    ("network", "parameters"),
    [
        (lambda: MobileFaceNet(), 0.99),
        (lambda: MobileFaceNet(0), 0.98),
        (lambda: MobileFaceNet(last_layer=False), 0.92),
        (lambda: MobileFaceNet(last_layer=False, wide_end=False), 0.84),
    ],
    ids=["PReLU", "ReLU", "M", "S"],
)
def test_mobilefacenet_table_ii(network, parameters):
    made = network()
    for module in made.modules():
        if isinstance(module, torch.nn.PReLU):
            torch.nn.init.uniform_(module.weight, 0.1, 0.4)

    folded_parameters = count(folded(made)).parameters

    assert parameters <= folded_parameters / MILLION < parameters + 0.01


def test_mobilefacenet_for_smaller_pictures_keeps_its_weights_but_for_the_last_map():
    whole, small = count(MobileFaceNet()), count(MobileFaceNet(height_px=96, width_px=96), 96, 96)

    assert whole.weights - small.weights == 512 * (7 * 7 - 6 * 6)
    assert small.multiply_adds / whole.multiply_adds == pytest.approx((96 / 112) ** 2, rel=0.002)


def test_mobiface_has_its_parameters_before_the_last_layer():
    counts = count(MobiFace())

    assert (counts.parameters - 512 * 512 - 2 * 512) / MILLION == pytest.approx(2.3, abs=0.05)


def test_mobilenet_for_classes_of_224_px():
    counts = count(MobileNetV1(size=1000, first_stride=2), 224, 224)

    assert counts.multiply_adds / MILLION == pytest.approx(569, abs=0.5)
    assert counts.parameters / MILLION == pytest.approx(4.2, abs=0.05)


@pytest.mark.parametrize(("width", "multiply_adds"), [(1.0, 568), (0.75, 325), (0.5, 149), (0.25, 41)])
def test_mobilenet_shrinks_by_width(width, multiply_adds):
    assert count(MobileNetV1(width)).multiply_adds / MILLION == pytest.approx(multiply_adds, abs=0.5)


def test_mobilenet_shrinks_by_resolution():
    assert [side_px(n / 7) for n in (7, 6, 5, 4)] == [112, 96, 80, 64]
    assert count(MobileNetV1(0.5), 64, 64).multiply_adds / count(MobileNetV1(0.5)).multiply_adds == pytest.approx((64 / 112) ** 2, rel=0.01)


@pytest.mark.parametrize(
    ("form", "weights", "multiply_adds"), [(residual.A, 4.36e7, 2.21e9), (residual.B, 4.55e7, 3.06e9), (residual.C, 5.68e7, 4.24e9)], ids="ABC"
)
def test_residual_networks_table_3(form, weights, multiply_adds):
    counts = count(residual.ResidualFaceNet(form, classes=10575), 112, 96)

    classes, conv4 = 1024 * 10575, 9 * 256 * 512 * 8 * 10
    assert counts.weights == pytest.approx(weights, abs=5e4)
    assert counts.multiply_adds - classes + conv4 == pytest.approx(multiply_adds, abs=6e6)


def test_binary_weights_compress_as_printed():
    network = residual.ResidualFaceNet(residual.C, binary=True)
    binary = sum(m.weight.numel() for m in network.modules() if isinstance(m, (residual.BinaryConv2d, residual.BinaryLinear)))
    floats = sum(m.weight.numel() for m in network.modules() if type(m) in (torch.nn.Conv2d, torch.nn.Linear))

    assert floats == 3 * 32 * 9
    assert 32 * count(residual.ResidualFaceNet(residual.A), 112, 96).weights / (binary + 32 * floats) == pytest.approx(22.8, abs=0.05)


def test_binary_weights_are_signs_of_one_size_and_learn_where_they_are_small():
    layer = residual.BinaryConv2d(2, 3, 3)
    layer.weight.data[0] *= 100

    layer(torch.ones(1, 2, 3, 3)).sum().backward()

    assert layer.plain().weight.detach().abs().unique().numel() == 1
    assert torch.equal(layer.plain().weight.sign(), layer.weight.sign())
    assert torch.equal(layer.weight.grad != 0, layer.weight.abs() <= 1)


@pytest.mark.parametrize("name", ["mobilefacenet", "mobiface", "mobilenetv1-x0.25", "fdfacenet-layer-slope"])
def test_embedder_by_name_gives_one_vector_a_face(name):
    assert embedder_by_name(name).eval()(torch.zeros(2, 3, 112, 112)).shape[0] == 2


@pytest.mark.parametrize("name", ["cnn-8", "residual-a", "mobilefacenet-96x96", "arcface"])
def test_name_that_is_no_embedder_of_112_px_is_refused(name):
    with pytest.raises(ValueError, match=f"no embedder is called '{name}'"):
        embedder_by_name(name)


def test_table_holds_every_network_once():
    assert len(TABLE) == 38

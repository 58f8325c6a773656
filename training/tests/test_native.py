import copy

import pytest
import torch
from torch import nn

from sightline_training.loop import native
from sightline_training.loop.precision import has_bfloat16
from sightline_training.nets.fdfacenet import FDFaceNet

pytestmark = pytest.mark.skipif(not has_bfloat16(), reason="the processor has no AVX-512 bf16")
GENERATOR = torch.Generator().manual_seed(1)


def rounded(*shape):
    return torch.randn(*shape, generator=GENERATOR).bfloat16().contiguous(memory_format=torch.channels_last)


def gradients(layer, x, dy):
    """(output, gradient of x, gradients of the weights) as float64."""
    x = x.clone().requires_grad_()
    layer.zero_grad()
    y = layer(x)
    y.backward(dy.to(y.dtype))
    return [t.double() for t in (y.detach(), x.grad, *(p.grad for p in layer.parameters()))]


def near(found, expected, part=0.01):
    for have, want in zip(found, expected, strict=True):
        assert (have - want).norm() < part * want.norm()


@pytest.mark.parametrize("shape", [(4, 8, 6, 6), (2, 32, 5, 4), (3, 48, 7, 7), (4, 128, 4, 4), (65, 64, 9, 9)])
@pytest.mark.parametrize("slope", [0.0, 0.1, 1.0])
def test_norm_with_activation_has_the_gradients_of_its_two_layers(shape, slope):
    norm = nn.BatchNorm2d(shape[1])
    with torch.no_grad():
        norm.weight.uniform_(0.5, 1.5, generator=GENERATOR)
        norm.bias.normal_(generator=GENERATOR)
    after = [] if slope == 1 else [nn.LeakyReLU(slope) if slope else nn.ReLU()]
    plain = nn.Sequential(norm, *after).double()
    quick = native.quicken(copy.deepcopy(plain).float())
    x, dy = rounded(*shape) * 3 + 1, rounded(*shape)

    near(gradients(quick, x, dy), gradients(plain, x.double(), dy.double()))
    assert torch.allclose(quick[0].running_var.double(), plain[0].running_var, rtol=1e-3)
    assert torch.allclose(quick[0].running_mean.double(), plain[0].running_mean, atol=1e-4)
    assert torch.allclose(quick.eval()(x.float()).double(), plain.eval()(x.double()), atol=1e-2)


@pytest.mark.parametrize(("inputs", "outputs", "side", "stride"), [(128, 48, 7, 2), (128, 64, 14, 2), (128, 32, 5, 1), (256, 32, 4, 1), (128, 32, 17, 2)])
def test_convolutions_have_the_gradients_of_pytorchs(inputs, outputs, side, stride):
    plain = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
    plain.weight.data = plain.weight.data.bfloat16().float()
    quick = native.quicken(copy.deepcopy(plain))
    x = rounded(2, inputs, side, side)
    y = plain(x.float())

    near(gradients(quick, x, rounded(*y.shape) * 0 + 1), gradients(plain.double(), x.double(), torch.ones_like(y).double()))


def test_a_whole_network_learns_as_with_pytorchs_kernels():
    torch.manual_seed(2)
    plain = FDFaceNet().to(memory_format=torch.channels_last).train()
    quick = native.quicken(copy.deepcopy(plain))
    x = torch.rand(8, 3, 112, 112, generator=GENERATOR)
    outputs = []
    for network in (plain, quick):
        optimiser = torch.optim.SGD(network.parameters(), lr=0.05)
        for _ in range(2):
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                y = network(x)
            (y.float() - torch.linspace(-1, 1, 512)).abs().mean().backward()
            optimiser.step()
        outputs.append(network.eval()(x))

    assert plain.state_dict().keys() == quick.state_dict().keys()
    assert torch.nn.functional.cosine_similarity(*outputs).min() > 0.95

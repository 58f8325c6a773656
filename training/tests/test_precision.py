import pytest
import torch

from sightline_training.loop import precision
from sightline_training.loop.muon import orthogonalised
from sightline_training.loop.trainer import network_input

PICTURES = torch.zeros(2, 8, 6, 3, dtype=torch.uint8)


@pytest.fixture(params=["flags: fma avx2", "flags: fma avx2 avx512_bf16"])
def processor(request, monkeypatch):
    """Whether the processor multiplies bfloat16, for one that does and one that does not."""
    monkeypatch.setattr(precision, "_processor", lambda: request.param)
    return "bf16" in request.param


def test_networks_are_computed_in_bfloat16_only_where_the_processor_has_it(processor):
    with precision.autocast():
        assert torch.nn.Linear(3, 2)(torch.zeros(1, 3)).dtype == (torch.bfloat16 if processor else torch.float32)


def test_pictures_have_the_layout_that_convolutions_of_that_precision_like(processor):
    assert network_input(PICTURES).is_contiguous(memory_format=torch.channels_last if processor else torch.contiguous_format)


def test_muons_direction_is_found_in_the_same_precision(processor):
    assert orthogonalised(torch.eye(3)).dtype == (torch.bfloat16 if processor else torch.float32)


def test_a_gpu_has_bfloat16_whatever_the_processor(processor):
    assert precision.has_bfloat16("cuda:1")

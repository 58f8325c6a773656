import pytest
import torch

from conftest import TinyEmbedder
from sightline_training.detector.nets import DETECTORS
from sightline_training.export import export
from sightline_training.loop.checkpoint import save
from sightline_training.unfolding import begin_with, unfold
from test_export import used


def pictures(count=8, side=112):
    return torch.rand(count, 3, side, side, generator=torch.Generator().manual_seed(3)) * 2 - 1


def test_a_network_begins_where_its_folded_file_ends_and_can_learn(tmp_path):
    first = used(TinyEmbedder())
    first[6].bias.data += 0.5
    export(first, tmp_path / "tiny.onnx", (3, 112, 112), ["embedding"])
    torch.manual_seed(9)
    network = unfold(TinyEmbedder(), tmp_path / "tiny.onnx", pictures())

    assert network.training
    assert torch.allclose(network(pictures()), first(pictures()), atol=1e-4)
    fresh = pictures(16)[8:]
    assert (network.eval()(fresh) - first(fresh)).abs().max() < 0.05 * first(fresh).abs().max()
    network.train()(pictures()).sum().backward()
    assert all(p.grad is not None for p in network.parameters())


def test_a_file_of_another_network_is_refused(tmp_path):
    export(used(TinyEmbedder()), tmp_path / "tiny.onnx", (3, 112, 112), ["embedding"])
    with pytest.raises(ValueError, match="tiny.onnx holds nothing as stem.0.0.weight, where the network has .* it is another network's"):
        unfold(DETECTORS["fdretina"](), tmp_path / "tiny.onnx", pictures(2, 64))


def test_a_run_begins_with_a_checkpoint_or_with_a_file(tmp_path):
    first = used(TinyEmbedder())
    export(first, tmp_path / "tiny.onnx", (3, 112, 112), ["embedding"])
    save(tmp_path / "checkpoint.pt", {"network": "tiny", "weights": first.state_dict()})
    views = [((x * 128 + 127.5).permute(1, 2, 0).to(torch.uint8), 0) for x in pictures(128)]
    for name in ("tiny.onnx", "checkpoint.pt"):
        network = TinyEmbedder()
        begin_with(network, "tiny", tmp_path / name, views)
        assert (network.eval()(pictures()) - first(pictures())).abs().max() < 0.03 * first(pictures()).abs().max(), name

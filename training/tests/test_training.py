import csv

import numpy as np
import pytest
import torch

from conftest import TinyEmbedder, picture
from sightline_training.embedder import arcface, distil
from sightline_training.embedder.augment import MILD, STRONG, Change, augment
from sightline_training.loop.checkpoint import CheckpointError, load, save
from sightline_training.embedder.losses import ArcFace, Distillation
from sightline_training.loop.muon import Muon, orthogonalised
from sightline_training.embedder.samples import Samples
from sightline_training.loop.schedule import Rising
from sightline_training.loop.trainer import Plan, Trainer

CROPS = 24


class Killed(Exception):
    """Stands for a process that ends between two steps."""


def lessons():
    """Targets that a network can learn: how the colours of the picture's four bands differ from the mean of all pictures."""
    bands = pixels().reshape(CROPS, 4, 28 * 112, 3).mean(2).reshape(CROPS, 12)
    targets = (bands - bands.mean(0)).astype(np.float32)
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    return distil.Lessons(targets, np.ones(CROPS, np.float32), np.arange(CROPS) % 4)


def pixels():
    return np.stack([picture(seed) for seed in range(CROPS)])


def distiller(run, total=96, arcface=0.1):
    torch.manual_seed(5)
    network = TinyEmbedder()
    objective = distil.Objective(16, lessons(), distil.Strengths(arcface=arcface))
    recipe = distil.recipe(network, objective, Rising(total, warm=16))
    plan = Plan(run, total, batch=8, workers=0, report_every=8, checkpoint_every=24)
    return Trainer(network, "tiny", recipe, plan)


def samples():
    return Samples(pixels(), np.arange(CROPS), seed=2)


def curve(run):
    with (run / "curve.csv").open(newline="") as lines:
        return [row for row in csv.reader(lines) if row[1] != "samples_per_s"]


@pytest.mark.parametrize("steps", [1, 4, 7])
def test_a_run_killed_at_any_step_goes_on_to_the_same_weights_and_curve(tmp_path, steps):
    whole = distiller(tmp_path / "whole")
    whole.train(samples())

    killed = distiller(tmp_path / "killed")
    step, left = killed._step, [steps]

    def step_until_killed(pictures, rows):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return step(pictures, rows)

    killed._step = step_until_killed
    with pytest.raises(Killed):
        killed.train(samples())
    resumed = distiller(tmp_path / "killed")
    resumed.train(samples())

    assert resumed.seen == whole.seen == 96
    assert curve(tmp_path / "killed") == curve(tmp_path / "whole")
    for name, weight in whole.network.state_dict().items():
        assert torch.equal(weight, resumed.network.state_dict()[name]), name


def test_training_brings_the_loss_down(tmp_path):
    distiller(tmp_path, total=1920, arcface=0.0).train(samples())

    losses = [float(value) for _, key, value in curve(tmp_path) if key == "pointing"]
    assert np.mean(losses[-10:]) < 0.5 * np.mean(losses[:10])


def test_a_checkpoint_of_another_network_is_refused(tmp_path):
    save(tmp_path / "checkpoint.pt", {"network": "mobilefacenet", "seen": 5})

    with pytest.raises(CheckpointError, match="is a checkpoint of mobilefacenet, not of fdfacenet: name another --run folder"):
        load(tmp_path / "checkpoint.pt", "fdfacenet")


def test_half_a_checkpoint_is_refused(tmp_path):
    save(tmp_path / "checkpoint.pt", {"network": "tiny", "weights": torch.zeros(1000)})
    data = (tmp_path / "checkpoint.pt").read_bytes()
    (tmp_path / "checkpoint.pt").write_bytes(data[: len(data) // 2])

    with pytest.raises(CheckpointError, match="cannot be read .* remove it to begin anew"):
        load(tmp_path / "checkpoint.pt", "tiny")


def test_a_kill_while_writing_leaves_the_checkpoint_before(tmp_path, monkeypatch):
    save(tmp_path / "checkpoint.pt", {"network": "tiny", "seen": 1})

    def half(state, path):
        path.write_bytes(b"half")
        raise Killed

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(Killed):
        save(tmp_path / "checkpoint.pt", {"network": "tiny", "seen": 2})

    assert load(tmp_path / "checkpoint.pt", "tiny")["seen"] == 1


def test_a_loss_that_is_no_number_stops_before_it_spoils_the_weights(tmp_path):
    trainer = distiller(tmp_path)
    with torch.no_grad():
        trainer.network[5].weight.fill_(float("nan"))
    before = trainer.network[0].weight.clone()

    with pytest.raises(FloatingPointError, match="go on from the checkpoint with lower rates"):
        trainer.train(samples())
    assert torch.equal(trainer.network[0].weight, before)


def test_rates_rise_stay_and_fall_to_zero():
    rates = Rising(total=1000, warm=100, fall=0.5)

    assert rates(0) == pytest.approx(0.01)
    assert rates(99) == rates(500) == 1.0
    assert rates(750) == pytest.approx(0.5)
    assert rates(1000) == 0.0


def test_the_papers_rates_are_divided_by_ten_at_its_iterations():
    steps = arcface.Steps(256)

    assert steps(0) == steps(256 * 160_000 - 1) == 1.0
    assert steps(256 * 160_000) == pytest.approx(0.1)
    assert steps(256 * 290_000) == pytest.approx(1e-4)


def test_the_order_of_samples_and_their_changes_hang_on_the_seed_alone():
    one, other = samples(), samples()
    late = other[CROPS + 3]
    assert torch.equal(one[CROPS + 3][0], late[0]) and one[CROPS + 3][1] == late[1]
    assert sorted(one[p][1] for p in range(CROPS)) == list(range(CROPS))
    assert not torch.equal(Samples(pixels(), np.arange(CROPS), seed=3)[0][0], one[0][0])


def test_changes_keep_size_and_kind_and_differ_from_draw_to_draw():
    changed = [augment(picture(1), np.random.default_rng(seed)) for seed in range(60)]

    assert all(c.shape == (112, 112, 3) and c.dtype == np.uint8 for c in changed)
    assert len({c.tobytes() for c in changed}) == 60


def test_mild_changes_are_smaller_and_no_change_leaves_the_picture_or_its_mirror_image():
    original = picture(1)

    def distance(change, seed):
        changed = augment(original, np.random.default_rng(seed), change).astype(int)
        return min(np.abs(changed - original).mean(), np.abs(changed - original[:, ::-1]).mean())

    assert {distance(Change(place=0, worsened=0), seed) for seed in range(20)} == {0}
    mild, strong = (np.median([distance(change, seed) for seed in range(60)]) for change in (MILD, STRONG))
    assert 0 < mild < 0.8 * strong


def test_muons_step_has_singular_values_near_one_and_an_orthogonal_matrix_direction():
    matrix = torch.randn(24, 60, generator=torch.Generator().manual_seed(1))
    found = orthogonalised(matrix).float()
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)

    assert torch.linalg.svdvals(found).sub(0.95).abs().max() < 0.35
    cosine = (found * (u @ v)).sum() / (found.norm() * (u @ v).norm())
    assert cosine > 0.95
    assert torch.allclose(orthogonalised(matrix.T).float(), found.T, atol=0.05)


def test_muon_takes_kernels_as_matrices_of_outputs():
    weight = torch.nn.Parameter(torch.zeros(4, 3, 3, 3))
    weight.grad = torch.randn(4, 3, 3, 3, generator=torch.Generator().manual_seed(2))
    Muon([weight], lr=0.1).step()

    values = torch.linalg.svdvals(weight.detach().reshape(4, 27))
    assert values.min() > 0.06 and values.max() < 0.13


def test_distillation_is_zero_where_head_and_cosines_agree():
    loss = Distillation(6, 6)
    with torch.no_grad():
        loss.head.weight.copy_(torch.eye(6))
    target = torch.nn.functional.normalize(torch.randn(5, 6, generator=torch.Generator().manual_seed(4)))

    total, pointing, relations = loss(3 * target, target, torch.ones(5))
    assert total.abs() < 1e-6 and pointing.abs() < 1e-6 and relations.abs() < 1e-10
    assert loss(3 * target.flip(0), target, torch.ones(5))[0] > 0.5


def test_targets_are_drawn_to_the_mean_of_their_identity():
    targets = torch.nn.functional.normalize(torch.randn(5, 6, generator=torch.Generator().manual_seed(4))).numpy()
    drawn = distil.drawn_together(targets, np.array([0, 0, -1, 1, 1]), pull=1.0)

    assert np.allclose(np.linalg.norm(drawn, axis=1), 1, atol=1e-6)
    assert np.array_equal(drawn[2], targets[2])
    assert drawn[0] @ drawn[1] > targets[0] @ targets[1] + 0.05 and drawn[3] @ drawn[4] > targets[3] @ targets[4] + 0.05
    assert np.allclose(distil.drawn_together(targets, np.array([0, 0, -1, 1, 1]), pull=0.0), targets, atol=1e-6)


def test_arcface_at_margin_zero_is_the_scaled_softmax_and_the_margin_costs():
    vectors = torch.randn(6, 8, generator=torch.Generator().manual_seed(6))
    identity = torch.tensor([0, 1, 2, -1, 1, 0])
    plain, strict = ArcFace(8, 3, scale=4.0, margin=0.0), ArcFace(8, 3, scale=4.0, margin=0.5)
    strict.load_state_dict(plain.state_dict())
    unit = torch.nn.functional.normalize
    known = identity >= 0
    expected = torch.nn.functional.cross_entropy(4 * unit(vectors[known]) @ unit(plain.centres).T, identity[known])

    assert plain(vectors, identity).item() == pytest.approx(expected.item(), rel=1e-5)
    assert strict(vectors, identity) > plain(vectors, identity)


def test_a_batch_without_known_identities_gives_no_loss_and_no_error():
    vectors = torch.ones(2, 8, requires_grad=True)
    loss = ArcFace(8, 3)(vectors, torch.tensor([-1, -1]))
    loss.backward()
    assert loss == 0


def test_unreadable_pictures_of_a_folder_are_named_once_and_the_run_goes_on(identities_folder, capsys):
    folder = arcface.IdentityFolder(identities_folder, seed=1)
    numbers = [folder[position][1] for position in range(48)]

    assert set(numbers) == {0, 1, 2}
    assert {path.name for path in folder.unreadable} == {"2.png", "3.png"}
    assert capsys.readouterr().out.count("is no readable picture of 112x112 px") == 2


def test_a_folder_of_one_identity_is_refused(tmp_path):
    (tmp_path / "only").mkdir()
    with pytest.raises(ValueError, match="fewer than two identities"):
        arcface.IdentityFolder(tmp_path, seed=1)


def test_the_papers_recipe_trains_and_resumes(identities_folder, tmp_path):
    def trainer():
        torch.manual_seed(7)
        network = TinyEmbedder()
        recipe = arcface.recipe(network, arcface.Objective(16, 3), arcface.Steps(8))
        return Trainer(network, "tiny", recipe, Plan(tmp_path / "run", 32, batch=8, workers=0, checkpoint_every=8))

    trainer().train(arcface.IdentityFolder(identities_folder, seed=1))
    assert trainer().seen == 32

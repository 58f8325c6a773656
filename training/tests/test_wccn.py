import csv
import zipfile

import cv2
import numpy as np
import onnx
import pytest

from conftest import TinyEmbedder
from sightline_training.embedder import agree, wccn
from sightline_training.embedder.wccn import compared, normalising, within_person
from sightline_training.export import export
from test_agree import unit
from test_export import used


def pictures_of_people(rng, people=60, each=6, size=8, noisy=2):
    """(unit vectors, whose): what is said of a person's pictures differs along the first `noisy` axes, what people are along all."""
    who = np.repeat(np.arange(people), each)
    spread = np.where(np.arange(size) < noisy, 1.5, 0.15)
    return unit(rng.normal(size=(people, size))[who] + spread * rng.normal(size=(len(who), size))), who


def test_covariance_is_a_persons_own_each_person_alike():
    rows = np.array([[1.0, 0], [-1, 0], [5, 2], [5, 2], [5, -2], [5, -2]])

    assert np.allclose(within_person(rows, np.array([7, 7, 3, 3, 3, 3])), [[0.5, 0], [0, 2]])


def test_directions_in_which_a_persons_pictures_differ_count_less():
    covariance = np.diag([3.0, 1.0, 0.0, 0.0])

    assert np.allclose(normalising(covariance, 1.0), np.diag([(2 / 4) ** 0.5, 1, 2**0.5, 2**0.5]))
    assert np.allclose(normalising(covariance, 1e9), np.eye(4))


def test_without_a_person_of_different_pictures_it_is_refused():
    with pytest.raises(ValueError, match="at least one person must have two different crops"):
        normalising(within_person(np.ones((4, 3)), np.array([0, 0, 1, 1])), 1.0)


def test_people_who_were_not_seen_are_told_apart_better_and_the_larger_the_shrinkage_the_less_changes():
    gains = compared(*pictures_of_people(np.random.default_rng(1)), [0.1, 1e6], np.random.default_rng(2))

    assert gains[0.1].shape == (wccn.FOLDS, 1 + len(wccn.FALSE_ACCEPT_RATES))
    assert gains[0.1].mean(0).min() > 2
    assert np.abs(gains[1e6]).max() < 0.2


def test_each_part_of_the_people_is_measured_with_the_map_of_all_others(monkeypatch):
    made_from, measured = [], []
    monkeypatch.setattr(wccn, "within_person", lambda unit, people: made_from.append(set(people)) or np.eye(unit.shape[1]))
    monkeypatch.setattr(wccn, "_figures", lambda vectors, people: measured.append(set(people)) or np.zeros(4))

    unit_vectors, who = pictures_of_people(np.random.default_rng(1))
    compared(unit_vectors, who, [1.0], np.random.default_rng(2))

    assert len(made_from) == wccn.FOLDS and set.union(*measured) == set(who)
    for others, before, after in zip(made_from, measured[::2], measured[1::2], strict=True):
        assert before == after == set(who) - others


def test_figures_are_those_of_all_pairs(monkeypatch):
    # One person at 0 and 40 degrees, one at 30 and 65: own pairs 40 and 35 apart, others 10, 25, 30 and 65.
    angles = np.deg2rad([0, 40, 30, 65])
    monkeypatch.setattr(wccn, "FALSE_ACCEPT_RATES", (0.75, 0.5))

    figures = wccn._figures(2 * np.stack([np.cos(angles), np.sin(angles)], 1), np.array([0, 0, 1, 1]))

    assert np.allclose(figures, [100 * (1 + 1 / 4) / 2, 100, 0])


def test_too_few_people_to_compare_on_are_refused():
    with pytest.raises(ValueError, match="wants 10 people or more, two in each of 5 parts; there are 9"):
        compared(np.eye(18), np.repeat(np.arange(9), 2), [1.0], np.random.default_rng(1))


def test_the_file_written_gives_the_normalised_vectors(tmp_path, capsys):
    rng = np.random.default_rng(3)
    faces = tmp_path / "faces"
    _folder_of_crops(faces, rng)
    export(used(TinyEmbedder()), tmp_path / "tiny.onnx", (3, 112, 112), ["embedding"])
    places = ["--faces", str(faces), "--cache", str(tmp_path / "cache")]

    wccn.main([str(tmp_path / "tiny.onnx"), str(tmp_path / "made.onnx"), *places, "--shrinkage", "2", "--compare", "5"])

    crops = wccn.open_crops(faces, tmp_path / "cache")
    known = np.flatnonzero(crops.identities() >= 0)
    before, after = (
        agree.vectors(onnx.load(str(tmp_path / name)), crops.pixels, np.arange(len(crops.pixels))) for name in ("tiny.onnx", "made.onnx")
    )
    matrix = normalising(within_person(unit(before[known].astype(np.float64)), crops.identities()[known]), 2)
    assert (unit(after) * unit(before @ matrix)).sum(1).min() > 0.999
    assert np.abs(unit(after) - unit(before)).max() > 0.01
    assert "shrinkage 5: mean of all " in capsys.readouterr().out


def _folder_of_crops(folder, rng, people=11, each=3):
    """Crops of people, the first of whom is nobody known: each of those shows another face."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as shard, (folder / "index.csv").open("w", newline="") as lines:
        index = csv.DictWriter(lines, ["shard", "name", "identity", "mask"])
        index.writeheader()
        for person in range(people):
            face = rng.integers(0, 200, (8, 8, 3))
            for picture in range(each):
                if not person:
                    face = 200 * rng.integers(0, 2, face.shape)
                name = f"{person:03}{picture:03}.webp"
                small = np.clip(face + rng.integers(-40, 40, face.shape), 0, 255).astype(np.uint8)
                shard.writestr(name, cv2.imencode(".webp", cv2.resize(small, (112, 112)))[1].tobytes())
                index.writerow({"shard": "a.zip", "name": name, "identity": f"p{person}" if person else "", "mask": "0"})

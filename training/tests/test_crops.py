import shutil

import numpy as np
import pytest

from conftest import picture
from sightline_training.embedder.crops import is_held_out, open_crops


def test_damaged_pictures_are_named_and_left_out(crops_folder, tmp_path, capsys):
    crops = open_crops(crops_folder, tmp_path / "cache")

    assert crops.unreadable == ["000005.webp", "000011.webp"]
    assert len(crops.pixels) == len(crops.rows) == 10
    assert "2 of 12 crops cannot be read and are left out, first 000005.webp" in capsys.readouterr().out


def test_a_row_of_pixels_belongs_to_its_row_of_the_index(crops_folder, tmp_path):
    crops = open_crops(crops_folder, tmp_path / "cache")

    after_the_damaged_one = [row["name"] for row in crops.rows].index("000006.webp")
    difference = np.abs(crops.pixels[after_the_damaged_one].astype(int) - picture(6)[..., ::-1])
    assert difference.mean() < 6


def test_a_missing_shard_costs_only_its_own_crops(crops_folder, tmp_path):
    (crops_folder / "faces-1.zip").unlink()

    assert len(open_crops(crops_folder, tmp_path / "cache").rows) == 5


def test_the_cache_serves_once_the_shards_are_gone_and_is_made_anew_for_another_index(crops_folder, tmp_path):
    open_crops(crops_folder, tmp_path / "cache")
    for shard in crops_folder.glob("*.zip"):
        shutil.move(shard, tmp_path / shard.name)
    assert len(open_crops(crops_folder, tmp_path / "cache").rows) == 10

    index = crops_folder / "index.csv"
    index.write_text("\n".join(index.read_text().splitlines()[:4]) + "\n")
    assert len(open_crops(crops_folder, tmp_path / "cache").rows) == 0


def test_identities_with_one_crop_have_no_number_and_masked_faces_count_half(crops_folder, tmp_path):
    crops = open_crops(crops_folder, tmp_path / "cache")

    assert crops.identities().tolist() == [0] * 5 + [1] * 3 + [-1] * 2
    assert crops.weights().tolist() == [0.5] + [1.0] * 9


def test_held_out_crops_are_never_trained_on(crops_folder, tmp_path):
    crops = open_crops(crops_folder, tmp_path / "cache")

    names = [crops.rows[i]["name"] for i in crops.training_indices()]
    assert "000007.webp" not in names and len(names) == 9
    assert is_held_out({"name": "000027.webp", "group": "Asian"})
    assert not is_held_out({"name": "000027.webp", "group": ""})
    assert not is_held_out({"name": "000028.webp", "group": "Asian"})


def test_a_folder_without_an_index_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="index.csv does not exist: --faces wants the folder"):
        open_crops(tmp_path, tmp_path / "cache")

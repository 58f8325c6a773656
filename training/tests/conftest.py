"""Fixtures: pictures without faces, small networks, folders as the recipes want them."""

import csv
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def picture(seed, side=112):
    """[side, side, 3] uint8: soft coloured noise, another for each seed."""
    noise = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
    return cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC)


def encoded(seed, suffix=".png", side=112):
    return cv2.imencode(suffix, picture(seed, side))[1].tobytes()


class TinyEmbedder(torch.nn.Sequential):
    """Anything that maps [n, 3, 112, 112] to [n, 16]; cheap."""

    def __init__(self):
        super().__init__(
            torch.nn.Conv2d(3, 8, 8, 8, bias=False),
            torch.nn.BatchNorm2d(8),
            torch.nn.ReLU(),
            torch.nn.Conv2d(8, 8, 14, groups=8, bias=False),
            torch.nn.Flatten(),
            torch.nn.Linear(8, 16, bias=False),
            torch.nn.BatchNorm1d(16),
        )


@pytest.fixture
def crops_folder(tmp_path):
    """Twelve crops in two shards: the last of each is damaged; identities a (5), b (4), none (3)."""
    folder = tmp_path / "faces"
    folder.mkdir()
    rows = []
    for shard in range(2):
        with zipfile.ZipFile(folder / f"faces-{shard}.zip", "w") as archive:
            for place in range(6):
                number = shard * 6 + place
                data = encoded(number, ".webp")
                archive.writestr(f"{number:06d}.webp", data[: len(data) // 3] if place == 5 else data)
                identity = "a" if number < 5 else "b" if number < 9 else ""
                group = "White" if number == 7 else ""
                rows.append((f"faces-{shard}.zip", f"{number:06d}.webp", identity, "1" if number == 0 else "0", group))
    with (folder / "index.csv").open("w", newline="") as lines:
        csv.writer(lines).writerows([("shard", "name", "identity", "mask", "group"), *rows])
    return folder


@pytest.fixture
def identities_folder(tmp_path):
    """Three identities of four pictures; one file of the second is not a picture, one of the third has another size."""
    folder = tmp_path / "identities"
    for number, name in enumerate(("ada", "ben", "cy")):
        (folder / name).mkdir(parents=True)
        for place in range(4):
            (folder / name / f"{place}.png").write_bytes(encoded(10 * number + place))
    (folder / "ben" / "2.png").write_bytes(b"not a picture")
    (folder / "cy" / "3.png").write_bytes(encoded(99, side=64))
    return folder

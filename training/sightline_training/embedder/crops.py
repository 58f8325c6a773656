"""Aligned face crops: shards of WebP pictures, decoded once into one memory-mapped array.

A folder of crops holds `index.csv` (columns shard, name, identity, mask, and what else its sources know) and the zip shards it names.
The array is [crops, 112, 112, 3] uint8 RGB; a row whose picture cannot be read is left out and reported, never an error.
"""

import csv
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

SIDE_PX = 112
HELD_OUT_MODULUS, HELD_OUT_REMAINDER = 20, 7


@dataclass(frozen=True)
class Crops:
    """`pixels` [n, 112, 112, 3] uint8 RGB, memory-mapped; `rows` the n lines of index.csv that belong to them."""

    pixels: np.ndarray
    rows: list
    unreadable: list

    def identities(self):
        """[n] int64: a number per identity that has two or more crops, -1 for the rest."""
        counts = {}
        for row in self.rows:
            counts[row["identity"]] = counts.get(row["identity"], 0) + 1
        known = sorted(name for name, count in counts.items() if name and count >= 2)
        number = {name: i for i, name in enumerate(known)}
        return np.array([number.get(row["identity"], -1) for row in self.rows], np.int64)

    def weights(self):
        """[n] float32: masked faces count half, for their lower landmarks are guesses of the detector."""
        return np.array([0.5 if row.get("mask") == "1" else 1.0 for row in self.rows], np.float32)

    def training_indices(self):
        """Rows to train on: all but those kept back for error rates by sex, age and group (see `is_held_out`)."""
        return np.array([i for i, row in enumerate(self.rows) if not is_held_out(row)], np.int64)


def is_held_out(row):
    """Whether a row of index.csv is never trained on: it has a group label, and its number is 7 modulo 20."""
    return bool(row.get("group")) and int(Path(row["name"]).stem) % HELD_OUT_MODULUS == HELD_OUT_REMAINDER


def read_picture(data):
    """RGB [112, 112, 3] uint8 of an encoded picture, or None where it cannot be decoded or has another size."""
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if bgr is None or bgr.shape != (SIDE_PX, SIDE_PX, 3):
        return None
    return bgr[..., ::-1]


def open_crops(folder, cache):
    """The crops of `folder`, decoded into `cache` on first use. A cache of another index.csv is made anew."""
    folder, cache = Path(folder), Path(cache)
    index = folder / "index.csv"
    if not index.is_file():
        raise FileNotFoundError(f"{index} does not exist: --faces wants the folder that holds index.csv and the shards it names")
    digest = hashlib.sha256(index.read_bytes()).hexdigest()
    note = cache / "faces.json"
    if not note.is_file() or json.loads(note.read_text())["index"] != digest:
        _decode(folder, cache, digest)
    found = json.loads(note.read_text())
    with index.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    unreadable = set(found["unreadable"])
    return Crops(
        np.load(cache / "faces.npy", mmap_mode="r"),
        [row for row in rows if row["name"] not in unreadable],
        found["unreadable"],
    )


def _decode(folder, cache, digest):
    cache.mkdir(parents=True, exist_ok=True)
    with (folder / "index.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    shards, unreadable, kept = {}, [], 0
    pixels = np.lib.format.open_memmap(cache / "faces.npy", "w+", np.uint8, (len(rows), SIDE_PX, SIDE_PX, 3))
    for row in tqdm(rows, desc="decoding crops", unit="crop"):
        picture = read_picture(_entry(folder, shards, row))
        if picture is None:
            unreadable.append(row["name"])
            continue
        pixels[kept] = picture
        kept += 1
    pixels.flush()
    if kept < len(rows):
        np.save(cache / "faces.npy", np.array(pixels[:kept]))
        print(f"{len(unreadable)} of {len(rows)} crops cannot be read and are left out, first {unreadable[0]}")
    (cache / "faces.json").write_text(json.dumps({"index": digest, "unreadable": unreadable}))


def _entry(folder, shards, row):
    try:
        if row["shard"] not in shards:
            shards[row["shard"]] = zipfile.ZipFile(folder / row["shard"])
        return shards[row["shard"]].read(row["name"])
    except (OSError, KeyError, zipfile.BadZipFile):
        return None

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

from conftest import picture
from sightline_training.embedder.chimeras import Joined, chimeras, mixed
from sightline_training.embedder.distil import Lessons
from sightline_training.embedder.teachers import targets
from test_teachers import teacher


def likeness(a, b):
    return np.corrcoef(a.astype(float).ravel(), b.astype(float).ravel())[0, 1]


def test_a_mixture_is_like_both_and_like_nobody_else():
    one, other, stranger = picture(1), picture(2), picture(3)
    to_one, to_other, to_stranger = np.mean(
        [[likeness(mixed(one, other, np.random.default_rng(seed)), face) for face in (one, other, stranger)] for seed in range(20)], 0
    )

    assert to_one > 0.4 and to_other > 0.4 and abs(to_stranger) < 0.2


def test_a_face_mixed_with_itself_stays_and_the_light_is_the_first_ones():
    one, dark = picture(1), picture(2) // 3
    assert np.abs(mixed(one, one, np.random.default_rng(1)).astype(int) - one).max() <= 1

    means = [mixed(one, dark, np.random.default_rng(seed)).mean() for seed in range(20)]
    assert abs(np.mean(means) - one.mean()) < 12 < one.mean() - dark.mean()


def test_mixtures_are_made_of_the_given_rows_once_and_again_for_another_count(tmp_path):
    pixels = np.stack([picture(seed) for seed in range(4)] + [np.full((112, 112, 3), 255, np.uint8)])
    made = chimeras(pixels, np.arange(4), 6, tmp_path)
    assert made.shape == (6, 112, 112, 3) and made.dtype == np.uint8
    assert all(picture_.std() > 5 for picture_ in made)

    assert np.array_equal(chimeras(np.zeros_like(pixels), np.arange(4), 6, tmp_path), made)
    assert len(chimeras(pixels, np.arange(4), 7, tmp_path)) == 7


def test_other_mixtures_get_targets_of_their_own(tmp_path):
    path, _ = teacher(tmp_path / "teacher.onnx", 1)
    pixels, folder = np.stack([picture(seed) for seed in range(4)]), tmp_path / "chimeras"
    before, after = (targets(chimeras(pixels, np.arange(4), 6, folder, seed), [(path, "raw255")], folder) for seed in (1, 2))

    assert before.shape == after.shape and not np.allclose(before, after, atol=1e-3)


def test_rows_of_two_arrays_go_on_in_the_second_and_what_is_known_with_them():
    joined = Joined(np.arange(3), np.arange(10, 12))
    assert [joined[row] for row in range(len(joined))] == [0, 1, 2, 10, 11]

    lessons = Lessons(np.ones((2, 4), np.float32), np.array([0.5, 1], np.float32), np.array([0, -1])).followed_by(np.zeros((1, 4), np.float32))
    assert lessons.targets.shape == (3, 4) and lessons.targets.dtype == np.float32
    assert lessons.weights.tolist() == [0.5, 1, 1] and lessons.identities.tolist() == [0, -1, -1]


def test_two_processes_distil_together(crops_folder, tmp_path):
    path, _ = teacher(tmp_path / "teacher.onnx", 1)
    command = [sys.executable, "-m", "sightline_training.embedder", "distil", "--samples", "16", "--batch", "4", "--chimeras", "6"]
    command += ["--teacher", f"{path}:raw255", "--faces", crops_folder, "--cache", tmp_path / "cache", "--run", tmp_path / "run"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    shared = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "OMP_NUM_THREADS": "1"}
    started = [
        subprocess.Popen(command, cwd=Path(__file__).parents[1], env=os.environ | shared | {"RANK": rank}, stderr=subprocess.PIPE, text=True)
        for rank in ("0", "1")
    ]
    try:
        said = [process.communicate(timeout=300)[1] for process in started]
    finally:
        for process in started:
            process.kill()

    assert [process.returncode for process in started] == [0, 0], said
    assert torch.load(tmp_path / "run" / "checkpoint.pt")["seen"] == 16

"""FDLandmark: what it is shown, what it is taught, what its file says."""

import cv2
import numpy as np
import onnx
import pytest
import torch

from conftest import picture
from sightline_training.detector import points as detector_points
from sightline_training.embedder.verification import TEMPLATE
from sightline_training.landmarks import __main__ as command
from sightline_training.landmarks import evaluate, export, windows
from sightline_training.landmarks.net import EYES_PX, SIDE_PX, WINDOW_TEMPLATE, FDLandmark
from sightline_training.onnx_graph import OnnxGraph


def test_the_window_shows_6_to_106_of_an_aligned_crop():
    """A pixel i of the crop covers [i, i + 1): its left edge lands on (i − 6) · 0.8."""
    cut, matrix = windows.window(picture(1), TEMPLATE)
    assert cut.shape == (SIDE_PX, SIDE_PX, 3)
    assert matrix @ [5.5, 5.5, 1] == pytest.approx([-0.5, -0.5])
    assert matrix @ [105.5, 105.5, 1] == pytest.approx([79.5, 79.5])
    assert EYES_PX == pytest.approx(0.8 * 35.237, abs=1e-2)


def test_a_lesson_says_where_the_landmarks_went():
    spots = TEMPLATE + np.array([[3, 0], [0, -2], [1, 1], [0, 4], [-2, 0]])
    crop = np.zeros((112, 112, 3), np.uint8)
    for x, y in spots:
        cv2.circle(crop, (round(8 * x), round(8 * y)), 12, (255, 255, 255), -1, cv2.LINE_AA, shift=3)
    for seed in range(5):
        cut, lesson = windows.seen(crop, spots, np.random.default_rng(seed))
        for x, y in lesson.reshape(5, 2) * EYES_PX + WINDOW_TEMPLATE:
            left, top = round(x) - 4, round(y) - 4
            piece = cut[top : top + 9, left : left + 9, 0].astype(float)
            rows, columns = np.mgrid[top : top + piece.shape[0], left : left + piece.shape[1]]
            assert (columns * piece).sum() / piece.sum() == pytest.approx(x, abs=0.5)
            assert (rows * piece).sum() / piece.sum() == pytest.approx(y, abs=0.5)


def test_windows_hang_on_seed_and_position_and_show_only_what_is_to_be_learned():
    pixels, points = np.stack([picture(i) for i in range(4)]), np.tile(TEMPLATE.reshape(10), (4, 1))
    points[3] = np.nan
    seen = windows.Windows(pixels, points, np.array([0, 2]), seed=1)
    first, lesson = seen[7]
    again, same = windows.Windows(pixels, points, np.array([0, 2]), seed=1)[7]
    assert torch.equal(first, again) and torch.equal(lesson, same)
    assert not torch.equal(first, windows.Windows(pixels, points, np.array([0, 2]), seed=2)[7][0])
    assert all(seen[position][1].isfinite().all() for position in range(40))


def test_faces_are_placed_as_roughly_as_a_detector_would():
    off = [np.linalg.norm(windows.roughly(TEMPLATE, np.random.default_rng(seed)) - TEMPLATE, axis=1).mean() for seed in range(300)]
    share = np.array(off) / 35.237
    assert 0.04 < np.median(share) < 0.10 and share.max() < 0.5


def test_pictures_are_worsened_without_being_moved():
    spot = np.zeros((112, 112, 3), np.uint8)
    spot[40:44, 60:64] = 255
    seen = sum(windows.worsened(spot, np.random.default_rng(seed)).astype(float)[..., 0] for seed in range(60))
    y, x = np.unravel_index(cv2.GaussianBlur(seen - np.median(seen), (0, 0), 3).argmax(), seen.shape)
    assert abs(y - 41.5) <= 1 and abs(x - 61.5) <= 1


def test_an_untrained_file_gives_about_the_template_in_pixels_of_its_input(tmp_path):
    torch.manual_seed(1)
    export.export_landmarks(FDLandmark(), tmp_path / "a.onnx")
    model = onnx.load(str(tmp_path / "a.onnx"))
    assert [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim][1:] == [3, 80, 80]
    assert not any(node.op_type == "BatchNormalization" for node in model.graph.node)
    said = OnnxGraph(model).run({"input": torch.zeros(2, 3, 80, 80)})["landmarks"].numpy()
    assert said.shape == (2, 10)
    assert said[0] == pytest.approx(WINDOW_TEMPLATE.reshape(10) + 0.5, abs=0.5)


def test_the_measure_is_the_share_of_the_faces_own_eyes():
    class Template(torch.nn.Linear):
        def forward(self, x):
            return torch.zeros(len(x), 10)

    lesson = np.zeros(10, np.float32)
    lesson[[0, 2]] = -0.25, 0.25  # eyes half as far apart again as the template's
    faces = [(np.zeros((80, 80, 3), np.uint8), lesson)] * 3
    assert evaluate.off(Template(1, 1), faces) == pytest.approx(100 * (0.5 / 5) / 1.5, rel=1e-3)


@pytest.fixture
def taught(crops_folder, tmp_path, monkeypatch):
    """Arguments of a short run; the teacher sees the template's landmarks in every crop but those of masks."""

    def answers(crops, teacher, cache):
        out = np.tile(TEMPLATE.reshape(10), (len(crops.pixels), 1)).astype(np.float32)
        out[crops.weights() < 1] = np.nan
        return out

    monkeypatch.setattr(command, "crop_points", answers)
    monkeypatch.setattr(detector_points.PointsTeacher, "read", classmethod(lambda cls, path: None))
    return ["--faces", str(crops_folder), "--cache", str(tmp_path / "cache"), "--points-teacher", "any.onnx", "--run", str(tmp_path / "run"), "--batch", "4", "--workers", "0"]


def test_a_run_from_the_command_line_resumes_and_is_written(taught, tmp_path, capsys):
    command.main([*taught, "--samples", "16"])
    command.main([*taught, "--samples", "32"])
    assert "goes on after 16 samples" in capsys.readouterr().out
    export.main([str(tmp_path / "run" / "checkpoint.pt"), str(tmp_path / "a.onnx")])
    assert (tmp_path / "a.onnx").is_file()


def test_another_networks_checkpoint_is_refused(taught, tmp_path):
    (tmp_path / "run").mkdir()
    torch.save({"network": "fdfacenet", "seen": 0, "weights": {}}, tmp_path / "run" / "checkpoint.pt")
    with pytest.raises(SystemExit, match="fdfacenet"):
        command.main([*taught, "--samples", "16"])


def test_a_teacher_that_sees_no_face_leaves_nothing_to_learn(taught, monkeypatch):
    monkeypatch.setattr(command, "crop_points", lambda crops, teacher, cache: np.full((len(crops.pixels), 10), np.nan, np.float32))
    with pytest.raises(SystemExit, match="there is nothing to learn"):
        command.main([*taught, "--samples", "16"])

import csv
import zipfile
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
import torch

from conftest import encoded, picture
from sightline_training import quantise
from sightline_training.detector import evaluate, export, points, scenes
from sightline_training.detector.__main__ import main
from sightline_training.detector.anchors import anchors, assign, boxes_of, flatten, landmark_values, landmarks_of, overlaps
from sightline_training.detector.losses import Objective, quality_focal
from sightline_training.detector.nets import DETECTORS, stacked
from sightline_training.embedder.crops import open_crops
from sightline_training.onnx_graph import OnnxGraph

MODELS = Path(__file__).resolve().parents[2] / "models"

SIDE = 64


@pytest.fixture
def scenes_folder(tmp_path):
    """Six scenes of soft noise with one face each; the archive's second picture is damaged, the fifth is held out."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    pictures, labels = [("name", "split", "kind", "zip")], [LABEL_HEADER]
    with zipfile.ZipFile(folder / "scenes.zip", "w") as archive:
        for number in range(6):
            data = encoded(number, ".webp", side=96)
            archive.writestr(f"s{number}.webp", data[:40] if number == 1 else data)
            pictures.append((f"s{number}", "heldout" if number == 4 else "train", "street", "scenes.zip"))
            labels.append((f"s{number}", 0.9, 30, 20, 60, 60, 38, 34, 52, 34, 45, 42, 39, 50, 51, 50))
            labels.append((f"s{number}", 0.4, 70, 70, 80, 84, 72, 74, 78, 74, 75, 77, 72, 80, 78, 80))
    for name, rows in (("pictures.csv", pictures), ("labels.csv", labels)):
        with (folder / name).open("w", newline="") as lines:
            csv.writer(lines).writerows(rows)
    return folder


LABEL_HEADER = ("name", "score", "x1", "y1", "x2", "y2", "leye_x", "leye_y", "reye_x", "reye_y", "nose_x", "nose_y", "lmouth_x", "lmouth_y", "rmouth_x", "rmouth_y")


@pytest.mark.parametrize(("name", "parameters"), [("fdretina", 0.54e6), ("retinaface-mbv1-025", 0.46e6)])
def test_a_detector_gives_one_map_per_stride_for_any_multiple_of_32(name, parameters):
    network = DETECTORS[name]().eval()
    maps = network(torch.zeros(2, 3, 64, 96))

    assert [tuple(m.shape) for m in maps] == [(2, 32, 8, 12), (2, 32, 4, 6), (2, 32, 2, 3)]
    assert sum(p.numel() for p in network.parameters()) == pytest.approx(parameters, rel=0.02)


def test_blocks_are_stacked_as_onnx_has_it():
    x = torch.arange(48.0).reshape(1, 3, 4, 4)
    y = stacked(x)

    for row in (0, 1):
        for column in (0, 1):
            for channel in range(3):
                assert torch.equal(y[0, (2 * row + column) * 3 + channel], x[0, channel, row::2, column::2])


def test_anchors_stand_at_cell_centres_in_the_order_of_the_flattened_maps():
    at = anchors(64, 96)
    assert len(at) == 2 * (8 * 12 + 4 * 6 + 2 * 3)
    assert at[0].tolist() == [4, 4, 16] and at[1].tolist() == [4, 4, 32] and at[2].tolist() == [12, 4, 16]
    assert at[2 * 96].tolist() == [8, 8, 64] and at[-1].tolist() == [80, 48, 512]

    maps = [torch.zeros(1, 32, 64 // s, 96 // s) for s in (8, 16, 32)]
    maps[1][0, 3, 1, 2] = 7.0  # the second anchor's face logit at row 1, column 2
    logits, _, _ = flatten(maps)
    hit = logits[0, :, 1].argmax()
    assert logits[0, hit, 1] == 7 and at[hit].tolist() == [2.5 * 16, 1.5 * 16, 128]


def test_boxes_and_landmarks_are_read_as_they_are_written():
    at = torch.tensor([[20.0, 30.0, 16.0]])
    points = torch.tensor([[[15.0, 25.0], [24.0, 26.0], [20.0, 31.0], [16.0, 35.0], [25.0, 36.0]]])
    assert torch.allclose(landmarks_of(landmark_values(points, at), at), points, atol=1e-5)
    assert boxes_of(torch.zeros(1, 4), at).tolist() == [[12, 22, 28, 38]]
    moved = boxes_of(torch.tensor([[1.0, 0.0, 5 * np.log(2), 0.0]]), at)[0]
    assert moved.tolist() == pytest.approx([20 + 1.6 - 16, 22, 20 + 1.6 + 16, 38], abs=1e-4)


def test_a_face_has_anchors_however_small_and_ignored_places_ask_nothing():
    at = anchors(SIDE, SIDE)
    faces, ignored = torch.tensor([[10.0, 10, 17, 18], [20, 20, 52, 54]]), torch.tensor([[40.0, 0, 60, 16]])
    owner = assign(faces, ignored, at)

    assert (owner == 0).sum() >= 1 and (owner == 1).sum() >= 4
    square = torch.cat([at[:, :2] - at[:, 2:] / 2, at[:, :2] + at[:, 2:] / 2], 1)
    assert overlaps(square[owner == 1], faces[1:]).max() >= 0.4
    inside = (at[:, 0] > 42) & (at[:, 0] < 58) & (at[:, 1] < 14) & (at[:, 2] == 16)
    assert inside.any() and (owner[inside] == -2).all()
    assert (assign(torch.zeros(0, 4), torch.zeros(0, 4), at) == -1).all()


def test_the_score_wants_the_boxs_own_overlap():
    score = torch.linspace(-6, 6, 241)
    least = score[quality_focal(score, torch.full_like(score, 0.7)).argmin()].sigmoid()
    assert least.item() == pytest.approx(0.7, abs=0.02)


def test_a_network_learns_one_picture():
    torch.manual_seed(1)
    network = DETECTORS["fdretina"](widths=(8, 16, 16, 16), joined=16)
    objective = Objective(SIDE)
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3)
    x = torch.from_numpy(picture(1, SIDE)).permute(2, 0, 1)[None].float() / 128 - 1
    lesson = torch.full((1, scenes.MAX_FACES, 15), scenes.NOTHING)
    lesson[0, 0] = torch.tensor([20.0, 18, 50, 52, 28, 30, 42, 30, 35, 37, 29, 44, 41, 44, scenes.FACE])
    for _ in range(150):
        loss, _ = objective(network(x), lesson)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()

    logits, boxes, landmarks = flatten(network(x))
    best = (logits[0, :, 1] - logits[0, :, 0]).argmax()
    at = anchors(SIDE, SIDE)
    assert overlaps(boxes_of(boxes[0], at)[best][None], lesson[0, :1, :4]) > 0.8
    assert (landmarks_of(landmarks[0], at)[best].reshape(10) - lesson[0, 0, 4:14]).abs().max() < 4


def test_damaged_scenes_are_named_and_left_out(scenes_folder, capsys):
    read, unreadable = scenes.read_scenes(scenes_folder, "train")

    assert [scene.name for scene in read] == ["s0", "s2", "s3", "s5"] and unreadable == ["s1"]
    assert "1 scenes cannot be read and are left out, first s1" in capsys.readouterr().out
    assert read[0].faces[:, 14].tolist() == [scenes.FACE, scenes.IGNORED]


def test_a_folder_without_scenes_of_the_split_is_refused(scenes_folder):
    with pytest.raises(ValueError, match="no readable scene of the split 'test'"):
        scenes.read_scenes(scenes_folder, "test")


def test_views_hang_on_seed_and_position_and_their_labels_lie_in_the_picture(scenes_folder):
    read, _ = scenes.read_scenes(scenes_folder, "train")
    crops = np.stack([picture(seed) for seed in range(4)])
    views = scenes.Views(read, crops, 96, seed=1)
    faces = with_landmarks = 0
    for position in range(80):
        pixels, lesson = views[position]
        again = scenes.Views(read, crops, 96, seed=1)[position]
        assert torch.equal(pixels, again[0]) and torch.allclose(lesson, again[1], 0, 0, equal_nan=True)
        assert pixels.shape == (96, 96, 3) and pixels.dtype == torch.uint8
        kept = lesson[lesson[:, 14] == scenes.FACE]
        faces += len(kept)
        centres = (kept[:, :2] + kept[:, 2:4]) / 2
        assert ((centres >= 0) & (centres <= 96)).all()
        known = kept[kept[:, 4].isfinite()]
        with_landmarks += len(known)
        assert (known[:, 4] < known[:, 6]).float().mean() > 0.9 if len(known) > 10 else True
    assert faces > with_landmarks > 40  # those of pasted crops are not known


def test_landmarks_of_pasted_crops_are_taught_where_a_teacher_gave_them(scenes_folder):
    read, _ = scenes.read_scenes(scenes_folder, "train")
    crops = np.stack([picture(seed) for seed in range(2)])
    middle = np.tile(((scenes.CROP_BOX[:2] + scenes.CROP_BOX[2:]) / 2), (2, 5))
    views = scenes.Views([s for s in read if s.name == "s0"], crops, 96, seed=1, crop_points=middle)

    lessons = torch.cat([views[position][1] for position in range(300)])
    faces = lessons[lessons[:, 14] == scenes.FACE]
    points = faces[:, 4:14].reshape(-1, 5, 2)
    pasted = (points - points[:, :1]).abs().amax((1, 2)) < 1e-3
    centres = (faces[pasted, :2] + faces[pasted, 2:4]) / 2
    assert faces[:, 4:14].isfinite().all() and 10 < pasted.sum() < len(faces)
    assert (points[pasted] - centres[:, None]).abs().max() < 1e-2


class BrightSpot:
    """Stands for a teacher's graph: the anchor nearest to the brightest place is a face of 100 x 120 px whose landmarks lie in a cross around it."""

    inputs = ["images"]
    CROSS = torch.tensor([[-20.0, -10], [20, -10], [0, 0], [-10, 20], [10, 20]])

    def run(self, feeds):
        pictures = feeds["images"].float().mean(1)
        scores, sides, landmarks = [], [], []
        for stride in (8, 16, 32):
            count = pictures.shape[1] // stride
            spot = pictures.flatten(1).argmax(1)
            x, y = spot % pictures.shape[2], spot // pictures.shape[2]
            cells = torch.arange(count * count)
            away = torch.stack([x[:, None] - cells % count * stride, y[:, None] - cells // count * stride], -1).float().repeat_interleave(2, 1)
            bright = pictures.flatten(1).amax(1)[:, None] > 0.5
            scores.append((torch.exp(-away.norm(dim=-1) / 50) * bright / (stride / 8))[..., None])
            sides.append(torch.cat([50 - away[..., :1], 60 - away[..., 1:], 50 + away[..., :1], 60 + away[..., 1:]], -1) / stride)
            landmarks.append(((away[:, :, None] + self.CROSS) / stride).flatten(2))
        return dict(enumerate(scores + sides + landmarks))


def test_a_points_teacher_sees_each_face_at_one_size_and_answers_in_the_pictures_pixels():
    pictures = np.zeros((3, 200, 300, 3), np.uint8)
    boxes = np.array([[100.0, 50, 150, 110], [20, 30, 220, 180], [100, 50, 150, 110]])
    for place, (x, y) in enumerate(((125, 80), (120, 105))):
        pictures[place, y - 2 : y + 2, x - 2 : x + 2] = 255
    found = points.PointsTeacher(BrightSpot(), "digest").points(pictures, boxes)

    for place, scale in ((0, 0.5), (1, 2.0)):
        centre = (boxes[place, :2] + boxes[place, 2:]) / 2
        assert np.abs(found[place].reshape(5, 2) - centre - scale * BrightSpot.CROSS.numpy()).max() < 3 * scale + 1
    assert np.isnan(found[2]).all()


@pytest.mark.parametrize("file", ["fdfacenet.onnx", "retinaface-mbv1-025.onnx"])
def test_a_points_teacher_of_another_kind_is_refused(file):
    with pytest.raises(ValueError, match="is not SCRFD with five landmarks: for a picture of 160 px a side it gives"):
        points.PointsTeacher.read(MODELS / file)


def test_landmarks_of_crops_are_asked_once_and_never_for_masks(crops_folder, tmp_path):
    crops = open_crops(crops_folder, tmp_path)
    teacher = points.PointsTeacher(BrightSpot(), "one")
    made = points.crop_points(crops, teacher, tmp_path)
    assert made.shape == (len(crops.pixels), 10) and np.isnan(made[0]).all() and np.isfinite(made[1:]).any()

    np.save(tmp_path / "points.npy", made * 2)
    assert np.array_equal(points.crop_points(crops, teacher, tmp_path), made * 2, equal_nan=True)
    assert not np.array_equal(points.crop_points(crops, points.PointsTeacher(BrightSpot(), "other"), tmp_path), made * 2, equal_nan=True)


def test_larger_faces_of_scenes_get_the_teachers_landmarks_and_the_rest_stay(scenes_folder):
    read, _ = scenes.read_scenes(scenes_folder, "train")
    bright = read[0].pixels.copy()
    bright[38:42, 43:47] = 255
    lit = [scenes.Scene("lit", "street", bright, read[0].faces), scenes.Scene("dark", "street", bright * 0, read[0].faces)]
    seen, unseen = points.with_points(lit, points.PointsTeacher(BrightSpot(), "digest"))

    assert np.abs(seen.faces[0, 4:14].reshape(5, 2) - [45, 40] - 0.3 * BrightSpot.CROSS.numpy()).max() < 2
    assert np.array_equal(seen.faces[1], read[0].faces[1]) and np.array_equal(unseen.faces, read[0].faces)


def test_a_face_without_landmarks_teaches_its_box_alone():
    torch.manual_seed(1)
    network = DETECTORS["fdretina"](widths=(8, 16, 16, 16), joined=16)
    lesson = torch.full((1, scenes.MAX_FACES, 15), scenes.NOTHING)
    lesson[0, 0, [0, 1, 2, 3, 14]] = torch.tensor([20.0, 18, 50, 52, scenes.FACE])
    lesson[0, 0, 4:14] = float("nan")
    maps = [layer.requires_grad_() for layer in network(torch.zeros(1, 3, SIDE, SIDE))]
    for layer in maps:
        layer.retain_grad()

    loss, figures = Objective(SIDE)(maps, lesson)
    loss.backward()

    assert loss.isfinite() and figures["landmark"] == 0 and figures["box"] > 0
    scores_and_boxes, landmarks = zip(*(layer.grad.split([12, 20], 1) for layer in maps))
    assert all((part == 0).all() for part in landmarks) and any((part != 0).any() for part in scores_and_boxes)


def test_a_run_begins_with_the_weights_of_another(scenes_folder, tmp_path):
    common = ["--scenes", str(scenes_folder), "--samples", "4", "--batch", "2", "--side", "64", "--workers", "0"]
    main([*common, "--run", str(tmp_path / "first")])
    main([*common, "--run", str(tmp_path / "second"), "--begin-with", str(tmp_path / "first" / "checkpoint.pt"), "--muon-rate", "0", "--adam-rate", "0"])

    first, second = (torch.load(tmp_path / run / "checkpoint.pt")["weights"] for run in ("first", "second"))
    same = [key for key in first if first[key].dtype.is_floating_point and "running" not in key]
    assert same and all(torch.equal(first[key], second[key]) for key in same)


def test_a_trained_detector_is_written_and_quantised_on_scenes(scenes_folder, tmp_path):
    run = tmp_path / "run"
    main(["--scenes", str(scenes_folder), "--samples", "4", "--batch", "2", "--side", "64", "--workers", "0", "--run", str(run)])
    export.main(["fdretina", str(run / "checkpoint.pt"), str(tmp_path / "fdretina.onnx")])
    quantise.main([str(tmp_path / "fdretina.onnx"), str(tmp_path / "int8.onnx"), "--scenes", str(scenes_folder), "--pictures", "2", "--keep-float", "last"])

    floating, whole = (onnx.load(str(tmp_path / name)) for name in ("fdretina.onnx", "int8.onnx"))
    feed = {"input": torch.from_numpy(picture(3, SIDE)).permute(2, 0, 1)[None].float() / 128 - 1}
    before, after = OnnxGraph(floating).run(feed), OnnxGraph(whole).run(feed)
    assert list(before) == export.OUTPUTS and list(after) == export.OUTPUTS
    assert [tuple(before[f"landmark_{stride}"].shape) for stride in (8, 16, 32)] == [(1, 20, 8, 8), (1, 20, 4, 4), (1, 20, 2, 2)]
    assert torch.cosine_similarity(before["box_8"].flatten(), after["box_8"].flatten(), 0) > 0.98
    assert whole.ByteSize() < 0.35 * floating.ByteSize()
    heads = [tensor for tensor in whole.graph.initializer if tensor.name.startswith("network.heads") and tensor.name.endswith("weight")]
    assert len(heads) == 3 and all(tensor.data_type == onnx.TensorProto.FLOAT for tensor in heads)


def test_shifted_scores_keep_their_order_and_all_else(tmp_path):
    torch.manual_seed(1)
    network = DETECTORS["retinaface-mbv1-025"]().eval()
    feed = {"input": torch.from_numpy(picture(3, SIDE)).permute(2, 0, 1)[None].float() / 128 - 1}
    plain, shifted = (export_and_run(network, tmp_path / f"{shift}.onnx", feed, shift) for shift in (0.0, -0.405))

    (background, face), (same_background, moved) = ([out["score_8"][0, channel] for channel in (0, 1)] for out in (plain, shifted))
    assert torch.equal(background, same_background) and torch.allclose(moved, face - 0.405, atol=1e-5)
    assert torch.equal(plain["box_8"], shifted["box_8"]) and torch.equal(plain["landmark_32"], shifted["landmark_32"])


def export_and_run(network, path, feed, shift):
    export.export_detector(network, path, shift)
    return OnnxGraph(onnx.load(str(path))).run(feed)


@pytest.mark.parametrize("name", sorted(DETECTORS))
def test_a_checkpoint_of_another_detector_is_refused(name, tmp_path, capsys):
    other = next(iter(set(DETECTORS) - {name}))
    torch.save({"network": other, "weights": {}}, tmp_path / "checkpoint.pt")

    with pytest.raises(SystemExit, match=f"checkpoint of {other}, not of {name}"):
        export.main([name, str(tmp_path / "checkpoint.pt"), str(tmp_path / "out.onnx")])
    assert not (tmp_path / "out.onnx").exists()


def test_a_moved_face_keeps_landmarks_and_box_together():
    face = np.array([[30, 20, 60, 60, 38, 34, 52, 34, 45, 42, 39, 50, 51, 50, scenes.FACE]], np.float32)
    moved = scenes.move(face, np.array([[0, -2.0, 100], [2.0, 0, 10]]))  # a quarter turn, doubled

    assert moved[0, 4:6].tolist() == [100 - 68, 10 + 76]
    assert ((moved[0, 0:2] + moved[0, 2:4]) / 2).tolist() == [100 - 80, 10 + 90]
    assert (moved[0, 2:4] - moved[0, 0:2]).tolist() == [60, 80]


def test_a_scene_much_reduced_keeps_its_labels_on_their_pixels():
    dot = np.zeros((256, 256, 3), np.uint8)
    cv2.circle(dot, (160, 96), 12, (255, 255, 255), -1)
    matrix = np.array([[0.2, 0, 3.0], [0, 0.2, 5.0]])
    source, pair = scenes._reduced(dot, matrix, 0.2)
    small = cv2.warpAffine(source, pair[0], (64, 64), flags=cv2.INTER_LINEAR)[..., 0].astype(float)
    y, x = np.mgrid[:64, :64]

    assert source.shape[0] == 64
    assert (x * small).sum() / small.sum() == pytest.approx(0.2 * 160 + 3, abs=0.3)
    assert (y * small).sum() / small.sum() == pytest.approx(0.2 * 96 + 5, abs=0.3)


def test_precision_is_averaged_over_all_recalls():
    scores, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, True, False])
    assert evaluate.average_precision(scores, right, faces=4) == pytest.approx(0.25 * 1 + 0.25 * 2 / 3)
    assert evaluate.average_precision(np.zeros(0), np.zeros(0, bool), faces=3) == 0


def test_landmarks_are_the_mean_of_the_boxes_that_lie_nearly_where_the_kept_one_does():
    boxes = torch.tensor([[0.0, 0, 60, 60], [12, 0, 72, 60], [20, 0, 80, 60]])  # overlaps with the first: 2/3, 1/2
    landmarks = torch.zeros(3, 5, 2)
    landmarks[1:, :, 0] = torch.tensor([12.0, 1000]).view(2, 1)
    voted = evaluate.voted(landmarks, boxes, torch.tensor([0.9, 0.6, 0.8]), [0])
    assert voted.shape == (1, 5, 2)
    assert torch.allclose(voted[0, :, 0], torch.full((5,), 12 * 0.6 / 1.5)) and not voted[0, :, 1].any()


def test_detections_on_ignored_places_count_neither_way_and_a_second_one_on_a_face_is_wrong():
    face = [10, 10, 30, 30, 15, 16, 25, 16, 20, 20, 16, 25, 24, 25]
    scene = scenes.Scene("a", "street", picture(1), np.array([[*face, scenes.FACE], [50, 50, 60, 60, *([0] * 10), scenes.IGNORED]], np.float32))
    boxes = np.array([[10, 10, 30, 30], [11, 11, 31, 31], [50, 50, 60, 60], [70, 70, 90, 90]], np.float32)
    points = np.repeat(np.array(face[4:], np.float32).reshape(1, 5, 2), 4, 0)
    found = evaluate.Found(boxes, points, np.array([0.9, 0.8, 0.7, 0.6], np.float32))

    verdict = evaluate._match(found, scene.faces)
    assert verdict.owner.tolist() == [0, -1, -1, -1] and verdict.counted.tolist() == [True, True, False, True]
    result = evaluate.compare([found], [scene])
    assert result["ap"] == 100 and result["recall"] == 100 and result["recall_20"] == 100 and result["landmarks"] == 0


def test_a_run_from_the_command_line_resumes_and_refuses_another_networks_checkpoint(scenes_folder, tmp_path):
    run = ["--scenes", str(scenes_folder), "--run", str(tmp_path / "run"), "--side", "64", "--batch", "2", "--workers", "0"]
    main([*run, "--samples", "4"])
    main([*run, "--samples", "8"])
    assert (tmp_path / "run" / "curve.png").stat().st_size > 1000
    assert torch.load(tmp_path / "run" / "checkpoint.pt")["seen"] == 8

    with pytest.raises(SystemExit, match="is a checkpoint of fdretina, not of retinaface-mbv1-025: name another --run folder"):
        main([*run, "--samples", "8", "--network", "retinaface-mbv1-025"])

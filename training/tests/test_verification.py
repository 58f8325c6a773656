import numpy as np
import pytest

from sightline_training.embedder.verification import TEMPLATE, accuracy, similarity_transform


def test_the_transform_undoes_turn_scale_and_shift():
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    landmarks = 1.7 * TEMPLATE @ turn.T + [30, -12]

    found = similarity_transform(landmarks)
    assert landmarks @ found[:, :2].T + found[:, 2] == pytest.approx(TEMPLATE, abs=1e-9)


def test_accuracy_takes_each_folds_threshold_from_the_others():
    same = np.tile([True, False], 50)
    assert accuracy(np.where(same, 0.9, 0.1), same) == 1.0

    # One fold of ten lies another way round: no threshold of the others serves it.
    odd = np.where(same, 0.9, 0.1)
    odd[:10] = np.where(same[:10], 0.1, 0.9)
    assert accuracy(odd, same) == pytest.approx(0.9)

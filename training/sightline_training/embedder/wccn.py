"""Has an embedder's cosines heed what people differ in more than what one person's pictures differ in: `python3 -m sightline_training.embedder.wccn --help`.

Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006, "Within-class covariance normalization for SVM-based speaker recognition"): with W the mean
covariance of a person's unit vectors about their mean, vectors are multiplied by (W + shrinkage · w̄ · I)^−½, w̄ the mean eigenvalue of W. The map goes into the last
fully connected layer: the file keeps its form, size and time. How strong it should be, `--compare` says on people whom it has not seen.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx

from ..export import write
from .agree import turn, vectors
from .crops import open_crops

SHRINKAGE = 20.0
FOLDS = 5
CROPS_A_PERSON = 8  # in pairs that are compared, so that nobody with many counts for all
FALSE_ACCEPT_RATES = (1e-2, 1e-3, 1e-4)


def within_person(unit, people):
    """[s, s]: mean over people of the covariance of their vectors `unit` [n, s] about their mean; `people` [n] says whose each is."""
    _, person, count = np.unique(people, return_inverse=True, return_counts=True)
    means = np.zeros((len(count), unit.shape[1]))
    np.add.at(means, person, unit)
    deviation = unit - (means / count[:, None])[person]
    return deviation.T @ (deviation / count[person][:, None]) / len(count)


def normalising(covariance, shrinkage):
    """The symmetric matrix (covariance + shrinkage · its mean eigenvalue · I)^−½, scaled to leave a direction of mean variance as long as it is."""
    mean = np.trace(covariance) / len(covariance)
    if mean <= 0:
        raise ValueError("no person's vectors differ: at least one person must have two different crops")
    values, axes = np.linalg.eigh(covariance / mean)
    return (axes * np.sqrt((1 + shrinkage) / (np.maximum(values, 0) + shrinkage))) @ axes.T


def compared(unit, people, shrinkages, rng):
    """{shrinkage: [FOLDS, figures]}, all in %: the balanced accuracy and the true-accept rates at `FALSE_ACCEPT_RATES` of pairs of people whom the map was not made from,
    less those without a map."""
    names = rng.permutation(np.unique(people))
    if len(names) < 2 * FOLDS:
        raise ValueError(f"--compare wants {2 * FOLDS} people or more, two in each of {FOLDS} parts; there are {len(names)}")
    gains = {shrinkage: [] for shrinkage in shrinkages}
    for part in np.array_split(names, FOLDS):
        measured = np.isin(people, part)
        covariance = within_person(unit[~measured], people[~measured])
        rows = np.concatenate([rng.permutation(np.flatnonzero(people == name))[:CROPS_A_PERSON] for name in part])
        before = _figures(unit[rows], people[rows])
        for shrinkage, gain in gains.items():
            gain.append(_figures(unit[rows] @ normalising(covariance, shrinkage), people[rows]) - before)
    return {shrinkage: np.array(gain) for shrinkage, gain in gains.items()}


def _figures(vectors, people):
    """[balanced accuracy at its best threshold, true-accept rates …] in %, of all pairs."""
    unit = _unit(vectors)
    first, second = np.triu_indices(len(unit), 1)
    similarity, same = (unit @ unit.T)[first, second], people[first] == people[second]
    own, others = np.sort(similarity[same]), np.sort(similarity[~same])
    refused_others = np.searchsorted(others, own) / len(others)
    balanced = (refused_others + 1 - np.arange(len(own)) / len(own)).max() / 2
    thresholds = [others[-1 - int(len(others) * rate)] for rate in FALSE_ACCEPT_RATES]
    return 100 * np.array([balanced, *((own > threshold).mean() for threshold in thresholds)])


def _print(gains):
    names = ("mean of all", "balanced accuracy", *(f"TAR at FAR {rate:g}" for rate in FALSE_ACCEPT_RATES))
    for shrinkage, gain in gains.items():
        gain = np.column_stack([gain.mean(1), gain])
        shown = zip(names, gain.mean(0), gain.std(0, ddof=1) / FOLDS**0.5)
        print(f"shrinkage {shrinkage:g}: " + ", ".join(f"{name} {mean:+.3f} ± {error:.3f}" for name, mean, error in shown))


def _unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m sightline_training.embedder.wccn", description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="an exported embedder")
    parser.add_argument("file", type=Path, help="to write")
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--shrinkage", type=float, default=SHRINKAGE, help="the larger, the less is changed")
    parser.add_argument("--compare", type=float, nargs="+", default=[], metavar="SHRINKAGE", help="print first what these would gain on people not seen")
    options = parser.parse_args(arguments)
    crops = open_crops(options.faces, options.cache)
    identities = crops.identities()
    rows = np.array([row for row in crops.training_indices() if identities[row] >= 0], np.int64)
    if not len(rows):
        raise ValueError(f"{options.faces}/index.csv names nobody with two or more crops")
    model = onnx.load(str(options.source))
    unit, people = _unit(vectors(model, crops.pixels, rows).astype(np.float64)), identities[rows]
    if options.compare:
        _print(compared(unit, people, options.compare, np.random.default_rng(1)))
    matrix = normalising(within_person(unit, people), options.shrinkage)
    write(turn(model, matrix, np.zeros(len(matrix))), options.file)


if __name__ == "__main__":
    main()

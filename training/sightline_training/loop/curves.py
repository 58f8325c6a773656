"""The curve of a run as a picture: loss and what was measured over samples seen."""

import csv
from pathlib import Path

MEASURED = {
    "lfw_accuracy": "LFW accuracy, ten-fold",
    "lfw_tar_1e3": "true accepts at FAR 1e-3",
    "off_held_out": "off the teacher's landmarks, held-out crops",
    "off_lfw": "off LFW's given landmarks",
}


def read(curve):
    """{figure: ([samples seen], [value])} of a `curve.csv`."""
    series = {}
    with Path(curve).open(newline="") as lines:
        for seen, key, value in csv.reader(lines):
            samples, values = series.setdefault(key, ([], []))
            samples.append(int(seen))
            values.append(float(value))
    return series


def draw(run):
    """Writes `curve.png` beside `curve.csv` and returns its path."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    series = read(Path(run) / "curve.csv")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    for key in ("loss", "pointing", "relations", "arcface"):
        if key in series:
            left.plot(*series[key], label=key, linewidth=1)
    left.set_yscale("log")
    left.set_title("loss on training samples")
    for key, label in MEASURED.items():
        if key in series:
            right.plot(*series[key], label=label, marker=".")
    right.set_title("measured, %")
    for axes in (left, right):
        axes.set_xlabel("samples seen")
        axes.grid(alpha=0.3)
        if axes.get_legend_handles_labels()[0]:
            axes.legend()
    path = Path(run) / "curve.png"
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
    return path

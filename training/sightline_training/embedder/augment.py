"""What a camera does to a face: position, light, colour, blur, low resolution, compression, things in front of it."""

from dataclasses import dataclass

import cv2
import numpy as np

from .crops import SIDE_PX

CENTRE_PX = (SIDE_PX - 1) / 2


@dataclass(frozen=True)
class Change:
    """How much a picture is changed: `place` times what `STRONG` turns, scales and moves it, and how often it is worsened at all."""

    place: float
    worsened: float


# What a network learns most from.
STRONG = Change(place=1.0, worsened=1.0)
# What it meets: landmarks that err by 3 % of the distance between the eyes, and mostly good pictures.
MILD = Change(place=0.5, worsened=0.5)
CHANGES = {"strong": STRONG, "mild": MILD}


def augment(picture, rng, change=STRONG):
    """A changed copy of `picture` ([112, 112, 3] uint8 RGB), decided by `rng` alone."""
    placed = _place(picture, rng, change.place)
    return worsened(placed, rng) if change.worsened == 1 or rng.random() < change.worsened else placed


def worsened(picture, rng):
    """All but its place is changed."""
    out = picture
    if rng.random() < 0.15:
        out = _lower_resolution(out, rng)
    if rng.random() < 0.07:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.5, 1.6))
    if rng.random() < 0.5:
        out = _light(out, rng)
    if rng.random() < 0.08:
        out = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    if rng.random() < 0.10:
        out = _compress(out, rng)
    if rng.random() < 0.12:
        out = _cover(out, rng)
    return out


def _place(picture, rng, amount):
    """Mirrored one time in two; turned up to 8 degrees, scaled up to 8 %, moved up to 3 px, each times `amount`, as landmarks err."""
    mirror = -1.0 if rng.random() < 0.5 else 1.0
    angle = np.deg2rad(amount * np.clip(rng.normal(0, 3), -8, 8))
    scale = 1 + amount * np.clip(rng.normal(0, 0.03), -0.08, 0.08)
    shift = amount * np.clip(rng.normal(0, 1.2, 2), -3, 3)
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    linear = np.array([[cos * mirror, -sin], [sin * mirror, cos]])
    centre = np.array([CENTRE_PX, CENTRE_PX])
    offset = centre + shift - linear @ centre
    matrix = np.column_stack([linear, offset])
    return cv2.warpAffine(picture, matrix, (SIDE_PX, SIDE_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def _lower_resolution(picture, rng):
    side = int(rng.uniform(24, 80))
    small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_LINEAR)


def _light(picture, rng):
    """Contrast, brightness and a tint, as one table per channel."""
    contrast, brightness = rng.uniform(0.7, 1.3), rng.uniform(-28, 28)
    tint = rng.uniform(0.93, 1.07, 3)
    levels = np.arange(256, dtype=np.float32)
    tables = np.stack([(levels - 127.5) * contrast * t + 127.5 + brightness for t in tint], -1)
    return cv2.LUT(picture, np.clip(tables, 0, 255).astype(np.uint8)[None])


def _compress(picture, rng):
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(15, 70))])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def _cover(picture, rng):
    """A box of noise or of one colour over up to a sixth of the picture."""
    width, height = rng.integers(12, 52, 2)
    left, top = rng.integers(0, SIDE_PX - width), rng.integers(0, SIDE_PX - height)
    out = picture.copy()
    out[top : top + height, left : left + width] = rng.integers(0, 256, 3)
    return out

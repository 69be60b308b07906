"""The classical thirds and fifths of a face: lines on its skin and how large each part is on this face.

The thirds run from hairline to brows, nose base and chin, by height; the fifths from cheek to cheek at the corners of
the eyes, by width (FARKAS). They are a scheme for comparing, no ideal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.geometry.figure import Floats
from app.geometry.measure import Scene
from app.geometry.surface import Binding

_HEIGHTS = ("tr", "g", "sn", "gn")
_WIDTHS = ("zy", "ex", "en")
_STEP_MM = 1.5
_FRONT_MM = 300.0  # where rays towards the face start
_HOLE_MM = 9.0  # a step in depth larger than this is an opening or the edge of an ear


@dataclass(frozen=True)
class Part:
    """One third or fifth.

    Attributes:
        name: "upper third", "fifth".
        size_mm: how high or wide it is.
        share: of the whole height or width.
        middle: where its name belongs.

    """

    name: str
    size_mm: float
    share: float
    middle: Binding


@dataclass(frozen=True)
class Proportions:
    """Lines between the parts, each a piece of the skin without a gap, and the parts."""

    lines: tuple[Binding, ...]
    thirds: tuple[Part, ...]
    fifths: tuple[Part, ...]


def proportions(scene: Scene) -> Proportions:
    """Return thirds and fifths of the neutral face that a scene stands for.

    Raises:
        MissingLandmark: a landmark has no place on the figure.

    """
    heights = [float(scene.body.landmark(name)[1]) for name in _HEIGHTS]
    left = [float(scene.body.landmark(name)[0]) for name in _WIDTHS]
    widths = [*left, *(-x for x in reversed(left))]
    lines: list[Binding] = []
    for y in heights:
        across = np.arange(-left[0], left[0] + _STEP_MM, _STEP_MM)
        lines += _pieces(scene, np.stack([across, np.full(len(across), y)], axis=1))
    for x in widths:
        down = np.arange(heights[-1], heights[0] + _STEP_MM, _STEP_MM)
        lines += _pieces(scene, np.stack([np.full(len(down), x), down], axis=1))
    thirds = _parts(scene, ("upper third", "middle third", "lower third"), heights, lambda y: (left[0] * 0.62, y))
    top = heights[0] * 0.85 + heights[1] * 0.15
    fifths = _parts(scene, ("fifth",) * 5, widths, lambda x: (x, top))
    return Proportions(tuple(lines), thirds, fifths)


def _parts(
    scene: Scene, names: tuple[str, ...], edges: list[float], place: Callable[[float], tuple[float, float]]
) -> tuple[Part, ...]:
    whole = abs(edges[-1] - edges[0])
    found = []
    for name, (one, other) in zip(names, pairwise(edges), strict=True):
        size = abs(other - one)
        x, y = place((one + other) / 2)
        found.append(Part(name, size, size / whole, _seen(scene, x, y)))
    return tuple(found)


def _seen(scene: Scene, x: float, y: float) -> Binding:
    surface = scene.body.skin.surface
    hit = surface.ray(np.array([x, y, _FRONT_MM]), np.array([0.0, 0.0, -1.0]))
    return surface.nearest(np.array([[x, y, 60.0]]) if hit is None else hit.position[None])


def _pieces(scene: Scene, places: Floats) -> list[Binding]:
    """Return the parts of a line, seen from in front, that lie on the skin."""
    surface = scene.body.skin.surface
    pieces: list[list[Floats]] = [[]]
    for x, y in places:
        hit = surface.ray(np.array([x, y, _FRONT_MM]), np.array([0.0, 0.0, -1.0]))
        last = pieces[-1][-1] if pieces[-1] else None
        if hit is None or hit.position[2] < 0:
            pieces.append([])
        elif last is not None and abs(hit.position[2] - last[2]) > _HOLE_MM:
            pieces.append([hit.position])
        else:
            pieces[-1].append(hit.position)
    return [surface.nearest(np.array(piece)) for piece in pieces if len(piece) > 2]

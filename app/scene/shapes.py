"""The outlines of marker shapes, and how far a pixel lies inside them."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from app.geometry.figure import Floats


def _regular(corners: int, turn: float = 0.0, radius: float = 1.0) -> Floats:
    angles = np.pi / 2 + np.radians(turn) + 2 * np.pi * np.arange(corners) / corners
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _star() -> Floats:
    corners = 1.12 * _regular(10)
    corners[1::2] *= 0.52
    return corners


def _cross(turn: float) -> Floats:
    arm, width = 1.0, 0.38
    corner = np.array([[width, width], [width, arm], [-width, arm]])
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    corners = np.concatenate([corner @ np.linalg.matrix_power(quarter, count).T for count in range(4)])
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    turned: Floats = corners @ np.array([[cos, sin], [-sin, cos]])
    return turned


def _drop() -> Floats:
    # The round belly, from right to left below, and the tip.
    angles = np.radians(np.linspace(30, -210, 28))
    belly = np.stack([0.72 * np.cos(angles), 0.72 * np.sin(angles) - 0.3], axis=1)
    return np.concatenate([[[0.0, 1.08]], belly])


def _heart() -> Floats:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([x / 16, (y + 2.5) / 16], axis=1) * 1.02


_OUTLINES: Mapping[str, Callable[[], Floats]] = {
    "triangle": lambda: _regular(3, radius=1.16) - [0, 0.14],
    "square": lambda: _regular(4, 45, 1.18),
    "diamond": lambda: _regular(4, radius=1.1),
    "pentagon": lambda: _regular(5, radius=1.06),
    "hexagon": lambda: _regular(6, radius=1.04),
    "star": _star,
    "plus": lambda: _cross(0),
    "cross": lambda: _cross(45) * 1.02,
    "drop": _drop,
    "heart": _heart,
}

SHAPES: tuple[str, ...] = ("disc", *_OUTLINES, "ring")
"""Names a marker's shape may have; all read without their colour."""


@lru_cache(maxsize=64)
def inside(shape: str, size: int, reach: float) -> Floats:
    """Return (size, size) how far each pixel's centre lies inside a shape's outline, row 0 at the bottom.

    The square of pixels reaches from -reach to +reach; shapes are about 1 from middle to edge; outside is negative.

    Raises:
        KeyError: there is no such shape.

    """
    middle = (np.arange(size) + 0.5) / size * 2 * reach - reach
    x, y = np.meshgrid(middle, middle)
    if shape in ("disc", "ring"):
        depth: Floats = 1 - np.hypot(x, y)
        return depth
    return _inside_polygon(_OUTLINES[shape](), x, y)


def _inside_polygon(corners: Floats, x: Floats, y: Floats) -> Floats:
    distance = np.full(x.shape, np.inf)
    within = np.zeros(x.shape, bool)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = np.clip(
            ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2), 0, 1
        )
        distance = np.minimum(distance, np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
        if ay != by:
            crossed = (ay > y) != (by > y)
            within ^= crossed & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return np.where(within, distance, -distance)

"""Eyeballs and eyelashes: geometry and colours, from the figure's pose."""

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Figure, Floats, Ints, Pose

IRIS_RADIUS, PUPIL_RADIUS = (
    6.2,
    2.5,
)  # mm, on the figure's own slightly large eyeball; the adult iris is about 6 mm
SCLERA = np.array([0.93, 0.91, 0.89])
IRIS_INNER, IRIS_OUTER, LIMBUS = (
    np.array([0.46, 0.33, 0.20]),
    np.array([0.31, 0.21, 0.13]),
    np.array([0.12, 0.09, 0.07]),
)
LASH_COLOR = (0.13, 0.09, 0.07)
_RINGS, _SPOKES = 56, 72


def unit_eyeball() -> tuple[Floats, Ints]:
    """Return vertices (v, 3) of a unit sphere whose rings crowd toward +z, the gaze, and its triangles (t, 3)."""
    angle = np.pi * np.linspace(0, 1, _RINGS) ** 1.7
    turn = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False)
    ring = np.sin(angle)[:, None]
    vertices = np.stack(
        [
            ring * np.cos(turn),
            ring * np.sin(turn),
            np.broadcast_to(np.cos(angle)[:, None], (_RINGS, _SPOKES)),
        ],
        -1,
    ).reshape(-1, 3)
    row, column = np.mgrid[0 : _RINGS - 1, 0:_SPOKES]
    a = row * _SPOKES + column
    b = row * _SPOKES + (column + 1) % _SPOKES
    c, d = a + _SPOKES, b + _SPOKES
    triangles = np.concatenate(
        [np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)]
    )
    return vertices, triangles


def eyeball_colours(vertices: Floats, radius: float) -> npt.NDArray[np.uint8]:
    """Return (v, 3) colours of a unit eyeball drawn at a radius in mm: pupil, iris with its rays, limbus, sclera."""
    across = np.hypot(vertices[:, 0], vertices[:, 1]) * radius
    turn = np.arctan2(vertices[:, 1], vertices[:, 0])
    rays = 1 + 0.10 * np.sin(turn * 36) * np.sin(turn * 23 + 1.3) + 0.06 * np.sin(turn * 61)
    share = np.clip((across - PUPIL_RADIUS) / (IRIS_RADIUS - PUPIL_RADIUS), 0, 1)[:, None]
    iris = (IRIS_INNER * (1 - share) + IRIS_OUTER * share) * rays[:, None]

    def step(at: float, width: float) -> Floats:
        edge = np.clip((across - at) / width + 0.5, 0, 1)[:, None]
        smooth: Floats = edge * edge * (3 - 2 * edge)
        return smooth

    colour = np.full_like(iris, 0.015)
    colour += (iris - colour) * step(PUPIL_RADIUS, 0.35)
    colour += (LIMBUS - colour) * step(IRIS_RADIUS - 0.45, 1.0) * 0.85
    redness = np.clip((across - IRIS_RADIUS) / radius, 0, 1)[:, None]
    sclera = SCLERA - redness * np.array([0.02, 0.14, 0.14])
    colour += (sclera - colour) * step(IRIS_RADIUS + 0.2, 0.9)
    # The lids lay a soft shadow on the upper part of the ball.
    shade = np.clip(vertices[:, 1] * 1.9 - 0.12, 0, 0.5)[:, None]
    colour *= 1 - shade * 0.8
    colour[vertices[:, 2] < 0] = SCLERA * 0.8
    painted: npt.NDArray[np.uint8] = np.round(np.clip(colour, 0, 1) * 255).astype(np.uint8)
    return painted


class Lashes:
    """Eyelashes as fine lines that grow from the lids' edges and follow them in every pose.

    Lines and not ribbons: a ribbon thinner than a pixel breaks into dots.

    Attributes:
        lines: (n, 4) vertex indices from root to tip of each lash.

    """

    def __init__(self, figure: Figure) -> None:
        self._roots = figure.lash_roots
        self.lines: Ints = np.arange(4 * len(self._roots.share)).reshape(-1, 4)

    def vertices(self, pose: Pose) -> Floats:
        """Return (4 n, 3) the places along every lash, mm."""
        roots = self._roots
        ends, beyond = pose.vertices[roots.margin], pose.vertices[roots.skin]
        share = roots.share[:, None]
        root = ends[:, 0] * (1 - share) + ends[:, 1] * share
        up = _unit(beyond - ends[:, 0])
        tangent = _unit(ends[:, 1] - ends[:, 0])
        centres = np.array([eye.centre for eye in pose.eyes])[roots.eye]
        start = _unit(_unit(root - centres) * 0.80 - up * 0.40 + tangent * (roots.along * 0.5)[:, None])
        length = roots.length[:, None]
        places = [root + length * (station * start + 0.70 * station**2 * up) for station in (0, 0.35, 0.7, 1)]
        lashes: Floats = np.stack(places, axis=1).reshape(-1, 3)
        return lashes


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit

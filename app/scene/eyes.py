"""Eyeballs: geometry and colours."""

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Floats, Ints

IRIS_RADIUS, PUPIL_RADIUS = (
    6.2,
    2.5,
)  # mm, on the figure's own slightly large eyeball; the adult iris is about 6 mm
CORNEA_RADIUS, LIMBUS_RADIUS = 5.2, 6.6
"""Curvature of the drawn cornea and where it ends, mm; bent more than in life (7.8), so that the key light, high above
the viewer, is caught below the lid."""
CORNEA_MM = 0.7
"""How far the cornea stands out, mm: less than in life (about 2.5), so that the lids pass over it."""
GAZE = -4.0
"""Degrees above the horizon to which the eyes look: the lids stand as low as in one who looks down a little."""
SCLERA = np.array([0.915, 0.875, 0.835])
IRIS_INNER, IRIS_OUTER, LIMBUS = (
    np.array([0.46, 0.33, 0.20]),
    np.array([0.31, 0.21, 0.13]),
    np.array([0.12, 0.09, 0.07]),
)
_RINGS, _SPOKES = 48, 128


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


def lowered(vectors: Floats) -> Floats:
    """Return vectors (v, 3) of an eyeball turned down to where it looks."""
    cos, sin = np.cos(np.radians(GAZE)), np.sin(np.radians(GAZE))
    turned: Floats = vectors @ np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])
    return turned


def eyeball(vertices: Floats, radius: float) -> Floats:
    """Return (v, 3) a unit eyeball (v, 3) at a radius in mm, its cornea standing out a little."""
    across = np.hypot(vertices[:, 0], vertices[:, 1]) * radius
    inside = np.clip(1 - (across / LIMBUS_RADIUS) ** 2, 0, 1) * (vertices[:, 2] > 0)
    stands: Floats = vertices * (radius + CORNEA_MM * inside * (2 - inside))[:, None]
    return stands


def cornea_normals(vertices: Floats, radius: float) -> Floats:
    """Return (v, 3) normals of a unit eyeball (v, 3) drawn at a radius in mm, its cornea bent more than the ball.

    So it gathers the lights within the iris, where a living eye has them.
    """
    across = np.hypot(vertices[:, 0], vertices[:, 1])
    on_cornea = (vertices[:, 2] > 0) & (across * radius < LIMBUS_RADIUS)
    share = np.clip((LIMBUS_RADIUS - across * radius) / 1.5, 0, 1)
    bent = np.minimum(across * (1 + (radius / CORNEA_RADIUS - 1) * share), 0.999)
    sideways = vertices[:, :2] * (bent / np.maximum(across, 1e-9))[:, None]
    cornea = np.c_[sideways, np.sqrt(1 - bent**2)]
    normals: Floats = np.where(on_cornea[:, None], cornea, vertices)
    return normals


def eyeball_colours(vertices: Floats, radius: float) -> npt.NDArray[np.uint8]:
    """Return (v, 3) colours of a unit eyeball drawn at a radius in mm: pupil, iris with its rays, limbus, sclera."""
    across = np.hypot(vertices[:, 0], vertices[:, 1]) * radius
    turn = np.arctan2(vertices[:, 1], vertices[:, 0])
    rays = 1 + 0.22 * np.sin(turn * 31) * np.sin(turn * 17 + 1.3) + 0.10 * np.sin(turn * 47 + 0.6)
    share = np.clip((across - PUPIL_RADIUS) / (IRIS_RADIUS - PUPIL_RADIUS), 0, 1)[:, None]
    # The collarette: the paler ring around the pupil, where the rays begin.
    collarette = 0.28 * np.exp(-(((share - 0.22) / 0.16) ** 2))
    iris = (IRIS_INNER * (1 - share) + IRIS_OUTER * share) * (rays[:, None] + collarette)

    def step(at: float, width: float) -> Floats:
        edge = np.clip((across - at) / width + 0.5, 0, 1)[:, None]
        smooth: Floats = edge * edge * (3 - 2 * edge)
        return smooth

    colour = np.full_like(iris, 0.015)
    colour += (iris - colour) * step(PUPIL_RADIUS, 0.35)
    colour += (LIMBUS - colour) * step(IRIS_RADIUS - 0.45, 1.0) * 0.85
    redness = np.clip((across - IRIS_RADIUS) / (0.5 * radius), 0, 1)[:, None]
    sclera = SCLERA - redness * np.array([0.04, 0.24, 0.24])
    colour += (sclera - colour) * step(IRIS_RADIUS + 0.2, 0.9)
    # The lids lay a soft shadow on the upper part of the ball.
    shade = np.clip(vertices[:, 1] * 1.9 - 0.12, 0, 0.5)[:, None]
    colour *= 1 - shade * 0.8
    colour[vertices[:, 2] < 0] = SCLERA * 0.8
    painted: npt.NDArray[np.uint8] = np.round(np.clip(colour, 0, 1) * 255).astype(np.uint8)
    return painted

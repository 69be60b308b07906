"""Eyeballs and eyelashes: geometry and colours, from the figure's pose."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Figure, Floats, Ints, Pose
from app.geometry.surface import vertex_normals

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
        left = [_lid(figure, upper) for upper in (True, False)]
        lids = left + [lid.mirrored(figure.full.mirror) for lid in left]
        self._margin = np.concatenate([lid.margin for lid in lids])
        self._skin = np.concatenate([lid.skin for lid in lids])
        self._share, self._along, self._length = (
            np.concatenate([getattr(lid, name) for lid in lids]) for name in ("share", "along", "length")
        )
        self._eye = np.concatenate([np.full(len(lid.share), lid.eye) for lid in lids])
        self.lines: Ints = np.arange(4 * len(self._share)).reshape(-1, 4)

    def vertices(self, pose: Pose) -> Floats:
        """Return (4 n, 3) the places along every lash, mm."""
        ends, beyond = pose.vertices[self._margin], pose.vertices[self._skin]
        share = self._share[:, None]
        root = ends[:, 0] * (1 - share) + ends[:, 1] * share
        up = _unit(beyond - ends[:, 0])
        tangent = _unit(ends[:, 1] - ends[:, 0])
        centres = np.array([eye.centre for eye in pose.eyes])[self._eye]
        start = _unit(_unit(root - centres) * 0.80 - up * 0.40 + tangent * (self._along * 0.5)[:, None])
        length = self._length[:, None]
        places = [root + length * (station * start + 0.70 * station**2 * up) for station in (0, 0.35, 0.7, 1)]
        lashes: Floats = np.stack(places, axis=1).reshape(-1, 3)
        return lashes


@dataclass(frozen=True)
class _Lid:
    """Where the lashes of one lid grow: vertices of the full level and what lies between them.

    Attributes:
        margin: (n, 2) neighbouring vertices of the margin; share (n,) of the way from one to the other.
        skin: (n,) a vertex of the lid a little beyond the first of them.
        along: (n,) -1 at one corner of the eye to 1 at the other.
        length: (n,) mm.
        eye: 0 left, 1 right.

    """

    margin: Ints
    skin: Ints
    share: Floats
    along: Floats
    length: Floats
    eye: int

    def mirrored(self, mirror: Ints) -> "_Lid":
        """Return the same lid of the right eye."""
        return replace(self, margin=mirror[self.margin], skin=mirror[self.skin], eye=1)


def _lid(figure: Figure, upper: bool) -> _Lid:
    """Find the edge of a left lid, where skin turns from facing the eyeball to facing out, and spread lashes on it."""
    vertices, triangles = figure.neutral.vertices, figure.full.triangles
    centre = figure.neutral.eyes[0].centre
    head = triangles[figure.region("head")]
    head = head[np.linalg.norm(vertices[head[:, 0]] - centre, axis=1) < 40]
    rings = _rings(head, np.intersect1d(head, triangles[figure.region("eye_socket_left")]), 20)
    near = np.flatnonzero(rings > 0)
    out = _unit(vertices[near] - centre)
    facing = (vertex_normals(head, vertices)[near] * out).sum(axis=1)
    edge = near[(facing > 0) & (facing < 0.4)]
    low, high = edge[np.argmin(vertices[edge, 0])], edge[np.argmax(vertices[edge, 0])]
    line = (vertices[high, 1] - vertices[low, 1]) / (vertices[high, 0] - vertices[low, 0])
    above = vertices[edge, 1] - (vertices[low, 1] + line * (vertices[edge, 0] - vertices[low, 0]))
    edge = edge[above > 0.4 if upper else above < -0.4]
    # The innermost vertex of the edge in each of many slices across the lid.
    bins = np.linspace(vertices[edge, 0].min(), vertices[edge, 0].max(), 22)
    slices = np.digitize(vertices[edge, 0], bins)
    chosen = np.array([edge[slices == n][np.argmin(rings[edge[slices == n]])] for n in np.unique(slices)])
    chosen = chosen[np.argsort(vertices[chosen, 0])]
    beyond = np.empty(len(chosen), np.int64)
    for row, vertex in enumerate(chosen):
        farther = np.flatnonzero(rings >= min(rings[vertex] + 3, rings.max()))
        beyond[row] = farther[np.argmin(np.linalg.norm(vertices[farther] - vertices[vertex], axis=1))]
    path = np.r_[0, np.cumsum(np.linalg.norm(np.diff(vertices[chosen], axis=0), axis=1))]
    count = 64 if upper else 40
    random = np.random.default_rng(7)
    place = (np.linspace(0.14, 0.95, count) + random.normal(0, 0.004, count)) * path[-1]
    piece = np.clip(np.searchsorted(path, place) - 1, 0, len(path) - 2)
    share = (place - path[piece]) / (path[piece + 1] - path[piece])
    along = 2 * place / path[-1] - 1
    length = (4.3 if upper else 2.0) * np.interp(along, [-1, -0.4, 0.5, 1], [0.45, 0.85, 1.1, 0.9])
    length *= random.uniform(0.85, 1.1, count)
    ends = np.stack([chosen[piece], chosen[piece + 1]], axis=1)
    return _Lid(ends, beyond[piece], share, along, length, eye=0)


def _rings(triangles: Ints, start: Ints, count: int) -> Ints:
    """Return, per vertex, how many edges it lies from the start along the triangles; -1 beyond count."""
    rings = np.full(int(triangles.max()) + 1, -1, np.int64)
    rings[start] = 0
    front = start
    for ring in range(1, count + 1):
        around = triangles[np.isin(triangles, front).any(axis=1)]
        front = np.unique(around[rings[around] < 0])
        rings[front] = ring
    return rings


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit

"""Plant the eyelashes: find the lids' edges on the neutral adult and spread roots on them."""

from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Figure, LashRoots
from app.geometry.surface import vertex_normals

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def plant_lashes(figure: Figure) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of `figure.npz` that say where the lashes of both eyes grow."""
    mirror = figure.full.mirror
    left = [_lid(figure, upper) for upper in (True, False)]
    right = [replace(lid, margin=mirror[lid.margin], lid=lid.lid + 2) for lid in left]
    types = {"margin": np.uint32, "lid": np.uint8}
    return {
        f"lash_{field.name}": np.concatenate([getattr(lid, field.name) for lid in left + right]).astype(
            types.get(field.name, np.float32)
        )
        for field in fields(LashRoots)
    }


def _lid(figure: Figure, upper: bool) -> LashRoots:
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
    # The mesh is not cut along the edge: of each slice, take what lies nearest to a smooth line through those.
    x, rest = vertices[chosen, 0] - centre[0], vertices[chosen, 1:]
    smooth = np.polynomial.polynomial.polyfit(x, rest, 5)
    along = np.polynomial.polynomial.polyval(vertices[edge, 0] - centre[0], smooth).T
    off = np.linalg.norm(vertices[edge, 1:] - along, axis=1)
    chosen = np.array([edge[slices == n][np.argmin(off[slices == n])] for n in np.unique(slices)])
    chosen = chosen[np.argsort(vertices[chosen, 0])]
    path = np.r_[0, np.cumsum(np.linalg.norm(np.diff(vertices[chosen], axis=0), axis=1))]
    count = 100 if upper else 56
    random = np.random.default_rng(7)
    first, last = (0.20, 0.96) if upper else (0.26, 0.96)
    place = (np.linspace(first, last, count) + random.normal(0, 0.005, count)).clip(first, last) * path[-1]
    place.sort()
    piece = np.clip(np.searchsorted(path, place) - 1, 0, len(path) - 2)
    share = (place - path[piece]) / (path[piece + 1] - path[piece])
    along = 2 * place / path[-1] - 1
    length = (6.4 if upper else 3.4) * np.interp(along, [-1, -0.5, 0.45, 1], [0.25, 0.62, 1.08, 0.85])
    length *= random.uniform(0.72, 1.08, count)
    # Tips gather in small tufts, as lashes do.
    tuft = np.arange(count) // 4
    middle = np.array([place[tuft == one].mean() for one in range(tuft[-1] + 1)])[tuft]
    lean = 0.55 * along + 0.5 * (middle - place) / length + random.normal(0, 0.05, count)
    curl = (0.50 if upper else 0.42) + random.normal(0, 0.07, count)
    ends = np.stack([chosen[piece], chosen[piece + 1]], axis=1)
    return LashRoots(ends, share, lean, curl, length, np.full(count, 0 if upper else 1))


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

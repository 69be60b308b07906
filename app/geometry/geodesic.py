"""Lengths along the skin, as a tape laid on it measures them: where a plane cuts the surface."""

from functools import cached_property

import numpy as np

from app.geometry.figure import Figure, Floats, Ints
from app.geometry.sites import bindable
from app.geometry.surface import Surface

NUDGE = 1e-7
"""Vertices in the cutting plane are taken to lie this far (mm) on its near side, so that each cut is simple."""


class Skin:
    """The touchable skin of one pose, asked for places, normals and lengths.

    Attributes:
        surface: nearest places and normals of the whole touchable skin.

    """

    def __init__(self, figure: Figure, vertices: Floats) -> None:
        """Prepare the full level with vertices (v, 3)."""
        self.surface = Surface(figure.full.triangles, vertices, bindable(figure))
        self._vertices = vertices
        skin = np.flatnonzero(bindable(figure))
        parents = figure.full.parents[skin]
        order = np.argsort(parents, kind="stable")
        self._triangles: Ints = figure.full.triangles[skin[order]]
        # Triangles of one control triangle lie together: a patch, kept or left out as a whole when a plane cuts.
        self._starts: Ints = np.flatnonzero(np.diff(parents[order], prepend=-1))
        self._sizes: Ints = np.diff(np.append(self._starts, len(skin)))

    @cached_property
    def _patches(self) -> tuple[Floats, Floats]:
        """Middles (p, 3) and radii (p,) of balls around the patches."""
        corners = self._vertices[self._triangles].reshape(-1, 9)
        low = np.minimum.reduceat(corners, self._starts).reshape(-1, 3, 3).min(axis=1)
        high = np.maximum.reduceat(corners, self._starts).reshape(-1, 3, 3).max(axis=1)
        return (low + high) / 2, np.linalg.norm(high - low, axis=1) / 2

    def normals(self, positions: Floats) -> Floats:
        """Return (n, 3) outward normals of the skin nearest to positions (n, 3)."""
        return self.surface.normals(self.surface.nearest(positions))

    def normal(self, position: Floats) -> Floats:
        """Return (3,) the outward normal of the skin nearest to a position (3,)."""
        one: Floats = self.normals(position[None])[0]
        return one

    def nearest(self, position: Floats) -> Floats:
        """Return (3,) the place of the skin nearest to a position (3,)."""
        bound = self.surface.nearest(position[None])
        one: Floats = bound.positions(self.surface.triangles, self._vertices)[0]
        return one

    def arms(self, start: Floats, normal: Floats, reach: float = 400.0) -> list[Floats]:
        """Return the two ways along the skin from `start` (3,) in the plane through it with a unit `normal` (3,).

        Each is (n, 3) and begins at the place of the cut nearest to `start`; one that closes ends where it began.
        Only skin within `reach` mm of the start is looked at.
        """
        ends, keys = self._cut(start, normal, reach)
        if not len(ends):
            return []
        along = ends[:, 1] - ends[:, 0]
        share = np.clip(((start - ends[:, 0]) * along).sum(1) / np.maximum((along**2).sum(1), 1e-30), 0, 1)
        places = ends[:, 0] + share[:, None] * along
        first = int(((places - start) ** 2).sum(1).argmin())
        neighbours: dict[int, list[tuple[int, int]]] = {}
        for row, (one, other) in enumerate(keys.tolist()):
            neighbours.setdefault(one, []).append((row, 0))
            neighbours.setdefault(other, []).append((row, 1))
        return [self._walk(first, side, places[first], ends, keys, neighbours) for side in (0, 1)]

    def tape(self, start: Floats, end: Floats, normal: Floats | None = None) -> Floats:
        """Return (n, 3) the way along the skin from start (3,) to end (3,), the shorter where there are two.

        It lies in the plane through both that stands on the skin between them, or in the one through `start` with
        the given unit normal. Where the cut does not lead there (a hole between), it is the straight line.
        """
        if normal is None:
            across = np.cross(end - start, self.normals(np.stack([start, end])).sum(axis=0))
            size = np.linalg.norm(across)
            if size < 1e-6:
                return np.stack([start, end])
            normal = across / size
        reach = 2.5 * float(np.linalg.norm(end - start)) + 20.0
        ways = [way for arm in self.arms(start, normal, reach) if (way := _cut_at(arm, end)) is not None]
        if not ways:
            return np.stack([start, end])
        return min(ways, key=length)

    def to_midline(self, start: Floats, normal: Floats, towards: Floats | None = None) -> Floats:
        """Return (n, 3) the way in a plane from start (3,) to x = 0: the shorter, or that leading `towards` (3,)."""
        ways = [_to_plane(arm) for arm in self.arms(start, normal)]
        found = [way for way in ways if way is not None]
        if not found:
            return np.stack([start, start * [0, 1, 1]])
        if towards is not None:
            return max(found, key=lambda way: float((way[-1] - start) @ towards))
        return min(found, key=length)

    def _cut(self, start: Floats, normal: Floats, reach: float) -> tuple[Floats, Ints]:
        """Return the segments (s, 2, 3) in which the plane cuts the skin near `start`, and their ends' edges (s, 2)."""
        middles, radii = self._patches
        away = middles - start
        patches = np.flatnonzero(
            (np.abs(away @ normal) <= radii) & ((away * away).sum(1) < (reach + radii) ** 2)
        )
        sizes = self._sizes[patches]
        before = np.repeat(np.cumsum(sizes) - sizes, sizes)
        near = np.repeat(self._starts[patches], sizes) + np.arange(sizes.sum()) - before
        triangles = self._triangles[near]
        heights = (self._vertices[triangles] - start) @ normal
        heights = np.where(np.abs(heights) < NUDGE, -NUDGE, heights)
        above = heights > 0
        count = above.sum(axis=1)
        cut = (count == 1) | (count == 2)
        triangles, heights, above, count = triangles[cut], heights[cut], above[cut], count[cut]
        alone = np.where(count == 1, above.argmax(axis=1), (~above).argmax(axis=1))
        rows = np.arange(len(triangles))
        order = np.stack([alone, (alone + 1) % 3, (alone + 2) % 3], axis=1)
        corner = np.take_along_axis(triangles, order, axis=1)
        height = np.take_along_axis(heights, order, axis=1)
        share = height[:, :1] / (height[:, :1] - height[:, 1:])
        peak = self._vertices[corner[:, 0]][:, None]
        ends: Floats = peak + share[:, :, None] * (self._vertices[corner[:, 1:]] - peak)
        low = np.minimum(corner[:, :1], corner[:, 1:])
        high = np.maximum(corner[:, :1], corner[:, 1:])
        keys: Ints = low * len(self._vertices) + high
        return ends[rows], keys

    @staticmethod
    def _walk(
        first: int,
        side: int,
        start: Floats,
        ends: Floats,
        keys: Ints,
        neighbours: dict[int, list[tuple[int, int]]],
    ) -> Floats:
        """Follow the segments from the first, through its end `side`, until they stop or come round."""
        way, row, out = [start], first, side
        while True:
            way.append(ends[row, out])
            onward = [one for one in neighbours[int(keys[row, out])] if one[0] != row]
            if not onward:
                break
            row, entered = onward[0]
            out = 1 - entered
            if row == first:
                way.append(start)
                break
        return np.array(way)


def length(way: Floats) -> float:
    """Return the length in mm of a polyline (n, 3)."""
    return float(np.linalg.norm(np.diff(way, axis=0), axis=1).sum())


def _cut_at(way: Floats, end: Floats) -> Floats | None:
    """Return the way up to its place nearest to `end`; None where it passes more than 1 mm by."""
    along = np.diff(way, axis=0)
    share = np.clip(((end - way[:-1]) * along).sum(1) / np.maximum((along**2).sum(1), 1e-30), 0, 1)
    places = way[:-1] + share[:, None] * along
    distances = ((places - end) ** 2).sum(1)
    last = int(distances.argmin())
    if distances[last] > 1.0:
        return None
    return np.concatenate([way[: last + 1], places[last : last + 1]])


def _to_plane(way: Floats) -> Floats | None:
    """Return the way up to where it first meets x = 0; None where it never does."""
    side = way[:, 0] * (1 if way[0, 0] >= 0 else -1)
    beyond = np.flatnonzero(side <= 0)
    if not len(beyond):
        return None
    last = int(beyond[0])
    if last == 0:
        return way[:1].repeat(2, axis=0)
    share = side[last - 1] / (side[last - 1] - side[last])
    return np.concatenate([way[:last], [way[last - 1] + share * (way[last] - way[last - 1])]])

"""Areas on the skin: a band along a line, or what a closed line surrounds. How far inside a place lies."""

from dataclasses import dataclass

import numpy as np

from app.domain.anatomy import CautionZone, Muscle
from app.geometry.figure import Figure, Floats, Ints
from app.geometry.measure import Scene
from app.geometry.paths import course, part_of
from app.geometry.sites import bindable

_AXIS_Z = -10.0  # of the upright axis around which the head is unrolled
_OTHER_SKIN = 0.1  # cosine between normals below which skin is another sheet: behind an ear, inside a lip


@dataclass(frozen=True)
class Band:
    """An area on the left side, in mm on the neutral figure.

    Attributes:
        way: (n, 3) its middle line, or the border of what it encloses.
        half_width: how far it reaches to either side of its middle line; 0 for an enclosed area.

    """

    way: Floats
    half_width: float

    def depths(self, positions: Floats) -> Floats:
        """Return (n,) how far inside places (n, 3) lie, mm; negative outside."""
        gaps = distances(self.way, positions)
        if self.half_width:
            return self.half_width - gaps
        inside = _within(_unrolled(self.way), _unrolled(positions))
        depths: Floats = np.where(inside, gaps, -gaps)
        return depths


def zone_band(scene: Scene, zone: CautionZone) -> Band:
    """Return the area of a caution zone on the left side.

    Raises:
        RuleProblem, MissingLandmark: its path names what has no place.

    """
    encloses = zone.shape == "polygon" or not zone.half_width_mm
    way = course(scene, zone.path, closed=encloses)
    if zone.middle_fraction:
        way = part_of(way, *zone.middle_fraction)
    return Band(way, 0.0 if encloses else zone.half_width_mm)


def muscle_band(scene: Scene, muscle: Muscle) -> Band:
    """Return the area of a muscle on the left side.

    Raises:
        RuleProblem, MissingLandmark: its path names what has no place.

    """
    if muscle.outline:
        return Band(course(scene, muscle.outline, closed=True), 0.0)
    return Band(course(scene, muscle.path, closed=muscle.ring), muscle.half_width_mm or DEFAULT_HALF_WIDTH_MM)


DEFAULT_HALF_WIDTH_MM = 4.0
"""Of a muscle whose width no file tells."""


def distances(way: Floats, positions: Floats) -> Floats:
    """Return (n,) mm from places (n, 3) to a line (m, 3) or, if it is one place, to that."""
    if len(way) == 1:
        one: Floats = np.linalg.norm(positions - way[0], axis=1)
        return one
    from scipy.spatial import cKDTree  # the window opens before it is needed

    # The vertices of a line lie close together: the nearest one tells which two segments can be nearest.
    _, row = cKDTree(way).query(positions)
    best = np.full(len(positions), np.inf)
    for first in (np.maximum(row - 1, 0), np.minimum(row, len(way) - 2)):
        start, along = way[first], way[first + 1] - way[first]
        size = np.maximum((along**2).sum(axis=1), 1e-30)
        share = np.clip(((positions - start) * along).sum(axis=1) / size, 0, 1)
        best = np.minimum(best, np.linalg.norm(start + share[:, None] * along - positions, axis=1))
    return best


class Sheet:
    """The skin of the neutral figure, asked which of its triangles show an area on both sides."""

    def __init__(self, figure: Figure, scene: Scene) -> None:
        """Prepare the full level.

        Args:
            figure: the figure.
            scene: its left side in the neutral pose.

        """
        self._skin = scene.body.skin
        self._mirror = figure.full.mirror
        self._vertices = figure.neutral.vertices
        self._normals = self._skin.surface.vertex_normals
        self._triangles: Ints = figure.full.triangles[bindable(figure)]

    def covered(self, band: Band, margin: float = 3.0) -> tuple[Ints, Ints, Floats]:
        """Return (p,) vertices of the full level, (t, 3) corners as rows of those, and (p,) mm inside the area.

        The triangles reach up to `margin` mm beyond the area, so that its edge can be drawn finer than they are.
        """
        from scipy.spatial import cKDTree  # the window opens before it is needed

        reach = band.half_width + margin
        low, high = band.way.min(axis=0) - reach, band.way.max(axis=0) + reach
        near = np.flatnonzero(((self._vertices > low) & (self._vertices < high)).all(axis=1))
        places = self._vertices[near]
        _, row = cKDTree(band.way).query(places)
        facing = self._skin.normals(band.way)[row]
        depths = band.depths(places)
        same = (self._normals[near] * facing).sum(axis=1) > _OTHER_SKIN
        left = np.full(len(self._vertices), -np.inf)
        left[near] = np.where(same, depths, -np.inf)
        both = np.maximum(left, left[self._mirror])
        corner = both[self._triangles]
        shown = (corner.min(axis=1) > -margin) & (corner.max(axis=1) > _EDGE_MM)
        used, corners = np.unique(self._triangles[shown], return_inverse=True)
        return used, corners.reshape(-1, 3), both[used]


_EDGE_MM = -0.6
"""Depth from which on something of an area's edge is drawn."""


def _unrolled(positions: Floats) -> Floats:
    """Return (n, 2) places of the head unrolled around an upright axis: mm around it, height."""
    around = np.arctan2(positions[:, 0], positions[:, 2] - _AXIS_Z) * 80.0
    return np.stack([around, positions[:, 1]], axis=1)


def _within(border: Floats, positions: Floats) -> np.ndarray:
    """Return (n,) whether places (n, 2) lie within a closed line (m, 2)."""
    start, end = border, np.roll(border, -1, axis=0)
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    inside = np.zeros(len(positions), bool)
    for a, b, step in zip(start, end, rise, strict=True):
        spans = (a[1] > positions[:, 1]) != (b[1] > positions[:, 1])
        inside ^= spans & (positions[:, 0] < a[0] + (positions[:, 1] - a[1]) / step * (b[0] - a[0]))
    return inside

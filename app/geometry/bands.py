"""Areas on the skin: a band along a line, or what a closed line surrounds. How far inside a place lies."""

from dataclasses import dataclass

import numpy as np

from app.domain.anatomy import CautionZone, Muscle
from app.geometry.figure import Figure, Floats, Ints
from app.geometry.fine_triangles import FineTriangles, fine
from app.geometry.measure import Scene
from app.geometry.paths import course, part_of, rounded, smoothed
from app.geometry.sites import bindable

_AXIS_Z = -10.0  # of the upright axis around which the head is unrolled
_OTHER_SKIN = 0.1  # cosine between normals below which skin is another sheet: behind an ear, inside a lip
_LONGEST_MM = 2.4  # edge of a triangle that shows an area
_TURN_MM = 6.0  # over which a vessel or a muscle turns
_MIRRORED = np.array([-1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Band:
    """An area on the left side, in mm on the neutral figure.

    Attributes:
        way: (n, 3) its middle line, or the border of what it encloses.
        half_width: how far it reaches to either side of its middle line; 0 for an enclosed area.
        end_half_width: the same at the line's end, where it differs; between, it changes evenly.
        fibres: (m, 3) the line beside which a muscle's fibres run, from its origin; none where empty.
        fan: whether they come together at the end of that line.

    """

    way: Floats
    half_width: float
    end_half_width: float = 0.0
    fibres: Floats | None = None
    fan: bool = False

    @property
    def reach(self) -> float:
        """How far the area reaches beyond its line at most, mm."""
        return max(self.half_width, self.end_half_width)

    def depths(self, positions: Floats) -> Floats:
        """Return (n,) how far inside places (n, 3) lie, mm; negative outside."""
        gaps, share, _, _ = _nearest(self.way, positions)
        if self.half_width:
            end = self.end_half_width or self.half_width
            return self.half_width + (end - self.half_width) * share - gaps
        inside = _within(_unrolled(self.way), _unrolled(positions))
        depths: Floats = np.where(inside, gaps, -gaps)
        return depths

    def across(self, positions: Floats, normals: Floats) -> Floats:
        """Return (n,) mm across the fibres at places (n, 3) with the skin's normals (n, 3)."""
        if self.fibres is None:
            return np.zeros(len(positions))
        if self.fan:
            return self._around(positions, normals)
        _, _, foot, along = _nearest(self.fibres, positions)
        sideways = np.cross(normals, along)
        sideways /= np.maximum(np.linalg.norm(sideways, axis=1, keepdims=True), 1e-9)
        offset: Floats = ((positions - foot) * sideways).sum(axis=1)
        return offset

    def _around(self, positions: Floats, normals: Floats) -> Floats:
        """Return (n,) the way around the end of the fibres, mm at their middle."""
        assert self.fibres is not None
        apex, axis = self.fibres[-1], self.fibres[0] - self.fibres[-1]
        upright = normals.mean(axis=0)
        side = np.cross(upright / np.linalg.norm(upright), axis)
        spokes = positions - apex
        turn = np.arctan2(spokes @ side / np.linalg.norm(side), spokes @ axis / np.linalg.norm(axis))
        around: Floats = turn * np.linalg.norm(axis) / 2
        return around


def zone_band(scene: Scene, zone: CautionZone) -> Band:
    """Return the area of a caution zone on the left side.

    Raises:
        RuleProblem, MissingLandmark: its path names what has no place.

    """
    encloses = zone.shape == "polygon" or not zone.half_width_mm
    way = course(scene, zone.path, closed=encloses)
    if not encloses:
        way = smoothed(way, _TURN_MM)
    if zone.middle_fraction:
        way = part_of(way, *zone.middle_fraction)
    return Band(way, 0.0 if encloses else zone.half_width_mm)


def muscle_band(scene: Scene, muscle: Muscle) -> Band:
    """Return the area of a muscle on the left side, its corners rounded as those of flesh.

    Raises:
        RuleProblem, MissingLandmark: its path names what has no place.

    """
    path = course(scene, muscle.path, closed=muscle.ring)
    path = rounded(path) if muscle.ring else smoothed(path, _TURN_MM)
    if muscle.outline:
        outline = rounded(course(scene, muscle.outline, closed=True))
        return Band(outline, 0.0, 0.0, path if len(path) > 1 else None, muscle.fan)
    width = muscle.half_width_mm or DEFAULT_HALF_WIDTH_MM
    return Band(path, width, muscle.end_half_width_mm, path if len(path) > 1 else None, muscle.fan)


DEFAULT_HALF_WIDTH_MM = 4.0
"""Of a muscle whose width no file tells."""


def distances(way: Floats, positions: Floats) -> Floats:
    """Return (n,) mm from places (n, 3) to a line (m, 3) or, if it is one place, to that."""
    return _nearest(way, positions)[0]


def _nearest(way: Floats, positions: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return, for places (n, 3), the nearest one of a line (m, 3).

    That is (n,) mm to it, (n,) its share of the line, (n, 3) itself and (n, 3) where the line leads there.
    """
    if len(way) == 1:
        gaps: Floats = np.linalg.norm(positions - way[0], axis=1)
        return (
            gaps,
            np.zeros(len(positions)),
            np.broadcast_to(way[0], positions.shape),
            np.zeros_like(positions),
        )
    from scipy.spatial import cKDTree  # the window opens before it is needed

    # The vertices of a line lie close together: the nearest one tells which two segments can be nearest.
    _, row = cKDTree(way).query(positions)
    best = np.full(len(positions), np.inf)
    share, foot, lead = np.zeros(len(positions)), np.empty_like(positions), np.empty_like(positions)
    for first in (np.maximum(row - 1, 0), np.minimum(row, len(way) - 2)):
        start, along = way[first], way[first + 1] - way[first]
        size = np.maximum((along**2).sum(axis=1), 1e-30)
        part = np.clip(((positions - start) * along).sum(axis=1) / size, 0, 1)
        place = start + part[:, None] * along
        gap = np.linalg.norm(place - positions, axis=1)
        nearer = gap < best
        best[nearer], foot[nearer], lead[nearer] = gap[nearer], place[nearer], along[nearer]
        share[nearer] = (first + part)[nearer] / (len(way) - 1)
    return best, share, foot, lead


@dataclass(frozen=True)
class Covered:
    """The skin that shows an area on both sides.

    Attributes:
        triangles: they reach a little beyond the area, so that its edge can be drawn finer than they are.
        depths: (p,) mm inside the area at each of their places.
        across: (p,) mm across the fibres there.
        places: (p, 3) those places on the neutral figure.

    """

    triangles: FineTriangles
    depths: Floats
    across: Floats
    places: Floats

    def covers(self, place: Floats) -> bool:
        """Tell whether a place (3,) on the skin of the neutral figure lies inside the area."""
        gaps = np.linalg.norm(self.places - place, axis=1)
        nearest = int(gaps.argmin())
        return bool(gaps[nearest] < _LONGEST_MM and self.depths[nearest] >= 0)


class Sheet:
    """The skin of the neutral figure, asked which of its triangles show an area on both sides."""

    def __init__(self, figure: Figure, scene: Scene) -> None:
        """Prepare the full level.

        Args:
            figure: the figure.
            scene: its left side in the neutral pose.

        """
        self._skin = scene.body.skin
        self._vertices = figure.neutral.vertices
        self._normals = self._skin.surface.vertex_normals
        self._triangles: Ints = figure.full.triangles[bindable(figure)]
        corner = self._vertices[self._triangles]
        self._longest = np.linalg.norm(corner - np.roll(corner, 1, axis=1), axis=2).max(axis=1)

    def covered(self, band: Band, margin: float = 3.0) -> Covered:
        """Return the skin that shows an area; it reaches up to `margin` mm beyond."""
        far = band.reach + margin + _COARSEST_MM
        both = np.maximum(*self._depths(band, self._vertices, self._normals, far))
        # A triangle may have all its corners outside and yet be crossed.
        crossed = _largest(both[self._triangles]) > -self._longest
        cut = fine(self._vertices, self._triangles[crossed], _LONGEST_MM)
        places, normals = cut.places(self._vertices), cut.places(self._normals)
        own, other = self._depths(band, places, normals, far)
        depths = np.maximum(own, other)
        corner = depths[cut.corners]
        kept, used = cut.kept((-_largest(-corner) > -margin) & (_largest(corner) > _EDGE_MM))
        left = (own >= other)[used][:, None]
        sides = np.where(left, 1.0, _MIRRORED)
        across = band.across(places[used] * sides, normals[used] * sides)
        return Covered(kept, depths[used], across, places[used])

    def _depths(self, band: Band, places: Floats, normals: Floats, far: float) -> tuple[Floats, Floats]:
        """Return (n,) mm inside the area for places (n, 3) and for their mirror images; -inf on another sheet."""
        from scipy.spatial import cKDTree  # the window opens before it is needed

        tree, facing = cKDTree(band.way), self._skin.normals(band.way)
        low, high = band.way.min(axis=0) - far, band.way.max(axis=0) + far
        found = []
        x, y, z = places.T
        level = np.flatnonzero((y > low[1]) & (y < high[1]) & (z > low[2]) & (z < high[2]))
        for side in (np.ones(3), _MIRRORED):
            across = x[level] * side[0]
            near = level[(across > low[0]) & (across < high[0])]
            own, outward = places[near] * side, normals[near] * side
            same = np.einsum("nd,nd->n", outward, facing[tree.query(own)[1]]) > _OTHER_SKIN
            depths = np.full(len(places), -np.inf)
            depths[near[same]] = band.depths(own[same])
            found.append(depths)
        return found[0], found[1]


_EDGE_MM = -0.6
"""Depth from which on something of an area's edge is drawn."""
_COARSEST_MM = 20.0
"""Edges of the skin's triangles where areas lie, on head and neck, are no longer than this."""


def _largest(corners: Floats) -> Floats:
    """Return (t,) the largest of three (t, 3): numpy is slow along so short an axis."""
    largest: Floats = np.maximum(np.maximum(corners[:, 0], corners[:, 1]), corners[:, 2])
    return largest


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

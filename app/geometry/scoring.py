"""How far a place that was pointed at lies from the right one, along the skin, in mm and in cun."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.library import Library
from app.domain.points import Point
from app.geometry.cun import Units
from app.geometry.figure import Figure, Floats, Pose
from app.geometry.geodesic import Skin, length
from app.geometry.landmarks import Body, MissingLandmark, bind_marks
from app.geometry.sites import Side, Sites
from app.geometry.tape import laid

ANATOMICAL_CUN, PROPORTIONAL_CUN = 0.2, 0.4
"""Tolerances in the point's own cun: a landmark is found more exactly than a place that is measured out."""

FACE_UNIT = "bcun_v"
"""The unit of a point whose rules name none; the standards give no other measure for short ways on the face."""

_MEASURED = frozenset({"offset", "offset_from_midpoint", "fraction_along", "distance"})

OTHER_SIDE = 0.5
"""A place as many times nearer to the other side's point was meant for that one; the midline is meant for neither."""


@dataclass(frozen=True)
class Miss:
    """A place that was pointed at, against the right one.

    Attributes:
        site: the site it was measured to, an index into the sites.
        right_side: whether that is on the side that was asked for.
        way: (n, 3) along the skin from the place to the site.
        distance_mm: its length.
        distance_cun: the same in `unit`.
        unit: the point's own unit of measure.
        tolerance_mm: how far off still counts as right.

    """

    site: int
    right_side: bool
    way: Floats
    distance_mm: float
    distance_cun: float
    unit: str
    tolerance_mm: float


class Scorer:
    """Measures on one pose of the figure."""

    def __init__(self, figure: Figure, library: Library, sites: Sites, pose: Pose) -> None:
        """Measure to these sites of the library's points."""
        self._figure = figure
        self._library = library
        self._sites = sites
        self._pose = pose
        self._skin = Skin(figure, pose.vertices)

    @property
    def pose(self) -> Pose:
        """The pose this measures on."""
        return self._pose

    def miss(self, code: str, side: Side | None, place: Floats) -> Miss:
        """Measure from a place (3,) on the skin to a point, on one side or, for None, where it lies nearest.

        A place that is clearly nearer to the point of the other side is measured to that one.

        Raises:
            KeyError: there is no such point, or it has no place on the figure.

        """
        point = self._library.points[code]
        rows = self._sites.indices(code)
        if not rows:
            raise KeyError(f"{code} has no place on the figure")
        positions = self._sites.subset(rows).positions(self._figure, self._pose.vertices)
        away = np.linalg.norm(positions - place, axis=1)
        asked = [number for number, row in enumerate(rows) if self._sites.sides[row] == side]
        nearest = int(away.argmin())
        if asked and away[nearest] > OTHER_SIDE * away[asked].min():
            nearest = min(asked, key=lambda number: away[number])
        way = laid(self._skin, place, positions[nearest])
        distance = length(way)
        unit, unit_mm = self._unit(point)
        return Miss(
            site=rows[nearest],
            right_side=side is None or self._sites.sides[rows[nearest]] == side,
            way=way,
            distance_mm=distance,
            distance_cun=distance / unit_mm,
            unit=unit,
            tolerance_mm=unit_mm * (PROPORTIONAL_CUN if is_proportional(point) else ANATOMICAL_CUN),
        )

    def _unit(self, point: Point) -> tuple[str, float]:
        """Name and length in mm of a point's own cun."""
        named = [constraint.unit for constraint in point.constraints if constraint.type in _MEASURED]
        named += [one.tolerance.unit for one in point.constraints if one.tolerance is not None]
        for unit in (*named, FACE_UNIT):
            if unit and unit != "mm":
                try:
                    return unit, self._units.mm(unit)
                except (KeyError, MissingLandmark):
                    continue  # A body without the bones of this unit is measured in the next one.
        raise KeyError(f"no unit of {point.code} can be measured on this figure")

    @cached_property
    def _units(self) -> Units:
        marks = bind_marks(self._figure, self._library)
        return Units(Body(self._figure, self._pose.vertices, self._pose.eyes[0], marks))


def is_proportional(point: Point) -> bool:
    """Return whether a point is found by measuring, in cun or as a part of a way, and not at a landmark itself."""
    return any(constraint.type in _MEASURED for constraint in point.constraints)

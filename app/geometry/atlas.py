"""The anatomy of a library on the skin of one figure, worked out when first asked for and kept.

Everything is found on the neutral figure and bound to its skin; shapes and expressions carry it along.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from app.domain.anatomy import CautionZone, Landmark
from app.domain.library import Library
from app.geometry.bands import Band, Covered, Sheet, muscle_band, zone_band
from app.geometry.construction import Construction, construct
from app.geometry.figure import Figure, Floats
from app.geometry.landmarks import PUPIL
from app.geometry.measure import Scene
from app.geometry.paths import both_sides, channel_codes, course, is_next, on_skin, resampled, smoothed
from app.geometry.rules import Finding, Placed, evaluate_placed
from app.geometry.sites import mirrored
from app.geometry.surface import Binding

_BODY_SPACING_MM = 5.0
_LONG_MM = 90.0


@dataclass(frozen=True)
class Patch:
    """What shows an area on both sides.

    Attributes:
        covered: the triangles, with how far inside the area they lie.
        middle: the place on the left where its name belongs.

    """

    covered: Covered
    middle: Binding


@dataclass(frozen=True)
class Link:
    """A way from one point of a channel to the next, on one side.

    Attributes:
        before, code: the points.
        whole: whether no point lies between them that the catalogue lacks.
        binding: the way.

    """

    before: str
    code: str
    whole: bool
    binding: Binding


@dataclass(frozen=True)
class ZoneHit:
    """How a point lies to a caution zone.

    Attributes:
        zone: the zone.
        depth_mm: how far inside the zone its skin lies; negative outside.
        listed: whether the zone's own list names the point.

    """

    zone: CautionZone
    depth_mm: float
    listed: bool

    @property
    def where(self) -> Literal["inside", "beside"]:
        """Tell whether the drawn zone covers the point, or the zone names it though its skin lies beside."""
        return "inside" if self.depth_mm >= 0 else "beside"


RISKS = ("very high", "high", "medium", "caution", "low")
"""Risks of caution zones, the worst first."""


class Atlas:
    """Zones, muscles, wrinkle lines, channels and landmarks of a library on a figure."""

    def __init__(self, figure: Figure, library: Library) -> None:
        self.figure = figure
        self.library = library
        self._findings: dict[str, list[Finding]] = {}

    @cached_property
    def placed(self) -> Placed:
        """Landmarks, curves and points on the neutral figure."""
        return Placed(self.figure, self.figure.neutral, self.library)

    @cached_property
    def scene(self) -> Scene:
        """The left side of the neutral figure, to measure on."""
        return self.placed.scene()

    @cached_property
    def zones(self) -> dict[str, Patch]:
        """Caution zones by id.

        Raises:
            RuleProblem, MissingLandmark: a path names what has no place.

        """
        return {name: self._patch(self._zone_bands[name]) for name in self.library.caution_zones}

    @cached_property
    def muscles(self) -> dict[str, Patch]:
        """Muscles by id, those that have a path.

        Raises:
            RuleProblem, MissingLandmark: a path names what has no place.

        """
        drawn = {name: one for name, one in self.library.muscles.items() if one.path or one.outline}
        return {name: self._patch(muscle_band(self.scene, one)) for name, one in drawn.items()}

    @cached_property
    def wrinkles(self) -> dict[str, list[Binding]]:
        """Lines of each kind of wrinkle by id, both sides.

        Raises:
            RuleProblem, MissingLandmark: a path names what has no place.

        """
        return {
            name: both_sides(self.figure, [self._bind(smoothed(course(self.scene, line.path))) for line in one.lines])
            for name, one in self.library.wrinkles.items()
        }

    @cached_property
    def channels(self) -> dict[str, list[Link]]:
        """Ways of each channel from point to point, both sides; of the midline ones a single side."""
        found: dict[str, list[Link]] = {}
        for channel in dict.fromkeys(point.channel for point in self.library.points.values()):
            links = [self._link(*codes) for codes in channel_codes(self.library, channel)] if channel != "EX" else []
            if links:
                middle = all(self.library.points[link.code].laterality == "midline" for link in links)
                other = [] if middle else [self._mirrored(link) for link in links]
                found[channel] = links + other
        return found

    @cached_property
    def landmarks(self) -> list[tuple[Landmark, Binding]]:
        """Landmarks that lie on the figure, the left one of a pair."""
        placed = [
            one for one in self.library.landmarks.values() if one.position is not None and one.id != PUPIL
        ]
        return [(one, self._bind(self.scene.body.landmark(one.id)[None])) for one in placed]

    def findings(self, code: str) -> list[Finding]:
        """Return what the rules of a point measure on the neutral figure, those of the left or of the midline.

        Raises:
            RuleProblem: a rule cannot be measured.

        """
        if code not in self._findings:
            every = evaluate_placed(self.placed, [code])
            self._findings[code] = [one for one in every if one.side != "right"]
        return self._findings[code]

    def construction(self, code: str, right: bool = False) -> Construction | None:
        """Return how a point is found; None for one without a place.

        Raises:
            RuleProblem, MissingLandmark: a rule names what has no place.

        """
        if code not in self.scene.points:
            return None
        return construct(self.figure, self.library, self.scene, code, right)

    def zones_of(self, code: str) -> list[ZoneHit]:
        """Return the caution zones that cover a point or name it, the worst risk first."""
        place = self.scene.points.get(code)
        hits = []
        for name, zone in self.library.caution_zones.items():
            depth = -np.inf if place is None else float(self._zone_bands[name].depths(place[None])[0])
            if depth >= 0 or code in zone.points:
                hits.append(ZoneHit(zone, depth, code in zone.points))
        order = {risk: number for number, risk in enumerate(RISKS)}
        return sorted(hits, key=lambda hit: (order.get(hit.zone.risk, len(RISKS)), -hit.depth_mm))

    @cached_property
    def _zone_bands(self) -> dict[str, Band]:
        return {name: zone_band(self.scene, zone) for name, zone in self.library.caution_zones.items()}

    @cached_property
    def _sheet(self) -> Sheet:
        return Sheet(self.figure, self.scene)

    def _patch(self, band: Band) -> Patch:
        covered = self._sheet.covered(band)
        deepest = covered.depths * (covered.places[:, 0] > -0.5)
        middle = band.way[len(band.way) // 2] if band.half_width else covered.places[int(deepest.argmax())]
        return Patch(covered, self._bind(middle[None]))

    def _link(self, before: str, code: str) -> Link:
        way = on_skin(self.scene, self.scene.points[before], self.scene.points[code])
        straight = float(np.linalg.norm(way[-1] - way[0]))
        way = resampled(way, _BODY_SPACING_MM) if straight > _LONG_MM else resampled(way)
        return Link(before, code, is_next(before, code), self._bind(way))

    def _mirrored(self, link: Link) -> Link:
        return Link(link.before, link.code, link.whole, mirrored(self.figure, link.binding))

    def _bind(self, places: Floats) -> Binding:
        return self.scene.body.skin.surface.nearest(places)

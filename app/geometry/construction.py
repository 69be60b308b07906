"""How a point is found, as places and lines on the skin: what one would draw with a pencil and a tape.

The lines are made from the same rules and the same measures that place the point (app.geometry.measure), on the
neutral figure, and are bound to its skin.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.domain.library import Library
from app.domain.points import Constraint, Point
from app.domain.rule_words import curve_words, reference_words, share_words, unit_words
from app.geometry import curves
from app.geometry.cun import LEVEL, ON_SKIN, SAGITTAL, transverse
from app.geometry.figure import Figure, Floats
from app.geometry.geodesic import length
from app.geometry.measure import LINES, OVER_VERTEX, SIDEWAYS, UPWARD, Scene, hairline_above
from app.geometry.paths import on_skin, resampled
from app.geometry.sites import mirrored
from app.geometry.surface import Binding

GuideKind = Literal["level", "vertical", "measure", "curve", "between"]

BEYOND_MM = 9.0
"""How far a level or vertical line runs on beyond what it joins, so that it reads as a line."""
_FRONTAL = np.array([0.0, 0.0, 1.0])
_TICK_MM = 1.8
_CURVE_MM = 28.0  # of a curve that is drawn to either side of the point
_NEAR_MM = 0.8


@dataclass(frozen=True)
class Anchor:
    """A landmark or point that a location starts from.

    Attributes:
        name: as it is called.
        binding: its place.

    """

    name: str
    binding: Binding


@dataclass(frozen=True)
class Tick:
    """A mark across a measure.

    Attributes:
        text: the number of units so far; "" where it is not written.
        binding: the mark's vertices, its middle among them.

    """

    text: str
    binding: Binding

    @property
    def middle(self) -> Binding:
        """The place on the measure itself."""
        row = slice(len(self.binding.triangles) // 2, len(self.binding.triangles) // 2 + 1)
        return Binding(self.binding.triangles[row], self.binding.weights[row], self.binding.distances[row])


@dataclass(frozen=True)
class Guide:
    """A line of a construction.

    Attributes:
        kind: what it shows.
        text: in a few words, with the mm where it measures.
        binding: its vertices in order.
        ticks: marks of a measure.

    """

    kind: GuideKind
    text: str
    binding: Binding
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True)
class Construction:
    """The construction of a point on one side."""

    code: str
    anchors: tuple[Anchor, ...]
    guides: tuple[Guide, ...]


def construct(figure: Figure, library: Library, scene: Scene, code: str, right: bool = False) -> Construction:
    """Return the construction of a placed point on the left or, as its mirror image, on the right.

    Raises:
        RuleProblem, MissingLandmark: a rule names what has no place.
        KeyError: the point has no place, or is unknown.

    """
    point = library.points[code]
    maker = _Maker(library, scene, scene.points[code])
    for constraint in point.constraints:
        maker.add(constraint)
    if right:
        return _turned(figure, maker.result(point))
    return maker.result(point)


def is_marked(constraint: Constraint) -> bool:
    """Tell whether a rule is drawn; orders such as "below" are told in words only."""
    return constraint.type in _DRAWN


class _Maker:
    """Collects anchors and guides; everything lies on the left side of the neutral figure."""

    def __init__(self, library: Library, scene: Scene, position: Floats) -> None:
        self._library = library
        self._scene = scene
        self._skin = scene.body.skin
        self._position = position
        self._anchors: dict[str, Anchor] = {}
        self._guides: list[Guide] = []

    def add(self, constraint: Constraint) -> None:
        draw = _DRAWN.get(constraint.type)
        if draw is not None:
            draw(self, constraint)

    def result(self, point: Point) -> Construction:
        return Construction(point.code, tuple(self._anchors.values()), tuple(self._guides))

    def at(self, constraint: Constraint) -> None:
        self._anchor(constraint.ref)

    def on_midline(self, _constraint: Constraint) -> None:
        way = self._line(self._position, self._position, SAGITTAL, BEYOND_MM * 2)
        self._guide("vertical", "midline", way)

    def vertical(self, constraint: Constraint) -> None:
        place = self._anchor(constraint.ref)
        if np.linalg.norm(place - self._position) < _NEAR_MM:
            return
        sideways = abs(self._skin.normal(place)[0]) > SIDEWAYS
        way = self._line(place, self._position, _FRONTAL if sideways else SAGITTAL, BEYOND_MM)
        self._guide("vertical", f"vertical through {self._name(constraint.ref)}", way)

    def level(self, constraint: Constraint) -> None:
        place = self._anchor(constraint.ref)
        if np.linalg.norm(place - self._position) < _NEAR_MM:
            return
        upward = self._skin.normal(place)[1] > UPWARD
        way = self._line(place, self._position, _FRONTAL if upward else LEVEL, BEYOND_MM)
        self._guide("level", f"level of {self._name(constraint.ref)}", way)

    def offset(self, constraint: Constraint) -> None:
        if constraint.from_ == "V0":
            way = transverse(self._scene.body, self._position)[::-1]
            self._measure(constraint, way, "from the midline")
            return
        if constraint.from_ == "L_hair":
            start = hairline_above(self._scene.body, self._position)
            name = "the front hairline"
        else:
            start = self._scene.line_or_place(constraint.from_, self._position)
            self._anchor(constraint.from_, start)
            name = self._name(constraint.from_)
        self._measure(constraint, self._way(constraint, start), f"from {name}")

    def from_midpoint(self, constraint: Constraint) -> None:
        for name in (constraint.a, constraint.b):
            self._anchor(name)
        ends = [self._scene.place(name) for name in (constraint.a, constraint.b)]
        middle = self._skin.nearest((ends[0] + ends[1]) / 2)
        text = f"between {self._name(constraint.a)} and {self._name(constraint.b)}"
        self._guide("between", text, on_skin(self._scene, ends[0], ends[1]))
        self._measure(constraint, self._way(constraint, middle), "from the midpoint")

    def part(self, constraint: Constraint) -> None:
        midway = constraint.type == "midpoint"
        a, b = (constraint.a, constraint.b) if midway else (constraint.from_, constraint.to)
        share = 0.5 if midway else constraint.fraction or 0.0
        start, end = self._anchor(a), self._anchor(b)
        if constraint.path == OVER_VERTEX:
            top = self._scene.body.landmark("v")
            way = np.concatenate([on_skin(self._scene, start, top), on_skin(self._scene, top, end)[1:]])
        elif constraint.path and constraint.path not in ("line", "philtrum"):
            way = curves.between(self._scene.curve(constraint.path), start, end)
        else:
            way = on_skin(self._scene, start, end)
        total = length(way)
        tick = self._tick(way, share * total, "")
        words = f"{share_words(share)} of {total:.1f} mm from {self._name(a)} to {self._name(b)}"
        self._guide("measure", words, way, [tick])

    def curve(self, constraint: Constraint) -> None:
        line = self._scene.curve(constraint.curve)
        along, _ = curves.nearest(line, self._position)
        total = curves.lengths(line)
        near = line[(total > along - _CURVE_MM) & (total < along + _CURVE_MM)]
        if len(near) > 1:
            self._guide("curve", curve_words(self._library, constraint.curve), near)

    def distance(self, constraint: Constraint) -> None:
        start = self._anchor(constraint.from_)
        self._measure(constraint, on_skin(self._scene, start, self._position), f"from {self._name(constraint.from_)}")

    def between(self, constraint: Constraint) -> None:
        ends = [self._scene.near(name, self._position) for name in (constraint.a, constraint.b)]
        for name, place in zip((constraint.a, constraint.b), ends, strict=True):
            self._anchor(name, place)
        text = f"between {self._name(constraint.a)} and {self._name(constraint.b)}"
        self._guide("between", text, on_skin(self._scene, ends[0], ends[1]))

    def _line(self, start: Floats, end: Floats, normal: Floats, beyond: float) -> Floats:
        """Return (n, 3) the cut of a plane through `start`, from there to beside `end` and a little beyond both.

        An eye or a mouth may lie between; then the cut is followed from the other end as far as it leads.
        """
        across = self._skin.nearest(end - ((end - start) @ normal) * normal)
        ways = [
            self._cut(begin, normal, aim, beyond) for begin, aim in ((start, across), (across, start))
        ]
        return min(ways, key=lambda one: one[0])[1]

    def _cut(self, start: Floats, normal: Floats, end: Floats, beyond: float) -> tuple[float, Floats]:
        """Return how far from its aim the cut through `start` ends, mm, and the cut with its ends run on."""
        arms = [arm for arm in self._skin.arms(start, normal) if len(arm) > 1]
        if not arms:
            return np.inf, np.stack([start, end])
        found = [curves.nearest(arm, end) for arm in arms]
        gaps = [float(np.linalg.norm(place - end)) for _, place in found]
        best = min(range(len(arms)), key=lambda number: 4 * gaps[number] + found[number][0])
        ahead = _first(arms[best], found[best][0] + beyond)
        behind = _first(arms[1 - best], beyond) if len(arms) == 2 else ahead[:1]
        return gaps[best], np.concatenate([behind[::-1], ahead[1:]])

    def _way(self, constraint: Constraint, start: Floats) -> Floats:
        """Return (n, 3) the way that an offset measures: along its axis, or as a tape is laid to the point."""
        if constraint.unit in ON_SKIN or constraint.path or constraint.axis not in _AXES:
            return on_skin(self._scene, start, self._position)
        direction = _AXES[constraint.axis]
        facing = self._skin.normal(start)
        normal = np.cross(direction, SAGITTAL if abs(facing[0]) > SIDEWAYS else _FRONTAL)
        size = float(np.linalg.norm(normal))
        if size < 0.1:
            return on_skin(self._scene, start, self._position)
        wanted = float((self._position - start) @ direction)
        for arm in self._skin.arms(start, normal / size):
            run = (arm - start) @ direction
            beyond = np.flatnonzero(run >= wanted)
            if len(beyond) and beyond[0] and np.all(np.diff(run[: beyond[0] + 1]) > -0.5):
                last = int(beyond[0])
                share = (wanted - run[last - 1]) / max(run[last] - run[last - 1], 1e-9)
                return np.concatenate([arm[:last], [arm[last - 1] + share * (arm[last] - arm[last - 1])]])
        return on_skin(self._scene, start, self._position)

    def _measure(self, constraint: Constraint, way: Floats, words: str) -> None:
        """Add a measure with a tick at each unit and one at its end."""
        value, unit = constraint.value or 0.0, constraint.unit or "mm"
        size = value * self._scene.units.mm(unit)
        if length(way) < _NEAR_MM or not value:
            return
        total = length(way)
        steps = [step for step in np.arange(1, np.ceil(value)) if step < value - 0.05] if unit != "mm" else []
        ticks = [self._tick(way, step / value * total, f"{step:g}") for step in steps if len(steps) <= 16]
        ticks += [self._tick(way, 0.0, ""), self._tick(way, total, "")]
        axis = f" {constraint.axis}" if constraint.axis else ""
        self._guide("measure", f"{value:g} {unit_words(unit)} = {size:.1f} mm{axis} {words}", way, ticks)

    def _tick(self, way: Floats, along: float, text: str) -> Tick:
        middle, ahead = curves.at(way, along), curves.at(way, along + 0.5) - curves.at(way, along - 0.5)
        across = np.cross(ahead, self._skin.normal(middle))
        across *= _TICK_MM / max(float(np.linalg.norm(across)), 1e-9)
        return Tick(text, self._bind(middle + np.linspace(-1, 1, 5)[:, None] * across))

    def _anchor(self, reference: str, place: Floats | None = None) -> Floats:
        where = self._scene.place(reference) if place is None else place
        name = self._name(reference)
        if name not in self._anchors:
            self._anchors[name] = Anchor(name, self._bind(where[None]))
        return where

    def _guide(self, kind: GuideKind, text: str, way: Floats, ticks: Iterable[Tick] = ()) -> None:
        self._guides.append(Guide(kind, text, self._bind(resampled(way)), tuple(ticks)))

    def _name(self, reference: str) -> str:
        return reference_words(self._library, LINES.get(reference, reference).rstrip("'"))

    def _bind(self, places: Floats) -> Binding:
        return self._skin.surface.nearest(places)


_AXES: Mapping[str, Floats] = {
    "lateral": np.array([1.0, 0, 0]),
    "medial": np.array([-1.0, 0, 0]),
    "up": np.array([0, 1.0, 0]),
    "down": np.array([0, -1.0, 0]),
    "anterior": np.array([0, 0, 1.0]),
    "posterior": np.array([0, 0, -1.0]),
}

_DRAWN: Mapping[str, Callable[[_Maker, Constraint], None]] = {
    "at": _Maker.at,
    "on_midline": _Maker.on_midline,
    "same_vertical": _Maker.vertical,
    "same_level": _Maker.level,
    "offset": _Maker.offset,
    "offset_from_midpoint": _Maker.from_midpoint,
    "fraction_along": _Maker.part,
    "midpoint": _Maker.part,
    "on_curve": _Maker.curve,
    "distance": _Maker.distance,
    "between": _Maker.between,
}


def _first(way: Floats, distance: float) -> Floats:
    """Return (n, 3) a way up to so many mm, or all of it."""
    total = curves.lengths(way)
    if distance >= total[-1]:
        return way
    return np.concatenate([way[total < distance], [curves.at(way, distance)]])


def _turned(figure: Figure, own: Construction) -> Construction:
    """Return the mirror image of a construction."""
    return Construction(
        own.code,
        tuple(Anchor(one.name, mirrored(figure, one.binding)) for one in own.anchors),
        tuple(
            Guide(
                one.kind,
                one.text,
                mirrored(figure, one.binding),
                tuple(Tick(tick.text, mirrored(figure, tick.binding)) for tick in one.ticks),
            )
            for one in own.guides
        ),
    )

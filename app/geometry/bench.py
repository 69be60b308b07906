"""Everything an editor measures by on the neutral figure: landmarks, units, rules, what lies near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.library import Library
from app.domain.points import DEFAULT_USES, Constraint, Point
from app.domain.rule_words import rule_words
from app.geometry.compare import UNIT
from app.geometry.cun import Units
from app.geometry.figure import Floats
from app.geometry.landmarks import MIRROR, Body, MissingLandmark, bind_marks, left_body
from app.geometry.measure import RuleProblem, Scene, measure
from app.geometry.placing import place, rules_of
from app.geometry.rules import DEFAULT_SET_RULES, SLACK_MM, is_hard
from app.geometry.sites import Sites
from app.geometry.sliding import Place, Skin

TOLD_MM = 0.1
"""Ways shorter than this are not worth a word."""

_AHEAD = {
    "lateral": (1, 0, 0),
    "up": (0, 1, 0),
    "posterior": (0, 0, -1),
    "anterior": (0, 0, 1),
    "distal": (0, -1, 0),
}


@dataclass(frozen=True)
class Near:
    """The nearest of something: its name and how far it is, straight, mm."""

    name: str
    mm: float


@dataclass(frozen=True)
class Broken:
    """A rule that a point does not keep: in words, by how many mm, and the region it keeps out of."""

    rule: str
    mm: float
    hard: bool
    region: str = ""


class Bench:
    """Measures places of a set. What is dear is made when it is first asked for."""

    def __init__(self, skin: Skin, base: Library) -> None:
        self.skin = skin
        self.base = base

    @cached_property
    def body(self) -> Body:
        """The person's left of the neutral figure."""
        return left_body(self.skin.figure, self.skin.figure.neutral, bind_marks(self.skin.figure, self.base))

    @cached_property
    def units(self) -> Units:
        """Its units of measure."""
        return Units(self.body)

    @property
    def cun_mm(self) -> float:
        """The length of the cun that the editor tells and nudges by."""
        return self.units.mm(UNIT)

    @cached_property
    def _landmarks(self) -> tuple[list[str], Floats]:
        names, places = [], []
        for mark in self.base.landmarks.values():
            try:
                at = self.body.landmark(mark.id)
            except MissingLandmark:
                continue
            names.append(mark.name or mark.id)
            places.append(at)
            if mark.paired:
                names.append(mark.name or mark.id)
                places.append(at * MIRROR)
        return names, np.array(places).reshape(-1, 3)

    def nearest_landmark(self, position: Floats) -> Near | None:
        """Return the landmark nearest to a position (3,)."""
        names, places = self._landmarks
        return _nearest(names, places, position)

    def nearest_point(self, position: Floats, sites: Sites, places: Floats, but: str = "") -> Near | None:
        """Return the site nearest to a position (3,); `places` (n, 3) are those of the sites."""
        if not len(sites):
            return None
        distances = np.linalg.norm(places - position, axis=1)
        distances[list(sites.indices(but))] = np.inf
        best = int(distances.argmin())
        return Near(sites.codes[best], float(distances[best])) if np.isfinite(distances[best]) else None

    def scene(self, sites: Sites, places: Floats) -> Scene:
        """Return what rules are measured against, with the points where they lie now."""
        found: dict[str, Floats] = {}
        for code, side, at in zip(sites.codes, sites.sides, places, strict=True):
            if side != "right":
                found.setdefault(code, at)
        return Scene(self.body, self.units, found)

    def broken(self, scene: Scene, point: Point, position: Floats) -> tuple[Broken, ...]:
        """Return the rules that a point does not keep at a position (3,) of the left, the worst first.

        Points of the face that anyone may be shown keep out of the orbit and off the carotid besides.
        """
        found = []
        rules = point.constraints[:1] if point.laterality == "group" else point.constraints
        if point.part == "face" and point.use in DEFAULT_USES:
            rules += DEFAULT_SET_RULES
        for rule in rules:
            try:
                off, allowed = self._off(scene, rule, position)
            except (RuleProblem, MissingLandmark, KeyError):
                continue  # The check of files tells rules that cannot be measured.
            if off > allowed:
                found.append(Broken(rule_words(self.base, rule), off, is_hard(rule), rule.region))
        return tuple(sorted(found, key=lambda one: -one.mm))

    def by_rules(self, scene: Scene, point: Point) -> Floats | None:
        """Return (3,) where the rules of a point put its left; None where it has no rules or no place to start."""
        start = scene.points.get(point.code)
        if start is None or not point.constraints:
            return None
        return self._placed(scene, rules_of(point, self.base.trusted_rules.values()), start)

    def by_words(self, scene: Scene, rules: Sequence[Constraint], midline: bool) -> Place | None:
        """Return the place that rules say, searched from what they start from; None where none keeps them all."""
        start = self._start(scene, rules)
        if midline:
            start = start * [0.0, 1.0, 1.0]
        found = self._placed(scene, rules, start)
        if found is None:
            return None
        place = self.skin.nearest(found, "midline" if midline else "left")
        ways = (self._off(scene, rule, place.position) for rule in rules)
        return place if all(off <= allowed for off, allowed in ways) else None

    def _off(self, scene: Scene, rule: Constraint, position: Floats) -> tuple[float, float]:
        """How far a place is off a rule, and how far it may be, mm. RuleProblem, MissingLandmark, KeyError."""
        width = rule.tolerance
        allowed = 0.0 if width is None else width.value * self.units.mm(width.unit)
        return measure(scene, rule, position).deviation, allowed + SLACK_MM

    def _placed(self, scene: Scene, rules: Sequence[Constraint], start: Floats) -> Floats | None:
        try:
            return place(scene, rules, start, start).position
        except (RuleProblem, MissingLandmark, KeyError, np.linalg.LinAlgError):
            return None

    def _start(self, scene: Scene, rules: Iterable[Constraint]) -> Floats:
        for rule in rules:
            for name in (rule.from_, rule.ref, rule.a):
                if name and name != "V0":
                    # A step ahead: at the place that a rule starts from it does not say which way to go.
                    ahead = np.array(_AHEAD.get(rule.axis, (0.0, 0.0, 0.0)), float) * (rule.value or 0.0)
                    return np.asarray(scene.place(name), float) + ahead * self.units.mm(rule.unit or "mm")
        return self.body.landmark("prn")


def way_words(position: Floats, wanted: Floats, name: str) -> str:
    """Say where a place of the left lies from where it should: "2.3 mm lateral of and 0.4 mm below ST4's rule"."""
    x, y, z = (float(value) for value in position - wanted)
    ways = sorted(
        ((abs(x), "lateral of" if x > 0 else "medial of"), (abs(y), "above" if y > 0 else "below"),
         (abs(z), "in front of" if z > 0 else "behind")),
        reverse=True,
    )  # fmt: skip
    told = [f"{size:.1f} mm {way}" for size, way in ways[:2] if size >= TOLD_MM]
    return f"{' and '.join(told)} {name}'s rule" if told else f"on {name}'s rule"


def _nearest(names: list[str], places: Floats, position: Floats) -> Near | None:
    if not names:
        return None
    distances = np.linalg.norm(places - position, axis=1)
    best = int(distances.argmin())
    return Near(names[best], float(distances[best]))

"""The rule engine: every rule of every point on any pose: what it measures, what is wanted, whether it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.library import Library
from app.domain.points import Constraint, Length, Point
from app.geometry.cun import Units
from app.geometry.figure import Figure, Floats, Pose
from app.geometry.landmarks import (
    MIRROR,
    Marks,
    MissingLandmark,
    bind_marks,
    is_symmetric,
    left_body,
    right_body,
)
from app.geometry.measure import RuleProblem, Scene, measure
from app.geometry.sites import Side, Sites, bind_points

SOFT = 0.35
"""A tolerance as wide as this marks a check that may give way to the other rules of its point."""
SLACK_MM = 0.05
"""Positions are kept to 0.001 mm and bound to a faceted skin: no rule is broken by less than this."""
TIGHT = 0.1
"""Tolerance of the trusted rules, in the unit of each."""

DEFAULT_SET_RULES = (
    Constraint(type="outside_region", region="orbit"),
    Constraint(type="outside_region", region="carotid"),
)
"""What every face point that may enter a default set keeps besides its own rules."""


@dataclass(frozen=True)
class Finding:
    """One rule of one site, measured.

    Attributes:
        code: the point.
        side: the site's side.
        rule: the rule in words of the file, such as "offset lateral from LM:ch".
        measured: in `unit`.
        wanted: in `unit`.
        unit: the rule's own unit; "of the path" for a fraction; "mm" for an order.
        deviation_mm: how far the site is from keeping it exactly.
        tolerance_mm: how far it may be; 0 for an order.
        kept: whether it is within the tolerance.
        hard: whether it must be; a soft rule is a check that may give way.
        trusted: id of the trusted rule it belongs to, "" for a point's own rule.

    """

    code: str
    side: Side
    rule: str
    measured: float
    wanted: float
    unit: str
    deviation_mm: float
    tolerance_mm: float
    kept: bool
    hard: bool
    trusted: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the finding for JSON."""
        return asdict(self)


class Placed:
    """Points on one pose, ready to be measured.

    Attributes:
        figure: the figure.
        pose: the pose.
        marks: the landmarks and curves.

    """

    def __init__(self, figure: Figure, pose: Pose, library: Library, marks: Marks | None = None) -> None:
        """Carry landmarks, curves and points of a library to a pose."""
        self.figure = figure
        self.pose = pose
        self.library = library
        self.marks = marks or bind_marks(figure, library)
        self._sites = bind_points(figure, library.points.values())
        self._places = self._sites.positions(figure, pose.vertices)

    def scene(self, right: bool = False) -> Scene:
        """Return one side to measure on, read as a left."""
        body = (right_body if right else left_body)(self.figure, self.pose, self.marks)
        return Scene(body, Units(body), _first_sites(self._sites, self._places, right))

    def sites(self, point: Point, right: bool = False) -> list[Floats]:
        """Return the sites (3,) of a point on one side, its main one first; those of the right turned to the left."""
        side = "right" if right else "left"
        return [
            self._places[index] * (MIRROR if right else 1.0)
            for index in self._sites.indices(point.code)
            if self._sites.sides[index] in (side, "midline")
        ]


def _first_sites(sites: Sites, places: Floats, right: bool) -> Mapping[str, Floats]:
    """Return the main site of every point on one side."""
    found: dict[str, Floats] = {}
    for code, side, place in zip(sites.codes, sites.sides, places, strict=True):
        if side == "midline" or (side == "right") == right:
            found.setdefault(code, place * (MIRROR if right else 1.0))
    return found


def evaluate(
    figure: Figure,
    pose: Pose,
    library: Library,
    codes: Iterable[str] | None = None,
    marks: Marks | None = None,
) -> list[Finding]:
    """Measure every rule of the placed points of a library, or of the named ones, on a pose.

    Args:
        figure: the figure.
        pose: shape and expression to measure on.
        library: points, landmarks and curves.
        codes: the points to measure; all where None.
        marks: the library's landmarks and curves where they are bound already.

    Raises:
        RuleProblem: a rule cannot be measured; the sentence names the point and the rule.

    """
    return evaluate_placed(Placed(figure, pose, library, marks), codes)


def evaluate_placed(placed: Placed, codes: Iterable[str] | None = None) -> list[Finding]:
    """Measure every rule of all points, or of the named ones, that are ready to be measured.

    Raises:
        RuleProblem: a rule cannot be measured; the sentence names the point and the rule.

    """
    library = placed.library
    points = [library.points[code] for code in (library.points if codes is None else codes)]
    left = placed.scene()
    found = [finding for point in points for finding in _point(placed, left, point, False)]
    both = [finding for finding in found if finding.side == "left"]
    if not both:
        return found
    linked = all(library.points[finding.code].position_right is None for finding in both)
    if linked and is_symmetric(placed.figure, placed.pose):
        mirrored = [_on_right(finding) for finding in both]
    else:
        right = placed.scene(right=True)
        bilateral = [point for point in points if point.laterality != "midline"]
        every = [finding for point in bilateral for finding in _point(placed, right, point, True)]
        mirrored = [finding for finding in every if finding.side == "right"]
    order = {point.code: number for number, point in enumerate(points)}
    return sorted(found + mirrored, key=lambda finding: order[finding.code])


def evaluate_trusted(
    figure: Figure, pose: Pose, library: Library, marks: Marks | None = None
) -> list[Finding]:
    """Measure the trusted rules on a pose, each within the tight tolerance of a tenth of its unit.

    Raises:
        RuleProblem: a rule cannot be measured; the sentence names the point and the rule.

    """
    placed = Placed(figure, pose, library, marks)
    scene = placed.scene()
    found = []
    for rule in library.trusted_rules.values():
        for check in rule.checks:
            point = library.points[check.point]
            side: Side = "midline" if point.laterality == "midline" else "left"
            place = placed.sites(point)[0]
            found.append(_finding(scene, point, side, check, place, rule.id))
    return found


def is_hard(constraint: Constraint) -> bool:
    """Tell whether a rule must be kept; one with the loose tolerance is a check only."""
    return constraint.tolerance is None or constraint.tolerance.value < SOFT


def words(constraint: Constraint) -> str:
    """Return a rule as short text: "offset lateral 0.4 fcun from LM:ch"."""
    parts = [constraint.type.replace("_", " "), constraint.axis]
    if constraint.value is not None:
        parts += [f"{constraint.value:g}", constraint.unit]
    if constraint.fraction is not None:
        parts.append(f"{constraint.fraction:.3g}")
    parts += [constraint.ref, constraint.curve, constraint.region]
    if constraint.from_:
        parts += ["from", constraint.from_]
    if constraint.to:
        parts += ["to", constraint.to]
    if constraint.a:
        parts += ["of", constraint.a, "and", constraint.b]
    if constraint.path:
        parts += ["by", constraint.path]
    return " ".join(part for part in parts if part)


def _point(placed: Placed, scene: Scene, point: Point, right: bool) -> list[Finding]:
    sites = placed.sites(point, right)
    if not sites:
        return []
    found = []
    for number, constraint in enumerate(point.constraints):
        # Each rule of a group of places is for one of them, in their order.
        row = min(number, len(sites) - 1) if point.laterality == "group" else 0
        found.append(_finding(scene, point, _side(point, row, right), constraint, sites[row]))
    if point.use == "face":
        side = _side(point, 0, right)
        found += [_finding(scene, point, side, constraint, sites[0]) for constraint in DEFAULT_SET_RULES]
    return found


def _side(point: Point, row: int, right: bool) -> Side:
    if point.laterality == "midline" or (
        point.laterality == "group" and (row == 0 or point.further_sites[row - 1].side == "midline")
    ):
        return "midline"
    return "right" if right else "left"


def _finding(
    scene: Scene, point: Point, side: Side, constraint: Constraint, place: Floats, trusted: str = ""
) -> Finding:
    try:
        result = measure(scene, constraint, place)
        tolerance = _tolerance(scene, constraint)
    except (RuleProblem, MissingLandmark) as problem:
        raise RuleProblem(f"{point.code}, {words(constraint)}: {problem}") from None
    except KeyError as missing:
        text = (
            f"{point.code}, {words(constraint)}: the unit {missing.args[0]} cannot be measured on the figure"
        )
        raise RuleProblem(text) from None
    deviation = result.deviation
    return Finding(
        point.code,
        side,
        words(constraint),
        round(result.measured / result.unit_mm, 4),
        round(result.wanted / result.unit_mm, 4),
        result.unit or "of the path",
        round(deviation, 3),
        round(tolerance, 3),
        deviation <= tolerance + SLACK_MM,
        is_hard(constraint),
        trusted,
    )


def _tolerance(scene: Scene, constraint: Constraint) -> float:
    allowed: Length | None = constraint.tolerance
    return 0.0 if allowed is None else allowed.value * scene.units.mm(allowed.unit)


def _on_right(finding: Finding) -> Finding:
    return Finding(**{**asdict(finding), "side": "right"})

"""The anatomy that points are found by: landmarks, curves, measures, caution zones, muscles, wrinkle lines."""

from typing import Annotated, Literal

import msgspec

from app.domain.points import Constraint, Status
from app.domain.record import Name, Part, Position, Record


class Landmark(Record, frozen=True, kw_only=True):
    """A landmark; a paired one stores the person's left. `kind` tells whether it is seen, felt or derived."""

    id: Name
    name: str = ""
    symbol: str = ""
    part: Part
    region: str = ""
    paired: bool
    kind: Literal["skin", "palpated", "derived", ""] = ""
    definition: str
    mesh_hint: str = ""
    sources: tuple[str, ...] = ()
    position: Position | None = None
    status: Status = "unplaced"
    status_reason: str = ""
    placed_by: str = ""

    def __post_init__(self) -> None:
        if self.position is not None and self.status == "unplaced":
            msgspec.structs.force_setattr(self, "status", "placed")
        if self.position is None and self.status == "placed":
            raise ValueError('a landmark with the status "placed" needs a position')


class Curve(Record, frozen=True, kw_only=True):
    """A named curve on the skin, from one end to the other; a paired one stores the person's left."""

    id: Name
    definition: str
    paired: bool
    positions: tuple[Position, ...] = ()
    status_reason: str = ""
    placed_by: str = ""


class Line(Record, frozen=True, kw_only=True):
    """A vertical (lateral distance) or level (height) that rules refer to."""

    id: Name
    kind: Literal["vertical", "level"]
    definition: str


class Region(Record, frozen=True, kw_only=True):
    """A region that rules keep points out of."""

    id: Name
    definition: str


class UnitOfMeasure(Record, frozen=True, kw_only=True):
    """A cun or finger measure, by its own bones or skin distance. Units are never mixed."""

    id: Name
    name: str = ""
    definition: str
    typical_mm: str = ""
    use: str = ""
    fallback: str = ""
    sources: tuple[str, ...] = ()


class BoneMeasure(Record, frozen=True, kw_only=True):
    """A bone-proportional measure: so many cun from one landmark to another."""

    region: str
    from_: str = msgspec.field(name="from")
    to: str
    cun: float
    direction: str
    note: str = ""
    confidence: str = ""
    sources: tuple[str, ...] = ()


class PathStep(Record, frozen=True, kw_only=True):
    """A step of a path: a reference and how far from it; `up_mm` may be negative."""

    ref: Name
    lateral_mm: float | None = None
    lateral_bcun_t: float | None = None
    medial_mm: float | None = None
    anterior_mm: float | None = None
    posterior_mm: float | None = None
    up_mm: float | None = None
    down_mm: float | None = None
    depth_mm: float | None = None
    along: str = ""
    note: str = ""


class CautionZone(Record, frozen=True, kw_only=True):
    """Where something runs under the skin that must not be hurt, up to `half_width_mm` from the path."""

    id: Name
    title: str
    risk: str
    shape: Literal["band", "circle", "polygon"] = "band"
    half_width_mm: Annotated[float, msgspec.Meta(ge=0)]
    middle_fraction: tuple[float, float] | None = None
    path: tuple[PathStep, ...]
    points: tuple[str, ...] = ()
    note: str = ""
    confidence: str = ""
    sources: tuple[str, ...] = ()


class Muscle(Record, frozen=True, kw_only=True):
    """A muscle of expression or chewing.

    It is drawn as a band of `half_width_mm` along its path, which a `ring` closes, or as the area within `outline`.
    A band may narrow or widen to `end_half_width_mm` at the path's end. Fibres run beside the path or, in a `fan`,
    together at its end.
    """

    id: Name
    name: str
    origin: str = ""
    insertion: str = ""
    action: str = ""
    nerve: str = ""
    path: tuple[PathStep, ...] = ()
    ring: bool = False
    half_width_mm: Annotated[float, msgspec.Meta(ge=0)] = 0
    end_half_width_mm: Annotated[float, msgspec.Meta(ge=0)] = 0
    fan: bool = False
    outline: tuple[PathStep, ...] = ()
    confidence: str = ""
    sources: tuple[str, ...] = ()


class SkinLine(Record, frozen=True, kw_only=True):
    """A line on the skin of the person's left, in steps; the right is its mirror image."""

    path: tuple[PathStep, ...]


class Wrinkle(Record, frozen=True, kw_only=True):
    """Lines of the skin, the muscle that makes them and the groups of points that work on them."""

    id: Name
    name: str
    muscle: str = ""
    course: tuple[str, ...] = ()
    mesh_path: str = ""
    lines: tuple[SkinLine, ...] = ()
    groups: tuple[str, ...] = ()
    confidence: str = ""
    sources: tuple[str, ...] = ()


class ConstraintMeaning(Record, frozen=True, kw_only=True):
    """What a type of constraint says."""

    id: Name
    meaning: str


class TrustedCheck(Constraint, frozen=True, kw_only=True):
    """One measurable part of a trusted rule: a constraint on a point, with its tight tolerance."""

    point: Name


class TrustedRule(Record, frozen=True, kw_only=True):
    """A rule that a placement must keep, in words and as what is measured."""

    id: Name
    points: tuple[str, ...] = ()
    rule: str
    checks: tuple[TrustedCheck, ...] = ()


class TemplateRow(Record, frozen=True, kw_only=True):
    """Two rules of one standard that pull against each other, measured on a synthetic face."""

    point: str
    rule_a: str
    rule_b: str
    difference_mm: float
    note: str = ""


class TemplateCheck(Record, frozen=True, kw_only=True):
    """How far rules of the same standard disagree."""

    note: str = ""
    rows: tuple[TemplateRow, ...] = ()

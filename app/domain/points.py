"""A point: who it is, how it is found and needled, and where it lies on the figure."""

from typing import Annotated, Literal

import msgspec

from app.domain.record import Name, Part, Position, Record

Laterality = Literal["bilateral", "midline", "group"]
Use = Literal["face", "body", "support", "advanced", "reference only"]
Status = Literal["placed", "unplaced", "missing"]
ConstraintType = Literal[
    "on_midline",
    "at",
    "same_vertical",
    "same_level",
    "offset",
    "offset_from_midpoint",
    "fraction_along",
    "midpoint",
    "on_curve",
    "between",
    "distance",
    "above",
    "below",
    "lateral_to",
    "medial_to",
    "anterior_to",
    "posterior_to",
    "distal_to",
    "proximal_to",
    "radial_to",
    "outside_region",
]
Range = tuple[
    Annotated[float, msgspec.Meta(ge=0, le=500)],
    Annotated[float, msgspec.Meta(ge=0, le=500)],
]
"""Least and most."""

DEFAULT_USES: frozenset[str] = frozenset({"face", "body", "support"})
"""Uses that may be shown without being asked for; the others are for trained hands or for reading only."""


class Length(Record, frozen=True, kw_only=True):
    """A value in a named unit of measure (see points/anatomy/units.json)."""

    value: float
    unit: Name


class Constraint(Record, frozen=True, kw_only=True):
    """One rule of a point's location. Which fields count depends on the type (points/anatomy/rules.json).

    References carry a prefix: PT: point, LM: face landmark, BL: body landmark, CV: curve; a trailing
    apostrophe means the other side. `fraction` is the part of the path measured from `from_`.
    """

    type: ConstraintType
    ref: str = ""
    curve: str = ""
    region: str = ""
    a: str = ""
    b: str = ""
    from_: str = msgspec.field(default="", name="from")
    to: str = ""
    path: str = ""
    axis: str = ""
    value: float | None = None
    unit: str = ""
    fraction: float | None = None
    direction: str = ""
    tolerance: Length | None = None


class Needle(Record, frozen=True, kw_only=True):
    """Needling of a point. Depths are (least, most); None where no source gives one."""

    depth_mm: Range | None = None
    depth_cun: Range | None = None
    angle: str = ""
    angle_also: str = ""
    direction: str = ""
    direction_source: str = ""
    note: str = ""
    source: str = ""
    confidence: str = ""


class FurtherSite(Record, frozen=True, kw_only=True):
    """A further place of a point that is a group of places; a bilateral one stores the person's left."""

    side: Literal["midline", "bilateral"]
    where: str = ""
    position: Position | None = None


class Point(Record, frozen=True, kw_only=True):
    """An acupuncture point.

    `position` is the person's left of a bilateral point, its own place on the midline otherwise, in mm in
    the frame of the file. `position_right` is there only for an unlinked bilateral point. A point without a
    position says why in `status_reason`. `region`, `zone` and `location` are words; `constraints` are the
    same location as measurable rules. A `locked` point keeps its place in the editor; a `hidden` one is not shown
    by goals and groups.
    """

    code: Name
    aliases: tuple[str, ...] = ()
    pinyin: str = ""
    hanzi: str = ""
    hanzi_simplified: str = ""
    english: str = ""
    channel: str = ""
    channel_name: str = ""
    laterality: Laterality
    part: Part
    use: Use
    region: str = ""
    zone: str = ""
    location: str = ""
    constraints: tuple[Constraint, ...] = ()
    needle: Needle = msgspec.field(default_factory=Needle)
    structures: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    pregnancy: str = ""
    confidence: str = ""
    disagreements: tuple[str, ...] = ()
    notes: str = ""
    sources: tuple[str, ...] = ()
    position: Position | None = None
    position_right: Position | None = None
    further_sites: tuple[FurtherSite, ...] = ()
    status: Status = "unplaced"
    status_reason: str = ""
    placed_by: str = ""
    locked: bool = False
    hidden: bool = False

    def __post_init__(self) -> None:
        if self.position is not None and self.status == "unplaced":
            msgspec.structs.force_setattr(self, "status", "placed")
        if self.position is None and self.status == "placed":
            raise ValueError('a point with the status "placed" needs a position')
        if self.position is not None and self.status == "missing":
            raise ValueError('a point with a position cannot have the status "missing"')
        if self.position_right is not None and (self.position is None or self.laterality != "bilateral"):
            raise ValueError("position_right is for a bilateral point that has a position")
        if self.further_sites and self.laterality != "group":
            raise ValueError('further_sites are for a point whose laterality is "group"')

    @property
    def needles(self) -> int:
        """Needle sites: 2 of a bilateral point, 1 on the midline, all places of a group."""
        if self.laterality == "bilateral":
            return 2
        return 1 + sum(2 if site.side == "bilateral" else 1 for site in self.further_sites)

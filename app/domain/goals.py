"""Groups of points, the skin goals they serve, and whole treatments."""

from typing import Annotated, Literal

import msgspec

from app.domain.record import Evidence, Name, Record

Color = Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$", description="#rrggbb")]
Marker = Literal[
    "disc",
    "square",
    "triangle",
    "diamond",
    "pentagon",
    "hexagon",
    "star",
    "plus",
    "cross",
    "drop",
    "ring",
    "heart",
]


class GroupPoint(Record, frozen=True, kw_only=True):
    """A point of a group and, in one plain sentence, why it is there."""

    code: Name
    reason: str = ""


class Group(Record, frozen=True, kw_only=True):
    """Points that work on one thing. `advanced_points` are shown only when asked for: trained hands only."""

    id: Name
    title: str
    area: str = ""
    points: tuple[GroupPoint, ...] = ()
    advanced_points: tuple[GroupPoint, ...] = ()
    technique: str = ""
    evidence: Evidence | None = None
    note: str = ""
    muscles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Goal(Record, frozen=True, kw_only=True):
    """A skin goal: what a client asks for.

    `evidence` is the level of the goal's own claim and never above the best of its groups: a group may be proven
    for something else. `order` is the place in lists; goals without one come last.
    """

    id: Name
    title: str
    color: Color
    marker: Marker
    order: int | None = None
    groups: tuple[str, ...] = ()
    client: str = ""
    evidence: Evidence | None = None
    evidence_text: str = ""
    source_phrase: str = ""
    sources: tuple[str, ...] = ()


class NeedleCount(Record, frozen=True, kw_only=True):
    """A point of a treatment and how many needles it takes."""

    code: Name
    needles: Annotated[int, msgspec.Meta(ge=1, le=20)]


class Treatment(Record, frozen=True, kw_only=True):
    """A whole treatment, or a body variant that stands in for the body needles of a whole one."""

    id: Name
    title: str
    kind: Literal["whole", "body variant"] = "whole"
    face: tuple[NeedleCount, ...] = ()
    body: tuple[NeedleCount, ...] = ()
    duration_min: tuple[int, int] | None = None
    needle: str = ""
    frequency: str = ""
    basis: str = ""
    note: str = ""

    @property
    def needles(self) -> tuple[NeedleCount, ...]:
        """Face needles, then body needles."""
        return self.face + self.body

    @property
    def words(self) -> str:
        """Its title, with the note on it."""
        return f"{self.title} ({self.note})" if self.note else self.title

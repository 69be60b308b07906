"""One Facepoints file: a document of points, groups, goals, treatments and anatomy."""

from typing import Literal

import msgspec

from app.domain.anatomy import (
    BoneMeasure,
    CautionZone,
    ConstraintMeaning,
    Curve,
    Landmark,
    Line,
    Muscle,
    Region,
    TemplateCheck,
    TrustedRule,
    UnitOfMeasure,
    Wrinkle,
)
from app.domain.goals import Goal, Group, Treatment
from app.domain.points import Point
from app.domain.record import Record
from app.domain.safety import (
    Caution,
    Disagreement,
    ExcludedSite,
    ScaleStep,
    SideEffect,
    Source,
    Unverified,
)

FORMAT = "facepoints"
VERSION = 1
HEADER = ("format", "version", "frame", "units", "figure")
"""Fields that every file shows, whatever they hold."""


class Frame(Record, frozen=True, kw_only=True):
    """The frame of all coordinates, in words, so that a file can be read without this program."""

    origin: str = "midpoint between the two tragions"
    x: str = "the person's left"
    y: str = "up"
    z: str = "forward"
    level: str = "the Frankfort plane is level, the mid-sagittal plane is x = 0"


class Document(Record, frozen=True, kw_only=True):
    """A file. Each kind of record stands in its own list; a file holds the lists it needs.

    `figure` is the fingerprint of the figure that the positions lie on; empty where there are none.
    """

    format: Literal["facepoints"] = "facepoints"
    version: int = VERSION
    frame: Frame = msgspec.field(default_factory=Frame)
    units: Literal["mm"] = "mm"
    figure: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    groups: tuple[Group, ...] = ()
    goals: tuple[Goal, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    curves: tuple[Curve, ...] = ()
    lines: tuple[Line, ...] = ()
    regions: tuple[Region, ...] = ()
    units_of_measure: tuple[UnitOfMeasure, ...] = ()
    bone_measures: tuple[BoneMeasure, ...] = ()
    constraint_types: tuple[ConstraintMeaning, ...] = ()
    trusted_rules: tuple[TrustedRule, ...] = ()
    global_rules: tuple[str, ...] = ()
    template_check: TemplateCheck | None = None
    caution_zones: tuple[CautionZone, ...] = ()
    muscles: tuple[Muscle, ...] = ()
    wrinkles: tuple[Wrinkle, ...] = ()
    cautions: tuple[Caution, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    sources: tuple[Source, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    excluded_sites: tuple[ExcludedSite, ...] = ()
    evidence_scale: tuple[ScaleStep, ...] = ()
    confidence_scale: tuple[ScaleStep, ...] = ()
    unverified: tuple[Unverified, ...] = ()


NAMED_LISTS = {
    "points": "code",
    "groups": "id",
    "goals": "id",
    "treatments": "id",
    "landmarks": "id",
    "curves": "id",
    "lines": "id",
    "regions": "id",
    "units_of_measure": "id",
    "constraint_types": "id",
    "trusted_rules": "id",
    "caution_zones": "id",
    "muscles": "id",
    "wrinkles": "id",
    "cautions": "id",
    "sources": "id",
    "evidence_scale": "id",
    "confidence_scale": "id",
    "unverified": "topic",
}
"""Lists of a document whose records have a name of their own, and the field that holds it."""

"""All documents joined into one library, with every reference in it known to lead somewhere."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

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
from app.domain.document import NAMED_LISTS, Document
from app.domain.goals import Goal, Group, Treatment
from app.domain.names import normal, suggestion
from app.domain.points import Point
from app.domain.problems import FileProblem, OtherFigure
from app.domain.record import Record
from app.domain.references import reference_problems
from app.domain.safety import Caution, Disagreement, ExcludedSite, ScaleStep, SideEffect, Source, Unverified

CHANNELS = ("LU", "LI", "ST", "SP", "HT", "SI", "BL", "KI", "PC", "TE", "GB", "LR", "GV", "CV", "EX")
"""Channels in the order of the WHO standard; extra points last."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known, by code or id; points come channel by channel, goals in their order.

    `aliases` gives codes by normal name (app.domain.names); `figure` is the fingerprint positions belong to.
    """

    points: Mapping[str, Point] = {}
    groups: Mapping[str, Group] = {}
    goals: Mapping[str, Goal] = {}
    treatments: Mapping[str, Treatment] = {}
    landmarks: Mapping[str, Landmark] = {}
    curves: Mapping[str, Curve] = {}
    lines: Mapping[str, Line] = {}
    regions: Mapping[str, Region] = {}
    units_of_measure: Mapping[str, UnitOfMeasure] = {}
    constraint_types: Mapping[str, ConstraintMeaning] = {}
    trusted_rules: Mapping[str, TrustedRule] = {}
    caution_zones: Mapping[str, CautionZone] = {}
    muscles: Mapping[str, Muscle] = {}
    wrinkles: Mapping[str, Wrinkle] = {}
    cautions: Mapping[str, Caution] = {}
    sources: Mapping[str, Source] = {}
    evidence_scale: Mapping[str, ScaleStep] = {}
    confidence_scale: Mapping[str, ScaleStep] = {}
    unverified: Mapping[str, Unverified] = {}
    bone_measures: tuple[BoneMeasure, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    excluded_sites: tuple[ExcludedSite, ...] = ()
    template_check: TemplateCheck | None = None
    figure: str = ""
    aliases: Mapping[str, str] = {}
    groups_by_code: Mapping[str, tuple[str, ...]] = {}
    goals_by_group: Mapping[str, tuple[str, ...]] = {}

    def point(self, name: str) -> Point:
        """The point of a code or an alias, however written ("li 4", "EX-HN3"). KeyError says what is near."""
        found = self.points.get(name) or self.points.get(self.aliases.get(normal(name), ""))
        if found is None:
            raise KeyError(f"{name} is not a known point{suggestion(name, self.aliases)}")
        return found

    def groups_of(self, code: str) -> tuple[Group, ...]:
        """Groups that name the point, among their advanced points too."""
        return tuple(self.groups[group] for group in self.groups_by_code.get(code, ()))

    def goals_of(self, code: str) -> tuple[Goal, ...]:
        """Goals that the point serves through any of its groups, in the order of the goals."""
        ids = {goal for group in self.groups_of(code) for goal in self.goals_by_group.get(group.id, ())}
        return tuple(goal for goal in self.goals.values() if goal.id in ids)


_UNNAMED = ("bone_measures", "side_effects", "disagreements", "excluded_sites")


def join(documents: Iterable[tuple[Path, Document]], base: Library | None = None) -> Library:
    """One library of several files; their records replace those of the same name in `base`.

    Raises FileProblem when two of the files define one name, or when one names something that is nowhere.
    """
    documents = tuple(documents)
    base = base or Library()
    fields: dict[str, Any] = {name: _named(name, key, documents, base) for name, key in NAMED_LISTS.items()}
    for name in _UNNAMED:
        own = tuple(record for _, document in documents for record in getattr(document, name))
        fields[name] = getattr(base, name) + own
    fields["points"] = dict(sorted(fields["points"].items(), key=lambda item: point_order(item[1])))
    fields["goals"] = dict(sorted(fields["goals"].items(), key=lambda item: _goal_order(item[1])))
    fields["template_check"] = next(
        (document.template_check for _, document in documents if document.template_check), base.template_check
    )
    fields["figure"] = base.figure or next(
        (document.figure for _, document in documents if document.figure), ""
    )
    fields.update(_indexes(fields["points"], fields["groups"], fields["goals"]))
    read_only: dict[str, Any] = {
        key: MappingProxyType(value) if isinstance(value, dict) else value for key, value in fields.items()
    }
    library = Library(**read_only)
    for path, document in documents:
        for problem in reference_problems(path, document, library):
            raise problem
    return library


def is_of_other_figure(document: Document, own: str) -> bool:
    """Whether the positions of a set lie on another figure than that of the fingerprint `own`, if that is known."""
    placed = any(point.position is not None for point in document.points)
    return placed and bool(document.figure and own) and document.figure != own


def check_figure(path: Path, document: Document, own: str) -> None:
    """OtherFigure where the positions of a file lie on another figure than that of the fingerprint `own`."""
    if is_of_other_figure(document, own):
        raise OtherFigure(path, document.figure, own)


def point_order(point: Point) -> tuple[int, str, int, str]:
    """Sorting key: channel, then number ("ST4" before "ST10"); extra points and own channels last."""
    channel = CHANNELS.index(point.channel) if point.channel in CHANNELS else len(CHANNELS)
    number = re.search(r"(\d+)\D*$", point.code)
    return (channel, re.sub(r"\d+\D*$", "", point.code), int(number[1]) if number else 0, point.code)


def _goal_order(goal: Goal) -> tuple[bool, int]:
    return (goal.order is None, goal.order or 0)


def _named(
    name: str, key: str, documents: tuple[tuple[Path, Document], ...], base: Library
) -> dict[str, Record]:
    """Records of one list by name, those of the files over those of the base. FileProblem for doubles."""
    found: dict[str, tuple[Path, Record]] = {}
    for path, document in documents:
        for index, record in enumerate(getattr(document, name)):
            own = getattr(record, key)
            if own in found:
                raise FileProblem(
                    path,
                    f"{name}[{index}] ({own})",
                    f"{own} is defined in {found[own][0].name} already",
                    "take one of the two out or rename it",
                )
            found[own] = (path, record)
    return {**getattr(base, name), **{own: record for own, (_, record) in found.items()}}


def _indexes(
    points: Mapping[str, Point], groups: Mapping[str, Group], goals: Mapping[str, Goal]
) -> dict[str, dict[str, Any]]:
    """Codes by normal name, groups by code, goals by group."""
    aliases = {normal(code): code for code in points}
    for point in points.values():
        for alias in point.aliases:
            aliases.setdefault(normal(alias), point.code)
    groups_by_code: dict[str, list[str]] = {}
    for group in groups.values():
        for item in group.points + group.advanced_points:
            groups_by_code.setdefault(item.code, []).append(group.id)
    goals_by_group: dict[str, list[str]] = {}
    for goal in goals.values():
        for name in goal.groups:
            goals_by_group.setdefault(name, []).append(goal.id)
    return {
        "aliases": aliases,
        "groups_by_code": {code: tuple(ids) for code, ids in groups_by_code.items()},
        "goals_by_group": {group: tuple(ids) for group, ids in goals_by_group.items()},
    }

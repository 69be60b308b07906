"""All documents joined into one library, with every reference in it known to lead somewhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
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
    TrustedRule,
    UnitOfMeasure,
    Wrinkle,
)
from app.domain.document import NAMED_LISTS, Document
from app.domain.goals import Goal, Group, Treatment
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import Record
from app.domain.safety import Caution, Disagreement, ExcludedSite, ScaleStep, SideEffect, Source, Unverified

CHANNELS = ("LU", "LI", "ST", "SP", "HT", "SI", "BL", "KI", "PC", "TE", "GB", "LR", "GV", "CV", "EX")
"""Channels in the order of the WHO standard; extra points last."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known, by code or id. Points come channel by channel. Never changed in place."""

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
    figure: str = ""
    aliases: Mapping[str, str] = {}
    groups_by_code: Mapping[str, tuple[str, ...]] = {}
    goals_by_group: Mapping[str, tuple[str, ...]] = {}

    def point(self, name: str) -> Point:
        """The point of a code or an alias, however it is written ("li 4", "EX-HN3"). KeyError says what is near."""
        found = self.points.get(name) or self.points.get(self.aliases.get(normal(name), ""))
        if found is None:
            raise KeyError(f"{name} is not a known point{suggestion(name, self)}")
        return found

    def groups_of(self, code: str) -> tuple[Group, ...]:
        """Groups that name the point, among their advanced points too."""
        return tuple(self.groups[group] for group in self.groups_by_code.get(code, ()))

    def goals_of(self, code: str) -> tuple[Goal, ...]:
        """Goals that the point serves through any of its groups, in the order of the goals."""
        ids = {goal for group in self.groups_by_code.get(code, ()) for goal in self.goals_by_group.get(group, ())}
        return tuple(goal for goal in self.goals.values() if goal.id in ids)


_UNNAMED = ("bone_measures", "side_effects", "disagreements", "excluded_sites")


def join(documents: Iterable[tuple[Path, Document]], base: Library | None = None) -> Library:
    """One library of several files. Their records come beside those of `base` and replace those of the same name.

    Raises FileProblem when two of the files define one name, or when one names something that is nowhere.
    """
    documents = tuple(documents)
    base = base or Library()
    fields: dict[str, Any] = {name: _named(name, key, documents, base) for name, key in NAMED_LISTS.items()}
    for name in _UNNAMED:
        fields[name] = getattr(base, name) + tuple(
            record for _, document in documents for record in getattr(document, name)
        )
    fields["points"] = dict(sorted(fields["points"].items(), key=lambda item: point_order(item[1])))
    fields["goals"] = dict(sorted(fields["goals"].items(), key=_goal_order))
    fields["figure"] = base.figure or next((document.figure for _, document in documents if document.figure), "")
    library = Library(**fields, **_indexes(fields["points"], fields["groups"], fields["goals"]))
    for problem in reference_problems(documents, library):
        raise problem
    return library


def reference_problems(documents: Iterable[tuple[Path, Document]], library: Library) -> Iterator[FileProblem]:
    """Every reference of the files to a point, group or muscle that is not in the library, one problem each."""
    for path, document in documents:
        for index, group in enumerate(document.groups):
            place = f"groups[{index}] ({group.id})"
            for item in group.points + group.advanced_points:
                yield from _unknown_point(path, place, item.code, library)
            for muscle in group.muscles:
                if muscle not in library.muscles:
                    yield _unknown(path, place, "muscle", muscle, library.muscles)
        for index, goal in enumerate(document.goals):
            for name in goal.groups:
                if name not in library.groups:
                    yield _unknown(path, f"goals[{index}] ({goal.id})", "group", name, library.groups)
        for index, treatment in enumerate(document.treatments):
            for needles in treatment.needles:
                yield from _unknown_point(path, f"treatments[{index}] ({treatment.id})", needles.code, library)
        for index, caution in enumerate(document.cautions):
            for code in caution.avoid_points:
                yield from _unknown_point(path, f"cautions[{index}] ({caution.id})", code, library)
        for index, zone in enumerate(document.caution_zones):
            for code in zone.points:
                yield from _unknown_point(path, f"caution_zones[{index}] ({zone.id})", code, library)


def point_order(point: Point) -> tuple[int, str, int, str]:
    """Sorting key: channel, then number ("ST4" before "ST10"), extra points and channels of one's own last."""
    channel = CHANNELS.index(point.channel) if point.channel in CHANNELS else len(CHANNELS)
    number = re.search(r"(\d+)\D*$", point.code)
    return (channel, re.sub(r"\d+\D*$", "", point.code), int(number[1]) if number else 0, point.code)


def _goal_order(item: tuple[str, Goal]) -> tuple[bool, int]:
    order = item[1].order
    return (order is None, order or 0)


def normal(text: str) -> str:
    """Text for comparing: no case, tone marks, spaces or hyphens, and no leading zeros in a number."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"(?<=[a-z])0+(?=\d)", "", re.sub(r"[^\w+]", "", plain))


def suggestion(name: str, library: Library) -> str:
    """What may be meant by an unknown name of a point, as the end of a sentence; empty if nothing is near."""
    from difflib import get_close_matches

    known = library.aliases.get(normal(name))
    if known:
        return f" (it is stored as {known})"
    near = get_close_matches(normal(name), library.aliases, n=1, cutoff=0.6)
    return f" (near it is {library.aliases[near[0]]})" if near else ""


def _named(name: str, key: str, documents: tuple[tuple[Path, Document], ...], base: Library) -> dict[str, Record]:
    """Records of one list by name, those of the files over those of the base. Raises FileProblem for doubles."""
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


def _unknown_point(path: Path, place: str, code: str, library: Library) -> Iterator[FileProblem]:
    if code not in library.points:
        problem = f"the point {code} is not known{suggestion(code, library)}"
        yield FileProblem(path, place, problem, "correct its code, or add the point to the file")


def _unknown(path: Path, place: str, kind: str, name: str, known: Iterable[str]) -> FileProblem:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    hint = f" (near it is {near[0]})" if near else ""
    return FileProblem(
        path, place, f"the {kind} {name} is not known{hint}", f"correct its name, or add the {kind} to the file"
    )

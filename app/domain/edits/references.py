"""Where a set names its points: groups, treatments, cautions, zones and rules of other points."""

import re

from msgspec.structs import replace

from app.domain.document import Document
from app.domain.points import Constraint, Point

GONE = "placed from a point that the set no longer has"
"""How a point was placed whose words named a point that was deleted since."""

_RULE_FIELDS = ("ref", "a", "b", "from_", "to", "path")


def with_code(document: Document, old: str, new: str) -> Document:
    """The document with every mention of one code replaced by another; the point itself is the caller's."""

    def name(code: str) -> str:
        return new if code == old else code

    def items(records: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(replace(one, code=name(one.code)) if one.code == old else one for one in records)

    return replace(
        document,
        points=tuple(_with_rules(point, old, new) for point in document.points),
        groups=tuple(
            replace(one, points=items(one.points), advanced_points=items(one.advanced_points))
            for one in document.groups
        ),
        treatments=tuple(
            replace(one, face=items(one.face), body=items(one.body)) for one in document.treatments
        ),
        cautions=tuple(
            replace(one, avoid_points=tuple(map(name, one.avoid_points))) for one in document.cautions
        ),
        caution_zones=tuple(
            replace(one, points=tuple(map(name, one.points))) for one in document.caution_zones
        ),
    )


def without_points(document: Document, codes: frozenset[str]) -> Document:
    """The document with no mention of these codes; rules that refer to them go with them."""

    def items(records: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(one for one in records if one.code not in codes)

    def names(own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in own if code not in codes)

    return replace(
        document,
        points=tuple(_without_rules(point, codes) for point in document.points),
        groups=tuple(
            replace(one, points=items(one.points), advanced_points=items(one.advanced_points))
            for one in document.groups
        ),
        treatments=tuple(
            replace(one, face=items(one.face), body=items(one.body)) for one in document.treatments
        ),
        cautions=tuple(replace(one, avoid_points=names(one.avoid_points)) for one in document.cautions),
        caution_zones=tuple(replace(one, points=names(one.points)) for one in document.caution_zones),
    )


def rule_codes(point: Point) -> tuple[str, ...]:
    """The points that the rules of a point refer to, each once."""
    return tuple(dict.fromkeys(code for rule in point.constraints for code in sorted(_codes(rule))))


def _with_rules(point: Point, old: str, new: str) -> Point:
    pattern = re.compile(rf"^PT:{re.escape(old)}('?)$")

    def rule(constraint: Constraint) -> Constraint:
        values = {
            field: pattern.sub(rf"PT:{_literal(new)}\1", getattr(constraint, field)) for field in _RULE_FIELDS
        }
        return replace(constraint, **values)

    if not _named(point, frozenset({old})):
        return point
    return replace(
        point, constraints=tuple(map(rule, point.constraints)), placed_by=_with_words(point.placed_by, old, new)
    )


def _with_words(placed_by: str, old: str, new: str) -> str:
    """The words by which a point was placed, with another code in them; typed in capitals or not."""
    for flags in (re.NOFLAG, re.IGNORECASE):
        words, count = re.subn(rf"(?<!\w){re.escape(old)}(?!\w)", _literal(new), placed_by, flags=flags)
        if count:
            return words
    return placed_by


def _without_rules(point: Point, codes: frozenset[str]) -> Point:
    if not _named(point, codes):
        return point
    rules = tuple(rule for rule in point.constraints if not _codes(rule) & codes)
    # The words would put it elsewhere, or nowhere, now that the point they begin from is gone.
    stale = any(_with_words(point.placed_by, code, "") != point.placed_by for code in codes)
    return replace(point, constraints=rules, placed_by=GONE if stale else point.placed_by)


def _named(point: Point, codes: frozenset[str]) -> bool:
    return any(_codes(rule) & codes for rule in point.constraints)


def _codes(constraint: Constraint) -> frozenset[str]:
    """The points that a rule refers to."""
    values = (getattr(constraint, field) for field in _RULE_FIELDS)
    return frozenset(value[3:].removesuffix("'") for value in values if value.startswith("PT:"))


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\")

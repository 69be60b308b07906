"""What every edit returns and needs: the next document with words for it, and records found by name."""

from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields, replace

from app.domain.canonical import plain
from app.domain.document import NAMED_LISTS, Document
from app.domain.goals import Goal, Group
from app.domain.library import Library
from app.domain.names import normal
from app.domain.points import Point
from app.domain.record import DECIMALS, LIMIT_MM, Position, Record

R = TypeVar("R", bound=Record)


class EditProblem(Exception):
    """An edit that cannot be made; the text is one sentence with the remedy. The document stays as it was."""


class Edit(msgspec.Struct, frozen=True):
    """A document after an edit, and what was done in a few words: "Move ST4"."""

    document: Document
    words: str


def find_point(document: Document, base: Library, code: str) -> Point:
    """The point as the set has it, the built-in one where the set has none. EditProblem for an unknown code."""
    own = own_point(document, code) or base.points.get(code)
    if own is None:
        raise EditProblem(f"There is no point {code}; add it first.")
    return own


def own_point(document: Document, code: str) -> Point | None:
    """The point of that code in the set itself."""
    return next((point for point in document.points if point.code == code), None)


def find_group(document: Document, base: Library, name: str) -> Group:
    """The group as the set has it, or the built-in one. EditProblem for an unknown id."""
    own = next((group for group in document.groups if group.id == name), None) or base.groups.get(name)
    if own is None:
        raise EditProblem(f"There is no group {name}; add it first.")
    return own


def find_goal(document: Document, base: Library, name: str) -> Goal:
    """The goal as the set has it, or the built-in one. EditProblem for an unknown id."""
    own = next((goal for goal in document.goals if goal.id == name), None) or base.goals.get(name)
    if own is None:
        raise EditProblem(f"There is no goal {name}; add it first.")
    return own


def put(document: Document, kind: str, record: Record) -> Document:
    """The document with a record in the list `kind`, in the place of the one of its name or at the end."""
    key = NAMED_LISTS[kind]
    name = getattr(record, key)
    records = getattr(document, kind)
    if any(getattr(one, key) == name for one in records):
        return with_list(
            document, kind, tuple(record if getattr(one, key) == name else one for one in records)
        )
    return with_list(document, kind, (*records, record))


def with_list(document: Document, kind: str, records: tuple[Record, ...]) -> Document:
    """The document with another list of one kind."""
    return replace(document, **{kind: records})


def changed(record: R, **values: Any) -> R:
    """The record with other values in some fields. EditProblem, naming the field, where a value does not fit."""
    types = _types(type(record))
    for name, value in values.items():
        try:
            msgspec.convert(plain(value), types[name])
        except (msgspec.ValidationError, ValueError) as error:
            reason = str(error).replace("`", "").partition(" - at")[0]
            raise EditProblem(f"This does not fit the field {name}: {reason}; correct it.") from None
    try:
        return replace(record, **values)
    except ValueError as error:
        raise EditProblem(f"{error}.") from None


@cache
def _types(kind: type[Record]) -> dict[str, Any]:
    return {field.name: field.type for field in fields(kind)}


def rounded(position: Position) -> Position:
    """A position as a file keeps it. EditProblem where it is no place within three metres."""
    x, y, z = (round(float(value), DECIMALS) + 0.0 for value in position)
    if not all(-LIMIT_MM <= value <= LIMIT_MM for value in (x, y, z)):
        raise EditProblem("This is no position on the figure; place the point on its skin.")
    return (x, y, z)


def mirrored(position: Position) -> Position:
    """The mirror image of a position on the symmetric figure."""
    return (-position[0] + 0.0, position[1], position[2])


def free_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with the first number that makes it a name of its own."""
    names = {normal(name) for name in taken}
    number, name = 1, wanted
    while normal(name) in names:
        number += 1
        name = f"{wanted} {number}"
    return name


def taken_codes(document: Document, base: Library) -> set[str]:
    """Codes that no new point may have: those of the set and the built-in ones, with the built-in ones' aliases."""
    taken = {point.code for point in document.points} | set(base.points) | set(base.aliases.values())
    return taken | {alias for point in base.points.values() for alias in point.aliases}


def listed(codes: tuple[str, ...], noun: str = "point") -> str:
    """One name, or how many: "ST4", "3 points"."""
    return codes[0] if len(codes) == 1 else f"{len(codes)} {noun}s"

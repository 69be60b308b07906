"""What a set changes of the built-in library, and the way back."""

import msgspec
from msgspec.structs import fields, replace

from app.domain.document import NAMED_LISTS, Document
from app.domain.edits.edit import Edit, EditProblem
from app.domain.library import Library
from app.domain.record import Record

KINDS = {"points": "point", "groups": "group", "goals": "goal", "treatments": "treatment"}
"""Lists that a set may extend, and what one of their records is called."""


class Change(msgspec.Struct, frozen=True):
    """A record of the set that the library does not have, or has otherwise.

    Attributes:
        kind: "points", "groups", "goals" or "treatments".
        name: its code or id.
        fields: the fields that differ from the built-in record; empty for a new one.
        new: whether the library has no such record.
    """

    kind: str
    name: str
    fields: tuple[str, ...]
    new: bool


def changes(document: Document, base: Library) -> tuple[Change, ...]:
    """Everything by which the set differs from the built-in library, list by list in its own order."""
    found = []
    for kind in KINDS:
        built_in = getattr(base, kind)
        for record in getattr(document, kind):
            name = getattr(record, NAMED_LISTS[kind])
            if name in built_in:
                found.append(Change(kind, name, differing(built_in[name], record), False))
            else:
                found.append(Change(kind, name, (), True))
    return tuple(found)


def differing(old: Record, new: Record) -> tuple[str, ...]:
    """The names of the fields in which two records of one kind differ."""
    own = (field.name for field in fields(type(old)))
    return tuple(name for name in own if getattr(old, name) != getattr(new, name))


def reset(document: Document, base: Library, kind: str, name: str) -> Edit:
    """Take the set's version of a built-in record out, so that the built-in one counts again."""
    key = NAMED_LISTS[kind]
    records = getattr(document, kind)
    if name not in getattr(base, kind):
        raise EditProblem(f"{name} is not built in, so there is nothing to reset it to; delete it instead.")
    kept = tuple(record for record in records if getattr(record, key) != name)
    if len(kept) == len(records):
        raise EditProblem(f"{name} is as it is built in already.")
    return Edit(replace(document, **{kind: kept}), f"Reset {name}")

"""Two sets made one, record by record."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, cast

import msgspec

from app.domain.document import NAMED_LISTS, Document
from app.domain.edits.edit import Edit, EditProblem, with_list
from app.domain.edits.extending import KINDS, differing
from app.domain.edits.references import rule_codes
from app.domain.goals import Goal, Group, Treatment
from app.domain.library import Library, join
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import Record

Choice = Literal["mine", "theirs"]


class Difference(msgspec.Struct, frozen=True):
    """A record that only one of two sets has, or both have otherwise.

    `where` is "mine", "theirs" or "both"; `fields` are those that differ where both have it.
    """

    kind: str
    name: str
    where: Literal["mine", "theirs", "both"]
    fields: tuple[str, ...] = ()


def differences(mine: Document, theirs: Document) -> tuple[Difference, ...]:
    """Everything in which two sets differ, in the order of the first, then of the second."""
    found = []
    for kind in KINDS:
        own, others = (
            {getattr(record, NAMED_LISTS[kind]): record for record in getattr(one, kind)}
            for one in (mine, theirs)
        )
        for name, record in own.items():
            if name not in others:
                found.append(Difference(kind, name, "mine"))
            elif record != others[name]:
                found.append(Difference(kind, name, "both", differing(record, others[name])))
        found += [Difference(kind, name, "theirs") for name in others if name not in own]
    return tuple(found)


def merge(
    mine: Document,
    theirs: Document,
    base: Library,
    choices: Mapping[tuple[str, str], Choice],
    words: str = "Merge another set",
) -> Edit:
    """Take over the records (kind, name) for which "theirs" is chosen; all others stay as they are.

    EditProblem where the result would name a point or group that is nowhere.
    """
    new = mine
    for kind in KINDS:
        key = NAMED_LISTS[kind]
        records = {getattr(record, key): record for record in getattr(mine, kind)}
        for record in getattr(theirs, kind):
            name = getattr(record, key)
            if choices.get((kind, name)) == "theirs":
                records[name] = record
        new = with_list(new, kind, tuple(records.values()))
    if not new.figure and theirs.figure:
        new = msgspec.structs.replace(new, figure=theirs.figure)
    check_joins(new, base)
    return Edit(new, words)


def needed(
    mine: Document, theirs: Document, base: Library, choices: Mapping[tuple[str, str], Choice]
) -> dict[tuple[str, str], tuple[str, str]]:
    """The records (kind, name) of the other set that what is taken over needs and that would be nowhere.

    Each with the record (kind, name) that needs it first; what they need in their turn is among them.
    """
    here = {
        (kind, getattr(record, NAMED_LISTS[kind])): record
        for document in (base, mine)
        for kind in KINDS
        for record in _records(document, kind)
    }
    there = {
        (kind, getattr(record, NAMED_LISTS[kind])): record
        for kind in KINDS
        for record in getattr(theirs, kind)
    }
    taken = [key for key in there if choices.get(key) == "theirs"]
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for key in taken:  # It grows while it is gone through.
        for want in _wants(there[key]):
            if want not in here and want not in taken and want in there:
                found[want] = key
                taken.append(want)
    return found


def _records(document: Document | Library, kind: str) -> Iterable[Record]:
    own = getattr(document, kind)
    return cast(Iterable[Record], own.values() if isinstance(document, Library) else own)


def _wants(record: Record) -> Iterator[tuple[str, str]]:
    """What a record names: points, groups."""
    if isinstance(record, Goal):
        yield from (("groups", name) for name in record.groups)
    elif isinstance(record, Group):
        yield from (("points", item.code) for item in record.points + record.advanced_points)
    elif isinstance(record, Treatment):
        yield from (("points", item.code) for item in record.needles)
    elif isinstance(record, Point):
        yield from (("points", code) for code in rule_codes(record))


def take_all(mine: Document, theirs: Document, base: Library, words: str) -> Edit:
    """Take over everything of another set, as importing a file does."""
    every: dict[tuple[str, str], Choice] = {
        (one.kind, one.name): "theirs" for one in differences(mine, theirs) if one.where != "mine"
    }
    return merge(mine, theirs, base, every, words)


def check_joins(document: Document, base: Library) -> None:
    """EditProblem where the set names something that neither it nor the built-in library has."""
    try:
        join([(Path("this set"), document)], base=base)
    except FileProblem as problem:
        raise EditProblem(str(problem)) from None

"""What other programs know: a list of named places, in which a point with two sides is two of them."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

from app.domain.document import Document
from app.domain.edits.edit import changed, mirrored, rounded
from app.domain.exchange.table import Row
from app.domain.library import Library
from app.domain.names import normal, some_of
from app.domain.points import Laterality, Point
from app.domain.record import Position

Side = Literal["left", "right", "midline"]

MIRRORED_MM = 0.01
"""Sides that mirror each other this closely are one linked point again."""
MIDLINE_MM = 1.0
"""An unknown point this near to the mid-sagittal plane lies on the midline."""
NECK_MM = -150.0
"""Below this height an unknown point lies on the body."""

_OURS = re.compile(r"^(?P<code>.+?) \((?P<site>\d+)? ?(?P<side>left|right)?\)$")
_FOREIGN = re.compile(r"^(?P<code>.+?)[ _.\-]+(?P<side>l|r|lt|rt|left|right)$", re.IGNORECASE)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One named place; `position` is None where the file says that it is not set. `row` holds what a table adds."""

    label: str
    position: Position | None
    description: str = ""
    locked: bool = False
    hidden: bool = False
    row: Row | None = None


class MarkProblem(Exception):
    """Places that make no points; the text is a sentence without its full stop: problem; remedy."""


def exported(document: Document, base: Library) -> tuple[Point, ...]:
    """The points a set stands for: its own, and those of the built-in library that its groups name."""
    own = {point.code: point for point in document.points}
    for group in document.groups:
        for item in group.points + group.advanced_points:
            if item.code not in own and item.code in base.points:
                own[item.code] = base.points[item.code]
    return tuple(own.values())


def marks_of(points: Iterable[Point]) -> tuple[Mark, ...]:
    """Every place of every point; one without a place gives one mark without a position."""
    found = []
    for point in points:
        for suffix, position in _places(point):
            found.append(
                Mark(
                    label=point.code + suffix,
                    position=position,
                    description=" ".join(one for one in (point.pinyin, point.hanzi, point.english) if one),
                    locked=point.locked,
                    hidden=point.hidden,
                )
            )
    return tuple(found)


def _places(point: Point) -> list[tuple[str, Position | None]]:
    if point.position is None:
        return [("", None)]
    if point.laterality == "bilateral":
        right = point.position_right or mirrored(point.position)
        return [(" (left)", point.position), (" (right)", right)]
    found: list[tuple[str, Position | None]] = [("", point.position)]
    for number, site in enumerate(point.further_sites, 2):
        if site.position is None:
            continue
        if site.side == "bilateral":
            found.append((f" ({number} left)", site.position))
            found.append((f" ({number} right)", mirrored(site.position)))
        else:
            found.append((f" ({number})", site.position))
    return found


class Named(msgspec.Struct, frozen=True):
    """A label taken apart: the code, the side if it is named, and which of the places of a group it is."""

    code: str
    side: str
    site: int


def named(label: str, base: Library) -> Named:
    """Take a label apart. The code is that of the library where the label is a code or an alias of it."""
    label = label.strip()
    known = base.aliases.get(normal(label))
    if known is not None:
        return Named(known, "", 0)
    found = _OURS.match(label) or _FOREIGN.match(label)
    if found is None:
        return Named(label, "", 0)
    parts = found.groupdict()
    side = (parts["side"] or "").lower()
    code = base.aliases.get(normal(parts["code"]), parts["code"].strip())
    number = parts.get("site")
    full = {"l": "left", "lt": "left", "r": "right", "rt": "right"}.get(side, side)
    return Named(code, full, int(number) - 1 if number else 0)


def points_of(
    marks: Sequence[Mark], base: Library, own: Document
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """Points made of places, in their order, and what was taken for granted in a sentence each.

    A code that the set `own` or the library knows keeps everything known about it but its places.
    Raises MarkProblem where two places claim the same side of one point.
    """
    notes: list[str] = []
    places: dict[str, dict[tuple[int, str], Mark]] = {}
    for number, mark in enumerate(marks, 1):
        label = mark.label.strip()
        if not label:
            label = f"P{number}"
            notes.append(f"The place number {number} has no name; it is called {label}.")
        name = named(label, base)
        if name.code != label and normal(name.code) != normal(label) and not name.side and not name.site:
            notes.append(f"{label} is stored as {name.code}.")
        key = (name.site, name.side or _side_at(mark.position))
        if key in places.setdefault(name.code, {}):
            raise MarkProblem(
                f"two places are called {label}, on the {key[1]}; give one of them another name"
            )
        places[name.code][key] = mark
    known = {point.code: point for point in own.points}
    points, unsaid = [], []
    for code, sites in places.items():
        before = known.get(code) or base.points.get(code)
        points.append(_point(code, sites, before, notes))
        if before is None and not any(mark.row and "use" in mark.row.fields() for mark in sites.values()):
            unsaid.append(code)
    if unsaid:
        notes.append(
            f"The file does not say how {some_of(unsaid)} may be used: "
            "taken for points of face or body that anyone may needle."
        )
    return tuple(points), tuple(notes)


def _side_at(position: Position | None) -> str:
    if position is None or abs(position[0]) <= MIDLINE_MM:
        return "midline"
    return "left" if position[0] > 0 else "right"


def _point(code: str, sites: dict[tuple[int, str], Mark], known: Point | None, notes: list[str]) -> Point:
    mark = next(iter(sites.values()))
    point = known or _new(code, sites, mark)
    further = list(point.further_sites)
    for (site, side), one in sites.items():
        if site and site <= len(further) and one.position is not None:
            at = mirrored(one.position) if side == "right" else one.position
            further[site - 1] = changed(further[site - 1], position=rounded(at))
    first = {
        side: one.position for (site, side), one in sites.items() if not site and one.position is not None
    }
    position, right = _sides(point, first, notes)
    values = mark.row.fields() if mark.row else {}
    if values.get("laterality") in get_args(Laterality) and known is None:
        point = msgspec.structs.replace(point, laterality=values["laterality"])
    values.pop("laterality", None)
    if (position, right, tuple(further)) != (point.position, point.position_right, point.further_sites):
        # In one step: a status that does not fit the places would be refused.
        point = msgspec.structs.replace(
            point,
            position=position,
            position_right=right,
            further_sites=tuple(further),
            status="placed" if position is not None else "unplaced",
            status_reason="",
            placed_by="imported" if position is not None else "",
        )
    if (values.get("status") == "placed") != (position is not None):
        values.pop("status", None)
    return changed(point, locked=mark.locked, hidden=mark.hidden, **values)


def _new(code: str, sites: dict[tuple[int, str], Mark], mark: Mark) -> Point:
    """A point that nobody knows yet: on the midline if its only place lies there, bilateral otherwise."""
    midline = {side for _, side in sites} == {"midline"}
    part: Literal["face", "body"] = "face"
    if mark.position is not None and mark.position[1] < NECK_MM:
        part = "body"
    return Point(
        code=code,
        laterality="midline" if midline else "bilateral",
        part=part,
        use=part,
        english=mark.description,
    )


def _sides(
    point: Point, first: dict[str, Position], notes: list[str]
) -> tuple[Position | None, Position | None]:
    """The stored position, and that of the right where the sides differ."""
    if not first:
        return None, None
    if point.laterality != "bilateral":
        return rounded(first.get("midline") or next(iter(first.values()))), None
    left = first.get("left") or first.get("midline")
    right = first.get("right")
    if left is None:
        assert right is not None
        notes.append(f"{point.code} has a place on the right only; its left is the mirror image.")
        return rounded(mirrored(right)), None
    if right is None:
        return rounded(left), None
    apart = sum((a - b) ** 2 for a, b in zip(left, mirrored(right), strict=True)) ** 0.5
    return rounded(left), None if apart <= MIRRORED_MM else rounded(right)

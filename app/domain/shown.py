"""What is switched on, and the points that follow from it. View state: never part of a document."""

from collections.abc import Iterable

import msgspec

from app.domain.library import Library
from app.domain.points import DEFAULT_USES, Point


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is switched on.

    `pairs` are (goal, group): a group of two goals is switched in each on its own. `groups` are groups by
    themselves, whether a goal names them or not; `points` single codes; `treatment` a whole treatment and
    `body_variant` the variant that stands in for its body needles. Points for trained hands and for
    reference are shown by groups and goals only where `advanced` is True, hidden ones never; by `points` always.
    """

    pairs: frozenset[tuple[str, str]] = frozenset()
    groups: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    treatment: str | None = None
    body_variant: str | None = None
    advanced: bool = False


class ShownPoint(msgspec.Struct, frozen=True):
    """A point that is switched on, with the goals and groups that ask for it, in the order of the library."""

    point: Point
    goals: tuple[str, ...]
    groups: tuple[str, ...]


class NeedleCounts(msgspec.Struct, frozen=True):
    """Needle sites by part."""

    face: int
    body: int

    @property
    def total(self) -> int:
        return self.face + self.body


def with_goal(library: Library, shown: Shown, goal: str, on: bool) -> Shown:
    """All groups of a goal switched on or off, and nothing else. KeyError for an unknown goal."""
    own = frozenset((goal, group) for group in library.goals[goal].groups)
    return msgspec.structs.replace(shown, pairs=shown.pairs | own if on else shown.pairs - own)


def with_group(library: Library, shown: Shown, goal: str | None, group: str, on: bool) -> Shown:
    """A group switched in one goal, or by itself where `goal` is None. KeyError if it is not there."""
    if goal is None:
        own = frozenset({library.groups[group].id})
        return msgspec.structs.replace(shown, groups=shown.groups | own if on else shown.groups - own)
    if group not in library.goals[goal].groups:
        raise KeyError(f"the goal {goal} has no group {group}")
    pair = frozenset({(goal, group)})
    return msgspec.structs.replace(shown, pairs=shown.pairs | pair if on else shown.pairs - pair)


def with_point(library: Library, shown: Shown, code: str, on: bool) -> Shown:
    """A single point switched on or off by code or alias. KeyError, with what is near, for an unknown one."""
    own = frozenset({library.point(code).code})
    return msgspec.structs.replace(shown, points=shown.points | own if on else shown.points - own)


def with_treatment(library: Library, shown: Shown, treatment: str, on: bool) -> Shown:
    """A whole treatment or a body variant switched; at most one of each kind is on. KeyError: unknown."""
    kind = "body_variant" if library.treatments[treatment].kind == "body variant" else "treatment"
    if not on and getattr(shown, kind) != treatment:
        return shown
    return msgspec.structs.replace(shown, **{kind: treatment if on else None})


def goal_is_on(library: Library, shown: Shown, goal: str) -> bool | None:
    """True if all groups of the goal are on, None if some are, False if none is."""
    groups = library.goals[goal].groups
    count = sum((goal, group) in shown.pairs for group in groups)
    return None if 0 < count < len(groups) else count > 0


def shown_points(library: Library, shown: Shown) -> tuple[ShownPoint, ...]:
    """The points that are switched on, each once, in the order of the library."""
    goals: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    for goal in library.goals.values():
        for group in goal.groups:
            if (goal.id, group) in shown.pairs:
                for code in group_codes(library, group, shown.advanced):
                    _add(goals, code, goal.id)
    on = shown.groups | {group for _, group in shown.pairs}
    for group in library.groups:
        if group in on:
            for code in group_codes(library, group, shown.advanced):
                _add(groups, code, group)
    codes = goals.keys() | groups.keys() | shown.points | treatment_codes(library, shown)
    return tuple(
        ShownPoint(point, tuple(goals.get(code, ())), tuple(groups.get(code, ())))
        for code, point in library.points.items()
        if code in codes and (not point.hidden or code in shown.points)
    )


def group_codes(library: Library, group: str, advanced: bool = False) -> tuple[str, ...]:
    """Codes that a group shows; with `advanced` those for trained hands and for reference too."""
    own = library.groups[group]
    items = own.points + own.advanced_points if advanced else own.points
    return tuple(item.code for item in items if advanced or library.points[item.code].use in DEFAULT_USES)


def treatment_codes(library: Library, shown: Shown) -> frozenset[str]:
    """Codes of the treatment that is on, its body needles given by the body variant if one is on."""
    codes = {item.code for item in library.treatments[shown.treatment].face} if shown.treatment else set()
    body = shown.body_variant or shown.treatment
    if body:
        codes |= {item.code for item in library.treatments[body].body}
    return frozenset(codes)


def count_needles(points: Iterable[ShownPoint]) -> NeedleCounts:
    """Needle sites: 2 of a bilateral point, 1 on the midline, all places of a group of places."""
    face = body = 0
    for shown in points:
        if shown.point.part == "face":
            face += shown.point.needles
        else:
            body += shown.point.needles
    return NeedleCounts(face, body)


def _add(lists: dict[str, list[str]], code: str, item: str) -> None:
    own = lists.setdefault(code, [])
    if item not in own:
        own.append(item)

"""Edits of groups and goals: made, changed, filled, ordered, deleted."""

from collections.abc import Iterable
from typing import Any, cast

from msgspec.structs import replace

from app.domain.document import Document
from app.domain.edits.edit import (
    Edit,
    EditProblem,
    changed,
    find_goal,
    find_group,
    find_point,
    free_name,
    listed,
    put,
    with_list,
)
from app.domain.edits.field_words import field_words
from app.domain.goals import Goal, Group, GroupPoint, Marker
from app.domain.library import Library
from app.domain.names import normal


def add_group(document: Document, base: Library, title: str, codes: Iterable[str] = ()) -> Edit:
    """A new group of these points; its id is made from the title."""
    name = _id(title, {group.id for group in document.groups} | set(base.groups))
    points = tuple(GroupPoint(code=find_point(document, base, code).code) for code in codes)
    group = changed(Group(id=name, title=title), title=title, points=points)
    return Edit(put(document, "groups", group), f"Add the group {title}")


def change_group(document: Document, base: Library, name: str, **values: Any) -> Edit:
    """Other values in fields of a group."""
    group = find_group(document, base, name)
    words = ", ".join(map(field_words, values))
    return Edit(put(document, "groups", changed(group, **values)), f"Change the {words} of {group.title}")


def fill_group(
    document: Document, base: Library, name: str, codes: Iterable[str], at: int | None = None
) -> Edit:
    """Put points into a group, at a place in its order or at the end; those it has already move there."""
    codes = tuple(dict.fromkeys(codes))
    group = find_group(document, base, name)
    items = {item.code: item for item in group.points + group.advanced_points}
    added = [items.get(code) or GroupPoint(code=find_point(document, base, code).code) for code in codes]
    kept = [item for item in group.points if item.code not in codes]
    before = sum(item.code in codes for item in group.points[:at]) if at is not None else 0
    place = len(kept) if at is None else max(0, min(at - before, len(kept)))
    kept[place:place] = added
    advanced = tuple(item for item in group.advanced_points if item.code not in codes)
    new = changed(group, points=tuple(kept), advanced_points=advanced)
    return Edit(put(document, "groups", new), f"Put {listed(codes)} into {group.title}")


def empty_group(document: Document, base: Library, name: str, codes: Iterable[str]) -> Edit:
    """Take points out of a group."""
    codes = tuple(codes)
    group = find_group(document, base, name)
    new = changed(
        group,
        points=tuple(item for item in group.points if item.code not in codes),
        advanced_points=tuple(item for item in group.advanced_points if item.code not in codes),
    )
    return Edit(put(document, "groups", new), f"Take {listed(codes)} out of {group.title}")


def move_in_group(document: Document, base: Library, name: str, code: str, step: int) -> Edit:
    """Put a point of a group so many places further down in its order, or up; advanced ones among themselves."""
    group = find_group(document, base, name)
    for field in ("points", "advanced_points"):
        items = list(getattr(group, field))
        at = next((index for index, item in enumerate(items) if item.code == code), None)
        if at is not None:
            item = items.pop(at)
            items.insert(max(0, min(at + step, len(items))), item)
            new = changed(group, **{field: tuple(items)})
            return Edit(put(document, "groups", new), f"Reorder {code} in {group.title}")
    raise EditProblem(f"{code} is not in {group.title}; put it in first.")


def set_advanced(document: Document, base: Library, name: str, code: str, on: bool) -> Edit:
    """Keep a point of a group to trained hands, or show it to all; it goes to the end of the others of its kind."""
    group = find_group(document, base, name)
    item = next((item for item in group.points + group.advanced_points if item.code == code), None)
    if item is None:
        raise EditProblem(f"{code} is not in {group.title}; put it in first.")
    rest = empty_group(document, base, name, [code]).document
    group = find_group(rest, base, name)
    field = "advanced_points" if on else "points"
    new = changed(group, **{field: (*getattr(group, field), item)})
    words = f"Keep {code} in {group.title} to trained hands" if on else f"Show {code} in {group.title} to all"
    return Edit(put(rest, "groups", new), words)


def set_reason(document: Document, base: Library, name: str, code: str, reason: str) -> Edit:
    """Say why a point is in a group."""
    group = find_group(document, base, name)

    def items(own: tuple[GroupPoint, ...]) -> tuple[GroupPoint, ...]:
        return tuple(changed(item, reason=reason) if item.code == code else item for item in own)

    new = changed(group, points=items(group.points), advanced_points=items(group.advanced_points))
    return Edit(put(document, "groups", new), f"Change the reason of {code} in {group.title}")


def add_muscle(document: Document, base: Library, name: str, muscle: str) -> Edit:
    """Say that a group works on a muscle, by its id. EditProblem for one that neither set nor library has."""
    known = {**base.muscles, **{one.id: one for one in document.muscles}}
    if muscle not in known:
        raise EditProblem(f"There is no muscle {muscle}; add it to the file first.")
    group = find_group(document, base, name)
    rest = tuple(one for one in group.muscles if one != muscle)
    new = changed(group, muscles=(*rest, muscle))
    return Edit(put(document, "groups", new), f"Add the muscle {known[muscle].name} to {group.title}")


def remove_muscle(document: Document, base: Library, name: str, muscle: str) -> Edit:
    """Take a muscle out of those that a group works on."""
    group = find_group(document, base, name)
    new = changed(group, muscles=tuple(one for one in group.muscles if one != muscle))
    return Edit(
        put(document, "groups", new), f"Take the muscle {muscle.replace('_', ' ')} out of {group.title}"
    )


def move_muscle(document: Document, base: Library, name: str, muscle: str, step: int) -> Edit:
    """Put a muscle of a group so many places further down in its order, or up."""
    group = find_group(document, base, name)
    if muscle not in group.muscles:
        raise EditProblem(f"The muscle {muscle} is not in {group.title}; add it first.")
    rest = [one for one in group.muscles if one != muscle]
    rest.insert(max(0, min(group.muscles.index(muscle) + step, len(rest))), muscle)
    words = f"Reorder the muscles of {group.title}"
    return Edit(put(document, "groups", changed(group, muscles=tuple(rest))), words)


def delete_group(document: Document, base: Library, name: str) -> Edit:
    """Take a group of one's own out of the set and its goals. The points stay."""
    group = find_group(document, base, name)
    if name in base.groups:
        raise EditProblem(f"The group {group.title} is built in and cannot be deleted; reset it instead.")
    groups = tuple(one for one in document.groups if one.id != name)
    goals = tuple(
        replace(goal, groups=tuple(one for one in goal.groups if one != name)) for goal in document.goals
    )
    return Edit(replace(document, groups=groups, goals=goals), f"Delete the group {group.title}")


def move_group(document: Document, name: str, index: int) -> Edit:
    """Another place in the order of the set's own groups: before the one that is at `index` now."""
    own = next((group for group in document.groups if group.id == name), None)
    if own is None:
        raise EditProblem(f"The group {name} is not in this set; change it first.")
    rest = [group for group in document.groups if group.id != name]
    index -= any(group.id == name for group in document.groups[: max(0, index)])
    rest.insert(max(0, min(index, len(rest))), own)
    return Edit(with_list(document, "groups", tuple(rest)), f"Reorder the group {own.title}")


def add_goal(
    document: Document, base: Library, title: str, color: str, marker: str, groups: Iterable[str] = ()
) -> Edit:
    """A new goal of these groups; its id is made from the title."""
    name = _id(title, {goal.id for goal in document.goals} | set(base.goals))
    own = tuple(find_group(document, base, group).id for group in groups)
    goal = Goal(id=name, title=title, color=color, marker=cast(Marker, marker))
    goal = changed(goal, title=title, color=color, marker=marker, groups=own)
    return Edit(put(document, "goals", goal), f"Add the goal {title}")


def change_goal(document: Document, base: Library, name: str, **values: Any) -> Edit:
    """Other values in fields of a goal: its colour, marker, order, words."""
    goal = find_goal(document, base, name)
    for group in values.get("groups", ()):
        find_group(document, base, group)
    words = ", ".join(map(field_words, values))
    return Edit(put(document, "goals", changed(goal, **values)), f"Change the {words} of {goal.title}")


def fill_goal(document: Document, base: Library, name: str, group: str, at: int | None = None) -> Edit:
    """Put a group into a goal, before the one that is at a place of its order now, or at the end."""
    goal, own = find_goal(document, base, name), find_group(document, base, group)
    rest = [one for one in goal.groups if one != group]
    if at is not None:
        at -= group in goal.groups[: max(0, at)]
    rest.insert(len(rest) if at is None else max(0, min(at, len(rest))), group)
    new = changed(goal, groups=tuple(rest))
    return Edit(put(document, "goals", new), f"Put {own.title} into {goal.title}")


def move_in_goal(document: Document, base: Library, name: str, group: str, step: int) -> Edit:
    """Put a group of a goal so many places further down in its order, or up."""
    goal, own = find_goal(document, base, name), find_group(document, base, group)
    if group not in goal.groups:
        raise EditProblem(f"{own.title} is not in {goal.title}; put it in first.")
    at = goal.groups.index(group)
    rest = [one for one in goal.groups if one != group]
    rest.insert(max(0, min(at + step, len(rest))), group)
    new = changed(goal, groups=tuple(rest))
    return Edit(put(document, "goals", new), f"Reorder {own.title} in {goal.title}")


def empty_goal(document: Document, base: Library, name: str, group: str) -> Edit:
    """Take a group out of a goal."""
    goal, own = find_goal(document, base, name), find_group(document, base, group)
    new = changed(goal, groups=tuple(one for one in goal.groups if one != group))
    return Edit(put(document, "goals", new), f"Take {own.title} out of {goal.title}")


def delete_goal(document: Document, base: Library, name: str) -> Edit:
    """Take a goal of one's own out of the set. Its groups stay."""
    goal = find_goal(document, base, name)
    if name in base.goals:
        raise EditProblem(f"The goal {goal.title} is built in and cannot be deleted; reset it instead.")
    goals = tuple(one for one in document.goals if one.id != name)
    return Edit(with_list(document, "goals", goals), f"Delete the goal {goal.title}")


def change_title(document: Document, title: str) -> Edit:
    """Another title for the set."""
    return Edit(changed(document, title=title), "Change the title of the set")


def _id(title: str, taken: set[str]) -> str:
    """An id such as "around_the_eye" that is not taken."""
    if not title.strip():
        raise EditProblem("A title is wanted; write one.")
    words = "_".join(normal(word) for word in title.split() if normal(word)) or "group"
    return free_name(words, taken).replace(" ", "_")

"""Edits of points: add, place, move, name, copy, delete, order, lock, hide; both sides or each its own."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from app.domain.document import Document
from app.domain.edits.edit import (
    Edit,
    EditProblem,
    changed,
    find_point,
    free_name,
    listed,
    mirrored,
    own_point,
    put,
    rounded,
    taken_codes,
    with_list,
)
from app.domain.edits.field_words import field_words
from app.domain.edits.references import with_code, without_points
from app.domain.library import Library
from app.domain.names import normal
from app.domain.points import Constraint, FurtherSite, Point
from app.domain.record import Position

BY_HAND = "placed by hand"
"""How a point was placed, unless something better is known."""
BY_WORDS = "placed by words: "
"""How a point was placed whose place was typed in words; the words follow."""

MISSING = "left out on purpose"


def add_point(document: Document, base: Library, point: Point) -> Edit:
    """A new point at the end of the set. EditProblem where the code is taken, as a code or as an alias."""
    taken = {**base.aliases, **{normal(own.code): own.code for own in document.points}}
    other = taken.get(normal(point.code))
    if other is not None:
        raise _taken(base, point.code, other)
    if point.position is not None:
        point = changed(point, position=rounded(point.position))
    return Edit(put(document, "points", changed(point, code=point.code)), f"Add {point.code}")


def place_point(
    document: Document,
    base: Library,
    code: str,
    position: Position,
    side: str = "left",
    *,
    one_side: bool = False,
    site: int = 0,
    how: str = BY_HAND,
) -> Edit:
    """Put a point, or one of its places, somewhere on the skin.

    A linked point is stored as the person's left whichever `side` is placed; with `one_side` its sides part and
    only that one moves. `site` counts the places of a group: 0 its first, then its further ones. EditProblem for a
    locked point.
    """
    point = _unlocked(document, base, code)
    words = f"{'Place' if point.position is None else 'Move'} {code}"
    position = rounded(position)
    if point.laterality == "midline" or (point.laterality == "group" and site == 0):
        position = (0.0, position[1], position[2])
    return Edit(put(document, "points", _placed(point, position, side, one_side, site, how)), words)


def move_points(
    document: Document,
    base: Library,
    moves: Iterable[tuple[str, int, Position, str]],
    *,
    one_side: bool = False,
    verb: str = "Move",
) -> Edit:
    """Put several places somewhere in one step: of each the code, `site`, position and side of `place_point`."""
    moves = tuple(moves)
    if not moves:
        raise EditProblem("No placed point is selected; select one first.")
    for code, site, position, side in moves:
        document = place_point(document, base, code, position, side, one_side=one_side, site=site).document
    return Edit(document, f"{verb} {listed(tuple(dict.fromkeys(move[0] for move in moves)))}")


def place_by_words(
    document: Document,
    base: Library,
    code: str,
    position: Position,
    words: str,
    rules: tuple[Constraint, ...],
    *,
    one_side: bool = False,
) -> Edit:
    """Put a point where words say: its left or its place on the midline. The rules they say become its own.

    A point that is a group of places keeps its rules, which speak of all of them. EditProblem as for `place_point`.
    """
    how = BY_WORDS + " ".join(words.split())
    edit = place_point(document, base, code, position, one_side=one_side, how=how)
    point = find_point(edit.document, base, code)
    if point.laterality != "group":
        edit = Edit(put(edit.document, "points", changed(point, constraints=rules)), edit.words)
    return Edit(edit.document, f"{edit.words} by words")


def words_of(point: Point) -> str:
    """The words that a point was placed by; empty for one that was placed in another way."""
    return point.placed_by.removeprefix(BY_WORDS) if point.placed_by.startswith(BY_WORDS) else ""


def _placed(point: Point, position: Position, side: str, one_side: bool, site: int, how: str) -> Point:
    values: dict[str, Any] = {"status": "placed", "status_reason": "", "placed_by": how}
    if site:
        if site > len(point.further_sites):
            raise EditProblem(f"{point.code} has no place number {site + 1}; add it to the point first.")
        further = list(point.further_sites)
        own = further[site - 1]
        further[site - 1] = changed(own, position=_stored(own, position, side))
        return changed(point, further_sites=tuple(further))
    if point.laterality != "bilateral":
        return changed(point, position=position, **values)
    if point.position is None:
        left = mirrored(position) if side == "right" else position
        return changed(point, position=left, **values)
    if point.position_right is not None or one_side:
        right = point.position_right or mirrored(point.position)
        left, right = (point.position, position) if side == "right" else (position, right)
        return changed(point, position=left, position_right=right, **values)
    return changed(point, position=mirrored(position) if side == "right" else position, **values)


def _stored(site: FurtherSite, position: Position, side: str) -> Position:
    if site.side == "midline":
        return (0.0, position[1], position[2])
    return mirrored(position) if side == "right" else position


def clear_position(document: Document, base: Library, codes: Iterable[str]) -> Edit:
    """Take the places of points away; they stay in the set as unplaced."""
    return _each(
        document, base, codes, "Clear the place of", lambda point: _without_place(point, "unplaced", "")
    )


def mark_missing(document: Document, base: Library, codes: Iterable[str], reason: str = MISSING) -> Edit:
    """Say that points are left out on purpose: they have no place and are not asked for again."""
    return _each(
        document, base, codes, "Mark as missing:", lambda point: _without_place(point, "missing", reason)
    )


def _without_place(point: Point, status: str, reason: str) -> Point:
    if point.locked:
        raise _locked(point.code)
    further = tuple(changed(site, position=None) for site in point.further_sites)
    # In one step, or the rules of a point would forbid the state between.
    return replace(
        point,
        position=None,
        position_right=None,
        further_sites=further,
        status=status,
        status_reason=reason,
        placed_by="",
    )


def change_point(document: Document, base: Library, code: str, **values: Any) -> Edit:
    """Other values in fields of a point; `place_point`, `change_sides` and `rename_point` change the rest."""
    point = find_point(document, base, code)
    names = ", ".join(map(field_words, values))
    return Edit(put(document, "points", changed(point, **values)), f"Change the {names} of {code}")


def change_sides(
    document: Document, base: Library, code: str, laterality: str, position: Position | None = None
) -> Edit:
    """Make a point bilateral or a midline one. A placed one needs its `position` on the midline for that."""
    point = _unlocked(document, base, code)
    if point.laterality == "group" or laterality == "group":
        raise EditProblem(f"{code} is or would be a group of places; write those in the file.")
    if laterality == "midline" and point.position is not None:
        if position is None:
            raise EditProblem(f"{code} lies on both sides; clear its place before it goes to the midline.")
        _, y, z = rounded(position)
        point = replace(point, position=(0.0, y, z), position_right=None)
    return Edit(put(document, "points", changed(point, laterality=laterality)), f"Change sides of {code}")


def rename_point(document: Document, base: Library, code: str, new: str) -> Edit:
    """Another code for a point of one's own, wherever the set names it."""
    if code in base.points:
        raise EditProblem(f"{code} is built in and keeps its code; duplicate it to give it another.")
    point = find_point(document, base, code)
    new = new.strip()
    others = {normal(own.code): own.code for own in document.points if own.code != code}
    taken = {**base.aliases, **others}.get(normal(new))
    if taken is not None:
        raise _taken(base, new, taken)
    renamed = changed(point, code=new)
    points = tuple(renamed if own.code == code else own for own in document.points)
    return Edit(with_code(with_list(document, "points", points), code, new), f"Rename {code} to {new}")


def delete_points(document: Document, base: Library, codes: Iterable[str]) -> Edit:
    """Take points of one's own out of the set and of its groups. Built-in ones can be hidden or reset instead."""
    codes = tuple(codes)
    for code in codes:
        point = find_point(document, base, code)
        if code in base.points:
            raise EditProblem(f"{code} is built in and cannot be deleted; hide it, or reset it.")
        if point.locked:
            raise _locked(code)
    gone = frozenset(codes)
    points = tuple(point for point in document.points if point.code not in gone)
    return Edit(without_points(with_list(document, "points", points), gone), f"Delete {listed(codes)}")


def duplicate_points(document: Document, base: Library, codes: Iterable[str]) -> Edit:
    """Copies with codes of their own, each right behind its original or at the end."""
    codes = tuple(codes)
    points = list(document.points)
    taken = taken_codes(document, base)
    for code in codes:
        own = find_point(document, base, code)
        copy = changed(own, code=free_name(code + " copy", taken), aliases=(), locked=False)
        taken.add(copy.code)
        at = next((index + 1 for index, one in enumerate(points) if one.code == code), len(points))
        points.insert(at, copy)
    return Edit(with_list(document, "points", tuple(points)), f"Duplicate {listed(codes)}")


def move_in_list(document: Document, code: str, index: int) -> Edit:
    """Another place in the order of the set's own points."""
    point = own_point(document, code)
    if point is None:
        raise EditProblem(f"{code} is not in this set; change it first.")
    rest = [own for own in document.points if own.code != code]
    rest.insert(max(0, min(index, len(rest))), point)
    return Edit(with_list(document, "points", tuple(rest)), f"Reorder {code}")


def lock_points(document: Document, base: Library, codes: Iterable[str], on: bool) -> Edit:
    """Keep points where they are, or let them be moved again."""
    return _each(document, base, codes, "Lock" if on else "Unlock", lambda point: changed(point, locked=on))


def hide_points(document: Document, base: Library, codes: Iterable[str], on: bool) -> Edit:
    """Take points out of sight, in the file too, or show them again."""
    return _each(document, base, codes, "Hide" if on else "Show", lambda point: changed(point, hidden=on))


def unlink_sides(document: Document, base: Library, codes: Iterable[str]) -> Edit:
    """Let the two sides of bilateral points be moved each by itself."""

    def unlinked(point: Point) -> Point:
        if point.laterality != "bilateral" or point.position is None:
            raise EditProblem(f"{point.code} does not have two sides on the figure; place both first.")
        if point.locked:
            raise _locked(point.code)
        return changed(point, position_right=point.position_right or mirrored(point.position))

    return _each(document, base, codes, "Unlink the sides of", unlinked)


def relink_sides(document: Document, base: Library, codes: Iterable[str], keep: str = "left") -> Edit:
    """Make one side of bilateral points the mirror image of the other again; `keep` is the side that stays.

    Points without two sides are passed over, so that a whole group can be mirrored at once.
    """

    def linked(point: Point) -> Point:
        if point.position_right is None or point.position is None:
            return point
        if point.locked:
            raise _locked(point.code)
        left = mirrored(point.position_right) if keep == "right" else point.position
        return changed(point, position=left, position_right=None)

    other = "left" if keep == "right" else "right"
    return _each(document, base, codes, f"Mirror {keep} to {other}:", linked)


def flip_sides(document: Document, base: Library, codes: Iterable[str]) -> Edit:
    """Exchange left and right of points whose sides differ."""

    def flipped(point: Point) -> Point:
        if point.position is None or point.position_right is None:
            raise EditProblem(f"The sides of {point.code} mirror each other already; unlink them first.")
        if point.locked:
            raise _locked(point.code)
        return changed(
            point, position=mirrored(point.position_right), position_right=mirrored(point.position)
        )

    return _each(document, base, codes, "Flip the sides of", flipped)


def _each(
    document: Document, base: Library, codes: Iterable[str], words: str, change: Callable[[Point], Point]
) -> Edit:
    codes = tuple(codes)
    if not codes:
        raise EditProblem("No point is selected; select one or more first.")
    new = document
    for code in codes:
        own = find_point(new, base, code)
        after = change(own)
        if after != own:
            new = put(new, "points", after)
    return Edit(new, f"{words} {listed(codes)}")


def _unlocked(document: Document, base: Library, code: str) -> Point:
    point = find_point(document, base, code)
    if point.locked:
        raise _locked(code)
    return point


def _taken(base: Library, wanted: str, other: str) -> EditProblem:
    """Why a code cannot be had, and what to do instead."""
    if other not in base.points:
        return EditProblem(f"{other} is in this set already; choose another code, or change that point.")
    alias = normal(wanted) != normal(other)
    what = (
        f"{wanted} is another name of the built-in point {other}" if alias else f"{other} is a built-in point"
    )
    return EditProblem(f"{what}; choose another code, or show {other} from the built-in list and change it.")


def _locked(code: str) -> EditProblem:
    return EditProblem(f"{code} is locked; unlock it first.")

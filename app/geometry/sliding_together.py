"""Several places under one hand: each goes the way of the first along its own skin, in its own tangent plane."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.points import Point
from app.geometry.bound_set import BoundSet
from app.geometry.figure import Floats
from app.geometry.sites import Side
from app.geometry.sliding import Place, Skin

FACING = -0.5
"""Below this cosine two places face away from each other: no turn carries a direction over, it stays as it is seen."""

_FLIP = np.array([-1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Carried:
    """A stored place of a point that is moved with others: the point, which of its places, where it is."""

    code: str
    site: int
    place: Place


def stored_places(bound: BoundSet, point: Point, hand: Side) -> list[Carried]:
    """Return the places of a point that a hand on one side moves, each stored place once.

    The partner of a linked place follows by itself and is none. Where each side is stored, the hand's side moves;
    with a hand on the midline both do.
    """
    found: dict[int, dict[Side, Place]] = {}
    number = -1
    for side, place in bound.places(point):
        # The places of a group are stored one after the other, a right one with its left.
        number += side != "right"
        found.setdefault(number if point.laterality == "group" else 0, {})[side] = place
    carried = []
    for number, sides in found.items():
        wanted = [side for side in sides if side == hand] or list(sides)[:1]
        if hand == "midline" and point.position_right is not None:
            wanted = list(sides)
        carried += [Carried(point.code, number, sides[side]) for side in wanted]
    return carried


def moved_together(skin: Skin, start: Place, end: Place, carried: Sequence[Carried]) -> list[Carried]:
    """Return where places have come to when the hand takes another one from `start` to `end`."""
    way = end.position - start.position
    distance = float(np.linalg.norm(way))
    return nudged_together(skin, start, way, distance, carried) if distance else list(carried)


def nudged_together(
    skin: Skin, lead: Place, way: Floats, distance: float, carried: Sequence[Carried]
) -> list[Carried]:
    """Return where places have come to that go a distance, mm, in the direction (3,) that is `way` at `lead`."""
    return [Carried(one.code, one.site, _gone(skin, lead, way, distance, one.place)) for one in carried]


def _gone(skin: Skin, lead: Place, way: Floats, distance: float, start: Place) -> Place:
    """Where a place comes to that goes as `lead` does, as far as its own skin can be walked."""
    if start.side == "right" and lead.side != "right":
        way, normal = way * _FLIP, lead.normal * _FLIP
    else:
        normal = lead.normal
    way = _turned(way, normal, start.normal)
    if start.side == "midline":
        # What would lead off the midline is no part of its way.
        along = way - (way @ start.normal) * start.normal
        whole = float(np.linalg.norm(along))
        distance *= float(np.linalg.norm(along[1:])) / whole if whole else 0.0
    end = skin.nudge(start, way, distance)
    return end if skin.reaches(start, end) else start


def _turned(way: Floats, here: Floats, there: Floats) -> Floats:
    """A way (3,) at a place with normal `here` (3,) as it goes at one with normal `there`: turned the shortest way."""
    cosine = float(here @ there)
    if cosine < FACING:
        return way
    axis = np.cross(here, there)
    turned: Floats = way + np.cross(axis, way) + np.cross(axis, np.cross(axis, way)) / (1 + cosine)
    return turned

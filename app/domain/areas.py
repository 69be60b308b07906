"""Areas of face and body, as a person names them: "the cheeks", and which points lie there."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from app.domain.points import Point
from app.domain.record import Part


class Area(msgspec.Struct, frozen=True):
    """An area; a point lies in it if a word of its zone or region begins with one of `words`."""

    id: str
    title: str
    part: Part
    words: tuple[str, ...]


WHOLE_FACE = "whole_face"

_AREAS = (
    Area(WHOLE_FACE, "Whole face and head", "face", ("",)),
    Area("forehead", "Forehead and hairline", "face", ("forehead", "hairline", "brow", "glabella")),
    Area("brows", "Brows and between them", "face", ("brow", "glabella", "bunny")),
    Area("eyes", "Around the eyes", "face", ("eye", "crow", "orbit", "inner")),
    Area("temples", "Temples", "face", ("temple", "crow")),
    Area("cheeks", "Cheeks", "face", ("cheek", "nasolabial", "masseter")),
    Area("nose", "Nose", "face", ("nose", "bunny", "nasolabial")),
    Area("mouth", "Lips and around the mouth", "face", ("perioral", "mouth", "marionette", "nasolabial")),
    Area("chin_jaw", "Chin and jaw", "face", ("chin", "jaw", "marionette", "masseter", "under-chin")),
    Area("ears", "In front of, on and behind the ears", "face", ("ear",)),
    Area("neck", "Neck", "face", ("neck", "scm", "platysma", "nape")),
    Area("scalp", "Scalp", "face", ("scalp", "vertex", "occiput")),
    Area(
        "arms_hands",
        "Arms and hands",
        "body",
        ("hand", "wrist", "forearm", "elbow", "shoulder", "arm"),
    ),
    Area("legs_feet", "Legs and feet", "body", ("leg", "foot", "ankle", "knee", "thigh")),
    Area("chest_belly", "Chest and belly", "body", ("chest", "abdomen")),
    Area("back", "Back", "body", ("back", "lumbar", "base")),
)
AREAS: Mapping[str, Area] = {area.id: area for area in _AREAS}


def words_of(point: Point) -> tuple[str, ...]:
    """The words of a point's zone and region, in small letters."""
    return tuple(re.findall(r"[a-z]+", f"{point.zone} {point.region}".lower()))


def points_in(area: str, points: Iterable[Point]) -> frozenset[str]:
    """Codes of the points in an area. KeyError for an unknown area.

    A point of the same part whose words name no area at all counts as in every one: nobody knows that it is not.
    """
    own = AREAS[area]
    return frozenset(
        point.code for point in points if point.part == own.part and (is_in(point, own) or not _areas(point))
    )


def is_in(point: Point, area: Area) -> bool:
    """Whether the words of a point name the area."""
    return says(point, area.words)


def says(point: Point, starts: Iterable[str]) -> bool:
    """Whether a word of a point's zone or region begins with one of `starts`; "" begins every one."""
    words = words_of(point) or ("",)
    return any(word.startswith(start) for word in words for start in starts)


def _areas(point: Point) -> list[str]:
    return [
        area.id for area in _AREAS if area.id != WHOLE_FACE and area.part == point.part and is_in(point, area)
    ]

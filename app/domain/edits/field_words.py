"""What the fields of points, groups, goals and treatments are called, and in words how two records differ."""

from collections.abc import Callable, Iterable, Mapping

from app.domain.edits.extending import differing
from app.domain.goals import Goal, Group
from app.domain.points import Point
from app.domain.record import Record

FIELD_WORDS: Mapping[str, str] = {
    "aliases": "other codes",
    "hanzi_simplified": "simplified hanzi",
    "english": "English name",
    "channel_name": "name of the channel",
    "laterality": "sides",
    "location": "location in words",
    "constraints": "rules",
    "structures": "structures at risk",
    "position": "place",
    "position_right": "place",
    "further_sites": "place",
    "status": "state",
    "status_reason": "reason of its state",
    "placed_by": "how it was placed",
    "color": "colour",
    "marker": "shape",
    "order": "place in lists",
    "client": "words for the client",
    "evidence_text": "what was studied",
    "extra": "fields of other programs",
    "depth_mm": "needle depth",
    "depth_cun": "needle depth",
    "angle": "needle angle",
    "direction": "needle direction",
}
"""Of those that are not called as they are written; in `Needle`, of its own fields."""


def field_words(field: str) -> str:
    """What a field is called in a sentence."""
    return FIELD_WORDS.get(field, field.replace("_", " "))


def difference_words(mine: Record, theirs: Record, title: Callable[[str], str] = str) -> str:
    """How their record differs from mine, in a few words: "English name, place; adds HER1; leaves out ST4".

    `title` gives the title of a group for its id.
    """
    fields = differing(mine, theirs)
    told: list[str] = []
    members: list[str] = []
    if isinstance(mine, Point) and isinstance(theirs, Point):
        told = _of_point(mine, theirs, fields)
    elif isinstance(mine, Group) and isinstance(theirs, Group):
        members = _of_group(mine, theirs)
        fields = tuple(field for field in fields if field not in ("points", "advanced_points"))
    elif isinstance(mine, Goal) and isinstance(theirs, Goal):
        if "groups" in fields:
            members = _members(
                [title(name) for name in mine.groups], [title(name) for name in theirs.groups], "its groups"
            )
        fields = tuple(field for field in fields if field != "groups")
    told = told or list(dict.fromkeys(map(field_words, fields)))
    return "; ".join([", ".join(told)] * bool(told) + members)


def _of_point(mine: Point, theirs: Point, fields: Iterable[str]) -> list[str]:
    names = [name for name in fields if name != "needle"]
    if {"position", "position_right", "further_sites"} & set(names):
        # What follows from another place is no news.
        names = [name for name in names if name not in ("status", "status_reason", "placed_by")]
    words = [field_words(name) for name in names]
    if (mine.position is None) != (theirs.position is None):
        now = "has no place" if theirs.position is None else "has a place"
        words = [now if word == "place" else word for word in words]
    needle = differing(mine.needle, theirs.needle)
    words += [FIELD_WORDS.get(name, f"needle {name.replace('_', ' ')}") for name in needle]
    return list(dict.fromkeys(words))


def _of_group(mine: Group, theirs: Group) -> list[str]:
    own, others = (
        {item.code: item.reason for item in group.points + group.advanced_points} for group in (mine, theirs)
    )
    words = _members(list(own), list(others), "its points")
    kept, told = (
        {item.code for item in group.advanced_points if item.code in own and item.code in others}
        for group in (mine, theirs)
    )
    if kept != told:
        words.append(f"for trained hands or not: {', '.join(sorted(kept ^ told))}")
    reasons = [code for code in own if code in others and own[code] != others[code]]
    if reasons:
        words.append(f"reason of {', '.join(reasons)}")
    return words


def _members(mine: list[str], theirs: list[str], what: str) -> list[str]:
    added = [name for name in theirs if name not in mine]
    gone = [name for name in mine if name not in theirs]
    words = [f"adds {', '.join(added)}"] * bool(added) + [f"leaves out {', '.join(gone)}"] * bool(gone)
    kept = [[name for name in own if name in mine and name in theirs] for own in (mine, theirs)]
    return words + [f"order of {what}"] * (kept[0] != kept[1])

"""A card as it is asked once: words, side, good wrong choices, the answers that are accepted."""

import random
import re
from math import dist
from typing import Literal

import msgspec

from app.domain.cards import Card, caution_of, names_of, title_of
from app.domain.library import Library
from app.domain.names import normal
from app.domain.points import Point

Side = Literal["left", "right", "midline", ""]
SIDE_WORDS: dict[Side, str] = {
    "left": "on the person's left",
    "right": "on the person's right",
    "midline": "on the midline",
    "": "",
}

SAME_PLACE_MM = 1.5
"""Points nearer than this lie at one place: either name is right, and neither is a wrong choice for the other."""

_CHOICES = 4
_GOAL_CHOICES = 6
_NEAR = 9  # wrong choices are drawn from so many of the nearest points
_COMMON_WORDS = frozenset(
    {
        "artery", "arteries", "nerve", "nerves", "vessels", "vein", "branch", "branches", "deep", "here",
        "right", "below", "above", "with", "under", "point", "only", "never", "lies", "lower", "upper",
        "medial", "lateral", "line", "level", "midline", "high", "risk", "forbidden", "default", "product"
    }
)  # fmt: skip


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is put to the student.

    `prompt` never gives the answer away. `choices` are empty where the skin is to be clicked; `right` are the
    numbers of the right ones, several where `several` is True. `accepted` are typed answers by their normal names
    (app.domain.names), empty where typing makes no sense. `answer` is the right answer in words.
    """

    card: Card
    side: Side
    prompt: str
    answer: str
    choices: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    several: bool = False
    accepted: frozenset[str] = frozenset()


def ask(library: Library, card: Card, seed: int = 0) -> Question:
    """The question of a card; the same seed gives the same side, choices and order.

    KeyError where the library does not have the point any more.
    """
    point = library.points[card.code]
    chance = random.Random(f"{card.id}/{seed}")
    return _MAKERS[card.kind](library, card, point, chance)


def side_of(point: Point, chance: random.Random) -> Side:
    """The side that is asked for: either of a bilateral point, none of a group."""
    if point.laterality == "bilateral":
        return chance.choice(("left", "right"))
    return "midline" if point.laterality == "midline" else ""


def typed_names(point: Point) -> frozenset[str]:
    """Every way to type a point's name: code, aliases, pinyin without tones, hanzi of both scripts, English."""
    names = (point.code, *point.aliases, point.pinyin, point.hanzi, point.hanzi_simplified, point.english)
    return frozenset(normal(name) for name in names if normal(name))


def _name(library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    at_one_place = [other for other in library.points.values() if apart(point, other) < SAME_PLACE_MM]
    wrong = _neighbours(library, point, chance)
    choices, right = _shuffled([title_of(point)], [title_of(other) for other in wrong], chance)
    return Question(
        card=card,
        side=side_of(point, chance),
        prompt="Which point is lit?",
        answer=f"{point.code} {names_of(point)}",
        choices=choices,
        right=right,
        accepted=frozenset().union(*(typed_names(one) for one in (point, *at_one_place))),
    )


def _locate(_library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    side = side_of(point, chance)
    where = SIDE_WORDS[side] or "any of its places"
    return Question(
        card=card,
        side=side,
        prompt=f"Click {point.code} {names_of(point)}, {where}.",
        answer=point.location or title_of(point),
    )


def _goals(library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    own = [goal.title for goal in library.goals_of(point.code)]
    others = [goal.title for goal in library.goals.values() if goal.title not in own]
    wrong = chance.sample(others, min(len(others), 3))
    right = chance.sample(own, min(len(own), _GOAL_CHOICES - len(wrong), 3))
    choices, numbers = _shuffled(right, wrong, chance)
    return Question(
        card=card,
        side="",
        prompt=f"Which of these goals does {title_of(point)} serve?",
        answer=", ".join(own),
        choices=choices,
        right=numbers,
        several=True,
    )


def _cautions(library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    own = caution_of(point)
    known = _words(" ".join((*point.cautions, *point.structures)))
    mates = {
        code for zone in library.caution_zones.values() if point.code in zone.points for code in zone.points
    }
    # What is said of a point in one zone with this one, or shares an anatomical word with it, may be true of it too.
    maybe_true = {caution_of(library.points[code]) for code in mates}
    wrong: dict[str, None] = {}
    for other in _by_distance(library, point):
        words = caution_of(other)
        if words and words not in maybe_true and not _words(words) & known:
            wrong[words] = None
            known |= _words(words)
    choices, right = _shuffled([own], list(wrong)[: _CHOICES - 1], chance)
    return Question(
        card=card,
        side="",
        prompt=f"What is to be kept in mind at {title_of(point)}?",
        answer=" ".join(point.cautions),
        choices=choices,
        right=right,
    )


def _channel(library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    own = channel_title(point)
    near = dict.fromkeys(channel_title(other) for other in _by_distance(library, point) if other.channel_name)
    wrong = [title for title in near if title != own][: _CHOICES + 1]
    choices, right = _shuffled([own], chance.sample(wrong, min(len(wrong), _CHOICES - 1)), chance)
    return Question(
        card=card,
        side="",
        prompt=f"On which channel does {names_of(point)} lie?",
        answer=own,
        choices=choices,
        right=right,
        accepted=frozenset({normal(point.channel), normal(point.channel_name), normal(own)}),
    )


def _landmarks(library: Library, card: Card, point: Point, chance: random.Random) -> Question:
    others = [other for other in _by_distance(library, point) if other.location not in ("", point.location)]
    own_place = [other for other in others if apart(point, other) < SAME_PLACE_MM]
    wrong = [other.location for other in others if other not in own_place][:_NEAR]
    choices, right = _shuffled([point.location], chance.sample(wrong, _CHOICES - 1), chance)
    return Question(
        card=card,
        side="",
        prompt=f"How is {title_of(point)} found?",
        answer=point.location,
        choices=tuple(_without_code(choice, point.code) for choice in choices),
        right=right,
    )


_MAKERS = {
    "name": _name,
    "locate": _locate,
    "goals": _goals,
    "cautions": _cautions,
    "channel": _channel,
    "landmarks": _landmarks,
}


def channel_title(point: Point) -> str:
    """Code and name of the point's channel: "ST Stomach"; "Extra point" for one that lies on none."""
    return point.channel_name if point.channel == "EX" else f"{point.channel} {point.channel_name}"


def apart(point: Point, other: Point) -> float:
    """Straight distance in mm between two points' stored places; infinite where one has none, or for itself."""
    if point.position is None or other.position is None or point.code == other.code:
        return float("inf")
    return dist(point.position, other.position)


def _by_distance(library: Library, point: Point) -> list[Point]:
    """All other points, the nearest first; those of the point's own channel where it has no place."""
    others = [other for other in library.points.values() if other.code != point.code]
    return sorted(others, key=lambda other: (apart(point, other), other.channel != point.channel))


def _neighbours(library: Library, point: Point, chance: random.Random) -> list[Point]:
    far_enough = [one for one in _by_distance(library, point) if apart(point, one) >= SAME_PLACE_MM]
    return chance.sample(far_enough[:_NEAR], min(len(far_enough), _CHOICES - 1))


def _shuffled(
    right: list[str], wrong: list[str], chance: random.Random
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """All choices in a random order, and the numbers of the right ones among them."""
    choices = [*right, *wrong]
    chance.shuffle(choices)
    return tuple(choices), tuple(number for number, choice in enumerate(choices) if choice in right)


def _words(text: str) -> frozenset[str]:
    """Words of anatomy in a text, without endings of the plural."""
    found = (word.rstrip("s") for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON_WORDS)
    return frozenset(found)


def _without_code(text: str, code: str) -> str:
    """The text with the point's own code, which a wrong choice may name, left open."""
    return re.sub(rf"\b{re.escape(code)}\b(?!\d)", "…", text)

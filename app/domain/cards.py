"""Cards: what can be asked about the points of a library, made from the data and never by hand."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from app.domain.library import Library
from app.domain.points import Point

Kind = Literal["name", "locate", "goals", "cautions", "channel", "landmarks"]
KINDS: tuple[Kind, ...] = ("name", "locate", "goals", "cautions", "channel", "landmarks")
KIND_TITLES: dict[Kind, str] = {
    "name": "Name it",
    "locate": "Locate it",
    "goals": "Which goals",
    "cautions": "What to beware of",
    "channel": "Which channel",
    "landmarks": "Landmarks",
}

_NO_FACTS = ("product rule", "see ")
"""Beginnings of cautions that say how the point is treated here, and not what lies there."""


class Card(msgspec.Struct, frozen=True):
    """One thing to know about one point."""

    kind: Kind
    code: str

    @property
    def id(self) -> str:
        """The name of the card in a progress file, such as "locate:ST3"."""
        return f"{self.kind}:{self.code}"


def card_of(name: str) -> Card:
    """The card of an id. ValueError where the text is none."""
    kind, separator, code = name.partition(":")
    known = next((one for one in KINDS if one == kind), None)
    if known is None or not separator or not code:
        raise ValueError(f"{name!r} is not the name of a card")
    return Card(known, code)


def cards_for(library: Library, codes: Iterable[str], kinds: Iterable[Kind] = KINDS) -> tuple[Card, ...]:
    """The cards that can be asked about points, point by point, in the order of KINDS.

    KeyError for a code that the library does not have.
    """
    wanted = frozenset(kinds)
    points = [library.points[code] for code in codes]
    return tuple(
        Card(kind, point.code)
        for point in points
        for kind in KINDS
        if kind in wanted and can_ask(library, kind, point)
    )


def can_ask(library: Library, kind: Kind, point: Point) -> bool:
    """Whether the library knows enough for this kind of card."""
    if kind in ("name", "locate"):
        return point.position is not None
    if kind == "goals":
        return bool(library.goals_of(point.code))
    if kind == "cautions":
        return bool(caution_of(point))
    if kind == "channel":
        return bool(point.channel and point.channel_name)
    return bool(point.location)


def caution_of(point: Point) -> str:
    """The first caution that tells what lies at the point; empty where none does."""
    return next((words for words in point.cautions if not words.lower().startswith(_NO_FACTS)), "")


def names_of(point: Point) -> str:
    """Pinyin, hanzi and English, without the code: "Jùliáo 巨髎, Great Bone-hole"."""
    own = " ".join(name for name in (point.pinyin, point.hanzi) if name)
    return ", ".join(name for name in (own, point.english) if name) or point.code


def title_of(point: Point) -> str:
    """Code, pinyin and hanzi: "ST3 Jùliáo 巨髎"."""
    return " ".join(name for name in (point.code, point.pinyin, point.hanzi) if name)

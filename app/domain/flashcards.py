"""Cards of a deck as two sides of text, for other programs: CSV here, Anki in app.scene.anki."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.domain.cards import KIND_TITLES, Card, names_of, title_of
from app.domain.exam import plain_cell
from app.domain.library import Library
from app.domain.points import Point
from app.domain.questions import channel_title
from app.domain.storage import write_bytes

LATERALITY_WORDS = {"bilateral": "on both sides", "midline": "on the midline", "group": "a group of places"}


class Flashcard(msgspec.Struct, frozen=True, kw_only=True):
    """A card as it is printed. `front` gives nothing of `back` away; `back` has a line for each fact."""

    card: Card
    front: str
    back: tuple[str, ...]
    tags: tuple[str, ...]


def flashcard(library: Library, card: Card) -> Flashcard:
    """Both sides of a card. KeyError where the library does not have its point."""
    point = library.points[card.code]
    front, back = _sides(library, card, point)
    tags = (f"facepoints::{card.kind}", f"facepoints::{point.channel}", f"facepoints::{point.part}")
    return Flashcard(card=card, front=front, back=back, tags=tags)


def write_csv(path: Path, library: Library, cards: Sequence[Card]) -> None:
    """Write cards as CSV that spreadsheets open as it is. Raises FileProblem."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("card", "kind", "code", "pinyin", "hanzi", "english", "front", "back", "tags"))
    for card in cards:
        point, sides = library.points[card.code], flashcard(library, card)
        names = (point.pinyin, point.hanzi, point.english)
        table.writerow(
            (
                card.id,
                KIND_TITLES[card.kind],
                *(plain_cell(name) for name in (point.code, *names)),
                plain_cell(sides.front),
                plain_cell("\n".join(sides.back)),
                " ".join(sides.tags),
            )
        )
    write_bytes(path, text.getvalue().encode("utf-8-sig"))


def _sides(library: Library, card: Card, point: Point) -> tuple[str, tuple[str, ...]]:
    title, full = title_of(point), f"{point.code} {names_of(point)}"
    place = f"{point.location or 'No words for its place.'} ({LATERALITY_WORDS[point.laterality]})"
    if card.kind == "name":
        return "Which point is lit?", (full, channel_title(point), place)
    if card.kind == "locate":
        return f"Where does {full} lie?", (place,)
    if card.kind == "goals":
        goals = tuple(goal.title for goal in library.goals_of(point.code))
        return f"Which goals does {title} serve?", goals
    if card.kind == "cautions":
        risks = (f"At risk: {', '.join(point.structures)}.",) if point.structures else ()
        return f"What is to be kept in mind at {title}?", (*point.cautions, *risks)
    if card.kind == "channel":
        return f"On which channel lies {names_of(point)}?", (channel_title(point), point.code)
    return f"By which landmarks is {title} found?", (place,)

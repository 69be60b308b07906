"""Decks: points that are learnt together, by goal, channel, region, caution, or a list of one's own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from app.domain.cards import KINDS, Card, Kind, cards_for
from app.domain.library import CHANNELS, Library
from app.domain.names import normal, suggestion
from app.domain.points import DEFAULT_USES
from app.domain.questions import typed_names

Section = Literal["all", "goal", "channel", "region", "caution", "own"]
SECTION_TITLES: dict[Section, str] = {
    "all": "All",
    "goal": "By goal",
    "channel": "By channel",
    "region": "By region",
    "caution": "By caution",
    "own": "Own lists",
}

FEWEST = 3
"""A region or channel with fewer points is no deck of its own."""


class Deck(msgspec.Struct, frozen=True):
    """A deck: `id` names it in a progress file, `codes` are its points in the order of the library."""

    id: str
    section: Section
    title: str
    codes: tuple[str, ...]

    def cards(self, library: Library, kinds: Iterable[Kind] = KINDS) -> tuple[Card, ...]:
        """Its cards; points that the library no longer has are left out."""
        return cards_for(library, (code for code in self.codes if code in library.points), kinds)


def all_decks(library: Library, own: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Deck, ...]:
    """Every deck of a library, section by section; `own` are lists of one's own by their names."""
    return (
        *_whole(library),
        *_by_goal(library),
        *_by_channel(library),
        *_by_region(library),
        *_by_caution(library),
        *own_decks(library, own or {}),
    )


def own_decks(library: Library, own: Mapping[str, tuple[str, ...]]) -> Iterator[Deck]:
    """Lists of one's own as decks; points that the library does not have are left out."""
    for name, codes in own.items():
        yield Deck(f"own:{name}", "own", name, tuple(code for code in codes if code in library.points))


def codes_in(library: Library, text: str) -> tuple[str, ...]:
    """Codes out of a text such as "ST3, li 4; hegu", each once, in its order.

    Raises ValueError with a sentence that names what is not known.
    """
    known = {name: point.code for point in library.points.values() for name in typed_names(point)}
    found: dict[str, None] = {}
    for part in text.replace(";", ",").replace("\n", ",").split(","):
        # Between commas stands one name, or several codes with spaces between them.
        for name in [part] if normal(part) in known else part.split():
            if normal(name) not in known:
                near = suggestion(name, known)
                raise ValueError(f"{name.strip()} is not a known point{near}; correct it or take it out.")
            found[known[normal(name)]] = None
    if not found:
        raise ValueError("The list has no points; write their codes or names with commas between them.")
    return tuple(found)


def _whole(library: Library) -> Iterator[Deck]:
    usual = tuple(code for code, point in library.points.items() if point.use in DEFAULT_USES)
    yield Deck("all:usual", "all", "All points for use", usual)
    yield Deck("all:points", "all", "All points, also advanced and for reference", tuple(library.points))


def _by_goal(library: Library) -> Iterator[Deck]:
    for goal in library.goals.values():
        named = {item.code for group in goal.groups for item in library.groups[group].points}
        codes = tuple(code for code in library.points if code in named)
        if codes:
            yield Deck(f"goal:{goal.id}", "goal", goal.title, codes)


def _by_channel(library: Library) -> Iterator[Deck]:
    for channel in CHANNELS:
        points = [point for point in library.points.values() if point.channel == channel]
        if len(points) >= FEWEST:
            name = "Extra points" if channel == "EX" else f"{channel} {points[0].channel_name}"
            yield Deck(f"channel:{channel}", "channel", name, tuple(point.code for point in points))


def _by_region(library: Library) -> Iterator[Deck]:
    parts = {"face": "Face, head and neck", "body": "Body"}
    for part, title in parts.items():
        codes = tuple(code for code, point in library.points.items() if point.part == part)
        if codes:
            yield Deck(f"part:{part}", "region", title, codes)
    regions = dict.fromkeys(point.region for point in library.points.values() if point.region)
    for region in regions:
        codes = tuple(code for code, point in library.points.items() if point.region == region)
        if len(codes) >= FEWEST:
            yield Deck(f"region:{region}", "region", region[:1].upper() + region[1:], codes)


def _by_caution(library: Library) -> Iterator[Deck]:
    for caution in library.cautions.values():
        if caution.avoid_points:
            codes = _in_order(library, caution.avoid_points)
            yield Deck(f"caution:{caution.id}", "caution", f"Avoided: {caution.title}", codes)
    for zone in library.caution_zones.values():
        if zone.points:
            yield Deck(f"zone:{zone.id}", "caution", zone.title, _in_order(library, zone.points))


def _in_order(library: Library, codes: Iterable[str]) -> tuple[str, ...]:
    wanted = set(codes)
    return tuple(code for code in library.points if code in wanted)

"""Decks of every kind, and lists as a user writes them."""

import pytest

from app.domain.decks import all_decks, codes_in
from app.domain.library import Library


def test_decks_of_every_section_hold_known_points(library: Library) -> None:
    decks = all_decks(library, {"Mine": ("ST3", "LI4", "XX9")})
    assert {deck.section for deck in decks} == {"all", "goal", "channel", "region", "caution", "own"}
    assert len({deck.id for deck in decks}) == len(decks)
    for deck in decks:
        assert deck.codes
        assert set(deck.codes) <= set(library.points)
        assert deck.cards(library)


def test_a_deck_by_goal_has_no_advanced_points(library: Library) -> None:
    deck = next(deck for deck in all_decks(library) if deck.id == "goal:lines")
    assert "ST3" in deck.codes
    assert all(library.points[code].use != "advanced" for code in deck.codes)


def test_every_goal_has_a_deck(library: Library) -> None:
    ids = {deck.id for deck in all_decks(library)}
    assert {f"goal:{goal}" for goal in library.goals} <= ids


def test_decks_by_caution(library: Library) -> None:
    decks = {deck.id: deck for deck in all_decks(library)}
    assert {"LI4", "SP6"} <= set(decks["caution:pregnancy"].codes)
    assert "ST5" in decks["zone:facial_artery"].codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ST3, li 4; hegu", ("ST3", "LI4")),
        ("st3 st4\nGV29", ("ST3", "ST4", "GV29")),
        ("Great Bone-hole", ("ST3",)),
    ],
)
def test_a_list_as_it_is_written(library: Library, text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(library, text) == codes


@pytest.mark.parametrize(("text", "word"), [("ST3, ST99", "ST99"), ("", "no points"), (" , ", "no points")])
def test_a_list_that_cannot_be_read(library: Library, text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        codes_in(library, text)

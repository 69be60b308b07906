"""Cards and their questions: made for every point, never giving the answer away, with choices that are wrong."""

import pytest

from app.domain.cards import KINDS, Card, card_of, cards_for, caution_of, title_of
from app.domain.library import Library
from app.domain.names import normal
from app.domain.questions import Question, apart, ask, typed_names

SEEDS = range(3)


def questions(library: Library, kind: str) -> list[Question]:
    cards = cards_for(library, library.points, [one for one in KINDS if one == kind])
    return [ask(library, card, seed) for card in cards for seed in SEEDS]


def test_every_point_has_the_cards_that_its_data_allow(library: Library) -> None:
    cards = cards_for(library, library.points)
    named = {card.code for card in cards if card.kind == "name"}
    assert named == {point.code for point in library.points.values() if point.position}
    assert {card.code for card in cards if card.kind == "goals"} == {
        code for code in library.points if library.goals_of(code)
    }
    assert {card.code for card in cards if card.kind == "channel"} == set(library.points)
    assert len({card.id for card in cards}) == len(cards)


def test_a_card_is_known_by_its_id() -> None:
    assert card_of(Card("locate", "EX-HN5").id) == Card("locate", "EX-HN5")


@pytest.mark.parametrize("text", ["", "ST3", "eat:ST3", "name:"])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a card"):
        card_of(text)


def test_the_prompt_of_name_it_names_nothing(library: Library) -> None:
    assert {question.prompt for question in questions(library, "name")} == {"Which point is lit?"}


@pytest.mark.parametrize(
    "typed", ["ST3", "st 3", "st-03", "juliao", "Jùliáo", "ju liao", "巨髎", "great bone-hole"]
)
def test_a_name_is_accepted_however_it_is_typed(library: Library, typed: str) -> None:
    assert normal(typed) in ask(library, Card("name", "ST3")).accepted


def test_aliases_and_both_scripts_are_accepted(library: Library) -> None:
    accepted = ask(library, Card("name", "GV29")).accepted
    assert {normal("EX-HN3"), normal("M-HN-3"), "yintang"} <= accepted
    point = library.points["ST4"]
    assert {point.hanzi, point.hanzi_simplified} <= typed_names(point)


def test_either_name_is_right_where_two_points_share_a_place(library: Library) -> None:
    question = ask(library, Card("name", "BITONG"))
    assert "exhn8" in question.accepted
    for seed in range(20):
        assert title_of(library.points["EX-HN8"]) not in ask(library, Card("name", "BITONG"), seed).choices


def test_wrong_names_are_neighbours(library: Library) -> None:
    for seed in range(10):
        for choice in ask(library, Card("name", "ST3"), seed).choices:
            other = library.points[choice.split()[0]]
            assert other.code == "ST3" or apart(library.points["ST3"], other) < 45


@pytest.mark.parametrize("kind", ["name", "cautions", "channel", "landmarks"])
def test_one_of_four_different_choices_is_right(library: Library, kind: str) -> None:
    for question in questions(library, kind):
        assert len(set(question.choices)) == 4, question.card
        assert len(question.right) == 1


def test_the_right_choice_is_the_points_own(library: Library) -> None:
    for question in questions(library, "name"):
        assert question.choices[question.right[0]] == title_of(library.points[question.card.code])
    for question in questions(library, "cautions"):
        assert question.choices[question.right[0]] == caution_of(library.points[question.card.code])


def test_goals_are_right_exactly_where_the_point_serves_them(library: Library) -> None:
    for question in questions(library, "goals"):
        own = {goal.title for goal in library.goals_of(question.card.code)}
        assert {question.choices[number] for number in question.right} == own & set(question.choices)
        assert question.right
        assert len(question.right) < len(question.choices)


def test_the_channel_is_not_in_its_own_prompt(library: Library) -> None:
    for question in questions(library, "channel"):
        point = library.points[question.card.code]
        if point.pinyin:
            assert point.code not in question.prompt


def test_wrong_cautions_come_from_no_zone_of_the_point(library: Library) -> None:
    for question in questions(library, "cautions"):
        code = question.card.code
        zones = [set(zone.points) for zone in library.caution_zones.values() if code in zone.points]
        right = question.choices[question.right[0]]
        sharing = {
            caution_of(point)
            for point in library.points.values()
            if any(point.code in zone for zone in zones)
        }
        assert not sharing & (set(question.choices) - {right}), question.card


def test_landmarks_do_not_name_the_point(library: Library) -> None:
    for question in questions(library, "landmarks"):
        code = question.card.code
        for number, choice in enumerate(question.choices):
            if number not in question.right:
                assert f"{code} " not in f"{choice} ".replace(",", " ").replace(";", " ")


def test_both_sides_of_a_bilateral_point_are_asked_for(library: Library) -> None:
    sides = {ask(library, Card("locate", "ST3"), seed).side for seed in range(20)}
    assert sides == {"left", "right"}
    assert ask(library, Card("locate", "GV29")).side == "midline"
    assert "on the person's" in ask(library, Card("locate", "ST3")).prompt


def test_the_same_seed_asks_the_same(library: Library) -> None:
    assert ask(library, Card("goals", "ST3"), 5) == ask(library, Card("goals", "ST3"), 5)
    assert len({ask(library, Card("goals", "ST3"), seed).choices for seed in range(9)}) > 1

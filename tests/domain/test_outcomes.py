"""Judging: what is right, what is near, what is wrong, and the rating each gives."""

import pytest

from app.domain.cards import Card
from app.domain.library import Library
from app.domain.outcomes import judge_choices, judge_distance, judge_text, not_answered
from app.domain.questions import ask


def test_one_choice_is_right_or_wrong(library: Library) -> None:
    question = ask(library, Card("channel", "ST3"))
    (right,) = question.right
    assert judge_choices(question, {right}).rating == 3
    wrong = judge_choices(question, {(right + 1) % 4})
    assert (wrong.rating, wrong.score, wrong.right) == (1, 0.0, False)


def test_one_mistake_among_several_is_near(library: Library) -> None:
    question = ask(library, Card("goals", "ST3"))
    right = set(question.right)
    assert judge_choices(question, right).right
    assert judge_choices(question, right - {question.right[0]}).rating == 2
    assert judge_choices(question, set(range(6)) - right).rating == 1
    assert judge_choices(question, ()).rating == 1


def test_typing(library: Library) -> None:
    question = ask(library, Card("name", "ST3"))
    assert judge_text(question, " Ju liao ").right
    assert not judge_text(question, "ST4").right
    assert not judge_text(question, "").right


@pytest.mark.parametrize(
    ("distance", "rating", "score"),
    [(0.5, 4, 1.0), (2.0, 3, 1.0), (3.0, 3, 1.0), (3.1, 2, 0.5), (6.1, 1, 0.0)],
)
def test_distance_against_a_tolerance_of_3_mm(distance: float, rating: int, score: float) -> None:
    outcome = judge_distance(distance, 3.0)
    assert (outcome.rating, outcome.score) == (rating, score)


def test_the_other_side_is_wrong_however_exact() -> None:
    outcome = judge_distance(0.1, 3.0, right_side=False)
    assert outcome.rating == 1
    assert "other side" in outcome.given


def test_a_tolerance_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="tolerance"):
        judge_distance(1.0, 0.0)


def test_what_was_not_answered_is_wrong() -> None:
    assert not not_answered().right

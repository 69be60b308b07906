"""Scheduling as FSRS does it, sessions that go on where they stopped, and what is weak."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from app.domain.cards import Card
from app.domain.outcomes import Outcome
from app.domain.study import Answer, Schedule, Session, answer_of, left_over, queue

T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
CARDS = [Card("name", code) for code in ("ST3", "ST4", "ST5", "ST6")]


def answered(card: Card, rating: int, at: datetime = T0, session: str = "") -> Answer:
    score = {1: 0.0, 2: 0.5, 3: 1.0, 4: 1.0}[rating]
    return answer_of(card, Outcome(score, rating, ""), at, session=session)  # type: ignore[arg-type]


@pytest.mark.parametrize("ratings", [(3,), (1, 3), (3, 3, 3), (4, 2, 1, 3, 3), (3, 4, 4, 1, 1, 3)])
def test_next_due_dates_are_those_of_fsrs(ratings: tuple[int, ...]) -> None:
    scheduler, expected = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    schedule, at = Schedule(), T0
    for rating in ratings:
        expected, _ = scheduler.review_card(expected, fsrs.Rating(rating), at)
        assert schedule.learn(answered(CARDS[0], rating, at)) == expected.due
        at = expected.due + timedelta(hours=3)
    assert schedule.due(CARDS[0]) == expected.due
    assert schedule.retention(CARDS[0], at) == scheduler.get_card_retrievability(expected, at)


def test_better_answers_put_a_card_off_for_longer() -> None:
    dates = [Schedule([answered(CARDS[0], rating)]).due(CARDS[0]) for rating in (1, 2, 3, 4)]
    assert all(date is not None and date > T0 for date in dates)
    assert dates == sorted(dates)  # type: ignore[type-var]


def test_a_schedule_is_the_same_however_it_came_about() -> None:
    answers = [
        answered(card, rating, T0 + timedelta(days=day))
        for day, (card, rating) in enumerate(zip(CARDS * 3, (3, 1, 4, 2) * 3, strict=True))
    ]
    grown = Schedule()
    for answer in answers:
        grown.learn(answer)
    again = Schedule(answers)
    assert [grown.due(card) for card in CARDS] == [again.due(card) for card in CARDS]


def test_an_answer_from_a_clock_that_went_back_is_taken_at_the_last_time() -> None:
    schedule = Schedule([answered(CARDS[0], 3, T0)])
    assert schedule.learn(answered(CARDS[0], 3, T0 - timedelta(days=2))) > T0


def test_what_is_due_comes_first_then_new_cards_then_the_soonest() -> None:
    schedule = Schedule([answered(CARDS[1], 1), answered(CARDS[2], 4), answered(CARDS[0], 3)])
    now = T0 + timedelta(minutes=5)
    assert queue(schedule, CARDS, now, 2) == ("name:ST4", "name:ST6")
    assert queue(schedule, CARDS, now, 9) == ("name:ST4", "name:ST6", "name:ST3", "name:ST5")


def test_a_session_goes_on_where_it_stopped() -> None:
    session = Session(id="s1", at=T0, deck="all:usual", queue=tuple(card.id for card in CARDS))
    answers = [answered(CARDS[0], 3, session="s1"), answered(CARDS[1], 1, session="s1")]
    elsewhere = [answered(CARDS[2], 3, session="s0"), answered(CARDS[2], 3)]
    assert left_over(session, answers + elsewhere) == ("name:ST5", "name:ST6", "name:ST4")
    again = [*answers, answered(CARDS[2], 2, session="s1"), answered(CARDS[3], 4, session="s1")]
    assert left_over(session, again) == ("name:ST4",)
    assert left_over(session, [*again, answered(CARDS[1], 3, session="s1")]) == ()


def test_knowledge_of_a_deck() -> None:
    schedule = Schedule([answered(CARDS[0], 1), answered(CARDS[1], 3)])
    knowledge = schedule.knowledge(CARDS, T0 + timedelta(minutes=2))
    assert (knowledge.cards, knowledge.new, knowledge.due) == (4, 2, 1)
    assert knowledge.retention is not None
    # Of the two that were answered, the wrong one is not known, however lately it was seen.
    assert 0.45 < knowledge.retention <= 0.5
    assert knowledge.known == knowledge.retention / 2
    schedule.learn(answered(CARDS[0], 3))
    assert (schedule.knowledge(CARDS, T0 + timedelta(minutes=2)).retention or 0) > 0.9
    assert Schedule().knowledge(CARDS, T0).known is None
    assert Schedule().knowledge(CARDS, T0).retention is None


def test_late_answers_count_more_in_the_error_of_a_point() -> None:
    improved = Schedule([answered(CARDS[0], 1), answered(Card("locate", "ST3"), 3)])
    spoilt = Schedule([answered(CARDS[0], 3), answered(Card("locate", "ST3"), 1)])
    first, second = improved.error("ST3"), spoilt.error("ST3")
    assert first is not None
    assert second is not None
    assert 0 < first < 0.5 < second < 1
    assert improved.error("ST4") is None


def test_weakest_points_come_worst_first_and_known_ones_not_at_all() -> None:
    schedule = Schedule([answered(CARDS[0], 2), answered(CARDS[1], 1), answered(CARDS[2], 3)])
    assert schedule.weakest(["ST3", "ST4", "ST5", "ST6"]) == ("ST4", "ST3")
    assert schedule.weakest(["ST3", "ST4"], 1) == ("ST4",)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        answered(CARDS[0], 3, datetime(2026, 1, 1))  # noqa: DTZ001

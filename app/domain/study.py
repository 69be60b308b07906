"""Learning over time: answers, what FSRS makes of them, and sessions that can be stopped and resumed.

Answers are all that is kept. When a card is due, how well it is known and how far a session has come follow from
them, so that one readable list is the whole truth.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

import fsrs
import msgspec

from app.domain.cards import Card, card_of
from app.domain.outcomes import AGAIN, Outcome, Rating, Score
from app.domain.questions import Side
from app.domain.record import Position

Moment = Annotated[datetime, msgspec.Meta(tz=True)]

_FADE = 0.7
"""How much an answer counts in a point's error, against the one after it."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="entry", tag="answer"):
    """One answered card.

    `card` is the card's id, `at` when it was answered, `rating` as FSRS counts (1 again to 4 easy). A click on the
    skin also has `distance_mm` along the skin and `clicked`, the place on the neutral figure. `session` and `exam`
    name where it was answered.
    """

    card: str
    at: Moment
    rating: Rating
    score: Score
    given: str = ""
    side: Side = ""
    seconds: Annotated[float, msgspec.Meta(ge=0)] | None = None
    distance_mm: Annotated[float, msgspec.Meta(ge=0)] | None = None
    clicked: Position | None = None
    session: str = ""
    exam: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True, tag_field="entry", tag="session"):
    """Cards set out to be answered in one go: `queue` in the order they come. `at` is when it began."""

    id: str
    at: Moment
    deck: str
    queue: tuple[str, ...]


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """How a deck stands. `retention` is the mean chance to know its learnt cards now; None where there are none."""

    cards: int
    new: int
    due: int
    retention: float | None

    @property
    def known(self) -> float | None:
        """The share of all its cards, new ones included, that one is likely to know now; None where none is learnt."""
        return None if self.retention is None else self.retention * (self.cards - self.new) / self.cards


class Schedule:
    """What FSRS makes of the answers: when each card is due, and how well it is known."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        # Without fuzz, so that the same answers always give the same dates.
        self._scheduler = fsrs.Scheduler(enable_fuzzing=False)
        self._cards: dict[str, fsrs.Card] = {}
        self._scores: dict[str, list[float]] = defaultdict(list)
        self._counts: dict[str, int] = defaultdict(int)
        self._missed: set[str] = set()
        for answer in answers:
            self.learn(answer)

    def learn(self, answer: Answer) -> datetime:
        """Take an answer in, no earlier than those before; return when its card is due next."""
        known = self._cards.get(answer.card)
        card = known if known is not None else fsrs.Card(card_id=len(self._cards) + 1, due=answer.at)
        at = answer.at if card.last_review is None else max(answer.at, card.last_review)
        card, _ = self._scheduler.review_card(card, fsrs.Rating(answer.rating), at)
        self._cards[answer.card] = card
        self._counts[answer.card] += 1
        (self._missed.add if answer.rating == AGAIN else self._missed.discard)(answer.card)
        self._scores[card_of(answer.card).code].append(answer.score)
        return card.due

    def due(self, card: Card) -> datetime | None:
        """When a card is due; None for one that was never answered."""
        own = self._cards.get(card.id)
        return None if own is None else own.due

    def count(self, card: Card) -> int:
        """How often a card was answered."""
        return self._counts.get(card.id, 0)

    def retention(self, card: Card, now: datetime) -> float | None:
        """The chance, 0 to 1, that a card is known now; None for one that was never answered."""
        own = self._cards.get(card.id)
        return None if own is None else float(self._scheduler.get_card_retrievability(own, now))

    def knowledge(self, cards: Sequence[Card], now: datetime) -> Knowledge:
        """How the cards of a deck stand; one whose last answer was wrong is not known, though it was just seen."""
        dates = [self.due(card) for card in cards]
        chances = [
            0.0 if card.id in self._missed else chance
            for card in cards
            if (chance := self.retention(card, now)) is not None
        ]
        return Knowledge(
            cards=len(cards),
            new=dates.count(None),
            due=sum(date is not None and date <= now for date in dates),
            retention=sum(chances) / len(chances) if chances else None,
        )

    def error(self, code: str) -> float | None:
        """How wrong the answers about a point were, 0 to 1, late ones counting more; None where there are none."""
        scores = self._scores.get(code)
        if not scores:
            return None
        weights = [_FADE**age for age in range(len(scores))]
        lost = sum(weight * (1 - score) for weight, score in zip(weights, reversed(scores), strict=True))
        return lost / sum(weights)

    def weakest(self, codes: Iterable[str], count: int = 10) -> tuple[str, ...]:
        """The points with the greatest error, worst first; those without any are left out."""
        errors = {code: error for code in codes if (error := self.error(code))}
        return tuple(sorted(errors, key=lambda code: -errors[code])[:count])


def queue(schedule: Schedule, cards: Sequence[Card], now: datetime, size: int) -> tuple[str, ...]:
    """Ids of the next cards to be answered: what is due, longest first, then new ones in the order given.

    Where that does not fill the size, the cards that are due soonest come too.
    """
    known = [(date, card) for card in cards if (date := schedule.due(card)) is not None]
    known.sort(key=lambda item: item[0])
    due = [card for date, card in known if date <= now]
    new = [card for card in cards if schedule.due(card) is None]
    later = [card for date, card in known if date > now]
    return tuple(card.id for card in (*due, *new, *later)[:size])


def left_over(session: Session, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Cards of a session that are still to be answered, in order. One answered wrongly comes again at the end."""
    left = list(session.queue)
    for answer in answers:
        if answer.session == session.id and answer.card in left:
            left.remove(answer.card)
            if answer.rating == AGAIN:
                left.append(answer.card)
    return tuple(left)


def answer_of(
    card: Card,
    outcome: Outcome,
    at: datetime,
    *,
    side: Side = "",
    seconds: float | None = None,
    distance_mm: float | None = None,
    clicked: Position | None = None,
    session: str = "",
    exam: str = "",
) -> Answer:
    """The entry of an answered card. ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("the time of an answer needs a time zone")
    return Answer(
        card=card.id,
        at=at,
        rating=outcome.rating,
        score=outcome.score,
        given=outcome.given,
        side=side,
        seconds=None if seconds is None else round(seconds, 1),
        distance_mm=None if distance_mm is None else round(distance_mm, 2),
        clicked=clicked,
        session=session,
        exam=exam,
    )

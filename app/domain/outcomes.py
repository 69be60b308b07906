"""Judging an answer: right or wrong, how far off, and the rating that drives the scheduling."""

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from app.domain.names import normal
from app.domain.questions import Question

Rating = Literal[1, 2, 3, 4]
"""As FSRS counts: 1 again, 2 hard, 3 good, 4 easy."""

Score = Annotated[float, msgspec.Meta(ge=0, le=1)]

AGAIN: Rating = 1
RIGHT: Rating = 3
_EASY_SHARE = 1 / 3  # of the tolerance: nobody can point more exactly
_NEAR_SHARE = 2.0


class Outcome(msgspec.Struct, frozen=True):
    """How an answer was judged: `score` from 0, wrong, to 1, right; `given` is the answer in words."""

    score: Score
    rating: Rating
    given: str

    @property
    def right(self) -> bool:
        return self.rating >= RIGHT


def judge_choices(question: Question, chosen: Collection[int]) -> Outcome:
    """Of several right choices, one mistake is a near miss. IndexError for a choice that is none."""
    given = "; ".join(question.choices[number] for number in sorted(chosen))
    mistakes = len(set(chosen) ^ set(question.right))
    if not mistakes:
        return Outcome(1.0, 3, given)
    if question.several and mistakes == 1 and chosen:
        return Outcome(0.5, 2, given)
    return Outcome(0.0, 1, given)


def judge_text(question: Question, text: str) -> Outcome:
    """A typed name: case, tones, spaces and hyphens do not count."""
    right = normal(text) in question.accepted
    return Outcome(1.0 if right else 0.0, 3 if right else 1, text.strip())


def judge_distance(distance_mm: float, tolerance_mm: float, right_side: bool = True) -> Outcome:
    """A click on the skin, by its distance along the skin from the right place.

    Up to a third of the tolerance is easy, up to the tolerance good, up to twice the tolerance hard; what lies
    farther off or on the other side is wrong. ValueError for a tolerance that is not above 0.
    """
    if tolerance_mm <= 0:
        raise ValueError("the tolerance is not above 0")
    given = f"{distance_mm:.1f} mm off"
    if not right_side:
        return Outcome(0.0, 1, f"the other side, {given}")
    share = distance_mm / tolerance_mm
    if share <= 1:
        return Outcome(1.0, 4 if share <= _EASY_SHARE else 3, given)
    if share <= _NEAR_SHARE:
        return Outcome(0.5, 2, given)
    return Outcome(0.0, 1, given)


def not_answered() -> Outcome:
    """A question that was given up."""
    return Outcome(0.0, 1, "")

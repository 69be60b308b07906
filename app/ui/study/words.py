"""Sentences of Study mode."""

from datetime import datetime

from app.domain.cards import names_of
from app.domain.outcomes import Outcome
from app.domain.points import Point
from app.domain.rule_words import unit_words
from app.geometry.scoring import Miss
from app.ui.words import count


def verdict(outcome: Outcome) -> str:
    """Right, Nearly or Not right."""
    if outcome.right:
        return "Right"
    return "Nearly" if outcome.score > 0 else "Not right"


def miss_words(miss: Miss, asked_side: str) -> str:
    """How far a click was off, in mm and cun, and how far is allowed."""
    cun = f"{miss.distance_cun:.2f} {unit_words(miss.unit)}"
    words = (
        f"{miss.distance_mm:.1f} mm ({cun}) off along the skin; up to {miss.tolerance_mm:.1f} mm is right."
    )
    if not miss.right_side:
        words = f"That is the other side: asked was the person's {asked_side}. There it is {words}"
    return words


def when(due: datetime, now: datetime) -> str:
    """In how long a card comes again: "in 10 minutes", "in 3 days"."""
    seconds = (due - now).total_seconds()
    if seconds <= 30:
        return "now"
    for size, name, up_to in (
        (60, "minute", 60),
        (3600, "hour", 24),
        (86400, "day", 60),
        (2_629_800, "month", 24),
    ):
        number = max(1, round(seconds / size))
        if number < up_to:
            return f"in {count(number, name)}"
    return f"in {count(round(seconds / 31_557_600), 'year')}"


def percent(share: float | None) -> str:
    """A share of 1 in per cent; a dash for none."""
    return "–" if share is None else f"{share:.0%}"


def clock(seconds: float) -> str:
    """Minutes and seconds, as of a clock."""
    whole = max(0, int(seconds + 0.5))
    return f"{whole // 60}:{whole % 60:02d}"


def full_name(point: Point) -> str:
    """Code and all names of a point."""
    return f"{point.code}  {names_of(point)}"

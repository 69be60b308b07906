"""What a student is told after an answer, and after a session."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.outcomes import Outcome
from app.domain.questions import Question
from app.domain.study import Answer
from app.geometry.scoring import Miss


@dataclass(frozen=True)
class Feedback:
    """What a student is told about an answer: `due` is when the card comes again, `miss` how far a click was off."""

    question: Question
    outcome: Outcome
    chosen: tuple[int, ...]
    miss: Miss | None
    due: datetime


@dataclass(frozen=True)
class Summary:
    """A session that has come to its end."""

    title: str
    answers: tuple[Answer, ...]
    next_due: datetime | None

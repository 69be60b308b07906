"""An exam: a fixed number of questions, a time limit, no hints, and a result."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from app.domain.cards import KIND_TITLES, Card, card_of, title_of
from app.domain.library import Library
from app.domain.outcomes import Score
from app.domain.questions import Question, ask
from app.domain.storage import write_bytes

PASS_SHARE = 0.7

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_FORMULA_STARTS = ("=", "+", "-", "@")


class ExamLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question of an exam as it was answered; `given` is empty where it was not."""

    card: str
    question: str
    answer: str
    given: str = ""
    score: Score = 0.0
    right: bool = False
    distance_mm: float | None = None
    seconds: float | None = None


class ExamResult(msgspec.Struct, frozen=True, kw_only=True, tag_field="entry", tag="exam"):
    """A finished exam. `at` is when it ended, `minutes` the time limit, `seconds` the time it took."""

    id: str
    at: _Moment
    deck: str
    minutes: float
    seconds: float
    lines: tuple[ExamLine, ...]

    @property
    def right(self) -> int:
        return sum(line.right for line in self.lines)

    @property
    def share(self) -> float:
        """Right answers of all questions, 0 to 1."""
        return self.right / len(self.lines) if self.lines else 0.0

    @property
    def passed(self) -> bool:
        return self.share >= PASS_SHARE


class Exam:
    """An exam under way. Questions not answered in time count as wrong.

    Attributes:
        questions: in their order.
        lines: of the questions answered so far.
    """

    def __init__(
        self, name: str, deck: str, questions: Sequence[Question], minutes: float, began: datetime
    ) -> None:
        self.name = name
        self.deck = deck
        self.questions = tuple(questions)
        self.minutes = minutes
        self.began = began
        self.lines: list[ExamLine] = []

    @property
    def ends(self) -> datetime:
        """When the time is up."""
        return self.began + timedelta(minutes=self.minutes)

    @property
    def question(self) -> Question | None:
        """The question to be answered now; None after the last."""
        return self.questions[len(self.lines)] if len(self.lines) < len(self.questions) else None

    def is_over(self, now: datetime) -> bool:
        """Whether all questions are answered or the time is up."""
        return self.question is None or now >= self.ends

    def answer(self, line: ExamLine, now: datetime) -> bool:
        """Take an answer and go on; False, and nothing taken, when the time is up."""
        if self.is_over(now):
            return False
        self.lines.append(line)
        return True

    def result(self, now: datetime) -> ExamResult:
        """The result, with the questions that were not answered as wrong."""
        open_ones = [line_of(question) for question in self.questions[len(self.lines) :]]
        end = min(now, self.ends)
        return ExamResult(
            id=self.name,
            at=end,
            deck=self.deck,
            minutes=self.minutes,
            seconds=round((end - self.began).total_seconds(), 1),
            lines=(*self.lines, *open_ones),
        )


def line_of(question: Question) -> ExamLine:
    """The line of a question that was not answered."""
    return ExamLine(card=question.card.id, question=question.prompt, answer=question.answer)


def exam_questions(library: Library, cards: Sequence[Card], count: int, seed: int) -> tuple[Question, ...]:
    """So many different questions in a random order, or as many as there are; no point twice while others are left."""
    chance = random.Random(seed)
    shuffled = chance.sample(cards, len(cards))
    first: dict[str, Card] = {}
    for card in shuffled:
        first.setdefault(card.code, card)
    others = [card for card in shuffled if first[card.code] is not card]
    return tuple(ask(library, card, seed) for card in (*first.values(), *others)[:count])


def write_result(path: Path, result: ExamResult, library: Library) -> None:
    """Write a result as CSV that spreadsheets open as it is. Raises FileProblem."""
    write_bytes(path, result_csv(result, library).encode("utf-8-sig"))


def result_csv(result: ExamResult, library: Library) -> str:
    """A result as CSV: a line for each question."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(
        (
            "number",
            "point",
            "kind",
            "question",
            "right answer",
            "given",
            "right",
            "score",
            "off by mm",
            "seconds",
        )
    )
    for number, line in enumerate(result.lines, start=1):
        card = card_of(line.card)
        point = library.points.get(card.code)
        table.writerow(
            (
                number,
                title_of(point) if point else card.code,
                KIND_TITLES[card.kind],
                plain_cell(line.question),
                plain_cell(line.answer),
                plain_cell(line.given),
                "yes" if line.right else "no",
                f"{line.score:g}",
                "" if line.distance_mm is None else f"{line.distance_mm:.1f}",
                "" if line.seconds is None else f"{line.seconds:.1f}",
            )
        )
    return text.getvalue()


def plain_cell(text: str) -> str:
    """Text for a cell of a spreadsheet, which would take some beginnings for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

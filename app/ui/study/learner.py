"""What is being studied: the progress file, the session or exam under way, the question at hand. No widgets."""

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.domain.cards import KINDS, Card, Kind, card_of
from app.domain.decks import Deck, all_decks
from app.domain.exam import Exam, ExamLine, ExamResult, exam_questions
from app.domain.library import Library
from app.domain.outcomes import Outcome, judge_choices, judge_distance, judge_text, not_answered
from app.domain.problems import FileProblem
from app.domain.progress import Journal, OwnList, SessionEnd, now, open_journal, unknown_codes
from app.domain.questions import Question, ask
from app.domain.record import Position
from app.domain.study import Answer, Schedule, Session, answer_of, left_over, queue
from app.geometry.scoring import Miss
from app.ui.state import ViewState
from app.ui.study.feedback import Feedback, Summary

Page = Literal["decks", "card", "result", "progress"]
WEAKEST = "weakest"
"""The deck of the weakest points, which is made anew each time."""


class Learner(QObject):
    """Changes what is studied; pages listen and read.

    Signals:
        page_changed: another page is to be shown.
        question_changed: another question is put.
        answered: a card of a session was answered; carries its Feedback.
        journal_changed: answers or lists were added, taken in or reset.
        told: a sentence for the user: title and text.
    """

    page_changed = Signal()
    question_changed = Signal()
    answered = Signal(object)
    journal_changed = Signal()
    told = Signal(str, str)

    def __init__(self, state: ViewState, has_figure: bool, path: Path | None = None) -> None:
        super().__init__()
        self._state = state
        self._path = path
        self._journal: Journal | None = None
        self._schedule = Schedule()
        self._asked_at = now()
        self.kinds: tuple[Kind, ...] = KINDS if has_figure else KINDS[2:]
        self.page: Page = "decks"
        self.session: Session | None = None
        self.exam: Exam | None = None
        self.question: Question | None = None
        self.feedback: Feedback | None = None
        self.summary: Summary | None = None
        self.result: ExamResult | None = None
        self.typing = False
        self.chance = random.Random()

    @property
    def library(self) -> Library:
        """The library that is studied."""
        return self._state.library

    @property
    def schedule(self) -> Schedule:
        return self._schedule

    @property
    def journal(self) -> Journal | None:
        """The progress file; None before `open`, or where it cannot be read."""
        return self._journal

    @property
    def decks(self) -> tuple[Deck, ...]:
        own = self._journal.progress.lists if self._journal else {}
        return all_decks(self._state.library, own)

    def open(self) -> None:
        """Read the progress file, once. What is wrong with it is told; studying waits until it is put right."""
        if self._journal is not None:
            return
        try:
            self._journal = open_journal(self._path)
        except FileProblem as problem:
            self.told.emit("Your progress cannot be read", str(problem))
            return
        self._schedule = Schedule(self._journal.progress.answers)
        if self._journal.notice:
            self.told.emit("Your progress file was damaged", self._journal.notice)
        self.journal_changed.emit()

    def show_page(self, page: Page) -> None:
        self.page = page
        self.page_changed.emit()

    def stopped(self) -> list[tuple[Session, int]]:
        """Sessions that were stopped, the last one first, and how many cards each still has."""
        sessions = self._journal.progress.open_sessions if self._journal else ()
        return [(session, left) for session in sessions if (left := len(self._left(session)))]

    def title_of(self, deck: str) -> str:
        """The title of a deck by its id."""
        if deck == WEAKEST:
            return "Weakest points"
        return next((one.title for one in self.decks if one.id == deck), deck.partition(":")[2])

    def start(self, deck: Deck, kinds: Iterable[Kind], size: int) -> bool:
        """Begin a session; one of the same deck that was stopped is given up.

        False, and told, if the deck has no such cards.
        """
        cards = self._cards(deck, kinds, "No cards")
        if not cards:
            return False
        moment = self._moment()
        # In a random order, so that one card of a point does not answer the next.
        mixed = self.chance.sample(cards, len(cards))
        session = Session(
            id=moment.isoformat(),
            at=moment,
            deck=deck.id,
            queue=queue(self._schedule, mixed, moment, size),
        )
        if not self._add(session):
            return False
        self._begin(session)
        return True

    def resume(self, deck: str = "") -> None:
        """Go on with the session that was stopped last, or with that of a deck, by its id."""
        for session, _ in self.stopped():
            if deck in ("", session.deck):
                self._begin(session)
                return

    def stop(self) -> None:
        """Leave the session or exam. A session can be resumed; an exam ends here."""
        if self.exam is not None:
            self._end_exam()
            return
        self.session = self.question = self.feedback = None
        self.show_page("decks")

    def start_exam(self, deck: Deck, kinds: Iterable[Kind], count: int, minutes: float) -> bool:
        """Begin an exam. False, and told, if the deck has no such cards."""
        cards = self._cards(deck, kinds, "No questions")
        if not cards:
            return False
        moment = now()
        seed = self.chance.getrandbits(32)
        questions = exam_questions(self._state.library, cards, count, seed)
        self.session = None
        self.exam = Exam(moment.isoformat(), deck.id, questions, minutes, moment)
        self.show_page("card")
        self._put(self.exam.question)
        return True

    def progress_words(self) -> str:
        """How far the session or exam has come."""
        if self.exam is not None:
            return f"Question {len(self.exam.lines) + 1} of {len(self.exam.questions)}"
        if self.session is None:
            return ""
        answers = self._journal.progress.answers if self._journal else ()
        answered = sum(answer.session == self.session.id for answer in answers)
        number = answered + (self.feedback is None)
        left = len(self._left(self.session)) - (self.feedback is None)
        return f"Card {number}, {left} left" if left else f"Card {number}, the last"

    def answer_choices(self, chosen: Collection[int]) -> None:
        if self._open_question is not None:
            numbers = tuple(sorted(chosen))
            self._answer(judge_choices(self._open_question, numbers), chosen=numbers)

    def answer_text(self, text: str) -> None:
        if self._open_question is not None and text.strip():
            self._answer(judge_text(self._open_question, text))

    def answer_place(self, miss: Miss, clicked: Position) -> None:
        """A click on the skin: how far off it was, and where it was on the neutral figure."""
        if self._open_question is not None:
            outcome = judge_distance(miss.distance_mm, miss.tolerance_mm, miss.right_side)
            self._answer(outcome, miss=miss, clicked=clicked)

    def give_up(self) -> None:
        """The student does not know."""
        if self._open_question is not None:
            self._answer(not_answered())

    def next(self) -> None:
        """Go on after the feedback."""
        if self.session is not None and self.feedback is not None:
            self._put_next()

    def check_time(self) -> None:
        """End an exam whose time is up."""
        if self.exam is not None and self.exam.is_over(now()):
            self._end_exam()

    def seconds_left(self) -> float:
        """Of the exam."""
        return max(0.0, (self.exam.ends - now()).total_seconds()) if self.exam else 0.0

    def weakest(self) -> tuple[str, ...]:
        """The ten points with the most errors."""
        return self._schedule.weakest(self._state.library.points)

    def weakest_deck(self) -> Deck:
        """The weakest points as a deck."""
        return Deck(WEAKEST, "own", self.title_of(WEAKEST), self.weakest())

    def save_list(self, name: str, codes: Sequence[str]) -> bool:
        """Keep a list of one's own; without codes it is deleted."""
        return self._add(OwnList(name=name, at=now(), codes=tuple(codes)))

    def reset(self) -> None:
        """Forget all answers; the old file stays beside the new one."""
        if self._journal is None:
            return
        try:
            kept = self._journal.reset()
        except FileProblem as problem:
            self.told.emit("Your progress was not reset", str(problem))
            return
        self._schedule = Schedule()
        self.session = None
        self.journal_changed.emit()
        if kept is not None:
            self.told.emit("Your progress begins anew", f"The answers until now are kept in {kept}.")

    def export_progress(self, path: Path) -> None:
        """Write the progress for another machine."""
        if self._journal is not None:
            try:
                self._journal.export(path)
            except FileProblem as problem:
                self.told.emit("Your progress was not written", str(problem))

    def take_in(self, path: Path) -> None:
        """Add the progress of another machine."""
        if self._journal is None:
            return
        try:
            count = self._journal.take_in(path)
        except FileProblem as problem:
            self.told.emit("Nothing was taken in", str(problem))
            return
        self._schedule = Schedule(self._journal.progress.answers)
        self.journal_changed.emit()
        unknown = unknown_codes(self._journal.progress, frozenset(self._state.library.points))
        also = (
            f" Of these points the library knows nothing, their answers wait: {', '.join(unknown)}."
            if unknown
            else ""
        )
        self.told.emit("Progress taken in", f"{count} entries were new here.{also}")

    @property
    def _open_question(self) -> Question | None:
        """The question, as long as it is not answered."""
        return self.question if self.feedback is None else None

    def _cards(self, deck: Deck, kinds: Iterable[Kind], none: str) -> tuple[Card, ...]:
        """The deck's cards of some kinds; that there are `none` is told. Without a progress file nothing begins."""
        if self._journal is None:
            return ()
        wanted = frozenset(kinds)
        cards = deck.cards(self._state.library, [kind for kind in self.kinds if kind in wanted])
        if not cards:
            self.told.emit(none, "This deck has no cards of the kinds chosen; choose other kinds.")
        return cards

    def _moment(self) -> datetime:
        """The time now, which names a session: a millisecond later where another has that name."""
        entries = self._journal.progress.entries if self._journal else ()
        taken = {entry.id for entry in entries if isinstance(entry, Session)}
        moment = now()
        while moment.isoformat() in taken:
            moment += timedelta(milliseconds=1)
        return moment

    def _begin(self, session: Session) -> None:
        self.exam = None
        self.session = session
        self.show_page("card")
        self._put_next()

    def _left(self, session: Session) -> list[str]:
        """Cards still to be answered that the library has."""
        answers = self._journal.progress.answers if self._journal else ()
        left = left_over(session, answers)
        return [name for name in left if card_of(name).code in self._state.library.points]

    def _put_next(self) -> None:
        assert self.session is not None
        left = self._left(self.session)
        if left:
            card = card_of(left[0])
            self._put(ask(self._state.library, card, self._schedule.count(card)))
            return
        session, self.session = self.session, None
        self.question = self.feedback = None
        self._add(SessionEnd(id=session.id, at=now()))
        answers = self._journal.progress.answers if self._journal else ()
        dates = [self._schedule.due(card_of(name)) for name in session.queue]
        self.summary = Summary(
            self.title_of(session.deck),
            tuple(answer for answer in answers if answer.session == session.id),
            min((date for date in dates if date is not None), default=None),
        )
        self.result = None
        self.show_page("result")

    def _put(self, question: Question | None) -> None:
        self.question, self.feedback = question, None
        self._asked_at = now()
        self.question_changed.emit()

    def _answer(
        self,
        outcome: Outcome,
        chosen: tuple[int, ...] = (),
        miss: Miss | None = None,
        clicked: Position | None = None,
    ) -> None:
        question, moment = self.question, now()
        assert question is not None
        if self.exam is not None and self.exam.is_over(moment):
            self._end_exam()
            return
        seconds = max(0.0, (moment - self._asked_at).total_seconds())
        answer = answer_of(
            question.card,
            outcome,
            moment,
            side=question.side,
            seconds=seconds,
            distance_mm=miss.distance_mm if miss else None,
            clicked=clicked,
            session=self.session.id if self.session else "",
            exam=self.exam.name if self.exam else "",
        )
        if not self._add(answer):
            return  # The question stays open: what is not on the disk was not answered.
        due = self._schedule.learn(answer)
        if self.exam is not None:
            self.exam.answer(_line(question, outcome, answer), moment)
            if self.exam.question is None:
                self._end_exam()
            else:
                self._put(self.exam.question)
            return
        self.feedback = Feedback(question, outcome, chosen, miss, due)
        self.answered.emit(self.feedback)

    def _end_exam(self) -> None:
        assert self.exam is not None
        exam, self.exam = self.exam, None
        self.question = self.feedback = None
        self.result, self.summary = exam.result(now()), None
        self._add(self.result)
        self.show_page("result")

    def _add(self, entry: Answer | Session | SessionEnd | ExamResult | OwnList) -> bool:
        """Put an entry into the progress file; False, and told, where that fails."""
        if self._journal is None:
            return False
        try:
            self._journal.add(entry)
        except FileProblem as problem:
            self.told.emit("This was not saved", str(problem))
            return False
        self.journal_changed.emit()
        return True


def _line(question: Question, outcome: Outcome, answer: Answer) -> ExamLine:
    return ExamLine(
        card=question.card.id,
        question=question.prompt,
        answer=question.answer,
        given=outcome.given,
        score=outcome.score,
        right=outcome.right,
        distance_mm=answer.distance_mm,
        seconds=answer.seconds,
    )


def cards_known(deck: Deck, learner: Learner) -> tuple[Card, ...]:
    """The cards of a deck that can be asked here."""
    return deck.cards(learner.library, learner.kinds)

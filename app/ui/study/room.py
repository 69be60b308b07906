"""Study: the room with its pages on the left, the figure, and nothing that would give an answer away."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QWidget,
)

from app.domain.cards import Kind
from app.domain.decks import Deck
from app.domain.exam import ExamResult, write_result
from app.domain.flashcards import write_csv
from app.domain.problems import FileProblem
from app.geometry.figure import Figure
from app.geometry.surface import Hit
from app.ui.bars import ViewBar, tool_button
from app.ui.messages import tell_problem
from app.ui.recent_files import file_name
from app.ui.room import Room
from app.ui.state import ViewState
from app.ui.study.actions import StudyActions
from app.ui.study.aim import Aim
from app.ui.study.card_page import CardPage
from app.ui.study.deck_page import DeckPage
from app.ui.study.dialogs import ExamDialog, ListDialog, ask_anew, ask_end, ask_path, ask_reset
from app.ui.study.feedback import Feedback
from app.ui.study.figure import StudyFigure
from app.ui.study.learner import Learner, cards_known
from app.ui.study.progress_page import ProgressPage
from app.ui.study.result_page import ResultPage
from app.ui.study.writer import Writer
from app.ui.theme import Theme
from app.ui.viewport import Viewport

_HINTS = {
    "decks": "Enter starts the chosen deck",
    "card": "1 to 6 choose, Enter goes on, 0 gives up, Esc stops: a session can be resumed",
    "exam": "1 to 6 choose, Enter goes on, 0 gives up, Esc asks whether to end the exam",
    "result": "Enter goes back to the decks",
    "progress": "Esc goes back to the decks",
}


class StudyRoom(Room):
    """Cards, sessions, exams and progress."""

    name = "study"
    title = "Study"

    def __init__(self, state: ViewState, viewport: Viewport, figure: Figure, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self._viewport = viewport
        self._figure = figure
        self._entered = False
        self._writer: Writer | None = None
        self.learner = Learner(state, viewport.stage is not None)
        self.learner.setParent(self)
        self.drawn = StudyFigure(state, viewport, figure)
        self.aim = Aim(viewport)
        self.deck_page = DeckPage(self.learner, theme)
        self.card_page = CardPage(self.learner, theme)
        self.result_page = ResultPage(self.learner, theme)
        self.progress_page = ProgressPage(self.learner, theme)
        self.pages = QStackedWidget()
        self._by_name: dict[str, QWidget] = {
            "decks": self.deck_page,
            "card": self.card_page,
            "result": self.result_page,
            "progress": self.progress_page,
        }
        for page in self._by_name.values():
            self.pages.addWidget(page)
        self.actions = StudyActions(self, viewport, theme)
        self.left = self.pages
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._stop = tool_button(self.actions.back)
        self._stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.tools = self._make_tools()
        self.below = ViewBar(self.actions.view_groups())
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setContentsMargins(16, 6, 16, 6)
        self.status = self._hint
        self.keys = {"Study": self.actions.all()}
        for widget in (self.pages, self.tools):
            # Keys work while one of these is seen: only in this room, and also where the panel is hidden.
            widget.addActions(self.actions.all())
        self._connect()
        self._show_page()

    def enter(self) -> None:
        self._entered = True
        self.drawn.enter()
        self.learner.open()
        for signal in (self._state.shown_changed, self._state.selected_changed, self._state.look_changed):
            signal.connect(self._draw)
        self._show_page()
        self.deck_page.refresh()
        self._focus()

    def leave(self) -> None:
        for signal in (self._state.shown_changed, self._state.selected_changed, self._state.look_changed):
            signal.disconnect(self._draw)
        self._entered = False
        self.aim.end()
        self.drawn.leave()

    def confirm(self) -> None:
        """Enter: press the button that has the keyboard, or do what the page is for."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and self.pages.isAncestorOf(focused):
            focused.click()
        elif self.learner.page == "decks":
            self.deck_page.start()
        elif self.learner.page == "result":
            self.result_page.done.click()
        elif self._is_pointing():
            self.aim.point_at_cross()
        elif self.learner.page == "card":
            self.card_page.confirm()

    def start(self, deck: Deck, kinds: Iterable[Kind], size: int) -> None:
        """Begin a session; where one of this deck was stopped, ask whether to go on with it."""
        kinds = tuple(kinds)
        left = next((left for session, left in self.learner.stopped() if session.deck == deck.id), 0)
        if left:
            ask_anew(
                deck.title,
                left,
                lambda: self.learner.resume(deck.id),
                lambda: self.learner.start(deck, kinds, size),
                self.pages.window(),
            )
        else:
            self.learner.start(deck, kinds, size)

    def train_weakest(self) -> None:
        """Begin a session on the weakest points."""
        deck = self.learner.weakest_deck()
        self.start(deck, self.learner.kinds, len(self.learner.kinds) * len(deck.codes))

    def go_back(self) -> None:
        """Esc: stop what is under way, or go back to the decks."""
        exam = self.learner.exam
        if exam is not None:
            ask_end(len(exam.questions) - len(exam.lines), self._end_exam, self.pages.window())
        elif self.learner.page == "card":
            self.learner.stop()
        else:
            self.learner.show_page("decks")

    def write_anki(self, deck: Deck, path: Path) -> Writer:
        """Write a deck for Anki, a picture at a time."""
        from app.scene.anki import write_package  # Takes a tenth of a second, and few ask for it.

        cards = cards_known(deck, self.learner)
        steps = write_package(path, self._figure, self._state.library, self._state.sites, deck.title, cards)
        self._writer = Writer(
            steps,
            f"Drawing {deck.title} for Anki...",
            lambda: self._tell(
                "The deck is written", f"{len(cards)} cards are in {path}; open it with Anki."
            ),
            lambda sentence: self._tell("The deck was not written", sentence),
            self.pages.window(),
        )
        return self._writer

    def _connect(self) -> None:
        learner = self.learner
        learner.page_changed.connect(self._show_page)
        learner.question_changed.connect(self._draw)
        learner.question_changed.connect(self._show_title)
        learner.answered.connect(self._on_answered)
        learner.told.connect(self._tell)
        self._state.library_changed.connect(self._on_library_changed)
        self.aim.pointed.connect(self._on_pointed)
        self.card_page.figure_wanted.connect(self._viewport.setFocus)
        self.deck_page.start_wanted.connect(self.start)
        self.deck_page.exam_wanted.connect(self.ask_exam)
        self.deck_page.list_wanted.connect(self._ask_list)
        self.deck_page.anki_wanted.connect(self._ask_anki)
        self.deck_page.csv_wanted.connect(self._ask_csv)
        self.result_page.csv_wanted.connect(self._ask_result)
        self.progress_page.train_wanted.connect(self.train_weakest)
        self.progress_page.reset_wanted.connect(lambda: ask_reset(self.pages.window(), self._reset))
        self.progress_page.export_wanted.connect(self._ask_export)
        self.progress_page.import_wanted.connect(
            lambda: ask_path(
                self.pages.window(), "Import progress", "Progress (*.jsonl);;All files (*)", learner.take_in
            )
        )

    def _show_page(self) -> None:
        page = self.learner.page
        self.pages.setCurrentWidget(self._by_name[page])
        self._hint.setText(_HINTS["exam" if page == "card" and self.learner.exam is not None else page])
        self.actions.sync(page, self.learner.exam is not None)
        self._stop.setVisible(page == "card")
        if page == "decks":
            self.deck_page.refresh()
        self._show_title()
        self._draw()
        self._focus()

    def _focus(self) -> None:
        if self._entered and self.learner.page in ("decks", "progress"):
            page = self.deck_page.decks if self.learner.page == "decks" else self.progress_page.table
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self) -> None:
        learner = self.learner
        if learner.exam is not None:
            self._title.setText(f"Exam: {learner.title_of(learner.exam.deck)}")
        elif learner.session is not None:
            self._title.setText(learner.title_of(learner.session.deck))
        else:
            self._title.setText("")

    def _draw(self) -> None:
        """Show on the figure what the page is about."""
        if not self._entered:
            return
        learner = self.learner
        self.aim.end()
        if learner.page == "progress":
            points = learner.library.points
            errors = {code: error for code in points if (error := learner.schedule.error(code))}
            self.drawn.show_errors(errors, learner.weakest())
        elif learner.page == "card" and learner.question is not None:
            self.drawn.show_question(learner.question)
            if learner.feedback is not None:
                self.drawn.show_feedback(learner.feedback)
            elif self._is_pointing():
                self.aim.begin()
        else:
            self.drawn.clear()

    def _is_pointing(self) -> bool:
        """Whether a place on the skin is asked for."""
        question = self.learner.question
        return (
            self.learner.page == "card"
            and question is not None
            and question.card.kind == "locate"
            and self.learner.feedback is None
        )

    def _on_pointed(self, hit: Hit) -> None:
        if self._is_pointing() and self.learner.question is not None:
            self.learner.answer_place(*self.drawn.score(self.learner.question, hit))

    def _on_answered(self, feedback: Feedback) -> None:
        self.aim.end()
        if self._entered:
            self.drawn.show_feedback(feedback)

    def _on_library_changed(self) -> None:
        """Another set of points: what was asked may not be there any more."""
        self.drawn.forget_library()
        if self.learner.page == "card":
            self.learner.stop()
        self.learner.show_page("decks")

    def _end_exam(self) -> None:
        """End the exam, if its time did not do so while that was asked."""
        if self.learner.exam is not None:
            self.learner.stop()

    def _reset(self) -> None:
        self.learner.reset()
        self._draw()

    def ask_exam(self, deck: Deck | None) -> None:
        """Ask how many questions and how much time."""
        if deck is None:
            return
        kinds = self.deck_page.chosen_kinds
        cards = deck.cards(self.learner.library, kinds)
        ExamDialog(
            deck,
            len(cards),
            lambda count, minutes: self.learner.start_exam(deck, kinds, count, minutes),
            self.pages.window(),
        ).open()

    def _ask_list(self, deck: Deck | None) -> None:
        def save(name: str, codes: tuple[str, ...]) -> None:
            if self.learner.save_list(name, codes) and codes:
                self.deck_page.choose(f"own:{name}")

        ListDialog(self.learner.library, save, deck, self.pages.window()).open()

    def _ask_anki(self, deck: Deck | None) -> None:
        if deck is not None:
            name = file_name(deck.title, "apkg")
            ask_path(
                self.pages.window(),
                "Write for Anki",
                "Anki decks (*.apkg)",
                lambda path: self.write_anki(deck, path),
                name,
            )

    def _ask_csv(self, deck: Deck | None) -> None:
        if deck is not None:
            cards = cards_known(deck, self.learner)
            library = self.learner.library
            self._ask_table(file_name(deck.title, "csv"), lambda path: write_csv(path, library, cards))

    def _ask_result(self, result: ExamResult) -> None:
        library = self.learner.library
        name = file_name(f"exam {self.learner.title_of(result.deck)} {result.at:%Y-%m-%d}", "csv")
        self._ask_table(name, lambda path: write_result(path, result, library))

    def _ask_table(self, name: str, write: Callable[[Path], object]) -> None:
        def take(path: Path) -> None:
            try:
                write(path)
            except FileProblem as problem:
                self._tell("The table was not written", str(problem))

        ask_path(self.pages.window(), "Write a table", "Tables (*.csv)", take, name)

    def _ask_export(self) -> None:
        ask_path(
            self.pages.window(),
            "Export progress",
            "Progress (*.jsonl)",
            self.learner.export_progress,
            "facepoints-progress.jsonl",
        )

    def _tell(self, title: str, sentence: str) -> None:
        tell_problem(self.pages.window(), title, sentence)

    def _make_tools(self) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._stop)
        return holder

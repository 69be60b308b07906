"""The page of a card: the question, choices or a line to type in, and after the answer what was right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.cards import KIND_TITLES
from app.domain.progress import now
from app.domain.questions import SIDE_WORDS, Question
from app.ui.blocks import box, chip, row, text
from app.ui.study.choice import Choice
from app.ui.study.feedback import Feedback
from app.ui.study.learner import Learner
from app.ui.study.words import clock, full_name, miss_words, verdict, when
from app.ui.theme import Theme

TYPED = "Code, pinyin without tones, hanzi or English"
CLICK = (
    "Click the place on the skin. By keys: turn the figure with the arrows, shift it with Shift and arrows, "
    "+ and \u2212 come closer; Enter points at the cross."
)
_TICK_MS = 500


class CardPage(QFrame):
    """Built anew for each question.

    Signals:
        figure_wanted: the keyboard belongs to the figure now, as a place is to be pointed at.
    """

    figure_wanted = Signal()

    def __init__(self, learner: Learner, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._learner = learner
        self._theme = theme
        self.choices: list[Choice] = []
        self.line: QLineEdit | None = None
        self.check: QPushButton | None = None
        self.go_on: QPushButton | None = None
        self._head = QLabel()
        self._head.setProperty("role", "muted")
        self._clock = QLabel()
        self._clock.setProperty("role", "strong")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # What was right stands at the end, which lies deeper once the layout has found room for it.
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_end)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 0)
        head.addWidget(self._head, 1)
        head.addWidget(self._clock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        learner.question_changed.connect(self._rebuild)
        learner.answered.connect(self._on_answered)
        learner.page_changed.connect(self._on_page_changed)
        theme.theme_changed.connect(self._rebuild)

    def choose(self, number: int) -> None:
        """Take the choice of a number, from 1 on; of several, switch it."""
        if 0 < number <= len(self.choices) and self.choices[number - 1].isEnabled():
            self.choices[number - 1].click()

    def confirm(self) -> None:
        """Go on, or give the answer that has been typed or marked."""
        if self._learner.feedback is not None:
            self._learner.next()
        elif self.line is not None:
            self._learner.answer_text(self.line.text())
        elif self.check is not None:
            self._check()

    def _on_page_changed(self) -> None:
        if self._learner.page != "card":
            self._tick.stop()

    def _rebuild(self) -> None:
        question = self._learner.question
        if question is None:
            return
        self.choices, self.line, self.check, self.go_on = [], None, None, None
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(20, 12, 20, 20)
        self._column.setSpacing(10)
        self._column.addWidget(row(chip(KIND_TITLES[question.card.kind], role="badge")))
        self._column.addWidget(text(question.prompt, "title", selectable=False))
        if question.card.kind == "name" and question.side:
            self._column.addWidget(text(f"It lies {SIDE_WORDS[question.side]}.", "muted", selectable=False))
        self._add_ways_to_answer(question)
        self._column.addStretch()
        self._scroll.setWidget(page)
        self._head.setText(self._learner.progress_words())
        self._on_tick()
        if self._learner.exam is not None:
            self._tick.start()
        if self._learner.feedback is not None:
            self._on_answered(self._learner.feedback)

    def _add_ways_to_answer(self, question: Question) -> None:
        if not question.choices:
            self._column.addWidget(text(CLICK, "muted", selectable=False))
            self.figure_wanted.emit()
        elif self._learner.typing and question.accepted:
            self.line = QLineEdit()
            self.line.setPlaceholderText(TYPED)
            self.line.setAccessibleName("Your answer")
            self._column.addWidget(self.line)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            for number, words in enumerate(question.choices, start=1):
                choice = Choice(self._theme, number, words, question.several)
                if not question.several:
                    choice.clicked.connect(
                        lambda _on=False, number=number: self._learner.answer_choices({number - 1})
                    )
                self._column.addWidget(choice)
                self.choices.append(choice)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        buttons: list[QWidget] = []
        if question.several:
            self.check = QPushButton("Check")
            self.check.setDefault(True)
            self.check.setToolTip("Give the marked ones as your answer (Enter)")
            self.check.clicked.connect(self._check)
            buttons.append(self.check)
            self._several = text("Mark every one that is right.", "muted", selectable=False)
            self._column.addWidget(self._several)
        self._unknown = QPushButton("I do not know")
        self._unknown.setProperty("role", "link")
        self._unknown.setToolTip("Give up this card (0)")
        self._unknown.clicked.connect(self._learner.give_up)
        buttons.append(self._unknown)
        self._buttons = row(*buttons)
        self._column.addWidget(self._buttons)

    def _check(self) -> None:
        marked = {number for number, one in enumerate(self.choices) if one.isChecked()}
        if marked:
            self._learner.answer_choices(marked)
        else:
            # An Enter too many, as after the card before, is no answer.
            self._several.setText("Mark at least one, or say that you do not know (0).")

    def _on_answered(self, feedback: Feedback) -> None:
        """Mark the choices, tell what was right and when the card comes again."""
        self._buttons.hide()
        if self.line is not None:
            self.line.setEnabled(False)
        right = set(feedback.question.right)
        for number, choice in enumerate(self.choices):
            chosen = number in feedback.chosen
            choice.set_verdict(
                ("right" if chosen else "missed") if number in right else ("wrong" if chosen else "")
            )
        lines: list[QWidget] = [text(verdict(feedback.outcome), "title")]
        if feedback.miss is not None:
            lines.append(text(miss_words(feedback.miss, feedback.question.side)))
        lines += [text(words) for words in self._answer_words(feedback)]
        lines.append(text(f"This card comes again {when(feedback.due, now())}.", "small"))
        self.go_on = QPushButton("Next card")
        self.go_on.setDefault(True)
        self.go_on.setToolTip("Go on (Enter)")
        self.go_on.clicked.connect(self._learner.next)
        end = self._column.count() - 1
        self._column.insertWidget(end, box("note" if feedback.outcome.right else "caution", lines))
        self._column.insertWidget(end + 1, self.go_on)
        self._head.setText(self._learner.progress_words())
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_end()

    def _show_end(self, *_range: int) -> None:
        if self.go_on is not None:
            self._scroll.ensureWidgetVisible(self.go_on, 0, 20)

    def _answer_words(self, feedback: Feedback) -> list[str]:
        """What was right, where the marked choices do not tell."""
        question = feedback.question
        point = self._learner.library.points[question.card.code]
        name = full_name(point)
        if question.card.kind in ("name", "channel"):
            own = [name] if self.line is None or question.card.kind == "name" else [name, question.answer]
            return [*own, point.location] if point.location else own
        if question.card.kind == "locate":
            return [f"How it is found: {question.answer}"]
        if question.card.kind == "goals":
            return [f"It serves: {question.answer}."]
        if question.card.kind == "cautions":
            return [question.answer]
        return [name]

    def _on_tick(self) -> None:
        exam = self._learner.exam
        self._clock.setVisible(exam is not None)
        if exam is not None:
            self._clock.setText(clock(self._learner.seconds_left()))
            self._clock.setToolTip("Time left")
            self._learner.check_time()

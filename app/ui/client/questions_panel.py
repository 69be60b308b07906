"""The screening: the library's cautions as plain questions, each answered by no or yes, and where."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.areas import AREAS
from app.domain.screening import Question
from app.ui.blocks import box, flow, text
from app.ui.client.plan_state import PlanState
from app.ui.theme import Theme
from app.ui.words import headline


class QuestionsPanel(QScrollArea):
    """One card a question; what the answer means stands below it at once."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Questions before the treatment")
        self.cards: dict[str, QuestionCard] = {}
        self._left = text("", "strong")
        self._library: object = None
        plan.plan_changed.connect(self._sync)
        plan.locked_changed.connect(self._sync)
        self._sync()

    def _sync(self) -> None:
        if self._plan.planner.library is not self._library:
            self._library = self._plan.planner.library
            self._build()
        answers = {answer.caution: answer.areas for answer in self._plan.plan.answers}
        denied = self._plan.plan.denied
        for caution, card in self.cards.items():
            card.setEnabled(not self._plan.is_locked)
            card.show_answer(caution in answers, caution in denied, answers.get(caution, ()))
        left = len(self._plan.planner.unasked(self._plan.plan))
        self._left.setText(
            f"{left} of {len(self.cards)} are still to be asked." if left else "All are answered."
        )

    def _build(self) -> None:
        self._left = text("", "strong")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(14, 12, 14, 16)
        layout.setSpacing(6)
        layout.addWidget(text("Ask each of these before the first needle.", "muted"))
        layout.addWidget(self._left)
        self.cards = {}
        for question in self._plan.planner.screening.questions:
            card = QuestionCard(self._plan, question)
            card.answered.connect(self._plan.answer)
            self.cards[question.caution] = card
            layout.addWidget(card)
        layout.addStretch()
        self.setWidget(page)


class QuestionCard(QFrame):
    """A question with No and Yes.

    Signals:
        answered: caution, whether it applies, and where (a tuple of areas).
    """

    answered = Signal(str, bool, tuple)

    def __init__(self, plan: PlanState, question: Question) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._question = question
        caution = plan.planner.library.cautions[question.caution]
        self.no, self.yes = _choice("No", question.text), _choice("Yes", question.text)
        self.no.clicked.connect(lambda: self._tell(False))
        self.yes.clicked.connect(lambda: self._tell(True))
        self.areas: dict[str, QPushButton] = {}
        self._where = QWidget()
        where = QVBoxLayout(self._where)
        where.setContentsMargins(0, 0, 0, 0)
        where.setSpacing(4)
        if question.asks_where:
            where.addWidget(text("Where? Until this is marked, the whole face is left alone.", "small"))
            for area in AREAS.values():
                button = _choice(area.title, f"Leave alone: {area.title}")
                button.clicked.connect(self._tell_areas)
                self.areas[area.id] = button
            where.addWidget(flow(*self.areas.values()))
        told = [text(headline(caution.action))]
        self._told = box("caution", told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 12, 10)
        layout.setSpacing(7)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(text(question.text, selectable=False), 1)
        head.addWidget(self.no, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.yes, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self._told)
        layout.addWidget(self._where)
        self.show_answer(False, False, ())

    def show_answer(self, applies: bool, denied: bool, areas: tuple[str, ...]) -> None:
        """Show what is answered: yes, no or nothing yet."""
        self.no.setChecked(denied)
        self.yes.setChecked(applies)
        self._told.setVisible(applies)
        self._where.setVisible(applies and self._question.asks_where)
        for area, button in self.areas.items():
            button.setChecked(area in areas)

    def _tell(self, applies: bool) -> None:
        chosen = tuple(area for area, button in self.areas.items() if button.isChecked())
        self.answered.emit(self._question.caution, applies, chosen if applies else ())

    def _tell_areas(self) -> None:
        self._tell(True)


def _choice(words: str, spoken: str) -> QPushButton:
    button = QPushButton(words)
    button.setCheckable(True)
    button.setProperty("role", "choice")
    button.setAccessibleName(f"{spoken}: {words}" if words in ("Yes", "No") else spoken)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button

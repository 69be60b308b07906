"""The page after a session or an exam: what was right, what was not, and what comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.cards import KIND_TITLES, card_of, title_of
from app.domain.exam import PASS_SHARE, ExamResult
from app.domain.outcomes import RIGHT
from app.domain.progress import now
from app.ui.blocks import box, row, text
from app.ui.study.feedback import Summary
from app.ui.study.learner import Learner
from app.ui.study.words import clock, percent, when
from app.ui.theme import Theme
from app.ui.words import count


class ResultPage(QScrollArea):
    """Built anew each time it is shown.

    Signals:
        csv_wanted: the result (ExamResult) is to be written.
    """

    csv_wanted = Signal(object)

    def __init__(self, learner: Learner, theme: Theme) -> None:
        super().__init__()
        self._learner = learner
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.done = QPushButton()
        learner.page_changed.connect(self._rebuild)
        theme.theme_changed.connect(self._rebuild)

    def _rebuild(self) -> None:
        if self._learner.page != "result":
            return
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 18, 20, 20)
        layout.setSpacing(10)
        result, summary = self._learner.result, self._learner.summary
        if result is not None:
            widgets = self._exam(result)
        elif summary is not None:
            widgets = self._session(summary)
        else:
            return
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch()
        self.setWidget(page)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _exam(self, result: ExamResult) -> list[QWidget]:
        lines: list[QWidget] = [
            text("Exam passed" if result.passed else "Exam not passed", "title"),
            text(self._learner.title_of(result.deck), "muted"),
            text(f"{result.right} of {len(result.lines)} right", "display"),
            text(
                f"{percent(result.share)}; {percent(PASS_SHARE)} is a pass. "
                f"Time {clock(result.seconds)} of {clock(result.minutes * 60)}.",
            ),
        ]
        save = QPushButton("Save as a table (CSV)...")
        save.clicked.connect(lambda: self.csv_wanted.emit(result))
        lines.append(row(save, self._done()))
        for number, line in enumerate(result.lines, start=1):
            sign = "✓" if line.right else "✗"
            title = f"{sign}  {number}. {self._card_words(line.card)}"
            told = [text(title, "strong")]
            if not line.right:
                told.append(text(f"Your answer: {line.given or 'none'}"))
                told.append(text(f"Right: {line.answer}"))
            lines.append(box("note" if line.right else "caution", told))
        return lines

    def _session(self, summary: Summary) -> list[QWidget]:
        first = {answer.card: answer for answer in reversed(summary.answers)}
        right = sum(answer.rating >= RIGHT for answer in first.values())
        misses = [answer.distance_mm for answer in first.values() if answer.distance_mm is not None]
        lines: list[QWidget] = [
            text("Session finished", "title"),
            text(summary.title, "muted"),
            text(f"{right} of {len(first)} right", "display"),
            text("at the first try", "muted"),
        ]
        if misses:
            lines.append(
                text(f"Places: {sum(misses) / len(misses):.1f} mm off on average, of {len(misses)}.")
            )
        if summary.next_due is not None:
            lines.append(text(f"The next card is due {when(summary.next_due, now())}."))
        lines.append(row(self._done()))
        wrong = [answer for answer in first.values() if answer.rating < RIGHT]
        if wrong:
            names = [text(f"✗  {self._card_words(answer.card)}") for answer in wrong]
            lines.append(box("caution", [text(f"{count(len(wrong), 'card')} to learn", "strong"), *names]))
        return lines

    def _done(self) -> QPushButton:
        self.done = QPushButton("Done")
        self.done.setDefault(True)
        self.done.setToolTip("Back to the decks (Enter)")
        self.done.clicked.connect(lambda: self._learner.show_page("decks"))
        return self.done

    def _card_words(self, name: str) -> str:
        card = card_of(name)
        point = self._learner.library.points.get(card.code)
        return f"{KIND_TITLES[card.kind]}: {title_of(point) if point else card.code}"

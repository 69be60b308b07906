"""What Study mode asks for in windows of their own; none of them holds up the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.decks import Deck, codes_in
from app.domain.library import Library
from app.ui.blocks import text
from app.ui.recent_files import RecentFiles
from app.ui.words import count

EXAM_QUESTIONS, EXAM_MINUTES = 20, 10


class ExamDialog(QDialog):
    """How many questions, and how much time."""

    def __init__(
        self, deck: Deck, cards: int, begin: Callable[[int, float], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Exam")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.count = QSpinBox()
        self.count.setRange(1, max(1, min(cards, 200)))
        self.count.setValue(min(EXAM_QUESTIONS, cards))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, 180)
        self.minutes.setValue(EXAM_MINUTES)
        self.minutes.setSuffix(" min")
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow("Questions", self.count)
        form.addRow("Time", self.minutes)
        buttons = _buttons(self, "Begin")
        self.accepted.connect(lambda: begin(self.count.value(), float(self.minutes.value())))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(QLabel(deck.title))
        layout.addWidget(text("No hints, and no answers before the end. Leaving it ends it.", "muted"))
        layout.addLayout(form)
        layout.addWidget(buttons)


class ListDialog(QDialog):
    """A list of one's own: a name and points by any of their names."""

    def __init__(
        self,
        library: Library,
        save: Callable[[str, tuple[str, ...]], object],
        deck: Deck | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Own list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(420, 320)
        self._library = library
        self._save = save
        own = deck if deck is not None and deck.section == "own" else None
        self.name = QLineEdit(own.title if own else "My points")
        self.name.setAccessibleName("Name of the list")
        self.points = QPlainTextEdit(", ".join(deck.codes) if deck is not None else "")
        self.points.setAccessibleName("Points of the list")
        self.points.setTabChangesFocus(True)
        self.problem = text("", "caution")
        self.problem.hide()
        buttons = _buttons(self, "Save")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(QLabel("Name"))
        layout.addWidget(self.name)
        layout.addWidget(QLabel("Points: codes or names, with commas between them. Empty deletes the list."))
        layout.addWidget(self.points, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Save if every name is known, or say which is not."""
        name, words = self.name.text().strip(), self.points.toPlainText()
        if not name:
            self._tell("The list needs a name; write one above.")
            return
        try:
            codes = codes_in(self._library, words) if words.strip() else ()
        except ValueError as problem:
            self._tell(str(problem))
            return
        self._save(name, codes)
        super().accept()

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()


def ask_anew(
    title: str, left: int, go_on: Callable[[], object], anew: Callable[[], object], parent: QWidget
) -> QMessageBox:
    """Ask before a stopped session makes room for another of its deck."""
    question = QMessageBox(QMessageBox.Icon.Question, "Facepoints", f"{title}: go on?", parent=parent)
    question.setInformativeText(
        f"A session with this deck was stopped with {count(left, 'card')} left. Starting anew gives it up; its answers "
        "are kept."
    )
    go = question.addButton("Go on", QMessageBox.ButtonRole.AcceptRole)
    again = question.addButton("Start anew", QMessageBox.ButtonRole.DestructiveRole)
    question.addButton(QMessageBox.StandardButton.Cancel)
    question.setDefaultButton(go)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go.clicked.connect(go_on)
    again.clicked.connect(anew)
    question.open()
    return question


def ask_end(left: int, end: Callable[[], object], parent: QWidget) -> QMessageBox:
    """Ask before an exam is ended with questions left."""
    question = QMessageBox(QMessageBox.Icon.Question, "Facepoints", "End the exam?", parent=parent)
    question.setInformativeText(
        f"{count(left, 'question is', 'questions are')} not answered and will count as wrong. The time goes on."
    )
    stop = question.addButton("End the exam", QMessageBox.ButtonRole.DestructiveRole)
    stay = question.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    question.setDefaultButton(stay)
    question.setEscapeButton(stay)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    stop.clicked.connect(end)
    question.open()
    return question


def ask_reset(parent: QWidget, reset: Callable[[], object]) -> QMessageBox:
    """Ask before everything is forgotten."""
    question = QMessageBox(QMessageBox.Icon.Question, "Facepoints", "Begin anew?", parent=parent)
    question.setInformativeText(
        "All answers are put aside and every card is new again. The old file is kept, and your own lists stay."
    )
    yes = question.addButton("Reset", QMessageBox.ButtonRole.DestructiveRole)
    no = question.addButton(QMessageBox.StandardButton.Cancel)
    question.setDefaultButton(no)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes.clicked.connect(reset)
    question.open()
    return question


def ask_path(
    parent: QWidget, title: str, kinds: str, take: Callable[[Path], object], name: str = ""
) -> QFileDialog:
    """Ask for a file: one to write, suggested by a name, or, without one, one to read."""
    recent = RecentFiles()
    dialog = QFileDialog(parent, title, str(recent.folder), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if name:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.selectFile(name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: recent.used(Path(chosen)))
    dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
    dialog.open()
    return dialog


def _buttons(dialog: QDialog, yes: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    go = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    go.setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons

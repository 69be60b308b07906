"""Fields of a form that write what was typed when it is done, each as one step of the history.

What cannot be written is told beneath the field, and is forgotten as soon as anything else is shown or typed there.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app.domain.edits.edit import EditProblem
from app.ui.checks import ChoiceBox
from app.ui.theme import Theme

_FRAME = """
QPlainTextEdit { border: 1px solid palette(mid); border-radius: 8px; padding: 4px 6px; background: palette(base); }
QPlainTextEdit:focus { border: 1px solid palette(highlight); }
"""

Write = Callable[[str], object]
"""Writes what was typed. Raises EditProblem for what cannot be written."""


class Refusal(QLabel):
    """Why a field was not written; seen only while there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "caution")
        self.setContentsMargins(8, 4, 8, 4)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence, or nothing more."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        self.setAccessibleName(sentence)

    def heed(self, write: Write, value: str) -> bool:
        """Write, and tell what is refused. Returns whether it was written."""
        self.tell("")
        try:
            write(value)
        except EditProblem as problem:
            self.tell(str(problem))
            return False
        return True


class LineField(QLineEdit):
    """One line. Return or leaving it writes; Esc puts the old text back.

    With `again`, Return also writes what is there already: for words whose outcome depends on the rest of the set.

    Attributes:
        refusal: why what was typed is not written; `add_row` puts it beneath the field.
    """

    def __init__(self, write: Write, name: str, again: bool = False) -> None:
        super().__init__()
        self._write = write
        self._shown = ""
        self.refusal = Refusal()
        self.setAccessibleName(name)
        if again:
            self.returnPressed.connect(self._on_return)
        self.editingFinished.connect(self._on_finished)
        self.textEdited.connect(lambda: self.refusal.tell(""))

    def show_text(self, text: str) -> None:
        """Show what is known now, unless the user is typing something else that was not refused."""
        if self.refusal.text() or not (self.hasFocus() and self.text() != self._shown):
            self.setText(text)
            self.setCursorPosition(0)
        self._shown = text
        self.refusal.tell("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self.refusal.tell("")
            return
        super().keyPressEvent(event)

    def _on_return(self) -> None:
        text = self.text().strip()
        if text and text == self._shown:
            self.refusal.heed(self._write, text)

    def _on_finished(self) -> None:
        before, text = self._shown, self.text().strip()
        if text != before:
            self._shown = text
            if not self.refusal.heed(self._write, text):
                self._shown = before


def names_below(names: QStringListModel, field: LineField) -> QCompleter:
    """A list below a field of all the names that are in the model; what fits is found by who fills it."""
    completer = QCompleter(names, field)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    popup = QListView()
    # No padding: the completer does not count it, and would cut the last row.
    popup.setStyleSheet("QListView { border: 1px solid palette(mid); }")
    completer.setPopup(popup)
    return completer


class TextField(QPlainTextEdit):
    """Several lines; leaving it, or Ctrl+Return, writes."""

    def __init__(self, write: Write, name: str, lines: int = 3) -> None:
        super().__init__()
        self._write = write
        self._shown = ""
        self.refusal = Refusal()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setStyleSheet(_FRAME)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)

    def show_text(self, text: str) -> None:
        """Show what is known now, unless the user is typing something else that was not refused."""
        typing = self.hasFocus() and self.toPlainText() != self._shown and not self.refusal.text()
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)
        self._shown = text
        self.refusal.tell("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write()
            return
        super().keyPressEvent(event)

    def write(self) -> None:
        """Write what was typed, if it is new."""
        before, text = self._shown, self.toPlainText().strip()
        if text != before:
            self._shown = text
            if not self.refusal.heed(self._write, text):
                self._shown = before


class ChoiceField(ChoiceBox):
    """One of several words."""

    def __init__(self, theme: Theme, write: Write, name: str, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__(theme)
        self._write = write
        self._known = ""
        self.refusal = Refusal()
        self.setAccessibleName(name)
        for value, words in choices:
            self.addItem(words, value)
        self.activated.connect(self._on_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # The wheel does not give it the keys either.

    def show_value(self, value: str) -> None:
        """Show what is known now; a value that is none of the choices is added."""
        self._known = value
        self.refusal.tell("")
        index = self.findData(value)
        if index < 0:
            self.addItem(value or "not stated", value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def _on_chosen(self) -> None:
        if not self.refusal.heed(self._write, str(self.currentData())):
            self.setCurrentIndex(self.findData(self._known))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form and changes no field by chance, whether the field has the keys or not."""
        event.ignore()


def form() -> QFormLayout:
    """A form with its names above the fields, as narrow panels need."""
    layout = QFormLayout()
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setVerticalSpacing(4)
    return layout


def add_row(layout: QFormLayout, words: str, field: QWidget) -> QLabel:
    """A field under its name, and under the field what it refuses."""
    label = QLabel(words)
    label.setProperty("role", "muted")
    label.setBuddy(field)
    layout.addRow(label, field)
    if isinstance(field, LineField | TextField | ChoiceField):
        layout.addRow(field.refusal)
    return label

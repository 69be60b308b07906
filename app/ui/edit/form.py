"""Fields of a form that write what was typed when it is done, each as one step of the history."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.checks import ChoiceBox
from app.ui.theme import Theme

_FRAME = """
QPlainTextEdit { border: 1px solid palette(mid); border-radius: 8px; padding: 4px 6px; background: palette(base); }
QPlainTextEdit:focus { border: 1px solid palette(highlight); }
"""

Write = Callable[[str], object]


class LineField(QLineEdit):
    """One line. Return or leaving it writes; Esc puts the old text back."""

    def __init__(self, write: Write, name: str) -> None:
        super().__init__()
        self._write = write
        self._shown = ""
        self.setAccessibleName(name)
        self.editingFinished.connect(self._on_finished)

    def show_text(self, text: str) -> None:
        """Show what is known now, unless the user is typing something else."""
        if not (self.hasFocus() and self.text() != self._shown):
            self.setText(text)
            self.setCursorPosition(0)
        self._shown = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            return
        super().keyPressEvent(event)

    def _on_finished(self) -> None:
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self._write(text)


class TextField(QPlainTextEdit):
    """Several lines; leaving it, or Ctrl+Return, writes."""

    def __init__(self, write: Write, name: str, lines: int = 3) -> None:
        super().__init__()
        self._write = write
        self._shown = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setStyleSheet(_FRAME)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)

    def show_text(self, text: str) -> None:
        """Show what is known now, unless the user is typing something else."""
        if not (self.hasFocus() and self.toPlainText() != self._shown) and self.toPlainText() != text:
            self.setPlainText(text)
        self._shown = text

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
        text = self.toPlainText().strip()
        if text != self._shown:
            self._shown = text
            self._write(text)


class ChoiceField(ChoiceBox):
    """One of several words."""

    def __init__(self, theme: Theme, write: Write, name: str, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__(theme)
        self.setAccessibleName(name)
        for value, words in choices:
            self.addItem(words, value)
        self.activated.connect(lambda _index: write(str(self.currentData())))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.installEventFilter(self)

    def show_value(self, value: str) -> None:
        """Show what is known now; a value that is none of the choices is added."""
        index = self.findData(value)
        if index < 0:
            self.addItem(value or "not stated", value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the form and changes no field by chance."""
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def form() -> QFormLayout:
    """A form with its names above the fields, as narrow panels need."""
    layout = QFormLayout()
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setVerticalSpacing(4)
    return layout


def add_row(layout: QFormLayout, words: str, field: QWidget) -> QLabel:
    """A field under its name."""
    label = QLabel(words)
    label.setProperty("role", "muted")
    label.setBuddy(field)
    layout.addRow(label, field)
    return label

"""Why something was not done, told at the hand that tried it; gone with the hand's next doing."""

from string import Template

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.theme import Theme

SHOWN_MS = 8000
BESIDE = QPoint(16, 20)
"""From the mouse to the note, so that the hand does not cover it."""
WIDEST = 320

_SHEET = Template("""
QLabel { background: $warning_soft; color: $warning; border: 1px solid $warning; border-radius: 8px;
  padding: 7px 11px; }
""")


class HandNote(QLabel):
    """A sentence over the window, beside the mouse; the mouse goes through it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(SHOWN_MS)
        self._fade.timeout.connect(self.clear)
        theme.theme_changed.connect(self._apply)
        self._apply()

    def tell(self, sentence: str, at: QPoint | None = None) -> None:
        """Show a sentence beside a global position, at the mouse where none is given."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        window = self.parentWidget()
        assert window is not None
        spot = window.mapFromGlobal(QCursor.pos() if at is None else at)
        if not window.rect().contains(spot):
            spot = QPoint(window.width() // 2, window.height() // 4)
        wide = min(self.fontMetrics().horizontalAdvance(sentence) + 28, WIDEST)
        self.setFixedSize(wide, self.heightForWidth(wide))
        x = min(spot.x() + BESIDE.x(), window.width() - wide - 8)
        y = spot.y() + BESIDE.y()
        if y + self.height() > window.height() - 8:
            y = spot.y() - BESIDE.y() - self.height()
        self.move(max(8, x), max(8, y))
        self.raise_()
        self.show()
        self._fade.start()

    def clear(self) -> None:
        """Take it away."""
        self._fade.stop()
        if self.isVisible():
            self.hide()
        self.setText("")

    def _apply(self) -> None:
        colors = self._theme.colors
        self.setStyleSheet(_SHEET.substitute(warning=colors.warning, warning_soft=colors.warning_soft))

"""A choice of a question: its number, its words over as many lines as they need, and how it turned out."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui.theme import Theme

Verdict = Literal["", "right", "wrong", "missed"]
_MARKS: dict[Verdict, str] = {"": "", "right": "✓", "wrong": "✗", "missed": "✓"}
_WORDS: dict[Verdict, str] = {"": "", "right": ", right", "wrong": ", wrong", "missed": ", right, not chosen"}
_PAD = 11


class Choice(QAbstractButton):
    """A wide button; several in a question can be on at once."""

    def __init__(self, theme: Theme, number: int, words: str, checkable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._verdict: Verdict = ""
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(f"{number}: {words}")
        self.setToolTip(f"Key {number}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    @property
    def verdict(self) -> Verdict:
        return self._verdict

    def set_verdict(self, verdict: Verdict) -> None:
        """Show how it turned out; it can no longer be chosen."""
        self._verdict = verdict
        self.setEnabled(False)
        self.setAccessibleName(f"{self._number}: {self.text()}{_WORDS[verdict]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self._height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self._height(event.size().width())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, frame = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        good, bad = self._verdict in ("right", "missed"), self._verdict == "wrong"
        on = self.isChecked() and not self._verdict
        ground = "accent_soft" if good or on else "warning_soft" if bad else "field"
        if not self._verdict and self.underMouse() and not on:
            ground = "hover"
        edge = "accent" if good or on or self.hasFocus() else "warning" if bad else "border"
        painter.setBrush(theme.color(ground))
        pen = QPen(theme.color(edge), 2 if self.hasFocus() or self._verdict == "right" else 1)
        if self._verdict == "missed":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 9, 9)
        side = self._side()
        painter.setFont(theme.font(0.9, bold=True))
        painter.setPen(theme.color("accent" if good or on else "warning" if bad else "muted"))
        sign = _MARKS[self._verdict] or ("✓" if on else str(self._number))
        painter.drawText(QRectF(_PAD - 2, _PAD, side, theme.pixels(1.4)), Qt.AlignmentFlag.AlignCenter, sign)
        faint = bool(not self._verdict and not self.isEnabled())
        painter.setFont(theme.font())
        painter.setPen(theme.color("muted" if faint else "text"))
        painter.drawText(self._words_box(self.width()), _flags(), self.text())

    def _side(self) -> int:
        return self._theme.pixels(1.5)

    def _words_box(self, width: int) -> QRect:
        left = _PAD + self._side() + 4
        return QRect(left, _PAD, max(40, width - left - _PAD), 10_000)

    def _height(self, width: int) -> int:
        self.ensurePolished()
        words = self.fontMetrics().boundingRect(self._words_box(width), _flags(), self.text())
        return max(words.height(), self._theme.pixels(1.4)) + 2 * _PAD


def _flags() -> int:
    return int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

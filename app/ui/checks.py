"""The check box that rows and the treatment share, and a choice painted to match."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.ui.theme import Theme

_MARKS = {
    Qt.CheckState.Checked: ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32)),
    Qt.CheckState.PartiallyChecked: ((0.27, 0.5), (0.73, 0.5)),
}


def paint_check(painter: QPainter, box: QRectF, state: Qt.CheckState, theme: Theme) -> None:
    """Paint a check box, with a dash where only a part is on."""
    on = state != Qt.CheckState.Unchecked
    accent = theme.color("accent")
    painter.setPen(QPen(accent if on else theme.color("muted"), 1.2))
    painter.setBrush(accent if on else theme.color("field"))
    painter.drawRoundedRect(box, 4, 4)
    if not on:
        return
    pen = QPen(theme.color("on_accent"), box.width() / 8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in _MARKS[state]]
    )


class ChoiceBox(QComboBox):
    """A combo box with an arrow of ours: a style sheet takes the style's own away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("muted"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - 16, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])


def row_painter(row: QWidget, theme: Theme) -> QPainter:
    """Begin to paint a row: smooth, with the ground of a row under the mouse and the frame of one in focus."""
    painter = QPainter(row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if row.underMouse() or row.hasFocus():
        painter.setPen(QPen(theme.color("accent"), 1) if row.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover"))
        painter.drawRoundedRect(QRectF(row.rect()).adjusted(4, 1, -4, -1), 7, 7)
    return painter


class RowCheckBox(QCheckBox):
    """A check box painted as the rows of the goals are: words at the left, a number at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.number = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.pixels(2.75))

    def hitButton(self, _place: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, row = self._theme, QRectF(self.rect())
        painter = row_painter(self, theme)
        size = theme.pixels(1.15)
        box = QRectF(24, row.center().y() - size / 2, size, size)
        paint_check(painter, box, self.checkState(), theme)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(bold=self.isChecked()))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            row.adjusted(box.right() + theme.pixels(0.6), 0, -self._theme.pixels(5.5), 0), middle, self.text()
        )
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(0.9))
        painter.drawText(row.adjusted(0, 0, -12, 0), middle | Qt.AlignmentFlag.AlignRight, self.number)

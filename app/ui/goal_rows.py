"""How a row of the goals' tree is painted and pressed: chevron, check box, swatch, title, needles, evidence."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.checks import paint_check
from app.ui.goal_model import Node, Role
from app.ui.shapes import paint_shape
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CHEVRON = 24
"""Width of the part of a row that opens and shuts it."""

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GoalRows(QStyledItemDelegate):
    """Paints rows; a press anywhere but on the chevron, or the space bar, switches the row.

    Signals:
        toggled: the row was switched.
        opened: the row was opened or shut.
    """

    toggled = Signal(QModelIndex)
    opened = Signal(QModelIndex)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title needs in the width the view has."""
        node: Node = index.data(Role.NODE)
        least = self._theme.pixels(2.3 if node.group else 2.75)
        view = option.widget  # type: ignore[attr-defined]
        if not isinstance(view, QAbstractItemView):
            return QSize(120, least)
        row = QRect(0, 0, view.viewport().width(), least)
        # Bold, so that a row keeps its height when it is switched on.
        metrics = QFontMetrics(self._title_font(node, on=True))
        words = metrics.boundingRect(self._title_area(node, row), _WRAPPED, node.title)
        return QSize(120, max(least, words.height() + self._theme.pixels(0.7)))

    def editorEvent(self, event: QEvent, _model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        pressed = (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        chosen = (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if isinstance(event, QMouseEvent) and event.type() in pressed:
            if event.button() != Qt.MouseButton.LeftButton:
                return False
            node: Node = index.data(Role.NODE)
            on_chevron = not node.group and event.position().x() < option.rect.left() + CHEVRON
            (self.opened if on_chevron else self.toggled).emit(index)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in chosen:
            self.toggled.emit(index)
            return True
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node: Node = index.data(Role.NODE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        self._paint_ground(painter, option)
        left = self._check_left(node, row)
        if not node.group and node.children:
            is_open = bool(option.state & QStyle.StateFlag.State_Open)
            _chevron(
                painter, QPointF(row.left() + 14, row.center().y() + 0.5), is_open, self._theme.color("muted")
            )
        box = self._theme.pixels(1.15 if not node.group else 1.0)
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        paint_check(painter, QRectF(left, row.center().y() - box / 2 + 0.5, box, box), check, self._theme)
        left += box + self._theme.pixels(0.6)
        if node.goal and not node.group:
            size = self._theme.pixels(1.25)
            swatch = QRectF(left, row.center().y() - size / 2 + 0.5, size, size)
            outline = self._theme.color("outline")
            paint_shape(painter, swatch, node.goal.marker, node.goal.color, outline)
            left += size + self._theme.pixels(0.6)
        right = self._paint_evidence(painter, node, row)
        self._paint_needles(painter, index, row, right)
        self._paint_title(painter, node, self._title_area(node, row), check)
        painter.restore()

    def _check_left(self, node: Node, row: QRect) -> int:
        return row.left() + CHEVRON + (self._theme.pixels(1.2) if node.group else 0)

    def _title_area(self, node: Node, row: QRect) -> QRect:
        """What check box, swatch, needles and evidence leave of a row."""
        pixels = self._theme.pixels
        left = self._check_left(node, row) + pixels(1.0 if node.group else 1.15) + pixels(0.6)
        if node.goal and not node.group:
            left += pixels(1.25) + pixels(0.6)
        right = row.right() - 12 - pixels(1.5) - pixels(0.5) - pixels(1.7) - 6
        return QRect(left, row.top(), right - left, row.height())

    def _title_font(self, node: Node, on: bool) -> QFont:
        return self._theme.font(0.95 if node.group else 1.0, bold=on and not node.group)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        ground = QRectF(option.rect).adjusted(4, 1, -4, -1)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_MouseOver or focused:
            painter.setPen(QPen(self._theme.color("accent"), 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(ground, 7, 7)

    def _paint_evidence(self, painter: QPainter, node: Node, row: QRect) -> int:
        """The badge at the right end; returns where the rest must end."""
        width = self._theme.pixels(1.5)
        right = row.right() - 12
        if node.evidence:
            height = self._theme.pixels(1.35)
            badge = QRectF(right - width, row.center().y() - height / 2 + 0.5, width, height)
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.setBrush(self._theme.color("window"))
            painter.drawRoundedRect(badge, 4, 4)
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font(0.82, bold=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, node.evidence)
        return right - width - self._theme.pixels(0.5)

    def _paint_needles(self, painter: QPainter, index: Index, row: QRect, right: int) -> None:
        width = self._theme.pixels(1.7)
        painter.setPen(self._theme.color("muted"))
        painter.setFont(self._theme.font(0.9))
        area = QRect(right - width, row.top(), width, row.height())
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, aligned, str(index.data(Role.NEEDLES)))

    def _paint_title(self, painter: QPainter, node: Node, area: QRect, state: Qt.CheckState) -> None:
        on = state != Qt.CheckState.Unchecked
        painter.setFont(self._title_font(node, on))
        quiet = bool(node.group) and not on
        painter.setPen(self._theme.color("muted" if quiet else "text"))
        painter.drawText(area, _WRAPPED, node.title)


def _chevron(painter: QPainter, center: QPointF, is_open: bool, color: QColor) -> None:
    path = QPainterPath(QPointF(-2.2, -4))
    path.lineTo(2, 0)
    path.lineTo(-2.2, 4)
    painter.save()
    painter.translate(center)
    painter.rotate(90 if is_open else 0)
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()

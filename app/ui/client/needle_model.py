"""The needles of a plan as rows, in the order of treatment; rows are moved by dragging or by key."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.plan import PlannedNeedle
from app.domain.story import point_name
from app.ui.client.plan_state import PlanState
from app.ui.shapes import paint_shape
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NEEDLE = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
_SIDE = 16
"""Pixels at either side of a row."""
_HEAD, _NUMBER, _WHY = 1.75, 1.9, 0.9
"""Height of a row's first line, width of its number, and size of its reason; each in sizes of the text."""


class NeedleModel(QAbstractListModel):
    """Reads the plan; changes nothing."""

    def __init__(self, plan: PlanState) -> None:
        super().__init__()
        self._plan = plan
        plan.plan_changed.connect(self._on_plan_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._plan.prepared.needles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        needle = self._plan.prepared.needles[index.row()]
        if role == NEEDLE:
            return needle
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{needle.point.code} {point_name(needle.point)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            reasons = self._plan.planner.reasons(self._plan.plan, needle.point.code)
            words = [
                f"{reason.goal.title}: {reason.sentence}" if reason.goal else reason.sentence
                for reason in reasons
            ]
            return "".join(f"<p>{line}</p>" for line in (*words, *needle.notes))
        return None

    def _on_plan_changed(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class NeedleRows(QStyledItemDelegate):
    """Paints a row: number, code and name, needles, the goals' marks; below it what to mind, and why it is there."""

    def __init__(self, plan: PlanState, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._plan = plan
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, needle = self._theme, index.data(NEEDLE)
        assert isinstance(needle, PlannedNeedle)
        width = self._view.viewport().width()
        room = max(width - 2 * _SIDE - theme.pixels(_NUMBER), theme.pixels(6))
        lines = sum(self._height(words, room) for words in (*needle.notes, self._reason(needle)))
        return QSize(120, theme.pixels(_HEAD) + lines + theme.pixels(0.45))

    def _height(self, words: str, width: int) -> int:
        """How high words are in a width."""
        metrics = QFontMetrics(self._theme.font(_WHY))
        return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()

    def _reason(self, needle: PlannedNeedle) -> str:
        return self._plan.planner.reasons(self._plan.plan, needle.point.code)[0].sentence

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, needle = self._theme, index.data(NEEDLE)
        assert isinstance(needle, PlannedNeedle)
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected or option.state & QStyle.StateFlag.State_MouseOver:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(row.adjusted(6, 1, -6, -1), 7, 7)
        head = theme.pixels(_HEAD)
        top = QRectF(row.left() + _SIDE, row.top() + 3, row.width() - 2 * _SIDE, head - 3)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(0.85))
        number = theme.pixels(_NUMBER)
        painter.drawText(QRectF(top.left(), top.top(), number, top.height()), middle, f"{index.row() + 1}")
        size = theme.pixels(1.0)
        for place, goal in enumerate(reversed(needle.goals[:5])):
            box = QRectF(top.right() - (place + 1) * size * 1.1, top.center().y() - size / 2, size, size)
            paint_shape(painter, box, goal.marker, goal.color, theme.color("outline"))
        room = top.adjusted(number, 0, -(min(len(needle.goals), 5) * size * 1.1 + 6), 0)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(1.0, bold=True))
        code = needle.point.code
        painter.drawText(room, middle, code)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(code) + 8)
        painter.setFont(theme.font(1.0))
        metrics = painter.fontMetrics()
        name = f"{point_name(needle.point)}  ×{needle.point.needles}"
        painter.drawText(
            room, middle, metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
        )
        painter.setFont(theme.font(_WHY))
        below = row.adjusted(_SIDE + number, head, -_SIDE, 0)
        for words, color in (*((note, "warning") for note in needle.notes), (self._reason(needle), "muted")):
            painter.setPen(theme.color(color))
            painter.drawText(below, _WRAP, words)
            below.setTop(below.top() + self._height(words, int(below.width())))
        painter.restore()

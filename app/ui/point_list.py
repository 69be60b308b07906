"""The left panel's second page: the points that are switched on, one row each."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.goals import Goal
from app.domain.points import Point
from app.ui.shapes import paint_shape
from app.ui.state import ViewState
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

NOTHING_ON = ("No point is switched on", "Tick a goal, or type a name above to find a point")


class Role(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    POINT = Qt.ItemDataRole.UserRole
    GOALS = Qt.ItemDataRole.UserRole + 1
    NOTE = Qt.ItemDataRole.UserRole + 2


class PointModel(QAbstractListModel):
    """Points with the goals to paint beside them; of what is switched on, or of a search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Point, tuple[Goal, ...]]] = []
        self._note: tuple[str, str] | None = None

    def set_rows(
        self, rows: list[tuple[Point, tuple[Goal, ...]]], note: tuple[str, str] | None = None
    ) -> None:
        """Points with their goals; without any, the two lines of `note` take the place of a row."""
        self.beginResetModel()
        self._rows = rows
        self._note = None if rows else note
        self.endResetModel()

    def row_of(self, code: str) -> QModelIndex:
        """The row of a point, invalid if it has none."""
        for row, (point, _) in enumerate(self._rows):
            if point.code == code:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) or (1 if self._note else 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self._note else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if self._note:
            if role == Role.NOTE:
                return self._note
            return ". ".join(self._note) if role == Qt.ItemDataRole.DisplayRole else None
        point, goals = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{point.code} {point.pinyin} {point.english}"
        if role == Qt.ItemDataRole.EditRole:
            return point.code
        if role == Qt.ItemDataRole.ToolTipRole:
            names = ", ".join(goal.title for goal in goals)
            where = point.location or point.zone
            return f"<p>{where}</p>" + (f"<p>{names}</p>" if names else "")
        if role == Role.POINT:
            return point
        if role == Role.GOALS:
            return goals
        return None


class PointRows(QStyledItemDelegate):
    """Code and pinyin above, English below, the goals' swatches at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, self._theme.pixels(3.3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if note := index.data(Role.NOTE):
            self._paint_note(painter, option.rect.adjusted(16, 0, -16, 0), note)
            return
        point: Point = index.data(Role.POINT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = option.state & QStyle.StateFlag.State_Selected
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            focused = selected and option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(self._theme.color("accent"), 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(6, 1, -6, -1), 7, 7)
        row = option.rect.adjusted(16, 0, -16, 0)
        right = self._paint_swatches(painter, index, row)
        middle = row.center().y()
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font(1.0, bold=True))
        half = self._theme.pixels(1.35)
        upper = QRect(row.left(), middle - half, right - row.left(), half)
        lower = QRect(row.left(), middle, right - row.left(), half)
        code_width = painter.fontMetrics().horizontalAdvance(point.code + "  ")
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, point.code)
        painter.setFont(self._theme.font())
        names = f"{point.pinyin}  {point.hanzi}".strip()
        self._paint_elided(painter, upper.adjusted(code_width, 0, 0, 0), names)
        painter.setPen(self._theme.color("muted"))
        painter.setFont(self._theme.font(0.92))
        note = point.english if point.position is not None else f"{point.english}, not placed".strip(", ")
        self._paint_elided(painter, lower, note)
        painter.restore()

    def _paint_note(self, painter: QPainter, row: QRect, note: tuple[str, str]) -> None:
        painter.save()
        upper, lower = QRect(row), QRect(row)
        upper.setBottom(row.center().y())
        lower.setTop(row.center().y())
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.color("text"))
        self._paint_elided(painter, upper, note[0])
        painter.setFont(self._theme.font(0.92))
        painter.setPen(self._theme.color("muted"))
        self._paint_elided(painter, lower, note[1])
        painter.restore()

    def _paint_swatches(self, painter: QPainter, index: Index, row: QRect) -> int:
        goals: tuple[Goal, ...] = index.data(Role.GOALS)
        size = self._theme.pixels(1.0)
        right = row.right()
        for goal in reversed(goals[:4]):
            right -= size
            area = QRectF(right, row.center().y() - size / 2 + 0.5, size, size)
            paint_shape(painter, area, goal.marker, goal.color, self._theme.color("outline"))
            right -= 3
        if len(goals) > 4:
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font(0.85))
            width = self._theme.pixels(1.6)
            right -= width
            more = QRect(right, row.top(), width, row.height())
            painter.drawText(more, Qt.AlignmentFlag.AlignCenter, f"+{len(goals) - 4}")
        return right - 4

    @staticmethod
    def _paint_elided(painter: QPainter, area: QRect, words: str) -> None:
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)


class PointList(QListView):
    """The points that are switched on. A click selects, a double click or Return flies there."""

    def __init__(self, state: ViewState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._model = PointModel(self)
        self._rows = PointRows(theme)
        self.setModel(self._model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName("Points that are switched on")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setViewportMargins(0, 6, 0, 6)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)
        self.entered.connect(self._on_entered)
        state.shown_changed.connect(self._on_shown_changed)
        state.selected_changed.connect(self._on_selected_changed)
        theme.theme_changed.connect(self.doItemsLayout)
        self._on_shown_changed()

    def leaveEvent(self, event: Any) -> None:
        self._state.hover(None)
        super().leaveEvent(event)

    def _on_shown_changed(self) -> None:
        goals = self._state.library.goals
        rows = [(shown.point, tuple(goals[goal] for goal in shown.goals)) for shown in self._state.points]
        self._model.set_rows(rows, NOTHING_ON)
        self._on_selected_changed()

    def _on_selected_changed(self) -> None:
        point = self._state.selected
        index = self._model.row_of(point.code) if point else QModelIndex()
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(
                index, self.selectionModel().SelectionFlag.ClearAndSelect
            ) if index.isValid() else self.selectionModel().clear()
            if index.isValid():
                self.scrollTo(index)

    def _on_current_changed(self, index: QModelIndex) -> None:
        selected = self._state.selected
        if index.isValid() and (code := index.data(Role.POINT).code) != (selected and selected.code):
            self._state.select(code)  # a row means no side; one that was chosen on the figure stays chosen

    def _on_activated(self, index: QModelIndex) -> None:
        self._state.fly_to(index.data(Role.POINT).code)

    def _on_entered(self, index: QModelIndex) -> None:
        if not self.isVisible():
            return  # Qt tells of a row under the mouse when a list scrolls to its choice, also behind another tab
        point = index.data(Role.POINT)
        self._state.hover(point.code if point else None)

"""Small pieces that the pages of the right panel are made of."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.goals import Goal
from app.ui.shapes import paint_shape
from app.ui.theme import Theme


def text(words: str, role: str = "", selectable: bool = True) -> QLabel:
    """A paragraph that wraps; plain text, so nothing in a file is taken for markup."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setCursor(Qt.CursorShape.IBeamCursor)
    return label


def chip(words: str, tool_tip: str = "", role: str = "chip") -> QLabel:
    """A short fact in a rounded field."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setToolTip(tool_tip)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return label


def row(*widgets: QWidget, spacing: int = 6, grow: int | None = None) -> QWidget:
    """Widgets side by side: one of them, by its number, takes the width that is left, or else it stays empty."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == grow else 0, Qt.AlignmentFlag.AlignVCenter)
    if grow is None:
        layout.addStretch()
    return holder


class Column(QWidget):
    """Widgets one above the other, always just as high as they are in the width it has."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in widgets:
            layout.addWidget(widget)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            layout = self.layout()
            assert layout is not None
            width = self.width()
            high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
            if high != self.minimumHeight():
                self.setFixedHeight(high)
        return done


class Page(QWidget):
    """A page in a scroll area, as high as its texts are in the width it gets.

    Without this it would be as high as they ask for in the width that each would like, which is a screen more.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Flow(QLayout):
    """Pieces side by side, going on in the next line where a line is full."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._items]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue  # A hidden one takes no place.
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


def flow(*widgets: QWidget) -> QWidget:
    """Widgets side by side in as many lines as it takes."""
    holder = QWidget()
    layout = Flow()
    for widget in widgets:
        layout.addWidget(widget)
    holder.setLayout(layout)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder


def section(title: str, *widgets: QWidget | None) -> QWidget:
    """A heading in capitals and what stands under it."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(5)
    layout.addWidget(text(title.upper(), "heading", selectable=False))
    for widget in widgets:
        if widget is not None:
            layout.addWidget(widget)
    return holder


def box(role: str, widgets: Iterable[QWidget]) -> QFrame:
    """Widgets one above the other in a coloured field: role "caution", "note" or "card"."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.setSpacing(7)
    for widget in widgets:
        layout.addWidget(widget)
    return frame


def rule() -> QFrame:
    """A thin level line."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame


class Swatch(QWidget):
    """A goal's marker in its colour and shape."""

    def __init__(self, goal: Goal, theme: Theme, factor: float = 1.3) -> None:
        super().__init__()
        self._goal = goal
        self._theme = theme
        self._size = theme.pixels(factor)
        self.setFixedSize(self.sizeHint())
        self.setToolTip(goal.title)
        self.setAccessibleName(goal.title)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shape(
            painter, QRectF(self.rect()), self._goal.marker, self._goal.color, self._theme.color("outline")
        )

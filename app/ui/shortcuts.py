"""The overview of keys (F1), made from the actions themselves."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

MOUSE = (
    ("Drag", "Turn the figure"),
    ("Shift + drag, or middle button", "Move the figure"),
    ("Wheel, or right button", "Come closer, go back"),
    ("Click", "Select a point"),
    ("Double click", "Fly to a point"),
    ("Arrow keys on the figure", "Turn the figure"),
    ("Space, arrow keys in the goals", "Switch a row; open and shut it"),
)

FRAME_PX = 60
"""Left for the window's title bar and edges."""


class ShortcutsDialog(QDialog):
    """Keys and mouse in two columns. Not modal: it may stay open beside the work."""

    def __init__(self, parts: Mapping[str, Sequence[QAction]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sections = [("Mouse", list(MOUSE))]
        sections += [
            (title, [(_keys(one), _words(one)) for one in actions]) for title, actions in parts.items()
        ]
        middle = sum(len(rows) for _, rows in sections) / 2
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(48)
        grids = [QGridLayout(), QGridLayout()]
        filled = 0
        for title, rows in sections:
            _add_section(grids[filled >= middle], title, rows)
            filled += len(rows)
        for grid in grids:
            grid.setHorizontalSpacing(20)
            grid.setVerticalSpacing(6)
            grid.setRowStretch(grid.rowCount(), 1)
            columns.addLayout(grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 22, 28, 18)
        layout.setSpacing(20)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(page.sizeHint().width() + bar)
        layout.addWidget(area)
        layout.addWidget(buttons)
        # No higher than the screen has room for: the rest is scrolled to.
        rest = layout.contentsMargins().top() + layout.contentsMargins().bottom() + layout.spacing()
        wanted = page.sizeHint().height() + buttons.sizeHint().height() + rest
        self.resize(area.minimumWidth() + 2 * 28, min(wanted, self.screen().availableGeometry().height() - FRAME_PX))


def _add_section(grid: QGridLayout, title: str, rows: Sequence[tuple[str, str]]) -> None:
    first = grid.rowCount()
    if first > 1:
        grid.setRowMinimumHeight(first, 14)
        first += 1
    heading = QLabel(title.upper())
    heading.setProperty("role", "heading")
    grid.addWidget(heading, first, 0, 1, 2)
    for number, (key, words) in enumerate(rows, first + 1):
        label = QLabel(key)
        label.setProperty("role", "strong")
        grid.addWidget(label, number, 0)
        grid.addWidget(QLabel(words), number, 1)


def _words(action: QAction) -> str:
    return action.text().replace("&", "").removesuffix("...")


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(key.toString(native) for key in action.shortcuts())

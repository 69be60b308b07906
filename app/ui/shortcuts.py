"""The overview of keys (F1), made from the actions themselves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
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


class ShortcutsDialog(QDialog):
    """Keys and mouse, two columns. Not modal: it may stay open beside the work."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = [(_keys(action), action.text().replace("&", "").removesuffix("...")) for action in actions]
        half = (len(keys) + len(MOUSE) + 1) // 2
        columns = QHBoxLayout()
        columns.setSpacing(40)
        rows = [*MOUSE, *keys]
        columns.addLayout(_column(rows[:half]))
        columns.addLayout(_column(rows[half:]))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(18)
        layout.addLayout(columns)
        layout.addWidget(buttons)


def _column(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(6)
    for number, (key, words) in enumerate(rows):
        label = QLabel(key)
        label.setProperty("role", "strong")
        grid.addWidget(label, number, 0)
        grid.addWidget(QLabel(words), number, 1)
    grid.setRowStretch(len(rows), 1)
    return grid


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(key.toString(native) for key in action.shortcuts())

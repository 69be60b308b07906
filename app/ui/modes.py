"""The switch between the window's modes. A room is made when it is first entered, so that none slows the start."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.ui.actions import make_action
from app.ui.room import Room

MakeRoom = Callable[[], Room]


class ModeBar(QFrame):
    """A button for each mode.

    Signals:
        chosen: the room of the mode that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "modes")
        self._group = QActionGroup(self)
        self._rooms: dict[QAction, Room] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 12, 0)
        self._layout.setSpacing(2)

    @property
    def actions_in_order(self) -> list[QAction]:
        return self._group.actions()

    def add(self, title: str, tip: str, make: MakeRoom) -> QAction:
        """A mode more; its key is Ctrl with its place."""
        key = f"Ctrl+{len(self._group.actions()) + 1}"
        action = make_action(self, title, keys=(key,), tip=tip)
        action.setCheckable(True)
        self._group.addAction(action)
        action.triggered.connect(lambda: self.chosen.emit(self._room(action, make)))
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(f"Mode: {title}")
        self._layout.addWidget(button)
        return action

    def show_entered(self, room: Room) -> None:
        """Mark the mode of a room; a room without one marks none anew."""
        for action, own in self._rooms.items():
            if own is room:
                action.setChecked(True)

    def _room(self, action: QAction, make: MakeRoom) -> Room:
        if action not in self._rooms:
            self._rooms[action] = make()
        return self._rooms[action]

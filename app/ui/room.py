"""What every mode of the window is: a room with its own panels, tools and menus around the one figure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget


class Room(QObject):
    """A mode. The window shows its parts while it is entered and knows nothing else about it.

    Attributes:
        name: a short word, kept in settings; also the name of its icon.
        title: for the mode switch.
        left, right: panels beside the figure, None for none.
        tools: for the bar above the figure.
        below: a bar below the figure, None for none.
        status: the window's lower edge, None for none.
        menus: between File and Help.
        file_actions: in the File menu in the place of the window's own, for a room with files of its own.
        bare: whether the window shows nothing but the figure and these parts.
        keys: actions that have keys, under headings, for the overview.

    """

    name: str
    title: str
    left: QWidget | None = None
    right: QWidget | None = None
    tools: QWidget | None = None
    below: QWidget | None = None
    status: QWidget | None = None
    menus: tuple[QMenu, ...] = ()
    file_actions: Sequence[QAction] = ()
    bare = False
    keys: Mapping[str, Sequence[QAction]] = {}

    def enter(self) -> None:
        """Take the figure's gestures."""

    def leave(self) -> None:
        """Give the figure's gestures back."""


def order_focus(*parts: QWidget) -> None:
    """Have Tab go through these parts of a window one after the other, and through each as it was put together."""
    window = parts[0].window()
    every = (one for part in parts for one in (part, *part.findChildren(QWidget)))
    stops = (one for one in every if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is window)
    for one, next_one in pairwise(stops):
        QWidget.setTabOrder(one, next_one)


class Place(QStackedWidget):
    """A part of the window that each room fills; as large as the entered room's part, whatever the others need."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()

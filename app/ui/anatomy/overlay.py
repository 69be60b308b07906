"""A small panel that lies over the figure, in its upper left corner."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget

MARGIN = 12


class OverlayPanel(QFrame):
    """Stays within the figure's window when that changes its size; lets nothing through to the figure."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        over.installEventFilter(self)

    def settle(self) -> None:
        """Take the size the contents ask for and go to the corner."""
        if layout := self.layout():
            layout.activate()
        size, room = self.sizeHint(), self._over.size()
        width = min(size.width(), room.width() - 2 * MARGIN)
        height = min(size.height(), room.height() - 2 * MARGIN)
        self.setGeometry(MARGIN, MARGIN, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.settle()
        return False

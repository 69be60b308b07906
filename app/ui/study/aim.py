"""Pointing at the skin: a click, or the cross in the middle that the figure is turned under by keys."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.scene.picking import pick_skin
from app.ui.viewport import Viewport

CROSS = 34
"""Logical pixels across."""


class Aim(QObject):
    """Watches the viewport's mouse without taking anything from it.

    Signals:
        pointed: the place on the skin (Hit) that was clicked or lies under the cross.
    """

    pointed = Signal(object)

    def __init__(self, viewport: Viewport) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._pressed: QPointF | None = None
        self._cross: Cross | None = None

    def begin(self) -> None:
        """Watch, and show the cross."""
        canvas = self._viewport.plotter
        if canvas is None or self._cross is not None:
            return
        self._cross = Cross(canvas)
        self._place_cross()
        self._cross.show()
        canvas.installEventFilter(self)

    def end(self) -> None:
        """Watch no more. Ending twice does no harm."""
        if self._cross is None:
            return
        if self._viewport.plotter is not None:
            self._viewport.plotter.removeEventFilter(self)
        self._cross.deleteLater()
        self._cross = None
        self._pressed = None

    def point_at_cross(self) -> None:
        """Point at what lies under the cross."""
        canvas = self._viewport.plotter
        if canvas is not None:
            self._point(canvas, QPointF(canvas.width() / 2, canvas.height() / 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._place_cross()
        if isinstance(event, QMouseEvent):
            self._on_mouse(watched, event)
        return False

    def _on_mouse(self, canvas: QObject, event: QMouseEvent) -> None:
        kind, place = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonPress:
            self._pressed = place if event.button() == Qt.MouseButton.LeftButton else None
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            if (place - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None  # The figure is being turned.
        elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            self._pressed = None
            self._point(canvas, place)

    def _point(self, canvas: Any, place: QPointF) -> None:
        stage = self._viewport.stage
        if stage is None:
            return
        ratio = canvas.devicePixelRatioF()
        x, y = place.x() * ratio, (canvas.height() - place.y()) * ratio
        hit = pick_skin(stage, x, y)
        if hit is not None:
            self.pointed.emit(hit)

    def _place_cross(self) -> None:
        canvas = self._viewport.plotter
        if self._cross is not None and canvas is not None:
            self._cross.move((canvas.width() - CROSS) // 2, (canvas.height() - CROSS) // 2)



class Cross(QWidget):
    """A thin cross with an open middle, seen on light and dark, that lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(CROSS, CROSS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, gap = CROSS / 2, 4
        arms = [(0, middle - gap), (middle + gap, CROSS)]
        for color, width in ((QColor(255, 255, 255, 200), 3.0), (QColor(20, 24, 30, 230), 1.2)):
            painter.setPen(QPen(color, width))
            for start, end in arms:
                painter.drawLine(QPointF(start, middle), QPointF(end, middle))
                painter.drawLine(QPointF(middle, start), QPointF(middle, end))

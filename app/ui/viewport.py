"""The 3D view: one QtInteractor, its mouse and keys, its one render per change, its end.

1. Every mouse and key event is taken before pyvistaqt and VTK see it: their keys turn the figure into wires, and their
   trackball rolls it over.
2. A change asks for a repaint (`update`), and Qt folds many of those into one. `paintGL` renders by itself, so
   calling pyvista's `render` would render twice.
3. No timer runs freely: a flight ends, the pauses after the wheel and between two looks under the mouse are single
   shots.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget
from pyvistaqt import QtInteractor

from app.geometry.figure import Figure
from app.scene.camera import CameraState
from app.scene.picking import pick_marker
from app.scene.stage import Stage
from app.scene.theme import Theme as SceneTheme
from app.ui.graphics import renderer_name

NO_OPENGL = (
    "The figure cannot be drawn: this computer offers no OpenGL 3.2 or newer. "
    "Install or update the graphics driver (on Linux the Mesa packages will do), then start Facepoints again. "
    "Goals, points and search work without it."
)
PICK_RADIUS = 9
"""How near the mouse must be to a marker's middle, in logical pixels."""
HOVER_PAUSE_MS = 30
SETTLE_MS = 220
FLIGHT_MS = 650
TURN_PER_PIXEL = 0.4
TURN_PER_KEY = 8.0

_TAKEN = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.NativeGesture,
    QEvent.Type.ContextMenu,
}
_TURNS = {
    Qt.Key.Key_Left: (TURN_PER_KEY, 0.0),
    Qt.Key.Key_Right: (-TURN_PER_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, -TURN_PER_KEY),
    Qt.Key.Key_Down: (0.0, TURN_PER_KEY),
}

logger = logging.getLogger(__name__)


class Viewport(QWidget):
    """Holds the figure's stage; without OpenGL a sentence, and `stage` is None.

    Signals:
        hovered, clicked, double_clicked: the site under the mouse, or None.
        camera_settled: the camera stands still again, or the window has another size.
    """

    hovered = Signal(object)
    clicked = Signal(object)
    double_clicked = Signal(object)
    camera_settled = Signal()

    def __init__(self, figure: Figure, theme: SceneTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage: Stage | None = None
        self._plotter: Any = None
        self._view: str | None = "front"
        self._pressed: QPointF | None = None
        self._dragged = False
        self._mouse = QPointF()
        self._flight: QVariantAnimation | None = None
        self._layout = QStackedLayout(self)
        self.setMinimumSize(320, 240)
        self._hover_pause = self._single_shot(HOVER_PAUSE_MS, self._on_hover_pause_over)
        self._settle = self._single_shot(SETTLE_MS, self._end_motion)
        gl = renderer_name()
        if gl is None:
            logger.warning("no OpenGL: the figure is not drawn")
            self._show_sentence()
            return
        logger.info("OpenGL renderer: %s", gl)
        software = any(name in gl.lower() for name in ("llvmpipe", "softpipe", "swrast", "software"))
        # Smooth edges cost a graphics card nothing and software four times the frame.
        samples = 0 if software else 4
        plotter: Any = QtInteractor(self, auto_update=False, multi_samples=samples, lighting="none")
        plotter.iren.clear_key_event_callbacks()
        plotter.setAcceptDrops(False)
        plotter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plotter.setAccessibleName("The figure")
        plotter.setAccessibleDescription("Arrow keys turn it, plus and minus come closer and go back")
        plotter.installEventFilter(self)
        self._plotter = plotter
        self._layout.addWidget(plotter)
        self.setFocusProxy(plotter)
        # VTK hears of its size when it first paints; until then a camera needs some.
        plotter.ren_win.SetSize(640, 640)
        # Qt paints once for the size, unseen, and once for the screen: the first may stay empty.
        plotter.renderer.DrawOff()
        self.stage = Stage(
            plotter, figure, theme, "software" if software else "full", self.devicePixelRatioF()
        )

    @property
    def plotter(self) -> Any:
        """The interactor, for tests and pictures; the window's code goes through the stage."""
        return self._plotter

    def request_render(self) -> None:
        """Draw once, when the event loop comes to it, however often this was asked for."""
        if self._plotter is not None:
            self._plotter.update()

    def choose_view(self, name: str) -> None:
        """Fly to a named view, and keep it fitting when the window changes its size."""
        if self.stage is not None:
            self.fly(self.stage.views.fly(self.stage.views.state_of(name)))
            self._view = name

    def fly(self, states: Iterable[CameraState]) -> None:
        """Move the camera along these states in a moment; another flight or the mouse cuts it short."""
        if self.stage is None:
            return
        self.stop_flight()
        self._view = None
        track = list(states)
        flight = QVariantAnimation(self)
        flight.setStartValue(0)
        flight.setEndValue(len(track) - 1)
        flight.setDuration(FLIGHT_MS)
        flight.valueChanged.connect(lambda step: self._set_camera(track[int(step)]))
        flight.finished.connect(self.stop_flight)
        self._flight = flight
        self.stage.begin_motion()
        flight.start()

    def remember_camera(self) -> Callable[[], None]:
        """What brings the camera back to where it stands now; a named view fits the window as it is then."""
        stage, view = self.stage, self._view
        state = None if stage is None else stage.views.state

        def go_back() -> None:
            if self.stage is None or state is None:
                return
            self.stop_flight()
            self._view = view
            self._set_camera(self.stage.views.state_of(view) if view else state)

        return go_back

    def stop_flight(self) -> None:
        """End a flight where it is."""
        if self._flight is not None:
            flight, self._flight = self._flight, None
            flight.stop()
            flight.deleteLater()
            self._end_motion()

    def turn(self, azimuth: float, elevation: float) -> None:
        """Walk around the figure by degrees."""
        if self.stage is not None:
            self._take_camera()
            self.stage.views.turn(azimuth, elevation)
            self.request_render()

    def zoom(self, factor: float) -> None:
        """Come closer, for a factor above 1."""
        if self.stage is not None:
            self._take_camera()
            self.stage.begin_motion()
            self.stage.views.zoom(factor)
            self._settle.start()
            self.request_render()

    def keep_quick(self) -> None:
        """Draw quickly for a moment, as while the figure turns; for what changes many times in a row."""
        if self.stage is not None:
            self.stage.begin_motion()
            self._settle.start()

    def close_view(self) -> None:
        """Let go of VTK and OpenGL; must be called before the window goes. Calling it twice does no harm."""
        self._hover_pause.stop()
        self._settle.stop()
        if self.stage is not None:
            self.stop_flight()
            self.stage.close()
            self.stage = None
        if self._plotter is not None:
            plotter, self._plotter = self._plotter, None
            plotter.removeEventFilter(self)
            plotter.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._on_resized()
        elif kind == QEvent.Type.Leave:
            self._hover_pause.stop()
            self.hovered.emit(None)
        elif kind == QEvent.Type.DevicePixelRatioChange and self.stage is not None:
            self.stage.set_pixel_ratio(self.devicePixelRatioF())
        elif kind == QEvent.Type.Show:
            if self.stage is not None:
                self.stage.renderer.DrawOn()
            QTimer.singleShot(0, self, self._check_opengl)
        if kind not in _TAKEN or self.stage is None:
            return False
        if isinstance(event, QKeyEvent):
            return self._on_key(event)
        if isinstance(event, QWheelEvent):
            self.zoom(1.0015 ** event.angleDelta().y())
        elif isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value())
        elif isinstance(event, QMouseEvent):
            self._on_mouse(event)
        event.accept()
        return True

    def _on_mouse(self, event: QMouseEvent) -> None:
        kind, place = event.type(), event.position()
        if kind == QEvent.Type.MouseMove:
            if self._pressed is None:
                self._on_hover(place)
            else:
                self._on_drag(event)
        elif kind == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed, self._mouse, self._dragged = place, place, False
        elif kind == QEvent.Type.MouseButtonDblClick:
            if event.button() == Qt.MouseButton.LeftButton:
                self.double_clicked.emit(self._site_at(place))
        else:
            was_click = self._pressed is not None and not self._dragged
            self._pressed = None
            if self._dragged:
                self._end_motion()
            elif was_click and event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit(self._site_at(place))

    def _on_drag(self, event: QMouseEvent) -> None:
        assert self._pressed is not None
        assert self.stage is not None
        place = event.position()
        if not self._dragged:
            moved = (place - self._pressed).manhattanLength()
            if moved < QApplication.startDragDistance():
                return
            self._dragged = True
            self._take_camera()
            self.hovered.emit(None)
            self.stage.begin_motion()
        step = place - self._mouse
        self._mouse = place
        buttons, shift = event.buttons(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if buttons & Qt.MouseButton.MiddleButton or (buttons & Qt.MouseButton.LeftButton and shift):
            ratio = self.devicePixelRatioF()
            self.stage.views.move(step.x() * ratio, -step.y() * ratio)
        elif buttons & Qt.MouseButton.RightButton:
            self.stage.views.zoom(1.006 ** -step.y())
        else:
            self.stage.views.turn(-step.x() * TURN_PER_PIXEL, step.y() * TURN_PER_PIXEL)
        self.request_render()

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        turn = _TURNS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() == QEvent.Type.KeyPress and turn and plain:
            self.turn(*turn)
            event.accept()
        else:
            event.ignore()
        return True

    def _on_hover(self, place: QPointF) -> None:
        self._mouse = place
        if not self._hover_pause.isActive():
            self.hovered.emit(self._site_at(place))
            self._hover_pause.setProperty("looked", place)
            self._hover_pause.start()

    def _on_hover_pause_over(self) -> None:
        if self._pressed is None and self._mouse != self._hover_pause.property("looked"):
            self.hovered.emit(self._site_at(self._mouse))

    def _site_at(self, place: QPointF) -> int | None:
        if self.stage is None or self._plotter is None:
            return None
        ratio = self._plotter.devicePixelRatioF()
        x, y = place.x() * ratio, (self._plotter.height() - place.y()) * ratio
        return pick_marker(self.stage, x, y, PICK_RADIUS * ratio)

    def _on_resized(self) -> None:
        """Frame a named view anew; VTK hears of the size only when it paints, which is too late."""
        if self.stage is None or self._plotter is None:
            return
        ratio = self._plotter.devicePixelRatioF()
        width, height = (
            max(1, round(side * ratio)) for side in (self._plotter.width(), self._plotter.height())
        )
        self._plotter.ren_win.SetSize(width, height)
        if self._flight is None and self._view is not None:
            self.stage.views.view(self._view)
        self.camera_settled.emit()

    def _take_camera(self) -> None:
        """The hand takes over: no flight goes on, no named view is kept."""
        self.stop_flight()
        self._view = None

    def _set_camera(self, state: CameraState) -> None:
        if self.stage is not None:
            self.stage.views.set(state)
            self.request_render()

    def _end_motion(self) -> None:
        if self.stage is not None:
            self.stage.end_motion()
            self.request_render()
            self.camera_settled.emit()

    def _check_opengl(self) -> None:
        """Some machines give a context and refuse it to widgets: then nothing would ever be painted."""
        if self._plotter is not None and self._plotter.isVisible() and not self._plotter.isValid():
            self.close_view()
            self._show_sentence()

    def _show_sentence(self) -> None:
        sentence = QLabel(NO_OPENGL)
        sentence.setWordWrap(True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setMargin(40)
        sentence.setProperty("role", "large")
        self._layout.addWidget(sentence)
        self._layout.setCurrentWidget(sentence)

    def _single_shot(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

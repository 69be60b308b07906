"""The ruler: two clicks on the skin, and the way between them in mm and in the cun that counts there."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout

from app.domain.library import Library
from app.domain.rule_words import unit_meaning
from app.geometry.figure import Figure, Floats, Pose
from app.geometry.landmarks import left_body
from app.geometry.ruler import Reading, measure_along
from app.geometry.surface import Binding
from app.scene.picking import pick_skin
from app.scene.skin_lines import SkinLine
from app.scene.tags import Tag
from app.ui.anatomy.state import AnatomyState
from app.ui.viewport import Viewport

COLOR = "#ffd23f"
FIRST = "Click where the tape begins.\nDragging still turns the figure; Esc puts the ruler away."
SECOND = "Click where it ends.\nDragging still turns the figure; Esc puts the ruler away."
NO_SKIN = "There is no skin to measure on; click beside the opening.\nEyes can be shut (E)."


class RulerTool(QObject):
    """Watches the figure's mouse while the ruler is taken up; never takes an event but Esc from it."""

    def __init__(self, anatomy: AnatomyState, viewport: Viewport, figure: Figure) -> None:
        super().__init__(viewport)
        self._anatomy = anatomy
        self._viewport = viewport
        self._figure = figure
        self._pressed: QPointF | None = None
        self._start: Floats | None = None
        self.reading: Reading | None = None
        self.panel = QFrame()
        self.panel.setProperty("role", "bar")
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(12, 4, 12, 0)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.words)
        self.panel.hide()
        anatomy.ruler_changed.connect(self._on_ruler_changed)
        anatomy.expression_changed.connect(self._put_down)

    def measure_to(self, position: Floats) -> None:
        """Take a place (3,) on the skin: the beginning of a tape, or its end."""
        stage = self._viewport.stage
        if stage is None:
            return
        if self._start is None:
            self._start, self.reading = position, None
            self._show(SECOND, stage.sight.surface.nearest(position[None]))
            return
        reading = self._read(stage.pose, self._start, position)
        self._start, self.reading = None, reading
        self._say(reading_words(self._anatomy.atlas.library, reading))
        way = reading.binding
        start, end = Tag(_at(way, 0), "", COLOR), Tag(_at(way, len(way.triangles) - 1), "", COLOR)
        if reading.along_mm is None:
            straight = replace(end, text=f"{reading.straight_mm:.1f} mm straight")
            stage.overlays.show("ruler", tags=(start, straight))
        else:
            tag = Tag(_at(way, len(way.triangles) // 2), f"{reading.along_mm:.1f} mm", COLOR, dot=False)
            stage.overlays.show("ruler", lines=(SkinLine(way, COLOR, 5.5),), tags=(tag, start, end))
        self._viewport.request_render()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            # Taken before it becomes the key that unselects the point.
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self._anatomy.set_ruler(False)
            return True
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if kind == QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                moved = (event.position() - self._pressed).manhattanLength()
                self._pressed = None
                if moved < QApplication.startDragDistance():
                    self._on_click(event.position())
        return False

    def _on_click(self, place: QPointF) -> None:
        stage, plotter = self._viewport.stage, self._viewport.plotter
        if stage is None or plotter is None:
            return
        ratio = plotter.devicePixelRatioF()
        hit = pick_skin(stage, place.x() * ratio, (plotter.height() - place.y()) * ratio)
        if hit is not None:
            self.measure_to(hit.position)
        elif self._start is not None or self.reading is None:
            self._say(NO_SKIN)

    def _on_ruler_changed(self) -> None:
        plotter = self._viewport.plotter
        if plotter is None:
            return
        if self._anatomy.ruler:
            plotter.installEventFilter(self)
            plotter.setCursor(Qt.CursorShape.CrossCursor)
            self._viewport.setFocus()
            self._say(FIRST)
        else:
            plotter.removeEventFilter(self)
            plotter.unsetCursor()
            self._put_down()
            self.panel.hide()

    def _put_down(self) -> None:
        """Forget what was measured: on another expression it would no longer be true."""
        stage = self._viewport.stage
        if stage is None or (self._start is None and self.reading is None):
            return
        self._start = self.reading = None
        stage.overlays.show("ruler")
        self._viewport.request_render()
        if self._anatomy.ruler:
            self._say(FIRST)

    def _show(self, words: str, place: Binding) -> None:
        stage = self._viewport.stage
        if stage is not None:
            stage.overlays.show("ruler", tags=(Tag(place, "", COLOR),))
            self._viewport.request_render()
        self._say(words)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.panel.show()

    def _read(self, pose: Pose, start: Floats, end: Floats) -> Reading:
        atlas = self._anatomy.atlas
        if pose is self._figure.neutral:
            return measure_along(atlas.scene.body, start, end)
        return measure_along(left_body(self._figure, pose, atlas.placed.marks), start, end)


def _at(way: Binding, row: int) -> Binding:
    """One place of a way."""
    one = slice(row, row + 1)
    return Binding(way.triangles[one], way.weights[one], way.distances[one])


def reading_words(library: Library, reading: Reading) -> str:
    """What the tape says, and by which cun."""
    if reading.along_mm is None:
        return f"No path along the skin between these places\n{reading.straight_mm:.1f} mm straight"
    along = "along the skin, taut over an opening" if reading.bridges else "along the skin"
    lines = [f"{reading.along_mm:.1f} mm {along}, {reading.straight_mm:.1f} mm straight"]
    if reading.unit:
        meaning = unit_meaning(library, reading.unit).split(",")[0]
        lines.append(f"{reading.units:.2f} cun by the {meaning} of {reading.unit_mm:.1f} mm")
    else:
        lines.append("No cun is defined in this direction here.")
    return "\n".join(lines)

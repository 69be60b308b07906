"""What lies under a place on the skin: a click tells the muscles and caution zones there that are drawn."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from app.domain.anatomy import CautionZone, Muscle
from app.geometry.atlas import Atlas
from app.geometry.surface import Hit
from app.scene.picking import pick_marker, pick_skin
from app.ui.anatomy.overlay import OverlayPanel
from app.ui.anatomy.state import AnatomyState
from app.ui.blocks import text
from app.ui.theme import Theme
from app.ui.viewport import PICK_RADIUS, Viewport
from app.ui.words import headline

_WIDTH = 19  # of the panel, in heights of a line


class Probe(QObject):
    """Watches clicks on the figure while muscles or zones are drawn; takes no event from it."""

    def __init__(self, anatomy: AnatomyState, theme: Theme, viewport: Viewport) -> None:
        super().__init__(viewport)
        self._anatomy = anatomy
        self._theme = theme
        self._viewport = viewport
        self._pressed: QPointF | None = None
        self.panel = OverlayPanel(viewport)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(12, 8, 12, 10)
        self.words = text("")
        column.addWidget(self.words)
        self.panel.hide()
        if viewport.plotter is not None:
            viewport.plotter.installEventFilter(self)
        for signal in (anatomy.layers_changed, anatomy.ruler_changed):
            signal.connect(self.panel.hide)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                moved = (event.position() - self._pressed).manhattanLength()
                self._pressed = None
                if moved < QApplication.startDragDistance():
                    self._on_click(event.position())
        return False

    def _on_click(self, place: QPointF) -> None:
        stage, plotter, layers = self._viewport.stage, self._viewport.plotter, self._anatomy.layers
        if stage is None or plotter is None or self._anatomy.ruler or not layers & {"muscles", "zones"}:
            return
        ratio = plotter.devicePixelRatioF()
        x, y = place.x() * ratio, (plotter.height() - place.y()) * ratio
        hit = pick_skin(stage, x, y) if pick_marker(stage, x, y, PICK_RADIUS * ratio) is None else None
        lines = (
            [] if hit is None else lines_at(self._anatomy.atlas, hit, "muscles" in layers, "zones" in layers)
        )
        self.panel.setVisible(bool(lines))
        if lines:
            self.words.setText("\n\n".join(lines))
            self.words.setFixedWidth(self._theme.pixels(_WIDTH))
            self.panel.settle()


def lines_at(atlas: Atlas, hit: Hit, with_muscles: bool, with_zones: bool) -> list[str]:
    """Return what is known of every drawn muscle and zone that covers a place on the skin."""
    corners = atlas.figure.full.triangles[hit.triangle]
    place = hit.weights @ atlas.figure.neutral.vertices[corners]
    lines = []
    if with_zones:
        found = (name for name, patch in atlas.zones.items() if patch.covered.covers(place))
        lines += [zone_words(atlas.library.caution_zones[name]) for name in found]
    if with_muscles:
        found = (name for name, patch in atlas.muscles.items() if patch.covered.covers(place))
        lines += [muscle_words(atlas.library.muscles[name]) for name in found]
    return lines


def muscle_words(muscle: Muscle) -> str:
    """Name, action and nerve of a muscle, and where it runs."""
    parts = [muscle.name, headline(muscle.action), f"Nerve: {muscle.nerve}" if muscle.nerve else ""]
    if muscle.origin and muscle.insertion:
        parts.append(f"From {muscle.origin} to {muscle.insertion}")
    return ".\n".join(part for part in parts if part) + "."


def zone_words(zone: CautionZone) -> str:
    """Name, risk and width of a caution zone, and why it is one."""
    risk = "Caution" if zone.risk == "caution" else f"{headline(zone.risk)} risk"
    width = f", {zone.half_width_mm:g} mm to either side" if zone.half_width_mm else ""
    return f"{zone.title}.\n{risk}{width}. {zone.note}".rstrip()

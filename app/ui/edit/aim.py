"""What lies under a pixel of the figure: a point's site, or a place on the skin."""

from PySide6.QtCore import QPointF

from app.geometry.figure import Floats
from app.geometry.sliding import Place
from app.geometry.surface import Hit
from app.scene.picking import pick_marker
from app.scene.stage import Stage
from app.ui.edit.session import EditSession
from app.ui.viewport import PICK_RADIUS, Viewport

Ray = tuple[Floats, Floats]


class Aim:
    """Looks from logical pixels of the plotter, y down, into the figure as it is shown."""

    def __init__(self, session: EditSession, viewport: Viewport) -> None:
        self._session = session
        self._viewport = viewport

    @property
    def stage(self) -> Stage:
        stage = self._viewport.stage
        assert stage is not None
        return stage

    def site(self, at: QPointF) -> int | None:
        """The needle site whose marker is under a pixel."""
        ratio = self._viewport.plotter.devicePixelRatioF()
        return pick_marker(self.stage, *self._pixel(at), PICK_RADIUS * ratio)

    def hit(self, at: QPointF) -> tuple[Ray, Hit | None]:
        """The ray through a pixel, and where it meets the skin: from outside, or through an eye from within."""
        ray = self.stage.projection.ray(*self._pixel(at))
        return ray, self.stage.sight.surface.ray(*ray)

    def place(self, at: QPointF) -> Place | None:
        """The touchable skin under a pixel, on the midline where it is near enough and that is wanted."""
        ray, hit = self.hit(at)
        place = None if hit is None or not self._faces(hit, ray) else self._session.skin.touch(hit)
        if place is not None and self._session.snaps:
            place = self._session.skin.snapped(place)
        return place

    def dragged(self, place: Place, at: QPointF) -> Place:
        """Where a place that is dragged has come to with the mouse at a pixel."""
        ray, hit = self.hit(at)
        return self._session.skin.drag(place, hit, ray, self.stage.pose.vertices)

    def obstacle(self, place: Place, at: QPointF) -> str:
        """Why a place that is dragged cannot be under the pixel, as `Skin.obstacle` says it."""
        ray, hit = self.hit(at)
        return self._session.skin.obstacle(place, hit, ray, self.stage.pose.vertices)

    def seen(self, place: Place) -> QPointF:
        """The pixel at which a place is seen."""
        stage = self.stage
        shown = place.binding.positions(stage.figure.full.triangles, stage.pose.vertices)
        x, y = stage.projection.display(shown)[0]
        ratio = self._viewport.plotter.devicePixelRatioF()
        return QPointF(x / ratio, self._viewport.plotter.height() - y / ratio)

    def _faces(self, hit: Hit, ray: Ray) -> bool:
        return self._session.skin.faces(hit, ray[1], self.stage.pose.vertices)

    def _pixel(self, at: QPointF) -> tuple[float, float]:
        plotter = self._viewport.plotter
        ratio = plotter.devicePixelRatioF()
        return at.x() * ratio, (plotter.height() - at.y()) * ratio

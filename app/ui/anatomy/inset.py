"""The inset over the figure: when it is there, what it shows, and the way back by a click on it."""

import weakref

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QPushButton

from app.scene.inset import Inset, looks_at
from app.ui.at_hand import selected_site
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport


class InsetView(QObject):
    """Keeps the face in sight while a part of the body fills the window, and the selected point the other way round."""

    def __init__(self, state: ViewState, viewport: Viewport, theme: Theme) -> None:
        super().__init__(viewport)
        self._state = state
        self._viewport = viewport
        self._theme = theme
        self._active = True
        self._fills: str = "head"
        self._side = ""  # of the point that is shown
        self.inset: Inset | None = None
        self.frame = QPushButton(viewport)
        self.frame.setProperty("role", "inset")
        self.frame.setCursor(Qt.CursorShape.PointingHandCursor)
        self.frame.hide()
        self.frame.clicked.connect(self._on_clicked)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.update)
        stage = viewport.stage
        if stage is None:
            return
        self.inset = Inset(viewport.plotter.ren_win, stage)
        view = weakref.ref(self)

        def on_end(_renderer: object, _event: str) -> None:
            alive = view()
            if alive is not None:
                alive._on_drawn()

        self._renderer, self._observer = stage.renderer, stage.renderer.AddObserver("EndEvent", on_end)
        for signal in (state.shown_changed, state.selected_changed, state.look_changed, theme.theme_changed):
            signal.connect(self.update)
        viewport.installEventFilter(self)

    @property
    def shows(self) -> str:
        """What the inset shows: "face", the code of a point, or "" while it is away."""
        return str(self.frame.property("shows") or "") if self.frame.isVisibleTo(self._viewport) else ""

    def set_active(self, on: bool) -> None:
        """Be there, or leave the figure to another room."""
        self._active = on
        self.update()

    def close(self) -> None:
        """Let go of VTK, before the window goes."""
        self._due.stop()
        if self.inset is not None:
            self.inset.close()
            self.inset = None
            self._renderer.RemoveObserver(self._observer)
            self._renderer = None

    def update(self) -> None:
        """Show what belongs there now, or nothing."""
        inset, stage = self.inset, self._viewport.stage
        if inset is None or stage is None:
            return
        self._fills = looks_at(stage.views.state)
        selected = self._state.selected
        what = ""
        if self._active and self._fills == "body":
            what = "face"
        elif (
            self._active
            and self._fills == "head"
            and selected
            and selected.part == "body"
            and selected.position
        ):
            what = selected.code
        was_shown = inset.shown
        if what:
            inset.set_look(self._theme.name, self._viewport.plotter.devicePixelRatioF())
            inset.follow()
            inset.show_markers(self._state.sites, stage.markers.shown, self._state.selected_sites)
            self._aim(inset, what)
            self._frame(what, inset)
        else:
            inset.hide()
        self.frame.setVisible(bool(what))
        if what or was_shown:
            self._viewport.request_render()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport and event.type() == QEvent.Type.Resize and self.frame.isVisible():
            self._due.start()
        return False

    def _aim(self, inset: Inset, what: str) -> None:
        """Show what belongs into the inset."""
        stage, sites = self._viewport.stage, self._state.sites
        if what == "face" or stage is None:
            inset.show_face()
            return
        site = selected_site(self._state, stage)
        assert site is not None  # `update` asks for a point that has a place
        self._side = sites.sides[site]
        one = sites.subset([site])
        vertices, figure = stage.pose.vertices, stage.figure
        inset.show_place(one.positions(figure, vertices)[0], one.normals(figure, vertices)[0])

    def _frame(self, what: str, inset: Inset) -> None:
        left, bottom, right, top = inset.place
        width, height = self._viewport.width(), self._viewport.height()
        corner = QPoint(round(left * width), round((1 - top) * height))
        size = QSize(round((right - left) * width), round((top - bottom) * height))
        self.frame.setGeometry(QRect(corner, size))
        self.frame.setProperty("shows", what)
        words = "Fly back to the face" if what == "face" else f"Fly to {what}"
        self.frame.setText("Face" if what == "face" else what)
        self.frame.setToolTip(words)
        self.frame.setAccessibleName(words)
        self.frame.raise_()

    def _on_clicked(self) -> None:
        what = self.frame.property("shows")
        if what == "face":
            self._state.choose_view("front")
        elif what:
            self._state.fly_to(str(what), self._side)

    def _on_drawn(self) -> None:
        """The camera may have gone elsewhere; renderers must not come or go while a frame is drawn."""
        stage = self._viewport.stage
        if stage is not None and self.inset is not None and looks_at(stage.views.state) != self._fills:
            self._due.start()

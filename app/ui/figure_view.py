"""Keeps the stage in step with the view state: the only listener that draws on the figure."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.domain.shown import ShownPoint
from app.geometry.figure import EYES_SHUT, NEUTRAL, Figure
from app.scene.chosen import markers_of
from app.scene.markers import Marker
from app.scene.stage import Stage
from app.ui.at_hand import nearest
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport


class FigureView(QObject):
    """Reads the state and changes the stage; each change asks the viewport for one render.

    Signals:
        out_of_sight_changed: how many of the points that are switched on lie outside the picture.
    """

    out_of_sight_changed = Signal(int)

    def __init__(self, state: ViewState, viewport: Viewport, figure: Figure, theme: Theme) -> None:
        super().__init__(viewport)
        self._state = state
        self._viewport = viewport
        self._figure = figure
        self._theme = theme
        self._expression: dict[str, float] = {}
        self._shown_expression: dict[str, float] = {}
        self._hovered_site: int | None = None
        if viewport.stage is None:
            return
        state.shown_changed.connect(self._on_points_changed)
        state.selected_changed.connect(self._on_points_changed)
        state.hovered_changed.connect(self._on_hovered_changed)
        state.look_changed.connect(self._on_look_changed)
        state.view_chosen.connect(viewport.choose_view)
        state.flight_chosen.connect(self._on_flight_chosen)
        theme.theme_changed.connect(self._on_theme_changed)
        viewport.camera_settled.connect(self._tell_out_of_sight)
        self._on_look_changed()

    def hover_site(self, site: int | None) -> None:
        """The site under the mouse on the figure."""
        self._hovered_site = site
        self._state.hover(None if site is None else self._state.sites.codes[site])

    def set_expression(self, weights: Mapping[str, float]) -> None:
        """Move the face; shut eyes stay shut."""
        self._expression = dict(weights)
        self._viewport.keep_quick()
        self._on_look_changed()

    def _on_points_changed(self) -> None:
        stage = self._viewport.stage
        if stage is None:
            return
        stage.show(self._state.sites, self._markers())
        stage.markers.set_selected(self._state.selected_sites)
        self._ring_hovered(stage)
        self._viewport.request_render()
        self._tell_out_of_sight()

    def _tell_out_of_sight(self) -> None:
        """Count points of which no site is within the picture; those behind the head are a turn away, not lost."""
        stage = self._viewport.stage
        # In a room that shows a set of its own there is nothing to tell.
        if stage is None or stage.markers.sites is not self._state.sites:
            return
        width, height = stage.renderer.GetSize()
        display = stage.projection.display(stage.markers.positions)
        inside = np.all((display >= 0) & (display <= (width, height)), axis=1).tolist()
        codes = self._state.sites.codes
        seen = {codes[one.site] for one, is_in in zip(stage.markers.shown, inside, strict=True) if is_in}
        placed = {codes[one.site] for one in stage.markers.shown}
        self.out_of_sight_changed.emit(len(placed - seen))

    def _markers(self) -> list[Marker]:
        """Points that are switched on, and the selected one pale where it is not."""
        state = self._state
        markers = list(markers_of(state.library, state.sites, state.points))
        selected = state.selected
        if selected and state.shown_point(selected.code) is None:
            alone = (ShownPoint(selected, (), ()),)
            markers += [replace(one, muted=True) for one in markers_of(state.library, state.sites, alone)]
        if state.labels == "all":
            return markers
        points = state.library.points
        names = (points[state.sites.codes[one.site]].pinyin for one in markers)
        return [
            replace(one, label=f"{one.label}  {name}".rstrip())
            for one, name in zip(markers, names, strict=True)
        ]

    def _on_hovered_changed(self) -> None:
        if self._viewport.stage is not None:
            self._ring_hovered(self._viewport.stage)
            self._viewport.request_render()

    def _ring_hovered(self, stage: Stage) -> None:
        hovered = self._state.hovered
        sites = self._state.sites.indices(hovered.code) if hovered else ()
        site = self._hovered_site if self._hovered_site in sites else nearest(stage, self._state.sites, sites)
        stage.markers.set_hovered(site)

    def _on_look_changed(self) -> None:
        stage = self._viewport.stage
        if stage is None:
            return
        stage.labels.set_mode(self._state.labels)
        shut = self._state.eyes_shut
        expression = {
            **self._expression,
            **({name: shut * full for name, full in EYES_SHUT.items()} if shut else {}),
        }
        if expression != self._shown_expression:
            self._shown_expression = expression
            stage.show_pose(self._figure.pose(NEUTRAL, expression) if expression else self._figure.neutral)
        self._on_points_changed()

    def _on_theme_changed(self) -> None:
        if self._viewport.stage is not None:
            self._viewport.stage.set_theme(self._theme.name)
            self._viewport.request_render()

    def _on_flight_chosen(self, code: str, side: str) -> None:
        stage, sites = self._viewport.stage, self._state.sites
        if stage is None:
            return
        own = sites.indices(code)
        site = nearest(stage, sites, tuple(one for one in own if sites.sides[one] == side) or own)
        if site is None:
            return
        one = sites.subset([site])
        vertices = stage.pose.vertices
        position, normal = one.positions(self._figure, vertices)[0], one.normals(self._figure, vertices)[0]
        self._viewport.fly(stage.views.fly_to(position, normal))

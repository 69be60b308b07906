"""A small second view in a corner: the face while a hand or foot fills the window, a body point while the face does.

It is a renderer of its own in the same window and draws the same skin, with markers laid out for its own camera.
"""

import weakref
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from vtkmodules.vtkRenderingCore import vtkRenderer

from app.geometry.sites import Sites
from app.scene.camera import VIEW_ANGLE, Cameras, CameraState
from app.scene.markers import Marker, Markers
from app.scene.projection import Projection
from app.scene.stage import Stage, smooth_edges_only
from app.scene.theme import COLORS, Theme

WIDTH, HEIGHT = 0.32, 0.36
"""Largest share of the window that the inset takes up."""
LARGEST_PX = 230.0
"""Largest side, in pixels at a pixel ratio of 1."""
MARGIN_PX = 12.0
_SMALLER = 0.6  # as large as markers may be here, as a share of their least size in the window
_HEAD_MM = 210.0  # from the middle of the head to what still belongs to it
_FAR_MM = 1500.0  # from here on the whole figure is in sight
_CLOSE_MM = 300.0  # from how far the inset looks at a part of the body


class Inset:
    """The second view; never renders. It is off until it is told what to show."""

    def __init__(self, window: Any, stage: Stage) -> None:
        self._window = window
        self._stage = weakref.ref(stage)
        self._renderer: Any = vtkRenderer()
        self._renderer.InteractiveOff()
        self._renderer.GradientBackgroundOn()
        self._markers = Markers(self._renderer, stage.figure)
        self._cameras = Cameras(self._renderer, stage.figure, stage.sight)
        self._ratio = 1.0
        self._on = False
        for light in stage.renderer.GetLights():
            self._renderer.AddLight(light)
        for actor in stage.skin_actors:
            self._renderer.AddViewProp(actor)
        self._renderer.GetActiveCamera().SetViewAngle(VIEW_ANGLE)
        self._renderer.UseFXAAOn()
        smooth_edges_only(self._renderer)
        inset = weakref.ref(self)

        def on_start(_renderer: object, _event: str) -> None:
            alive = inset()
            if alive is not None:
                alive.prepare_frame()

        self._observer: int | None = self._renderer.AddObserver("StartEvent", on_start)

    @property
    def shown(self) -> bool:
        """Whether the second view is drawn."""
        return self._on

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the inset in shares of the window."""
        left, bottom, right, top = self._renderer.GetViewport()
        return left, bottom, right, top

    @property
    def state(self) -> CameraState:
        """Where it looks from."""
        return self._cameras.state

    def show_face(self) -> None:
        """Have the face in sight in the inset."""
        self._set_on(True)
        self._cameras.view("front")

    def show_place(self, position: np.ndarray, normal: np.ndarray) -> None:
        """Have a place (3,) with its normal (3,) in sight in the inset."""
        self._set_on(True)
        azimuth = float(np.degrees(np.arctan2(normal[0], normal[2])))
        elevation = float(np.clip(np.degrees(np.arcsin(np.clip(normal[1], -1, 1))), -50, 50))
        x, y, z = (float(value) for value in position)
        self._cameras.set(CameraState((x, y, z), azimuth, elevation, _CLOSE_MM))

    def hide(self) -> None:
        """Take the inset away."""
        self._set_on(False)

    def show_markers(self, sites: Sites, markers: Sequence[Marker], selected: Sequence[int]) -> None:
        """Draw the same markers as the stage."""
        self._markers.show(sites, markers)
        self._markers.set_selected(selected)

    def follow(self) -> None:
        """Move the markers with the stage's skin."""
        stage = self._stage()
        if stage is not None:
            self._markers.follow(stage.pose)

    def set_look(self, theme: Theme, ratio: float) -> None:
        """Suit the background to the desktop, and sizes to its pixels."""
        colors = COLORS[theme]
        self._renderer.SetBackground(*(part / 255 for part in colors.below))
        self._renderer.SetBackground2(*(part / 255 for part in colors.above))
        self._markers.set_theme(theme)
        self._markers.set_pixel_ratio(ratio * _SMALLER)
        self._ratio = ratio

    def fit(self) -> None:
        """Take the lower right corner of the window as large as it is now."""
        width, height = (max(int(side), 1) for side in self._window.GetSize())
        side = min(width * WIDTH, height * HEIGHT, LARGEST_PX * self._ratio)
        margin = MARGIN_PX * self._ratio
        right, bottom = 1 - margin / width, margin / height
        self._renderer.SetViewport(right - side / width, bottom, right, bottom + side / height)

    def prepare_frame(self) -> None:
        """Lay the markers out for the inset's camera; happens by itself whenever a frame begins."""
        if self._on:
            self._markers.place(Projection.of(self._renderer))

    def close(self) -> None:
        """Let go of the window; the inset is of no use afterwards. Closing twice does no harm."""
        self.hide()
        if self._observer is not None:
            self._renderer.RemoveObserver(self._observer)
            self._observer = None

    def _set_on(self, on: bool) -> None:
        """A renderer has a size only in a window, and its camera needs one: the window comes first."""
        if on != self._on:
            self._on = on
            (self._window.AddRenderer if on else self._window.RemoveRenderer)(self._renderer)
        if on:
            self.fit()


def looks_at(state: CameraState) -> Literal["head", "body", "all"]:
    """Return what fills the window: the head, another part, or so much that an inset would show nothing new."""
    if state.distance > _FAR_MM:
        return "all"
    return "head" if float(np.linalg.norm(state.focus)) < _HEAD_MM else "body"

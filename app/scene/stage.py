"""The stage: figure, markers, labels and camera in one plotter.

Every method changes the scene and leaves the one render to the caller. What depends on the camera is computed when
the renderer starts a frame, so that many changes cost one computation.
"""

import weakref
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pyvista

from app.geometry.figure import Figure, Pose
from app.geometry.sites import Sites
from app.scene.camera import Cameras
from app.scene.features import Features
from app.scene.label_layout import NOTHING
from app.scene.labels import Labels
from app.scene.markers import Marker, Markers
from app.scene.overlays import Overlays
from app.scene.projection import Projection
from app.scene.sight import Sight
from app.scene.skin import Skin
from app.scene.theme import COLORS, Theme

Quality = Literal["full", "software"]


def smooth_edges_only(renderer: Any) -> None:
    """Have FXAA smooth stairs and leave fine lines alone: it would turn the outline of small markers grey."""
    renderer.GetFXAAOptions().SetSubpixelBlendLimit(0.0)


class Stage:
    """The figure with its points in a plotter.

    Attributes:
        overlays, markers, labels, views: what is on the stage, each with methods of its own.
        sight: what of the figure hides what, in the pose it has now.

    """

    def __init__(
        self,
        plotter: pyvista.BasePlotter,
        figure: Figure,
        theme: Theme = "light",
        quality: Quality = "full",
        pixel_ratio: float = 1.0,
    ) -> None:
        self._renderer: Any = plotter.renderer
        self._figure = figure
        self._quality = quality
        self._moving = False
        self._skin = Skin(plotter, figure, quality == "software")
        self.overlays = Overlays(self._renderer, figure)
        self.markers = Markers(self._renderer, figure)
        self.labels = Labels(self._renderer, self.markers)
        self._features = Features(figure)
        self.sight = Sight(figure)
        self.views = Cameras(self._renderer, figure, self.sight)
        self._pose = figure.neutral
        self._projection: tuple[object, Projection] | None = None
        window: Any = plotter.render_window
        self._smoothed = window.GetMultiSamples() <= 1
        self._renderer.SetUseFXAA(self._smoothed)
        smooth_edges_only(self._renderer)
        # VTK would keep a bound method, and with it the stage, alive for as long as the renderer.
        stage = weakref.ref(self)

        def on_start(_renderer: object, _event: str) -> None:
            alive = stage()
            if alive is not None:
                alive.prepare_frame()

        self._observer: int | None = self._renderer.AddObserver("StartEvent", on_start)
        self.set_pixel_ratio(pixel_ratio)
        self.set_theme(theme)
        self.show_pose(figure.neutral)
        self.views.view("front")

    @property
    def figure(self) -> Figure:
        """The figure on the stage."""
        return self._figure

    @property
    def pose(self) -> Pose:
        """The shape and expression the figure has now."""
        return self._pose

    @property
    def skin_actors(self) -> tuple[Any, ...]:
        """What the figure is drawn by, for a second renderer in the same window."""
        return self._skin.actors

    @property
    def renderer(self) -> Any:
        """The renderer all this is drawn by."""
        return self._renderer

    @property
    def projection(self) -> Projection:
        """The camera as it is now."""
        renderer = self._renderer
        state = (renderer.GetActiveCamera().GetMTime(), *renderer.GetSize(), *renderer.GetOrigin())
        if self._projection is None or self._projection[0] != state:
            self._projection = (state, Projection.of(renderer))
        return self._projection[1]

    def show_pose(self, pose: Pose) -> None:
        """Give the figure another shape or expression; the points follow its skin."""
        self._pose = pose
        self.sight.know(pose)
        self._skin.show(pose)
        self._features.follow(pose)
        self.overlays.follow(pose)
        self.markers.follow(pose)
        self.views.know(pose)
        self._tell_points()

    def show(self, sites: Sites, markers: Sequence[Marker]) -> None:
        """Show these markers with their labels and no others.

        Raises:
            KeyError: a marker's shape is none.
            ValueError: a marker's colour is none.
            IndexError: a marker's site is none.

        """
        self.markers.show(sites, markers)
        self.labels.show({marker.site: marker.label for marker in markers})
        self._tell_points()

    def set_theme(self, theme: Theme) -> None:
        """Suit background, light, labels and rings to a bright or a dark desktop."""
        colors = COLORS[theme]
        self._renderer.GradientBackgroundOn()
        self._renderer.SetBackground(*(part / 255 for part in colors.below))
        self._renderer.SetBackground2(*(part / 255 for part in colors.above))
        self._skin.set_theme(theme)
        self.overlays.set_theme(theme)
        self.markers.set_theme(theme)
        self.labels.set_theme(theme)

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has, so that text and markers keep their size."""
        self.overlays.set_pixel_ratio(ratio)
        self.markers.set_pixel_ratio(ratio)
        self.labels.set_pixel_ratio(ratio)

    def begin_motion(self) -> None:
        """Make frames quick until `end_motion`: no rays for labels and, on software GL, a lighter skin."""
        self._moving = True
        if self._quality == "software":
            self._skin.set_level("light")
            self._renderer.UseFXAAOff()

    def end_motion(self) -> None:
        """Draw in full again."""
        self._moving = False
        self._skin.set_level("full")
        self._renderer.SetUseFXAA(self._smoothed)

    def prepare_frame(self) -> None:
        """Compute what depends on the camera; happens by itself whenever a frame begins."""
        projection = self.projection
        self._skin.place(projection)
        self.markers.place(projection)
        sight = None if self._moving else self.sight
        # While the figure moves, names keep their places: nothing asks then what they had better not cover.
        features = NOTHING if self._moving else self._features.boxes(projection)
        tape = NOTHING if self._moving else self.overlays.lines("ruler").boxes(projection)
        self.labels.layout(projection, sight, np.concatenate([features, tape]))
        taken = np.concatenate([self.labels.boxes, self.markers.boxes(projection)])
        self.overlays.place(projection, sight, taken, features)

    def close(self) -> None:
        """Let go of the renderer; the stage is of no use afterwards. Closing twice does no harm."""
        if self._observer is not None:
            self._renderer.RemoveObserver(self._observer)
            self._observer = None

    def _tell_points(self) -> None:
        self.views.know_points(self.markers.positions, self.markers.normals)

"""Switching a goal, picking and turning, off screen, against bare VTK."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from typing import Any

import numpy as np
import pyvista

from app.domain.builtin import load_library
from app.domain.shown import Shown, shown_points, with_goal
from app.geometry.figure import load_figure
from app.geometry.sites import bind_points
from app.scene.chosen import markers_of
from app.scene.offscreen import can_draw_offscreen
from app.scene.picking import pick_marker, pick_skin
from app.scene.stage import Quality, Stage
from benchmarks.measuring import Row, alternate, at_most, milliseconds

SIZE = (1280, 800)


def rows(count: int) -> list[Row]:
    """Measure with all points bound; `count` frames of each."""
    can_draw_offscreen()
    return [*_switch(count), *_pick(), *_turn(count)]


def renderer_name() -> str:
    """Return what draws here."""
    can_draw_offscreen()
    plotter = pyvista.Plotter(off_screen=True, window_size=[64, 64])
    draw(plotter)
    told = plotter.render_window.ReportCapabilities().splitlines()
    plotter.close()
    found = [line.partition(":")[2].strip() for line in told if "OpenGL renderer string" in line]
    return found[0] if found else "unknown"


class Show:
    """A stage with the goals to switch on it."""

    def __init__(self, quality: Quality = "full") -> None:
        self.figure = load_figure()
        self.library = load_library()
        self.sites = bind_points(self.figure, self.library.points.values())
        self.plotter = pyvista.Plotter(off_screen=True, window_size=list(SIZE), lighting="none")
        self.stage = Stage(self.plotter, self.figure, quality=quality)
        self._goals = cycle(self.library.goals)
        self.switch()
        self.render()

    def switch(self) -> None:
        """Switch the next goal on, from the state to the scene, without the render."""
        shown = shown_points(self.library, with_goal(self.library, Shown(), next(self._goals), True))
        self.stage.show(self.sites, markers_of(self.library, self.sites, shown))

    def render(self) -> None:
        """Draw one frame and wait for it."""
        draw(self.plotter)

    def close(self) -> None:
        """Let go of it."""
        self.stage.close()
        self.plotter.close()


def draw(plotter: Any) -> None:
    """Draw one frame and wait until its pixels are there."""
    window = plotter.render_window
    window.Render()
    window.WaitForCompletion()


def _switch(count: int) -> list[Row]:
    show = Show()
    found = []
    for mode, told in (("hover", "names only when chosen"), ("all", "all names shown")):
        show.stage.labels.set_mode(mode)

        def switched() -> None:
            show.switch()
            show.render()

        ours, bare = alternate(count, switched, show.render)
        what = f"switching a goal and drawing it, {told}, against drawing the same scene again"
        found.append(at_most(what, ours, bare, 1.1, 1.05))
    show.close()
    return found


def _pick() -> list[Row]:
    show = Show()
    stage = show.stage
    stage.markers.place(stage.projection)
    random = np.random.default_rng(0)
    # Over the figure's face, where the mouse is.
    places = cycle((random.random((2000, 2)) * [360, 560] + [460, 120]).tolist())

    def pick_point() -> object:
        return pick_marker(stage, *next(places), 9.0)

    def pick_place() -> object:
        return pick_skin(stage, *next(places))

    found = []
    for told, task in (("hovering: the marker", pick_point), ("picking: the place on the skin", pick_place)):
        spent = alternate(2000, task)[0]
        what = f"{told} under the mouse, without the render"
        found.append(Row(what, milliseconds(spent), "-", "", "<= 0.3 ms, aim 0.1 ms", spent <= 0.3e-3))
    show.close()
    return found


def _turn(count: int) -> list[Row]:
    figure = load_figure()
    bare = pyvista.Plotter(off_screen=True, window_size=list(SIZE))
    mesh = pyvista.PolyData.from_regular_faces(figure.neutral.vertices, figure.full.triangles)
    bare.add_mesh(mesh, color="#c99b7d", smooth_shading=True, split_sharp_edges=False)
    found = []
    software = "llvmpipe" in renderer_name()
    qualities: tuple[tuple[Quality, str], ...] = (
        ("full", "the full level, as a graphics card draws it"),
        ("software", "the lighter level, as software OpenGL draws it"),
    )
    for quality, told in qualities:
        show = Show(quality)
        show.stage.begin_motion()
        bare.camera.DeepCopy(show.plotter.camera)
        ours, theirs = alternate(count, turning(show.plotter), turning(bare))
        what = f"a frame while turning, {told}, against bare VTK with the full level's triangles"
        row = at_most(what, ours, theirs, 1.1, 1.05)
        # Each kind of OpenGL is held to the level that is drawn with it.
        found.append(row if software == (quality == "software") else replace(row, budget="-", met=None))
        show.close()
    bare.close()
    return found


def turning(plotter: Any) -> Callable[[], None]:
    """Return a task that turns the camera a little and draws."""

    def turn() -> None:
        plotter.camera.Azimuth(3)
        plotter.renderer.ResetCameraClippingRange()
        draw(plotter)

    return turn

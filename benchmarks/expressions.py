"""How long our own work takes for one change of expression or shape.

The full figure, all points of a goal shown, with and without layers; the render itself is not counted. While a slider
moves, names keep their places and no ray is asked; at rest the skin is made ready for rays once. Needs no display.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial

import pyvista

from app.domain.builtin import load_library
from app.domain.shown import Shown, shown_points, with_goal
from app.geometry.atlas import Atlas
from app.geometry.figure import NEUTRAL, Shape, load_figure
from app.geometry.sites import bind_points
from app.scene import anatomy_layers
from app.scene.chosen import markers_of
from app.scene.stage import Stage
from benchmarks.measuring import Row, milliseconds

BUDGET_MS = 50.0
EXPRESSIONS: Mapping[str, Mapping[str, float]] = {
    "raise the brows": {"brow_up": 1.0, "brow_inner_up": 0.8, "brow_outer_up": 0.3},
    "frown": {"brow_down": 1.0},
    "squint": {"squint": 0.6},
    "smile": {"smile": 0.75, "squint": 0.15},
    "pucker": {"pucker": 0.75},
    "blink": {"blink_left": 1.0, "blink_right": 1.0},
}


def rows(count: int) -> list[Row]:
    """Change expression and shape, each `count` times, with and without layers over the skin."""
    figure, library = load_figure(), load_library()
    sites, atlas = bind_points(figure, library.points.values()), Atlas(figure, library)
    plotter = pyvista.Plotter(off_screen=True, window_size=[1280, 800], lighting="none")
    stage = Stage(plotter, figure)
    shown = shown_points(library, with_goal(library, Shown(), "lines", True))
    stage.show(sites, markers_of(library, sites, shown))
    found = []
    for layers in ("", ", muscles and wrinkle lines over the skin"):
        if layers:
            muscles, wrinkles = anatomy_layers.muscles(atlas, ()), anatomy_layers.wrinkles(atlas, ())
            stage.overlays.show("muscles", muscles.areas, muscles.lines, muscles.tags)
            stage.overlays.show("wrinkles", wrinkles.areas, wrinkles.lines, wrinkles.tags)
            stage.prepare_frame()
        stage.begin_motion()
        spent = {
            words: _timed(count, partial(_change, stage, NEUTRAL, units))
            for words, units in EXPRESSIONS.items()
        }
        slowest = max(spent, key=lambda words: statistics.median(spent[words]))
        what = f"a change of expression ({slowest}, the slowest of {len(spent)}), without its frame{layers}"
        found.append(_row(what, spent[slowest]))
        aged = _timed(count, lambda share: _change(stage, Shape(age=30 + 30 * share), {}, 0))
        found.append(_row(f"a change of age, without its frame{layers}", aged))
        stage.end_motion()
    stage.close()
    plotter.close()
    return found


def _change(stage: Stage, shape: Shape, units: Mapping[str, float], share: float) -> None:
    """Give the figure a share of an expression, up to where a frame could be drawn."""
    stage.show_pose(stage.figure.pose(shape, {name: weight * share for name, weight in units.items()}))
    stage.prepare_frame()


def _timed(count: int, task: Callable[[float], None]) -> list[float]:
    """Return the seconds of each change, after one that warms caches."""
    task(0.0)
    spent = []
    for number in range(count):
        start = time.perf_counter()
        task((number + 1) / count)
        spent.append(time.perf_counter() - start)
    return spent


def _row(what: str, spent: list[float]) -> Row:
    median = statistics.median(spent)
    return Row(what, milliseconds(median), "-", "", f"<= {BUDGET_MS:g} ms", median <= BUDGET_MS / 1000)

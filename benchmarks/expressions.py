"""How long our own work takes for one change of expression or shape: `python -m benchmarks.expressions`.

The full figure, all points of a goal shown, with and without layers; the render itself is not counted. While a slider
moves, names keep their places and no ray is asked; at rest the skin is made ready for rays once. Needs no display.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping

import pyvista

from app.domain.builtin import load_library
from app.domain.shown import Shown, shown_points, with_goal
from app.geometry.atlas import Atlas
from app.geometry.figure import NEUTRAL, Shape, load_figure
from app.geometry.sites import bind_points
from app.scene import anatomy_layers
from app.scene.chosen import markers_of
from app.scene.offscreen import can_draw_offscreen
from app.scene.stage import Stage

BUDGET_MS = 50.0
EXPRESSIONS: Mapping[str, Mapping[str, float]] = {
    "raise the brows": {"brow_up": 1.0, "brow_inner_up": 0.8, "brow_outer_up": 0.3},
    "frown": {"brow_down": 1.0},
    "squint": {"squint": 0.6},
    "smile": {"smile": 0.75, "squint": 0.15},
    "pucker": {"pucker": 0.75},
    "blink": {"blink_left": 1.0, "blink_right": 1.0},
}


def main() -> int:
    """Measure and print; 0 where the budget is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expressions", description=__doc__.split("\n")[0])
    parser.add_argument("--changes", type=int, default=12, help="how many changes of each kind are timed")
    count: int = parser.parse_args().changes
    if not can_draw_offscreen():
        parser.error("pictures cannot be drawn here: install Mesa")
    figure, library = load_figure(), load_library()
    sites, atlas = bind_points(figure, library.points.values()), Atlas(figure, library)
    plotter = pyvista.Plotter(off_screen=True, window_size=[1280, 800], lighting="none")
    stage = Stage(plotter, figure)
    shown = shown_points(library, with_goal(library, Shown(), "lines", True))
    stage.show(sites, markers_of(library, sites, shown))
    print("| change | layers | median, ms | slowest, ms | budget |\n|---|---|---|---|---|")
    kept = True
    for layers in ("none", "muscles and wrinkle lines"):
        if layers != "none":
            muscles, wrinkles = anatomy_layers.muscles(atlas, ()), anatomy_layers.wrinkles(atlas, ())
            stage.overlays.show("muscles", muscles.areas, muscles.lines, muscles.tags)
            stage.overlays.show("wrinkles", wrinkles.areas, wrinkles.lines, wrinkles.tags)
            stage.prepare_frame()
        stage.begin_motion()
        for words, units in EXPRESSIONS.items():
            spent = timed(count, lambda share, units=units: change(stage, NEUTRAL, units, share))  # type: ignore[misc]
            kept &= tell(words, layers, spent)
        spent = timed(count, lambda share: change(stage, Shape(age=30 + 30 * share), {}, 0))
        kept &= tell("age", layers, spent)
        stage.end_motion()
        spent = timed(count, lambda share: change(stage, NEUTRAL, EXPRESSIONS["frown"], share))
        tell("frown, at rest: ready for rays", layers, spent, budget=False)
    stage.close()
    plotter.close()
    return 0 if kept else 1


def change(stage: Stage, shape: Shape, units: Mapping[str, float], share: float) -> None:
    """Give the figure a share of an expression, up to where a frame could be drawn."""
    stage.show_pose(stage.figure.pose(shape, {name: weight * share for name, weight in units.items()}))
    stage.prepare_frame()


def timed(count: int, task: Callable[[float], None]) -> list[float]:
    """Return the milliseconds of each change, after one that warms caches."""
    task(0.0)
    spent = []
    for number in range(count):
        start = time.perf_counter()
        task((number + 1) / count)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def tell(words: str, layers: str, spent: list[float], budget: bool = True) -> bool:
    """Print a row; tell whether the median keeps the budget."""
    median = statistics.median(spent)
    met = ("yes" if median <= BUDGET_MS else "**no**") if budget else ""
    print(f"| {words} | {layers} | {median:.1f} | {max(spent):.1f} | {met} |")
    return median <= BUDGET_MS


if __name__ == "__main__":
    raise SystemExit(main())

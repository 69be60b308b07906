"""Stages off screen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pyvista

from app.geometry.figure import Figure, load_figure
from app.geometry.sites import Sites
from app.scene.overlays import OVERLAYS
from app.scene.stage import Stage
from tests.scene.places import spread_sites

SIZE = (400, 320)


@pytest.fixture(scope="session")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="session")
def sites(figure: Figure) -> Sites:
    return spread_sites(figure)


def make(figure: Figure, size: tuple[int, int] = SIZE, **look: Any) -> tuple[Stage, pyvista.Plotter]:
    """Return a stage, and the plotter that has to be closed after it."""
    plotter = pyvista.Plotter(off_screen=True, window_size=list(size), lighting="none")
    plotter.render_window.SetMultiSamples(0)
    return Stage(plotter, figure, **look), plotter


@pytest.fixture
def make_stage(figure: Figure) -> Iterator[Callable[..., Stage]]:
    """Return a function that makes stages of a size, each closed in the end."""
    made: list[tuple[Stage, pyvista.Plotter]] = []

    def make_one(size: tuple[int, int] = SIZE, **look: Any) -> Stage:
        made.append(make(figure, size, **look))
        return made[-1][0]

    yield make_one
    for stage, plotter in made:
        stage.close()
        plotter.close()


@pytest.fixture(scope="session")
def _one_stage(figure: Figure) -> Iterator[Stage]:
    stage, plotter = make(figure)
    yield stage
    stage.close()
    plotter.close()


@pytest.fixture
def stage(_one_stage: Stage, figure: Figure, sites: Sites) -> Stage:
    """A stage with nothing on it but the figure; one for all tests, as making one takes its time."""
    stage = _one_stage
    stage.renderer.GetRenderWindow().SetSize(*SIZE)
    stage.end_motion()
    stage.set_theme("light")
    if stage.pose is not figure.neutral:
        stage.show_pose(figure.neutral)
    for name in OVERLAYS:
        stage.overlays.show(name)
    stage.markers.set_hovered(None)
    stage.markers.set_selected(())
    stage.show(sites, [])
    stage.labels.set_mode("none")
    stage.views.view("front")
    return stage

import gc
import weakref
from collections.abc import Callable

import pytest
import pyvista
from refleak.testing import Snapshot

from app.geometry.figure import EYES_SHUT, Figure
from app.geometry.sites import Sites
from app.scene.stage import Stage
from tests.scene.conftest import make
from tests.scene.places import markers_on


def test_nothing_renders_by_itself(stage: Stage, figure: Figure, sites: Sites) -> None:
    frames = []
    stage.renderer.GetRenderWindow().Render()
    tag = stage.renderer.AddObserver("EndEvent", lambda *_: frames.append(1))
    try:
        stage.show(sites, markers_on(sites))
        stage.markers.set_hovered(2)
        stage.markers.set_selected((3,))
        stage.labels.set_mode("all")
        stage.set_theme("dark")
        stage.set_pixel_ratio(2.0)
        stage.set_pixel_ratio(1.0)
        stage.show_pose(figure.pose(expression=EYES_SHUT))
        stage.begin_motion()
        stage.views.view("left")
        stage.views.turn(3, 4)
        stage.views.set(next(stage.views.fly(stage.views.state_of("back"))))
        stage.end_motion()
        assert frames == []
        stage.renderer.GetRenderWindow().Render()
        assert frames == [1]
    finally:
        stage.renderer.RemoveObserver(tag)


def test_many_changes_cost_one_layout(stage: Stage, sites: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = []
    layout = stage.labels.layout
    monkeypatch.setattr(stage.labels, "layout", lambda *args: (laid_out.append(1), layout(*args)))
    for number in range(5):
        stage.show(sites, markers_on(sites)[: 5 + number])
        stage.views.turn(2, 0)
    stage.renderer.GetRenderWindow().Render()
    assert laid_out == [1]


def test_skin_is_lighter_only_while_moving_on_software_gl(make_stage: Callable[..., Stage]) -> None:
    def triangles(stage: Stage) -> int:
        stage.renderer.GetRenderWindow().Render()
        actors = [actor for actor in stage.renderer.GetActors() if actor.GetVisibility()]
        return sum(actor.GetMapper().GetInput().GetNumberOfPolys() for actor in actors)

    software, full = make_stage(quality="software"), make_stage(quality="full")
    standing = triangles(software)
    assert triangles(full) == standing
    for stage in (software, full):
        stage.begin_motion()
    assert triangles(software) < 0.75 * standing
    assert triangles(full) == standing
    software.end_motion()
    assert triangles(software) == standing


def test_themes_differ_in_background(stage: Stage) -> None:
    brightness = {}
    for theme in ("light", "dark"):
        stage.set_theme(theme)  # type: ignore[arg-type]
        brightness[theme] = sum(stage.renderer.GetBackground())
    assert brightness["light"] > 2.2
    assert brightness["dark"] < 0.5


def test_closing_twice_does_no_harm_and_ends_all_work(figure: Figure, sites: Sites) -> None:
    stage, plotter = make(figure)
    stage.show(sites, markers_on(sites))
    stage.close()
    stage.close()
    before = stage.markers.display
    plotter.show(auto_close=False)
    assert stage.markers.display is before
    plotter.close()


def test_nothing_of_a_closed_stage_is_left(figure: Figure, sites: Sites) -> None:
    def live() -> None:
        stage, plotter = make(figure)
        stage.show(sites, markers_on(sites))
        stage.labels.set_mode("all")
        plotter.show(auto_close=False)
        stage.close()
        plotter.close()

    live()  # what VTK, pyvista and this program keep for good is made now
    gc.collect()
    before = Snapshot(lambda one: type(one).__name__.startswith("vtk"), label="VTK")
    live()
    before.assert_no_new(when="after the stage was closed")


def test_stage_is_not_kept_alive_by_its_renderer(figure: Figure) -> None:
    plotter = pyvista.Plotter(off_screen=True, window_size=[100, 100])
    stage = weakref.ref(Stage(plotter, figure))
    gc.collect()
    assert stage() is None
    plotter.show(auto_close=False)
    plotter.close()

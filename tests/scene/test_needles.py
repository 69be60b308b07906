"""Needles and marked areas, as they are drawn."""

from collections.abc import Callable

import numpy as np
import pytest

from app.geometry.figure import Figure
from app.geometry.needling import Needles
from app.geometry.sites import Sites, skin_surface
from app.scene.marked import MarkedAreas
from app.scene.needles import HANDLE_MM, NeedleActor
from app.scene.stage import Stage
from tests.scene.pixels import shot
from tests.scene.places import sites_at

SIZE = (400, 320)


def needles(count: int = 5, depth: float = 6.0) -> Needles:
    entries = np.array([[20.0 * number, 0.0, 100.0] for number in range(count)])
    ways = np.tile([0.0, 0.0, -1.0], (count, 1))
    return Needles(entries, ways, np.full(count, 90.0), np.full(count, depth), np.full(count, 15.0))


def actors(stage: Stage) -> int:
    return int(stage.renderer.GetActors().GetNumberOfItems())


def test_all_needles_are_one_actor(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(SIZE)
    before = actors(stage)
    drawn = NeedleActor(stage.renderer)
    drawn.show(needles(50))
    assert actors(stage) == before + 1
    assert drawn.count == 50


def test_depth_is_to_scale(make_stage: Callable[..., Stage]) -> None:
    drawn = NeedleActor(make_stage(SIZE).renderer)
    for depth in (2.0, 6.0, 12.0):
        drawn.show(needles(1, depth))
        along = drawn.positions[:, 2]
        assert along.min() == pytest.approx(100 - depth)
        assert along.max() == pytest.approx(100 - depth + 15 + HANDLE_MM)


def test_without_a_depth_the_tip_only_touches_the_skin(make_stage: Callable[..., Stage]) -> None:
    drawn = NeedleActor(make_stage(SIZE).renderer)
    drawn.show(needles(1, np.nan))
    assert drawn.positions[:, 2].min() == pytest.approx(100)


def test_needles_go_in_one_after_another(make_stage: Callable[..., Stage]) -> None:
    drawn = NeedleActor(make_stage(SIZE).renderer)
    drawn.show(needles(5))
    drawn.show_first(0)
    assert drawn.count == 0
    drawn.show_first(2.5)
    assert drawn.count == 3
    depths = drawn.positions.reshape(3, -1, 3)[:, :, 2].min(axis=1)
    assert depths[0] == depths[1] == pytest.approx(94)
    assert depths[2] > 100, "the third is still on its way"
    drawn.show_first(9)
    assert drawn.count == 5


def test_a_needle_is_seen(make_stage: Callable[..., Stage], figure: Figure) -> None:
    stage = make_stage(SIZE)
    before = shot(stage)
    drawn = NeedleActor(stage.renderer)
    site = sites_at(figure, [(0.0, -60.0, 120.0)])
    entry = site.positions(figure, figure.neutral.vertices)
    way = -site.normals(figure, figure.neutral.vertices)
    drawn.show(Needles(entry, way, np.array([90.0]), np.array([5.0]), np.array([15.0])), ["#00ff00"])
    stage.views.view("left")
    after = shot(stage)
    handle = (
        (after[..., 1] > 90) & (after[..., 1] > 1.4 * after[..., 0]) & (after[..., 1] > 1.4 * after[..., 2])
    )
    assert handle.sum() > 5
    assert after.shape == before.shape


def test_a_wrong_colour_is_refused(make_stage: Callable[..., Stage]) -> None:
    drawn = NeedleActor(make_stage(SIZE).renderer)
    with pytest.raises(ValueError, match="is not a colour"):
        drawn.show(needles(1), ["green"])


def test_an_area_is_marked_up_to_its_neighbours(
    make_stage: Callable[..., Stage], figure: Figure, sites: Sites
) -> None:
    stage = make_stage(SIZE)
    marked = MarkedAreas(stage.renderer, figure)
    assert marked.triangles == 0
    inside, outside = np.array([[0.0, 60.0, 95.0]]), np.array([[0.0, -60.0, 105.0], [50.0, 60.0, 70.0]])
    before = shot(stage)
    marked.show(figure.neutral, inside, outside)
    assert marked.triangles > 100
    changed = np.abs(shot(stage) - before).sum(axis=2) > 30
    hit = skin_surface(figure, figure.neutral.vertices).nearest(inside)
    assert hit.distances[0] < 30
    assert 100 < changed.sum() < 0.2 * changed.size
    marked.show(figure.neutral, np.zeros((0, 3)), outside)
    assert marked.triangles == 0

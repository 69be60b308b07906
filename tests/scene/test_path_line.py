"""The way on the skin that shows how far off an answer was."""

import numpy as np
import pytest

from app.geometry.figure import Figure
from app.geometry.geodesic import length
from app.scene.path_line import LAYER, evenly, show_path
from app.scene.stage import Stage
from tests.scene.pixels import changed, shot

CHEEK = np.array([[30.0, -22.8, 81.0], [34.0, -22.0, 79.6], [38.0, -22.8, 77.5]])


def test_places_lie_evenly_and_the_ends_stay() -> None:
    way = np.array([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0], [10.0, 0.4, 0.0]])
    places = evenly(way, 1.0)
    assert np.allclose(places[[0, -1]], way[[0, -1]])
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    assert steps.max() <= 1.0 + 1e-9
    assert length(places) == pytest.approx(length(way), abs=0.3)
    assert len(evenly(np.zeros((2, 3)), 1.0)) == 2


def test_a_way_is_drawn_where_it_lies_and_goes_again(stage: Stage) -> None:
    stage.views.view("front")
    bare = shot(stage)
    show_path(stage, CHEEK, "8.0 mm", right=False)
    rows, columns = changed(bare, shot(stage))
    seen = stage.projection.display(CHEEK)
    assert columns.min() <= seen[0, 0] + 3
    assert columns.max() >= seen[-1, 0] - 3
    assert abs(np.median(rows) - seen[1, 1]) < 40
    stage.overlays.show(LAYER)
    assert len(changed(bare, shot(stage))[0]) == 0


def test_right_and_wrong_differ_in_more_than_colour(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(stage.overlays, "show", lambda name, **more: drawn.append((name, more)))
    show_path(stage, CHEEK, "2.0 mm", right=True)
    show_path(stage, CHEEK, "8.0 mm", right=False)
    (first, good), (second, bad) = drawn
    assert first == second == LAYER
    assert good["lines"][0].style != bad["lines"][0].style
    assert good["lines"][0].color != bad["lines"][0].color
    assert (good["tags"][0].text, bad["tags"][0].text) == ("2.0 mm", "8.0 mm")


def test_a_drawn_way_lies_on_the_skin(stage: Stage, figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(stage.overlays, "show", lambda name, **more: drawn.append(more))
    show_path(stage, CHEEK, "", right=True)
    places = drawn[0]["lines"][0].binding.positions(figure.full.triangles, stage.pose.vertices)
    assert stage.sight.surface.nearest(places).distances.max() < 1e-6

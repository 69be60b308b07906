import numpy as np
import pytest

from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.markers import Marker
from app.scene.picking import pick_marker, pick_skin
from app.scene.stage import Stage
from tests.scene.places import markers_on, sites_at

RADIUS = 8.0


@pytest.mark.parametrize("view", ["front", "left", "three-quarter-right", "body-front", "body-back"])
def test_pixel_of_a_marker_picks_its_site_if_it_is_seen(stage: Stage, sites: Sites, view: str) -> None:
    stage.show(sites, markers_on(sites))
    stage.views.view(view)
    positions, normals = stage.markers.positions, stage.markers.normals
    places = stage.projection.display(positions)
    seen = 0
    for row, (x, y) in enumerate(places):
        picked = pick_marker(stage, x, y, RADIUS)
        if stage.sight.is_seen(positions[row], normals[row], stage.projection.eye):
            assert picked == stage.markers.shown[row].site
            seen += 1
        else:
            assert picked != stage.markers.shown[row].site
    assert 10 < seen < len(places)


def test_nearest_of_two_is_picked_and_none_far_off(stage: Stage, figure: Figure) -> None:
    two = sites_at(figure, [(-10, 60, 95), (10, 60, 95)])
    stage.show(two, [Marker(site, ("#ff0000",), "disc") for site in range(2)])
    (x0, y0), (x1, _) = stage.projection.display(stage.markers.positions)
    assert pick_marker(stage, x0 + 3, y0, RADIUS) == 0
    assert pick_marker(stage, x1 - 3, y0, RADIUS) == 1
    assert pick_marker(stage, (x0 + x1) / 2, y0, 4) is None
    assert pick_marker(stage, x0, y0 + RADIUS + 1, RADIUS) is None


def test_marker_in_front_is_picked_where_a_hidden_one_lies_behind_it(stage: Stage, figure: Figure) -> None:
    both = sites_at(figure, [(0, 30, -100), (0, 30, 95)])
    stage.show(both, [Marker(site, ("#ff0000",), "disc") for site in range(2)])
    x, y = stage.projection.display(stage.markers.positions)[1]
    assert pick_marker(stage, x, y, 40.0) == 1
    stage.views.view("back")
    x, y = stage.projection.display(stage.markers.positions)[0]
    assert pick_marker(stage, x, y, 40.0) == 0


def test_only_what_is_shown_is_picked(stage: Stage, figure: Figure) -> None:
    two = sites_at(figure, [(-10, 60, 95), (10, 60, 95)])
    stage.show(two, [Marker(1, ("#ff0000",), "disc")])
    x, y = stage.projection.display(two.positions(figure, figure.neutral.vertices))[0]
    assert pick_marker(stage, x, y, 5) is None
    stage.show(two, [])
    assert pick_marker(stage, x, y, 500) is None


def test_skin_is_picked_where_it_is_seen(stage: Stage) -> None:
    stage.views.view("three-quarter-left")
    start, _ = stage.projection.ray(200, 160)
    hit = pick_skin(stage, 200, 160)
    assert hit is not None
    np.testing.assert_allclose(stage.projection.display(hit.position[None])[0], (200, 160), atol=1e-2)
    # On the near side: the way from the eye meets nothing earlier.
    assert stage.sight.surface.ray(start, hit.position - start).triangle == hit.triangle


def test_beside_the_figure_there_is_no_skin(stage: Stage) -> None:
    assert pick_skin(stage, 3, 317) is None


def test_skin_is_picked_in_the_expression_that_is_seen(stage: Stage, figure: Figure) -> None:
    before = pick_skin(stage, 200, 122)
    stage.show_pose(figure.pose(expression={"mouth_open": 1.0, "pucker": 1.0}))
    after = pick_skin(stage, 200, 122)
    assert before is not None
    assert after is not None
    assert abs(before.position[2] - after.position[2]) > 0.2


def test_through_an_open_eye_no_skin_is_picked(stage: Stage, figure: Figure) -> None:
    """The ray goes on to the inside of the back of the head, which a ruler would measure to."""
    stage.views.view("front")
    for eye in figure.neutral.eyes:
        front = eye.centre + np.array([0.0, 0.0, eye.radius])
        x, y = stage.projection.display(front[None])[0]
        assert pick_skin(stage, x, y) is None

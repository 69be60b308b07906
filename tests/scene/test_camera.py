from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.camera import STEEPEST, VIEWS, CameraState
from app.scene.markers import Marker
from app.scene.stage import Stage
from tests.scene.places import markers_on, sites_at

TOWARDS_EYE = {
    "front": (0, 0, 1),
    "left": (1, 0, 0),  # the person's left side is seen
    "right": (-1, 0, 0),
    "three-quarter-left": (0.7, 0, 0.7),
    "three-quarter-right": (-0.7, 0, 0.7),
    "top": (0, 1, 0),
    "back": (0, 0, -1),
    "below": (0, -0.9, 0.5),
    "body-front": (0, 0, 1),
    "body-back": (0, 0, -1),
}


def test_there_is_every_view_of_the_design() -> None:
    assert {*TOWARDS_EYE, "fit"} == set(VIEWS)


@pytest.mark.parametrize("view", TOWARDS_EYE)
def test_view_is_from_the_side_it_is_named_for(stage: Stage, view: str) -> None:
    stage.views.view(view)
    wanted = np.array(TOWARDS_EYE[view]) / np.linalg.norm(TOWARDS_EYE[view])
    assert -stage.projection.forward @ wanted > 0.97


@pytest.mark.parametrize("size", [(400, 320), (200, 400), (640, 200)])
@pytest.mark.parametrize("view", TOWARDS_EYE)
def test_view_has_all_of_it_in_sight_and_fills_the_window(
    stage: Stage, figure: Figure, view: str, size: tuple[int, int]
) -> None:
    stage.renderer.GetRenderWindow().SetSize(*size)
    stage.views.view(view)
    vertices = figure.neutral.vertices
    if not view.startswith("body"):
        vertices = vertices[np.unique(figure.full.triangles[figure.region("head")])]
    seen = stage.projection.display(vertices)
    assert (seen >= 0).all()
    assert (seen <= size).all()
    filled = (seen.max(axis=0) - seen.min(axis=0)) / size
    assert filled.max() > 0.75


def test_left_is_right_in_the_front_view_and_up_is_up(stage: Stage) -> None:
    stage.views.view("front")
    middle, left, crown = stage.projection.display(np.array([[0, 0, 90.0], [50, 0, 90], [0, 100, 90]]))
    assert left[0] > middle[0] + 20
    assert crown[1] > middle[1] + 20


def test_seen_from_the_top_the_person_s_left_is_right_and_the_nose_is_down(stage: Stage) -> None:
    stage.views.view("top")
    crown, left, nose = stage.projection.display(np.array([[0, 120.0, 0], [60, 20, 0], [0, 0, 100]]))
    assert left[0] > crown[0] + 20
    assert nose[1] < crown[1] - 20


def test_fit_has_all_shown_points_in_sight_from_where_they_face(
    stage: Stage, sites: Sites, figure: Figure
) -> None:
    stage.show(sites, markers_on(sites))
    stage.views.view("fit")
    seen = stage.projection.display(stage.markers.positions)
    assert (seen >= 0).all()
    assert (seen <= stage.projection.size).all()
    cheek = sites_at(figure, [(60, -20, 50), (62, 0, 40)])
    stage.show(cheek, [Marker(site, ("#ff0000",), "disc") for site in range(2)])
    stage.views.view("fit")
    assert (stage.markers.normals @ -stage.projection.forward > 0.7).all()
    assert stage.views.state.distance < 500


def test_fit_with_nothing_shown_is_the_front(stage: Stage) -> None:
    assert stage.views.state_of("fit") == stage.views.state_of("front")


def test_an_unknown_view_is_refused(stage: Stage) -> None:
    with pytest.raises(KeyError, match="sideways"):
        stage.views.view("sideways")


@given(st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), max_size=8))
def test_turning_never_rolls_the_figure_over(turns: list[tuple[float, float]]) -> None:
    state = CameraState((0.0, 0.0, 0.0), 0.0, 0.0, 500.0)
    for azimuth, elevation in turns:
        state = CameraState(
            state.focus, state.azimuth + azimuth, state.elevation + elevation, 500.0
        ).upright()
    right, up = state.axes
    assert up[1] > 0
    assert right[1] == 0
    assert abs(state.elevation) <= STEEPEST
    assert -180 <= state.azimuth < 180


def test_moving_shifts_the_figure_by_as_many_pixels(stage: Stage) -> None:
    stage.views.view("three-quarter-left")
    focus = np.array([stage.views.state.focus])
    before = stage.projection.display(focus)
    stage.views.move(20, -11)
    np.testing.assert_allclose(stage.projection.display(focus) - before, [[20, -11]], atol=0.05)


def test_zooming_in_enlarges(stage: Stage) -> None:
    before = stage.projection.pixels_per_mm(np.array([[0, 0, 90.0]]))
    stage.views.zoom(2)
    assert stage.projection.pixels_per_mm(np.array([[0, 0, 90.0]])) > 1.7 * before


def test_flight_to_the_hand_ends_before_it_and_sees_it(stage: Stage, figure: Figure) -> None:
    hand = figure.region("hand_left")
    place = figure.neutral.vertices[figure.full.triangles[hand]].mean(axis=(0, 1))
    states = list(stage.views.fly_to(place, np.array([0.6, 0.3, 0.7]), 330))
    assert states[-1].focus == pytest.approx(place)
    assert states[-1].distance == pytest.approx(330)
    stage.views.set(states[-1])
    np.testing.assert_allclose(stage.projection.display(place[None])[0], stage.projection.size / 2, atol=0.1)
    # The way leads out, so that one sees where it goes, and has no jump.
    assert max(state.distance for state in states) > 1.2 * states[0].distance
    for one, other in pairwise(states):
        assert np.linalg.norm(np.subtract(one.focus, other.focus)) < 120
        assert abs(one.elevation - other.elevation) < 10


def test_flight_takes_the_short_way_round(stage: Stage) -> None:
    stage.views.set(CameraState((0, 0, 0), 170, 0, 800))
    azimuths = [state.azimuth for state in stage.views.fly(CameraState((0, 0, 0), -170, 0, 800))]
    assert azimuths[-1] % 360 == pytest.approx(190)
    assert min(azimuths) > 169


def test_near_and_far_have_their_limits(stage: Stage) -> None:
    stage.views.zoom(1e6)
    assert stage.views.state.distance >= 50
    stage.views.zoom(1e-9)
    assert stage.views.state.distance <= 12_000

from collections.abc import Callable

import numpy as np
import pytest

from app.geometry.figure import Figure
from app.geometry.sites import Sites, skin_surface
from app.scene.camera import VIEWS, CameraState
from app.scene.markers import DOT_PX, LARGEST_PX, LIFT_MM, SMALLEST_PX, Marker
from app.scene.sprites import REACH
from app.scene.stage import Stage
from tests.scene.pixels import shot
from tests.scene.places import markers_on, sites_at


def corners(stage: Stage) -> np.ndarray:
    """The markers' rectangles (n, 4, 3), as they are handed to VTK."""
    stage.prepare_frame()
    data = stage.markers.actors[1].GetMapper().GetInput()
    return np.array([data.GetPoint(number) for number in range(data.GetNumberOfPoints())]).reshape(-1, 4, 3)


def across(stage: Stage, quads: np.ndarray) -> np.ndarray:
    """Length in pixels (n, 2) of the shapes' width and height."""
    shown = stage.projection.display(quads.reshape(-1, 3)).reshape(-1, 4, 2)
    return (
        np.stack(
            [
                np.linalg.norm(shown[:, 1] - shown[:, 0], axis=1),
                np.linalg.norm(shown[:, 3] - shown[:, 0], axis=1),
            ],
            axis=1,
        )
        / REACH
    )


@pytest.mark.parametrize("view", ["front", "three-quarter-left", "body-front"])
def test_marker_is_seen_where_its_site_is(stage: Stage, sites: Sites, view: str) -> None:
    stage.show(sites, markers_on(sites))
    stage.views.view(view)
    quads = corners(stage)
    middles = stage.projection.display(quads.mean(axis=1))
    inside = ((stage.markers.display > 0) & (stage.markers.display < stage.projection.size)).all(axis=1)
    off = np.linalg.norm(middles - stage.markers.display, axis=1)[inside]
    # Only the lift off the skin shows, where it is looked at from the side.
    assert off.max() < 1.3 * LIFT_MM * stage.projection.pixels_per_mm(stage.markers.positions[inside]).max()


def test_marker_lies_on_the_skin_and_turns_to_the_eye_a_little(stage: Stage, sites: Sites) -> None:
    stage.show(sites, markers_on(sites))
    stage.views.view("front")
    quads = corners(stage)
    facing = np.cross(quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0])
    facing /= np.linalg.norm(facing, axis=1, keepdims=True)
    markers = stage.markers
    towards = stage.projection.towards_eye(markers.positions)
    assert (np.einsum("nd,nd->n", facing, markers.normals) > 0.75).all()
    assert (np.einsum("nd,nd->n", facing, towards) >= markers.facing - 1e-6).all()


def test_marker_hides_nothing_of_itself_in_the_skin(stage: Stage, figure: Figure, sites: Sites) -> None:
    """What faces the eye is drawn whole: no corner of the shape lies below the skin, save in folds."""
    stage.show(sites, markers_on(sites))
    stage.views.view("front")
    quads = corners(stage)[stage.markers.facing > 0.5]
    surface = skin_surface(figure, figure.neutral.vertices)
    eye = stage.projection.eye
    hidden = 0
    for quad in quads:
        middle = quad.mean(axis=0)
        for edge in middle + ((quad + np.roll(quad, 1, axis=0)) / 2 - middle) / REACH:
            hidden += surface.ray(edge, eye - edge) is not None
    assert hidden < 0.06 * quads.shape[0] * 4


@pytest.mark.parametrize("view", VIEWS)
def test_markers_are_neither_too_small_nor_too_large(stage: Stage, figure: Figure, view: str) -> None:
    apart = sites_at(
        figure, [(0, 60, 95), (-75, 60, 0), (75, 60, 0), (0, 30, -100), (0, 120, 0), (0, -80, 60)]
    )
    stage.show(apart, [Marker(site, ("#ff0000",), "disc") for site in range(6)])
    stage.views.view(view)
    sizes = across(stage, corners(stage))
    towards = stage.markers.facing > 0.6
    assert sizes.max() < LARGEST_PX * 1.1
    assert towards.any()
    assert (sizes[towards].max(axis=1) > 0.9 * SMALLEST_PX).all()


def test_markers_too_near_to_tell_apart_shrink(make_stage: Callable[..., Stage], figure: Figure) -> None:
    stage = make_stage((400, 400))
    near = sites_at(figure, [(0, 60, 95), (6, 60, 95), (0, 66, 95)])
    stage.show(near, [Marker(site, ("#ff0000",), "disc") for site in range(3)])
    stage.views.view("body-front")
    corners(stage)
    assert (stage.markers.diameters < SMALLEST_PX).all()
    assert (stage.markers.diameters >= DOT_PX).all()
    stage.views.set(CameraState((0.0, 60.0, 95.0), 0.0, 0.0, 300.0))
    corners(stage)
    assert (stage.markers.diameters >= SMALLEST_PX).all()


def test_sizes_are_those_of_the_desktop_s_pixels(make_stage: Callable[..., Stage], sites: Sites) -> None:
    sizes = []
    for ratio in (1, 2):
        stage = make_stage((400 * ratio, 320 * ratio), pixel_ratio=float(ratio))
        stage.show(sites, markers_on(sites))
        stage.views.view("front")
        corners(stage)
        sizes.append(stage.markers.diameters)
    np.testing.assert_allclose(sizes[1], 2 * sizes[0], rtol=1e-3)


@pytest.mark.parametrize("shape", ["star", "disc", "drop", "plus"])
def test_the_outline_of_a_small_marker_is_white(stage: Stage, figure: Figure, shape: str) -> None:
    cheeks = [(35.0, -30.0, 80.0), (-35.0, -30.0, 80.0)]
    stage.show(sites_at(figure, cheeks), [Marker(site, ("#00008b",), shape) for site in range(2)])
    palest = shot(stage).min(axis=2)
    assert stage.markers.diameters == pytest.approx(SMALLEST_PX)
    for x, y in stage.markers.display.astype(int):
        around = np.sort(palest[y - 9 : y + 10, x - 9 : x + 10].ravel())
        assert around[-16:].mean() > 205  # of 255; blurred it is about 170


def test_markers_follow_the_skin(stage: Stage, figure: Figure) -> None:
    corner = sites_at(figure, [(25, -47, 85)])
    stage.show(corner, [Marker(0, ("#ff0000",), "disc")])
    before = stage.markers.positions.copy()
    smiling = figure.pose(expression={"smile": 1.0})
    stage.show_pose(smiling)
    assert np.linalg.norm(stage.markers.positions - before) > 1
    np.testing.assert_allclose(stage.markers.positions, corner.positions(figure, smiling.vertices))
    np.testing.assert_allclose(stage.markers.normals, corner.normals(figure, smiling.vertices), atol=1e-9)


def test_all_points_are_two_actors(stage: Stage, sites: Sites) -> None:
    before = stage.renderer.GetViewProps().GetNumberOfItems()
    stage.show(sites, markers_on(sites))
    stage.markers.set_selected((3, 4))
    stage.markers.set_hovered(5)
    stage.labels.set_mode("all")
    corners(stage)
    assert len(stage.markers.shown) == len(sites)
    assert stage.renderer.GetViewProps().GetNumberOfItems() == before


def test_what_was_shown_before_is_gone(stage: Stage, sites: Sites) -> None:
    stage.show(sites, markers_on(sites))
    stage.markers.set_selected((3,))
    stage.show(sites, markers_on(sites)[:5])
    assert len(corners(stage)) == 5
    stage.show(sites, [])
    assert len(corners(stage)) == 0


def test_selected_site_that_is_not_shown_has_no_ring_until_it_is(stage: Stage, sites: Sites) -> None:
    markers = markers_on(sites)
    stage.show(sites, markers[:5])
    stage.markers.set_selected((markers[9].site,))
    rings = stage.markers.actors[0]
    assert not rings.GetVisibility()
    stage.show(sites, markers)
    assert rings.GetVisibility()


@pytest.mark.parametrize(
    ("marker", "error"),
    [
        (Marker(0, ("#ff0000",), "blob"), KeyError),
        (Marker(0, ("red",), "disc"), ValueError),
        (Marker(9999, ("#ff0000",), "disc"), IndexError),
    ],
)
def test_a_marker_that_cannot_be_is_refused(
    stage: Stage, sites: Sites, marker: Marker, error: type[Exception]
) -> None:
    with pytest.raises(error):
        stage.show(sites, [marker])

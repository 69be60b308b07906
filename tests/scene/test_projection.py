from collections.abc import Callable

import numpy as np
import pytest

from app.geometry.figure import Figure
from app.scene.stage import Stage


def by_vtk(stage: Stage, position: np.ndarray) -> tuple[float, float]:
    renderer = stage.renderer
    renderer.SetWorldPoint(*position, 1.0)
    renderer.WorldToDisplay()
    x, y, _ = renderer.GetDisplayPoint()
    return x, y


@pytest.mark.parametrize("view", ["front", "three-quarter-left", "top", "body-back"])
def test_display_is_where_vtk_draws(make_stage: Callable[..., Stage], figure: Figure, view: str) -> None:
    stage = make_stage((437, 291))
    stage.views.view(view)
    positions = figure.neutral.vertices[::9000]
    shown = stage.projection.display(positions)
    np.testing.assert_allclose(shown, [by_vtk(stage, position) for position in positions], atol=1e-6)


def test_ray_through_a_pixel_meets_what_is_seen_there(stage: Stage, figure: Figure) -> None:
    stage.views.view("three-quarter-right")
    for position in figure.neutral.vertices[::7000]:
        x, y = stage.projection.display(position[None])[0]
        start, direction = stage.projection.ray(x, y)
        off = np.linalg.norm(np.cross(position - start, direction))
        assert off < 1e-3


def test_scale_is_pixels_for_millimetres(stage: Stage) -> None:
    stage.views.view("front")
    projection = stage.projection
    right = np.cross(projection.forward, projection.up)
    place = np.array([[5.0, 20.0, 80.0]])
    apart = np.linalg.norm(projection.display(place + right) - projection.display(place))
    assert projection.pixels_per_mm(place)[0] == pytest.approx(apart, rel=1e-3)


def test_what_lies_behind_the_camera_has_no_pixel(stage: Stage) -> None:
    behind = stage.projection.eye - 50 * stage.projection.forward
    assert np.isnan(stage.projection.display(behind[None])).all()

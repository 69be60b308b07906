"""Expressions move what they move and nothing else, and what is computed in part is what would be computed in whole."""

import numpy as np
import pytest

from app.geometry.figure import NEUTRAL, Figure, Shape, load_figure
from app.geometry.sites import skin_surface
from app.geometry.surface import Bound, Normals, compact, vertex_normals


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.mark.parametrize("shape", [NEUTRAL, Shape(sex=1, age=70, weight=0.8)])
def test_a_pose_is_shape_and_expression_together(figure: Figure, shape: Shape) -> None:
    expression = {"brow_down": 0.7, "smile": 0.3}
    pose, plain = figure.pose(shape, expression), figure.pose(shape)
    whole = figure.control({**shape.targets(), **expression}) - figure.control(shape.targets())
    # The frame is a rotation: lengths of what moves stay the same.
    moved = np.linalg.norm(pose.control - plain.control, axis=1)
    assert moved == pytest.approx(np.linalg.norm(whole, axis=1), abs=1e-9)
    assert pose.vertices == pytest.approx(figure.full.matrix @ pose.control[: figure.skin_count], abs=1e-9)


def test_a_frown_leaves_the_chin_exactly_where_it_was(figure: Figure) -> None:
    frown = figure.pose(NEUTRAL, {"brow_down": 1.0}).vertices
    moved = (frown != figure.neutral.vertices).any(axis=1)
    assert moved.any()
    assert not moved[figure.neutral.vertices[:, 1] < -60].any()


def test_normals_around_what_moved_are_those_of_the_whole(figure: Figure) -> None:
    triangles, normals = figure.full.triangles, Normals(figure.full.triangles)
    for expression in ({}, {"smile": 1.0}, {"brow_down": 1.0}, {}):
        vertices = figure.pose(NEUTRAL, expression).vertices
        assert normals.of(vertices) == pytest.approx(vertex_normals(triangles, vertices), abs=1e-12)


def test_bound_places_have_the_surface_s_places_and_normals(figure: Figure) -> None:
    vertices = figure.pose(NEUTRAL, {"smile": 1.0}).vertices
    surface = skin_surface(figure, vertices)
    binding = surface.nearest(np.array([[25.0, -47, 84], [0, 41, 90], [60, 0, 40]]))
    positions, normals = Bound(binding, figure.full.triangles, len(vertices)).places(vertices)
    assert positions == pytest.approx(binding.positions(figure.full.triangles, vertices), abs=1e-12)
    assert normals == pytest.approx(surface.normals(binding), abs=1e-9)


def test_compact_keeps_the_corners() -> None:
    used, corners = compact(np.array([[7, 2, 9], [2, 9, 4]]), 12)
    assert used.tolist() == [2, 4, 7, 9]
    assert used[corners].tolist() == [[7, 2, 9], [2, 9, 4]]

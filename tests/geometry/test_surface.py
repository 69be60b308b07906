"""Rays, nearest places and normals, held against shapes whose answers are known and against brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from app.geometry.figure import load_figure
from app.geometry.surface import MANY, ON_SKIN_MM, Surface, barycentric, vertex_normals

CUBE = np.array([[x, y, z] for x in (-10.0, 10.0) for y in (-10.0, 10.0) for z in (-10.0, 10.0)])


def hull(points: np.ndarray) -> np.ndarray:
    """Triangles of the convex hull, wound so that normals point outward."""
    triangles = ConvexHull(points).simplices.astype(np.int64)
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    inward = ((np.cross(b - a, c - a) * (a - points.mean(axis=0))).sum(axis=1)) < 0
    triangles[inward] = triangles[inward][:, ::-1]
    return triangles


def ball(count: int = 400, radius: float = 50.0) -> tuple[np.ndarray, np.ndarray]:
    points = np.random.default_rng(3).normal(size=(count, 3))
    points *= radius / np.linalg.norm(points, axis=1, keepdims=True)
    return hull(points), points


def distance_to_triangles(position: np.ndarray, corners: np.ndarray) -> float:
    """The least distance to triangles (t, 3, 3), from edges and planes, slowly and plainly."""
    best = np.inf
    for a, b, c in corners:
        normal = np.cross(b - a, c - a)
        normal /= np.linalg.norm(normal)
        foot = position - ((position - a) @ normal) * normal
        inside = all(
            np.cross(end - start, foot - start) @ normal >= 0 for start, end in ((a, b), (b, c), (c, a))
        )
        if inside:
            best = min(best, abs(float((position - a) @ normal)))
        for start, end in ((a, b), (b, c), (c, a)):
            along = end - start
            share = np.clip((position - start) @ along / (along @ along), 0, 1)
            best = min(best, float(np.linalg.norm(position - start - share * along)))
    return best


coordinate = st.floats(-60, 60, allow_subnormal=False)


@given(coordinate, coordinate, coordinate)
def test_nearest_is_nearest_of_all_triangles(x: float, y: float, z: float) -> None:
    triangles, vertices = ball(40)
    position = np.array([x, y, z])
    binding = Surface(triangles, vertices).nearest(position[None])
    assert binding.distances[0] == pytest.approx(
        distance_to_triangles(position, vertices[triangles]), abs=1e-9
    )
    bound = binding.positions(triangles, vertices)[0]
    assert np.linalg.norm(bound - position) == pytest.approx(binding.distances[0], abs=1e-9)
    assert binding.weights.min() >= 0
    assert binding.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("off", [0.0, 0.0005, 0.5, 30.0])
def test_many_positions_are_bound_as_each_by_itself(off: float) -> None:
    triangles, vertices = ball(2000)
    allowed = vertices[triangles].mean(axis=1)[:, 1] > -20
    surface = Surface(triangles, vertices, allowed)
    random = np.random.default_rng(8)
    chosen = triangles[random.choice(np.flatnonzero(allowed), MANY)]
    places = np.einsum("nk,nkd->nd", random.dirichlet([1, 1, 1], len(chosen)), vertices[chosen])
    asked = places + off * random.normal(size=places.shape)
    together = surface.nearest(asked)
    alone = [surface.nearest(position[None]) for position in asked]
    assert allowed[together.triangles].all()
    assert together.distances == pytest.approx(
        np.concatenate([one.distances for one in alone]), abs=ON_SKIN_MM
    )
    found = together.positions(triangles, vertices)
    assert np.linalg.norm(found - asked, axis=1) == pytest.approx(together.distances, abs=1e-9)
    each = np.concatenate([one.positions(triangles, vertices) for one in alone])
    assert np.abs(found - each).max() <= 2 * ON_SKIN_MM


def test_nearest_keeps_to_the_allowed_triangles() -> None:
    triangles, vertices = ball()
    allowed = vertices[triangles].mean(axis=1)[:, 0] > 0
    binding = Surface(triangles, vertices, allowed).nearest(vertices[vertices[:, 0] < -20])
    assert allowed[binding.triangles].all()
    assert binding.distances.min() > 5


def test_nearest_of_nothing_is_nothing() -> None:
    triangles, vertices = ball()
    assert len(Surface(triangles, vertices).nearest(np.zeros((0, 3))).triangles) == 0


def test_a_ray_meets_the_first_side_of_a_cube() -> None:
    surface = Surface(hull(CUBE), CUBE)
    hit = surface.ray(np.array([3.0, 4.0, 100.0]), np.array([0.0, 0.0, -2.0]))
    assert hit is not None
    assert hit.position == pytest.approx([3, 4, 10])
    assert hit.distance == pytest.approx(90)
    assert hit.weights @ CUBE[surface.triangles[hit.triangle]] == pytest.approx([3, 4, 10])


def test_a_ray_that_misses_or_is_too_short_meets_nothing() -> None:
    surface = Surface(hull(CUBE), CUBE)
    assert surface.ray(np.array([30.0, 4.0, 100.0]), np.array([0.0, 0.0, -1.0])) is None
    assert surface.ray(np.array([3.0, 4.0, 100.0]), np.array([0.0, 0.0, -1.0]), length=80.0) is None


def test_a_ray_passes_through_triangles_that_are_not_allowed() -> None:
    triangles = hull(CUBE)
    front = (CUBE[triangles][:, :, 2] == 10).all(axis=1)
    hit = Surface(triangles, CUBE, ~front).ray(np.array([3.0, 4.0, 100.0]), np.array([0.0, 0.0, -1.0]))
    assert hit is not None
    assert hit.position == pytest.approx([3, 4, -10])


def test_normals_of_a_ball_point_from_its_centre() -> None:
    triangles, vertices = ball(2000)
    assert (vertex_normals(triangles, vertices) * vertices).sum(axis=1).min() > 0.99 * 50
    surface = Surface(triangles, vertices)
    normals = surface.normals(surface.nearest(vertices * 1.2))
    assert np.linalg.norm(normals, axis=1) == pytest.approx(np.ones(len(vertices)))
    assert (normals * vertices).sum(axis=1).min() > 0.99 * 50


def test_weights_outside_a_triangle_are_clipped_into_it() -> None:
    corners = np.array([[[0.0, 0, 0], [4, 0, 0], [0, 4, 0]]])
    inside = barycentric(corners, np.array([[1.0, 1.0, 5.0]]))
    assert inside[0] == pytest.approx([0.5, 0.25, 0.25])
    outside = barycentric(corners, np.array([[-3.0, 2.0, 0.0]]))
    assert outside.min() >= 0
    assert outside.sum() == pytest.approx(1)


def test_a_binding_follows_moved_vertices() -> None:
    triangles, vertices = ball()
    binding = Surface(triangles, vertices).nearest(vertices[:50])
    moved = vertices * [2.0, 1.0, 0.5] + [1.0, 2.0, 3.0]
    assert binding.positions(triangles, moved) == pytest.approx(moved[:50])


def test_no_ray_slips_between_triangles_along_the_midline() -> None:
    figure = load_figure()
    pose = figure.pose(expression={"mouth_open": 0.4, "pucker": 1.0})
    surface = Surface(figure.full.triangles, pose.vertices, figure.region("head"))
    eye, beside = np.array([0.0, 20.0, 600.0]), np.array([0.01, 20.0, 600.0])
    met = 0
    for height in np.linspace(-90, 110, 401):
        hit, other = (surface.ray(start, np.array([0.0, height, 0.0]) - eye) for start in (eye, beside))
        assert (hit is None) == (other is None)
        if hit is not None and other is not None:
            assert hit.distance == pytest.approx(other.distance, abs=0.1)
            met += 1
    assert met > 350

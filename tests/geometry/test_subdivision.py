"""Loop subdivision, held against Loop's own weights, Euler's formula and shapes that must not change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.geometry.subdivision import mirror_of_refined, refine, refine_seams

OCTAHEDRON = np.array([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]])
FACES = np.array([[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]])
MIRROR = np.array([1, 0, 2, 3, 4, 5])  # in the plane x = 0
ORDER = np.minimum(np.arange(6), MIRROR)


def edges(triangles: np.ndarray) -> np.ndarray:
    """Directed edges (3t, 2)."""
    return triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)


def is_closed(triangles: np.ndarray) -> bool:
    """Whether every edge is met once in each direction."""
    there = {tuple(edge) for edge in edges(triangles).tolist()}
    return len(there) == 3 * len(triangles) and all((b, a) in there for a, b in there)


def test_one_step_makes_four_of_each_and_stays_closed() -> None:
    step = refine(FACES, 6, ORDER)
    assert len(step.triangles) == 32
    assert step.weights.shape == (18, 6)
    assert is_closed(step.triangles)
    assert np.array_equal(np.bincount(step.parents), np.full(8, 4))
    assert 18 - len(edges(step.triangles)) // 2 + 32 == 2


def test_weights_are_those_of_loop() -> None:
    step = refine(FACES, 6, ORDER)
    weights = step.weights.matrix().toarray()
    assert weights.sum(axis=1) == pytest.approx(np.ones(18))
    # Valence 4: beta = (5/8 - (3/8 + 1/4 cos 90 degrees)^2) / 4 for each of the four neighbours.
    beta = (0.625 - 0.375**2) / 4
    assert weights[0] == pytest.approx([1 - 4 * beta, 0, beta, beta, beta, beta])
    middle = 6 + [tuple(sorted(edge)) for edge in step.edges.tolist()].index((0, 2))
    assert weights[middle] == pytest.approx([0.375, 0, 0.375, 0, 0.125, 0.125])


def test_repeated_steps_smooth_towards_a_round_body() -> None:
    triangles, vertices = FACES, OCTAHEDRON
    for _ in range(3):
        step = refine(triangles, len(vertices), np.arange(len(vertices)))
        triangles, vertices = step.triangles, step.weights.apply(vertices)
    radii = np.linalg.norm(vertices, axis=1)
    # The octahedron's own radii are 1 to 0.58.
    assert radii.max() / radii.min() < 1.2
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    assert ((np.cross(b - a, c - a) * a).sum(axis=1) > 0).all()


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_any_marking_leaves_a_closed_mesh(marks: list[bool]) -> None:
    step = refine(FACES, 6, ORDER, np.array(marks))
    assert is_closed(step.triangles)
    assert np.asarray(step.weights.matrix().sum(axis=1)).ravel() == pytest.approx(
        np.ones(step.weights.shape[0])
    )
    assert set(np.unique(step.triangles)) == set(range(step.weights.shape[0]))
    marked = np.bincount(step.parents, minlength=8)[np.array(marks, bool)]
    assert (marked == 4).all()


@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_marking_that_is_symmetric_keeps_the_mesh_symmetric(marks: list[bool]) -> None:
    # Faces in the order of their mirror partners: 0-1, 3-2, 4-5, 7-6.
    chosen = np.array([marks[n] for n in (0, 0, 1, 1, 2, 2, 3, 3)])
    step = refine(FACES, 6, ORDER, chosen)
    mirror = mirror_of_refined(step, MIRROR)
    assert np.array_equal(mirror[mirror], np.arange(len(mirror)))
    vertices = step.weights.apply(OCTAHEDRON)
    assert vertices[mirror] == pytest.approx(vertices * [-1, 1, 1])
    own = {tuple(sorted(triangle)) for triangle in step.triangles.tolist()}
    assert {tuple(sorted(triangle)) for triangle in mirror[step.triangles].tolist()} == own


def test_a_mesh_split_on_one_side_only_is_refused() -> None:
    step = refine(FACES, 6, ORDER, np.arange(8) == 0)
    with pytest.raises(ValueError, match="not symmetric"):
        mirror_of_refined(step, MIRROR)


def test_vertices_at_unmarked_triangles_stay() -> None:
    step = refine(FACES, 6, ORDER, np.arange(8) < 4)  # The upper half; the belt of four vertices is the seam.
    vertices = step.weights.apply(OCTAHEDRON)
    assert vertices[[0, 1, 2, 3, 5]] == pytest.approx(OCTAHEDRON[[0, 1, 2, 3, 5]])
    assert vertices[4, 2] < 1


def test_a_texture_seam_is_split_as_the_mesh_is() -> None:
    # Vertex 0 is cut in two: faces above and below the belt have their own.
    cut, drawn = np.arange(7), FACES.copy()
    cut[6] = 0
    drawn[4:][drawn[4:] == 0] = 6
    uv = np.random.default_rng(0).random((7, 2))
    step = refine(FACES, 6, ORDER)
    triangles, vertices, finer = refine_seams(step, drawn, cut, uv)
    assert np.array_equal(vertices[triangles], step.triangles)
    assert len(finer) == len(vertices) == triangles.max() + 1
    assert finer[:7] == pytest.approx(uv)
    new = triangles[0][1]  # the middle of side ab of the first face, whose corner 0 keeps its own texture
    assert finer[new] == pytest.approx((uv[drawn[0, 0]] + uv[drawn[0, 1]]) / 2)

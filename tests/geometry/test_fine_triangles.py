"""Cutting finer leaves the surface as it was, without gaps."""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.geometry.figure import Figure, load_figure
from app.geometry.fine_triangles import FineTriangles, fine


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


def area(places: NDArray[np.float64], corners: NDArray[np.int64]) -> float:
    a, b, c = places[corners].transpose(1, 0, 2)
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def edges(cut: FineTriangles) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ends = np.sort(
        np.concatenate([cut.corners[:, [0, 1]], cut.corners[:, [1, 2]], cut.corners[:, [2, 0]]]), axis=1
    )
    return np.unique(ends, axis=0, return_counts=True)


@pytest.fixture(scope="module")
def neck(figure: Figure) -> NDArray[np.int64]:
    middle = figure.neutral.vertices[figure.full.triangles].mean(axis=1)
    return figure.full.triangles[(middle[:, 1] < -90) & (middle[:, 1] > -150) & (middle[:, 2] > -40)]


def test_no_edge_is_longer_and_the_surface_is_the_same(figure: Figure, neck: NDArray[np.int64]) -> None:
    vertices = figure.neutral.vertices
    cut = fine(vertices, neck, 2.4)
    places = cut.places(vertices)
    ends, _ = edges(cut)
    assert np.linalg.norm(places[ends[:, 0]] - places[ends[:, 1]], axis=1).max() <= 2.4001
    assert area(places, cut.corners) == pytest.approx(area(vertices, neck))
    assert cut.weights.sum(axis=1) == pytest.approx(1.0)
    assert cut.weights.min() >= 0


def test_neighbours_are_cut_alike(figure: Figure, neck: NDArray[np.int64]) -> None:
    cut = fine(figure.neutral.vertices, neck, 2.4)
    places = cut.places(figure.neutral.vertices)
    ends, counts = edges(cut)
    border = ends[counts == 1]
    coarse = FineTriangles(np.zeros((0, 3), np.int64), np.zeros((0, 3)), neck)
    rim, rim_counts = edges(coarse)
    length = np.linalg.norm(places[border[:, 0]] - places[border[:, 1]], axis=1).sum()
    vertices = figure.neutral.vertices
    before = rim[rim_counts == 1]
    # A gap between two neighbours would be border too.
    assert length == pytest.approx(
        np.linalg.norm(vertices[before[:, 0]] - vertices[before[:, 1]], axis=1).sum()
    )


def test_triangles_that_are_fine_enough_stay() -> None:
    vertices = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [5, 5, 5]])
    cut = fine(vertices, np.array([[0, 1, 2]]), 2.0)
    assert cut.corners.tolist() == [[0, 1, 2]]
    assert cut.places(vertices) == pytest.approx(vertices[:3])


def test_what_is_not_shown_leaves_no_places_behind(figure: Figure, neck: NDArray[np.int64]) -> None:
    cut = fine(figure.neutral.vertices, neck, 2.4)
    shown = np.zeros(len(cut.corners), bool)
    shown[:10] = True
    kept, used = cut.kept(shown)
    vertices = figure.neutral.vertices
    assert len(kept.sources) == len(used) == len(np.unique(cut.corners[:10]))
    assert kept.places(vertices)[kept.corners] == pytest.approx(cut.places(vertices)[cut.corners[:10]])

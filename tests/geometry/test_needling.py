"""Needles stand as the words of their points say."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.library import Library
from app.geometry.figure import EYES_SHUT, Figure, load_figure
from app.geometry.needling import LENGTHS_MM, Needles, depth_of, needles_at
from app.geometry.sites import Sites, bind_points


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def sites(figure: Figure, library: Library) -> Sites:
    return bind_points(figure, library.points.values())


@pytest.fixture(scope="module")
def needles(library: Library, sites: Sites, figure: Figure) -> Needles:
    return needles_at(library, sites, range(len(sites)), figure, figure.neutral.vertices)


def site(sites: Sites, code: str, side: str) -> int:
    return next(index for index in sites.indices(code) if sites.sides[index] == side)


def test_each_needle_stands_at_its_angle(needles: Needles, sites: Sites, figure: Figure) -> None:
    normals = sites.normals(figure, figure.neutral.vertices)
    into = -np.einsum("nd,nd->n", needles.ways, normals)
    np.testing.assert_allclose(np.degrees(np.arcsin(np.clip(into, -1, 1))), needles.angles, atol=0.01)
    np.testing.assert_allclose(np.linalg.norm(needles.ways, axis=1), 1.0)
    assert (into > 0).all(), "every tip points into the skin"


@pytest.mark.parametrize(
    ("code", "angle"), [("ST3", 90), ("CV24", 45), ("GB14", 15), ("LI20", 45), ("ST4", 15), ("BL67", 15)]
)
def test_the_class_of_the_angle(needles: Needles, sites: Sites, code: str, angle: float) -> None:
    assert needles.angles[sites.indices(code)[0]] == angle


@pytest.mark.parametrize(
    ("code", "axis", "sign"),
    [
        ("BL2", 0, 1),
        ("GB14", 1, -1),
        ("GB1", 0, 1),
        ("GB4", 2, -1),
        ("CV24", 1, 1),
        ("GV29", 1, -1),
        ("BL13", 0, -1),
    ],
)
def test_the_direction_in_words(needles: Needles, sites: Sites, code: str, axis: int, sign: int) -> None:
    left = sites.indices(code)[0]
    assert np.sign(needles.ways[left, axis]) == sign
    assert abs(needles.ways[left, axis]) > 0.3


def test_a_needle_points_to_the_point_it_is_said_to(needles: Needles, sites: Sites) -> None:
    for side in ("left", "right"):
        own, other = site(sites, "JIACHENGJIANG", side), site(sites, "ST4", side)
        towards = needles.entries[other] - needles.entries[own]
        assert needles.ways[own] @ towards > 0
        own, other = site(sites, "ST4", side), site(sites, "ST6", side)
        towards = needles.entries[other] - needles.entries[own]
        assert needles.ways[own] @ towards / np.linalg.norm(towards) > 0.7


def test_both_sides_mirror_each_other(needles: Needles, sites: Sites) -> None:
    for code in set(sites.codes):
        both = {sites.sides[index]: index for index in sites.indices(code)}
        if set(both) == {"left", "right"} and len(sites.indices(code)) == 2:
            mirrored = needles.ways[both["right"]] * [-1, 1, 1]
            np.testing.assert_allclose(mirrored, needles.ways[both["left"]], atol=1e-6)


def test_depths_are_the_shallow_end_and_fit_the_needle(
    library: Library, needles: Needles, sites: Sites
) -> None:
    assert depth_of(library.points["LI20"]) == 6
    assert depth_of(library.points["LI4"]) == 10
    for row, code in enumerate(sites.codes):
        assert not needles.depths[row] > LENGTHS_MM[library.points[code].part]


def test_points_for_trained_hands_or_reference_show_no_depth(
    library: Library, needles: Needles, sites: Sites
) -> None:
    for row, code in enumerate(sites.codes):
        hidden = library.points[code].use in ("advanced", "reference only")
        assert np.isnan(needles.depths[row]) == (hidden or library.points[code].needle.depth_mm is None)


def test_needles_follow_the_skin(library: Library, sites: Sites, figure: Figure) -> None:
    row = sites.indices("EX-HN4")[0]
    shut = figure.pose(expression=EYES_SHUT).vertices
    one = needles_at(library, sites, [row], figure, shut)
    np.testing.assert_allclose(one.entries[0], sites.positions(figure, shut)[row])

"""Distances along the skin between a click and the right place, and what they are measured against."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.figure import EYES_SHUT, Floats, load_figure
from app.geometry.geodesic import length
from app.geometry.scoring import Scorer, is_proportional
from app.geometry.sites import bind_points

FIGURE = load_figure()
LIBRARY = load_library()
SITES = bind_points(FIGURE, LIBRARY.points.values())
SCORER = Scorer(FIGURE, LIBRARY, SITES, FIGURE.neutral)


def site(code: str, side: str = "left") -> Floats:
    row = next(row for row in SITES.indices(code) if SITES.sides[row] in (side, "midline"))
    return SITES.subset([row]).positions(FIGURE, FIGURE.neutral.vertices)[0]


def off(code: str, distance: float, direction: Floats) -> Floats:
    """The place on the skin a distance away along it, found by walking a plane cut."""
    start = site(code)
    normal = np.cross(direction, SCORER._skin.normal(start))
    way = max(
        SCORER._skin.arms(start, normal / np.linalg.norm(normal)),
        key=lambda arm: (arm[3] - start) @ direction,
    )
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))])
    return np.array([np.interp(distance, steps, way[:, axis]) for axis in range(3)])


@pytest.mark.parametrize("angle", range(0, 360, 30))
def test_8_mm_off_st3_is_scored_as_8_mm(angle: float) -> None:
    direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle)), 0.0])
    miss = SCORER.miss("ST3", "left", off("ST3", 8.0, direction))
    assert miss.distance_mm == pytest.approx(8.0, abs=0.5)
    assert miss.right_side
    assert miss.distance_cun == pytest.approx(miss.distance_mm / 18.9, abs=0.05)
    assert np.allclose(miss.way[-1], site("ST3"), atol=0.05)
    assert length(miss.way) == pytest.approx(miss.distance_mm)


@pytest.mark.parametrize("code", ["LI4", "ST36", "GV20", "GB20", "EX-HN5", "CV12", "BL23"])
def test_distances_on_all_parts_of_the_figure(code: str) -> None:
    for direction in ([1.0, 0.3, 0.2], [0.2, -1.0, 0.4]):
        place = off(code, 6.0, np.array(direction))
        assert SCORER.miss(code, None, place).distance_mm == pytest.approx(6.0, abs=0.5)


def test_the_way_stays_on_the_skin() -> None:
    miss = SCORER.miss("ST3", "left", off("ST3", 30.0, np.array([0.0, -1.0, 0.0])))
    assert SCORER._skin.surface.nearest(miss.way).distances.max() < 0.01


def test_the_right_place_is_no_miss() -> None:
    for code in ("ST3", "LI4", "GV29"):
        assert SCORER.miss(code, None, site(code)).distance_mm < 0.01


def test_the_other_side_is_known_as_such() -> None:
    miss = SCORER.miss("ST3", "left", site("ST3", "right"))
    assert not miss.right_side
    assert miss.distance_mm < 0.01
    assert SCORER.miss("ST3", None, site("ST3", "right")).right_side


def test_a_place_in_the_middle_is_measured_to_the_side_that_was_asked_for() -> None:
    tip = site("GV25")
    for x in (-1.0, 0.0, 1.0):
        for side in ("left", "right"):
            miss = SCORER.miss("ST3", side, tip + np.array([x, 0.0, 0.0]))  # type: ignore[arg-type]
            assert miss.right_side
            assert np.allclose(miss.way[-1], site("ST3", side), atol=0.05)


def test_a_group_is_measured_to_the_nearest_of_its_places() -> None:
    rows = SITES.indices("EX-HN1")
    assert len(rows) > 1
    for row in rows:
        place = SITES.subset([row]).positions(FIGURE, FIGURE.neutral.vertices)[0]
        assert SCORER.miss("EX-HN1", None, place).site == row


def test_measured_points_have_a_wider_tolerance_than_felt_ones() -> None:
    felt, measured = (SCORER.miss(code, None, site(code)) for code in ("LI20", "GB14"))
    assert not is_proportional(LIBRARY.points["LI20"])
    assert is_proportional(LIBRARY.points["GB14"])
    assert felt.unit == measured.unit == "bcun_v"
    assert measured.tolerance_mm == pytest.approx(2 * felt.tolerance_mm)


def test_every_placed_point_has_a_tolerance_and_a_unit() -> None:
    for point in LIBRARY.points.values():
        if point.position is not None:
            assert 2 < SCORER.miss(point.code, None, site(point.code)).tolerance_mm < 16, point.code


def test_a_limb_is_measured_in_its_own_cun() -> None:
    assert SCORER.miss("ST36", None, site("ST36")).unit == "bcun_leg_lat"


def test_what_has_no_place_cannot_be_scored() -> None:
    with pytest.raises(KeyError, match="no place"):
        SCORER.miss("GV28", None, site("GV26"))


def test_it_measures_on_the_pose_it_was_made_for() -> None:
    shut = Scorer(FIGURE, LIBRARY, SITES, FIGURE.pose(expression=EYES_SHUT))
    place = SITES.subset(SITES.indices("ST3")[:1]).positions(FIGURE, shut.pose.vertices)[0]
    assert shut.miss("ST3", None, place).distance_mm < 0.01

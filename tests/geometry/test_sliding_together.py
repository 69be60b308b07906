"""Places that are moved together: the same way for each along its own skin, each stored place once."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.points import Point
from app.geometry.bound_set import BoundSet
from app.geometry.figure import load_figure
from app.geometry.sliding import Place, Skin, on_skin
from app.geometry.sliding_together import Carried, moved_together, nudged_together, stored_places

FIGURE = load_figure()
SKIN = Skin(FIGURE)
LIBRARY = load_library()
UP = np.array([0.0, 1.0, 0.0])


def spot(x: float, y: float) -> Place:
    return SKIN.nearest(np.array([x, y, 100.0]), "left" if x > 0 else "right" if x < 0 else "midline")


def point(**values: object) -> Point:
    return Point(code="P", laterality="bilateral", part="face", use="face", **values)  # type: ignore[arg-type]


def way(before: Place, after: Place) -> np.ndarray:
    return after.position - before.position


def test_all_go_the_way_of_the_hand() -> None:
    start, end = spot(35, -20), spot(38, -12)
    others = [spot(45, -30), spot(30, 60), spot(40, -12)]
    moved = moved_together(SKIN, start, end, [Carried("P", 0, one) for one in others])
    for before, after in zip(others, moved, strict=True):
        gone = way(before, after.place)
        assert np.linalg.norm(gone) == pytest.approx(np.linalg.norm(way(start, end)), rel=0.03)
        # Each in its own tangent plane, and as the hand went: up and outwards.
        assert abs(gone @ before.normal) < 0.25 * np.linalg.norm(gone)
        assert gone[1] > 0
    assert on_skin(FIGURE, np.stack([one.place.position for one in moved])).max() < 1e-6
    back = moved_together(SKIN, end, end, [Carried("P", 0, others[0])])
    assert back[0].place is others[0]


def test_a_place_on_the_midline_takes_only_what_keeps_it_there() -> None:
    middle = [Carried("M", 0, spot(0, 60))]
    (aside,) = nudged_together(SKIN, spot(30, 60), np.array([1.0, 0.0, 0.0]), 5.0, middle)
    assert np.linalg.norm(way(middle[0].place, aside.place)) < 1.5
    (across,) = nudged_together(SKIN, spot(30, 60), np.array([0.6, 0.8, 0.0]), 5.0, middle)
    assert across.place.position[0] == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(way(middle[0].place, across.place)) == pytest.approx(4.0, abs=0.8)


def test_a_direction_turns_with_the_skin() -> None:
    """Outwards on the cheek is backwards on the temple, and the way is as long."""
    temple = SKIN.nearest(np.array([75.0, 40.0, 30.0]), "left")
    moved = nudged_together(SKIN, spot(30, 60), np.array([1.0, 0.0, 0.0]), 4.0, [Carried("P", 0, temple)])
    gone = way(temple, moved[0].place)
    assert gone[2] < -3.0
    assert np.linalg.norm(gone) == pytest.approx(4.0, rel=0.05)


def test_each_stored_place_is_moved_once() -> None:
    bound = BoundSet(SKIN)
    left = tuple(float(value) for value in spot(35, -20).position)
    right = tuple(float(value) for value in spot(-30, -25).position)
    linked, parted = point(position=left), point(position=left, position_right=right)
    assert [(one.site, one.place.side) for one in stored_places(bound, linked, "right")] == [(0, "right")]
    assert [(one.site, one.place.side) for one in stored_places(bound, linked, "midline")] == [(0, "left")]
    assert [(one.site, one.place.side) for one in stored_places(bound, parted, "right")] == [(0, "right")]
    both = stored_places(bound, parted, "midline")
    assert [(one.site, one.place.side) for one in both] == [(0, "left"), (0, "right")]
    several = stored_places(bound, LIBRARY.points["EX-HN1"], "right")
    assert [(one.site, one.place.side) for one in several] == [
        (0, "midline"),
        (1, "midline"),
        (2, "right"),
    ]


def test_with_a_hand_on_the_midline_both_sides_mirror_each_other() -> None:
    left = spot(35, -20)
    pair = [Carried("P", 0, left), Carried("P", 0, SKIN.mirror(left))]
    moved = nudged_together(SKIN, spot(0, 60), np.array([0.4, 0.6, 0.0]), 5.0, pair)
    assert np.allclose(moved[1].place.position * [-1, 1, 1], moved[0].place.position, atol=1e-6)


def test_no_place_leaves_its_skin_however_far_it_is_asked_to_go() -> None:
    rng = np.random.default_rng(3)
    codes = [code for code, one in LIBRARY.points.items() if one.position is not None]
    bound = BoundSet(SKIN)
    for code in rng.choice(codes, 40):
        for one in stored_places(bound, LIBRARY.points[code], "left"):
            (moved,) = nudged_together(SKIN, spot(35, -20), rng.normal(size=3), 40.0, [one])
            assert moved.place.side == one.place.side
            assert SKIN.reaches(one.place, moved.place)
            assert on_skin(FIGURE, moved.place.position[None])[0] < 1e-6

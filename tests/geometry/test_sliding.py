"""Hands on the skin: what is touched, dragged and nudged lies on the skin of its side, and nowhere else."""

import numpy as np
import pytest

from app.geometry.figure import Figure, load_figure
from app.geometry.sites import bindable, skin_surface
from app.geometry.sliding import Place, Skin, on_skin
from app.geometry.surface import Surface

CHEEK = np.array([35.0, -20.0, 80.0])


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def skin(figure: Figure) -> Skin:
    return Skin(figure)


@pytest.fixture(scope="module")
def surface(figure: Figure) -> Surface:
    return skin_surface(figure, figure.neutral.vertices)


def drag(skin: Skin, surface: Surface, place: Place, x: float, y: float) -> Place:
    """Drag with the mouse over (x, y) of a picture taken from the front."""
    ray = np.array([x, y, 1000.0]), np.array([0.0, 0.0, -1.0])
    return skin.drag(place, surface.ray(*ray), ray, skin.figure.neutral.vertices)


def test_the_nearest_place_keeps_its_side(skin: Skin, figure: Figure) -> None:
    left, right = skin.nearest(CHEEK, "left"), skin.nearest(CHEEK * [-1, 1, 1], "right")
    assert (left.side, right.side) == ("left", "right")
    assert np.allclose(left.position * [-1, 1, 1], right.position, atol=1e-9)
    assert skin.nearest(np.array([-30.0, 0.0, 90.0]), "left").position[0] >= 0
    middle = skin.nearest(np.array([4.0, -30.0, 95.0]), "midline")
    assert middle.position[0] == pytest.approx(0, abs=1e-9)
    assert np.allclose(skin.mirror(left).position, right.position)
    assert skin.mirror(middle) is middle
    assert on_skin(figure, np.stack([left.position, right.position, middle.position])).max() < 1e-6


def test_a_place_snaps_to_the_midline_when_it_is_near(skin: Skin) -> None:
    near, far = skin.nearest(np.array([1.5, 60.0, 90.0]), "left"), skin.nearest(CHEEK, "left")
    assert skin.snapped(near).side == "midline"
    assert skin.snapped(far) is far


def test_a_drag_follows_the_mouse_on_its_side(skin: Skin, surface: Surface) -> None:
    place = skin.nearest(CHEEK, "left")
    moved = drag(skin, surface, place, 38.0, -15.0)
    assert moved.position[:2] == pytest.approx([38.0, -15.0], abs=1e-6)
    # Across the midline it stays at the border of its side.
    across = drag(skin, surface, moved, -20.0, -15.0)
    assert across.side == "left"
    assert -1e-6 <= across.position[0] < 12.0
    assert across.position[1] == pytest.approx(-15.0, abs=12.0)


def test_a_drag_on_the_midline_stays_there(skin: Skin, surface: Surface) -> None:
    place = skin.nearest(np.array([0.0, 60.0, 95.0]), "midline")
    moved = drag(skin, surface, place, 7.0, 40.0)
    assert moved.side == "midline"
    assert moved.position[0] == pytest.approx(0, abs=1e-9)
    assert moved.position[1] == pytest.approx(40.0, abs=3.0)


def test_no_drag_reaches_an_eyeball_or_the_inside_of_the_mouth(
    skin: Skin, surface: Surface, figure: Figure
) -> None:
    allowed = bindable(figure)
    rng = np.random.default_rng(5)
    place = skin.nearest(CHEEK, "left")
    for x, y in rng.uniform([-50, -60], [50, 90], (400, 2)):
        place = drag(skin, surface, place, x, y)
        assert place.side == "left"
        assert allowed[place.triangle]
        # From the front no hand reaches the back of the head through an open eye.
        assert place.position[2] > -40
    assert on_skin(figure, place.position[None])[0] < 1e-6


def test_a_drag_from_a_hand_does_not_jump_to_the_thigh(skin: Skin, surface: Surface, figure: Figure) -> None:
    hand = figure.neutral.vertices[figure.full.triangles[figure.region("hand_left")]].mean(axis=(0, 1))
    place = skin.nearest(hand, "left")
    thigh = skin.nearest(np.array([80.0, hand[1] - 40, 0.0]), "left")
    assert not skin.reaches(place, thigh)
    moved = drag(skin, surface, place, *thigh.position[:2])
    assert np.linalg.norm(moved.position - place.position) < np.linalg.norm(thigh.position - place.position)
    assert figure.region("hand_left", "body")[moved.triangle]
    assert moved.position[0] > 150  # the trunk and the legs end before


@pytest.mark.parametrize("distance", [0.1, 1.0, 5.0])
def test_a_nudge_is_as_long_as_asked_for(skin: Skin, distance: float) -> None:
    place = skin.nearest(CHEEK, "left")
    moved = skin.nudge(place, np.array([0.0, 1.0, 0.0]), distance)
    assert np.linalg.norm(moved.position - place.position) == pytest.approx(distance, rel=0.03)
    back = skin.nudge(moved, np.array([0.0, -1.0, 0.0]), distance)
    assert np.linalg.norm(back.position - place.position) < 0.05 * distance + 1e-3


def test_a_nudge_keeps_to_the_midline_and_to_the_side(skin: Skin) -> None:
    middle = skin.nearest(np.array([0.0, 60.0, 95.0]), "midline")
    assert skin.nudge(middle, np.array([1.0, 0.0, 0.0]), 5.0).position == pytest.approx(middle.position)
    assert skin.nudge(middle, np.array([0.0, 1.0, 0.0]), 5.0).position[0] == pytest.approx(0, abs=1e-9)
    near = skin.nearest(np.array([1.0, 60.0, 95.0]), "left")
    assert skin.nudge(near, np.array([-1.0, 0.0, 0.0]), 5.0).position[0] >= -1e-9

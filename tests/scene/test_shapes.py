from itertools import combinations

import numpy as np
import pytest

from app.scene.shapes import SHAPES, inside

SIZE, REACH = 64, 1.5


def test_there_is_a_shape_for_each_of_the_twelve_goals() -> None:
    assert len(SHAPES) == len(set(SHAPES)) == 12


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_lies_amid_its_picture_and_fills_much_of_it(shape: str) -> None:
    depth = inside(shape, SIZE, REACH)
    filled = depth > 0
    assert 0.14 < filled.mean() < 0.5
    # Room for the outline on every side.
    assert not (depth[[0, -1]] > -0.3).any()
    assert not (depth[:, [0, -1]] > -0.3).any()
    rows, columns = np.nonzero(filled)
    middle = (SIZE - 1) / 2
    assert abs(columns.mean() - middle) < 1
    assert abs(rows.mean() - middle) < 5


@pytest.mark.parametrize("shape", SHAPES)
def test_depth_is_a_distance(shape: str) -> None:
    depth = inside(shape, SIZE, REACH)
    pixel = 2 * REACH / SIZE
    assert np.abs(np.diff(depth, axis=0)).max() <= 1.001 * pixel
    assert np.abs(np.diff(depth, axis=1)).max() <= 1.001 * pixel


def test_shapes_are_told_apart_without_colour() -> None:
    filled = {shape: inside(shape, SIZE, REACH) > 0 for shape in SHAPES if shape != "ring"}
    for one, other in combinations(filled, 2):
        shared = (filled[one] & filled[other]).sum() / (filled[one] | filled[other]).sum()
        assert shared < 0.93, f"{one} and {other} look alike"


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(KeyError, match="blob"):
        inside("blob", SIZE, REACH)

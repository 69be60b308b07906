import numpy as np

from app.scene.spacing import SAME_PLACE_MM, spacing


def test_it_is_the_way_to_the_nearest_other() -> None:
    positions = np.array([[0.0, 0, 0], [3, 0, 0], [3, 4, 0], [500, 0, 0]])
    np.testing.assert_allclose(spacing(positions), [3, 3, 4, 497])


def test_points_at_one_place_do_not_count() -> None:
    positions = np.array([[0.0, 0, 0], [SAME_PLACE_MM / 2, 0, 0], [0, 7, 0]])
    assert spacing(positions).min() > 6.9


def test_alone_there_is_no_other() -> None:
    assert spacing(np.zeros((1, 3))).tolist() == [np.inf]
    assert spacing(np.zeros((0, 3))).shape == (0,)


def test_many_are_measured_like_few() -> None:
    positions = np.random.default_rng(5).uniform(-500, 500, (1500, 3))
    many = spacing(positions)
    for row in range(0, 1500, 100):
        others = np.delete(positions, row, axis=0)
        assert np.isclose(many[row], np.linalg.norm(others - positions[row], axis=1).min())

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.label_layout import (
    CLEARANCE,
    GAP,
    NEAR,
    crossings,
    leaders,
    overlapping,
    place,
    slot_offsets,
    without_overlaps,
)

WINDOW = np.array([4.0, 4.0, 596.0, 396.0])
coordinates = st.tuples(st.floats(-20, 620), st.floats(-20, 420))
anchors_and_widths = st.lists(st.tuples(coordinates, st.integers(20, 90)), min_size=1, max_size=40)


def laid_out(items: list[tuple[tuple[float, float], int]], ratio: float = 1.0):
    anchors = np.array([anchor for anchor, _ in items])
    sizes = np.array([(width, 17) for _, width in items], float)
    radii = np.full(len(items), 6.0)
    obstacles = np.concatenate([anchors - 6, anchors + 6], axis=1)
    groups = [[row] for row in range(len(items))]
    outward = np.where(anchors[:, 0] < 300, -1.0, 1.0)
    return anchors, obstacles, place(anchors, radii, sizes, groups, obstacles, WINDOW, outward, ratio)


def disjoint(boxes: np.ndarray) -> bool:
    return not (overlapping(boxes, boxes) & ~np.eye(len(boxes), dtype=bool)).any()


@given(anchors_and_widths)
def test_labels_cover_neither_each_other_nor_a_marker_and_lie_in_the_window(items) -> None:
    _, obstacles, layout = laid_out(items)
    boxes = layout.boxes[layout.slots >= 0]
    assert disjoint(boxes)
    assert not overlapping(boxes, obstacles).any()
    assert (boxes[:, :2] >= WINDOW[:2]).all()
    assert (boxes[:, 2:] <= WINDOW[2:]).all()


@given(anchors_and_widths)
def test_label_is_clearly_nearest_to_its_own_marker_or_has_a_line(items) -> None:
    _, obstacles, layout = laid_out(items)
    margin = np.array([-1, -1, 1, 1]) * (CLEARANCE - 1)
    for row in np.flatnonzero(layout.slots >= 0):
        others = np.delete(obstacles, row, axis=0)
        others = others[np.abs(others - obstacles[row]).max(axis=1) > 0]
        assert not overlapping(layout.boxes[row], others + margin).any()


def test_alone_it_lies_beside_its_marker_on_the_outer_side() -> None:
    _, _, layout = laid_out([((100, 200), 40), ((500, 200), 40)])
    assert layout.boxes[0, 2] < 100 < 500 < layout.boxes[1, 0]
    assert (layout.slots < NEAR).all()


def test_only_one_of_a_group_is_placed_and_the_first_if_it_can() -> None:
    anchors = np.array([[100.0, 200.0], [500.0, 200.0]])
    sizes = np.full((2, 2), (40.0, 17.0))
    obstacles = np.concatenate([anchors - 6, anchors + 6], axis=1)
    layout = place(anchors, np.full(2, 6.0), sizes, [[1, 0]], obstacles, WINDOW, np.ones(2), 1.0)
    assert layout.slots[0] == -1 < layout.slots[1]


def test_the_important_one_gets_the_place_beside_its_marker() -> None:
    anchors = np.array([[300.0, 200.0], [300.0, 216.0]])
    sizes = np.full((2, 2), (40.0, 17.0))
    obstacles = np.concatenate([anchors - 6, anchors + 6], axis=1)
    for first, second in ((0, 1), (1, 0)):
        layout = place(
            anchors, np.full(2, 6.0), sizes, [[first], [second]], obstacles, WINDOW, np.ones(2), 1.0
        )
        assert layout.slots[first] < NEAR


@given(st.floats(4, 14), st.floats(20, 90), st.floats(12, 30), st.sampled_from([1.0, 1.5, 2.0]))
def test_no_slot_covers_its_own_marker(radius: float, width: float, height: float, ratio: float) -> None:
    offsets = slot_offsets(np.array([radius]), np.array([[width, height]]), ratio)[0]
    boxes = np.concatenate([offsets, offsets + np.array([width, height])], axis=1)
    nearest = np.hypot(*np.clip(0, boxes[:, :2], boxes[:, 2:]).T)
    assert (nearest > radius).all()
    assert (nearest[:NEAR] < radius + 2 * GAP * ratio + 0.2 * height).all()


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(5, 60), st.integers(5, 20)),
        max_size=40,
    )
)
def test_what_stays_while_moving_is_disjoint_and_the_most_important_stays(items) -> None:
    boxes = np.array([(x, y, x + width, y + height) for x, y, width, height in items], float).reshape(-1, 4)
    stay = without_overlaps(boxes, np.arange(len(boxes)))
    assert disjoint(boxes[stay])
    assert not len(boxes) or stay[0]


def test_line_knows_what_it_crosses() -> None:
    boxes = np.array([[100.0, -8, 140, 8], [-8, 100, 8, 120]])
    barriers = np.array([[40.0, -5, 50, 5], [60, -5, 70, 5], [40, 40, 50, 50], [200, -5, 210, 5]])
    assert crossings(np.zeros(2), 6.0, boxes, barriers).tolist() == [2, 0]


def test_line_runs_from_the_marker_s_edge_to_the_label_s_and_short_ones_are_left_out() -> None:
    boxes = np.array([[100.0, -8, 140, 8], [9, -8, 40, 8]])
    starts, ends, long = leaders(np.zeros((2, 2)), np.full(2, 6.0), boxes, 1.0)
    np.testing.assert_allclose(starts[0], [6, 0])
    np.testing.assert_allclose(ends[0], [100, 0])
    assert long.tolist() == [True, False]


def test_what_is_avoided_is_left_free_where_there_is_another_place() -> None:
    anchors, sizes = np.array([[300.0, 200.0]]), np.array([[40.0, 17.0]])
    obstacles = np.concatenate([anchors - 6, anchors + 6], axis=1)

    def laid(*avoided: tuple[float, float, float, float]) -> np.ndarray:
        layout = place(
            anchors, np.full(1, 6.0), sizes, [[0]], obstacles, WINDOW, np.ones(1), 1.0, np.array(avoided)
        )
        assert layout.slots[0] >= 0
        return layout.boxes[0]

    eye = (305.0, 180.0, 370.0, 220.0)
    assert overlapping(laid((0, 0, 1, 1)), np.array([eye])).any()
    assert not overlapping(laid(eye), np.array([eye])).any()
    assert laid(tuple(WINDOW)) == pytest.approx(laid((0, 0, 1, 1)))

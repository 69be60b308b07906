"""Needles in and out: never done while one is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.builtin import load_library
from app.domain.needle_tally import NeedlePlace, NeedleTally, needle_tally
from app.domain.plan import Planner


def a_count(number: int) -> NeedleTally:
    return NeedleTally(tuple(NeedlePlace(f"P{own}", "left") for own in range(number)), ("waiting",) * number)


def test_a_plan_has_one_place_a_needle() -> None:
    planner = Planner(load_library())
    prepared = planner.prepare(planner.add(planner.make(["lines"]), "EX-HN1"))
    count = needle_tally(prepared)
    assert len(count.places) == prepared.counts.total
    assert [place.side for place in count.places if place.code == "EX-HN1"] == [
        f"place {n}" for n in (1, 2, 3, 4)
    ]
    assert [place.side for place in count.places if place.code == "GB14"] == ["left", "right"]


def test_one_needle_left_in_is_not_done() -> None:
    count = a_count(3)
    for number in range(3):
        count = count.put_in(number)
    for number in (0, 2):
        count = count.take_out(number)
    assert not count.is_done
    assert count.still_in == (1,)
    assert (count.went_in, count.came_out) == (3, 2)
    assert count.take_out(1).is_done


def test_stopping_early() -> None:
    count = a_count(3).put_in(0).leave_the_rest()
    assert count.states == ("in", "not used", "not used")
    assert not count.is_done
    assert count.take_out(0).is_done


def test_nothing_comes_out_that_is_not_in() -> None:
    with pytest.raises(ValueError, match="P0 left is waiting"):
        a_count(1).take_out(0)
    with pytest.raises(ValueError, match="P0 left is in"):
        a_count(1).put_in(0).put_in(0)


@given(st.lists(st.tuples(st.sampled_from(["put_in", "take_out", "leave"]), st.integers(0, 4)), max_size=40))
def test_done_means_out_equals_in_whatever_is_pressed(steps: list[tuple[str, int]]) -> None:
    count = a_count(5)
    inside: set[int] = set()
    for name, number in steps:
        try:
            count = getattr(count, name)(number)
        except ValueError:
            continue
        if name == "put_in":
            inside.add(number)
        elif name == "take_out":
            inside.discard(number)
        assert set(count.still_in) == inside
        assert not (count.is_done and inside)
        assert count.went_in - count.came_out == len(inside)

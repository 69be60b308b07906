"""What is switched on: unions of goals, groups on their own, treatments, and the needles they come to."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.points import DEFAULT_USES
from app.domain.shown import (
    NeedleCounts,
    Shown,
    count_needles,
    goal_is_on,
    group_codes,
    shown_points,
    with_goal,
    with_group,
    with_point,
    with_treatment,
)

LIBRARY = load_library()
goal_sets = st.sets(st.sampled_from(sorted(LIBRARY.goals)))


def codes(library: Library, shown: Shown) -> list[str]:
    return [shown_point.point.code for shown_point in shown_points(library, shown)]


def with_goals(library: Library, goals: set[str]) -> Shown:
    shown = Shown()
    for goal in goals:
        shown = with_goal(library, shown, goal, on=True)
    return shown


def test_nothing_is_shown_at_first(library: Library) -> None:
    assert shown_points(library, Shown()) == ()


@given(goal_sets)
def test_several_goals_show_their_union_each_point_once(goals: set[str]) -> None:
    points = shown_points(LIBRARY, with_goals(LIBRARY, goals))
    expected = {
        code for goal in goals for group in LIBRARY.goals[goal].groups for code in group_codes(LIBRARY, group)
    }
    assert [shown.point.code for shown in points] == [code for code in LIBRARY.points if code in expected]
    for shown in points:
        assert shown.goals == tuple(
            goal.id for goal in LIBRARY.goals_of(shown.point.code) if goal.id in goals
        )


@given(goal_sets, st.sampled_from(sorted(LIBRARY.goals)))
def test_switching_a_goal_on_and_off_gives_back_what_was(goals: set[str], goal: str) -> None:
    before = with_goals(LIBRARY, goals - {goal})
    assert with_goal(LIBRARY, with_goal(LIBRARY, before, goal, on=True), goal, on=False) == before


def test_a_group_of_two_goals_is_switched_in_each_on_its_own(library: Library) -> None:
    both = with_goals(library, {"elasticity", "muscles"})
    shown = with_group(library, both, "muscles", "cheek_lift", on=False)
    assert goal_is_on(library, shown, "elasticity") is True
    assert goal_is_on(library, shown, "muscles") is None
    point = next(shown for shown in shown_points(library, shown) if shown.point.code == "TE22")
    assert point.goals == ("elasticity",)
    assert point.groups == ("cheek_lift",)
    assert goal_is_on(library, shown, "lines") is False


def test_a_group_that_no_goal_names(library: Library) -> None:
    shown = with_group(library, Shown(), None, "bunny", on=True)
    assert codes(library, shown) == ["GV29", "EX-HN8", "SHANGEN"]
    assert all(point.goals == () and point.groups == ("bunny",) for point in shown_points(library, shown))
    assert with_group(library, shown, None, "bunny", on=False) == Shown()


def test_single_points(library: Library) -> None:
    shown = with_point(library, with_point(library, Shown(), "EX-HN3", on=True), "GV28", on=True)
    assert codes(library, shown) == ["GV28", "GV29"]
    assert codes(library, with_point(library, shown, "gv28", on=False)) == ["GV29"]


def test_what_is_unknown_is_a_key_error(library: Library) -> None:
    with pytest.raises(KeyError):
        with_goal(library, Shown(), "nothing", on=True)
    with pytest.raises(KeyError, match="the goal acne has no group bunny"):
        with_group(library, Shown(), "acne", "bunny", on=True)
    with pytest.raises(KeyError):
        with_group(library, Shown(), None, "nothing", on=True)
    with pytest.raises(KeyError):
        with_treatment(library, Shown(), "nothing", on=True)


def test_advanced_points_are_shown_only_when_asked_for(library: Library) -> None:
    eye = with_group(library, Shown(), "well_rested", "under_eye", on=True)
    assert codes(library, eye) == ["ST2", "SI18", "GB1", "EX-HN5"]
    advanced = Shown(pairs=eye.pairs, advanced=True)
    assert codes(library, advanced) == ["ST1", "ST2", "SI18", "BL1", "GB1", "EX-HN5", "EX-HN7"]


def test_no_goal_shows_a_point_for_trained_hands_or_reference_by_itself(library: Library) -> None:
    everything = with_goals(library, set(library.goals))
    for group in library.groups:
        everything = with_group(library, everything, None, group, on=True)
    assert all(shown.point.use in DEFAULT_USES for shown in shown_points(library, everything))


def test_the_typical_treatment_is_40_and_12(library: Library) -> None:
    shown = with_treatment(library, Shown(), "typical", on=True)
    counts = count_needles(shown_points(library, shown))
    assert counts == NeedleCounts(40, 12)
    assert counts.total == 52
    assert with_treatment(library, shown, "typical", on=False) == Shown()


def test_a_body_variant_stands_in_for_the_body_needles(library: Library) -> None:
    shown = with_treatment(library, Shown(), "typical", on=True)
    shown = with_treatment(library, shown, "body_acne", on=True)
    body = {code for code in codes(library, shown) if library.points[code].part == "body"}
    assert body == {item.code for item in library.treatments["body_acne"].body}
    assert count_needles(shown_points(library, shown)).face == 40
    other = with_treatment(library, shown, "body_digestion", on=True)
    assert other.body_variant == "body_digestion"
    assert with_treatment(library, other, "body_acne", on=False) == other
    assert with_treatment(library, other, "body_digestion", on=False).treatment == "typical"


def test_needles_are_counted_by_site(library: Library) -> None:
    shown = Shown()
    for code in ("EX-HN1", "GV20", "ST4", "LI4", "CV12"):
        shown = with_point(library, shown, code, on=True)
    assert count_needles(shown_points(library, shown)) == NeedleCounts(4 + 1 + 2, 2 + 1)


def test_goals_differ_in_what_they_show(library: Library) -> None:
    shown = {goal: codes(library, with_goals(library, {goal})) for goal in library.goals}
    assert all(shown[a] != shown[b] for a, b in combinations(shown, 2))

"""The view state: what changes it, and what it tells."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.domain.shown import Shown, with_goal
from app.geometry.sites import Sites
from app.ui.state import ViewState


def test_a_goal_shows_its_points_and_counts_their_needles(state: ViewState, qtbot: QtBot) -> None:
    with qtbot.waitSignal(state.shown_changed):
        state.set_goal("lines", True)
    assert state.goals_on == ("lines",)
    assert state.needles.face == 46
    assert state.needles.body == 0
    assert state.shown_point("GB14") is not None


def test_two_goals_show_their_union(state: ViewState) -> None:
    state.set_goal("lines", True)
    state.set_goal("collagen", True)
    shown = state.shown_point("ST3")
    assert shown is not None
    assert set(shown.goals) == {"lines", "collagen"}
    assert len({one.point.code for one in state.points}) == len(state.points)


def test_what_does_not_change_is_not_told(state: ViewState, qtbot: QtBot) -> None:
    state.set_goal("lines", True)
    with qtbot.assertNotEmitted(state.shown_changed):
        state.set_goal("lines", True)
    state.select("ST3")
    with qtbot.assertNotEmitted(state.selected_changed):
        state.select("ST3")


def test_a_goal_that_is_partly_on_becomes_wholly_on(state: ViewState, library: Library) -> None:
    state.set_group("lines", "glabella", True)
    state.toggle_goal("lines")
    assert {group for _, group in state.shown.pairs} == set(library.goals["lines"].groups)
    state.toggle_goal("lines")
    assert not state.shown.pairs


def test_the_typical_treatment_is_40_and_12(state: ViewState) -> None:
    whole = state.whole_treatment
    assert whole is not None
    state.set_whole_treatment(whole.id, None)
    assert (state.needles.face, state.needles.body) == (40, 12)
    state.set_whole_treatment(whole.id, "body_digestion")
    assert state.shown_point("CV12") is not None
    assert state.shown_point("HT7") is None


def test_stepping_goes_round(state: ViewState) -> None:
    state.step_selection(1)
    assert state.selected is None, "with nothing switched on there is nothing to step to"
    state.set_group("lines", "crows_feet", True)
    codes = [one.point.code for one in state.points]
    seen = []
    for _ in range(len(codes) + 1):
        state.step_selection(1)
        assert state.selected
        seen.append(state.selected.code)
    assert seen == [*codes, codes[0]]
    state.step_selection(-1)
    assert state.selected
    assert state.selected.code == codes[-1]


def test_flying_selects_and_asks_for_the_side(state: ViewState, qtbot: QtBot) -> None:
    with qtbot.waitSignal(state.flight_chosen) as asked:
        state.fly_to("LI4", "right")
    assert asked.args == ["LI4", "right"]
    assert state.selected
    assert state.selected.code == "LI4"


def test_a_site_is_a_point_and_its_side(state: ViewState, qtbot: QtBot) -> None:
    left, right = state.sites.indices("LI4")
    state.select_site(right)
    assert (state.selected.code if state.selected else "", state.selected_side) == ("LI4", "right")
    assert state.selected_sites == (right,)
    with qtbot.waitSignal(state.selected_changed, timeout=100):
        state.select_site(left)
    assert state.selected_sites == (left,)
    state.select("LI4")
    assert state.selected_sites == (left, right), "no one side of it is meant"
    state.select_site(state.sites.indices("GV29")[0])
    assert state.selected_side == "", "it has no pair"
    state.select_site(None)
    assert (state.selected, state.selected_sites) == (None, ())


def test_an_unknown_code_is_refused(state: ViewState) -> None:
    with pytest.raises(KeyError):
        state.select("LI999")
    assert state.selected is None


def test_another_library_keeps_what_it_also_has(
    state: ViewState, library: Library, opened: tuple[Library, Sites]
) -> None:
    from msgspec.structs import replace

    state.set_goal("lines", True)
    state.set_goal("acne", True)
    state.select("LI4")
    poorer = replace(
        library,
        goals={"lines": library.goals["lines"]},
        points={code: point for code, point in library.points.items() if code != "LI4"},
    )
    state.set_library(poorer, opened[1])
    assert state.goals_on == ("lines",)
    assert state.selected is None


def test_what_was_remembered_but_is_gone_is_left_out(opened: tuple[Library, Sites]) -> None:
    library = opened[0]
    shown = with_goal(library, Shown(pairs=frozenset({("lost", "group")}), treatment="lost"), "acne", True)
    state = ViewState(*opened, shown)
    assert state.goals_on == ("acne",)
    assert state.shown.treatment is None


def test_labels_go_round(state: ViewState) -> None:
    seen = []
    for _ in range(3):
        seen.append(state.labels)
        state.next_labels()
    assert sorted(seen) == ["all", "hover", "none"]
    assert state.labels == "hover"

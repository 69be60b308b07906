"""A new goal looks like no goal that is known."""

import pytest

from app.domain.builtin import load_library
from app.domain.edits.looks import free_look
from app.domain.goals import Goal


def goal(number: int, color: str, marker: str) -> Goal:
    return Goal(id=f"g{number}", title="G", color=color, marker=marker)  # type: ignore[arg-type]


def test_the_first_shape_that_no_goal_has_is_taken() -> None:
    known = [goal(0, "#4477AA", "disc"), goal(1, "#EE6677", "square")]
    color, marker = free_look(known)
    assert marker not in ("disc", "square")
    assert color not in ("#4477AA", "#EE6677")


def test_where_every_shape_is_taken_it_goes_to_the_goal_of_the_most_different_colour() -> None:
    known = list(load_library().goals.values())
    assert len({one.marker for one in known}) == 12
    found: list[Goal] = []
    for number in range(6):
        color, marker = free_look([*known, *found])
        found.append(goal(number, color, marker))
    assert len({one.marker for one in found}) == 6
    assert len({one.color.lower() for one in [*known, *found]}) == len(known) + 6


@pytest.mark.parametrize("taken", ["#0072B2", "#009E73"])
def test_a_colour_keeps_away_from_those_that_are_taken(taken: str) -> None:
    color, _ = free_look([goal(0, taken, "star")])
    assert sum(abs(int(color[at : at + 2], 16) - int(taken[at : at + 2], 16)) for at in (1, 3, 5)) > 100

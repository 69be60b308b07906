"""A plan and the rooms of Client mode."""

import pytest

from app.ui.client.plan_state import PlanState
from app.ui.client.room import ClientRoom
from app.ui.main_window import MainWindow
from app.ui.state import ViewState


@pytest.fixture
def plan(state: ViewState) -> PlanState:
    """The plan for two goals."""
    for goal in ("lines", "elasticity"):
        state.set_goal(goal, True)
    return PlanState(state)


def enter_client(window: MainWindow) -> ClientRoom:
    """Enter Client mode by its button."""
    action = next(one for one in window.modes.actions_in_order if one.text() == "Client")
    action.trigger()
    room = window._entered
    assert isinstance(room, ClientRoom)
    return room

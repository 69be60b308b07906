"""What the menus offer: what can be done, and why not what cannot."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from app.ui.actions import make_action, offer
from app.ui.main_window import MainWindow
from tests.ui.conftest import MakeWindow


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()


def entries(window: MainWindow) -> Iterator[tuple[QMenu, QAction]]:
    """Every entry of the menus of Explore, those of menus in menus too."""
    menus = [action.menu() for action in window.menuBar().actions() if action.isVisible()]
    for menu in menus:
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                menus.append(inner)
            elif not action.isSeparator() and action.isVisible():
                yield menu, action


def test_what_is_greyed_says_why_only_while_it_is(qapp: QApplication) -> None:
    action = make_action(qapp, "Fly", keys=("G",))
    offer(action, False, "no point is selected")
    offer(action, False, "it has no place")
    assert (action.isEnabled(), action.toolTip()) == (False, "Fly (G): it has no place")
    offer(action, True, "no point is selected")
    assert (action.isEnabled(), action.toolTip()) == (True, "Fly (G)")
    action.deleteLater()


@pytest.mark.gl
def test_every_greyed_entry_of_a_menu_says_why(window: MainWindow) -> None:
    greyed = {action.text().replace("&", "") for _, action in entries(window) if not action.isEnabled()}
    assert {"Fly to the selected point", "Select nothing", "Clear all goals", "Neutral face"} <= greyed
    assert {"Built-in points only", "Normal text"} <= greyed
    for menu, action in entries(window):
        if not action.isEnabled():
            assert ": " in action.toolTip(), action.text()
            assert menu.toolTipsVisible(), action.text()


@pytest.mark.gl
def test_a_switch_shows_its_check_mark_in_a_menu(window: MainWindow) -> None:
    switches = [action for _, action in entries(window) if action.isCheckable()]
    assert len(switches) > 10
    assert not any(action.isIconVisibleInMenu() for action in switches if not action.icon().isNull())


@pytest.mark.gl
def test_entries_come_back_with_what_they_need(window: MainWindow) -> None:
    actions, anatomy = window.explore.actions, window.explore.anatomy
    window.state.set_goal("lines", True)
    window.state.select("ST4")
    anatomy.state.set_expression({"smile": 1.0})
    window.theme.set_scale(1.5)
    for action in (actions.fly, actions.unselect, actions.clear, actions.next_point, anatomy.actions.neutral):
        assert action.isEnabled(), action.text()
    assert window._normal.isEnabled()
    assert not window._larger.isEnabled()
    anatomy.actions.neutral.trigger()
    assert not anatomy.actions.neutral.isEnabled()


@pytest.mark.gl
def test_the_switch_for_advanced_points_says_what_it_changes(window: MainWindow) -> None:
    window.state.set_goal("lines", True)
    before = len(window.state.points)
    window.explore.actions.advanced.trigger()
    more = len(window.state.points) - before
    assert more > 0
    assert f"{more} points in what is switched on" in window.explore.status.hint.text()
    window.explore.actions.advanced.trigger()
    assert "are hidden" in window.explore.status.hint.text()
    window.state.clear()
    window.explore.actions.advanced.trigger()
    assert "none in what is switched on" in window.explore.status.hint.text()

"""The bar above the figure: buttons that open their menus, and words that give way where room is short."""

import gc

import pytest
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.actions import make_action, set_icon
from app.ui.bars import CounterBar, WordButton, word_button
from app.ui.shortcuts import ShortcutsDialog
from app.ui.state import ViewState
from app.ui.theme import Theme
from tests.ui.conftest import MakeWindow


def make_word_button(qtbot: QtBot, theme: Theme) -> WordButton:
    action = make_action(theme, "Expressions")
    set_icon(action, "expression", theme)
    button = word_button(action)
    qtbot.addWidget(button)
    return button


def test_a_button_keeps_the_menu_it_was_given(qtbot: QtBot, theme: Theme) -> None:
    button = word_button(QAction("Layers", theme), QMenu("Layers"))
    qtbot.addWidget(button)
    gc.collect()
    assert button.menu() is not None


def test_words_give_way_to_the_icon_where_room_is_short(qtbot: QtBot, theme: Theme) -> None:
    button = make_word_button(qtbot, theme)
    button.resize(button.sizeHint())
    assert button.shows_words
    button.resize(button.minimumSizeHint())
    assert not button.shows_words
    assert button.width() < button.sizeHint().width() / 2


def test_a_button_without_an_icon_keeps_its_words(qtbot: QtBot, theme: Theme) -> None:
    button = make_word_button(qtbot, theme)
    button.defaultAction().setIcon(QIcon())
    assert button.minimumSizeHint() == button.sizeHint()
    button.resize(20, 20)
    assert button.shows_words


@pytest.mark.gl
def test_every_button_that_opens_a_menu_has_one(make_window: MakeWindow) -> None:
    window = make_window()
    instant = QToolButton.ToolButtonPopupMode.InstantPopup
    buttons = [one for one in window.explore.tools.findChildren(QToolButton) if one.popupMode() == instant]
    assert {one.text() for one in buttons} == {"Labels", "Layers"}
    assert all(one.menu().actions() for one in buttons)


@pytest.mark.gl
@pytest.mark.parametrize(("scale", "most"), [(1.0, 1024), (1.5, 1280)])
def test_the_window_fits_a_small_screen_in_every_text_size(
    make_window: MakeWindow, scale: float, most: int
) -> None:
    window = make_window()
    window.theme.set_scale(scale)
    window.state.set_whole_treatment("typical", None)
    for mode in window.modes.actions_in_order:
        mode.trigger()
        assert window.minimumSizeHint().width() <= most, mode.text()


def test_more_needles_than_a_session_has_get_no_time(qtbot: QtBot, state: ViewState) -> None:
    bar = CounterBar(state)
    qtbot.addWidget(bar)
    state.set_whole_treatment("typical", None)
    assert bar.minutes.text() == "20 to 25 minutes"
    assert "Typical treatment: 40 face + 12 body needles." in bar.counts.toolTip()
    state.set_goal("lines", True)
    more = state.needles.total - 52
    assert more > 0
    assert bar.minutes.text() == "one session has 40 + 12"
    told = f"40 face and 12 body needles; {state.needles.face} face and 12 body needles are switched on, {more} more"
    assert told in bar.minutes.toolTip()
    assert f"40 face + 12 body needles; goals and groups add {more} + 0." in bar.counts.toolTip()


@pytest.mark.gl
def test_the_overview_of_keys_names_every_key_of_the_anatomy(make_window: MakeWindow) -> None:
    window = make_window()
    window._show_keys()
    told = {label.text() for label in window.findChild(ShortcutsDialog).findChildren(QLabel)}
    assert {"R", "X", "H", "Shift+C", "Shift+0", "Ctrl+1"} <= told

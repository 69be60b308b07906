"""The list of the points that are switched on."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.point_list import NOTHING_ON, PointList, Role
from app.ui.state import ViewState
from app.ui.theme import Theme


def test_an_empty_list_says_what_fills_it(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    points = PointList(state, theme)
    qtbot.addWidget(points)
    note = points.model().index(0, 0)
    assert note.data(Role.NOTE) == NOTHING_ON
    assert note.flags() == Qt.ItemFlag.NoItemFlags
    points.entered.emit(note)
    assert state.hovered is None
    state.set_goal("lines", True)
    assert points.model().rowCount() == len(state.points)
    assert points.model().index(0, 0).data(Role.NOTE) is None


def test_a_list_behind_another_tab_has_no_row_under_the_mouse(
    qtbot: QtBot, state: ViewState, theme: Theme
) -> None:
    points = PointList(state, theme)
    qtbot.addWidget(points)
    state.set_goal("lines", True)
    row = points.model().index(1, 0)
    points.entered.emit(row)
    assert state.hovered is None
    with qtbot.waitExposed(points):
        points.show()
    points.entered.emit(row)
    assert state.hovered == row.data(Role.POINT)


def test_a_row_chooses_a_point_and_keeps_the_side_that_was_clicked(
    qtbot: QtBot, state: ViewState, theme: Theme
) -> None:
    points = PointList(state, theme)
    qtbot.addWidget(points)
    state.set_goal("lines", True)
    state.select("ST4", "right")
    assert points.currentIndex().data(Role.POINT).code == "ST4"
    assert state.selected_side == "right"
    points.setCurrentIndex(points.model().index(0, 0))
    assert state.selected
    assert (state.selected.code, state.selected_side) == (
        points.model().index(0, 0).data(Role.POINT).code,
        "",
    )

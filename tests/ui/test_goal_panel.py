"""Goals, groups and treatments, switched by mouse and by keyboard."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.ui.checks import RowCheckBox
from app.ui.goal_model import GoalModel, Role
from app.ui.goal_panel import GoalPanel
from app.ui.state import ViewState
from app.ui.theme import Theme

CHECKED, PARTLY, OFF = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked


def make_panel(qtbot: QtBot, state: ViewState, theme: Theme) -> GoalPanel:
    panel = GoalPanel(state, theme)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def row_of(model: GoalModel, title: str) -> QModelIndex:
    found = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, title, 1, Qt.MatchFlag.MatchRecursive)
    assert found, title
    return found[0]


def check_of(index: QModelIndex) -> Qt.CheckState:
    return index.data(Qt.ItemDataRole.CheckStateRole)


def test_every_goal_and_group_has_a_row(state: ViewState, library: Library) -> None:
    model = GoalModel(state)
    titles = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert titles == [goal.title for goal in library.goals.values()] + ["Further groups"]
    lines = row_of(model, "Fine lines and wrinkles")
    assert model.rowCount(lines) == len(library.goals["lines"].groups)
    assert lines.data(Role.NEEDLES) == 46
    assert model.parent(model.index(2, 0, lines)) == lines


def test_a_group_makes_its_goal_partly_on(state: ViewState) -> None:
    model = GoalModel(state)
    lines = row_of(model, "Fine lines and wrinkles")
    assert check_of(lines) == OFF
    state.set_group("lines", "glabella", True)
    assert check_of(lines) == PARTLY
    assert check_of(row_of(model, "Glabellar frown lines")) == CHECKED
    assert model.setData(lines, CHECKED.value, Qt.ItemDataRole.CheckStateRole)
    assert check_of(lines) == CHECKED


def test_a_group_of_two_goals_is_switched_in_each_on_its_own(state: ViewState) -> None:
    model = GoalModel(state)
    state.set_group("collagen", "cheek_lift", True)
    assert check_of(row_of(model, "Collagen and firmness")) == PARTLY
    assert check_of(row_of(model, "Elasticity and lift")) == OFF


def test_groups_without_a_goal_are_switched_under_their_heading(state: ViewState) -> None:
    model = GoalModel(state)
    further = row_of(model, "Further groups")
    model.toggle(further)
    assert state.shown.groups
    assert check_of(further) == CHECKED
    model.toggle(further)
    assert not state.shown.groups


def test_the_tool_tip_says_the_evidence_in_words(state: ViewState) -> None:
    model = GoalModel(state)
    tip = row_of(model, "Collagen and firmness").data(Qt.ItemDataRole.ToolTipRole)
    assert "Evidence X: claim looked for, no direct human evidence found." in tip


def test_a_click_switches_a_row_and_a_second_one_switches_it_back(
    qtbot: QtBot, state: ViewState, theme: Theme
) -> None:
    panel = make_panel(qtbot, state, theme)
    tree = panel.tree
    model = tree.model()
    assert isinstance(model, GoalModel)
    place = tree.visualRect(row_of(model, "Acne")).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert state.goals_on == ("acne",)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert state.goals_on == ()


def test_the_chevron_opens_a_row_and_does_not_switch_it(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = make_panel(qtbot, state, theme)
    tree = panel.tree
    model = tree.model()
    assert isinstance(model, GoalModel)
    acne = row_of(model, "Acne")
    place = QPoint(tree.visualRect(acne).left() + 12, tree.visualRect(acne).center().y())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tree.isExpanded(acne)
    assert state.goals_on == ()


def test_the_keyboard_alone_switches_a_group(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = make_panel(qtbot, state, theme)
    tree = panel.tree
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(tree, key)
    first = next(iter(state.library.goals.values()))
    assert state.shown.pairs == {(first.id, first.groups[0])}


def test_a_row_is_as_high_as_its_title_in_large_text(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    theme.set_scale(1.5)
    panel = make_panel(qtbot, state, theme)
    tree = panel.tree
    row = row_of(tree.model(), "Better sculpted facial muscles")  # type: ignore[arg-type]
    one_line = tree.visualRect(row_of(tree.model(), "Acne")).height()  # type: ignore[arg-type]
    panel.resize(250, 700)
    qtbot.waitUntil(lambda: tree.visualRect(row).height() > one_line * 1.5)
    panel.resize(900, 700)
    qtbot.waitUntil(lambda: tree.visualRect(row).height() == one_line)


def test_the_treatment_and_its_body_points(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = make_panel(qtbot, state, theme)
    check = panel.findChild(RowCheckBox)
    body = panel.findChild(QComboBox)
    assert (check.text(), check.number) == ("Typical treatment", "40 + 12")
    assert not body.isVisible()
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton)
    assert (state.needles.face, state.needles.body) == (40, 12)
    assert body.isVisible()
    body.setFocus()
    qtbot.keyClick(body, Qt.Key.Key_Down)
    assert state.shown.body_variant == body.currentData()
    assert state.shown.body_variant
    qtbot.mouseClick(panel.clear_button, Qt.MouseButton.LeftButton)
    assert not state.points
    assert not check.isChecked()
    assert not panel.clear_button.isEnabled()

"""What is in a group or a goal is filled, ordered and emptied in its form."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.canonical import canonical_json
from app.domain.codec import parse_document
from app.ui.edit.group_form import GroupForm
from tests.ui.edit.hands import Hands, place

pytestmark = pytest.mark.gl


def shown_group(hands: Hands) -> tuple[GroupForm, str, str]:
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    hands.session.select([first, second])
    hands.room.set_panel.add_group("Cheek", hands.session.selected)
    assert hands.room._tabs.currentIndex() == 1
    return hands.room.group_form, first, second


def press(form: GroupForm, name: str, what: str) -> None:
    button = form.rows.button(name, what)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def codes(hands: Hands, kind: str = "points") -> list[str]:
    return [item.code for item in getattr(hands.session.document.groups[0], kind)]


def test_points_of_a_group_are_ordered_added_and_taken_out(hands: Hands) -> None:
    form, first, second = shown_group(hands)
    form._reasons[second].setText("Under the cheekbone.")
    form._reasons[second].editingFinished.emit()
    press(form, second, "up")
    assert codes(hands) == [second, first]
    assert form._reasons[second].text() == "Under the cheekbone."
    assert not form.rows.button(second, "up").isEnabled()  # type: ignore[union-attr]
    QTest.keyClicks(form.add_point, "st 04")
    QTest.keyClick(form.add_point, Qt.Key.Key_Return)
    assert codes(hands) == [second, first, "ST4"]
    assert form.add_point.text() == ""
    press(form, "ST4", "mark")
    assert codes(hands, "advanced_points") == ["ST4"]
    press(form, first, "out")
    assert codes(hands) == [second]
    assert hands.session.point(first) is not None
    assert hands.room.actions.undo.text() == f"Undo take {first} out of Cheek"
    hands.room.actions.undo.trigger()
    assert codes(hands) == [second, first]


@pytest.mark.parametrize("by_mouse", [False, True])
def test_a_find_of_the_list_is_taken_once(hands: Hands, by_mouse: bool) -> None:
    form, first, second = shown_group(hands)
    form.add_point.setFocus()
    QTest.keyClicks(form.add_point, "dicang")
    popup = form.add_point.completer().popup()
    assert popup.isVisible()
    if by_mouse:
        at = popup.visualRect(popup.model().index(0, 0)).center()
        QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    else:
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
    hands.settle()
    assert codes(hands) == [first, second, "ST4"]
    assert form.add_point.text() == ""
    assert form.add_point.refusal.text() == ""


def test_what_cannot_be_added_is_told_at_the_field(hands: Hands) -> None:
    form, first, _ = shown_group(hands)
    for words, why in (("ZZ99", "is not a known point"), (first, "is in this group already")):
        form.add_point.setText(words)
        QTest.keyClick(form.add_point, Qt.Key.Key_Return)
        assert why in form.add_point.refusal.text()
        assert form.add_point.refusal.isVisible()
    form.add_point.setText("yin")
    form.add_point.editingFinished.emit()  # left with half a name in it
    assert len(codes(hands)) == 2


def test_points_that_are_selected_are_added_with_one_click(hands: Hands) -> None:
    form, first, second = shown_group(hands)
    assert not form.add_selected.isVisible()
    hands.session.select([first, "ST4", "GB14"])
    hands.room._tabs.setCurrentIndex(1)
    assert form.add_selected.text() == "Add the 2 selected points"
    form.add_selected.click()
    assert codes(hands) == [first, second, "ST4", "GB14"]


def test_groups_of_a_goal_are_ordered_added_and_taken_out(hands: Hands) -> None:
    form, first, _ = shown_group(hands)
    hands.room.set_panel.add_goal("Glow")
    hands.session.select([first])
    assert hands.room._tabs.currentIndex() == 0
    goal = hands.session.goal
    hands.session.select_group("")
    hands.session.select_group("", goal)
    assert hands.room._tabs.currentIndex() == 1
    form.add_group.setCurrentIndex(form.add_group.findData("under_eye"))
    form.add_group.activated.emit(form.add_group.currentIndex())
    assert hands.session.document.goals[0].groups == ("cheek", "under_eye")
    assert form.add_group.findData("under_eye") < 0
    press(form, "under_eye", "up")
    assert hands.session.document.goals[0].groups == ("under_eye", "cheek")
    press(form, "cheek", "out")
    assert hands.session.document.goals[0].groups == ("under_eye",)
    form.rows.chosen.emit("under_eye")
    assert hands.session.group == "under_eye"
    assert "Built in" in form._change_words.text()
    assert not form.rows.button("ST1", "down").isEnabled()  # type: ignore[union-attr]
    press(form, "EX-HN7", "down")
    assert "Changed against the built-in group: " in form._change_words.text()
    form._reset.click()
    assert hands.session.document.groups[-1].id == "cheek"


def test_muscles_of_a_group_are_added_ordered_and_taken_out(hands: Hands) -> None:
    form, _, _ = shown_group(hands)
    session = hands.session

    def add(name: str) -> None:
        form.add_muscle.setCurrentIndex(form.add_muscle.findData(name))
        form.add_muscle.activated.emit(form.add_muscle.currentIndex())

    def muscles() -> tuple[str, ...]:
        return session.document.groups[0].muscles

    assert form.add_muscle.count() == 1 + len(session.base.muscles)
    add("frontalis")
    add("corrugator")
    assert muscles() == ("frontalis", "corrugator")
    assert form.add_muscle.findData("frontalis") < 0
    assert "to Cheek" in hands.room.actions.undo.text()
    QTest.mouseClick(form.muscles.button("corrugator", "up"), Qt.MouseButton.LeftButton)
    assert muscles() == ("corrugator", "frontalis")
    QTest.mouseClick(form.muscles.button("frontalis", "out"), Qt.MouseButton.LeftButton)
    assert muscles() == ("corrugator",)
    assert parse_document(canonical_json(session.document).encode(), Path("x")) == session.document
    for _ in range(4):
        session.file.undo()
    assert muscles() == ()


def test_the_wheel_scrolls_the_form_and_changes_no_field(hands: Hands) -> None:
    form, _, _ = shown_group(hands)
    field, steps = form._evidence, hands.session.file.history.words
    for keys in (False, True):
        if keys:
            field.setFocus()
        middle = QPointF(field.rect().center())
        wheel = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, wheel)
        assert field.currentIndex() == 0
        assert hands.session.file.history.words == steps
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus

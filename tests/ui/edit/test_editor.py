"""The editor in the real window, by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from app.domain.edits import points
from app.domain.edits.groups import change_title
from app.geometry.sliding import on_skin
from tests.ui.edit.hands import RIGHT, Hands, place, position

pytestmark = pytest.mark.gl


def test_placing_one_side_places_both_and_every_point_is_on_the_skin(hands: Hands) -> None:
    left, right, middle = place(hands, 42, -12), place(hands, -33, -45), place(hands, 0.7, 60)
    own = {point.code: point for point in hands.session.document.points}
    assert own[left].laterality == "bilateral"
    assert own[left].position[:2] == pytest.approx([42, -12], abs=0.8)  # type: ignore[index]
    assert own[right].position[:2] == pytest.approx([33, -45], abs=0.8)  # type: ignore[index]
    assert own[middle].laterality == "midline"
    assert own[middle].position[0] == 0  # type: ignore[index]
    assert sorted(hands.session.sites.sides) == ["left", "left", "midline", "right", "right"]
    assert on_skin(hands.session.figure, hands.session.places).max() < 0.01


def test_nothing_is_placed_on_an_eyeball_or_beside_the_figure(hands: Hands) -> None:
    hands.tool("place")
    eye = hands.session.figure.neutral.eyes[0]
    hands.click(hands.pixel(eye.centre + np.array([0, 0, eye.radius])))
    hands.click(QPoint(5, 5))
    assert hands.session.document.points == ()


def test_refusals_stand_at_the_hand_and_go_with_its_next_doing(hands: Hands) -> None:
    note = hands.room.note
    hands.tool("place")
    hands.click(QPoint(5, 5))
    assert note.text() == "There is no skin here; click on the figure."
    assert note.isVisible()
    assert hands.room._told.text() == ""
    eye = hands.session.figure.neutral.eyes[0]
    hands.click(hands.pixel(eye.centre + np.array([0, 0, eye.radius])))
    assert note.text() == "Eyes and the inside of the mouth take no points; click on skin."
    code = place(hands, 42, -12)
    assert not note.isVisible()
    hands.tool("move")
    hands.drag(hands.face(20, 70), hands.face(20, 50))
    assert "There is no point here" in note.text()
    hands.key(Qt.Key.Key_Escape)
    assert not note.isVisible()
    hands.session.select([])
    hands.session.nudge(np.array([1.0, 0.0, 0.0]), 1.0)
    assert "No placed point is selected" in note.text()
    hands.session.select([code])
    assert not note.isVisible()


def test_a_hand_is_told_what_keeps_its_point_back(hands: Hands) -> None:
    note, code, middle = hands.room.note, place(hands, 42, -12), place(hands, 0, 70)
    hands.tool("move")
    hands.drag(hands.site(code), hands.face(-40, -10), release=False)
    assert note.text() == f"{code} keeps to its side of the body; drag its partner on the other side instead."
    hands.move(hands.face(30, -20))
    assert not note.isVisible()
    hands.move(QPoint(5, 300))
    assert note.text() == f"{code} stays on the skin; keep the mouse over the figure."
    eye = hands.session.figure.neutral.eyes[0]
    hands.move(hands.pixel(eye.centre + np.array([0, 0, eye.radius])))
    assert note.text().startswith(f"{code} cannot lie there: eyes")
    hands.key(Qt.Key.Key_Escape)
    assert not note.isVisible()
    hands.move(QPoint(5, 5), release=True)
    hands.drag(hands.site(middle, "midline"), hands.face(40, 60))
    assert not note.isVisible()
    hands.drag(hands.site(middle, "midline"), hands.face(40, 60), release=False)
    assert note.text() == f"{middle} keeps to the midline; choose Both sides in its Sides to move it off."


def test_select_moves_nothing_and_a_drag_turns(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.tool("select")
    stage = hands.window.viewport.stage
    assert stage is not None
    before, azimuth = position(hands.session, code), stage.views.state.azimuth
    start = hands.site(code)
    hands.drag(start, start + QPoint(60, 10))
    assert np.array_equal(position(hands.session, code), before)
    assert stage.views.state.azimuth != azimuth


def test_a_drag_is_one_step_and_keeps_to_skin_and_side(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.tool("move")
    steps = len(hands.session.file.history.words)
    hands.drag(hands.site(code), hands.face(30, -30))
    assert position(hands.session, code)[:2] == pytest.approx([30, -30], abs=1.5)
    assert hands.session.file.history.words[steps:] == (f"Move {code}",)
    hands.drag(hands.site(code), hands.face(-40, -10))
    assert position(hands.session, code)[0] >= 0
    assert on_skin(hands.session.figure, hands.session.places).max() < 0.01
    hands.room.actions.undo.trigger()
    hands.drag(hands.site(code, "right"), hands.face(-44, -5))
    assert position(hands.session, code)[:2] == pytest.approx([44, -5], abs=1.5)


def test_name_and_coordinates_follow_the_hand(hands: Hands, qtbot: QtBot) -> None:
    code, form = place(hands, 42, -12), hands.room.point_form
    hands.tool("move")
    before, stage = form._place.text(), hands.window.viewport.stage
    assert stage is not None
    hands.drag(hands.site(code, "right"), hands.face(-30, -30), release=False)
    drag, preview = hands.room.gestures.drag, hands.room.drawn._preview
    assert drag is not None
    assert preview is not None
    x, y, z = drag.place.position
    told = f"{-x:.2f}, {y:.2f}, {z:.2f} mm\nIn the hand"
    qtbot.waitUntil(lambda: form._place.text() == told)
    qtbot.waitUntil(lambda: len(preview.labels.boxes) == 2)
    assert code not in stage.labels._texts.values()
    hands.key(Qt.Key.Key_Escape)
    assert form._place.text() == before
    assert code in stage.labels._texts.values()
    qtbot.waitUntil(lambda: len(preview.labels.boxes) == 0)


def test_a_trembling_click_moves_nothing(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.tool("move")
    before, start = position(hands.session, code), hands.site(code)
    hands.drag(start, start + QPoint(2, 1))
    assert np.array_equal(position(hands.session, code), before)


def test_escape_cancels_a_drag(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.tool("move")
    before, steps = position(hands.session, code), len(hands.session.file.history.words)
    hands.drag(hands.site(code), hands.face(20, -40), release=False)
    assert hands.room.gestures.drag is not None
    hands.key(Qt.Key.Key_Escape)
    hands.drag(QPoint(5, 5), QPoint(6, 6))
    assert hands.room.gestures.drag is None
    assert np.array_equal(position(hands.session, code), before)
    assert len(hands.session.file.history.words) == steps


def test_a_locked_point_stays(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.session.do(lambda d: points.lock_points(d, hands.session.base, [code], True))
    hands.tool("move")
    before = position(hands.session, code)
    hands.drag(hands.site(code), hands.face(20, -40))
    assert np.array_equal(position(hands.session, code), before)
    assert "is locked" in hands.room.note.text()
    assert hands.room.note.isVisible()


def test_what_cannot_be_done_with_a_point_is_grey_and_says_why(hands: Hands) -> None:
    code, form, actions = place(hands, 42, -12), hands.room.point_form, hands.room.actions
    session, base = hands.session, hands.session.base
    buttons = (form._clear, form._missing, form._linked, form._words)
    assert all(button.isEnabled() for button in buttons)
    assert (form._flip.isEnabled(), form._flip.toolTip()) == (
        False,
        "Sides that mirror each other cannot be exchanged; unlink them first.",
    )
    session.do(lambda d: points.lock_points(d, base, [code], True))
    assert not any(button.isEnabled() for button in buttons)
    assert {button.toolTip() for button in buttons} == {f"{code} is locked; unlock it first."}
    assert not actions.clear.isEnabled()
    assert form._locked.isEnabled()
    session.do(lambda d: points.lock_points(d, base, [code], False))
    session.do(lambda d: points.mark_missing(d, base, [code]))
    assert form._clear.toolTip() == f"{code} has no place."
    assert form._missing.toolTip() == f"{code} is marked as missing already; place it to change that."
    assert form._linked.toolTip() == f"{code} has no place; place it first."
    assert not any(button.isEnabled() for button in buttons[:3])
    assert form._words.isEnabled()
    session.start_template([code])
    bar = hands.room.template_bar._buttons
    assert [words for words in bar if not bar[words].isEnabled()] == ["Back", "Missing", "Clear", "Restore"]


def test_the_tree_tells_the_states_that_the_list_tells(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    session, base, tree = hands.session, hands.session.base, hands.room.set_panel.tree
    session.select([first, second])
    hands.room.set_panel.add_group("Cheek", session.selected)
    session.do(lambda d: points.lock_points(d, base, [first], True))
    session.do(lambda d: points.mark_missing(d, base, [second]))
    group = tree.topLevelItem(0).child(0)
    assert [group.child(row).text(0) for row in (0, 1)] == [f"{first}   (locked)", f"{second}   (missing)"]
    assert [hands.room.set_panel.rows.item(row).text() for row in (0, 1)] == [
        f"{first}   (locked)",
        f"{second}   (missing)",
    ]


def test_the_right_button_turns_unless_the_view_is_kept_still(hands: Hands) -> None:
    stage = hands.window.viewport.stage
    assert stage is not None
    hands.tool("place")
    before = stage.views.state
    hands.drag(QPoint(200, 200), QPoint(260, 200), RIGHT)
    assert stage.views.state != before
    assert hands.session.document.points == ()
    hands.session.set_switch("frozen", True)
    still = stage.views.state
    hands.drag(QPoint(200, 200), QPoint(300, 240), RIGHT)
    assert stage.views.state == still


def test_one_side_alone_and_mirroring_the_group(hands: Hands) -> None:
    code = place(hands, 42, -12)
    hands.session.set_switch("both_sides", False)
    hands.tool("move")
    hands.drag(hands.site(code), hands.face(30, -30))
    point = hands.session.point(code)
    assert point is not None
    assert point.position_right is not None
    assert point.position_right[0] == pytest.approx(-42, abs=0.8)
    hands.session.do(lambda d: points.relink_sides(d, hands.session.base, [code]))
    point = hands.session.point(code)
    assert point is not None
    assert point.position_right is None


@pytest.mark.parametrize(
    ("keys", "distance"),
    [
        (Qt.KeyboardModifier.NoModifier, 0.1),
        (Qt.KeyboardModifier.ShiftModifier, 1.0),
        (Qt.KeyboardModifier.ControlModifier, 1.883),
    ],
)
def test_arrows_nudge_along_the_skin(hands: Hands, keys: Qt.KeyboardModifier, distance: float) -> None:
    code = place(hands, 35, 65)
    before, steps = position(hands.session, code), len(hands.session.file.history.words)
    for _ in range(3):
        hands.key(Qt.Key.Key_Up, keys)
    way = position(hands.session, code) - before
    assert np.linalg.norm(way) == pytest.approx(3 * distance, rel=0.05)
    assert way[1] > 0
    assert hands.session.file.history.words[steps:] == (f"Nudge {code}",)
    assert on_skin(hands.session.figure, hands.session.places).max() < 0.01


def test_several_are_selected_copied_deleted_and_undone(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    hands.tool("select")
    hands.click(hands.site(first))
    hands.click(hands.site(second), Qt.KeyboardModifier.ControlModifier)
    assert set(hands.session.selected) == {first, second}
    hands.room.actions.duplicate.trigger()
    assert len(hands.session.document.points) == 4
    hands.room.actions.delete.trigger()
    assert len(hands.session.document.points) == 2
    assert hands.room.actions.undo.text() == "Undo delete 2 points"
    hands.room.actions.undo.trigger()
    assert len(hands.session.document.points) == 4
    hands.room.history.itemClicked.emit(hands.room.history.item(0))
    assert hands.session.document.points == ()
    assert hands.room.actions.redo.text() == "Redo add P1"


def test_points_are_cut_from_one_set_and_pasted_into_another(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -45)
    session, control = hands.session, Qt.KeyboardModifier.ControlModifier
    session.select([first, second])
    where = {point.code: point.position for point in session.document.points}
    hands.key(Qt.Key.Key_C, control)
    hands.key(Qt.Key.Key_V, control)
    assert session.selected == (f"{first} copy", f"{second} copy")
    assert len(session.document.points) == 4
    hands.key(Qt.Key.Key_Z, control)
    assert len(session.document.points) == 2
    session.select([first, second])
    hands.key(Qt.Key.Key_X, control)
    assert session.document.points == ()
    session.file.close()
    session.file.start_new()
    hands.key(Qt.Key.Key_V, control)
    assert {point.code: point.position for point in session.document.points} == where
    assert session.file.history.undo_words == "Paste 2 points"


def test_of_several_the_form_says_whose_fields_it_shows(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -45)
    form = hands.room.point_form
    assert not form._many.isVisible()
    hands.session.select([first, second])
    assert form._title.text() == second
    assert form._many.isVisible()
    assert form._many.text() == f"2 are selected: the buttons act on all, the fields on {second} alone."


def test_a_place_in_words(hands: Hands) -> None:
    code = place(hands, 42, -12)
    form = hands.room.point_form
    form._words.setText("0.5 cun lateral of ex, level of ex")
    form._words.editingFinished.emit()
    corner = hands.session.bench.body.landmark("ex")
    way = position(hands.session, code) - corner
    assert way[1] == pytest.approx(0, abs=0.2)
    assert np.linalg.norm(way) == pytest.approx(0.5 * hands.session.bench.cun_mm, rel=0.25)
    point = hands.session.point(code)
    assert point is not None
    assert point.placed_by == "placed by words: 0.5 cun lateral of ex, level of ex"
    assert [rule.type for rule in point.constraints] == ["offset", "same_level"]
    assert form._words.text() == "0.5 cun lateral of ex, level of ex"
    hands.room.health.examine()
    assert not [one for one in hands.room.health.findings if "rule" in one.sentence]
    hands.room.actions.undo.trigger()
    assert form._words.text() == ""
    assert hands.session.point(code).constraints == ()  # type: ignore[union-attr]
    hands.room.actions.redo.trigger()
    hands.tool("move")
    hands.drag(hands.site(code), hands.face(30, -30))
    assert form._words.text() == ""
    hands.room.health.examine()
    assert [one for one in hands.room.health.findings if f"{code}'s rule" in one.sentence]


def test_return_places_by_the_same_words_again(hands: Hands) -> None:
    """Words that name another point are worth asking again once that point has moved."""
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    field = hands.room.point_form._words
    field.setText(f"5 mm above {first}, same vertical as {first}")
    QTest.keyClick(field, Qt.Key.Key_Return)
    before, steps = position(hands.session, second), len(hands.session.file.history.words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(hands.session.file.history.words) == steps
    hands.session.move(first, hands.session.skin.nearest(np.array([38.0, -20.0, 80.0]), "left"), 0)
    assert np.array_equal(position(hands.session, second), before)
    hands.room.health.examine()
    assert [one for one in hands.room.health.findings if one.code == second and "rule" in one.sentence]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert position(hands.session, second)[1] == pytest.approx(position(hands.session, first)[1] + 5, abs=0.3)
    hands.room.health.examine()
    assert not [one for one in hands.room.health.findings if one.code == second and "rule" in one.sentence]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2 foo lateral of ex", "is no unit"),
        ("30 cun lateral of ex", "No place on the skin keeps all of that"),
        ("level of ex, level of ch", "No place on the skin keeps all of that"),
        ("1 cun above P1", "cannot be placed from itself"),
    ],
)
def test_words_that_say_no_place_are_refused_at_the_field(hands: Hands, words: str, why: str) -> None:
    code = place(hands, 42, -12)
    form, before = hands.room.point_form, hands.session.document
    form._words.setText(words)
    form._words.editingFinished.emit()
    assert why in form._words.refusal.text()
    assert form._words.refusal.isVisible()
    assert hands.session.document == before
    hands.session.select([])
    hands.session.select([code])
    assert not form._words.refusal.isVisible()
    assert form._words.text() == ""


def test_what_was_told_is_gone_with_the_next_change(hands: Hands) -> None:
    place(hands, 42, -12)
    assert hands.room._told.text() == "Add P1."
    hands.room.actions.undo.trigger()
    assert hands.room._told.text() == ""
    hands.room.actions.redo.trigger()
    hands.session.select(["P1"])
    code = hands.room.point_form._lines["code"]
    code.setText("ST4")
    code.editingFinished.emit()
    assert code.refusal.text() == (
        "ST4 is a built-in point; choose another code, or show ST4 from the built-in list and change it."
    )
    hands.session.do(lambda d: change_title(d, "Course"))
    assert code.refusal.text() == ""
    assert code.text() == "P1"


def test_the_form_writes_and_tells_what_was_changed(hands: Hands) -> None:
    session, form = hands.session, hands.room.point_form
    session.select(["ST4"])
    form._lines["english"].setText("Corner")
    form._lines["english"].editingFinished.emit()
    form._lines["depth_mm"].setText("2 - 4,5")
    form._lines["depth_mm"].editingFinished.emit()
    form._texts["cautions"].setPlainText("one\n\ntwo")
    form._texts["cautions"].write()
    point = session.point("ST4")
    assert point is not None
    assert (point.english, point.needle.depth_mm, point.cautions) == ("Corner", (2.0, 4.5), ("one", "two"))
    assert form._change.text() == "Changed against the built-in point: English name, needle, cautions."
    assert session.base.points["ST4"].english != "Corner"
    form._reset.click()
    assert session.document.points == ()
    assert form._lines["code"].isReadOnly()


def test_a_new_code_follows_everywhere(hands: Hands) -> None:
    code = place(hands, 42, -12)
    form = hands.room.point_form
    form._lines["code"].setText("TEMPLE")
    form._lines["code"].editingFinished.emit()
    assert hands.session.selected == ("TEMPLE",)
    assert hands.session.point(code) is None
    form._lines["code"].setText("EX-HN3")
    form._lines["code"].editingFinished.emit()
    assert "EX-HN3 is another name of the built-in point GV29" in form._lines["code"].refusal.text()
    hands.session.select([])
    hands.session.select(["TEMPLE"])
    assert form._lines["code"].text() == "TEMPLE"


def test_a_template_is_placed_in_order(hands: Hands) -> None:
    session = hands.session
    session.start_template(["ST4", "GB14", "LI20"])
    assert hands.room.template_bar.isVisible()
    hands.click(hands.face(31, -49))
    assert session.next_code == "GB14"
    session.step_template(1)
    assert session.next_code == "LI20"
    bar = hands.room.template_bar
    bar._miss()
    assert session.template == ()
    assert session.selected == ()
    assert session.next_code is None
    own = {point.code: point for point in session.document.points}
    assert own["ST4"].position[:2] == pytest.approx([31, -49], abs=0.8)  # type: ignore[index]
    assert set(own) == {"ST4", "LI20"}
    assert own["LI20"].status == "missing"
    session.start_template(["LI20"])
    bar._restore()
    assert session.point("LI20") == session.base.points["LI20"]


def test_the_keys_stay_with_the_figure_when_a_list_ends(hands: Hands) -> None:
    bar = hands.room.template_bar
    for by_key in (False, True):
        hands.window.activateWindow()
        hands.figure.setFocus()
        hands.session.start_template(["ST4"])
        skip = bar._buttons["Skip"]
        if by_key:
            skip.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(skip, Qt.Key.Key_Space)
        else:
            QTest.mouseClick(skip, Qt.MouseButton.LeftButton)
        assert not bar.isVisible()
        assert hands.window.focusWidget() is hands.figure


def test_points_are_dragged_into_groups_and_groups_into_goals(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    panel, tree = hands.room.set_panel, hands.room.set_panel.tree
    hands.session.select([])
    panel.add_group("Cheek")
    panel.add_goal("Glow")
    goal = tree.topLevelItem(0)
    group = goal.child(0)
    tree.drop_codes(group, [first, second])
    document = hands.session.document
    assert [item.code for item in document.groups[0].points] == [first, second]
    goal = tree.topLevelItem(0)
    tree.drop_codes(goal.child(0).child(0), [second])
    assert [item.code for item in hands.session.document.groups[0].points] == [second, first]
    hands.session.select_group("cheek")
    panel.add_group("Chin")
    assert hands.session.document.goals[0].groups == ("cheek", "chin")
    hands.session.file.undo()
    hands.session.select_group("")
    panel.add_group("Other")
    tree.drop_group(tree.topLevelItem(0), "other")
    assert hands.session.document.goals[0].groups == ("cheek", "other")
    tree.drop_codes(tree.topLevelItem(0), [first])
    assert "Points go into groups" in hands.room.note.text()


def test_a_new_goal_says_its_group_and_looks_like_no_other(hands: Hands) -> None:
    panel, session = hands.room.set_panel, hands.session
    panel.new_goal()
    assert hands.dialog(QInputDialog).labelText() == "What does the client ask for?"
    hands.type_words("Glow")
    assert session.document.goals[0].groups == ()
    session.select_group("")
    panel.add_group("Cheek")
    panel.new_goal()
    assert hands.dialog(QInputDialog).labelText().endswith("\nIt begins with the group Cheek.")
    hands.type_words("Calm")
    assert session.document.goals[1].groups == ("cheek",)
    looks = [(goal.color.upper(), goal.marker) for goal in session.file.library.goals.values()]
    assert len({color for color, _ in looks}) == len(looks)
    assert session.document.goals[0].marker != session.document.goals[1].marker


def test_explore_shows_the_set_at_once(hands: Hands) -> None:
    place(hands, 42, -12)
    hands.session.select(["P1"])
    hands.room.set_panel.add_group("Cheek", hands.session.selected)
    hands.room.set_panel.add_goal("Glow")
    hands.window.modes.actions_in_order[0].trigger()
    state = hands.window.state
    assert "glow" in state.library.goals
    state.set_goal("glow", True)
    assert [shown.point.code for shown in state.points] == ["P1"]
    assert state.needles.face == 2
    hands.window.modes.actions_in_order[-1].trigger()


def test_explore_finds_the_figure_as_it_left_it(hands: Hands) -> None:
    window, modes = hands.window, hands.window.modes.actions_in_order
    stage = window.viewport.stage
    assert stage is not None
    modes[0].trigger()
    window.state.set_labels("none")
    window.state.set_eyes_shut(True)
    shut = stage.pose
    assert shut is not hands.session.figure.neutral
    for _ in range(2):  # the second time nothing has been edited between
        modes[-1].trigger()
        assert stage.pose is hands.session.figure.neutral
        assert stage.markers.sites is hands.session.sites
        modes[0].trigger()
        assert stage.pose is shut
        assert stage.markers.sites is window.state.sites
        assert stage.labels.mode == "none"
    modes[-1].trigger()


def test_health_speaks_while_one_works(hands: Hands) -> None:
    first, second = place(hands, 42, -12), place(hands, 30, -40)
    x, y, z = position(hands.session, first)
    hands.session.do(lambda d: points.place_point(d, hands.session.base, second, (x, y, z)))
    hands.settle(600)
    sentences = [finding.sentence for finding in hands.room.health.findings]
    assert f"{first} and {second} lie on each other; delete one or move it." in sentences
    hands.session.do(lambda d: points.place_point(d, hands.session.base, "ST4", (x, y, z)))
    hands.room.health.examine()
    rule = next(
        one.sentence for one in hands.room.health.findings if one.code == "ST4" and "rule" in one.sentence
    )
    assert "mm" in rule

"""A whole consultation in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.domain.shown import Shown, with_goal
from app.ui.client.handout_export import HandoutExport
from app.ui.client.room import QUESTIONS, TREATMENT, ClientRoom
from app.ui.main_window import MainWindow
from app.ui.recent_files import RecentFiles
from tests.ui.client.conftest import enter_client
from tests.ui.conftest import MakeWindow, forget_the_deleted

pytestmark = pytest.mark.gl


@pytest.fixture
def window(make_window: MakeWindow, library: Library, qtbot: QtBot) -> MainWindow:
    window = make_window(with_goal(library, with_goal(library, Shown(), "lines", True), "elasticity", True))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.viewport._flight is None)
    QTest.qWait(60)


def test_the_story_is_told_in_the_same_window(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    parent = window.viewport.parentWidget()
    room.plan.answer("pregnancy", True)
    widths = window._splitter.sizes()
    room.show_story()
    story = room.story
    settle(window, qtbot)
    assert window.isFullScreen()
    assert window.viewport.parentWidget() is parent
    assert not window.menuBar().isVisible()
    for kind in (QLineEdit, QPushButton):
        assert not story.panel.findChildren(kind), "nothing to edit or to press by accident"
    QTest.keyClick(window.viewport.plotter, Qt.Key.Key_PageDown)
    QTest.keyClick(window.viewport.plotter, Qt.Key.Key_Right)
    assert story.number == 2
    QTest.keyClick(window.viewport.plotter, Qt.Key.Key_PageUp)
    assert story.number == 1
    QTest.mouseClick(story.panel, Qt.MouseButton.LeftButton, pos=QPoint(200, 300))
    assert story.number == 2
    words = []
    assert story.panel.verdict.isVisible()
    while story.number < len(story.steps) - 1:
        words.append(story.panel.words)
        assert "Usually postponed: Pregnancy." in words[-1], "the verdict stays in sight on every step"
        QTest.keyClick(window, Qt.Key.Key_Space)
        settle(window, qtbot)
    words.append(story.panel.words)
    assert "Results vary and cannot be guaranteed." in "\n".join(words)
    assert "LI4" not in "\n".join(words)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window._entered is room
    assert not window.isFullScreen()
    assert window.menuBar().isVisible()
    qtbot.waitUntil(lambda: window._splitter.sizes() == widths)


def test_the_verdict_stays_in_sight_in_every_tab(window: MainWindow) -> None:
    room = enter_client(window)
    assert not room.verdict.isVisible()
    room.plan.answer("pregnancy", True)
    for tab in range(room.tabs.count()):
        room.tabs.setCurrentIndex(tab)
        assert room.verdict.isVisible()
        assert "Usually postponed: Pregnancy." in room.verdict.text()
    room.show_story()
    QTest.keyClick(window, Qt.Key.Key_T)
    assert room.story.panel.verdict.isVisible(), "the key hides words and names, and not this"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    room.plan.answer("pregnancy", False)
    assert not room.verdict.isVisible()


def take_all_out(room: ClientRoom) -> None:
    """A window with needles in would ask before it closes."""
    room.treatment.leave_rest()
    while room.treatment.next is not None:
        room.treatment.confirm()
    room.treatment.try_to_finish()


def press(window: MainWindow, words: str) -> str:
    """Press a button of the message that is shown, and return what it says."""
    box = window.findChild(QMessageBox)
    assert box
    said = f"{box.text()} {box.informativeText()}"
    next(button for button in box.buttons() if button.text() == words).click()
    forget_the_deleted()
    return said


def test_open_questions_are_named_before_story_and_treatment(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.plan.answer("pregnancy", False)
    room.tabs.setCurrentIndex(TREATMENT)
    room.treatment.start.click()
    assert not room.treatment.is_running
    said = press(window, "Ask them first")
    assert "18 of 19 questions have not been asked." in said
    assert "Epilepsy" in said
    assert "Pregnancy" not in said
    assert room.tabs.currentIndex() == QUESTIONS
    room.present.trigger()
    press(window, "Ask them first")
    assert window._entered is room
    room.present.trigger()
    press(window, "Show all the same")
    assert window._entered is room.story
    QTest.keyClick(window, Qt.Key.Key_Escape)
    for question in room.plan.planner.screening.questions:
        room.plan.answer(question.caution, False)
    room.treatment.start.click()
    assert room.treatment.is_running
    assert window.findChild(QMessageBox) is None
    take_all_out(room)


def test_the_camera_goes_to_the_needle_and_comes_back_from_the_story(
    window: MainWindow, qtbot: QtBot
) -> None:
    room = enter_client(window)
    stage = window.viewport.stage
    assert stage
    room.below.findChildren(QToolButton)[2].click()
    settle(window, qtbot)
    assert stage.views.state.azimuth == pytest.approx(90)
    room.show_story()
    while room.story.number < len(room.story.steps) - 1 and room.story.step.scene != "body":
        room.story.next()
    settle(window, qtbot)
    assert stage.views.state.distance > 3000
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert stage.views.state.azimuth == pytest.approx(90)
    assert stage.views.state.distance < 1500
    room.tabs.setCurrentIndex(TREATMENT)
    room.treatment.begin()
    for _ in range(2):
        settle(window, qtbot)
        assert room.treatment.count
        assert room.treatment.next is not None
        site = room._sites_of(room.treatment.count.places[room.treatment.next])[0]
        vertices = stage.pose.vertices
        place = window.state.sites.subset([site]).positions(room._figure, vertices)[0]
        assert stage.views.state.focus == pytest.approx(tuple(place), abs=1)
        assert stage.views.state.distance < 500
        room.treatment.confirm()
    take_all_out(room)


def test_a_window_with_needles_in_asks_before_it_closes(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.treatment.begin()
    room.treatment.confirm()
    window.enter(window.explore)
    assert not window.close()
    assert "1 needle is still in." in press(window, "Stay")
    assert window.isVisible()
    assert not window.close()
    press(window, "Close all the same")
    assert not window.isVisible()


def test_plan_and_treatment_outlast_story_and_explore(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.plan.set_goal("lines", False)
    goals = room.plan.plan.goals
    room.show_story()
    room.story.next()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert room.plan.plan.goals == goals == ("elasticity",)
    room.plan.start_anew()
    room.tabs.setCurrentIndex(TREATMENT)
    room.treatment.begin()
    room.treatment.confirm()
    plan, places = room.plan.plan, room.treatment.count
    window.enter(window.explore)
    window.state.set_goal("lines", False)
    assert enter_client(window) is room
    assert (room.plan.plan, room.treatment.count) == (plan, places)
    assert not room.new.isEnabled()
    assert room.locked.isHidden(), "the treatment itself is in sight"
    room.tabs.setCurrentIndex(QUESTIONS)
    assert not room.locked.isHidden()
    take_all_out(room)


def test_one_key_hides_text_and_labels(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.show_story()
    room.story.next()
    settle(window, qtbot)
    stage = window.viewport.stage
    assert stage
    assert room.story.panel.title.isVisible()
    assert stage.labels.mode == "all"
    assert not {marker.label for marker in stage.markers.shown} & set(window.state.library.points)
    QTest.keyClick(window, Qt.Key.Key_T)
    assert not room.story.panel.title.isVisible()
    assert stage.labels.mode == "none"
    QTest.keyClick(window, Qt.Key.Key_T)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert {marker.label for marker in stage.markers.shown} <= set(window.state.library.points)


def test_names_in_the_story_are_read_from_afar(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    settle(window, qtbot)
    stage = window.viewport.stage
    assert stage

    def height() -> float:
        stage.prepare_frame()
        return float(max(top - bottom for _, bottom, _, top in stage.labels.boxes))

    usual = height()
    room.show_story()
    room.story.next()
    settle(window, qtbot)
    assert height() >= 1.7 * usual
    while room.story.step.id.startswith("where-"):
        seen = {window.state.sites.codes[site] for site in stage.labels.box_sites}
        assert seen == set(room.story.step.named), "what is spoken of is seen, also at the side of the face"
        room.story.next()
        settle(window, qtbot)
        stage.prepare_frame()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert height() == usual


def test_the_whole_face_is_marked(window: MainWindow) -> None:
    room = enter_client(window)
    for tints, (caution, areas) in enumerate((("cancer", ()), ("botox", ("forehead",)))):
        room.plan.answer(caution, True, areas)
        assert room.figure._marked
        assert room.figure._marked.triangles > 5000, tints


def test_a_treatment_asks_for_no_higher_window(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.plan.answer("pregnancy", True)
    room.plan.decide("pregnancy", True)
    room.tabs.setCurrentIndex(TREATMENT)
    window.theme.set_scale(1.5)
    settle(window, qtbot)
    before = window.minimumSizeHint().height()
    room.treatment.begin()
    settle(window, qtbot)
    assert window.minimumSizeHint().height() == before, "it is scrolled, and makes the window no higher"
    take_all_out(room)


def test_dragging_moves_no_point(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.show_story()
    settle(window, qtbot)
    plan, step = room.plan.plan, room.story.number
    plotter = window.viewport.plotter
    QTest.mousePress(plotter, Qt.MouseButton.LeftButton, pos=QPoint(200, 300))
    for x in range(210, 320, 20):
        QTest.mouseMove(plotter, QPoint(x, 300))
    QTest.mouseRelease(plotter, Qt.MouseButton.LeftButton, pos=QPoint(320, 300))
    assert room.plan.plan == plan
    assert room.story.number == step, "a drag turns the figure and leads nowhere"


def test_the_space_bar_confirms_needles(window: MainWindow, qtbot: QtBot) -> None:
    room = enter_client(window)
    room.tabs.setCurrentIndex(TREATMENT)
    room.treatment.begin()
    for _ in range(3):
        QTest.keyClick(window.viewport.plotter, Qt.Key.Key_Space)
    assert room.treatment.count
    assert room.treatment.count.went_in == 3
    assert room.figure._needles
    assert room.figure._needles.count == 3
    room.tabs.setCurrentIndex(0)
    QTest.keyClick(window.viewport.plotter, Qt.Key.Key_Space)
    assert room.treatment.count.went_in == 3, "not while another page is shown"
    take_all_out(room)


def test_explore_comes_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    stage = window.viewport.stage
    assert stage
    shown, pose, labels = stage.markers.shown, stage.pose, stage.labels.mode
    room = enter_client(window)
    room.plan.answer("botox", True, ("forehead",))
    room.needles.setChecked(True)
    window.enter(window.explore)
    assert stage.markers.shown == shown
    assert stage.pose is pose
    assert stage.labels.mode == labels
    assert room.figure._needles
    assert room.figure._needles.count == 0


@pytest.mark.slow
def test_a_handout_is_exported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    room = enter_client(window)
    room.plan.set_plan(room.plan.planner.make(["blood_flow"]))
    path = tmp_path / "mei.pdf"
    export = room.export_handout(path)
    with qtbot.waitSignal(export.ended, timeout=120_000) as ended:
        pass
    assert ended.args == [True]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_handout_that_is_stopped_leaves_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    room = enter_client(window)
    export = room.export_handout(tmp_path / "mei.pdf")
    assert isinstance(export, HandoutExport)
    with qtbot.waitSignal(export.ended, timeout=60_000) as ended:
        export._progress.canceled.emit()
    assert ended.args == [False]
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_handout_has_a_name_in_the_folder_used_last(make_window: MakeWindow, tmp_path: Path) -> None:
    RecentFiles().used(tmp_path / "anything.json")
    window = make_window()
    room = enter_client(window)
    room.plan.set_plan(room.plan.planner.make(["lines", "acne"]))
    for action, ending in ((room.handout, "pdf"), (room.save, "plan.json")):
        action.trigger()
        dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
        assert Path(dialog.selectedFiles()[0]) == tmp_path / f"acne-fine-lines-and-wrinkles.{ending}"
        dialog.reject()
    room.plan.path = tmp_path / "mei.plan.json"
    room.handout.trigger()
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "mei.pdf"
    dialog.reject()

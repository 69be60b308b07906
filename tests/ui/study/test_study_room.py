"""Study in the real window: 30 cards by keyboard and mouse, a click that is measured, and no answer given away."""

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.cards import KINDS, card_of, title_of
from app.domain.decks import Deck
from app.domain.progress import open_journal
from app.domain.questions import ask
from app.domain.shown import Shown, with_goal
from app.geometry.geodesic import Skin
from app.ui.main_window import MainWindow
from app.ui.study.choice import Choice
from app.ui.study.dialogs import ExamDialog, ListDialog
from app.ui.study.room import StudyRoom
from tests.ui.conftest import MakeWindow, forget_the_deleted

pytestmark = pytest.mark.gl


@pytest.fixture
def window(make_window: MakeWindow, library: object, qtbot: QtBot) -> MainWindow:
    window = make_window(with_goal(library, Shown(), "lines", True))  # type: ignore[arg-type]
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def room(window: MainWindow) -> StudyRoom:
    next(action for action in window.modes.actions_in_order if action.text() == "Study").trigger()
    room = window._entered
    assert isinstance(room, StudyRoom)
    room.learner.chance.seed(
        3
    )  # The same cards each time; their kinds come in an order in which none is missing.
    return room


def settle(room: StudyRoom, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: room._viewport._flight is None and not room._viewport._settle.isActive())
    QTest.qWait(30)


def click_off(room: StudyRoom, qtbot: QtBot, distance: float, direction: tuple[float, float, float]) -> None:
    """Click the skin so far from the right place, along a direction, in mm along the skin."""
    stage, sites, question = room._viewport.stage, room._state.sites, room.learner.question
    assert stage is not None
    assert question is not None
    row = next(row for row in sites.indices(question.card.code) if question.side in ("", sites.sides[row]))
    one, vertices = sites.subset([row]), stage.pose.vertices
    right = one.positions(room._figure, vertices)[0]
    normal = one.normals(room._figure, vertices)[0]
    room._viewport.stop_flight()
    for state in stage.views.fly_to(right, normal, 330):
        stage.views.set(state)
    across = np.cross(direction, normal)
    way = max(
        room_skin(room).arms(right, across / np.linalg.norm(across), 60.0),
        key=lambda arm: float((arm[2] - right) @ np.array(direction)),
    )
    walked = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))])
    place = np.array([np.interp(distance, walked, way[:, axis]) for axis in range(3)])
    x, y = stage.projection.display(place[None])[0]
    canvas = room._viewport.plotter
    ratio = canvas.devicePixelRatioF()
    spot = QPoint(round(x / ratio), round(canvas.height() - y / ratio))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def room_skin(room: StudyRoom) -> Skin:
    assert room._viewport.stage is not None
    return Skin(room._figure, room._viewport.stage.pose.vertices)


def put(room: StudyRoom, card: str, seed: int = 0) -> None:
    """Put one card."""
    room.learner.start(Deck("own:x", "own", "x", (card_of(card).code,)), [card_of(card).kind], 1)
    room.learner._put(ask(room.learner.library, card_of(card), seed))


def test_30_cards_by_keyboard_and_mouse(room: StudyRoom, window: MainWindow, qtbot: QtBot) -> None:
    page = room.deck_page
    titles = [page.decks.item(number).text() for number in range(page.decks.count())]
    page.decks.setCurrentRow(titles.index("Fine lines and wrinkles"))
    QTest.keyClick(page.decks, Qt.Key.Key_Return)
    learner, kinds, count = room.learner, set(), 0
    while learner.page == "card":
        count += 1
        assert count <= 60
        question = learner.question
        assert question is not None
        kinds.add(question.card.kind)
        wrong = count in (3, 9, 14)
        if question.card.kind == "locate":
            click_off(room, qtbot, 30.0 if wrong else 1.0, (0.3, -1.0, 0.2))
        elif question.several:
            for number in (
                question.right if not wrong else set(range(len(question.choices))) - set(question.right)
            ):
                QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number))
            QTest.keyClick(window, Qt.Key.Key_Return)
        else:
            number = question.right[0] if not wrong else (question.right[0] + 1) % 4
            QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number))
        assert learner.feedback is not None, question
        assert learner.feedback.outcome.right is not wrong, question
        QTest.keyClick(window, Qt.Key.Key_Return)
    assert learner.page == "result"
    assert count == 33
    assert kinds == set(KINDS)
    assert "27 of 30 right" in words_of(room)
    progress = open_journal().progress
    assert len(progress.answers) == 33
    for answer in progress.answers[-5:]:
        assert learner.schedule.due(card_of(answer.card)) > answer.at  # type: ignore[operator]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("angle", [20, 140, 260])
def test_8_mm_off_st3_scores_8_mm_and_shows_the_way(
    room: StudyRoom, qtbot: QtBot, seed: int, angle: float
) -> None:
    put(room, "locate:ST3", seed)
    stage = room._viewport.stage
    assert stage is not None
    direction = (math.cos(math.radians(angle)), math.sin(math.radians(angle)), 0.0)
    click_off(room, qtbot, 8.0, direction)
    feedback = room.learner.feedback
    assert feedback is not None
    assert feedback.miss is not None
    assert feedback.miss.distance_mm == pytest.approx(8.0, abs=0.5)
    assert feedback.miss.right_side
    drawn = stage.overlays._lines["ruler"]
    assert drawn.actor.GetVisibility()
    assert len(stage.overlays._tags["ruler"]) == 1
    assert "8." in stage.overlays._tags["ruler"][0].text or "7." in stage.overlays._tags["ruler"][0].text
    assert stage.overlays._tags["construction"]
    assert "mm" in words_of(room)
    answer = open_journal().progress.answers[-1]
    assert answer.distance_mm == pytest.approx(8.0, abs=0.5)


def test_the_place_is_found_by_keys_alone(room: StudyRoom, window: MainWindow, qtbot: QtBot) -> None:
    put(room, "locate:ST3", 0)
    settle(room, qtbot)
    stage = room._viewport.stage
    assert stage is not None
    before = stage.views.state
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Plus)
    after = stage.views.state
    assert after.focus[0] < before.focus[0]
    assert after.focus[1] < before.focus[1]
    assert after.distance < before.distance
    assert room.aim._cross is not None
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.learner.feedback is not None
    assert room.learner.feedback.miss is not None
    assert room.aim._cross is None


def test_an_eye_is_no_skin_and_a_turn_is_no_click(room: StudyRoom, qtbot: QtBot) -> None:
    put(room, "locate:ST3", 0)
    settle(room, qtbot)
    stage, canvas = room._viewport.stage, room._viewport.plotter
    assert stage is not None
    eye = stage.pose.eyes[0]
    x, y = stage.projection.display((eye.centre + np.array([0, 0, eye.radius]))[None])[0]
    ratio = canvas.devicePixelRatioF()
    spot = QPoint(round(x / ratio), round(canvas.height() - y / ratio))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(canvas, left, none, spot)
    assert room.learner.feedback is None
    cheek = spot + QPoint(0, 80)
    QTest.mousePress(canvas, left, none, cheek)
    QTest.mouseMove(canvas, cheek + QPoint(60, 0))
    QTest.mouseMove(canvas, cheek)
    QTest.mouseRelease(canvas, left, none, cheek)
    assert room.learner.feedback is None
    QTest.mouseClick(canvas, left, none, cheek)
    assert room.learner.feedback is not None


def test_nothing_gives_the_answer_away(room: StudyRoom, window: MainWindow) -> None:
    stage = room._viewport.stage
    assert stage is not None
    assert window.explore.left is not None
    assert not window.explore.left.isVisible()
    assert not window.explore.right.isVisible()  # type: ignore[union-attr]
    put(room, "name:ST3")
    point = room.learner.library.points["ST3"]
    assert [marker.label for marker in stage.markers.shown] == [""]
    assert (stage.markers.shown[0].colors, stage.markers.shown[0].shape) == (("#e69f00",), "disc")
    seen = " ".join(
        [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        + [label.toolTip() for label in window.findChildren(QLabel) if label.isVisible()]
    )
    for name in (point.code, point.pinyin, point.hanzi, point.english):
        assert name not in seen
    put(room, "locate:ST3")
    assert stage.markers.shown == ()
    room._viewport.hovered.emit(0)
    assert stage.markers.shown == ()
    assert not any(stage.overlays._tags.values())


def test_a_change_of_what_is_shown_shows_nothing_here(room: StudyRoom, window: MainWindow) -> None:
    put(room, "locate:ST3")
    window.state.toggle_goal("acne")
    window.state.select("ST3")
    assert room._viewport.stage is not None
    assert room._viewport.stage.markers.shown == ()


def test_leaving_gives_the_figure_back(room: StudyRoom, window: MainWindow) -> None:
    stage = room._viewport.stage
    assert stage is not None
    put(room, "locate:ST3")
    window.enter(window.explore)
    assert len(stage.markers.shown) > 20
    assert room.aim._cross is None
    window.enter(room)
    assert stage.markers.shown == ()
    assert room.aim._cross is not None


def test_typing_a_name_by_keys(room: StudyRoom, window: MainWindow) -> None:
    room.deck_page.way.setCurrentIndex(1)
    put(room, "name:ST3")
    line = room.card_page.line
    assert isinstance(line, QLineEdit)
    assert not room.card_page.findChildren(Choice)
    QTest.keyClicks(line, "st3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert room.learner.feedback is not None
    assert room.learner.feedback.outcome.right
    assert title_of(room.learner.library.points["ST3"]).split()[1] in words_of(room)


def test_a_right_choice_is_marked_by_a_sign_and_not_by_colour_alone(
    room: StudyRoom, window: MainWindow
) -> None:
    put(room, "channel:ST3")
    question = room.learner.question
    assert question is not None
    wrong = next(number for number in range(4) if number not in question.right)
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + wrong))
    verdicts = [choice.verdict for choice in room.card_page.choices]
    assert verdicts[wrong] == "wrong"
    assert verdicts[question.right[0]] == "missed"
    assert "right, not chosen" in room.card_page.choices[question.right[0]].accessibleName()


def test_0_gives_up_and_escape_stops_what_can_be_resumed(room: StudyRoom, window: MainWindow) -> None:
    QTest.keyClick(room.deck_page.decks, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_0)
    assert room.learner.feedback is not None
    assert not room.learner.feedback.outcome.right
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert room.pages.currentWidget() is room.deck_page
    assert room.deck_page.resume.isVisible()
    assert "30 left" in room.deck_page.resume.text()
    QTest.keyClick(window, Qt.Key.Key_R)
    assert room.learner.page == "card"


def test_a_stopped_session_is_dropped_only_when_that_is_wanted(room: StudyRoom, window: MainWindow) -> None:
    page, learner = room.deck_page, room.learner
    first, second = (page.decks.item(number).text() for number in (0, 1))
    for number in (0, 1):
        page.decks.setCurrentRow(number)
        page.start()
        learner.give_up()
        learner.stop()
    assert page.resume.isVisibleTo(page)
    assert second in words_of(room)
    (other,) = page.others.menu().actions()
    assert other.text() == f"{first}, 30 left"
    other.trigger()
    assert learner.session is not None
    assert learner.title_of(learner.session.deck) == first
    going_on = learner.session
    learner.stop()
    page.decks.setCurrentRow(0)
    page.start()
    press("Cancel")
    assert learner.page == "decks"
    page.start()
    press("Go on")
    assert learner.session == going_on
    learner.stop()
    page.start()
    press("Start anew")
    assert learner.session is not None
    assert learner.session != going_on
    assert learner.session.deck == going_on.deck


def test_what_was_chosen_is_chosen_again_at_the_next_start(
    room: StudyRoom, window: MainWindow, make_window: MakeWindow
) -> None:
    page = room.deck_page
    room.learner.save_list("Cheeks", ("ST3", "SI18"))
    for deck in ("channel:ST", "own:Cheeks"):
        page.choose(deck)
        page.kinds["locate"].setChecked(False)
        page.amount.setCurrentIndex(0)
        page.way.setCurrentIndex(1)
        again = make_window()
        next(action for action in again.modes.actions_in_order if action.text() == "Study").trigger()
        later = again._entered
        assert isinstance(later, StudyRoom)
        assert later.deck_page.deck is not None
        assert later.deck_page.deck.id == deck
        assert later.deck_page.chosen_kinds == [kind for kind in KINDS if kind != "locate"]
        assert later.deck_page.amount.currentData() == 10
        assert later.learner.typing
        again.close()


def test_what_a_page_has_no_use_for_is_not_shown(room: StudyRoom, window: MainWindow) -> None:
    assert not room._stop.isVisible()
    put(room, "name:ST3")
    assert room._stop.isVisible()
    assert room._stop.text() == "Stop"
    room.learner.stop()
    room.learner.start_exam(Deck("own:x", "own", "x", ("ST3", "LI4")), KINDS, 4, 10)
    assert room._stop.text() == "End the exam"
    room.learner.stop()
    assert not room._stop.isVisible()


def test_an_exam_is_not_ended_by_one_key(room: StudyRoom, window: MainWindow) -> None:
    room.learner.start_exam(Deck("own:x", "own", "x", ("ST3", "LI4")), KINDS, 4, 10)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert any("4 questions are not answered" in words for words in open_messages())
    press("Stay")
    assert room.learner.exam is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    press("End the exam")
    assert room.learner.page == "result"


def test_decks_are_named_whole_in_the_progress(room: StudyRoom, window: MainWindow) -> None:
    room.learner.show_page("progress")
    QTest.qWait(50)
    table = room.progress_page.table
    metrics = table.fontMetrics()
    longest = max(
        (table.topLevelItem(number) for number in range(table.topLevelItemCount())),
        key=lambda item: metrics.horizontalAdvance(item.text(0)),
    )
    room_for = QRect(0, 0, table.columnWidth(0), 1000)
    lines = metrics.boundingRect(room_for, int(Qt.TextFlag.TextWordWrap), longest.text(0)).height()
    assert lines > metrics.height(), "the panel is too narrow for it in one line"
    assert table.visualItemRect(longest).height() >= lines


def test_progress_paints_errors_and_trains_the_weakest(room: StudyRoom, window: MainWindow) -> None:
    for card in ("name:ST3", "name:LI20", "name:GB14"):
        put(room, card)
        room.learner.give_up()
    room.learner.stop()
    QTest.keyClick(window, Qt.Key.Key_P)
    assert room.drawn._heat is not None
    assert room.drawn._heat.painted > 100
    assert "ST3" in words_of(room)
    stage = room._viewport.stage
    assert stage is not None
    assert {marker.label for marker in stage.markers.shown} == {"ST3", "LI20", "GB14"}
    row = next(
        room.progress_page.table.topLevelItem(number)
        for number in range(room.progress_page.table.topLevelItemCount())
        if room.progress_page.table.topLevelItem(number).text(0) == "Fine lines and wrinkles"
    )
    assert int(row.text(2)) == 147 - 3
    assert row.text(3).endswith("%")
    QTest.keyClick(window, Qt.Key.Key_W)
    assert room.learner.page == "card"
    assert room.drawn._heat.painted == 0


def test_an_exam_by_keys(room: StudyRoom, window: MainWindow, qtbot: QtBot) -> None:
    kinds = room.deck_page.kinds
    for kind in ("locate", "goals", "name"):
        kinds[kind].setChecked(False)  # type: ignore[index]
    QTest.keyClick(window, Qt.Key.Key_X)
    (dialog,) = window.findChildren(ExamDialog)
    dialog.count.setValue(4)
    dialog.accept()
    window.activateWindow()
    qtbot.waitActive(window)
    assert room.card_page._clock.isVisible()
    for _ in range(4):
        question = room.learner.question
        assert question is not None
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + question.right[0]))
    assert room.learner.result is not None
    assert room.learner.result.passed
    assert "4 of 4 right" in words_of(room)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.learner.page == "decks"
    QTest.keyClick(window, Qt.Key.Key_P)
    assert "Last exam: 100% right" in words_of(room)


def test_a_deck_is_written_for_anki_while_the_window_lives(
    room: StudyRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "deck.apkg"
    writer = room.write_anki(Deck("own:x", "own", "x", ("ST3", "LI4")), path)
    watcher = Watcher(writer.dialog)
    qtbot.waitUntil(path.exists, timeout=60_000)
    assert QEvent.Type.Show in watcher.seen, "how far it is was shown meanwhile"
    qtbot.waitUntil(lambda: any("cards are in" in box for box in open_messages()))
    close_messages()


class Watcher(QObject):
    """Keeps what happened to a widget, however short it lived."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.seen: set[QEvent.Type] = set()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen.add(event.type())
        return False


def test_writing_can_be_stopped(room: StudyRoom, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    # So many that no machine is through with them before it is stopped.
    writer = room.write_anki(Deck("own:x", "own", "x", tuple(room.learner.library.points)), path)
    qtbot.waitUntil(lambda: writer.dialog.value() >= 1, timeout=60_000)
    writer.dialog.cancel()
    QTest.qWait(50)
    assert not path.exists()


def test_a_list_with_an_unknown_point_is_told_in_place(room: StudyRoom, window: MainWindow) -> None:
    saved = []
    dialog = ListDialog(room.learner.library, lambda *what: saved.append(what), None, window)
    dialog.show()
    dialog.points.setPlainText("ST3, ST99")
    dialog.accept()
    assert "ST99 is not a known point" in dialog.problem.text()
    dialog.points.setPlainText("ST3, hegu")
    dialog.accept()
    assert saved == [("My points", ("ST3", "LI4"))]


def test_opening_another_set_ends_the_card(room: StudyRoom, window: MainWindow) -> None:
    put(room, "name:ST3")
    window._close_file()
    assert room.learner.page == "decks"
    assert room._viewport.stage is not None
    assert room._viewport.stage.markers.shown == ()


def words_of(room: StudyRoom) -> str:
    """All words on the page that is shown."""
    QTest.qWait(20)  # What is put into a layout is shown when the event loop comes to it.
    page = room.pages.currentWidget()
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return " ".join(labels + [button.text() for button in page.findChildren(QPushButton)])


def open_messages() -> list[str]:
    return [box.informativeText() for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]


def press(words: str) -> None:
    """Press a button of the message that is open."""
    boxes = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
    ]
    (box,) = boxes
    next(button for button in box.buttons() if button.text().replace("&", "") == words).click()
    forget_the_deleted()


def close_messages() -> None:
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QMessageBox):
            box.close()


def test_an_enter_too_many_hands_in_no_empty_answer(room: StudyRoom, window: MainWindow) -> None:
    put(room, "goals:ST3")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.learner.feedback is None
    assert "Mark at least one" in words_of(room)
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_1))
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert room.learner.feedback is not None

"""Takes the pictures of docs/study-mode.md: a student at work in the real window on a display.

xvfb-run -a -s "-screen 0 1920x1200x24" python docs/study_pictures.py [FOLDER]
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.cards import card_of
from app.domain.decks import Deck
from app.domain.outcomes import Outcome
from app.domain.progress import open_journal
from app.domain.questions import ask
from app.domain.study import answer_of
from app.ui.application import make_application, make_window
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.study.room import StudyRoom
from app.ui.theme import Theme

FLIGHT_MS = 1500


def past_weeks() -> None:
    """Give the student a past: the cards of one goal answered over three weeks, some points better than others."""
    from app.domain.builtin import load_library
    from app.domain.decks import all_decks

    chance = random.Random(4)
    library = load_library()
    deck = next(deck for deck in all_decks(library) if deck.id == "goal:lines")
    skill = {code: chance.random() for code in deck.codes}
    journal = open_journal()
    for day in (21, 18, 12, 6, 2):
        for number, card in enumerate(deck.cards(library)):
            if chance.random() < 0.6:
                right = chance.random() < 0.25 + 0.75 * skill[card.code]
                at = datetime.now(UTC) - timedelta(days=day, seconds=-5 * number)
                journal.add(answer_of(card, Outcome(float(right), 3 if right else 1, ""), at))


def put(room: StudyRoom, name: str, seed: int = 0) -> None:
    card = card_of(name)
    deck = next(deck for deck in room.learner.decks if deck.id == "goal:lines")
    if room.learner.session is None:
        room.learner.start(deck, room.learner.kinds, 30)
    room.learner._put(ask(room.learner.library, card, seed))
    QTest.qWait(FLIGHT_MS)


def click(room: StudyRoom, up: float, out: float) -> None:
    """Click beside the point that is asked for, so many mm up and out on the screen."""
    stage, sites, question = room._viewport.stage, room._state.sites, room.learner.question
    if stage is None or question is None:
        sys.exit("there is no figure to click")
    row = next(row for row in sites.indices(question.card.code) if sites.sides[row] == question.side)
    place = sites.subset([row]).positions(room._figure, stage.pose.vertices)[0] + np.array([out, up, 0.0])
    x, y = stage.projection.display(place[None])[0]
    canvas = room._viewport.plotter
    spot = QPoint(round(x), round(canvas.height() - y))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def decks(room: StudyRoom, _window: MainWindow) -> None:
    room.deck_page.decks.setCurrentRow(4)


def name_it(room: StudyRoom, _window: MainWindow) -> None:
    put(room, "name:ST3", 3)


def locate(room: StudyRoom, _window: MainWindow) -> None:
    put(room, "locate:ST3", 0)


def located(room: StudyRoom, _window: MainWindow) -> None:
    click(room, -6.2, -5.0)


def goals(room: StudyRoom, window: MainWindow) -> None:
    put(room, "goals:BL2", 1)
    QTest.keyClick(window, Qt.Key.Key_1)
    QTest.keyClick(window, Qt.Key.Key_2)
    QTest.keyClick(window, Qt.Key.Key_Return)


def landmarks_in_the_dark(room: StudyRoom, window: MainWindow) -> None:
    window.theme.set_choice("dark")
    put(room, "landmarks:GB14", 0)
    question = room.learner.question
    assert question is not None
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + question.right[0]))


def progress(room: StudyRoom, window: MainWindow) -> None:
    window.theme.set_choice("light")
    room.learner.stop()
    room.learner.show_page("progress")


def result(room: StudyRoom, window: MainWindow) -> None:
    deck = Deck("goal:lines", "goal", "", ("ST3", "ST4", "GB14", "BL2", "LI20", "ST6"))
    room.learner.start_exam(deck, ("channel", "cautions", "landmarks"), 6, 5)
    for wrong in (False, False, True, False, False, False):
        question = room.learner.question
        assert question is not None
        number = (question.right[0] + wrong) % len(question.choices)
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number))


SCENES: dict[str, Callable[[StudyRoom, MainWindow], None]] = {
    "study-decks": decks,
    "study-name": name_it,
    "study-locate": locate,
    "study-located": located,
    "study-goals": goals,
    "study-landmarks-dark": landmarks_in_the_dark,
    "study-progress": progress,
    "study-exam": result,
}


def main(folder: Path) -> None:
    """Write a picture for each scene."""
    for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = tempfile.mkdtemp(prefix="facepoints-pictures-")
    past_weeks()
    random.seed(1)
    application = make_application()
    window = make_window(Theme("light", parent=application), Settings())
    if window is None:
        sys.exit("there is nothing to take a picture of")
    window.move(QPoint(0, 0))
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    next(action for action in window.modes.actions_in_order if action.text() == "Study").trigger()
    room = window._entered
    if not isinstance(room, StudyRoom):
        sys.exit("Study was not entered")
    for name, arrange in SCENES.items():
        arrange(room, window)
        QTest.qWait(FLIGHT_MS)
        QApplication.processEvents()
        frame = window.geometry()
        picture = QGuiApplication.primaryScreen().grabWindow(
            0, frame.x(), frame.y(), frame.width(), frame.height()
        )
        if not picture.save(str(folder / f"{name}.jpg"), quality=88):
            sys.exit(f"{folder} cannot be written; choose another folder")
        print(folder / f"{name}.jpg")
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pictures")

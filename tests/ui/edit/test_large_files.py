"""Large files in the real window: it stays alive while they are read, and Stop leaves everything as it was."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QDialog, QProgressBar
from pytestqt.qtbot import QtBot

from app.domain.codec import write_document
from app.domain.document import Document
from app.domain.edits.groups import change_title
from app.geometry.exchange.importing import import_file
from app.geometry.exchange.laying import Imported
from app.geometry.figure import Figure
from app.ui.beside import LARGE_BYTES
from tests.ui.conftest import MakeWindow
from tests.ui.edit.hands import Hands

pytestmark = pytest.mark.gl

POINTS = 14_000


@pytest.fixture(scope="module")
def table(figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of points on the head, a little off its skin."""
    corners = figure.neutral.vertices[figure.full.triangles[figure.region("head")][:, 0]]
    skin = np.unique(corners[corners[:, 0] > 2], axis=0)
    places = skin[np.linspace(0, len(skin) - 1, POINTS).astype(int)] + [0.2, 0.0, 0.2]
    path = tmp_path_factory.mktemp("large") / "large.csv"
    rows = (f"Q{n},{x:.3f},{y:.3f},{z:.3f}" for n, (x, y, z) in enumerate(places))
    path.write_text("label,x,y,z\n" + "\n".join(rows))
    assert path.stat().st_size > LARGE_BYTES
    return path


def progress(window: object) -> QDialog:
    found = [bar.window() for bar in window.findChildren(QProgressBar) if bar.isVisible()]  # type: ignore[attr-defined]
    assert len(found) == 1
    assert isinstance(found[0], QDialog)
    return found[0]


def working(hands: Hands) -> bool:
    return any(thread.isRunning() for thread in hands.window.findChildren(QThread))


def beats_while(qtbot: QtBot, over: Callable[[], bool], doing: list[str]) -> list[str]:
    """What was being done, the last of `doing`, each time the window's own timer came until something is over."""
    beats: list[str] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(doing[-1] if doing else ""))
    timer.start(20)
    qtbot.waitUntil(over, timeout=60_000)
    timer.stop()
    return beats


def test_the_window_lives_while_a_large_file_is_imported(hands: Hands, table: Path, qtbot: QtBot) -> None:
    words: list[str] = []
    hands.room.files.import_(table)
    assert progress(hands.window).isModal()
    (worker,) = hands.window.findChildren(QThread)
    worker.stepped.connect(lambda done, _share: words.append(done))  # type: ignore[attr-defined]
    beats = beats_while(qtbot, lambda: not working(hands), words)
    assert len(beats) > 10
    assert beats.count("Laying the points onto the skin") >= 3
    assert list(dict.fromkeys(words))[-2:] == ["Laying the points onto the skin", "Taking the points over"]
    qtbot.waitUntil(lambda: len(hands.session.document.points) == POINTS, timeout=20_000)
    assert hands.session.file.history.words == ("Import large.csv",)
    hands.room.actions.undo.trigger()
    assert hands.session.document.points == ()


def test_stop_leaves_the_set_as_it_was(hands: Hands, table: Path, qtbot: QtBot) -> None:
    hands.session.do(lambda d: change_title(d, "Course"))
    before, drawn = hands.session.document, hands.window.viewport.stage.markers.shown  # type: ignore[union-attr]
    hands.room.files.import_(table)
    dialog = progress(hands.window)
    hands.settle(150)
    dialog.reject()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not working(hands), timeout=20_000)
    hands.settle()
    assert hands.session.document is before
    assert (
        hands.session.file.history.words == ("Rename the set",) or len(hands.session.file.history.words) == 1
    )
    assert hands.window.viewport.stage.markers.shown == drawn  # type: ignore[union-attr]
    hands.tool("place")
    hands.click(hands.face(42, -12))
    assert len(hands.session.document.points) == 1


def test_a_large_set_is_opened_or_not(
    make_window: MakeWindow, table: Path, figure: Figure, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    hands = Hands(window)
    found = import_file(table, hands.session.base, figure)
    assert isinstance(found, Imported)
    path = tmp_path / "large.points.json"
    write_document(path, found.document)
    hands.room.files.open(path)
    progress(window).reject()
    qtbot.waitUntil(lambda: not working(hands), timeout=20_000)
    assert hands.session.file.path is None
    assert hands.session.document == Document(figure=figure.fingerprint)
    hands.room.files.open(path)
    qtbot.waitUntil(lambda: hands.session.file.path == path, timeout=60_000)
    assert len(hands.session.document.points) == POINTS
    hands.finish()
    window.modes.actions_in_order[0].trigger()
    library = window.state.library
    window.open_file(path)
    progress(window).reject()
    qtbot.waitUntil(lambda: not working(hands), timeout=20_000)
    assert window.state.library is library
    hands.finish()

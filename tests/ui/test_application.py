"""Starting and ending the program as a user does, in a process of its own; and without OpenGL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.ui import viewport as viewport_module
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import NO_OPENGL
from tests.ui.conftest import MakeWindow

START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.ui import application

make = application.make_window

def and_end(*arguments):
    window = make(*arguments)
    def look():
        goals = ",".join(window.state.library.goals)
        print("goals", goals, "on", ",".join(window.state.goals_on), "title", window.windowTitle(), flush=True)
        window.close()
        application.QApplication.quit()
    QTimer.singleShot(1500, look)
    return window

application.make_window = and_end
sys.exit(application.run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
"""


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", START, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.gl
def test_the_first_start_shows_points_at_once_and_ends_without_a_word() -> None:
    done = start()
    assert done.returncode == 0, done.stderr
    assert "on lines title Facepoints" in done.stdout
    assert done.stderr == ""


@pytest.mark.gl
def test_a_set_is_opened_from_the_command_line() -> None:
    done = start(str(Path(__file__).parent / "mine.points.json"))
    assert done.returncode == 0, done.stderr
    assert "my_goal" in done.stdout
    assert "mine.points.json" in done.stdout


@pytest.mark.gl
def test_a_bad_set_on_the_command_line_opens_the_window_all_the_same(tmp_path: Path) -> None:
    bad = tmp_path / "bad.points.json"
    bad.write_text("{")
    done = start(str(bad))
    assert done.returncode == 0, done.stderr
    assert "title Facepoints" in done.stdout
    assert done.stderr == ""


def test_what_was_on_last_is_on_again(make_window: MakeWindow, opened: tuple[Library, Sites]) -> None:
    window = make_window(show=False)
    window.state.toggle_goal("acne")
    window.close()
    remembered = Settings().shown
    assert remembered
    assert ViewState(*opened, remembered).goals_on == ("acne",)


def test_without_opengl_a_sentence_stands_where_the_figure_would(
    qtbot: QtBot,
    theme: Theme,
    figure: Figure,
    opened: tuple[Library, Sites],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(viewport_module, "renderer_name", lambda: None)
    window = MainWindow(ViewState(*opened), figure, theme, Settings())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert window.viewport.stage is None
    sentences = [label.text() for label in window.viewport.findChildren(QLabel) if label.isVisible()]
    assert sentences == [NO_OPENGL]
    window.state.set_goal("lines", True)
    window.state.fly_to("LI4")
    for action in window.explore.actions.views.values():
        action.trigger()
    window.theme.set_choice("dark")
    assert window.state.needles.face == 46
    window.close()

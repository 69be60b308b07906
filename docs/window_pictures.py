"""Takes the pictures of the window that the pages show: the real window on a display.

    xvfb-run -a -s "-screen 0 1920x1200x24" python docs/window_pictures.py [FOLDER]
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.application import make_application, make_window
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.theme import Theme

FLIGHT_MS = 1500
"""Long enough for a flight to end and the last frame to be painted in software."""


def first_start(window: MainWindow) -> None:
    window.state.set_labels("hover")


def several_goals(window: MainWindow) -> None:
    window.state.clear()
    window.state.set_goal("lines", True)
    window.state.set_goal("collagen", True)
    window.state.set_labels("all")
    window.state.choose_view("three-quarter-left")
    window.state.select("ST3")


def treatment_in_the_dark(window: MainWindow) -> None:
    window.state.select(None)
    window.state.clear()
    window.state.set_whole_treatment("typical", None)
    window.state.choose_view("front")
    window.theme.set_choice("dark")


def on_the_hand(window: MainWindow) -> None:
    window.theme.set_choice("light")
    window.state.set_labels("hover")
    window.state.set_whole_treatment(None, None)
    window.state.set_goal("blood_flow", True)
    window.state.fly_to("LI4", "left")


def search(window: MainWindow) -> None:
    window.state.select(None)
    window.state.choose_view("front")
    QTest.qWait(FLIGHT_MS)
    box = window.explore.search
    window.activateWindow()
    box.setFocus()
    QTest.keyClicks(box, "liao")


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "window": first_start,
    "window-goals": several_goals,
    "window-treatment-dark": treatment_in_the_dark,
    "window-hand": on_the_hand,
    "window-search": search,
}


def take(scenes: Mapping[str, Callable[[MainWindow], None]], folder: Path) -> None:
    """Write a picture for each scene, one after the other in the same window."""
    # What the user has switched on, and the size of his window, are no part of the pictures; nor do they change.
    for name in ("XDG_CONFIG_HOME", "APPDATA", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        os.environ[name] = tempfile.mkdtemp(prefix="facepoints-pictures-")
    application = make_application()
    window = make_window(Theme("light", parent=application), Settings())
    if window is None:
        sys.exit("there is nothing to take a picture of")
    window.move(QPoint(0, 0))
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    for name, arrange in scenes.items():
        arrange(window)
        QTest.qWait(FLIGHT_MS)
        shoot(window, folder / f"{name}.jpg")
    window.close()


def shoot(window: MainWindow, path: Path) -> None:
    """The window as it is on the screen, with what lies over it."""
    screen = QGuiApplication.primaryScreen()
    frame = window.geometry()
    QApplication.processEvents()
    picture = screen.grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height())
    if not picture.save(str(path), quality=88):
        sys.exit(f"{path} cannot be written; choose another folder")
    print(path)


if __name__ == "__main__":
    take(SCENES, Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pictures")

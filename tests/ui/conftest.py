"""The window and its parts under test; a window that was closed leaves nothing behind."""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pyvistaqt import QtInteractor
from refleak.testing import Snapshot
from vtkmodules.vtkCommonCore import vtkObjectBase

from app.domain.library import Library
from app.domain.shown import Shown
from app.geometry.figure import Figure, load_figure
from app.geometry.sites import Sites
from app.scene.stage import Stage
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.opening import open_library
from app.ui.settings import Settings
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport

HAS_DISPLAY = (
    sys.platform in ("win32", "darwin")
    or bool(os.environ.get("DISPLAY"))
    or bool(os.environ.get("WAYLAND_DISPLAY"))
)

MakeWindow = Callable[..., MainWindow]


def pytest_configure(config: pytest.Config) -> None:
    # pyvistaqt sets the default format for each window anew, and Qt compares it with what the driver gave for the
    # first. The program has one window and never meets this.
    config.addinivalue_line(
        "qt_log_ignore", "^Warning: Setting a new default format with a different version"
    )
    if not HAS_DISPLAY:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt's platform without a screen says this of every window that has a least size.
        config.addinivalue_line("qt_log_ignore", "^This plugin does not support propagateSizeHints")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not HAS_DISPLAY:
        for item in items:
            if item.get_closest_marker("gl"):
                item.add_marker(pytest.mark.skip(reason="needs a display (xvfb-run will do)"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application()


@pytest.fixture(scope="session")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="session")
def opened(figure: Figure) -> tuple[Library, Sites]:
    return open_library(figure)


@pytest.fixture
def library(opened: tuple[Library, Sites]) -> Library:
    return opened[0]


@pytest.fixture
def state(qapp: QApplication, opened: tuple[Library, Sites]) -> ViewState:
    return ViewState(*opened)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    font = qapp.font()
    theme = Theme("light")
    yield theme
    qapp.setFont(font)  # the next theme starts from it
    theme.deleteLater()
    forget_the_deleted()


@pytest.fixture
def make_window(
    qtbot: QtBot, theme: Theme, figure: Figure, opened: tuple[Library, Sites], request: pytest.FixtureRequest
) -> Iterator[MakeWindow]:
    """Makes windows; after the test they are closed, and no QtInteractor and no VTK object of theirs may survive."""
    warm_up(figure)
    before = Snapshot(is_of_the_viewport, freeze=True)
    windows: list[MainWindow] = []

    def make(shown: Shown | None = None, show: bool = True) -> MainWindow:
        window = MainWindow(ViewState(*opened, shown), figure, theme, Settings())
        windows.append(window)
        if show:
            with qtbot.waitExposed(window):
                window.show()
        return window

    yield make
    while windows:
        windows[-1].close()
        windows.pop().deleteLater()
    # pytest keeps the arguments of a test until all its fixtures have ended.
    request.node.funcargs.clear()
    forget_the_deleted()
    if not request.session.testsfailed:
        before.assert_no_new("after the window was closed")


def is_of_the_viewport(thing: Any) -> bool:
    """Whether a thing must go with its window."""
    return isinstance(thing, (vtkObjectBase, QtInteractor, Viewport, Stage))


def forget_the_deleted() -> None:
    """Let Qt delete what it was asked to."""
    for _ in range(2):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def warm_up(figure: Figure) -> None:
    """Make what the process keeps for good, so that it is not taken for something left behind."""
    from app.scene.text import text_mask

    text_mask("LI4  Hégǔ", 12)

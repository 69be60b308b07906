"""Starting the window: first something to see, then what takes time to load."""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# pyvistaqt asks qtpy which binding to use.
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from app.ui.graphics import surface_format
from app.ui.settings import FIRST_SHOWN_GOAL, Settings
from app.ui.splash import make_splash
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

FAILED = 1

logger = logging.getLogger(__name__)


def run(path: Path | None) -> int:
    """Open the window, with a point set over the built-in one if a path is given; return the exit code.

    A set that cannot be opened is told in the window. A missing or damaged figure or library ends with a message.
    """
    # 300,000 objects of the libraries are made while starting and live to the end: looking through them is in vain.
    gc.disable()
    application = make_application()
    settings = Settings()
    theme = Theme(settings.theme, settings.scale, application)
    splash = make_splash(theme)
    splash.show()
    application.processEvents()
    window = make_window(theme, settings)
    if window is not None:
        window.show()
    splash.close()
    if window is None:
        application.exec()
        return FAILED
    gc.freeze()
    gc.enable()
    if path is not None:
        window.open_file(path)
    window.offer_recovery()
    return application.exec()


def make_application() -> QApplication:
    """The one QApplication, with what must be set before it is made."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Without it the viewport's OpenGL would be made anew, and VTK's hold on it lost, if it ever changed windows.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QSurfaceFormat.setDefaultFormat(surface_format())
    QCoreApplication.setApplicationName("Facepoints")
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    return application


def make_window(theme: Theme, settings: Settings) -> "MainWindow | None":
    """The window, not yet shown; None, with a message open, if there is no figure or library to show."""
    from app.ui.quick_start import import_pyvista

    import_pyvista()  # before anything else does
    from app.domain.shown import Shown, with_goal
    from app.geometry.figure import FigureProblem, load_figure
    from app.ui.main_window import MainWindow
    from app.ui.messages import tell_problem
    from app.ui.opening import OpeningProblem, open_library
    from app.ui.state import ViewState

    try:
        figure = load_figure()
        library, sites = open_library(figure)
    except (FigureProblem, OpeningProblem) as problem:
        logger.error("%s", problem)
        tell_problem(None, "Facepoints cannot start", str(problem))
        return None
    shown = settings.shown
    if shown is None and FIRST_SHOWN_GOAL in library.goals:
        shown = with_goal(library, Shown(), FIRST_SHOWN_GOAL, True)
    return MainWindow(ViewState(library, sites, shown), figure, theme, settings)

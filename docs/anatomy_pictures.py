"""Takes the pictures of the anatomy in the window: constructions, layers, an expression, the ruler, the inset.

    xvfb-run -a -s "-screen 0 1920x1200x24" python docs/anatomy_pictures.py [FOLDER]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from window_pictures import FLIGHT_MS, take

from app.domain.shown import Shown
from app.ui.main_window import MainWindow

GLABELLA = Shown(pairs=frozenset({("lines", "glabella")}))


def construction(code: str) -> Callable[[MainWindow], None]:
    """The construction of a point on the person's left."""

    def arrange(window: MainWindow) -> None:
        window.state.fly_to(code, "left")
        QTest.qWait(FLIGHT_MS)  # names come only when all is at rest

    return arrange


def layer(name: str, view: str) -> Callable[[MainWindow], None]:
    """One layer alone."""

    def arrange(window: MainWindow) -> None:
        window.state.select(None)
        window.explore.anatomy.state.set_layers({name})
        window.state.choose_view(view)
        QTest.qWait(FLIGHT_MS)

    return arrange


def frown(window: MainWindow) -> None:
    """The glabella group's muscles and lines at work."""
    window.state.set_shown(GLABELLA)
    window.explore.anatomy.state.set_layers({"muscles", "wrinkles"})
    window.explore.anatomy.actions.expressions.setChecked(True)
    window.explore.anatomy.expressions.sliders["frown"].setValue(100)
    window.state.choose_view("front")


def ruler(window: MainWindow) -> None:
    """Across the forehead, above the brows."""
    anatomy, plotter = window.explore.anatomy, window.viewport.plotter
    anatomy.actions.expressions.setChecked(False)
    anatomy.state.set_expression({})
    anatomy.state.set_layers(())
    window.state.choose_view("front")
    QTest.qWait(FLIGHT_MS)
    anatomy.state.set_ruler(True)
    for across, down in ((0.44, 0.29), (0.56, 0.29)):
        place = QPoint(int(plotter.width() * across), int(plotter.height() * down))
        QTest.mouseClick(plotter, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        QTest.qWait(200)


def inset(window: MainWindow) -> None:
    """The leg in the corner while the face fills the window."""
    window.explore.anatomy.state.set_ruler(False)
    window.explore.anatomy.state.set_layers({"construction"})
    window.state.select("ST36")


SCENES: dict[str, Callable[[MainWindow], None]] = {
    **{f"anatomy-{code.lower()}": construction(code) for code in ("ST4", "GB14", "LI20", "ST8", "GB20", "LI4")},
    "anatomy-channels": layer("channels", "three-quarter-left"),
    "anatomy-zones": layer("zones", "three-quarter-left"),
    "anatomy-muscles": layer("muscles", "three-quarter-left"),
    "anatomy-wrinkles": layer("wrinkles", "front"),
    "anatomy-landmarks": layer("landmarks", "left"),
    "anatomy-thirds": layer("proportions", "front"),
    "anatomy-frown": frown,
    "anatomy-ruler": ruler,
    "anatomy-inset": inset,
}

if __name__ == "__main__":
    take(SCENES, Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pictures")

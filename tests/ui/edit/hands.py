"""Hands on the window: mouse and keys where a place of the figure is seen."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from app.ui.edit.room import EditRoom
from app.ui.edit.session import EditSession
from app.ui.main_window import MainWindow

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Moves the mouse over the figure of a window that is in Edit."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        window.modes.actions_in_order[-1].trigger()
        assert window.edit is not None
        self.room: EditRoom = window.edit
        self.session = self.room.session
        self.figure: Any = window.viewport.plotter
        window.viewport.stage.views.view("front")  # type: ignore[union-attr]
        self.settle()

    def settle(self, milliseconds: int = 60) -> None:
        QTest.qWait(milliseconds)

    def pixel(self, position: Any) -> QPoint:
        """Where a position of the figure is seen, in the plotter."""
        stage = self.window.viewport.stage
        assert stage is not None
        x, y = stage.projection.display(np.array([position], float))[0]
        ratio = self.figure.devicePixelRatioF()
        return QPoint(round(x / ratio), round(self.figure.height() - y / ratio))

    def face(self, x: float, y: float) -> QPoint:
        """The pixel of the face at a distance left of the midline and a height."""
        side = "left" if x > 0 else "right" if x < 0 else "midline"
        stage = self.window.viewport.stage
        assert stage is not None
        hit = stage.sight.surface.ray(np.array([x, y, 400.0]), np.array([0.0, 0.0, -1.0]))
        assert hit is not None, side
        return self.pixel(hit.position)

    def tool(self, name: str) -> None:
        self.room.actions.tools[name].trigger()  # type: ignore[index]

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseMove(self.figure, at)
        QTest.mouseClick(self.figure, LEFT, keys, at)
        self.settle(20)

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, release: bool = True) -> None:
        QTest.mousePress(self.figure, button, NONE, start)
        for step in range(1, 9):
            QTest.mouseMove(self.figure, start + (end - start) * (step / 8))
            self.settle(10)
        if release:
            QTest.mouseRelease(self.figure, button, NONE, end)
        self.settle(20)

    def move(self, end: QPoint, release: bool = False) -> None:
        """Carry what is in the hand on, and let it go."""
        QTest.mouseMove(self.figure, end)
        self.settle(20)
        if release:
            QTest.mouseRelease(self.figure, LEFT, NONE, end)
            self.settle(20)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        # Without a window manager nothing makes the window the active one after a dialog.
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.figure, key, keys)
        self.settle(10)

    def site(self, code: str, side: str = "left") -> QPoint:
        """The pixel of a point's site."""
        sites = self.session.sites
        row = next(row for row in sites.indices(code) if sites.sides[row] == side)
        return self.pixel(self.session.places[row])

    def dialog(self, kind: type[QWidget]) -> Any:
        """The dialog of a kind that is open."""
        self.settle(100)
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    def answer(self, words: str) -> None:
        """Press a button of the message that is open."""
        box = self.dialog(QMessageBox)
        button = next(
            one for one in box.findChildren(QAbstractButton) if one.text().replace("&", "") == words
        )
        QTest.mouseClick(button, LEFT)
        self.settle(100)

    def type_words(self, words: str) -> None:
        """Answer the question for a text."""
        dialog = self.dialog(QInputDialog)
        line = dialog.findChild(QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle(60)

    def choose_file(self, path: str) -> None:
        """Answer a file dialog."""
        dialog = self.dialog(QFileDialog)
        line = dialog.findChild(QLineEdit)
        line.setText(path)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle(150)

    def finish(self) -> None:
        """Give up what is not saved, so that the window closes unasked."""
        self.session.file.close()
        self.session.file.start_new()


def position(session: EditSession, code: str) -> np.ndarray:
    point = session.point(code)
    assert point is not None
    assert point.position is not None
    return np.array(point.position)


def place(hands: Hands, x: float, y: float) -> str:
    hands.tool("place")
    hands.click(hands.face(x, y))
    return hands.session.selected[-1]

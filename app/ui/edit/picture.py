"""The set as a picture: the figure as it is seen now, at any size."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from app.scene.picture import PictureProblem, picture
from app.ui.edit.session import EditSession
from app.ui.messages import tell_problem
from app.ui.viewport import Viewport

SIZES = ("1280 x 800", "1920 x 1200", "2400 x 1500", "3840 x 2400", "800 x 800")


def write_picture(session: EditSession, viewport: Viewport, path: Path) -> None:
    """Ask for a size, then write the picture."""
    dialog = QInputDialog(viewport.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Picture")
    dialog.setLabelText("Width x height in pixels")
    dialog.setComboBoxItems(list(SIZES))
    dialog.setComboBoxEditable(True)
    dialog.textValueSelected.connect(lambda words: _write(session, viewport, path, words))
    dialog.open()


def _write(session: EditSession, viewport: Viewport, path: Path, words: str) -> None:
    numbers = [int(part) for part in words.replace("×", "x").split("x") if part.strip().isdigit()]
    if len(numbers) != 2 or not all(64 <= side <= 8192 for side in numbers):
        session.told.emit(f"{words} is not width x height in pixels, 64 to 8192 each.")
        return
    stage = viewport.stage
    if stage is None:
        return
    try:
        picture(
            path,
            size=(numbers[0], numbers[1]),
            view="front",
            sites=session.sites,
            markers=stage.markers.shown,
            labels=True,
            theme="light",
            camera=stage.views.state,
        )
    except PictureProblem as problem:
        tell_problem(viewport.window(), f"{path.name} was not written", str(problem))
        return
    session.told.emit(f"{path.name} was written.")

"""Writing an Anki package without holding up the window: a picture at a time, and it can be stopped."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.domain.problems import FileProblem
from app.scene.picture import PictureProblem


class Writer(QObject):
    """Takes the steps of a generator, one each time the program has nothing else to do.

    Attributes:
        dialog: how far it is, with a button to stop.
    """

    def __init__(
        self,
        steps: Iterator[tuple[int, int]],
        title: str,
        done: Callable[[], object],
        failed: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._done = done
        self._failed = failed
        self.dialog = QProgressDialog(title, "Stop", 0, 0, parent)
        self.dialog.setWindowTitle("Facepoints")
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.setMinimumDuration(0)
        self.dialog.setAutoReset(False)
        self.dialog.canceled.connect(self.stop)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(0)

    def stop(self) -> None:
        """Write nothing, and let go of everything."""
        self._end()

    def _step(self) -> None:
        try:
            number, count = next(self._steps)
        except StopIteration:
            self._end()
            self._done()
        except (FileProblem, PictureProblem) as problem:
            self._end()
            self._failed(str(problem))
        else:
            self.dialog.setMaximum(count)
            self.dialog.setValue(number)

    def _end(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            # A generator that is closed leaves its `with`, which closes the stage that the pictures were taken on.
            close: Callable[[], None] | None = getattr(self._steps, "close", None)
            if close is not None:
                close()
            self.dialog.deleteLater()
            self.deleteLater()

"""Work that takes long, done beside the window: it stays alive, tells how far it is and has a Stop button."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import FileProblem
from app.domain.steps import Step, Stopped, no_step

LARGE_BYTES = 300_000
"""Files up to this size are read before anybody could press a button."""

Result = TypeVar("Result")


def is_large(path: Path) -> bool:
    """Whether a file is worth a progress bar. One that cannot be looked at is not: reading it tells why."""
    try:
        return path.stat().st_size > LARGE_BYTES
    except OSError:
        return False


def read_beside(
    window: QWidget,
    path: Path,
    work: Callable[[Step], Result],
    then: Callable[[Result], object],
    failed: Callable[[FileProblem], object],
    stopped: Callable[[], object] = lambda: None,
) -> None:
    """Do the work that reads a file, then go on with its result; a large file is read beside the window.

    The work must touch nothing that the window does. While it lasts the window is alive but takes no orders, and Stop
    ends it with nothing done: the result is given up.
    """
    if is_large(path):
        _Beside(window, path, work, then, failed, stopped)
        return
    try:
        result = work(no_step)
    except FileProblem as problem:
        failed(problem)
        return
    then(result)


class _Worker(QThread):
    """Runs the work.

    Signals:
        stepped: what is done now, and the share of all that is done.
    """

    stepped = Signal(str, float)

    def __init__(self, work: Callable[[Step], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.given_up = False
        self.done = False
        self.result: Any = None
        self.error: FileProblem | Stopped | None = None

    def run(self) -> None:
        try:
            self.result = self._work(self._step)
            self.done = True
        except (FileProblem, Stopped) as error:
            self.error = error

    def _step(self, words: str, share: float) -> None:
        if self.given_up:
            raise Stopped
        self.stepped.emit(words, share)


class _Progress(QDialog):
    """What is being done, how far it is, and a Stop button, which rejects the dialog. Esc does too."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Facepoints")
        self.setMinimumWidth(440)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        buttons = QDialogButtonBox()
        buttons.addButton("Stop", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addWidget(buttons)

    def tell(self, words: str, share: float) -> None:
        self._words.setText(words)
        self._bar.setValue(round(share * 1000))


class _Beside(QObject):
    """One piece of work, its progress and its end."""

    def __init__(
        self,
        window: QWidget,
        path: Path,
        work: Callable[[Step], Any],
        then: Callable[[Any], object],
        failed: Callable[[FileProblem], object],
        stopped: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._name = path.name
        self._then, self._failed, self._stopped = then, failed, stopped
        self._dialog = _Progress(window)
        self._dialog.tell(f"{self._name}: reading...", 0.0)
        self._dialog.rejected.connect(self._stop)
        self._dialog.open()
        self._worker = _Worker(work, self)
        self._worker.stepped.connect(self._on_step)
        self._worker.finished.connect(self._on_finished)
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._end)
        self._worker.start()

    def _on_step(self, words: str, share: float) -> None:
        self._dialog.tell(f"{self._name}: {words[:1].lower()}{words[1:]}...", share)

    def _stop(self) -> None:
        """Give the work up; it ends at its next step, and nobody waits for that."""
        self._worker.given_up = True
        self._stopped()

    def _end(self) -> None:
        self._worker.given_up = True
        self._worker.wait()

    def _on_finished(self) -> None:
        worker = self._worker
        if worker.given_up:
            self._close()
            return
        self._dialog.tell(f"{self._name}: showing the points...", 1.0)
        self._dialog.repaint()
        try:
            if isinstance(worker.error, FileProblem):
                self._failed(worker.error)
            elif worker.done:
                self._then(worker.result)
        finally:
            self._close()

    def _close(self) -> None:
        self._dialog.rejected.disconnect(self._stop)
        self._dialog.close()
        self._dialog.deleteLater()
        self.deleteLater()

"""Exporting a handout from the window: a picture at a time, with progress and a way to stop."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.domain.problems import FileProblem
from app.domain.storage import write_bytes
from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.needle_views import NeedleView, UnseenNeedles
from app.ui.client.plan_state import PlanState
from app.ui.handout import Paper, handout_pdf, handout_views
from app.ui.messages import tell_problem


class HandoutExport(QObject):
    """One export; it goes with its window.

    Signals:
        ended: whether the handout is written.
    """

    ended = Signal(bool)

    def __init__(
        self, plan: PlanState, figure: Figure, sites: Sites, path: Path, window: QWidget, paper: Paper = "a4"
    ) -> None:
        super().__init__(window)
        self._window = window
        self._planner, self._plan = plan.planner, plan.plan
        self._path = path
        self._paper: Paper = paper
        self._views: list[NeedleView] = []
        self._coming: Iterator[NeedleView] = handout_views(self._planner, self._plan, figure, sites)
        self._progress = QProgressDialog("Drawing the pictures of the handout", "Stop", 0, 0, window)
        self._progress.setWindowTitle("Export handout")
        self._progress.setWindowModality(Qt.WindowModality.WindowModal)
        self._progress.setMinimumDuration(300)
        self._progress.canceled.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_one)
        self._timer.start()

    def _take_one(self) -> None:
        try:
            view = next(self._coming, None)
        except (UnseenNeedles, RuntimeError) as problem:
            self._end(False, str(problem))
            return
        if view is not None:
            self._views.append(view)
            self._progress.setLabelText(f"Drawing the pictures of the handout: {len(self._views)}")
            return
        try:
            write_bytes(self._path, handout_pdf(self._planner, self._plan, self._views, self._paper))
        except FileProblem as problem:
            self._end(False, str(problem))
        else:
            self._end(True)

    def _stop(self) -> None:
        self._end(False)

    def _end(self, written: bool, problem: str = "") -> None:
        self._timer.stop()
        close = getattr(self._coming, "close", None)
        if close is not None:
            close()
        self._progress.canceled.disconnect(self._stop)
        self._progress.close()
        self._progress.deleteLater()
        if problem:
            tell_problem(self._window, "The handout was not written", problem)
        self.ended.emit(written)
        self.deleteLater()

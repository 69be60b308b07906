"""The last plan, kept by itself: a window that is closed, or a machine that stops, loses no work on a plan."""

import logging
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, QTimer

from app.domain.plan_file import write_plan
from app.domain.problems import FileProblem
from app.ui.client.plan_state import PlanState

PAUSE_MS = 400

logger = logging.getLogger(__name__)


def last_plan_path() -> Path:
    """Where the last plan is kept."""
    return platformdirs.user_data_path("facepoints", appauthor=False) / "last.plan.json"


class LastPlan(QObject):
    """Writes the plan a moment after each change. A folder that cannot be written is logged and forgets, no more."""

    def __init__(self, plan: PlanState, parent: QObject) -> None:
        super().__init__(parent)
        self._plan = plan
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        plan.plan_changed.connect(self._pause.start)

    def keep(self) -> None:
        """Write the plan now, if there is more to it than goals."""
        if self._plan.is_untouched:
            return
        path = last_plan_path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_plan(path, self._plan.plan)
        except (FileProblem, OSError) as problem:
            logger.warning("the last plan is not kept: %s", problem)

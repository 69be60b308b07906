"""What is asked before going on: questions that were not asked, and needles that are still in. Nothing waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.domain.needle_tally import NeedlePlace
from app.ui.client.plan_state import PlanState
from app.ui.client.treatment_panel import TreatmentPanel
from app.ui.words import count

_NAMES = 8
"""Needles that are named; of more the number is told."""


def when_asked(
    plan: PlanState, window: QWidget, go_words: str, go: Callable[[], object], ask: Callable[[], object]
) -> QMessageBox | None:
    """Go on at once if every question was asked; else tell which were not, and let the user `go` on or `ask` them."""
    library = plan.planner.library
    titles = [library.cautions[caution].title for caution in plan.planner.unasked(plan.plan)]
    if not titles:
        go()
        return None
    of = len(plan.planner.screening.questions)
    sentence = f"{len(titles)} of {count(of, 'question has', 'questions have')} not been asked"
    box = _box(window, f"{sentence}.", f"Not asked: {'; '.join(titles)}.")
    on = box.addButton(go_words, QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton("Ask them first", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    on.clicked.connect(go)
    back.clicked.connect(ask)
    box.open()
    return box


class CloseGuard(QObject):
    """Asks before a window is closed while needles are in."""

    def __init__(self, treatment: TreatmentPanel, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._treatment = treatment
        self._window = window
        self._may_close = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        now = self._treatment.count
        if watched is not self._window or event.type() != QEvent.Type.Close or self._may_close:
            return False
        if now is None or not now.still_in:
            return False
        event.ignore()
        self._ask([now.places[number] for number in now.still_in])
        return True

    def _ask(self, places: list[NeedlePlace]) -> None:
        names = ", ".join(f"{place.code} {place.side}" for place in places[:_NAMES])
        more = f" and {len(places) - _NAMES} more" if len(places) > _NAMES else ""
        still = f"{count(len(places), 'needle is', 'needles are')} still in."
        box = _box(self._window, still, f"{names}{more}. The count is lost when the window is closed.")
        close = box.addButton("Close all the same", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        close.clicked.connect(self._close)
        box.open()

    def _close(self) -> None:
        self._may_close = True
        try:
            self._window.close()
        finally:
            self._may_close = False


def _box(window: QWidget, words: str, more: str) -> QMessageBox:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Facepoints")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    box.setInformativeText(more)
    return box

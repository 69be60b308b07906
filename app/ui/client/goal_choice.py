"""Choosing the goals of a plan, or the typical treatment as it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.blocks import Swatch
from app.ui.checks import RowCheckBox
from app.ui.client.plan_state import PlanState
from app.ui.theme import Theme


class GoalChoice(QWidget):
    """A check box for each goal, made anew when the library changes."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self._theme = theme
        self._boxes: dict[str, RowCheckBox] = {}
        self._library: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        plan.plan_changed.connect(self._sync)
        self._sync()

    def box(self, goal: str) -> RowCheckBox:
        """The check box of a goal; "" is the typical treatment."""
        return self._boxes[goal]

    def _sync(self) -> None:
        library = self._plan.planner.library
        if library is not self._library:
            self._library = library
            self._build()
        for goal, box in self._boxes.items():
            box.setChecked(goal in self._plan.plan.goals if goal else bool(self._plan.plan.treatment))

    def _build(self) -> None:
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self._boxes = {}
        for goal in self._plan.planner.library.goals.values():
            box = self._box(goal.title, goal.client)
            box.clicked.connect(lambda on, goal=goal.id: self._plan.set_goal(goal, on))
            self._boxes[goal.id] = box
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 16, 0)
            line.setSpacing(0)
            line.addWidget(box, 1)
            line.addWidget(Swatch(goal, self._theme))
            self._layout.addWidget(row)
        whole = self._box("The typical treatment as it is", "The reference's 40 face and 12 body needles")
        whole.clicked.connect(self._plan.set_treatment)
        self._boxes[""] = whole
        self._layout.addWidget(whole)

    def _box(self, words: str, tip: str) -> RowCheckBox:
        box = RowCheckBox(self._theme)
        box.setText(words)
        box.setToolTip(tip)
        box.setAccessibleName(words)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return box

"""Choosing the goals of a plan, or the typical treatment as it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.goals import Goal
from app.ui.checks import paint_check, row_painter
from app.ui.client.plan_state import PlanState
from app.ui.shapes import paint_shape
from app.ui.theme import Theme


class GoalBox(QCheckBox):
    """A check box with a goal's words and its mark at the right."""

    def __init__(self, theme: Theme, words: str, goal: Goal | None = None) -> None:
        super().__init__(words)
        self._theme = theme
        self._goal = goal
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(180, self._theme.pixels(2.4))

    def hitButton(self, _place: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, row = self._theme, QRectF(self.rect())
        painter = row_painter(self, theme)
        size = theme.pixels(1.1)
        box = QRectF(18, row.center().y() - size / 2, size, size)
        paint_check(painter, box, self.checkState(), theme)
        mark = QRectF(row.right() - 18 - size, box.top(), size, size)
        if self._goal:
            paint_shape(painter, mark, self._goal.marker, self._goal.color, theme.color("outline"))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(bold=self.isChecked()))
        room = QRectF(box.right() + 10, row.top(), mark.left() - box.right() - 16, row.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class GoalChoice(QWidget):
    """A check box for each goal, made anew when the library changes."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self._theme = theme
        self._boxes: dict[str, GoalBox] = {}
        self._library: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        plan.plan_changed.connect(self._sync)
        self._sync()

    def box(self, goal: str) -> GoalBox:
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
            box = GoalBox(self._theme, goal.title, goal)
            box.setToolTip(goal.client)
            box.clicked.connect(lambda on, goal=goal.id: self._plan.set_goal(goal, on))
            self._boxes[goal.id] = box
        whole = GoalBox(self._theme, "The typical treatment as it is")
        whole.setToolTip("The reference's 40 face and 12 body needles")
        whole.clicked.connect(self._plan.set_treatment)
        self._boxes[""] = whole
        for box in self._boxes.values():
            self._layout.addWidget(box)

"""The plan: which goals, which needles in which order; points are dropped, added and moved here."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
)

from app.domain.plan import PlanProblem
from app.domain.search import search
from app.ui.blocks import text
from app.ui.client.goal_choice import GoalChoice
from app.ui.client.needle_model import NeedleModel, NeedleRows
from app.ui.client.plan_state import PlanState
from app.ui.theme import Theme
from app.ui.words import count


class PlanPanel(QFrame):
    """Goals above, needles below."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._plan = plan
        self.goals = GoalChoice(plan, theme)
        self.list = NeedleList(plan, theme)
        self._open = QPushButton("Goals")
        self._open.setProperty("role", "link")
        self._open.setCheckable(True)
        self._open.setToolTip("Choose the goals of the plan")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.goals)
        self._open.toggled.connect(self._scroll.setVisible)
        self._chosen = QLabel()
        self._chosen.setWordWrap(True)
        self._chosen.setProperty("role", "muted")
        self._chosen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.problem = text("", "caution")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Add a point: code or name")
        self.search.setAccessibleName("Add a point")
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 10, 0)
        head.addWidget(self._chosen, 1)
        head.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 3)
        layout.addWidget(self.list, 4)
        layout.addLayout(self._buttons())
        field = QVBoxLayout()
        field.setContentsMargins(14, 2, 14, 10)
        field.addWidget(self.problem)
        field.addWidget(self.search)
        layout.addLayout(field)
        plan.plan_changed.connect(self._on_plan_changed)
        plan.selected_changed.connect(self._on_selected_changed)
        plan.locked_changed.connect(self._on_locked_changed)
        self._open.setChecked(not plan.plan.goals)
        self._scroll.setVisible(self._open.isChecked())
        self._on_plan_changed()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(2)
        self.earlier = _link("Earlier", "One place earlier (Alt+Up)", lambda: self._move(-1))
        self.later = _link("Later", "One place later (Alt+Down)", lambda: self._move(1))
        self.drop = _link(
            "Take out", "Take the selected point out of the plan (Delete)", self.list.drop_selected
        )
        for button in (self.earlier, self.later, self.drop):
            row.addWidget(button)
        row.addStretch()
        return row

    def _move(self, step: int) -> None:
        if self._plan.selected:
            self._plan.move(self._plan.selected, step)

    def _add(self) -> None:
        words = self.search.text().strip()
        if not words:
            return
        found = search(self._plan.planner.library, words)
        name = found[0].code if found else words
        try:
            self._plan.add(name)
        except PlanProblem as problem:
            self.problem.setText(str(problem))
        except KeyError as problem:
            self.problem.setText(f"{problem.args[0]}.")
        else:
            self.search.clear()
            self.problem.setText("")
        self.problem.setVisible(bool(self.problem.text()))

    def _on_plan_changed(self) -> None:
        library, plan = self._plan.planner.library, self._plan.plan
        titles = [library.goals[goal].title for goal in plan.goals]
        if plan.treatment:
            titles.insert(0, library.treatments[plan.treatment].title)
        self._chosen.setText(", ".join(titles) or "Choose one goal or several.")
        self._open.setText(f"Goals ({len(plan.goals)})")
        self.problem.setVisible(False)
        self.problem.setText("")
        names = [
            f"{point.code}  {point.english or point.pinyin}" for point in self._plan.planner.suggestions(plan)
        ]
        completer = QCompleter(names, self.search)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._on_completed)
        self.search.setCompleter(completer)
        room = len(names)
        tip = (
            f"{count(room, 'more point')} of these goals could be added"
            if room
            else "Any point of the library"
        )
        self.search.setToolTip(tip)
        self._on_selected_changed()

    def _on_completed(self, words: str) -> None:
        self.search.setText(words.split("  ")[0])
        self._add()

    def _on_locked_changed(self) -> None:
        for widget in (self.goals, self.search):
            widget.setEnabled(not self._plan.is_locked)
        self._on_selected_changed()

    def _on_selected_changed(self) -> None:
        for button in (self.earlier, self.later, self.drop):
            button.setEnabled(self._plan.selected is not None and not self._plan.is_locked)


class NeedleList(QListView):
    """The needles; Delete takes one out, Alt with an arrow moves it."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self.setModel(NeedleModel(plan))
        self.setItemDelegate(NeedleRows(plan, theme, self))
        self.setMouseTracking(True)
        self.setResizeMode(
            QListView.ResizeMode.Adjust
        )  # Rows are as high as their words in the width there is.
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Needles in the order of treatment")
        self.selectionModel().selectionChanged.connect(self._on_selection)
        plan.selected_changed.connect(self._show_selected)
        plan.plan_changed.connect(self._show_selected)
        theme.theme_changed.connect(self.doItemsLayout)

    def drop_selected(self) -> None:
        code = self._plan.selected
        if code is None:
            return
        codes = self._plan.prepared.codes
        row = codes.index(code)
        self._plan.drop(code)
        left = self._plan.prepared.codes
        self._plan.select(left[min(row, len(left) - 1)] if left else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        code = self._plan.selected
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.drop_selected()
        elif code and event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._plan.move(code, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_selection(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = selected.indexes()
        if rows:
            self._plan.select(self._plan.prepared.codes[rows[0].row()])

    def _show_selected(self) -> None:
        codes = self._plan.prepared.codes
        code = self._plan.selected
        selection = self.selectionModel()
        if code in codes:
            index = self.model().index(codes.index(code), 0)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        else:
            selection.clear()


def _link(words: str, tip: str, slot: object) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setToolTip(tip)
    button.clicked.connect(slot)
    return button

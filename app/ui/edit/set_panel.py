"""The left panel: the set's title, its points, its goals and groups, and what can be added."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.document import Document
from app.domain.edits import groups
from app.domain.edits.edit import Edit
from app.domain.edits.groups import change_title
from app.domain.edits.looks import free_look
from app.domain.goals import Group
from app.domain.points import Point
from app.ui.blocks import text
from app.ui.edit.form import LineField
from app.ui.edit.group_tree import GroupTree
from app.ui.edit.point_finder import PointFinder
from app.ui.edit.point_rows import PointRows
from app.ui.edit.session import EditSession
from app.ui.theme import Theme


class SetPanel(QFrame):
    """Points above, goals and groups below."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self.title = LineField(
            lambda words: session.make(lambda d: change_title(d, words)), "Title of the set"
        )
        self.title.setPlaceholderText("Title of the set")
        self.finder = PointFinder(lambda: session.base, self._on_found, "Show a built-in point: code or name")
        self.rows = PointRows(session, theme)
        self.tree = GroupTree(session, theme)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(_part("POINTS OF THIS SET", self.rows, self.finder, self.finder.refusal))
        split.addWidget(_part("GOALS AND GROUPS", self.tree, self._buttons()))
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.title.refusal)
        layout.addWidget(split, 1)
        session.file.changed.connect(self._refresh)
        self._refresh()

    def new_group(self) -> None:
        """Ask for a title and make a group of the points that are selected for it."""
        codes = self._for_new_group()
        words = "What are the points of this group for?"
        if codes:
            words += (
                f"\nIt begins with {codes[0] if len(codes) == 1 else f'the {len(codes)} selected points'}."
            )
        self._ask("New group", words, lambda title: self.add_group(title, codes))

    def new_goal(self) -> None:
        """Ask for a title and make a goal, of the group that is selected if it is one of the set."""
        group = self._for_new_goal()
        words = "What does the client ask for?"
        if group is not None:
            words += f"\nIt begins with the group {group.title}."
        self._ask("New goal", words, self.add_goal)

    def _for_new_goal(self) -> Group | None:
        """The selected group, which the question names."""
        own = self._session.document.groups
        return next((group for group in own if group.id == self._session.group), None)

    def _for_new_group(self) -> tuple[str, ...]:
        """The selected points; a single one that has its group already was placed or looked at, not chosen for this."""
        selected = self._session.selected
        grouped = {
            item.code
            for group in self._session.document.groups
            for item in group.points + group.advanced_points
        }
        return () if len(selected) == 1 and selected[0] in grouped else selected

    def add_group(self, title: str, codes: Sequence[str] = ()) -> None:
        """A group of these points, in the selected goal or that of the selected group; new points go into it."""
        session = self._session
        known = {group.id for group in session.document.groups}
        goals = [goal.id for goal in session.document.goals if session.group and session.group in goal.groups]
        into = session.goal or next(iter(goals), "")

        def edit(document: Document) -> Edit:
            made = groups.add_group(document, session.base, title, codes)
            if not any(goal.id == into for goal in document.goals):
                return made
            name = next(group.id for group in made.document.groups if group.id not in known)
            return Edit(groups.fill_goal(made.document, session.base, into, name).document, made.words)

        if session.do(edit):
            name = next(group.id for group in session.document.groups if group.id not in known)
            session.select_group(name)

    def add_goal(self, title: str) -> None:
        """A goal of the selected group, with a colour and a shape of its own among all goals that are known."""
        session, group = self._session, self._for_new_goal()
        color, marker = free_look(session.file.library.goals.values())
        known = {goal.id for goal in session.document.goals}
        own = [group.id] if group is not None else []
        if session.do(lambda d: groups.add_goal(d, session.base, title, color, marker, own)):
            name = next(goal.id for goal in session.document.goals if goal.id not in known)
            session.select_group("", name)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for words, slot in (("New group", self.new_group), ("New goal", self.new_goal)):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            row.addWidget(button)
        row.addStretch()
        return holder

    def _ask(self, title: str, words: str, then: Callable[[str], None]) -> None:
        dialog = QInputDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(words)
        dialog.textValueSelected.connect(lambda name: then(name.strip()) if name.strip() else None)
        dialog.open()

    def _on_found(self, point: Point) -> None:
        self._session.select([point.code])
        # The next key is meant for the point.
        self.finder.clearFocus()

    def _refresh(self) -> None:
        self.title.show_text(self._session.document.title)


def _part(words: str, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 4, 0, 4)
    layout.setSpacing(6)
    layout.addWidget(text(words, "heading", selectable=False))
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == 0 else 0)
    return holder

"""The skin goals and their groups as a tree of two levels for Qt, read from the view state."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.goals import Goal, Group
from app.domain.shown import (
    NeedleCounts,
    Shown,
    count_needles,
    goal_is_on,
    shown_points,
    with_goal,
    with_group,
)
from app.ui.state import ViewState
from app.ui.words import FURTHER_GROUPS, evidence_words, headline, needle_words

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    NODE = Qt.ItemDataRole.UserRole
    NEEDLES = Qt.ItemDataRole.UserRole + 1


@dataclass(eq=False)
class Node:
    """A row: a goal, a group of it, or (`goal` is None) the heading of groups without a goal and one of them."""

    goal: Goal | None = None
    group: Group | None = None
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    @property
    def title(self) -> str:
        if self.group:
            return self.group.title
        return self.goal.title if self.goal else "Further groups"

    @property
    def evidence(self) -> str | None:
        source = self.group or self.goal
        return source.evidence if source else None


class GoalModel(QAbstractItemModel):
    """Rows read the state when they are painted; a change of what is shown only asks for painting."""

    def __init__(self, state: ViewState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._roots: list[Node] = []
        self._counts: dict[Node, NeedleCounts] = {}
        self._read()
        state.library_changed.connect(self._on_library_changed)
        state.shown_changed.connect(self._on_shown_changed)

    def node(self, index: Index) -> Node:
        return index.internalPointer()

    def toggle(self, index: Index) -> None:
        """Switch the row on, or off if all of it is on."""
        on = self.data(index, Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        self._switch(self.node(index), on)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self.node(parent).children if parent.isValid() else self._roots
        return (
            self.createIndex(row, column, rows[row])
            if 0 <= row < len(rows) and column == 0
            else QModelIndex()
        )

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008
        above = self.node(index).parent if index.isValid() else None
        return self.createIndex(self._roots.index(above), 0, above) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).children) if parent.isValid() else len(self._roots)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(node)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return needle_words(self._counts[node])
        if role == Role.NODE:
            return node
        if role == Role.NEEDLES:
            return self._counts[node].total
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._switch(self.node(index), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _switch(self, node: Node, on: bool) -> None:
        goal = node.goal.id if node.goal else None
        if node.group:
            self._state.set_group(goal, node.group.id, on)
        elif goal:
            self._state.set_goal(goal, on)
        else:
            shown = self._state.shown
            for child in node.children:
                assert child.group
                shown = with_group(self._state.library, shown, None, child.group.id, on)
            self._state.set_shown(shown)

    def _check_state(self, node: Node) -> Qt.CheckState:
        shown = self._state.shown
        on: bool | None
        if node.group:
            on = (node.goal.id, node.group.id) in shown.pairs if node.goal else node.group.id in shown.groups
        elif node.goal:
            on = goal_is_on(self._state.library, shown, node.goal.id)
        else:
            states = {self._check_state(child) for child in node.children}
            return states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked
        if on is None:
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def _tool_tip(self, node: Node) -> str:
        lines = [f"<b>{node.title}</b>: {needle_words(self._counts[node])}"]
        if not node.group:
            lines.append(node.goal.client if node.goal else FURTHER_GROUPS)
        if node.group:
            lines += [headline(text) for text in (node.group.technique, node.group.note) if text]
        if node.evidence:
            lines.append(evidence_words(self._state.library, node.evidence))
        return "".join(f"<p style='margin:0 0 4px 0'>{line}</p>" for line in lines if line)

    def _read(self) -> None:
        library = self._state.library
        self._roots = []
        for goal in library.goals.values():
            root = Node(goal)
            root.children = [Node(goal, library.groups[group], root) for group in goal.groups]
            self._roots.append(root)
        loose = [group for group in library.groups.values() if not library.goals_by_group.get(group.id)]
        if loose:
            root = Node()
            root.children = [Node(None, group, root) for group in loose]
            self._roots.append(root)
        self._count()

    def _count(self) -> None:
        self._counted_advanced = self._state.shown.advanced
        self._counts = {}
        for root in self._roots:
            for node in (root, *root.children):
                self._counts[node] = self._needles(node)

    def _needles(self, node: Node) -> NeedleCounts:
        library, shown = self._state.library, Shown(advanced=self._state.shown.advanced)
        if node.group:
            shown = with_group(library, shown, node.goal.id if node.goal else None, node.group.id, True)
        elif node.goal:
            shown = with_goal(library, shown, node.goal.id, True)
        else:
            for child in node.children:
                assert child.group
                shown = with_group(library, shown, None, child.group.id, True)
        return count_needles(shown_points(library, shown))

    def _on_library_changed(self) -> None:
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def _on_shown_changed(self) -> None:
        if self._counted_advanced != self._state.shown.advanced:
            self._count()
        for row, root in enumerate(self._roots):
            index = self.createIndex(row, 0, root)
            self.dataChanged.emit(index, index)
            if root.children:
                self.dataChanged.emit(self.index(0, 0, index), self.index(len(root.children) - 1, 0, index))

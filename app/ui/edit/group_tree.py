"""Goals, their groups and the points in them, as a tree: filled and ordered by dragging."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QDropEvent, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidget, QTreeWidgetItem

from app.domain.edits import extending, groups, points
from app.domain.goals import Goal, Group
from app.ui.edit.point_rows import codes_mime, dragged_codes, is_pale, state_words
from app.ui.edit.rows_style import RowsStyle
from app.ui.edit.session import EditSession
from app.ui.shapes import paint_shape
from app.ui.theme import Theme

GROUP = "application/x-facepoints-group"
_KIND, _NAME = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
NO_GOAL = "Groups in no goal"


class GroupTree(QTreeWidget):
    """Rows of three kinds: "goal", "group", "point"."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._filling = False
        self._shut: set[str] = set()
        self._seen: list[tuple[str, str]] = []
        self.setHeaderHidden(True)
        self.setAccessibleName("Goals and groups of this set")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setIconSize(QSize(16, 16))
        RowsStyle(self, theme)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemSelectionChanged.connect(self._on_selected)
        self.itemCollapsed.connect(lambda item: self._shut.add(_key(item)))
        self.itemExpanded.connect(lambda item: self._shut.discard(_key(item)))
        session.file.changed.connect(self.refresh)
        session.selection_changed.connect(self._show_selection)
        theme.theme_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the set's goals and groups as they are now."""
        self._filling = True
        document, base = self._session.document, self._session.base
        scrolled = self.verticalScrollBar().value()
        self.clear()
        own = {group.id: group for group in document.groups}
        used: set[str] = set()
        for goal in document.goals:
            item = self._item(None, "goal", goal.id, goal.title, self._icon(goal))
            for name in goal.groups:
                group = own.get(name) or base.groups.get(name)
                if group is not None:
                    used.add(name)
                    self._add_group(item, group, name in own)
        loose = [group for group in document.groups if group.id not in used]
        if loose:
            item = self._item(None, "none", "", NO_GOAL)
            for group in loose:
                self._add_group(item, group, True)
        for item in self._all_items():
            item.setExpanded(_key(item) not in self._shut)
        self._filling = False
        # A list that is filled anew stands at its top; the eye has it where it was.
        self.verticalScrollBar().setValue(scrolled)
        self._mark_selection()

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """An arrow where there is something to fold: a style sheet takes the style's own away."""
        if not self.model().hasChildren(index):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("muted"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = QPointF(rect.right() - self.indentation() / 2, rect.center().y() + 0.5)
        open_ = [QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)]
        shut = [QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)]
        painter.drawPolyline([middle + part for part in (open_ if self.isExpanded(index) else shut)])
        painter.restore()

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        group = next((item for item in items if item.data(0, _KIND) == "group"), None)
        if group is None:
            return codes_mime([item.data(0, _NAME) for item in items if item.data(0, _KIND) == "point"])
        data = QMimeData()
        data.setData(GROUP, str(group.data(0, _NAME)).encode())
        return data

    def mimeTypes(self) -> list[str]:
        return [*codes_mime(()).formats(), GROUP]

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.itemAt(event.position().toPoint())
        codes = dragged_codes(event.mimeData())
        name = (
            bytes(event.mimeData().data(GROUP).data()).decode() if event.mimeData().hasFormat(GROUP) else ""
        )
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if target is None:
            return
        if codes:
            self.drop_codes(target, codes)
        elif name:
            self.drop_group(target, name)

    def drop_codes(self, target: QTreeWidgetItem, codes: list[str]) -> None:
        """Put points into the group that a row stands for, before the point where it is one."""
        session, at = self._session, None
        if target.data(0, _KIND) == "point":
            at = target.parent().indexOfChild(target)
            target = target.parent() or target
        if target.data(0, _KIND) != "group":
            session.refused.emit("Points go into groups; drop them on one.")
            return
        group = target.data(0, _NAME)
        session.do(lambda d: groups.fill_group(d, session.base, group, codes, at))

    def drop_group(self, target: QTreeWidgetItem, name: str) -> None:
        """Put a group into the goal that a row stands for, or before the group where it is one."""
        session, at, before = self._session, None, ""
        while target.data(0, _KIND) not in ("goal", "none"):
            if target.data(0, _KIND) == "group":
                at, before = target.parent().indexOfChild(target), target.data(0, _NAME)
            target = target.parent() or target
        if target.data(0, _KIND) == "goal":
            goal = target.data(0, _NAME)
            session.do(lambda d: groups.fill_goal(d, session.base, goal, name, at))
        elif before:
            own = [group.id for group in session.document.groups]
            session.do(lambda d: groups.move_group(d, name, own.index(before)))

    def _add_group(self, parent: QTreeWidgetItem, group: Group, own: bool) -> None:
        words = f"{group.title}   ({len(group.points) + len(group.advanced_points)})"
        item = self._item(parent, "group", group.id, words if own else f"{words}, built in")
        for member in group.points + group.advanced_points:
            point = self._session.point(member.code)
            words = member.code + (state_words(point) if point is not None else "")
            row = self._item(item, "point", member.code, words)
            row.setToolTip(0, member.reason)
            if point is not None and is_pale(point):
                row.setForeground(0, self._theme.color("muted"))

    def _item(
        self, parent: QTreeWidgetItem | None, kind: str, name: str, words: str, icon: QIcon | None = None
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, _KIND, kind)
        item.setData(0, _NAME, name)
        if icon is not None:
            item.setIcon(0, icon)
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _icon(self, goal: Goal) -> QIcon:
        pixmap = QPixmap(32, 32)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_shape(painter, QRectF(0, 0, 32, 32), goal.marker, goal.color, self._theme.color("outline"))
        painter.end()
        return QIcon(pixmap)

    def _all_items(self) -> list[QTreeWidgetItem]:
        found, stack = [], [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        while stack:
            item = stack.pop()
            if item is not None:
                found.append(item)
                stack += [item.child(row) for row in range(item.childCount())]
        return found

    def _on_selected(self) -> None:
        if self._filling:
            return
        items = self.selectedItems()
        codes = [item.data(0, _NAME) for item in items if item.data(0, _KIND) == "point"]
        if codes:
            self._session.select(codes)
        elif items:
            kind, name = items[0].data(0, _KIND), items[0].data(0, _NAME)
            self._session.select_group(name if kind == "group" else "", name if kind == "goal" else "")

    def _show_selection(self) -> None:
        # Rows that are being chosen in the tree itself stay as they are.
        if not self.hasFocus():
            self._mark_selection()

    def _mark_selection(self) -> None:
        self._filling = True
        session = self._session
        wanted = [("group", session.group), ("goal", session.goal)]
        self.clearSelection()
        for item in self._all_items():
            if item.data(0, _NAME) and (item.data(0, _KIND), item.data(0, _NAME)) in wanted:
                item.setSelected(True)
                if wanted != self._seen:
                    self.scrollToItem(item)
        self._seen = wanted
        self._filling = False

    def _show_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None or item.data(0, _KIND) == "none":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        {"goal": self._goal_menu, "group": self._group_menu, "point": self._point_menu}[item.data(0, _KIND)](
            menu, item
        )
        menu.popup(self.viewport().mapToGlobal(at))

    def _goal_menu(self, menu: QMenu, item: QTreeWidgetItem) -> None:
        session, name = self._session, item.data(0, _NAME)
        delete = menu.addAction(
            "Delete the goal", lambda: session.do(lambda d: groups.delete_goal(d, session.base, name))
        )
        reset = menu.addAction(
            "Reset to the built-in goal",
            lambda: session.do(lambda d: extending.reset(d, session.base, "goals", name)),
        )
        _enable(delete, reset, name in session.base.goals, True)

    def _group_menu(self, menu: QMenu, item: QTreeWidgetItem) -> None:
        session, base, name = self._session, self._session.base, item.data(0, _NAME)
        codes = [item.child(row).data(0, _NAME) for row in range(item.childCount())]
        menu.addAction("Select its points", lambda: session.select(codes))
        menu.addAction("Place its points in order", lambda: session.start_template(codes))
        menu.addSeparator()
        menu.addAction(
            "Mirror left to right", lambda: session.do(lambda d: points.relink_sides(d, base, codes))
        )
        menu.addAction(
            "Mirror right to left", lambda: session.do(lambda d: points.relink_sides(d, base, codes, "right"))
        )
        menu.addSeparator()
        goal = item.parent()
        if goal is not None and goal.data(0, _KIND) == "goal":
            owner = goal.data(0, _NAME)
            menu.addAction(
                "Take out of the goal", lambda: session.do(lambda d: groups.empty_goal(d, base, owner, name))
            )
        delete = menu.addAction(
            "Delete the group", lambda: session.do(lambda d: groups.delete_group(d, base, name))
        )
        reset = menu.addAction(
            "Reset to the built-in group",
            lambda: session.do(lambda d: extending.reset(d, base, "groups", name)),
        )
        _enable(
            delete, reset, name in base.groups, any(group.id == name for group in session.document.groups)
        )

    def _point_menu(self, menu: QMenu, item: QTreeWidgetItem) -> None:
        session = self._session
        code, group = item.data(0, _NAME), item.parent().data(0, _NAME)
        menu.addAction(
            "Take out of the group",
            lambda: session.do(lambda d: groups.empty_group(d, session.base, group, [code])),
        )


def _enable(delete: QAction, reset: QAction, built_in: bool, own: bool) -> None:
    """What is built in can be reset where the set has its own version of it; what is not can be deleted."""
    delete.setEnabled(own and not built_in)
    reset.setEnabled(own and built_in)


def is_point(item: QTreeWidgetItem) -> bool:
    """Whether a row stands for a point."""
    return bool(item.data(0, _KIND) == "point")


def _key(item: QTreeWidgetItem) -> str:
    return f"{item.data(0, _KIND)}:{item.data(0, _NAME)}"

"""The set's points as a list: selected here as on the figure, ordered by dragging, dragged into groups."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu

from app.domain.document import Document
from app.domain.edits import points
from app.domain.edits.edit import Edit
from app.domain.points import Point
from app.ui.edit.rows_style import RowsStyle
from app.ui.edit.session import EditSession
from app.ui.theme import Theme

CODES = "application/x-facepoints-codes"
_CODE = Qt.ItemDataRole.UserRole


def codes_mime(codes: Sequence[str]) -> QMimeData:
    """Codes as what is dragged."""
    data = QMimeData()
    data.setData(CODES, "\n".join(codes).encode())
    data.setText(", ".join(codes))
    return data


def dragged_codes(data: QMimeData) -> list[str]:
    """The codes that are dragged, none for something else."""
    if not data.hasFormat(CODES):
        return []
    return [code for code in bytes(data.data(CODES).data()).decode().split("\n") if code]


class PointRows(QListWidget):
    """A row for each point of the set, in the set's order."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._filling = False
        self.setAccessibleName("Points of this set")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformItemSizes(True)
        RowsStyle(self, theme)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemSelectionChanged.connect(self._on_selected)
        session.file.changed.connect(self.refresh)
        session.selection_changed.connect(self._show_selection)
        theme.theme_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the set's points as they are now."""
        self._filling = True
        own = self._session.document.points
        while self.count() > len(own):
            self.takeItem(self.count() - 1)
        while self.count() < len(own):
            self.addItem(QListWidgetItem())
        for row, point in enumerate(own):
            item = self.item(row)
            item.setText(_row(point))
            item.setData(_CODE, point.code)
            color = "muted" if is_pale(point) else "text"
            item.setForeground(QColor(getattr(self._theme.colors, color)))
            item.setToolTip(point.location or point.english)
        self._filling = False
        self._show_selection()

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        return codes_mime([item.data(_CODE) for item in items])

    def mimeTypes(self) -> list[str]:
        return [CODES]

    def dropEvent(self, event: QDropEvent) -> None:
        codes = dragged_codes(event.mimeData())
        at = self.indexAt(event.position().toPoint()).row()
        own = [point.code for point in self._session.document.points]
        at = len(own) if at < 0 else at
        event.acceptProposedAction()
        # The list is drawn anew from the document; Qt must not take the dragged rows out by itself.
        event.setDropAction(Qt.DropAction.CopyAction)
        moved = [code for code in codes if code in own]
        if moved:
            at -= sum(own.index(code) < at for code in moved)
            self._session.do(lambda d: _moved(d, moved, at))

    def _on_selected(self) -> None:
        if not self._filling:
            self._session.select([item.data(_CODE) for item in self.selectedItems()])

    def _show_selection(self) -> None:
        self._filling = True
        selected = set(self._session.selected)
        for row in range(self.count()):
            self.item(row).setSelected(self.item(row).data(_CODE) in selected)
        current = self._session.selected[-1] if self._session.selected else None
        for row in range(self.count()):
            if self.item(row).data(_CODE) == current:
                self.scrollToItem(self.item(row))
        self._filling = False

    def _show_menu(self, at: QPoint) -> None:
        session, base = self._session, self._session.base
        codes = session.selected
        if not codes:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, edit, on, field in (
            ("Lock", points.lock_points, True, "locked"),
            ("Unlock", points.lock_points, False, "locked"),
            ("Hide", points.hide_points, True, "hidden"),
            ("Show", points.hide_points, False, "hidden"),
        ):
            action = menu.addAction(words, partial(self._switch, edit, codes, on))
            action.setEnabled(any(getattr(session.point(code), field) != on for code in codes))
        menu.addSeparator()
        menu.addAction("Duplicate", lambda: session.do(lambda d: points.duplicate_points(d, base, codes)))
        menu.addAction("Place in order", lambda: session.start_template(codes))
        menu.addAction("Delete", lambda: session.do(lambda d: points.delete_points(d, base, codes)))
        menu.popup(self.viewport().mapToGlobal(at))

    def _switch(self, edit: Callable[..., Edit], codes: Sequence[str], on: bool) -> None:
        session = self._session
        session.do(lambda d: edit(d, session.base, codes, on))


def _moved(document: Document, codes: Sequence[str], at: int) -> Edit:
    edit = Edit(document, "")
    for number, code in enumerate(codes):
        edit = points.move_in_list(edit.document, code, at + number)
    return edit


def is_pale(point: Point) -> bool:
    """Whether a row of a point is written in grey: it is not seen on the figure."""
    return point.position is None or point.hidden


def state_words(point: Point) -> str:
    """What is so of a point that its name does not tell, for the end of its row: "   (locked)", or nothing."""
    marks = [word for word, on in (("locked", point.locked), ("hidden", point.hidden)) if on]
    if point.position is None:
        marks.append("missing" if point.status == "missing" else "not placed")
    elif point.position_right is not None:
        marks.append("sides differ")
    return f"   ({', '.join(marks)})" if marks else ""


def _row(point: Point) -> str:
    return "  ".join(part for part in (point.code, point.pinyin or point.english) if part) + state_words(
        point
    )

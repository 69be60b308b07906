"""The selected group or goal, to be read and changed."""

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.edits import groups
from app.domain.edits.edit import EditProblem, find_goal, find_group
from app.domain.goals import Goal, Group, Marker
from app.domain.record import EVIDENCE_ORDER
from app.ui.blocks import text
from app.ui.edit.form import ChoiceField, LineField, TextField, add_row, form
from app.ui.edit.session import EditSession
from app.ui.theme import Theme
from app.ui.words import EVIDENCE_NAMES

_EVIDENCE = [("", "Not stated"), *((level, f"{level}: {EVIDENCE_NAMES[level]}") for level in EVIDENCE_ORDER)]
_GROUP = (("title", "Title", 0), ("area", "Area", 0), ("technique", "Technique", 2), ("note", "Note", 2))
_GOAL = (
    ("title", "Title", 0),
    ("client", "What to tell the client", 4),
    ("evidence_text", "What was studied", 3),
)


class GroupForm(QScrollArea):
    """Fields of a group, or of a goal."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._shown: tuple[str, str, str] | None = None
        self._fields: dict[str, LineField | TextField] = {}
        self._reasons: dict[str, LineField] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The selected group or goal")
        session.selection_changed.connect(self.refresh)
        session.file.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the group or goal as it is now; the form itself is made anew only for another one."""
        record = self._record()
        key = None
        if record is not None:
            codes = record.points if isinstance(record, Group) else ()
            key = (type(record).__name__, record.id, " ".join(item.code for item in codes))
        if record is None or key != self._shown or self.widget() is None:
            self._shown = key
            self._build(record)
        if record is None:
            return
        for name, field in self._fields.items():
            field.show_text(getattr(record, name))
        self._evidence.show_value(record.evidence or "")
        if isinstance(record, Goal):
            self._marker.show_value(record.marker)
            self._color.setText(record.color)
            pixmap = QPixmap(28, 28)
            pixmap.fill(QColor(record.color))
            self._color.setIcon(QIcon(pixmap))
        else:
            for item in record.points + record.advanced_points:
                if item.code in self._reasons:
                    self._reasons[item.code].show_text(item.reason)

    def _record(self) -> Group | Goal | None:
        session = self._session
        try:
            if session.goal:
                return find_goal(session.document, session.base, session.goal)
            return find_group(session.document, session.base, session.group) if session.group else None
        except EditProblem:
            return None

    def _build(self, record: Group | Goal | None) -> None:
        self._fields, self._reasons = {}, {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 18)
        column.setSpacing(10)
        if record is None:
            hint = "Select a group or a goal on the left. New points go into the group that is selected."
            column.addWidget(text(hint, "muted", selectable=False))
        else:
            is_goal = isinstance(record, Goal)
            title = QLabel("Goal" if is_goal else "Group")
            title.setProperty("role", "title")
            column.addWidget(title)
            fields = form()
            column.addLayout(fields)
            for name, words, lines in _GOAL if is_goal else _GROUP:
                self._add(fields, name, words, lines)
            if is_goal:
                self._add_look(fields)
            self._evidence = ChoiceField(self._theme, self._write_evidence, "Evidence", _EVIDENCE)
            add_row(fields, "Evidence", self._evidence)
            if isinstance(record, Group):
                for item in record.points + record.advanced_points:
                    self._reasons[item.code] = LineField(self._write_reason(item.code), f"Why {item.code}")
                    add_row(fields, f"Why {item.code}", self._reasons[item.code])
        column.addStretch()
        self.setWidget(page)

    def _add(self, fields: QFormLayout, name: str, words: str, lines: int) -> None:
        write = self._write(name)
        field = TextField(write, words, lines) if lines else LineField(write, words)
        self._fields[name] = field
        add_row(fields, words, field)

    def _add_look(self, fields: QFormLayout) -> None:
        self._color = QPushButton()
        self._color.setAccessibleName("Colour")
        self._color.clicked.connect(lambda _checked=False: self._ask_color())
        add_row(fields, "Colour", self._color)
        shapes = [(shape, shape.capitalize()) for shape in get_args(Marker)]
        self._marker = ChoiceField(self._theme, self._write("marker"), "Shape", shapes)
        add_row(fields, "Shape", self._marker)

    def _write(self, name: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            self._change(**{name: value})

        return write

    def _write_evidence(self, value: str) -> None:
        self._change(evidence=value or None)

    def _write_reason(self, code: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            session, name = self._session, self._session.group
            session.make(lambda d: groups.set_reason(d, session.base, name, code, value))

        return write

    def _change(self, **values: object) -> None:
        session = self._session
        if session.goal:
            session.make(lambda d: groups.change_goal(d, session.base, session.goal, **values))
        else:
            session.make(lambda d: groups.change_group(d, session.base, session.group, **values))

    def _ask_color(self) -> None:
        dialog = QColorDialog(QColor(self._color.text()), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        session, goal = self._session, self._session.goal
        dialog.colorSelected.connect(
            lambda color: session.do(lambda d: groups.change_goal(d, session.base, goal, color=color.name()))
        )
        dialog.open()

"""The selected group or goal, to be read and changed: its fields, and what is in it."""

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

from app.domain.document import Document
from app.domain.edits import extending, groups
from app.domain.edits.edit import Edit, EditProblem, find_goal, find_group
from app.domain.edits.field_words import field_words
from app.domain.goals import Goal, Group, Marker
from app.domain.points import Point
from app.domain.record import EVIDENCE_ORDER
from app.ui.blocks import text
from app.ui.edit.form import ChoiceField, LineField, TextField, add_row, form
from app.ui.edit.order_rows import AddBox, OrderRows, Row
from app.ui.edit.point_finder import PointFinder
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
TRAINED = "trained hands only"


class GroupForm(QScrollArea):
    """Fields of a group, or of a goal."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._shown: tuple[str, str] | None = None
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
        key = None if record is None else (type(record).__name__, record.id)
        if key != self._shown or self.widget() is None:
            self._shown = key
            self._build(record)
        if record is None:
            return
        for name, field in self._fields.items():
            field.show_text(getattr(record, name))
        self._sources.show_text("\n".join(record.sources))
        self._evidence.show_value(record.evidence or "")
        self._show_change(record)
        if isinstance(record, Goal):
            self._show_goal(record)
        else:
            self._show_group(record)

    def _show_goal(self, goal: Goal) -> None:
        self._marker.show_value(goal.marker)
        self._color.setText(goal.color)
        pixmap = QPixmap(28, 28)
        pixmap.fill(QColor(goal.color))
        self._color.setIcon(QIcon(pixmap))
        known = self._session.file.library.groups
        self.rows.show_rows([Row(name, known[name].title) for name in goal.groups])
        own = {group.id for group in self._session.document.groups}
        others = sorted(
            (group for group in known.values() if group.id not in goal.groups),
            key=lambda one: one.id not in own,
        )
        self.add_group.show_choices(
            [(one.id, one.title if one.id in own else f"{one.title}, built in") for one in others]
        )

    def _show_group(self, group: Group) -> None:
        known = self._session.file.library.points
        rows = [
            Row(
                item.code,
                f"{item.code}  {known[item.code].pinyin or known[item.code].english}".rstrip(),
                advanced,
            )
            for items, advanced in ((group.points, False), (group.advanced_points, True))
            for item in items
        ]
        self.rows.show_rows(rows)
        for item in group.points + group.advanced_points:
            self._reasons[item.code].show_text(item.reason)
        self._show_muscles(group)
        inside = {row.name for row in rows}
        outside = [code for code in self._session.selected if code not in inside]
        self.add_selected.setVisible(bool(outside))
        self.add_selected.setText(
            f"Add {outside[0]}" if len(outside) == 1 else f"Add the {len(outside)} selected points"
        )

    def _show_muscles(self, group: Group) -> None:
        known = self._session.file.library.muscles
        self.muscles.show_rows([Row(name, known[name].name) for name in group.muscles])
        self.muscles.setVisible(bool(group.muscles))
        others = sorted(
            (one for one in known.values() if one.id not in group.muscles), key=lambda one: one.name
        )
        self.add_muscle.show_choices([(one.id, one.name) for one in others])

    def _show_change(self, record: Group | Goal) -> None:
        base = self._session.base
        kind = "goals" if isinstance(record, Goal) else "groups"
        built_in = getattr(base, kind).get(record.id)
        own = any(one.id == record.id for one in getattr(self._session.document, kind))
        self._reset.setVisible(built_in is not None and own)
        if built_in is None:
            self._change_words.setText(f"A {kind[:-1]} of this set.")
        elif own:
            names = ", ".join(dict.fromkeys(map(field_words, extending.differing(built_in, record))))
            self._change_words.setText(f"Changed against the built-in {kind[:-1]}: {names or 'nothing'}.")
        else:
            self._change_words.setText(
                "Built in. A change makes it one of this set; the built-in one stays as it is."
            )

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
            self._change_words = text("", "muted", selectable=False)
            self._reset = self._button(
                f"Reset to the built-in {'goal' if is_goal else 'group'}", self._on_reset
            )
            column.addWidget(self._change_words)
            column.addWidget(self._reset)
            fields = form()
            column.addLayout(fields)
            self._add(fields, "title", "Title", 0)
            if is_goal:
                self._add_look(fields)
                self._add_groups(column)
            else:
                self._add_points(column)
                self._add_muscles(column)
            fields = form()
            column.addLayout(fields)
            for name, words, lines in (_GOAL if is_goal else _GROUP)[1:]:
                self._add(fields, name, words, lines)
            self._evidence = ChoiceField(self._theme, self._write_evidence, "Evidence", _EVIDENCE)
            add_row(fields, "Evidence", self._evidence)
            self._sources = TextField(self._write_sources, "Sources", 2)
            add_row(fields, "Sources, one a line", self._sources)
        column.addStretch()
        self.setWidget(page)

    def _add(self, fields: QFormLayout, name: str, words: str, lines: int) -> None:
        write = self._write(name)
        field = TextField(write, words, lines) if lines else LineField(write, words)
        self._fields[name] = field
        add_row(fields, words, field)

    def _add_groups(self, column: QVBoxLayout) -> None:
        session, goal = self._session, self._session.goal
        self.rows = OrderRows(self._theme)
        self.rows.moved.connect(
            lambda name, step: session.do(lambda d: groups.move_in_goal(d, session.base, goal, name, step))
        )
        self.rows.removed.connect(
            lambda name: session.do(lambda d: groups.empty_goal(d, session.base, goal, name))
        )
        self.rows.chosen.connect(session.select_group)
        self.add_group = AddBox(self._theme, "Add a group")
        self.add_group.added.connect(
            lambda name: session.do(lambda d: groups.fill_goal(d, session.base, goal, name))
        )
        for widget in (text("ITS GROUPS", "heading", selectable=False), self.rows, self.add_group):
            column.addWidget(widget)

    def _add_points(self, column: QVBoxLayout) -> None:
        session, group = self._session, self._session.group
        self.rows = OrderRows(self._theme, TRAINED, self._reason)
        self.rows.moved.connect(
            lambda code, step: session.do(lambda d: groups.move_in_group(d, session.base, group, code, step))
        )
        self.rows.removed.connect(
            lambda code: session.do(lambda d: groups.empty_group(d, session.base, group, [code]))
        )
        self.rows.marked.connect(
            lambda code, on: session.do(lambda d: groups.set_advanced(d, session.base, group, code, on))
        )
        self.rows.chosen.connect(lambda code: session.select([code]))
        self.add_point = PointFinder(lambda: session.file.library, self._on_add, "Add a point: code or name")
        self.add_selected = self._button("", self._on_add_selected)
        column.addWidget(text("ITS POINTS", "heading", selectable=False))
        for widget in (self.rows, self.add_point, self.add_point.refusal, self.add_selected):
            column.addWidget(widget)

    def _add_muscles(self, column: QVBoxLayout) -> None:
        session, group = self._session, self._session.group
        self.muscles = OrderRows(self._theme, links=False)
        self.muscles.moved.connect(
            lambda name, step: session.do(lambda d: groups.move_muscle(d, session.base, group, name, step))
        )
        self.muscles.removed.connect(
            lambda name: session.do(lambda d: groups.remove_muscle(d, session.base, group, name))
        )
        self.add_muscle = AddBox(self._theme, "Add a muscle")
        self.add_muscle.added.connect(
            lambda name: session.do(lambda d: groups.add_muscle(d, session.base, group, name))
        )
        column.addWidget(text("MUSCLES IT WORKS ON", "heading", selectable=False))
        column.addWidget(self.muscles)
        column.addWidget(self.add_muscle)

    def _reason(self, code: str) -> QWidget:
        self._reasons[code] = LineField(self._write_reason(code), f"Why {code}")
        self._reasons[code].setPlaceholderText(f"Why {code}?")
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._reasons[code])
        layout.addWidget(self._reasons[code].refusal)
        return holder

    def _button(self, words: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "link")
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(lambda _checked=False: slot())
        return button

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

    def _write_sources(self, value: str) -> None:
        self._change(sources=tuple(line.strip() for line in value.splitlines() if line.strip()))

    def _on_add(self, point: Point) -> None:
        session, group = self._session, self._session.group
        items = find_group(session.document, session.base, group)
        if any(item.code == point.code for item in items.points + items.advanced_points):
            raise EditProblem(f"{point.code} is in this group already.")
        session.make(lambda d: groups.fill_group(d, session.base, group, [point.code]))

    def _on_add_selected(self) -> None:
        session, group = self._session, self._session.group

        def edit(document: Document) -> Edit:
            items = find_group(document, session.base, group)
            inside = {item.code for item in items.points + items.advanced_points}
            codes = [code for code in session.selected if code not in inside]
            return groups.fill_group(document, session.base, group, codes)

        session.do(edit)

    def _on_reset(self) -> None:
        session = self._session
        kind, name = ("goals", session.goal) if session.goal else ("groups", session.group)
        session.do(lambda d: extending.reset(d, session.base, kind, name))

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

"""Everything about the selected point, to be read and changed; what differs from the built-in point is told."""

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.edits import extending, points
from app.domain.edits.edit import EditProblem, changed, own_point
from app.domain.edits.field_words import field_words
from app.domain.library import CHANNELS, Library
from app.domain.points import Point
from app.domain.rule_words import rule_words
from app.geometry.rule_words import WordsProblem, rules_from_words
from app.ui.blocks import text
from app.ui.edit.form import ChoiceField, LineField, TextField, add_row, form
from app.ui.edit.obstacles import Deed, obstacle
from app.ui.edit.session import EditSession
from app.ui.edit.words_field import WordsField
from app.ui.theme import Theme

SIDES = (("bilateral", "Both sides"), ("midline", "Midline"))
USES = (
    ("face", "Face"),
    ("body", "Body"),
    ("support", "Optional support"),
    ("advanced", "Trained hands only"),
    ("reference only", "Reference only"),
)
CONFIDENCES = (
    ("", "Not stated"),
    ("high", "High"),
    ("medium", "Medium"),
    ("low", "Low"),
    ("unverified", "Unverified"),
)
_LINES = (
    ("pinyin", "Pinyin"),
    ("hanzi", "Hanzi"),
    ("english", "English"),
    ("region", "Region"),
    ("pregnancy", "Pregnancy"),
)
_LISTS = (
    ("aliases", "Other codes, one a line"),
    ("cautions", "Cautions, one a line"),
    ("structures", "Structures at risk, one a line"),
    ("sources", "Sources, one a line"),
)


FOLLOW_MS = 40
"""So often the coordinates follow a drag: to lay the page out for each move of the mouse would slow the hand."""


class PointForm(QScrollArea):
    """Fields of the point that was selected last."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._lines: dict[str, LineField] = {}
        self._texts: dict[str, TextField] = {}
        self._choices: dict[str, ChoiceField] = {}
        self._in_hand: Point | None = None
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._follow_hand)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The selected point")
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(18, 14, 18, 18)
        self._column.setSpacing(10)
        self._hint = text("Select a point to see and change what is known about it. With the Place tool a click "
                          "on the skin makes a new one.", "muted", selectable=False)  # fmt: skip
        self._fields = QWidget()
        self._build()
        self._column.addWidget(self._hint)
        self._column.addWidget(self._fields)
        self._column.addStretch()
        self.setWidget(page)
        session.selection_changed.connect(self.refresh)
        session.file.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the point as it is now."""
        point = self._session.current
        self._hint.setVisible(point is None)
        self._fields.setVisible(point is not None)
        if point is None:
            return
        count = len(self._session.selected)
        self._title.setText(point.code)
        self._many.setText(f"{count} are selected: the buttons act on all, the fields on {point.code} alone.")
        self._many.setVisible(count > 1)
        self._lines["code"].show_text(point.code)
        self._lines["code"].setReadOnly(point.code in self._session.base.points)
        for name, _ in _LINES:
            self._lines[name].show_text(getattr(point, name))
        for name, _ in _LISTS:
            self._texts[name].show_text("\n".join(getattr(point, name)))
        self._texts["location"].show_text(point.location)
        self._texts["notes"].show_text(point.notes)
        self._choices["laterality"].show_value(point.laterality)
        self._choices["channel"].show_value(point.channel)
        self._choices["use"].show_value(point.use)
        self._choices["part"].show_value(point.part)
        self._choices["confidence"].show_value(point.confidence)
        needle = point.needle
        self._lines["depth_mm"].show_text(
            "" if needle.depth_mm is None else "{:g} - {:g}".format(*needle.depth_mm)
        )
        for name in ("angle", "direction"):
            self._lines[name].show_text(getattr(needle, name))
        self._rules.setText(
            "\n".join(rule_words(self._library(), rule) for rule in point.constraints) or "No rules."
        )
        self._show_place(point)
        self._show_change(point)

    def _build(self) -> None:
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._many = text("", "muted", selectable=False)
        self._change = text("", "muted", selectable=False)
        self._reset = self._button("Reset to the built-in point", self._on_reset)
        self._reset.setStyleSheet("text-align: left;")
        self._place = text("", "", selectable=True)
        for widget in (self._title, self._many, self._change, self._reset, self._place):
            column.addWidget(widget)
        self._buttons(column)
        self._words = WordsField(self._library, self._on_words, "Place by words", again=True)
        self._words.setPlaceholderText("0.5 cun lateral of ex, level of ex")
        fields = form()
        column.addLayout(fields)
        add_row(fields, "Place by words", self._words)
        self._lines["code"] = LineField(self._on_code, "Code")
        add_row(fields, "Code", self._lines["code"])
        self._add_lines(fields, _LINES[:3])
        channels = [("", "None")] + [(code, code) for code in CHANNELS]
        self._add_choice(fields, "laterality", "Sides", SIDES, self._on_laterality)
        self._add_choice(fields, "channel", "Channel", channels, self._set("channel"))
        self._add_choice(
            fields, "part", "Part", (("face", "Face and head"), ("body", "Body")), self._set("part")
        )
        self._add_choice(fields, "use", "Use", USES, self._set("use"))
        self._add_lines(fields, _LINES[3:4])
        self._add_text(fields, "location", "Location in words", self._set("location"), 3)
        for name, words in (
            ("depth_mm", "Needle depth, mm (least - most)"),
            ("angle", "Angle"),
            ("direction", "Direction"),
        ):
            self._lines[name] = LineField(self._set_needle(name), words)
            add_row(fields, words, self._lines[name])
        for name, words in _LISTS[1:]:
            self._add_text(fields, name, words, self._set_list(name), 3)
        self._add_lines(fields, _LINES[4:])
        self._add_choice(fields, "confidence", "Confidence", CONFIDENCES, self._set("confidence"))
        self._add_text(fields, *_LISTS[0], self._set_list("aliases"), 2)
        self._add_text(fields, "notes", "Notes", self._set("notes"), 3)
        self._rules = text("", "", selectable=True)
        add_row(fields, "Rules", self._rules)
        self._new_rules = WordsField(self._library, self._on_rules, "Own rules")
        self._new_rules.setPlaceholderText("1 cun above ST4, same vertical as ST4")
        add_row(fields, "Own rules, in words (replace the above)", self._new_rules)

    def _buttons(self, column: QVBoxLayout) -> None:
        session = self._session
        self._locked = self._button("Lock", lambda: self._flag("locked"))
        self._hidden = self._button("Hide", lambda: self._flag("hidden"))
        self._linked = self._button("Unlink sides", self._on_link)
        self._flip = self._button(
            "Flip", lambda: session.do(lambda d: points.flip_sides(d, session.base, session.selected))
        )
        self._clear = self._button(
            "Clear place",
            lambda: session.do(lambda d: points.clear_position(d, session.base, session.selected)),
        )
        self._missing = self._button(
            "Missing", lambda: session.do(lambda d: points.mark_missing(d, session.base, session.selected))
        )
        for group in ((self._locked, self._hidden, self._linked, self._flip), (self._clear, self._missing)):
            row = QHBoxLayout()
            row.setSpacing(4)
            for button in group:
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)

    def show_in_hand(self, point: Point | None) -> None:
        """Tell where the point would lie if the hand let it go now; None once it is let go."""
        self._in_hand = point
        if point is None:
            self._follow.stop()
            if self._session.current is not None:
                self._show_coordinates(self._session.current, self._session.current.placed_by)
        elif not self._follow.isActive():
            self._follow.start()

    def _follow_hand(self) -> None:
        if self._in_hand is not None:
            self._show_coordinates(self._in_hand, "in the hand")

    def _show_coordinates(self, point: Point, how: str) -> None:
        if point.position is None:
            words = "Left out on purpose." if point.status == "missing" else "Not placed yet."
        else:
            words = "{:.2f}, {:.2f}, {:.2f} mm".format(*point.position)
            if point.position_right is not None:
                words = "Left {}\nRight {:.2f}, {:.2f}, {:.2f} mm".format(words, *point.position_right)
        if point.position is not None and how:
            words += f"\n{how[:1].upper()}{how[1:]}"
        self._place.setText(words)

    def _show_place(self, point: Point) -> None:
        self._show_coordinates(point, point.placed_by)
        self._words.show_text(points.words_of(point))
        self._locked.setText("Unlock" if point.locked else "Lock")
        self._hidden.setText("Show" if point.hidden else "Hide")
        linked = point.position_right is None
        self._linked.setText("Unlink sides" if linked else "Relink sides")
        offered: tuple[tuple[QWidget, Deed, str], ...] = (
            (
                self._linked,
                "unlink" if linked else "relink",
                "Let each side be moved by itself, or join them again",
            ),
            (self._flip, "flip", "Exchange left and right"),
            (self._clear, "clear", "Take the place away"),
            (self._missing, "missing", "Say that it is left out on purpose"),
            (self._words, "move", ""),
            (self._choices["laterality"], "move", ""),
        )
        chosen = [one for one in map(self._session.point, self._session.selected) if one is not None]
        for widget, deed, tip in offered:
            acts_on = [point] if deed == "move" else chosen
            why_not = obstacle(deed, acts_on)
            widget.setEnabled(not why_not)
            widget.setToolTip(why_not or tip)

    def _show_change(self, point: Point) -> None:
        built_in = self._session.base.points.get(point.code)
        own = own_point(self._session.document, point.code)
        self._reset.setVisible(built_in is not None and own is not None)
        if built_in is None:
            self._change.setText("A point of this set.")
        elif own is None:
            self._change.setText(
                "Built in. A change makes it a point of this set; the built-in one stays as it is."
            )
        else:
            names = ", ".join(dict.fromkeys(map(field_words, extending.differing(built_in, own))))
            self._change.setText(f"Changed against the built-in point: {names or 'nothing'}.")

    def _add_lines(self, fields: Any, names: tuple[tuple[str, str], ...]) -> None:
        for name, words in names:
            self._lines[name] = LineField(self._set(name), words)
            add_row(fields, words, self._lines[name])

    def _add_text(self, fields: Any, name: str, words: str, write: Callable[[str], None], lines: int) -> None:
        self._texts[name] = TextField(write, words, lines)
        add_row(fields, words, self._texts[name])

    def _add_choice(
        self, fields: Any, name: str, words: str, choices: Any, write: Callable[[str], None]
    ) -> None:
        self._choices[name] = ChoiceField(self._theme, write, words, choices)
        add_row(fields, words, self._choices[name])

    def _button(self, words: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "link")
        # A click leaves the keys where they were: a button that turns grey would hand them on to the next field.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _set(self, name: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            self._change_current(**{name: value})

        return write

    def _set_list(self, name: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            self._change_current(**{name: tuple(line.strip() for line in value.splitlines() if line.strip())})

        return write

    def _set_needle(self, name: str) -> Callable[[str], None]:
        def write(value: str) -> None:
            point = self._session.current
            if point is None:
                return
            new: Any = value
            if name == "depth_mm":
                numbers = [float(part.replace(",", ".")) for part in re.findall(r"\d+(?:[.,]\d+)?", value)]
                if value and not 1 <= len(numbers) <= 2:
                    raise EditProblem("A needle depth is one number or two, such as 3 - 5.")
                new = (numbers[0], numbers[-1]) if numbers else None
            self._session.make(
                lambda d: points.change_point(
                    d, self._session.base, point.code, needle=changed(point.needle, **{name: new})
                )
            )

        return write

    def _change_current(self, **values: Any) -> None:
        point = self._session.current
        if point is not None:
            self._session.make(lambda d: points.change_point(d, self._session.base, point.code, **values))

    def _on_code(self, new: str) -> None:
        point = self._session.current
        if point is None or not new:
            self.refresh()
            return
        self._session.make(lambda d: points.rename_point(d, self._session.base, point.code, new))
        self._session.select([new])

    def _on_laterality(self, value: str) -> None:
        point, session = self._session.current, self._session
        if point is None:
            return
        at = None
        if point.position is not None and value == "midline":
            _, place = session.bound.places(point)[0]
            x, y, z = (float(part) for part in session.skin.nearest(place.position, "midline").position)
            at = (x, y, z)
        session.make(lambda d: points.change_sides(d, session.base, point.code, value, at))

    def _library(self) -> Library:
        return self._session.file.library

    def _on_words(self, words: str) -> None:
        point = self._session.current
        if point is not None and words:
            self._session.place_by_words(point.code, words)
        else:
            self.refresh()

    def _on_rules(self, words: str) -> None:
        point = self._session.current
        if point is None or not words:
            return
        try:
            rules = rules_from_words(words, self._library())
        except WordsProblem as problem:
            raise EditProblem(str(problem)) from None
        self._change_current(constraints=rules)
        self._new_rules.show_text("")

    def _flag(self, name: str) -> None:
        session, point = self._session, self._session.current
        if point is None:
            return
        on = not getattr(point, name)
        edit = points.lock_points if name == "locked" else points.hide_points
        session.do(lambda d: edit(d, session.base, session.selected, on))

    def _on_link(self) -> None:
        session, point = self._session, self._session.current
        if point is not None:
            edit = points.unlink_sides if point.position_right is None else points.relink_sides
            session.do(lambda d: edit(d, session.base, session.selected))

    def _on_reset(self) -> None:
        session, point = self._session, self._session.current
        if point is not None:
            session.do(lambda d: extending.reset(d, session.base, "points", point.code))

"""Placing a list of points in order: which is next, skip it, leave it out, clear it, take the built-in place back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.edits import extending, points
from app.ui.edit.obstacles import obstacle
from app.ui.edit.session import EditSession


class TemplateBar(QFrame):
    """Seen while there is a list to go through. `home` gets the keys that the bar has when it goes."""

    def __init__(self, session: EditSession, home: QWidget) -> None:
        super().__init__()
        self._home = home
        self.setProperty("role", "note")
        self._session = session
        self._words = QLabel()
        self._words.setProperty("role", "strong")
        self._where = _OneLine()
        self._where.setProperty("role", "muted")
        self._buttons: dict[str, QPushButton] = {}
        self._tips: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._words)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self._where)
        for words, tip, slot in (
            ("Back", "The point before", lambda: session.step_template(-1)),
            ("Skip", "Leave this point as it is and go on", lambda: session.step_template(1)),
            ("Missing", "This point is left out on purpose", self._miss),
            ("Clear", "Take this point's place away", self._clear),
            ("Restore", "Take the built-in point and its place back", self._restore),
            ("Done", "End the list (Esc)", session.end_template),
        ):
            button = QPushButton(words)
            button.setProperty("role", "link")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # A click leaves the keys where they were.
            self._tips[words] = tip
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            row.addWidget(button)
            self._buttons[words] = button
        session.template_changed.connect(self._refresh)
        session.file.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        template = self._session.template
        if not template:
            # Hidden with the keys on it, it would hand them on to the next button of the window.
            keys = self.window().focusWidget()
            if keys is not None and self.isAncestorOf(keys):
                self._home.setFocus()
            self.hide()
            return
        self.show()
        code = template[self._session.template_at]
        point = self._session.point(code)
        self._words.setText(f"Place {code}   {self._session.template_at + 1} of {len(template)}")
        location = "" if point is None else point.location or point.english
        self._where.setText(location)
        self._where.setToolTip(location)
        own = any(one.code == code for one in self._session.document.points)
        chosen = [] if point is None else [point]
        restorable = own and code in self._session.base.points
        why_not = {
            "Back": "" if self._session.template_at else "This is the first point of the list.",
            "Missing": obstacle("missing", chosen),
            "Clear": obstacle("clear", chosen),
            "Restore": ""
            if restorable
            else f"{code} is not a changed built-in point; there is nothing to take back.",
        }
        for words, button in self._buttons.items():
            button.setEnabled(not why_not.get(words))
            button.setToolTip(why_not.get(words) or self._tips[words])

    def _code(self) -> str:
        return self._session.template[self._session.template_at]

    def _miss(self) -> None:
        session, code = self._session, self._code()
        if session.do(lambda d: points.mark_missing(d, session.base, [code])):
            session.step_template(1)

    def _clear(self) -> None:
        session, code = self._session, self._code()
        session.do(lambda d: points.clear_position(d, session.base, [code]))

    def _restore(self) -> None:
        session, code = self._session, self._code()
        session.do(lambda d: extending.reset(d, session.base, "points", code))


class _OneLine(QLabel):
    """As much of its words as there is room for: the bar pushes nothing aside, and the figure keeps its size."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

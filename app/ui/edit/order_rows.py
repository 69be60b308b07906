"""A list in a form: its rows are put in another order, taken out, and filled, without leaving the form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.checks import ChoiceBox
from app.ui.icons import icon
from app.ui.theme import Theme

_SIGNS = {
    "up": [(-4.0, 2.0), (0.0, -2.0), (4.0, 2.0)],
    "down": [(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)],
    "out": [(-3.5, -3.5), (3.5, 3.5), (0.0, 0.0), (-3.5, 3.5), (3.5, -3.5)],
}


@dataclass(frozen=True)
class Row:
    """One row: its name in the document, its words, and a mark that can be switched, None for a list without."""

    name: str
    words: str
    mark: bool | None = None


class OrderRows(QWidget):
    """Rows with their buttons; beneath each a widget of its own where `below` makes one.

    The words of a row are a link, unless nothing is to happen when they are clicked.

    Signals:
        moved: a row goes up (-1) or down (1).
        removed: a row is taken out.
        marked: its mark is switched on or off.
        chosen: its words were clicked.
    """

    moved = Signal(str, int)
    removed = Signal(str)
    marked = Signal(str, bool)
    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        mark: str = "",
        below: Callable[[str], QWidget] | None = None,
        links: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._mark = mark
        self._below = below
        self._links = links
        self._rows: tuple[Row, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        # A method and no function: the theme outlives this list and must let it go.
        theme.theme_changed.connect(self._on_theme_changed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; rows that are the same stay untouched, with what is being typed beneath them."""
        if tuple(rows) != self._rows:
            self._fill(tuple(rows))

    def button(self, name: str, what: str) -> QToolButton | None:
        """The button "up", "down", "out" or "mark" of a row."""
        return self.findChild(QToolButton, f"{what} {name}")

    def _on_theme_changed(self) -> None:
        self._fill(self._rows)

    def _fill(self, rows: tuple[Row, ...]) -> None:
        focus = self.focusWidget()
        held = focus.objectName() if isinstance(focus, QToolButton) and focus.hasFocus() else ""
        while self._column.count():
            old = self._column.takeAt(0).widget()
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self._rows = rows
        for number, row in enumerate(rows):
            # Marked rows are ordered among themselves, below the others.
            ends = [
                not 0 <= number + step < len(rows) or rows[number + step].mark != row.mark for step in (-1, 1)
            ]
            self._column.addWidget(self._row(row, number == 0, *ends))
            if self._below is not None:
                self._column.addWidget(self._below(row.name))
        again = self.findChild(QToolButton, held) if held else None
        if again is not None:
            # The same button once more, so that a row goes up twice with two clicks of the keyboard.
            again.setFocus()

    def _row(self, row: Row, top: bool, first: bool, last: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0 if top or not self._below else 4, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._words(row), 1)
        if row.mark is not None:
            mark = QToolButton()
            mark.setIcon(icon("advanced", self._theme))
            mark.setCheckable(True)
            mark.setChecked(row.mark)
            mark.toggled.connect(lambda on: self.marked.emit(row.name, on))
            self._set_up(mark, f"mark {row.name}", f"{row.words}: {self._mark}")
            line.addWidget(mark)
        for sign, words_of, off in (
            ("up", "further up", first),
            ("down", "further down", last),
            ("out", "take out", False),
        ):
            button = _SignButton(sign, self._theme)
            button.setEnabled(not off)
            self._set_up(button, f"{sign} {row.name}", f"{row.words}: {words_of}")
            if sign == "out":
                button.clicked.connect(lambda: self.removed.emit(row.name))
            else:
                step = -1 if sign == "up" else 1
                button.clicked.connect(lambda _checked=False, step=step: self.moved.emit(row.name, step))
            line.addWidget(button)
        return holder

    def _words(self, row: Row) -> QWidget:
        words: QPushButton | QLabel
        if self._links:
            words = QPushButton(row.words)
            words.setProperty("role", "link")
            words.setStyleSheet("text-align: left;")
            words.clicked.connect(lambda: self.chosen.emit(row.name))
        else:
            words = QLabel(row.words)
            words.setContentsMargins(8, 0, 0, 0)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        words.setToolTip(row.words)
        return words

    def _set_up(self, button: QToolButton, name: str, words: str) -> None:
        side = self._theme.pixels(1.9)
        button.setObjectName(name)
        button.setFixedSize(QSize(side, side))
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)


class AddBox(ChoiceBox):
    """What can be added to a list; choosing adds it.

    Signals:
        added: the name of what was chosen.
    """

    added = Signal(str)

    def __init__(self, theme: Theme, invitation: str) -> None:
        super().__init__(theme)
        self._invitation = invitation
        self._shown: tuple[tuple[str, str], ...] | None = None
        self.setAccessibleName(invitation)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these: names and words."""
        if tuple(choices) == self._shown:
            return
        self._shown = tuple(choices)
        self.clear()
        self.addItem(self._invitation, "")
        for name, words in choices:
            self.addItem(words, name)
        self.setEnabled(bool(choices))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form and adds nothing by chance."""
        event.ignore()

    def _on_activated(self) -> None:
        name = str(self.currentData())
        self.setCurrentIndex(0)
        if name:
            self.added.emit(name)


class _SignButton(QToolButton):
    """A small button with a drawn sign."""

    def __init__(self, sign: str, theme: Theme) -> None:
        super().__init__()
        self._sign = sign
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("muted" if self.isEnabled() else "border"), 1.7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawPolyline([middle + QPointF(x, y) for x, y in _SIGNS[self._sign]])

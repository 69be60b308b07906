"""A field that takes a place in words, and lists the landmarks and points that fit the name one is typing."""

import re
from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent

from app.domain.anatomy import Landmark
from app.domain.library import Library
from app.domain.names import normal
from app.domain.points import Point
from app.domain.search import search
from app.ui.edit.form import LineField, Write, names_below

MOST = 40
"""Names that are listed; who sees more of them types on."""
_DEFINITION = 48  # letters of a definition, where a landmark has no name

_BEFORE_A_NAME = re.compile(
    r"^(?P<before>(?:.*\b(?:of|to|from|as|with|and|at|between|above|below|behind)\s+)(?:the\s+)?)(?P<name>[^,;]*)$",
    re.IGNORECASE,
)


class WordsField(LineField):
    """One line of words; where they come to a name, what may stand there is listed below."""

    def __init__(self, library: Callable[[], Library], write: Write, name: str, again: bool = False) -> None:
        super().__init__(write, name, again)
        self._library = library
        self._before = ""
        self._rows: dict[str, str] = {}
        self._names = QStringListModel(self)
        self._completer = names_below(self._names, self)
        self._completer.activated.connect(self._on_chosen)
        # Not by setCompleter, which would put a row in place of all the words as soon as it is looked at.
        self._completer.setWidget(self)
        self.textEdited.connect(self._on_edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and popup.isVisible():
            if popup.selectionModel().hasSelection():
                event.ignore()  # it takes the row of the list; the words are not complete before
                return
            popup.hide()
            super().keyPressEvent(event)
            event.accept()  # else the list would still write its first row
            return
        super().keyPressEvent(event)

    def _on_edited(self, words: str) -> None:
        found = _BEFORE_A_NAME.match(words)
        self._before = found["before"] if found else ""
        self._rows = names_like(self._library(), found["name"]) if found else {}
        self._names.setStringList(list(self._rows))
        if self._names.rowCount():
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _on_chosen(self, row: str) -> None:
        self.setText(self._before + self._rows[row])


def names_like(library: Library, words: str) -> dict[str, str]:
    """Landmarks and points that words may mean, best first; all landmarks for no words.

    Returns what is read in the list, "ex  exocanthion", and the name to write for it.
    """
    wanted = normal(words)
    marks = sorted(library.landmarks.values(), key=lambda mark: mark.part != "face")
    points = search(library, words)[:MOST] if wanted else []
    found: list[Landmark | Point] = [point for point in points if normal(point.code) == wanted]
    for fits in (
        lambda mark: wanted in (normal(mark.id), normal(mark.name)),
        lambda mark: normal(mark.id).startswith(wanted) or normal(mark.name).startswith(wanted),
        lambda mark: wanted in normal(mark.name),
    ):
        found += filter(fits, marks)
    found += points
    found += [mark for mark in marks if wanted in normal(mark.definition)]
    return dict(list(dict.fromkeys(map(_row, found)))[:MOST])


def _row(place: Landmark | Point) -> tuple[str, str]:
    if isinstance(place, Point):
        return f"{place.code}  {place.pinyin or place.english}", place.code
    words = place.name or place.definition
    short = words if len(words) <= _DEFINITION else words[:_DEFINITION].rsplit(" ", 1)[0] + " ..."
    # A name that reads as more than one part would be cut in two.
    plain = place.name and not re.search(r"[,;]|\band\b", place.name)
    return f"{place.id}  {short}", place.name if plain else place.id

"""A field that a point is named in: by code or name, with what fits below it while one types."""

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, QTimer

from app.domain.edits.edit import EditProblem
from app.domain.library import Library
from app.domain.points import Point
from app.domain.search import search
from app.ui.edit.form import LineField, names_below

MOST = 40
"""Finds that are listed; who sees more of them types on."""


class PointFinder(LineField):
    """Takes a point and is empty again, for the next one; what cannot be taken is told beneath it."""

    def __init__(self, library: Callable[[], Library], take: Callable[[Point], object], words: str) -> None:
        super().__init__(self._on_named, words)
        self._library = library
        self._take = take
        self._taken = ""
        self.setPlaceholderText(words)
        self._names = QStringListModel(self)
        # What fits is found as everywhere in the program, pinyin without its tones.
        completer = names_below(self._names, self)
        completer.activated.connect(self._on_chosen)
        self.setCompleter(completer)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._take_typed)

    def _on_edited(self, words: str) -> None:
        self._taken = ""
        self._names.setStringList([_label(point) for point in search(self._library(), words)[:MOST]])

    def _on_chosen(self, label: str) -> None:
        # The field takes the words of the row once everyone has heard of it.
        QTimer.singleShot(0, self, lambda: self._take_chosen(label))

    def _take_chosen(self, label: str) -> None:
        if label == self._taken:
            self.setText(
                ""
            )  # Return has taken it already, before the list wrote its row into the field once more.
        else:
            self._take_typed()

    def _on_finished(self) -> None:
        """Leaving the field takes nothing: half a name may be the beginning of another point."""

    def _take_typed(self) -> None:
        super()._on_finished()

    def _on_named(self, words: str) -> None:
        if words:
            self._take(self._named(words))
            self._taken = words
            self.setText("")
            self.show_text("")

    def _named(self, words: str) -> Point:
        library = self._library()
        labelled = next((point for point in library.points.values() if _label(point) == words), None)
        if labelled is not None:
            return labelled
        try:
            return library.point(words)
        except KeyError as problem:
            found = search(library, words)
            if not found:
                raise EditProblem(f"{problem.args[0]}.") from None
            return found[0]


def _label(point: Point) -> str:
    return "  ".join(part for part in (point.code, point.pinyin or point.english) if part)

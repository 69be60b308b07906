"""The states a document has been through: every step can be taken back and made again, without limit."""

from app.domain.document import Document
from app.domain.edits.edit import Edit


class History:
    """Steps from a first document to the newest; unchanged parts are shared, so that a step is small.

    Plain Python and not Qt's undo stack: commands of Python in it lose references when they are deleted
    (PySide6 6.12 on Python 3.11), which ends the program sooner or later.

    Attributes:
        index: how many steps are made now; the others have been taken back.
    """

    def __init__(self, first: Document) -> None:
        self._states = [first]
        self._words: list[str] = []
        self._gestures: list[str] = []
        self._clean: int | None = 0
        self.index = 0

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._states[self.index]

    @property
    def words(self) -> tuple[str, ...]:
        """What each step did, those that were taken back included."""
        return tuple(self._words)

    @property
    def undo_words(self) -> str:
        """What would be taken back; empty if nothing can be."""
        return self._words[self.index - 1] if self.index else ""

    @property
    def redo_words(self) -> str:
        """What would be made again; empty if nothing can be."""
        return self._words[self.index] if self.index < len(self._words) else ""

    @property
    def is_clean(self) -> bool:
        """Whether the document is as it was when `set_clean` was called last, or as it was first."""
        return self._clean == self.index

    def push(self, edit: Edit, gesture: str = "") -> None:
        """Make a step; what was taken back is gone. Steps of one `gesture` in a row become one."""
        merges = (
            bool(gesture)
            and self.index == len(self._words) > 0
            and self._gestures[-1] == gesture
            and not self.is_clean
        )
        if self._clean is not None and self._clean > self.index:
            self._clean = None
        keep = self.index - merges
        del self._states[keep + 1 :], self._words[keep:], self._gestures[keep:]
        self._states.append(edit.document)
        self._words.append(edit.words)
        self._gestures.append(gesture)
        self.index = keep + 1

    def go(self, index: int) -> None:
        """Go to the state after so many steps."""
        self.index = max(0, min(index, len(self._words)))
        if self._gestures:
            self._gestures[-1] = ""  # A gesture ends when its steps are looked back at.

    def set_clean(self) -> None:
        """Say that the document as it is now is saved."""
        self._clean = self.index

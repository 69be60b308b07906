"""The set that is open: its document with undo, its file, and what is kept of it until it is saved."""

import logging
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.domain.document import Document
from app.domain.edits.edit import Edit
from app.domain.library import Library, join
from app.domain.problems import FileProblem
from app.domain.recovery import Recovery
from app.domain.saving import open_document, save_document
from app.ui.recovery_folder import FileLock, RecoverySlot

AUTOSAVE_MS = 2000
"""After a change so long, so that no more than this much work is ever lost."""

logger = logging.getLogger(__name__)


class SetDocument(QObject):
    """One set over the built-in library. Every change goes through `apply` and can be taken back.

    Signals:
        changed: the document is another.
        file_changed: it belongs to another file, or was saved, or has changes that are not saved.
        autosaved: the recovery file holds the document as it is.
    """

    changed = Signal()
    file_changed = Signal()
    autosaved = Signal()

    def __init__(self, base: Library, figure: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = base
        self.stack = QUndoStack(self)
        self._figure = figure
        self._document = Document(figure=figure)
        self._path: Path | None = None
        self._seen: str | None = None
        self._library: tuple[Document, Library] | None = None
        self._lock: FileLock | None = None
        self._slot: RecoverySlot | None = None
        self._recovered = False
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE_MS)
        self._autosave.timeout.connect(self.write_recovery)
        self.stack.cleanChanged.connect(lambda _clean: self.file_changed.emit())

    @property
    def document(self) -> Document:
        return self._document

    @property
    def path(self) -> Path | None:
        """The file it was opened from or saved to; None for a new set."""
        return self._path

    @property
    def name(self) -> str:
        return self._path.name if self._path else "new set"

    @property
    def library(self) -> Library:
        """The built-in library with the set over it."""
        if self._library is None or self._library[0] is not self._document:
            self._library = (self._document, join([(Path(self.name), self._document)], base=self.base))
        return self._library[1]

    @property
    def is_dirty(self) -> bool:
        """Whether there is something to save."""
        return self._recovered or not self.stack.isClean()

    @property
    def is_shared(self) -> bool:
        """Whether another window has the file open, so that it can be saved under another name only."""
        return self._lock is not None and not self._lock.held

    def apply(self, edit: Edit, gesture: str = "") -> None:
        """Make an edit, one step of the history. Steps of one `gesture` in a row, such as nudges, become one."""
        if edit.document != self._document:
            self.stack.push(_Step(self, self._document, edit, gesture))

    def start_new(self) -> None:
        """Begin an empty set; what was open is gone."""
        self._take(Document(figure=self._figure), None, None)

    def open(self, path: Path) -> None:
        """Open a file. Raises FileProblem, also for a reference that leads nowhere; what was open then stays."""
        document, seen = open_document(path)
        join([(path, document)], base=self.base)
        self._take(document, path, seen)

    def recover(self, recovery: Recovery) -> None:
        """Go on with what was not saved. Raises FileProblem; what was open then stays."""
        join([(recovery.path or Path("recovered set"), recovery.document)], base=self.base)
        self._take(recovery.document, recovery.path, recovery.seen)
        self._recovered = True
        self.write_recovery()
        self.file_changed.emit()

    def save(self, path: Path | None = None, overwrite: bool = False) -> None:
        """Save, under another name if one is given.

        Raises:
            ChangedOnDisk: another program has changed the file; told to overwrite, it is written all the same.
            FileProblem: it cannot be written, or another window has it open. Document and file stay whole.
        """
        target = path or self._path
        assert target is not None, "a new set is saved under a name"
        if self._path is not None and target.resolve() == self._path.resolve():
            lock, seen = self._lock, self._seen
        else:
            lock, seen = FileLock(target), None
            overwrite = True  # The file dialog has asked.
        if lock is not None and not lock.held:
            remedy = "save under another name, or close it there"
            raise FileProblem(target, "the file", "it is open in another window", remedy)
        self._seen = save_document(target, self._document, seen, overwrite)
        if lock is not self._lock and self._lock is not None:
            self._lock.release()
        self._lock, self._path, self._recovered = lock, target, False
        self._autosave.stop()
        self._drop_recovery()
        self.stack.setClean()
        self.file_changed.emit()

    def close(self) -> None:
        """Let the file go and forget what was not saved: the user has been asked."""
        self._autosave.stop()
        self._drop_recovery()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def write_recovery(self) -> None:
        """Keep the document as it is until it is saved. A folder that cannot be written is logged, no more."""
        if not self.is_dirty:
            self._drop_recovery()
            return
        now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        recovery = Recovery(document=self._document, path=self._path, seen=self._seen, saved_at=now)
        try:
            if self._slot is None:
                self._slot = RecoverySlot()
            self._slot.write(recovery)
        except FileProblem as problem:
            logger.warning("%s", problem)
            return
        self.autosaved.emit()

    def set_document(self, document: Document) -> None:
        """Go to another state; for the steps of the history."""
        self._document = document
        if not self._autosave.isActive():
            self._autosave.start()
        self.changed.emit()

    def _take(self, document: Document, path: Path | None, seen: str | None) -> None:
        self.close()
        self._lock = None if path is None else FileLock(path)
        self._document, self._path, self._seen, self._recovered = document, path, seen, False
        self.stack.clear()
        self.changed.emit()
        self.file_changed.emit()

    def _drop_recovery(self) -> None:
        if self._slot is not None:
            self._slot.drop()
            self._slot = None


class _Step(QUndoCommand):
    """One edit: the document before it and after it. Unchanged parts are shared, so a step is small."""

    def __init__(self, owner: SetDocument, before: Document, edit: Edit, gesture: str) -> None:
        super().__init__(edit.words)
        self._owner = owner
        self._before = before
        self._after = edit.document
        self._gesture = gesture

    def id(self) -> int:
        return 1 if self._gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or other._gesture != self._gesture:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._owner.set_document(self._after)

    def undo(self) -> None:
        self._owner.set_document(self._before)

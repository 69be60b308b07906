"""The set that is open: its document with undo, its file, and what is kept of it until it is saved."""

import logging
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.document import Document
from app.domain.edits.edit import Edit
from app.domain.edits.history import History
from app.domain.library import Library, check_figure, join
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
        file_changed: it belongs to another file, or was saved, or has other changes that are not saved.
        autosaved: the recovery file holds the document as it is.
    """

    changed = Signal()
    file_changed = Signal()
    autosaved = Signal()

    def __init__(self, base: Library, figure: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = base
        self.history = History(Document(figure=figure))
        self._figure = figure
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

    @property
    def document(self) -> Document:
        return self.history.document

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
        if self._library is None or self._library[0] is not self.document:
            self._library = (self.document, join([(Path(self.name), self.document)], base=self.base))
        return self._library[1]

    @property
    def is_dirty(self) -> bool:
        """Whether there is something to save."""
        return self._recovered or not self.history.is_clean

    @property
    def is_shared(self) -> bool:
        """Whether another window has the file open, so that it can be saved under another name only."""
        return self._lock is not None and not self._lock.held

    def apply(self, edit: Edit, gesture: str = "") -> None:
        """Make an edit, one step of the history. Steps of one `gesture` in a row, such as nudges, become one."""
        if edit.document != self.document:
            self.history.push(edit, gesture)
            self._on_changed()

    def go(self, index: int) -> None:
        """Go to the state after so many steps of the history."""
        if index != self.history.index:
            self.history.go(index)
            self._on_changed()

    def undo(self) -> None:
        """Take the last step back."""
        self.go(max(0, self.history.index - 1))

    def redo(self) -> None:
        """Make the next step again."""
        self.go(min(len(self.history.words), self.history.index + 1))

    def start_new(self) -> None:
        """Begin an empty set; what was open is gone."""
        self.take(Document(figure=self._figure), None, None)

    def open(self, path: Path) -> None:
        """Open a file. Raises FileProblem, also for a reference that leads nowhere; what was open then stays."""
        document, seen = open_document(path)
        check_figure(path, document, self._figure)
        join([(path, document)], base=self.base)
        self.take(document, path, seen)

    def take(self, document: Document, path: Path | None, seen: str | None, changed: bool = False) -> None:
        """Take over what was read of a file; `changed` says that it is not as the file has it, and not saved yet."""
        self.close()
        self._lock = None if path is None else FileLock(path)
        self.history = History(document)
        self._path, self._seen, self._recovered = path, seen, changed
        self.write_recovery()
        self.changed.emit()
        self.file_changed.emit()

    def recover(self, recovery: Recovery) -> None:
        """Go on with what was not saved. Raises FileProblem; what was open then stays."""
        path = recovery.path or Path("recovered set")
        check_figure(path, recovery.document, self._figure)
        join([(path, recovery.document)], base=self.base)
        self.take(recovery.document, recovery.path, recovery.seen, changed=True)

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
        self._seen = save_document(target, self.document, seen, overwrite)
        if lock is not self._lock and self._lock is not None:
            self._lock.release()
        self._lock, self._path, self._recovered = lock, target, False
        self._autosave.stop()
        self._drop_recovery()
        self.history.set_clean()
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
        recovery = Recovery(document=self.document, path=self._path, seen=self._seen, saved_at=now)
        try:
            if self._slot is None:
                self._slot = RecoverySlot()
            self._slot.write(recovery)
        except FileProblem as problem:
            logger.warning("%s", problem)
            return
        self.autosaved.emit()

    def _on_changed(self) -> None:
        if not self._autosave.isActive():
            self._autosave.start()
        self.changed.emit()
        self.file_changed.emit()

    def _drop_recovery(self) -> None:
        if self._slot is not None:
            self._slot.drop()
            self._slot = None

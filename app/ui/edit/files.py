"""Files of the editor: new, open, recent, save, import, export, what is found at the start; every question in words."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.exchange.formats import EXPORTS, POINT_SET, TEXTS, ending_of, export_text
from app.domain.problems import FileProblem
from app.domain.saving import ChangedOnDisk
from app.domain.steps import Step
from app.domain.storage import write_bytes
from app.geometry.exchange.asking import Question
from app.scene.model import model
from app.ui.beside import read_beside
from app.ui.edit.reading import (
    Compared,
    ReadImport,
    ReadSet,
    reader_of_comparison,
    reader_of_import,
    reader_of_set,
    recovered,
)
from app.ui.edit.session import EditSession
from app.ui.messages import ask, tell, tell_problem
from app.ui.recent_files import RecentFiles, file_name
from app.ui.recovery_folder import orphans
from app.ui.words import count

Result = TypeVar("Result")

_IMPORTS = [ending for ending in TEXTS if ending != POINT_SET]


class EditFiles(QObject):
    """Opens and writes files for a session; nothing here waits with the window blocked but for its answer.

    Signals:
        opened: the session has another set.
        compared: another set was read to be compared: its path, and what was read.
    """

    opened = Signal()
    compared = Signal(Path, Compared)

    def __init__(self, session: EditSession, window: QWidget, picture: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._picture = picture
        self.recent = RecentFiles()

    def new(self) -> None:
        self.when_saved(self._new)

    def ask_open(self) -> None:
        self.when_saved(lambda: self._dialog("Open a point set", self.open, [POINT_SET]))

    def open(self, path: Path, asked: Question | None = None) -> None:
        """Open a point set; what cannot be opened is told and changes nothing.

        A set in another unit or frame, or of another figure, is asked about; `asked` is what was answered with yes.
        """
        self._read(path, reader_of_set(self._session, path, asked), self._on_read, "opened")

    def _on_read(self, path: Path, found: ReadSet | Question) -> None:
        if isinstance(found, Question):
            question = found
            ask(
                self._window,
                f"Open {path.name} all the same?",
                question.sentence,
                {question.answer: lambda: self.open(path, question)},
            )
            return
        self._session.file.take(found.document, path, found.seen, found.changed)
        self.recent.add(path)
        if self._session.file.is_shared:
            sentence = f"{path.name} is open in another window; it can be saved under another name only."
            tell_problem(self._window, "Open in two windows", sentence)
        elif found.changed:
            tell(self._window, f"{path.name} is open; save it to keep it so", "\n\n".join(found.notes))
        self._session.select(())
        self.opened.emit()
        if found.notes and not found.changed:
            self._session.told.emit(" ".join(found.notes))

    def _read(
        self, path: Path, read: Callable[[Step], Result], take: Callable[[Path, Result], None], done: str
    ) -> None:
        """Read a file beside the window and take what was found; why it was not `done` is told."""
        read_beside(
            self._window,
            path,
            read,
            lambda found: take(path, found),
            lambda problem: tell_problem(self._window, f"{path.name} was not {done}", str(problem)),
            lambda: self._session.told.emit(f"Stopped; {path.name} was not {done}."),
        )

    def take(self, path: Path) -> None:
        """A file that was dropped on the window: a point set is opened, anything else imported."""
        if path.name.lower().endswith(POINT_SET):
            self.when_saved(lambda: self.open(path))
        else:
            self.import_(path)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save, under a name that is asked for where there is none; then go on."""
        if self._session.file.path is None:
            self.save_as(then)
        else:
            self._save(None, False, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        dialog = self._save_dialog("Save the set", [POINT_SET])
        dialog.fileSelected.connect(lambda name: self._save(_with_ending(Path(name), POINT_SET), False, then))
        dialog.open()

    def ask_import(self) -> None:
        self._dialog("Import points", self.import_, _IMPORTS)

    def import_(self, path: Path, asked: Question | None = None) -> None:
        """Take the points of a file over, one step of the history; another unit or frame is asked about."""
        self._read(path, reader_of_import(self._session, path, asked), self._on_imported, "imported")

    def _on_imported(self, path: Path, found: ReadImport | Question) -> None:
        if isinstance(found, Question):
            question = found
            ask(
                self._window,
                "Read it this way?",
                question.sentence,
                {question.answer: lambda: self.import_(path, question)},
            )
            return
        self._session.file.apply(found.edit)
        if found.notes:
            tell(self._window, f"{path.name} was imported", "\n\n".join(found.notes[:20]))
        self._session.told.emit(f"Imported {found.count} points of {path.name}.")

    def ask_compare(self) -> None:
        self._dialog("Compare with", self.compare, list(TEXTS))

    def compare(self, path: Path) -> None:
        """Read another set to compare the open one with."""
        self._read(path, reader_of_comparison(self._session, path), self._on_compared, "compared")

    def _on_compared(self, path: Path, found: Compared | Question) -> None:
        if isinstance(found, Question):
            tell_problem(self._window, f"{path.name} was not compared", f"{found.sentence} Import it first.")
            return
        self.compared.emit(path, found)

    def ask_export(self) -> None:
        dialog = self._save_dialog("Export the set", [*_IMPORTS, ".glb", ".png", POINT_SET])
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the set in another format and tell what that leaves out."""
        session = self._session
        try:
            ending = ending_of(path, EXPORTS)
            if ending == ".png":
                self._picture(path)
                return
            if ending == ".glb":
                data, losses = model(session.figure, session.document, session.base)
            else:
                export = export_text(path, session.document, session.base)
                data, losses = export.text.encode(), export.losses
            write_bytes(path, data)
        except FileProblem as problem:
            tell_problem(self._window, f"{path.name} was not written", str(problem))
            return
        if losses:
            tell(self._window, f"{path.name} was written", "\n\n".join(losses))
        else:
            session.told.emit(f"{path.name} was written.")

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on once there is nothing unsaved: it may be saved, given up, or the whole may be called off."""
        if not self._session.file.is_dirty:
            then()
            return
        ask(
            self._window,
            f"Save the changes to {self._session.file.name}?",
            "If you do not save, they are lost.",
            {"Save": lambda: self.save(lambda: _go(then)), "Do not save": lambda: _go(then)},
        )

    def offer_recovery(self) -> None:
        """Offer what a window that died has left; the newest first, one at a time."""
        found = orphans()
        if not found:
            return
        orphan, *others = found
        for other in others:
            other.keep()
        recovery = orphan.recovery
        name = recovery.path.name if recovery.path else recovery.document.title or "a set without a name"

        def recover() -> None:
            try:
                self._session.file.recover(recovered(self._session, recovery))
            except FileProblem as problem:
                orphan.keep()
                tell_problem(self._window, "The set was not recovered", str(problem))
                return
            orphan.drop()
            self._session.told.emit(f"Recovered {name}; save it to keep it.")
            self.opened.emit()

        ask(
            self._window,
            f"Recover unsaved changes to {name}?",
            f"Facepoints ended before they were saved. They were kept on {recovery.saved_at}, with "
            f"{count(len(recovery.document.points), 'point')} and {count(len(recovery.document.groups), 'group')}.",
            {"Recover": recover, "Throw away": orphan.drop},
            orphan.keep,
        )

    def _new(self) -> None:
        self._session.file.start_new()
        self._session.select(())
        self.opened.emit()

    def _save(self, path: Path | None, overwrite: bool, then: Callable[[], None] | None) -> None:
        file = self._session.file
        try:
            file.save(path, overwrite)
        except ChangedOnDisk as problem:
            ask(
                self._window,
                "Another program changed the file",
                str(problem),
                {
                    "Overwrite it": lambda: self._save(path, True, then),
                    "Save under another name": lambda: self.save_as(then),
                },
            )
            return
        except FileProblem as problem:
            tell_problem(self._window, "The set was not saved", str(problem))
            return
        assert file.path is not None
        self.recent.add(file.path)
        self._session.told.emit(f"Saved {file.path.name}.")
        if then is not None:
            then()

    def _dialog(self, title: str, then: Callable[[Path], object], endings: list[str]) -> None:
        names = ";;".join([f"Point files (*{' *'.join(endings)})", "All files (*)"])
        dialog = QFileDialog(self._window, title, str(self.recent.folder), names)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.recent.used(Path(name)))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _save_dialog(self, title: str, endings: list[str]) -> QFileDialog:
        names = ";;".join(f"{EXPORTS[ending]} (*{ending})" for ending in endings)
        dialog = QFileDialog(self._window, title, str(self.recent.folder), names)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(self._suggested(endings[0]))
        dialog.fileSelected.connect(lambda name: self.recent.used(Path(name)))
        return dialog

    def _suggested(self, ending: str) -> str:
        """The name of the file that is open, or one of the set's title."""
        path, title = self._session.file.path, self._session.document.title
        if path is not None:
            return path.name.removesuffix(POINT_SET) + ending
        return file_name(title or "new set", ending.lstrip("."))


def _go(then: Callable[[], object]) -> None:
    then()


def _with_ending(path: Path, ending: str) -> Path:
    name = path.name
    return path if name.endswith(ending) else path.with_name(name.removesuffix(".json") + ending)

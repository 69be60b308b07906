"""What the editor reads of files, beside the window if they are large: nothing here touches what the window shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.document import Document
from app.domain.edits.edit import Edit, EditProblem
from app.domain.edits.merging import take_all
from app.domain.exchange.marks import exported
from app.domain.library import is_of_other_figure, join
from app.domain.problems import FileProblem
from app.domain.recovery import Recovery
from app.domain.saving import open_document
from app.domain.steps import Step
from app.domain.storage import encoding_notes
from app.geometry.exchange.asking import Question, ask_about
from app.geometry.exchange.importing import import_file, laid_as
from app.geometry.exchange.placing_again import placed_again
from app.geometry.sites import Sites, bind_loosely
from app.ui.edit.session import EditSession


@dataclass(frozen=True)
class ReadSet:
    """A point set that was read.

    Attributes:
        document: the set.
        seen: fingerprint of the file it was read from.
        changed: whether the set is another than the file has.
        notes: what was changed, or will be by saving, in a sentence each.

    """

    document: Document
    seen: str
    changed: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ReadImport:
    """A foreign file that was read: the step that takes its points over, how many, and notes in a sentence each."""

    edit: Edit
    count: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """Another set that was read to be compared.

    Attributes:
        theirs: the set.
        sites: the places of its points, and of the built-in ones that its groups name.
        laid: its points that were laid onto the skin, each with the mm that it lay off.

    """

    theirs: Document
    sites: Sites
    laid: Mapping[str, float]


def reader_of_set(
    session: EditSession, path: Path, asked: Question | None
) -> Callable[[Step], ReadSet | Question]:
    """What reads a point set to open it. It raises FileProblem; `asked` is a question that was answered with yes."""
    base, figure, bound = session.base, session.figure, session.bound

    def read(step: Step) -> ReadSet | Question:
        step("Reading", 0.0)
        document, seen = open_document(path)
        step("Looking at the places", 0.5)
        notes = encoding_notes(path)
        if asked is not None:
            found = laid_as(path, document, asked.reading, asked.again, base, figure, step)
            document, notes = found.document, (*notes, *found.notes)
        elif (question := ask_about(path, document, figure)) is not None:
            return question
        join([(path, document)], base=base)
        step("Laying the points onto the skin", 0.7)
        bound.learn(document.points)
        step("Laying the points onto the skin", 1.0)
        return ReadSet(document, seen, asked is not None, notes)

    return read


def reader_of_import(
    session: EditSession, path: Path, asked: Question | None
) -> Callable[[Step], ReadImport | Question]:
    """What reads a foreign file to take its points over. It raises FileProblem."""
    base, figure, bound, document = session.base, session.figure, session.bound, session.document

    def read(step: Step) -> ReadImport | Question:
        answer = (None, None, False) if asked is None else (asked.scale, asked.axes, asked.again)
        found = import_file(path, base, figure, *answer, step=step)
        if isinstance(found, Question):
            return found
        step("Taking the points over", 1.0)
        try:
            edit = take_all(document, found.document, base, f"Import {path.name}")
        except EditProblem as problem:
            remedy = "correct the file, or the set that it is taken into"
            raise FileProblem(path, "the points", str(problem).rstrip("."), remedy) from None
        bound.learn(edit.document.points)
        step("Taking the points over", 1.0)
        return ReadImport(edit, len(found.document.points), found.notes)

    return read


def reader_of_comparison(session: EditSession, path: Path) -> Callable[[Step], Compared | Question]:
    """What reads another set to compare it with the open one. It raises FileProblem."""
    base, figure = session.base, session.figure

    def read(step: Step) -> Compared | Question:
        found = import_file(path, base, figure, step=step)
        if isinstance(found, Question):
            return found
        step("Comparing", 1.0)
        return Compared(found.document, bind_loosely(figure, exported(found.document, base)), found.laid)

    return read


def recovered(session: EditSession, recovery: Recovery) -> Recovery:
    """What was kept unsaved, on this figure: the program may be another than the one that kept it."""
    document = recovery.document
    if is_of_other_figure(document, session.figure.fingerprint):
        path = recovery.path or Path("recovered set")
        document = placed_again(path, document, session.base, session.figure).document
    return msgspec.structs.replace(recovery, document=document)

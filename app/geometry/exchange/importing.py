"""A foreign file as a set on this figure: its frame recognised, its points laid onto the skin."""

from pathlib import Path

import msgspec
import numpy as np

from app.domain.document import Document
from app.domain.edits.edit import EditProblem
from app.domain.exchange.files import Foreign, bad
from app.domain.exchange.formats import read_foreign
from app.domain.exchange.frames import Axes
from app.domain.exchange.marks import Mark, MarkProblem, points_of
from app.domain.library import Library, is_of_other_figure
from app.domain.points import Point
from app.domain.steps import Step, no_step
from app.geometry.exchange.asking import OURS, Question, ask_about, in_our_frame, read_as
from app.geometry.exchange.laying import Imported, laid_notes, onto_skin
from app.geometry.exchange.placing_again import placed_again
from app.geometry.exchange.recognising import Reading, recognise
from app.geometry.figure import Figure


def import_file(
    path: Path,
    base: Library,
    figure: Figure,
    scale: float | None = None,
    axes: Axes | None = None,
    again: bool = False,
    step: Step = no_step,
) -> Imported | Question:
    """Read a foreign file as a set, or ask about it where it fits the figure in another unit or frame only.

    A `scale` or `axes` that is given is taken, and nothing is asked; `again` says that the points of a set of another
    figure may be placed again on this one.

    Raises:
        FileProblem: the file cannot be read, or its points lie off the skin whatever its frame.

    """
    step("Reading", 0.0)
    foreign = read_foreign(path)
    step("Looking at the places", 0.2)
    if not foreign.marks:
        document = foreign.document or Document()
        if not again and scale is None and axes is None:
            question = ask_about(path, document, figure)
            if question is not None:
                return question
        laid = laid_as(path, document, Reading(scale or 1.0, axes or OURS), again, base, figure, step)
        return Imported(laid.document, (*foreign.notes, *laid.notes), laid.laid)
    places = [mark.position for mark in foreign.marks if mark.position is not None]
    own = Reading(scale or foreign.scale, axes or foreign.axes)
    if scale is None and axes is None and places:
        found = recognise(figure, np.array(places, float), own)
        if found is not None and found != own:
            return Question(path, found.words(own), found)
    return _import(path, foreign, base, figure, own, step)


def laid_as(
    path: Path,
    document: Document,
    reading: Reading | None,
    again: bool,
    base: Library,
    figure: Figure,
    step: Step = no_step,
) -> Imported:
    """Return a set as it is once what `ask_about` asks is answered: its places read so, or its points placed again.

    Raises:
        FileProblem: its points lie off the skin all the same, or it names something that is nowhere.

    """
    if again and is_of_other_figure(document, figure.fingerprint):
        return placed_again(path, document, base, figure, step)
    document = document if reading is None else read_as(path, document, reading)
    points, off = onto_skin(path, document.points, figure, step)
    figure_of = document.figure or figure.fingerprint
    document = msgspec.structs.replace(document, points=points, figure=figure_of)
    return Imported(document, laid_notes(off), off)


def _import(
    path: Path, foreign: Foreign, base: Library, figure: Figure, reading: Reading, step: Step
) -> Imported:
    marks = tuple(_in_our_frame(path, mark, reading) for mark in foreign.marks)
    document = foreign.document or Document(title=foreign.title)
    if is_of_other_figure(document, figure.fingerprint):
        # The file was moved or made elsewhere; what counts are its own places, which lie on this figure or do not.
        document = msgspec.structs.replace(document, figure=figure.fingerprint)
    step("Making points of the places", 0.3)
    try:
        points, notes = points_of(marks, base, document)
    except MarkProblem as problem:
        sentence, _, remedy = str(problem).partition("; ")
        raise bad(path, "the names", sentence, remedy) from None
    except EditProblem as problem:
        raise bad(path, "the points", str(problem).rstrip("."), "correct the file") from None
    laid, off = onto_skin(path, points, figure, step)
    if foreign.document is None:
        kept = laid
    else:
        # The set rides along: built-in points that it names only, and that nobody has moved, stay out of it.
        own = {point.code for point in document.points}
        kept = tuple(
            point
            for point in laid
            if point.code in own or not _same_place(point, base.points.get(point.code))
        )
    document = msgspec.structs.replace(document, points=kept, figure=figure.fingerprint)
    return Imported(document, (*foreign.notes, *notes, *laid_notes(off)), off)


def _same_place(point: Point, built_in: Point | None) -> bool:
    if built_in is None or point.position is None or built_in.position is None:
        return built_in is not None and point.position is None and built_in.position is None
    return float(np.linalg.norm(np.subtract(point.position, built_in.position))) < 0.02


def _in_our_frame(path: Path, mark: Mark, reading: Reading) -> Mark:
    if mark.position is None:
        return mark
    return msgspec.structs.replace(mark, position=in_our_frame(path, mark.label, mark.position, reading))

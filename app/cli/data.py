"""Loading what the commands speak about, with every failure told as a CommandProblem."""

from pathlib import Path

from app.cli.problems import CommandProblem
from app.domain.builtin import load_library
from app.domain.codec import read_document
from app.domain.document import Document
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.geometry.exchange.asking import ask_about
from app.geometry.figure import Figure, FigureProblem, load_figure
from app.geometry.sites import Sites, SurfaceProblem, bind_points


def the_library(set_file: str | None) -> Library:
    """Return the built-in library, with the trainer's set in `set_file` over it."""
    try:
        return load_library(None if set_file is None else Path(set_file))
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None


def the_set(path: Path, figure: Figure) -> Document:
    """Return the set in a file, which the built-in library can be joined with and whose places lie on the figure."""
    the_library(str(path))  # Every reference leads somewhere, or it is told now.
    try:
        document = read_document(path)
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None
    question = ask_about(path, document, figure)
    if question is not None:
        raise CommandProblem(str(question.refusal))
    try:
        bind_points(figure, document.points)
    except SurfaceProblem as problem:
        raise CommandProblem(f"{path}, point {problem.code}: {problem.problem}; {problem.remedy}.") from None
    return document


def the_figure() -> Figure:
    """Return the figure that comes with the program."""
    try:
        return load_figure()
    except FigureProblem as problem:
        raise CommandProblem(str(problem)) from None


def the_sites(figure: Figure, library: Library, set_file: str | None) -> Sites:
    """Return the needle sites of every placed point of the library."""
    try:
        return bind_points(figure, library.points.values())
    except SurfaceProblem as problem:
        if set_file:
            the_set(Path(set_file), figure)  # It may be known why, and what to do about it.
        where = f"{set_file}, point {problem.code}" if set_file else f"built-in point {problem.code}"
        raise CommandProblem(f"{where}: {problem.problem}; {problem.remedy}.") from None

"""Loading what the commands speak about, with every failure told as a CommandProblem."""

from pathlib import Path

from app.cli.problems import CommandProblem
from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.geometry.figure import Figure, FigureProblem, load_figure
from app.geometry.sites import Sites, SurfaceProblem, bind_points


def the_library(set_file: str | None) -> Library:
    """Return the built-in library, with the trainer's set in `set_file` over it."""
    try:
        return load_library(None if set_file is None else Path(set_file))
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None


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
        where = f"{set_file}, point {problem.code}" if set_file else f"built-in point {problem.code}"
        raise CommandProblem(f"{where}: {problem.problem}; {problem.remedy}.") from None

"""Opening a point set: wholly or not at all."""

from pathlib import Path

from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.geometry.figure import Figure
from app.geometry.sites import Sites, SurfaceProblem, bind_points


class OpeningProblem(Exception):
    """A point set that cannot be opened; the text is one sentence with file, place and remedy."""


def open_library(path: Path | None, figure: Figure) -> tuple[Library, Sites]:
    """The built-in library, with the set in `path` over it if there is one, and its needle sites on the figure.

    Raises:
        OpeningProblem: the file cannot be read, or a point of it lies off the skin.
    """
    try:
        library = load_library(path)
        return library, bind_points(figure, library.points.values())
    except FileProblem as problem:
        raise OpeningProblem(str(problem)) from None
    except SurfaceProblem as problem:
        where = f"{path}, point {problem.code}" if path else f"built-in point {problem.code}"
        raise OpeningProblem(f"{where}: {problem.problem}; {problem.remedy}.") from None

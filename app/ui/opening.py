"""Opening a point set: wholly or not at all."""

from pathlib import Path

import msgspec

from app.domain.builtin import load_library
from app.domain.codec import read_document
from app.domain.document import Document
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.domain.shown import Shown, with_goal, with_group
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


def own_shown(path: Path, library: Library) -> Shown:
    """All that the set in `path`, which is in the library, brings: its goals, and what stands in none of them.

    Raises:
        OpeningProblem: the file cannot be read.
    """
    try:
        return _own(read_document(path), library)
    except FileProblem as problem:
        raise OpeningProblem(str(problem)) from None


def _own(document: Document, library: Library) -> Shown:
    shown = Shown()
    for goal in document.goals:
        shown = with_goal(library, shown, goal.id, True)
    in_goals = {group for goal in document.goals for group in goal.groups}
    for group in document.groups:
        if group.id not in in_goals:
            shown = with_group(library, shown, None, group.id, True)
    in_groups = {item.code for group in document.groups for item in group.points + group.advanced_points}
    loose = frozenset(point.code for point in document.points if point.code not in in_groups)
    return msgspec.structs.replace(shown, points=shown.points | loose)

"""Opening a point set: wholly or not at all."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.builtin import load_library
from app.domain.codec import read_document
from app.domain.document import Document
from app.domain.library import Library, join
from app.domain.problems import FileProblem
from app.domain.shown import Shown, with_goal, with_group
from app.domain.steps import Step, no_step
from app.geometry.exchange.asking import Question, ask_about
from app.geometry.figure import Figure
from app.geometry.sites import Sites, SurfaceProblem, bind_points


class OpeningProblem(Exception):
    """The built-in library cannot be opened; the text is one sentence with file, place and remedy."""


@dataclass(frozen=True)
class OpenedSet:
    """A set over the built-in library.

    Attributes:
        library: both together.
        sites: the needle sites of all points on the figure.
        own: all that the set brings: its goals, and what stands in none of them.

    """

    library: Library
    sites: Sites
    own: Shown


def open_library(figure: Figure) -> tuple[Library, Sites]:
    """The built-in library and its needle sites on the figure.

    Raises:
        OpeningProblem: a file cannot be read, or a point lies off the skin.
    """
    try:
        library = load_library()
        return library, bind_points(figure, library.points.values())
    except FileProblem as problem:
        raise OpeningProblem(str(problem)) from None
    except SurfaceProblem as problem:
        raise OpeningProblem(f"built-in point {problem.code}: {problem.problem}; {problem.remedy}.") from None


def open_set(path: Path, figure: Figure, step: Step = no_step) -> OpenedSet | Question:
    """A set over the built-in library; a question where its places fit this figure in another way only.

    Raises:
        FileProblem: the file cannot be read, names something that is nowhere, or a point of it lies off the skin.
    """
    step("Reading", 0.0)
    base = load_library()
    document = read_document(path)
    step("Looking at the places", 0.5)
    question = ask_about(path, document, figure)
    if question is not None:
        return question
    library = join([(path, document)], base=base)
    try:
        sites = bind_points(
            figure,
            library.points.values(),
            lambda share: step("Laying the points onto the skin", 0.6 + 0.4 * share),
        )
    except SurfaceProblem as problem:
        raise FileProblem(path, f"point {problem.code}", problem.problem, problem.remedy) from None
    return OpenedSet(library, sites, _own(document, library))


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

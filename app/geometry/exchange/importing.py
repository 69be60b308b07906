"""A foreign file as a set on this figure: its frame recognised, its points laid onto the skin."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from app.domain.document import Document
from app.domain.edits.edit import EditProblem, rounded
from app.domain.exchange.files import Foreign, bad
from app.domain.exchange.formats import read_foreign
from app.domain.exchange.frames import Axes, to_ours
from app.domain.exchange.marks import Mark, MarkProblem, points_of
from app.domain.library import Library
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import LIMIT_MM, Position
from app.domain.steps import Step, no_step
from app.geometry.exchange.recognising import Reading, recognise
from app.geometry.figure import Figure, Floats
from app.geometry.sites import FARTHEST_MM, Sites, SurfaceProblem, bind_points, surface_problems

KEPT_MM = 0.002
"""What lies this near to the skin stays as it is: a file keeps positions to 0.001 mm."""
NOTED_MM = 0.5
"""Points laid onto the skin from farther than this are worth a note."""


@dataclass(frozen=True)
class Imported:
    """A foreign file as a set.

    Attributes:
        document: the set, every point of it on the skin.
        notes: what was taken for granted or laid right, in a sentence each.

    """

    document: Document
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A file whose points fit the figure in another unit or with other axes only.

    Attributes:
        sentence: what was found.
        reading: how the file would be read if the answer is yes.
        scale, axes: the same for `import_file`.

    """

    sentence: str
    reading: Reading

    @property
    def scale(self) -> float:
        """Millimetres of one unit of the file."""
        return self.reading.scale

    @property
    def axes(self) -> Axes:
        """The axes of the file."""
        return self.reading.axes


def import_file(
    path: Path,
    base: Library,
    figure: Figure,
    scale: float | None = None,
    axes: Axes | None = None,
    step: Step = no_step,
) -> Imported | Question:
    """Read a foreign file as a set, or ask about it where it fits the figure in another unit or frame only.

    A `scale` or `axes` that is given is taken, and nothing is asked.

    Raises:
        FileProblem: the file cannot be read, or its points lie off the skin whatever its frame.

    """
    step("Reading", 0.0)
    foreign = read_foreign(path)
    step("Looking at the places", 0.2)
    if foreign.document is not None:
        _check_figure(path, foreign.document, figure)
    if not foreign.marks:
        document = foreign.document or Document()
        return Imported(_checked(path, document, figure, step), foreign.notes)
    places = [mark.position for mark in foreign.marks if mark.position is not None]
    own = Reading(scale or foreign.scale, axes or foreign.axes)
    if scale is None and axes is None and places:
        found = recognise(figure, np.array(places, float), own)
        if found is not None and found != own:
            return Question(f"{path}: {found.words(own)}", found)
    return _import(path, foreign, base, figure, own, step)


def _import(
    path: Path, foreign: Foreign, base: Library, figure: Figure, reading: Reading, step: Step
) -> Imported:
    marks = tuple(_in_our_frame(path, mark, reading) for mark in foreign.marks)
    document = foreign.document or Document(title=foreign.title)
    step("Making points of the places", 0.3)
    try:
        points, notes = points_of(marks, base, document)
    except MarkProblem as problem:
        sentence, _, remedy = str(problem).partition("; ")
        raise bad(path, "the names", sentence, remedy) from None
    except EditProblem as problem:
        raise bad(path, "the points", str(problem).rstrip("."), "correct the file") from None
    laid, more = _onto_skin(path, points, figure, step)
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
    return Imported(document, (*foreign.notes, *notes, *more))


def _same_place(point: Point, built_in: Point | None) -> bool:
    if built_in is None or point.position is None or built_in.position is None:
        return built_in is not None and point.position is None and built_in.position is None
    return float(np.linalg.norm(np.subtract(point.position, built_in.position))) < 0.02


def _in_our_frame(path: Path, mark: Mark, reading: Reading) -> Mark:
    if mark.position is None:
        return mark
    position = to_ours(mark.position, reading.axes, reading.scale)
    if max(map(abs, position)) > LIMIT_MM:
        problem = "it lies more than three metres from the head"
        raise bad(path, mark.label or "a point", problem, "check the unit of the file")
    return msgspec.structs.replace(mark, position=position)


def _onto_skin(
    path: Path, points: Sequence[Point], figure: Figure, step: Step
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """Lay points onto the skin, each on its own side. FileProblem for those that lie too far off."""
    try:
        sites = bind_points(
            figure, points, lambda share: step("Laying the points onto the skin", 0.5 + share * 0.5)
        )
    except SurfaceProblem:
        off = surface_problems(figure, points)
        worst = max(off, key=lambda problem: problem.distance)
        first = off[0]
        raise FileProblem(
            path,
            f"{first.code} and {len(off) - 1} more" if len(off) > 1 else first.code,
            f"{first.problem}, the farthest lies {worst.distance:.0f} mm off",
            "check that the points were made on this figure, and their unit and axes",
        ) from None
    astray = {sites.codes[row] for row in np.flatnonzero(sites.binding.distances > KEPT_MM)}
    skin = sites.positions(figure, figure.neutral.vertices)
    laid = tuple(laid_at(point, sites, skin) if point.code in astray else point for point in points)
    moved = float(sites.binding.distances.max(initial=0.0))
    notes: tuple[str, ...] = ()
    if moved > NOTED_MM:
        notes = (
            f"Points were laid onto the skin, the farthest from {moved:.1f} mm off (at most {FARTHEST_MM:g}).",
        )
    return laid, notes


def laid_at(point: Point, sites: Sites, places: Floats) -> Point:
    """A placed point with its places where its sites lie, `places` (n, 3) mm in the order of `sites`."""
    rows = iter(sites.indices(point.code))

    def take(both: bool) -> tuple[Position, Position]:
        """The next place, and that of the other side, which is stored where the sides differ only."""
        first = _position(places[next(rows)])
        return first, _position(places[next(rows)]) if both else first

    position, right = take(point.laterality == "bilateral" or point.position_right is not None)
    further = tuple(
        site
        if site.position is None
        else msgspec.structs.replace(site, position=take(site.side == "bilateral")[0])
        for site in point.further_sites
    )
    return msgspec.structs.replace(
        point,
        position=position,
        position_right=None if point.position_right is None else right,
        further_sites=further,
    )


def _position(place: Floats) -> Position:
    x, y, z = (float(value) for value in place)
    return rounded((x, y, z))


def _check_figure(path: Path, document: Document, figure: Figure) -> None:
    if document.figure and document.figure != figure.fingerprint and any(p.position for p in document.points):
        problem = (
            f"the positions were made on another figure ({document.figure}, this one is {figure.fingerprint})"
        )
        raise bad(path, "figure", problem, "place its points again on this figure")


def _checked(path: Path, document: Document, figure: Figure, step: Step) -> Document:
    points, _ = _onto_skin(path, document.points, figure, step)
    return msgspec.structs.replace(document, points=points, figure=document.figure or figure.fingerprint)

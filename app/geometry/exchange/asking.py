"""What has to be asked about a file before its points can be laid onto this figure."""

from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import msgspec
import numpy as np

from app.domain.document import Document
from app.domain.exchange.files import bad
from app.domain.exchange.frames import AXES, Axes, to_ours
from app.domain.library import is_of_other_figure
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import LIMIT_MM, Position
from app.geometry.exchange.recognising import Reading, recognise, spelled
from app.geometry.figure import Figure

OURS = AXES["facepoints"]


@dataclass(frozen=True)
class Question:
    """A file whose points fit the figure in another unit or with other axes only, or were made on another figure.

    Attributes:
        path: the file.
        problem: what was found, without the full stop.
        reading: how the file would be read if the answer is yes; None where its points would be placed again.
        scale, axes, again: the same for `import_file`.

    """

    path: Path
    problem: str
    reading: Reading | None

    @property
    def sentence(self) -> str:
        """What was found, with the file."""
        return f"{self.path}: {self.problem}."

    @property
    def remedy(self) -> str:
        """What to do on the command line where no one can be asked."""
        return f"if that is right, run facepoints import {quote(str(self.path))} --to NEW.points.json {self.options}"

    @property
    def refusal(self) -> FileProblem:
        """The same as a problem of the file, with the remedy."""
        return FileProblem(self.path, "the positions", self.problem, self.remedy)

    @property
    def scale(self) -> float | None:
        """Millimetres of one unit of the file."""
        return None if self.reading is None else self.reading.scale

    @property
    def axes(self) -> Axes | None:
        """The axes of the file."""
        return None if self.reading is None else self.reading.axes

    @property
    def again(self) -> bool:
        """Whether the points would be placed again."""
        return self.reading is None

    @property
    def options(self) -> str:
        """The options of the command `import` that say yes."""
        if self.reading is None:
            return "--place-again"
        return f"--scale {self.reading.scale:g} --axes {spelled(self.reading.axes)}"

    @property
    def answer(self) -> str:
        """The word of a button that says yes."""
        return "Place them again" if self.reading is None else "Read it this way"


def ask_about(path: Path, document: Document, figure: Figure) -> Question | None:
    """Return what has to be asked about a set before its points can be laid onto this figure; None for nothing."""
    if is_of_other_figure(document, figure.fingerprint):
        made = "its positions were made on another figure than this one"
        return Question(path, f"{made}, but can be placed again here, by their rules or where they lay", None)
    places = [point.position for point in document.points if point.position is not None]
    own = Reading(1.0, OURS)
    found = recognise(figure, np.array(places, float), own) if places else None
    return None if found is None or found == own else Question(path, found.words(own), found)


def read_as(path: Path, document: Document, reading: Reading) -> Document:
    """Return a set whose positions are in another unit or frame in ours.

    Raises:
        FileProblem: a position lies metres away then.

    """
    if reading == Reading(1.0, OURS):
        return document

    def read(position: Position | None, code: str) -> Position | None:
        return None if position is None else in_our_frame(path, code, position, reading)

    def point_in_ours(point: Point) -> Point:
        further = tuple(
            msgspec.structs.replace(site, position=read(site.position, point.code))
            for site in point.further_sites
        )
        return msgspec.structs.replace(
            point,
            position=read(point.position, point.code),
            position_right=read(point.position_right, point.code),
            further_sites=further,
        )

    return msgspec.structs.replace(document, points=tuple(map(point_in_ours, document.points)))


def in_our_frame(path: Path, name: str, position: Position, reading: Reading) -> Position:
    """Return a position of a file in our frame.

    Raises:
        FileProblem: it lies metres away.

    """
    ours = to_ours(position, reading.axes, reading.scale)
    if max(map(abs, ours)) > LIMIT_MM:
        problem = "it lies more than three metres from the head"
        raise bad(path, name or "a point", problem, "check the unit of the file")
    return ours

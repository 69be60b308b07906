"""What every reader of a foreign file gives, and the sentences it fails with."""

import math
from pathlib import Path
from typing import Any

import msgspec

from app.domain.document import Document
from app.domain.exchange.frames import AXES, Axes
from app.domain.exchange.marks import Mark
from app.domain.problems import FileProblem
from app.domain.storage import read_bytes, text_of


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """What a foreign file holds.

    Attributes:
        marks: its places, in the file's own frame and unit.
        axes, scale: the way to our frame in mm, as the file says or its format means.
        title: a name for the set, if the file has one.
        notes: what was left out, in a sentence each.
        document: the whole set, where the file carries it along.
    """

    marks: tuple[Mark, ...]
    axes: Axes = AXES["facepoints"]
    scale: float = 1.0
    title: str = ""
    notes: tuple[str, ...] = ()
    document: Document | None = None


def bad(path: Path, place: str, problem: str, remedy: str) -> FileProblem:
    """What is wrong with a foreign file."""
    return FileProblem(path, place, problem, remedy)


def number(value: Any, path: Path, place: str) -> float:
    """A coordinate. Raises FileProblem for everything that is no finite number."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        raise bad(path, place, f"{str(value)[:30]!r} is not a number", "correct it") from None
    if not math.isfinite(found):
        raise bad(path, place, f"{value} is not a number", "write a number, or take the point out")
    return found


def read_text(path: Path) -> str:
    """The text of a file. Raises FileProblem."""
    return text_of(read_bytes(path), path)

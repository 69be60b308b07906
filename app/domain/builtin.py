"""The library that comes with the program, and a trainer's set over it."""

from pathlib import Path

from app.domain.codec import read_document
from app.domain.document import Document
from app.domain.library import Library, check_figure, join
from app.domain.places import data_folder

FOLDERS = ("anatomy", "catalogue", "goals", "treatments")
"""Folders of points/ that hold documents."""


def builtin_files() -> list[Path]:
    """The files of points/ in a fixed order. Raises FileProblem when the folder is missing."""
    root = data_folder("points")
    return [path for folder in FOLDERS for path in sorted((root / folder).glob("*.json"))]


def builtin_documents() -> list[tuple[Path, Document]]:
    """Every built-in file, read. Raises FileProblem."""
    return [(path, read_document(path)) for path in builtin_files()]


def load_library(extra: Path | None = None) -> Library:
    """The built-in library, with the set in `extra` over it if one is given.

    Raises FileProblem, and OtherFigure where the positions of the set lie on another figure.
    """
    library = join(builtin_documents())
    if extra is None:
        return library
    document = read_document(extra)
    check_figure(extra, document, library.figure)
    return join([(extra, document)], base=library)

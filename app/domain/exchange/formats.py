"""The formats by the ending of a file, and what each cannot carry."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import fields

from app.domain.canonical import canonical_json
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.edits.field_words import field_words
from app.domain.exchange.csv_file import read_table, write_table
from app.domain.exchange.files import Foreign, bad, read_text
from app.domain.exchange.marks import exported, marks_of
from app.domain.exchange.meshlab import read_picked, write_picked
from app.domain.exchange.slicer import read_fcsv, read_markups, write_fcsv, write_markups
from app.domain.exchange.table import COLUMNS
from app.domain.library import Library
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.storage import encoding_notes, parse_json, read_bytes

POINT_SET = ".points.json"
TEXTS: Mapping[str, str] = {
    POINT_SET: "Facepoints point set",
    ".mrk.json": "3D Slicer markups",
    ".fcsv": "3D Slicer point list",
    ".pp": "MeshLab picked points",
    ".csv": "Table",
}
"""Formats that are read and written, by ending."""

EXPORTS: Mapping[str, str] = {**TEXTS, ".glb": "3D model (glTF)", ".png": "Picture"}
"""Formats that are written, by ending."""

_PLACES = {"code", "position", "position_right", "further_sites", "laterality"}
_CARRIED: Mapping[str, frozenset[str]] = {
    ".fcsv": frozenset(_PLACES | {"locked", "hidden", "pinyin", "hanzi", "english"}),
    ".pp": frozenset(_PLACES),
    ".csv": frozenset(_PLACES | {"locked", "hidden", *COLUMNS}),
    ".glb": frozenset(_PLACES),
    ".png": frozenset(),
}


class Export(msgspec.Struct, frozen=True):
    """A text to write, and what it leaves out in a sentence each."""

    text: str
    losses: tuple[str, ...]


def ending_of(path: Path, known: Mapping[str, str] = TEXTS) -> str:
    """The ending that names the format. Raises FileProblem for a format that is not known."""
    name = path.name.lower()
    for ending in known:
        if name.endswith(ending):
            return ending
    names = ", ".join(known)
    written = next((ending for ending in _CARRIED if name.endswith(ending)), "")
    if written:
        raise bad(path, "the ending", f"{written} can be written but not read", f"use one of {names}")
    raise bad(path, "the ending", "it names no format that is known", f"use one of {names}")


def export_text(path: Path, document: Document, base: Library, frame: str = "LPS") -> Export:
    """A set as the text of the format that the ending of `path` names. Raises FileProblem."""
    ending = ending_of(path)
    points = exported(document, base)
    marks = marks_of(points)
    losses = losses_of(ending, document, points)
    if ending == POINT_SET:
        return Export(canonical_json(document), ())
    if ending == ".mrk.json":
        return Export(write_markups(document, marks, frame), losses)
    if ending == ".fcsv":
        return Export(write_fcsv(marks, frame), losses)
    if ending == ".pp":
        return Export(write_picked(marks), losses)
    return Export(write_table(marks, points), losses)


def losses_of(ending: str, document: Document, points: tuple[Point, ...]) -> tuple[str, ...]:
    """What a format leaves out of this set, in a sentence each."""
    if ending in (POINT_SET,):
        return ()
    if ending == ".mrk.json":
        return ("3D Slicer keeps names, places and flags only; the rest is lost once it saves the file.",)
    carried = _CARRIED[ending]
    sentences = []
    unplaced = [point.code for point in points if point.position is None]
    if unplaced and ending in (".fcsv", ".glb", ".png"):
        sentences.append(f"Points without a place are left out: {', '.join(unplaced)}.")
    lost = []
    for field in fields(Point):
        if field.name in carried | {"extra", "status", "status_reason", "placed_by"}:
            continue
        default = field.default_factory() if callable(field.default_factory) else field.default
        count = sum(getattr(point, field.name) not in (default, msgspec.NODEFAULT) for point in points)
        if count:
            lost.append(f"{field_words(field.name)} ({count})")
    if lost:
        sentences.append(f"Left out of the points, with how many have it: {', '.join(lost)}.")
    kinds = {"group": document.groups, "goal": document.goals, "treatment": document.treatments}
    parts = [f"{len(own)} {noun}{'s' if len(own) > 1 else ''}" for noun, own in kinds.items() if own]
    if parts:
        sentences.append(f"Left out of the set: {' and '.join(parts)}.")
    return tuple(sentences)


def read_foreign(path: Path) -> Foreign:
    """What a file of any known format holds. Raises FileProblem for everything that can be wrong with it."""
    ending = ending_of(path, {**TEXTS, ".json": ""})
    if ending in (POINT_SET, ".json", ".mrk.json"):
        data = read_bytes(path)
        if ending != POINT_SET:
            raw = parse_json(data, path)
            if ending == ".mrk.json" or (isinstance(raw, dict) and "markups" in raw):
                return read_markups(raw, path)
        document = parse_document(data, path)
        return Foreign(marks=(), title=document.title, document=document, notes=encoding_notes(path))
    text = read_text(path)
    found = {".fcsv": read_fcsv, ".pp": read_picked, ".csv": read_table}[ending](text, path)
    if not found.marks:
        raise FileProblem(path, "the file", "there are no points in it", "choose another file")
    return found

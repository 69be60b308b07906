"""MeshLab's picked points, `.pp`: an XML list of names and positions in the frame of the mesh they were picked on."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from app.domain.exchange.files import Foreign, bad, number
from app.domain.exchange.marks import Mark


def write_picked(marks: Sequence[Mark]) -> str:
    """The text of a `.pp` file; a place that is not set stands there as inactive."""
    lines = ["<!DOCTYPE PickedPoints>", "<PickedPoints>", " <DocumentData>", '  <User name="Facepoints"/>']
    lines += [" </DocumentData>"]
    for mark in marks:
        x, y, z = mark.position or (0.0, 0.0, 0.0)
        active = int(mark.position is not None)
        lines.append(f' <point x="{x}" y="{y}" z="{z}" active="{active}" name={quoteattr(mark.label)}/>')
    return "\n".join([*lines, "</PickedPoints>", ""])


def read_picked(text: str, path: Path) -> Foreign:
    """What a `.pp` file holds. Raises FileProblem."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        line, column = error.position
        place = f"line {line}, column {column + 1}"
        raise bad(path, place, "this is not XML, or it is cut off here", "save the points again") from None
    if root.tag != "PickedPoints":
        raise bad(path, "the file", "these are no picked points of MeshLab", "save them as .pp again")
    marks = []
    for index, point in enumerate(root.iter("point"), 1):
        place = f"point {index}"
        x, y, z = (number(point.get(name), path, place) for name in ("x", "y", "z"))
        set_ = point.get("active", "1") != "0"
        marks.append(Mark(label=point.get("name", ""), position=(x, y, z) if set_ else None))
    return Foreign(marks=tuple(marks))

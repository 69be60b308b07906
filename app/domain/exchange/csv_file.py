"""A table of points, `.csv`: one row a place, in our frame; also the tables that 3D Slicer writes."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.domain.exchange.files import Foreign, bad, number
from app.domain.exchange.frames import AXES, Axes
from app.domain.exchange.marks import Mark
from app.domain.exchange.table import COLUMNS, Row
from app.domain.points import Point

_NAMES = ("label", "code", "name", "point")
_AXES: Mapping[tuple[str, str, str], Axes] = {
    ("x", "y", "z"): AXES["facepoints"],
    ("l", "p", "s"): AXES["LPS"],
    ("r", "a", "s"): AXES["RAS"],
}


def write_table(marks: Sequence[Mark], points: Iterable[Point]) -> str:
    """The text of a `.csv` file with the columns label, x, y, z in mm, locked, hidden, and the point's own words."""
    own = {point.code: point for point in points}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("label", "x", "y", "z", "locked", "hidden", *COLUMNS))
    for mark in marks:
        point = own.get(mark.label) or own[mark.label.rpartition(" (")[0]]
        place = ("", "", "") if mark.position is None else mark.position
        words = (getattr(point, column) for column in COLUMNS)
        rows.writerow((mark.label, *place, int(mark.locked), int(mark.hidden), *words))
    return out.getvalue()


def read_table(text: str, path: Path) -> Foreign:
    """What a `.csv` file holds, separated by commas, semicolons or tabs. Raises FileProblem."""
    lines = text.splitlines()
    if not lines:
        raise bad(path, "the file", "it is empty", "write the column names in its first line")
    separator = max(",;\t", key=lines[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    head = [name.strip().lower() for name in next(rows)]
    name = next((one for one in _NAMES if one in head), None)
    axes = next((names for names in _AXES if set(names) <= set(head)), None)
    if name is None or axes is None:
        remedy = "name the columns in the first line: label, x, y, z"
        raise bad(path, "line 1", "there is no column for the name or for the position", remedy)
    marks = []
    for line, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(head):
            raise bad(path, f"line {line}", "the line is cut off or lacks columns", "complete it")
        row = {column: cell.strip() for column, cell in zip(head, cells, strict=False)}
        marks.append(_mark(row, name, axes, path, f"line {line}", separator))
    return Foreign(marks=tuple(marks), axes=_AXES[axes])


def _mark(
    row: Mapping[str, str], name: str, axes: tuple[str, str, str], path: Path, place: str, separator: str
) -> Mark:
    numbers = [row[axis].replace(",", ".") if separator != "," else row[axis] for axis in axes]
    position = None
    if any(numbers) and row.get("defined", "1") not in ("0", "false"):
        x, y, z = (number(value, path, place) for value in numbers)
        position = (x, y, z)
    side = row.get("side", "").lower()
    label = f"{row[name]} ({side})" if side in ("left", "right") else row[name]
    return Mark(
        label=label,
        position=position,
        description=row.get("description", ""),
        locked=row.get("locked", "0").lower() in ("1", "true", "yes"),
        hidden=row.get("hidden", "0").lower() in ("1", "true", "yes") or row.get("visible", "1") == "0",
        row=Row(tuple((column, row[column]) for column in COLUMNS if column in row)),
    )

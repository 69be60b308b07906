"""3D Slicer's markups, `.mrk.json`, and its older point lists, `.fcsv`.

Facts of the format: the published markups schema 1.0.3 and the user guide of the Markups module. Positions are in mm,
LPS unless the file says RAS; a control point has a label, a description, flags for locked and visible, and a status
"defined" or "undefined". Members that the schema does not name are allowed at every level: the whole set rides along
as "facepoints", so that nothing is lost where no other program rewrites the file.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.canonical import plain
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.exchange.files import Foreign, bad, number
from app.domain.exchange.frames import AXES, from_ours
from app.domain.exchange.marks import Mark

SCHEMA = (
    "https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/Markups/Resources/Schema/"
    "markups-schema-v1.0.3.json#"
)
UNITS = {"mm": 1.0, "um": 0.001, "m": 1000.0, "cm": 10.0}
_UPRIGHT = [-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0]


def write_markups(document: Document, marks: Sequence[Mark], frame: str) -> str:
    """The text of a `.mrk.json` file in the frame "LPS" or "RAS"."""
    points = [
        {
            "id": str(number),
            "label": mark.label,
            "description": mark.description,
            "associatedNodeID": "",
            **({} if mark.position is None else {"position": list(from_ours(mark.position, AXES[frame]))}),
            "orientation": _UPRIGHT,
            "selected": True,
            "locked": mark.locked,
            "visibility": not mark.hidden,
            "positionStatus": "undefined" if mark.position is None else "defined",
        }
        for number, mark in enumerate(marks, 1)
    ]
    markup = {
        "type": "Fiducial",
        "name": document.title or "Facepoints",
        "coordinateSystem": frame,
        "coordinateUnits": "mm",
        "locked": False,
        "fixedNumberOfControlPoints": False,
        "labelFormat": "%N-%d",
        "controlPoints": points,
        "display": {
            "visibility": True,
            "pointLabelsVisibility": True,
            "useGlyphScale": False,
            "glyphSize": 3.0,
        },
    }
    whole = {"@schema": SCHEMA, "markups": [markup], "facepoints": plain(document)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_markups(raw: Any, path: Path) -> Foreign:
    """What a `.mrk.json` file holds. Raises FileProblem."""
    if not isinstance(raw, dict) or not isinstance(raw.get("markups"), list):
        raise bad(
            path, "markups", "this is no markups file of 3D Slicer", "export the points again as .mrk.json"
        )
    marks: list[Mark] = []
    notes = []
    frame, scale, title = "LPS", 1.0, ""
    for index, markup in enumerate(raw["markups"]):
        place = f"markups[{index}]"
        if not isinstance(markup, dict):
            raise bad(path, place, "this is no markup", "export the points again")
        if markup.get("type") not in ("Fiducial", "PointList"):
            notes.append(f"The markup {markup.get('name') or index} is no list of points; it was left out.")
            continue
        frame, scale = _frame(markup.get("coordinateSystem", "LPS"), path, place), _unit(markup, path, place)
        title = title or str(markup.get("name") or "")
        for row, point in enumerate(markup.get("controlPoints") or ()):
            marks.append(_mark(point, path, f"{place}.controlPoints[{row}]"))
    own = raw.get("facepoints")
    document = None if own is None else parse_document(json.dumps(own).encode(), path)
    return Foreign(
        marks=tuple(marks), axes=AXES[frame], scale=scale, title=title, notes=tuple(notes), document=document
    )


def _mark(point: Any, path: Path, place: str) -> Mark:
    if not isinstance(point, dict):
        raise bad(path, place, "this is no control point", "export the points again")
    position = point.get("position")
    if point.get("positionStatus", "defined") != "defined" or position is None:
        position = None
    elif not isinstance(position, list) or len(position) != 3:
        raise bad(path, place, "the position is not three numbers", "correct it, or take the point out")
    else:
        x, y, z = (number(value, path, place) for value in position)
        position = (x, y, z)
    return Mark(
        label=str(point.get("label") or ""),
        position=position,
        description=str(point.get("description") or ""),
        locked=point.get("locked") is True,
        hidden=point.get("visibility") is False,
    )


def _frame(system: Any, path: Path, place: str) -> str:
    # Before version 4.11 the frame was a number: 0 is RAS, 1 is LPS.
    name = {"0": "RAS", "1": "LPS"}.get(str(system), str(system).upper())
    if name not in ("LPS", "RAS"):
        raise bad(path, place, f"the coordinate system {system} is not known", "export it as LPS or RAS")
    return name


def _unit(markup: dict[str, Any], path: Path, place: str) -> float:
    unit = markup.get("coordinateUnits", "mm")
    name = unit[0] if isinstance(unit, list) and unit else unit
    if not isinstance(name, str) or name not in UNITS:
        raise bad(path, place, f"the unit {name} is not known", "export the points in mm")
    return UNITS[name]


FCSV_COLUMNS: tuple[str, ...] = (
    "id",
    "x",
    "y",
    "z",
    "ow",
    "ox",
    "oy",
    "oz",
    "vis",
    "sel",
    "lock",
    "label",
    "desc",
    "associatedNodeID",
)


def write_fcsv(marks: Sequence[Mark], frame: str) -> str:
    """The text of a `.fcsv` file; a place that is not set is left out, for the format has no way to say it."""
    out = io.StringIO()
    out.write(f"# Markups fiducial file version = 4.11\n# CoordinateSystem = {frame}\n")
    out.write(f"# columns = {','.join(FCSV_COLUMNS)}\n")
    rows = csv.writer(out, lineterminator="\n")
    for index, mark in enumerate(marks, 1):
        if mark.position is not None:
            place = from_ours(mark.position, AXES[frame])
            flags = (int(not mark.hidden), 1, int(mark.locked))
            rows.writerow((index, *place, 0, 0, 0, 1, *flags, mark.label, mark.description, ""))
    return out.getvalue()


def read_fcsv(text: str, path: Path) -> Foreign:
    """What a `.fcsv` file holds. Raises FileProblem."""
    frame, columns = "RAS", FCSV_COLUMNS
    marks = []
    for line, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if not row or not "".join(row).strip():
            continue
        if row[0].startswith("#"):
            head, _, value = ",".join(row).lstrip("# ").partition("=")
            if head.strip().lower() == "coordinatesystem":
                frame = _frame(value.strip(), path, f"line {line}")
            elif head.strip().lower() == "columns":
                columns = tuple(name.strip() for name in value.split(","))
            continue
        if len(row) < len(columns):
            raise bad(path, f"line {line}", "the line is cut off or lacks columns", "complete it")
        fields = dict(zip(columns, row, strict=False))
        if not {"x", "y", "z"} <= fields.keys():
            raise bad(path, f"line {line}", "there are too few columns", "export the points again")
        x, y, z = (number(fields[name], path, f"line {line}") for name in ("x", "y", "z"))
        marks.append(
            Mark(
                label=fields.get("label", ""),
                position=(x, y, z),
                description=fields.get("desc", ""),
                locked=fields.get("lock", "0").strip() == "1",
                hidden=fields.get("vis", "1").strip() == "0",
            )
        )
    return Foreign(marks=tuple(marks), axes=AXES[frame])

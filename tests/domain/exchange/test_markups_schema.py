"""A `.mrk.json` keeps the published markups schema 1.0.3, restated here in the parts that a point list uses."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.domain.document import Document
from app.domain.exchange.formats import export_text
from app.domain.library import Library

_THREE = {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3}
_FLAG, _TEXT = {"type": "boolean"}, {"type": "string"}
_POINT = {
    "type": "object",
    "properties": {
        "id": _TEXT,
        "label": _TEXT,
        "description": _TEXT,
        "associatedNodeID": _TEXT,
        "position": _THREE,
        "orientation": {**_THREE, "minItems": 9, "maxItems": 9},
        "selected": _FLAG,
        "locked": _FLAG,
        "visibility": _FLAG,
        "positionStatus": {"enum": ["undefined", "preview", "defined"]},
    },
}
_DISPLAY = {
    "type": "object",
    "properties": {
        "visibility": _FLAG,
        "pointLabelsVisibility": _FLAG,
        "useGlyphScale": _FLAG,
        "glyphSize": {"type": "number", "minimum": 0},
        "color": {**_THREE, "items": {"type": "number", "minimum": 0, "maximum": 1}},
    },
}
_MARKUP = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["Fiducial", "Line", "Angle", "Curve", "ClosedCurve", "Plane", "ROI"]},
        "name": _TEXT,
        "coordinateSystem": {"enum": ["LPS", "RAS"]},
        "coordinateUnits": {"enum": ["mm", "um"]},
        "locked": _FLAG,
        "fixedNumberOfControlPoints": _FLAG,
        "labelFormat": _TEXT,
        "controlPoints": {"type": "array", "items": _POINT},
        "display": _DISPLAY,
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["@schema", "markups"],
    "properties": {"@schema": _TEXT, "markups": {"type": "array", "items": _MARKUP}},
}


@pytest.mark.parametrize("frame", ["LPS", "RAS"])
def test_every_built_in_point_as_markups(frame: str, library: Library, tmp_path: Path) -> None:
    document = Document(title="All", points=tuple(library.points.values()))
    raw = json.loads(export_text(tmp_path / "a.mrk.json", document, library, frame).text)
    jsonschema.validate(raw, SCHEMA)
    (markup,) = raw["markups"]
    assert markup["coordinateSystem"] == frame
    undefined = [one["label"] for one in markup["controlPoints"] if one["positionStatus"] == "undefined"]
    assert undefined == [point.code for point in document.points if point.position is None]
    # Slicer refuses a point that is defined and nowhere, and one that is undefined and somewhere.
    for one in markup["controlPoints"]:
        assert ("position" in one) == (one["positionStatus"] == "defined")
    assert len({one["id"] for one in markup["controlPoints"]}) == len(markup["controlPoints"])

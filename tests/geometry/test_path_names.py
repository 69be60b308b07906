"""A path that names what is nowhere is found, with its place in the file."""

import json
from pathlib import Path

import pytest

from app.domain.builtin import load_library
from app.geometry.check import check_files
from app.geometry.figure import load_figure

FIGURE, LIBRARY = load_figure(), load_library()


@pytest.mark.parametrize(
    ("lists", "place", "problem"),
    [
        (
            {
                "caution_zones": [
                    {"id": "z", "title": "Z", "risk": "low", "half_width_mm": 4, "path": [{"ref": "LM:cheilon"}]}
                ]
            },
            "caution_zones[0] (z), path[0]",
            "the landmark cheilon is not known",
        ),
        (
            {"muscles": [{"id": "m", "name": "M", "path": [{"ref": "LM:ch"}], "outline": [{"ref": "CV:browe"}]}]},
            "muscles[0] (m), outline[0]",
            "the curve browe is not known (near it is brow)",
        ),
        (
            {"wrinkles": [{"id": "w", "name": "W", "lines": [{"path": [{"ref": "LM:ch"}, {"ref": "PT:ST99"}]}]}]},
            "wrinkles[0] (w), lines[0], path[1]",
            "the point ST99 is not known",
        ),
        (
            {"wrinkles": [{"id": "w", "name": "W", "groups": ["frowns"]}]},
            "wrinkles[0] (w)",
            "the group frowns is not known",
        ),
    ],
)
def test_a_name_that_leads_nowhere(tmp_path: Path, lists: dict[str, object], place: str, problem: str) -> None:
    path = tmp_path / "own.points.json"
    document = {"format": "facepoints", "version": 1, "units": "mm", "figure": FIGURE.fingerprint, **lists}
    path.write_text(json.dumps(document), encoding="utf-8")
    (finding,) = check_files(FIGURE, [path], LIBRARY).findings
    assert place in finding.sentence
    assert problem in finding.sentence

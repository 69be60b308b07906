"""Typing commands, and files to try them on: a good set and every way in which one can be bad."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.domain.builtin import load_library
from app.geometry.figure import load_figure
from app.geometry.sites import skin_surface

ROOT = Path(__file__).parents[2]
FIGURE = load_figure()
LIBRARY = load_library()
GOALS = tuple(LIBRARY.goals)
CHEEK = [
    40.0,
    -20.0,
    float(skin_surface(FIGURE, FIGURE.neutral.vertices).ray([40, -20, 400], [0, 0, -1]).position[2]),
]  # type: ignore[arg-type,union-attr]


def document(**lists: Any) -> dict[str, Any]:
    return {"format": "facepoints", "version": 1, "units": "mm", "figure": FIGURE.fingerprint, **lists}


def point(**fields: Any) -> dict[str, Any]:
    plain = {"code": "MY1", "laterality": "bilateral", "part": "face", "use": "face", "position": CHEEK}
    return plain | fields


GROUP = {"id": "mine", "title": "Mine", "points": [{"code": "MY1"}, {"code": "LI4"}]}
GOAL = {"id": "my_goal", "title": "My goal", "color": "#336699", "marker": "star", "groups": ["mine"]}
GOOD = document(points=[point()], groups=[GROUP], goals=[GOAL])
BAD: dict[str, str | bytes | dict[str, Any]] = {
    "empty": "",
    "cut off": json.dumps(GOOD)[:-30],
    "not JSON": "MY1: left cheek",
    "not text": b"\xff\xfe\x00\x81",
    "not of this format": {"points": []},
    "a list": "[1, 2, 3]",
    "an unknown version": document() | {"version": "first"},
    "a newer version": document() | {"version": 7},
    "a wrong type": document(points=[point(position="left cheek")]),
    "a word that is not allowed": document(points=[point(laterality="both")]),
    "an unknown code": document(groups=[GROUP | {"points": [{"code": "LI400"}]}]),
    "an unknown group": document(goals=[GOAL | {"groups": ["nope"]}]),
    "a code used twice": document(points=[point(), point()]),
    "NaN": json.dumps(document(points=[point(position=[1.0, float("nan"), 2.0])])),
    "a huge coordinate": document(points=[point(position=[1e9, 0.0, 0.0])]),
    "20 cm off the skin": document(points=[point(position=[CHEEK[0], CHEEK[1], CHEEK[2] + 200])]),
}


def write(folder: Path, content: str | bytes | dict[str, Any]) -> Path:
    path = folder / "own.points.json"
    data = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
    )


def entries(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: list[dict[str, Any]] = json.loads(out)
    return found


def one_sentence(text: str) -> str:
    assert text.count("\n") == 1, text
    assert text.endswith(".\n"), text
    assert "Traceback" not in text
    return text

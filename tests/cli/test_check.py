"""`facepoints check` on sound files."""

import json
from pathlib import Path

import pytest

from app.cli import main
from tests.cli.commands import BAD, GOOD, GROUP, document, point, write


def test_check_is_clean_on_what_is_built_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "133 points" in out


def test_check_prints_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    keys = ["code", "side", "rule", "measured", "wanted", "unit", "deviation_mm", "tolerance_mm", "kept"]
    assert all(list(rule)[:9] == keys for rule in rules)
    assert {rule["code"] for rule in rules if rule["trusted"]} > {"ST4"}
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split()[:3] == ["code", "side", "rule"]
    assert "offset lateral 0.4 fcun from LM:ch" in out


def test_check_is_clean_on_a_right_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path, GOOD))]) == 0
    assert capsys.readouterr().err == ""


def test_check_as_json_lists_files_and_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, BAD["20 cm off the skin"])
    assert main(["check", str(path), "--json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    report = json.loads(out)
    assert report["files"] == [str(path)]
    assert report["rules"] == []
    (finding,) = report["findings"]
    assert (finding["kind"], finding["code"], finding["file"]) == ("surface", "MY1", str(path))


def test_hints_are_told_and_are_no_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = [point(), point(code="MY2", position=None)]
    path = write(tmp_path, document(points=mine, groups=[GROUP]))
    assert main(["check", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"hint: {path}: MY1, MY2: no location in words; write one.\n" in out
    assert f"hint: {path}: MY2: in no group of this set; put it into one.\n" in out
    assert f"hint: {path}: mine: in no goal of this set; put it into one.\n" in out
    assert out.endswith("nothing wrong, 8 hints\n")
    assert main(["check", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == []
    assert report["hints"][0] == {
        "kind": "hint",
        "file": str(path),
        "place": "points[0] (MY1)",
        "code": "MY1",
        "problem": "no English name",
        "remedy": "write one",
        "sentence": f"{path}, points[0] (MY1): no English name; write one.",
    }

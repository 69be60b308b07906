"""`facepoints points` and `facepoints landmarks`: lists as JSON and as tables."""

from pathlib import Path

import numpy as np
import pytest

from app.cli import main
from tests.cli.commands import CHEEK, GOALS, GOOD, LIBRARY, entries, run, write


def test_points_as_json_have_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    sites = entries(capsys, "points", "--json")
    for site in sites:
        assert list(site) == ["code", "side", "position", "normal", "part", "goals", "groups"]
        assert site["side"] in ("left", "right", "midline")
        assert site["part"] in ("face", "body")
        assert len(site["position"]) == 3
        assert np.linalg.norm(site["normal"]) == pytest.approx(1, abs=1e-3)
        x = site["position"][0]
        assert (x > 0, x < 0) == (site["side"] == "left", site["side"] == "right"), site["code"]
        assert set(site["goals"]) <= set(GOALS)
        assert set(site["groups"]) <= set(LIBRARY.groups)
    placed = [own for own in LIBRARY.points.values() if own.position is not None]
    assert len(sites) == sum(own.needles for own in placed)
    assert {site["code"] for site in sites} == {own.code for own in placed}


def test_points_of_a_goal_are_those_of_its_groups(capsys: pytest.CaptureFixture[str]) -> None:
    goal = LIBRARY.goals["lines"]
    codes = {item.code for group in goal.groups for item in LIBRARY.groups[group].points}
    sites = entries(capsys, "points", "--goal", "lines", "--json")
    assert sites
    assert {site["code"] for site in sites} <= codes
    assert all("lines" in site["goals"] for site in sites)
    both = entries(capsys, "points", "--goal", "lines", "--goal", "acne", "--json")
    assert {site["code"] for site in both} > {site["code"] for site in sites}


def test_points_on_the_skin_agree_with_the_stored_positions(capsys: pytest.CaptureFixture[str]) -> None:
    for site in entries(capsys, "points", "--json"):
        stored = LIBRARY.points[site["code"]].position
        if site["side"] == "left" and not LIBRARY.points[site["code"]].further_sites:
            assert np.linalg.norm(np.array(site["position"]) - stored) < 0.1, site["code"]


def test_a_single_point_is_found_by_alias_and_in_any_spelling(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("LI4", "li 4", "LI-4"):
        assert [site["code"] for site in entries(capsys, "points", "--point", name, "--json")] == [
            "LI4",
            "LI4",
        ]
    assert entries(capsys, "points", "--point", "EX-HN3", "--json")[0]["code"] == "GV29"


def test_the_typical_treatment_counts_40_and_12(capsys: pytest.CaptureFixture[str]) -> None:
    sites = entries(capsys, "points", "--treatment", "typical", "--json")
    assert [sum(site["part"] == part for site in sites) for part in ("face", "body")] == [40, 12]
    assert main(["points", "--treatment", "typical"]) == 0
    assert "40 needles on the face and head, 12 on the body" in capsys.readouterr().out


def test_points_without_a_position_are_named_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["points", "--point", "GV28"]) == 0
    assert "GV28 has no position: " in capsys.readouterr().out
    assert entries(capsys, "points", "--point", "GV28", "--json") == []


def test_a_set_is_joined_over_what_is_built_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD)
    sites = entries(capsys, "points", "--set", str(path), "--goal", "my_goal", "--json")
    assert [(site["code"], site["side"]) for site in sites] == [
        ("LI4", "left"), ("LI4", "right"), ("MY1", "left"), ("MY1", "right"),
    ]  # fmt: skip
    assert sites[2]["position"] == pytest.approx(CHEEK, abs=0.01)
    assert sites[2]["goals"] == ["my_goal"]


def test_landmarks_as_json_have_the_promised_shape(capsys: pytest.CaptureFixture[str]) -> None:
    landmarks = entries(capsys, "landmarks", "--json")
    assert all(list(entry) == ["id", "side", "position"] for entry in landmarks)
    by_site = {(entry["id"], entry["side"]): entry["position"] for entry in landmarks}
    assert len(by_site) == len(landmarks)
    x, y, z = by_site["en", "left"]
    assert by_site["en", "right"] == [-x, y, z]
    assert by_site["sn", "midline"][0] == pytest.approx(0, abs=0.01)
    placed = {own.id for own in LIBRARY.landmarks.values() if own.position is not None}
    assert {entry["id"] for entry in landmarks} == placed


def test_tables_can_be_written_where_there_is_no_chinese() -> None:
    done = run("points", "--point", "LI4", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "LI4" in done.stdout


@pytest.mark.parametrize("name", ["hegu", "Hé Gǔ", "合谷", "Joining Valley", "LI-04"])
def test_a_point_is_named_as_in_the_search(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert {entry["code"] for entry in entries(capsys, "points", "--json", "--point", name)} == {"LI4"}


def test_one_is_not_told_as_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["points", "--point", "GV29"]) == 0
    assert "1 point: 1 needle on" in capsys.readouterr().out

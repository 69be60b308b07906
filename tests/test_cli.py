"""The command line: what it answers, and that every failure is one sentence with the right exit code."""

import ctypes.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyvista

from app import __version__
from app.cli import COMMANDS, main
from app.cli.render import OPENING_GOAL
from app.domain.builtin import load_library
from app.geometry.figure import FigureProblem, load_figure
from app.geometry.sites import skin_surface
from app.ui.settings import FIRST_SHOWN_GOAL

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
        cwd=Path(__file__).parent.parent,
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


def test_version_and_help_answer_without_loading_anything_heavy() -> None:
    script = (
        "import sys; from app.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('numpy', 'vtkmodules', 'scipy', 'msgspec', 'PySide6') if m in sys.modules])"
    )
    for arguments in (["--version"], ["--help"], *([name, "--help"] for name in COMMANDS)):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parent.parent,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]", arguments


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.split()) == (0, ["facepoints", __version__])


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_has_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert f"facepoints {name}" in text.partition("examples:")[2]


def test_the_main_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert "not medical advice" in text


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


# What json cannot parse, or of another program or version, cannot be read; the rest is read and found wrong.
UNREADABLE = {
    "empty", "cut off", "not JSON", "not text", "not of this format", "a list", "an unknown version",
    "a newer version", "NaN",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_check_says_what_is_wrong_with_a_bad_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, BAD[name])
    assert main(["check", str(path)]) == (2 if name in UNREADABLE else 1)
    assert str(path) in one_sentence(capsys.readouterr().err)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_set_stops_a_command_before_it_prints(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, BAD[name])
    assert main(["points", "--set", str(path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert str(path) in one_sentence(err)


@pytest.mark.parametrize("name", ["cut off", "an unknown code", "20 cm off the skin"])
def test_a_bad_set_leaves_no_picture(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = write(tmp_path, BAD[name]), tmp_path / "out.png"
    out.write_bytes(b"the old picture")
    assert main(["render", str(out), "--set", str(path)]) == 2
    one_sentence(capsys.readouterr().err)
    assert out.read_bytes() == b"the old picture"
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["out.png", "own.points.json"]


@pytest.mark.parametrize("name", ["not JSON", "a newer version", "20 cm off the skin"])
def test_a_process_ends_with_the_same_sentence_and_code(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, BAD[name])
    done = run("points", "--set", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(path) in one_sentence(done.stderr)


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "gone.points.json")
    for arguments in (["points", "--set", path], ["check", path], [path]):
        assert main(arguments) == 2
        assert path in one_sentence(capsys.readouterr().err)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "folder" in one_sentence(capsys.readouterr().err)


def test_a_missing_figure_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.cli.data.load_figure", lambda: load_figure(tmp_path / "figure.npz"))
    with pytest.raises(FigureProblem):
        load_figure(tmp_path / "figure.npz")
    for arguments in (["points"], ["check"], ["render", str(tmp_path / "out.png")]):
        assert main(arguments) == 2
        assert "figure.npz" in one_sentence(capsys.readouterr().err)
    assert not (tmp_path / "out.png").exists()


WRONG_USE = {
    "an unknown option": ["points", "--jsno"],
    "no file name": ["render"],
    "another kind of picture": ["render", "out.jpg"],
    "an unknown view": ["render", "out.png", "--view", "upside-down"],
    "a size that is none": ["render", "out.png", "--size", "huge"],
    "a size that is too large": ["render", "out.png", "--size", "99999x99999"],
    "an unknown goal": ["points", "--goal", "linse"],
    "an unknown group": ["points", "--group", "nope"],
    "an unknown treatment": ["points", "--treatment", "nope"],
    "an unknown point": ["points", "--point", "LI400"],
    "an unknown command": ["paint"],
}


@pytest.mark.parametrize("arguments", WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_is_told_in_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert one_sentence(err).startswith("facepoints: ")


def test_an_unknown_goal_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    main(["points", "--goal", "linse"])
    assert "(near it is lines)" in capsys.readouterr().err


def test_a_reader_that_stops_early_sees_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m app points --json | head -1",
        shell=True,
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("[\n", "")


def test_without_a_display_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform != "linux":
        pytest.skip("there is always a display here")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert "facepoints render" in one_sentence(capsys.readouterr().err)


def test_the_window_is_opened_with_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    path = write(tmp_path, GOOD)
    opened: list[Path | None] = []

    def remember(file: Path | None) -> int:
        opened.append(file)
        return 0

    monkeypatch.setattr("app.ui.application.run", remember)
    assert main([]) == 0
    assert main([str(path)]) == 0
    assert opened == [None, path]


def test_a_picture_needs_no_display_and_replaces_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    out.write_bytes(b"the old picture")
    environment = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    done = run("render", out, "--goal", "lines", "--labels", "--size", "320x240", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert pyvista.read(out).dimensions == (320, 240, 1)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["out.png"]


def pixels(path: Path) -> np.ndarray:
    return np.asarray(pyvista.read(path).point_data.active_scalars, int)


@pytest.mark.slow
def test_every_goal_gives_another_picture(tmp_path: Path) -> None:
    pictures = []
    for goal in GOALS:
        out = tmp_path / f"{goal}.png"
        assert main(["render", str(out), "--goal", goal, "--size", "320x240"]) == 0
        pictures.append(pixels(out))
    for number, one in enumerate(pictures):
        for other in pictures[:number]:
            assert (np.abs(one - other).max(axis=1) > 30).sum() > 10


def test_options_change_the_picture(tmp_path: Path) -> None:
    shots = {}
    for name, options in {
        "plain": [],
        "labels": ["--labels"],
        "shut": ["--eyes", "shut"],
        "dark": ["--theme", "dark"],
        "left": ["--view", "left"],
        "point": ["--point", "LI4", "--view", "fit"],
    }.items():
        out = tmp_path / f"{name}.png"
        chosen = options if "--point" in options else ["--goal", "lines", *options]
        assert main(["render", str(out), *chosen, "--size", "320x240"]) == 0
        shots[name] = pixels(out)
    for name, shot in shots.items():
        if name != "plain":
            assert (np.abs(shot - shots["plain"]).max(axis=1) > 30).sum() > 50, name


def test_without_a_choice_the_picture_is_what_the_window_opens_with() -> None:
    assert OPENING_GOAL == FIRST_SHOWN_GOAL


def test_a_picture_into_no_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (tmp_path / "none" / "out.png", write(tmp_path, GOOD) / "out.png"):
        assert main(["render", str(out)]) == 1
        assert str(out) in one_sentence(capsys.readouterr().err)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody may write to")
def test_a_picture_into_an_unwritable_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "/proc/out.png", "--size", "64x64"]) == 1
    assert "/proc/out.png" in one_sentence(capsys.readouterr().err)


def test_without_opengl_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.scene.offscreen.can_draw_offscreen", lambda: False)
    out = tmp_path / "out.png"
    assert main(["render", str(out)]) == 1
    assert "OpenGL" in one_sentence(capsys.readouterr().err)
    assert not out.exists()


@pytest.mark.skipif(
    sys.platform != "linux" or ctypes.util.find_library("OSMesa") is not None, reason="OSMesa is here"
)
def test_opengl_that_cannot_be_loaded_does_not_end_the_process(tmp_path: Path) -> None:
    done = run(
        "render", tmp_path / "out.png", DISPLAY="", VTK_DEFAULT_OPENGL_WINDOW="vtkOSOpenGLRenderWindow"
    )
    assert done.returncode == 1
    assert "OpenGL" in one_sentence(done.stderr)


@pytest.mark.parametrize("name", ["hegu", "Hé Gǔ", "合谷", "Joining Valley", "LI-04"])
def test_a_point_is_named_as_in_the_search(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert {entry["code"] for entry in entries(capsys, "points", "--json", "--point", name)} == {"LI4"}


def test_a_mistyped_command_is_named_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chek", "clinic.points.json"]) == 2
    told = one_sentence(capsys.readouterr().err)
    assert "chek: there is no such command (near it is check)" in told


def test_one_is_not_told_as_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["points", "--point", "GV29"]) == 0
    assert "1 point: 1 needle on" in capsys.readouterr().out

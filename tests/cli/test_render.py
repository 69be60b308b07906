"""`facepoints render`: pictures without a display."""

import ctypes.util
import sys
from pathlib import Path

import numpy as np
import pytest
import pyvista

from app.cli import main
from app.cli.render import OPENING_GOAL
from app.ui.settings import FIRST_SHOWN_GOAL
from tests.cli.commands import GOALS, GOOD, one_sentence, run, write


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

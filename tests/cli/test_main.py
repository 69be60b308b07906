"""The command line as a whole: help, wrong use, the window; every failure is one sentence with the right exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli import COMMANDS, main
from tests.cli.commands import GOOD, ROOT, one_sentence, run, write


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
            cwd=ROOT,
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
        cwd=ROOT,
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


@pytest.mark.parametrize("more", [["clinic.points.json"], []])
def test_a_mistyped_command_is_named_with_the_nearest(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["chek", *more]) == 2
    told = one_sentence(capsys.readouterr().err)
    assert "chek: there is no such command (near it is check)" in told

"""Files that are wrong, given to every command that takes one."""

from pathlib import Path

import pytest

from app.cli import main
from app.geometry.figure import FigureProblem, load_figure
from tests.cli.commands import BAD, one_sentence, run, write

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

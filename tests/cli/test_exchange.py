"""`facepoints export`, `import` and `compare` as a user types them."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.domain.builtin import load_library
from app.domain.canonical import canonical_json
from app.domain.codec import read_document, write_document
from app.domain.document import Document

SET = """{"format": "facepoints", "version": 1, "units": "mm", "title": "Course",
"groups": [{"id": "g", "title": "G", "points": [{"code": "ST4"}, {"code": "GV26"}]}],
"goals": [{"id": "gg", "title": "GG", "color": "#336699", "marker": "star", "groups": ["g"]}]}"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    path = tmp_path / "course.points.json"
    path.write_text(SET)
    return path


@pytest.mark.parametrize("ending", ["mrk.json", "fcsv", "pp", "csv", "points.json"])
def test_there_and_back(
    ending: str, course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, back = tmp_path / f"there.{ending}", tmp_path / "back.points.json"
    assert main(["export", str(course), "--to", str(there), "--frame", "RAS"]) == 0
    assert main(["import", str(there), "--to", str(back)]) == 0
    capsys.readouterr()
    assert main(["compare", str(course), str(back), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["worst"] == 0
    assert len(result["rows"]) == 3
    assert main(["compare", str(course), str(back)]) == 0
    assert "3 places in both sets: mean 0.00 mm apart" in capsys.readouterr().out


def test_losses_are_told_on_stderr(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.pp"
    assert main(["export", str(course), "--to", str(out)]) == 0
    assert f"{out}: Left out of the set: 1 group and 1 goal." in capsys.readouterr().err


def test_a_model(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.glb"
    assert main(["export", str(course), "--to", str(out)]) == 0
    assert out.read_bytes()[:4] == b"glTF"


@pytest.mark.gl
def test_a_picture(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert main(["export", str(course), "--to", str(out), "--size", "320x200"]) == 0
    assert out.read_bytes()[:4] == b"\x89PNG"


def test_a_file_in_metres_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out.points.json"
    table.write_text("label,x,y,z\nST4,0.0328,-0.0475,0.0792\nGB14,0.030,0.058,0.0817\n")
    assert main(["import", str(table), "--to", str(out)]) == 2
    said = capsys.readouterr().err
    assert "read in metres; if that is right, run again with --scale 1000 --axes +x+y+z" in said
    assert not out.exists()
    assert main(["import", str(table), "--to", str(out), "--scale", "1000"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["export", "none.points.json", "--to", "a.csv"], 2, "it does not exist"),
        (["export", "{set}", "--to", "a.doc"], 2, "it names no format that is known; use one of"),
        (["export", "{set}", "--to", "/nowhere/a.csv"], 1, "the file cannot be written there"),
        (["import", "{set}", "--to", "{set}"], 2, "this set exists; name another file, or replace it with --replace"),
        (["import", "head.glb", "--to", "a.points.json"], 2, ".glb can be written but not read; use one of"),
        (["import", "none.csv", "--to", "a.points.json"], 2, "it does not exist"),
        (["import", "{set}", "--to", "a.json"], 2, "a point set is called NAME.points.json"),
        (["import", "{set}", "--to", "a.points.json", "--scale", "big"], 2, "is no length of a unit"),
        (["import", "{set}", "--to", "a.points.json", "--axes", "xyz"], 2, "names no axes"),
        (["compare", "{set}", "none"], 2, "it does not exist"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    arguments: list[str], code: int, sentence: str, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([one.replace("{set}", str(course)) for one in arguments]) == code
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def changed_set(folder: Path, **header: str) -> Path:
    """A set of four built-in points under other names, with another header."""
    points = [load_library().points[code] for code in ("ST4", "GB14", "GV26", "ST3")]
    document = Document(figure=header.get("figure", ""), points=tuple(points))
    path = folder / "a set.points.json"
    path.write_text(canonical_json(document))
    return path


def commands(path: Path) -> list[list[str]]:
    out = str(path.parent / "out.csv")
    return [
        ["export", str(path), "--to", out],
        ["compare", str(path), str(path)],
        ["points", "--set", str(path)],
        ["check", str(path)],
    ]


def test_a_set_in_metres_is_told_with_the_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = changed_set(tmp_path), tmp_path / "right.points.json"
    raw = json.loads(path.read_text())
    for point in raw["points"]:
        point["position"] = [value / 1000 for value in point["position"]]
    path.write_text(json.dumps(raw))
    remedy = f"facepoints import '{path}' --to NEW.points.json --scale 1000 --axes +x+y+z."
    for command in commands(path):
        assert main(command) in (1, 2)
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert said.endswith(f"if they are read in metres; if that is right, run {remedy}\n")
    assert main(["import", str(path), "--to", str(out), "--scale", "1000"]) == 0
    capsys.readouterr()
    assert main(["compare", str(path.with_name("right.points.json")), str(changed_set(tmp_path))]) == 0
    assert "7 places in both sets: mean 0.00 mm apart" in capsys.readouterr().out


def test_a_set_of_another_figure_is_told_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = changed_set(tmp_path, figure="0123456789abcdef"), tmp_path / "right.points.json"
    before = path.read_bytes()
    for command in commands(path):
        assert main(command) in (1, 2)
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "0123456789abcdef" in said
        assert said.endswith(f"run facepoints import '{path}' --to NEW.points.json --place-again.\n")
    assert main(["import", str(path), "--to", str(out)]) == 2
    assert "run again with --place-again" in capsys.readouterr().err
    assert not out.exists()
    assert main(["import", str(path), "--to", str(out), "--place-again"]) == 0
    assert "Placed again by their rules: 4 points." in capsys.readouterr().err
    assert path.read_bytes() == before
    assert main(["check", str(out)]) == 0


def test_a_set_that_exists_is_replaced_where_that_is_asked_for(tmp_path: Path) -> None:
    old = tmp_path / "course.points.json"
    write_document(old, Document(title="Mine"))
    before = old.read_bytes()
    table = tmp_path / "c.csv"
    table.write_text("code,x,y,z\nA,30,10,80\n", encoding="utf-8")
    assert main(["import", str(table), "--to", str(old)]) == 2
    assert old.read_bytes() == before
    assert main(["import", str(table), "--to", str(old), "--replace"]) == 0
    assert [point.code for point in read_document(old).points] == ["A"]
    assert Path(f"{old}.bak").read_bytes() == before

"""Each way a file can be bad gives one sentence that names the file, the place and the remedy."""

import codecs
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain import versions
from app.domain.codec import parse_document, read_document, write_document
from app.domain.problems import FileProblem
from app.domain.storage import encoding_notes

POINT = {"code": "ST4", "laterality": "bilateral", "part": "face", "use": "face"}
GOAL = {"id": "lines", "title": "Lines", "color": "#112233", "marker": "disc"}


def file(**content: Any) -> str:
    return msgspec.json.encode({"format": "facepoints", "version": 1, **content}).decode()


def point(**fields: Any) -> str:
    return file(points=[{**POINT, **fields}])


BAD = {
    "empty": ("", "the file", "it is empty", "restore it"),
    "blank": ("  \n", "the file", "it is empty", "restore it"),
    "cut off": (point()[:-9], "line 1", "cut off", "restore its end"),
    "cut off later": ('{"format": "facepoints",\n"version": 1,\n"points": [', "line 3", "cut off", "restore"),
    "not JSON": ('{"format": "facepoints",\n oops}', "line 2, column 2", "not JSON", "correct the text"),
    "column counts letters": ('{"合谷é": oops}', "line 1, column 9", "not JSON", "correct the text"),
    "JSON of something else": ("[1, 2]", "format", "not a Facepoints file", '"format": "facepoints"'),
    "other format": ('{"format": "markups"}', "format", "not a Facepoints file", '"format": "facepoints"'),
    "no version": ('{"format": "facepoints"}', "version", "no version", 'write "version": 1'),
    "unknown version": (file(version="one"), "version", "'one' is not a version", 'write "version": 1'),
    "true as version": (file(version=True), "version", "'True' is not a version", 'write "version": 1'),
    "newer version": (file(version=2), "version", "newer than this program", "update Facepoints"),
    "nested too deeply": ("[" * 100_000, "the file", "nested too deeply", "open a file"),
    "list as object": (file(points={}), "points", "an object in { } where a list", "write a list"),
    "number as point": (file(points=[7]), "points[0]", "a whole number where an object", "write an object"),
    "text as number": (
        point(position=[1, 2, "3"]),
        "points[0] (ST4), position[2]",
        "text where a number",
        "write a number",
    ),
    "two coordinates": (
        point(position=[1, 2]),
        "points[0] (ST4), position",
        "2 entries instead of 3",
        "write 3",
    ),
    "missing field": (file(points=[{"code": "X"}]), "points[0] (X)", '"laterality" is missing', "add it"),
    "empty code": (point(code=""), "points[0], code", "the text is empty", "write a name"),
    "wrong word": (
        point(laterality="both"),
        "points[0] (ST4), laterality",
        "'both' is not known",
        "write one of: bilateral, midline, group",
    ),
    "wrong unit": (file(units="cm"), "units", "'cm' is not known", "write one of: mm"),
    "wrong word deep inside": (
        file(points=[{**POINT, "laterality": "group", "further_sites": [{"side": "left"}]}]),
        "points[0] (ST4), further_sites[0], side",
        "'left' is not known",
        "write one of: midline, bilateral",
    ),
    "wrong level of evidence": (
        file(goals=[{**GOAL, "evidence": "A"}]),
        "goals[0] (lines), evidence",
        "'A' is not known",
        "write one of: B, C, M, D, X",
    ),
    "wrong colour": (file(goals=[{**GOAL, "color": "red"}]), "goals[0] (lines), color", "colour", "#3366CC"),
    "no needles": (
        file(treatments=[{"id": "t", "title": "T", "face": [{"code": "ST4", "needles": 0}]}]),
        "treatments[0] (t), face[0] (ST4), needles",
        "must be >= 1",
        "correct it",
    ),
    "deep place": (
        point(constraints=[{"type": "at"}, {"type": "at", "tolerance": {"value": 1}}]),
        "points[0] (ST4), constraints[1], tolerance",
        '"unit" is missing',
        "add it",
    ),
    "NaN": (
        point().replace('"ST4"', '"ST4", "position": [0, NaN, 0]'),
        "line 1, column 77",
        "NaN is not a number",
        "write a number",
    ),
    "Infinity": (
        point().replace('"ST4"', '"ST4", "position": [Infinity, 0, 0]'),
        "line 1, column 74",
        "Infinity is not a number",
        "write a number",
    ),
    "too large for any number": (
        "{\n" + point(position=[0, 12345, 0]).replace("12345", "1e999")[1:],
        "line 2",
        "too large",
        "write an ordinary number",
    ),
    "huge coordinate": (
        point(position=[0, 3000.5, 0]),
        "points[0] (ST4), position[1]",
        "greater than 3000",
        "check it and its unit",
    ),
    "huge negative coordinate": (
        point(position=[0, 0, -1e6]),
        "points[0] (ST4), position[2]",
        "less than -3000",
        "check it and its unit",
    ),
    "duplicate code": (
        file(points=[POINT, {**POINT, "code": "ST5"}, POINT]),
        "points[2] (ST4)",
        "the code ST4 is used twice, first in points[0]",
        "give one of them another",
    ),
    "field twice": (
        point().replace('"use":', '"use":"body","use":'),
        "the entry ST4",
        'the field "use" stands there twice',
        "take one of the two out",
    ),
    "field twice in the header": (
        file(title="x").replace('"title"', '"version":1,"title"'),
        'the entry with the field "version"',
        'the field "version" stands there twice',
        "take one of the two out",
    ),
    "line break in a name": (
        point(code="a\nb", status="placed"),
        "points[0] (a\nb)",
        "needs a position",
        "correct the value",
    ),
    "duplicate id": (
        file(goals=[GOAL, GOAL]),
        "goals[1] (lines)",
        "the id lines is used twice",
        "give one of them another",
    ),
    "placed without a position": (
        point(status="placed"),
        "points[0] (ST4)",
        "needs a position",
        "correct the value",
    ),
    "missing with a position": (
        point(status="missing", position=[0, 0, 0]),
        "points[0] (ST4)",
        'cannot have the status "missing"',
        "correct the value",
    ),
    "right side of a midline point": (
        point(laterality="midline", position=[0, 0, 0], position_right=[0, 0, 0]),
        "points[0] (ST4)",
        "position_right is for a bilateral point",
        "correct the value",
    ),
    "further sites of a bilateral point": (
        point(further_sites=[{"side": "midline"}]),
        "points[0] (ST4)",
        "further_sites are for",
        "correct the value",
    ),
    "landmark placed without a position": (
        file(landmarks=[{"id": "g", "part": "face", "paired": False, "definition": "", "status": "placed"}]),
        "landmarks[0] (g)",
        "needs a position",
        "correct the value",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_file_place_and_remedy(name: str, tmp_path: Path) -> None:
    text, place, problem, remedy = BAD[name]
    path = tmp_path / "bad.points.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblem) as caught:
        read_document(path)
    assert caught.value.place == place
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}, {place}: ".replace("\n", " "))
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "`" not in sentence


@pytest.mark.parametrize("encoding", ["utf-16-le", "gb18030"])
def test_another_encoding(encoding: str) -> None:
    data = '{"format": "facepoints",\n"title": "合谷"}'.encode(encoding)
    if encoding == "utf-16-le":
        data = codecs.BOM_UTF16_LE + data[:-1]  # cut in the midst of a letter
    with pytest.raises(FileProblem, match="not in UTF-8; save the file again with the encoding UTF-8"):
        parse_document(data, Path("bad.json"))


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_with_its_mark_is_read_and_saved_as_utf_8(mark: bytes, tmp_path: Path) -> None:
    text = '{"format": "facepoints", "version": 1, "title": "合谷"}'
    path = tmp_path / "set.points.json"
    path.write_bytes(mark + text.encode("utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"))
    document = read_document(path)
    assert document.title == "合谷"
    assert encoding_notes(path) == ("set.points.json is in UTF-16; what is saved is in UTF-8.",)
    write_document(path, document)
    assert "合谷".encode() in path.read_bytes()
    assert encoding_notes(path) == ()


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"gone.json, the file: it does not exist; check its name"):
        read_document(tmp_path / "gone.json")
    with pytest.raises(FileProblem, match="it is a folder; name a file in it"):
        read_document(tmp_path)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FileProblem, match=r"cannot be read \(Permission denied\); check its permissions"):
        read_document(tmp_path / "locked.json")


def test_an_older_version_is_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "VERSION", 2)
    monkeypatch.setitem(versions.MIGRATIONS, 1, lambda raw: {**raw, "title": raw["name"]})
    migrated = versions.migrate({"format": "facepoints", "version": 1, "name": "Old"})
    assert migrated == {"format": "facepoints", "version": 2, "name": "Old", "title": "Old"}

"""Files of other programs: what is written can be read back, what is broken is told in a sentence."""

import json
from pathlib import Path

import pytest

from app.domain.document import Document
from app.domain.exchange.formats import export_text, read_foreign
from app.domain.exchange.frames import AXES, from_ours, to_ours
from app.domain.exchange.marks import Mark, MarkProblem, marks_of, named, points_of
from app.domain.library import Library
from app.domain.points import FurtherSite, Point
from app.domain.problems import FileProblem

LEFT, OTHER, MIDDLE = (30.125, 10.0, 80.0), (-31.0, 12.5, 79.0), (0.0, 20.0, 90.0)


def point(code: str, **values: object) -> Point:
    fields = {"laterality": "bilateral", "part": "face", "use": "face", **values}
    return Point(code=code, **fields)  # type: ignore[arg-type]


SET = Document(
    title="Course",
    points=(
        point("LINKED", position=LEFT, english="Linked one", locked=True),
        point('PARTED, the "odd" <one>', position=LEFT, position_right=OTHER),
        point("MIDDLE", laterality="midline", position=MIDDLE, hidden=True, hanzi="中"),
        point("NOWHERE"),
        point(
            "SEVERAL",
            laterality="group",
            position=MIDDLE,
            further_sites=(
                FurtherSite(side="midline", position=MIDDLE),
                FurtherSite(side="bilateral", position=LEFT),
            ),
        ),
    ),
)


@pytest.mark.parametrize("ending", [".mrk.json", ".fcsv", ".pp", ".csv"])
@pytest.mark.parametrize("frame", ["LPS", "RAS"])
def test_places_survive_every_format(ending: str, frame: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"set{ending}"
    path.write_text(export_text(path, SET, library, frame).text, encoding="utf-8")
    foreign = read_foreign(path)
    wanted = {mark.label: mark.position for mark in marks_of(SET.points)}
    found = {
        mark.label: None if mark.position is None else to_ours(mark.position, foreign.axes, foreign.scale)
        for mark in foreign.marks
    }
    if ending == ".fcsv":  # It has no way to say that a place is not set.
        assert wanted.pop("NOWHERE") is None
    assert found == wanted
    if ending == ".mrk.json":
        assert foreign.document == SET
    if ending in (".mrk.json", ".fcsv", ".csv"):
        flags = {mark.label: (mark.locked, mark.hidden) for mark in foreign.marks}
        assert flags["LINKED (left)"] == (True, False)
        assert flags["MIDDLE"] == (False, True)


@pytest.mark.parametrize("ending", [".mrk.json", ".pp", ".csv"])
def test_points_are_made_again_of_their_places(ending: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"set{ending}"
    simple = Document(points=SET.points[:4])
    path.write_text(export_text(path, simple, library).text, encoding="utf-8")
    foreign = read_foreign(path)
    marks = [
        Mark(label=one.label, position=one.position and to_ours(one.position, foreign.axes))
        for one in foreign.marks
    ]
    points, notes = points_of(marks, library, Document())
    (note,) = notes
    assert note.startswith("The file does not say how LINKED, PARTED, ")
    assert [(p.code, p.position, p.position_right) for p in points] == [
        (p.code, p.position, p.position_right) for p in simple.points
    ]
    assert [p.laterality for p in points[:3]] == ["bilateral", "bilateral", "midline"]


def test_losses_are_told(library: Library, tmp_path: Path) -> None:
    document = Document(
        points=(library.points["ST4"], point("NOWHERE")), groups=(library.groups["under_eye"],)
    )
    losses = export_text(tmp_path / "a.fcsv", document, library).losses
    assert losses[0].startswith("Points without a place are left out: NOWHERE")
    assert "needle (" in losses[1]
    assert losses[2] == "Left out of the set: 1 group."
    assert export_text(tmp_path / "a.points.json", document, library).losses == ()


def test_frames_are_turns() -> None:
    for axes in AXES.values():
        assert to_ours(from_ours((1.0, 2.0, 3.0), axes), axes) == (1.0, 2.0, 3.0)
    # The person's left, back and up are the axes of LPS; right, front and up those of RAS.
    assert from_ours((1.0, 2.0, 3.0), AXES["LPS"]) == (1.0, -3.0, 2.0)
    assert from_ours((1.0, 2.0, 3.0), AXES["RAS"]) == (-1.0, 3.0, 2.0)


@pytest.mark.parametrize(
    ("label", "code", "side", "site"),
    [
        ("ST4 (left)", "ST4", "left", 0),
        ("st 04_R", "ST4", "right", 0),
        ("EX-HN3", "GV29", "", 0),
        ("ST4-left", "ST4", "left", 0),
        ("EX-HN1 (3 right)", "EX-HN1", "right", 2),
        ("F-1", "F-1", "", 0),
        ("My point L", "My point", "left", 0),
    ],
)
def test_labels_of_all_kinds(label: str, code: str, side: str, site: int, library: Library) -> None:
    found = named(label, library)
    assert (found.code, found.side, found.site) == (code, side, site)


def test_what_is_taken_for_granted_is_told(library: Library) -> None:
    marks = [
        Mark(label="", position=LEFT),
        Mark(label="EX-HN3", position=MIDDLE),
        Mark(label="X", position=OTHER),
    ]
    points, notes = points_of(marks, library, Document())
    assert [p.code for p in points] == ["P1", "GV29", "X"]
    assert points[2].position == (31.0, 12.5, 79.0)
    assert notes == (
        "The place number 1 has no name; it is called P1.",
        "EX-HN3 is stored as GV29.",
        "X has a place on the right only; its left is the mirror image.",
        "The file does not say how P1, X may be used: taken for points of face or body that anyone may needle.",
    )
    with pytest.raises(MarkProblem, match="two places are called A"):
        points_of([Mark(label="A", position=LEFT), Mark(label="A", position=LEFT)], library, Document())


def test_old_and_foreign_slicer_files(tmp_path: Path) -> None:
    old = tmp_path / "old.fcsv"
    old.write_text(
        "# Markups fiducial file version = 4.4\n# CoordinateSystem = 0\n"
        "# columns = id,x,y,z,ow,ox,oy,oz,vis,sel,lock,label,desc,associatedNodeID\n"
        'vtkMRMLMarkupsFiducialNode_0,-1,2,3,0,0,0,1,1,1,0,"F,1",,\n'
    )
    foreign = read_foreign(old)
    assert foreign.axes == AXES["RAS"]
    assert foreign.marks[0].label == "F,1"
    micro = tmp_path / "u.mrk.json"
    point_ = {"label": "A", "position": [1000, 0, 0]}
    line = {"type": "Line", "name": "L", "controlPoints": [point_]}
    markup = {"type": "Fiducial", "coordinateUnits": ["um", "UCUM", "micrometer"], "controlPoints": [point_]}
    micro.write_text(json.dumps({"@schema": "s", "markups": [line, markup]}))
    foreign = read_foreign(micro)
    assert foreign.scale == 0.001
    assert len(foreign.marks) == 1
    assert foreign.notes == ("The markup L is no list of points; it was left out.",)


def test_tables_with_semicolons_and_commas_in_numbers(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Name;X;Y;Z;Side\nA;1,5;2;3;left\n\nB;;;;\n", encoding="utf-16")
    marks = read_foreign(table).marks
    assert [(one.label, one.position) for one in marks] == [("A (left)", (1.5, 2.0, 3.0)), ("B", None)]


BROKEN = {
    "cut.mrk.json": ('{"markups": [', "line 1: the file is cut off here"),
    "other.mrk.json": ('{"a": 1}', "this is no markups file"),
    "nan.csv": ("label,x,y,z\nA,nan,1,2\n", "line 2: nan is not a number; write a number"),
    "word.csv": ("label,x,y,z\nA,left,1,2\n", "line 2: 'left' is not a number"),
    "cut.csv": ("label,x,y,z\nA,1,2\n", "line 2: the line is cut off"),
    "head.csv": ("a,b\n1,2\n", "line 1: there is no column for the name"),
    "empty.csv": ("", "it is empty"),
    "cut.pp": ("<PickedPoints><point x='1'", "this is not XML, or it is cut off"),
    "other.pp": ("<a/>", "these are no picked points"),
    "none.pp": ("<PickedPoints/>", "there are no points in it"),
    "short.fcsv": ("1,2,3\n", "line 1: the line is cut off or lacks columns"),
    "cut.fcsv": ("# columns = id,x,y,z,label\n1,2,3,4,ST4\n2,3,4\n", "line 3: the line is cut off"),
    "flat.fcsv": ("# columns = id,x,y,label\n1,2,3,ST4\n", "there are too few columns"),
    "frame.fcsv": ("# CoordinateSystem = IJK\n1,2,3,4,5\n", "the coordinate system IJK is not known"),
    "what.xyz": ("", "it names no format that is known"),
    "unit.mrk.json": (
        '{"markups": [{"type": "Fiducial", "coordinateUnits": "yd"}]}',
        "the unit yd is not known",
    ),
    "two.mrk.json": (
        '{"markups": [{"type": "Fiducial", "controlPoints": [{"position": [1, 2]}]}]}',
        "not three numbers",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_told_in_one_sentence(name: str, tmp_path: Path) -> None:
    text, sentence = BROKEN[name]
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(FileProblem) as caught:
        read_foreign(path)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_foreign_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("label,x,y,z\nGrübchen,1,2,3\n".encode("latin-1"))
    with pytest.raises(FileProblem, match="line 2: the text is not in UTF-8; save the file again"):
        read_foreign(path)

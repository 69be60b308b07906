"""The check finds what is wrong in a file, says where, and finds nothing where nothing is wrong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.canonical import canonical_json
from app.domain.document import Document
from app.geometry.check import Report, check_builtin, check_files
from app.geometry.figure import load_figure
from app.geometry.sites import skin_surface

FIGURE = load_figure()
LIBRARY = load_library()
SURFACE = skin_surface(FIGURE, FIGURE.neutral.vertices)
CHEEK = [
    float(value)
    for value in SURFACE.nearest(np.array([[40.0, -20.0, 80.0]])).positions(
        SURFACE.triangles, SURFACE.vertices
    )[0]
]
BESIDE = SURFACE.ray(np.array([CHEEK[0] + 4, CHEEK[1], 400.0]), np.array([0.0, 0.0, -1.0])).position.tolist()  # type: ignore[union-attr]


def point(**fields: Any) -> dict[str, Any]:
    plain = {"code": "MY1", "laterality": "bilateral", "part": "face", "use": "face", "position": CHEEK}
    return plain | fields


def document(**lists: Any) -> dict[str, Any]:
    return {"format": "facepoints", "version": 1, "units": "mm", "figure": FIGURE.fingerprint, **lists}


@pytest.fixture
def check(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(content: object) -> Report:
        path = tmp_path / "own.points.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return check_files(FIGURE, [path], LIBRARY)

    return run


def test_what_is_built_in_is_right() -> None:
    report = check_builtin(FIGURE)
    assert [finding.sentence for finding in report.findings] == []
    assert report.readable
    assert report.points == len(LIBRARY.points) == 133


def test_a_right_file_has_no_findings(check) -> None:  # type: ignore[no-untyped-def]
    group = {"id": "mine", "title": "Mine", "points": [{"code": "MY1"}, {"code": "LI4"}]}
    report = check(document(points=[point()], groups=[group]))
    assert report.findings == ()
    assert (report.points, report.placed) == (1, 1)


WRONG = {
    "cut off": (json.dumps(document(points=[point()]))[:-20], "unreadable", "own.points.json"),
    "not JSON": ("these are my points", "unreadable", "line 1"),
    "not a Facepoints file": ({"points": []}, "unreadable", "format"),
    "a newer version": (document() | {"version": 99}, "unreadable", "99"),
    "NaN": (json.dumps(document(points=[point(position=[1.0, float("nan"), 2.0])])), "unreadable", "NaN"),
    "a wrong type": (document(points=[point(position="left cheek")]), "schema", "MY1"),
    "a huge coordinate": (document(points=[point(position=[1e9, 0, 0])]), "schema", "MY1"),
    "a code used twice": (document(points=[point(), point()]), "schema", "MY1"),
    "an unknown code": (
        document(groups=[{"id": "mine", "title": "Mine", "points": [{"code": "LI400"}]}]),
        "reference",
        "LI400",
    ),
    "an unknown group": (
        document(goals=[{"id": "g", "title": "G", "color": "#112233", "marker": "disc", "groups": ["nope"]}]),
        "reference",
        "nope",
    ),
    "an unknown landmark": (
        document(points=[point(constraints=[{"type": "same_level", "ref": "LM:nose"}])]),
        "reference",
        "the landmark nose",
    ),
    "an unknown curve": (
        document(points=[point(constraints=[{"type": "on_curve", "curve": "smile"}])]),
        "reference",
        "the curve smile",
    ),
    "an unknown unit": (
        document(
            points=[
                point(
                    constraints=[
                        {"type": "offset", "from": "V0", "axis": "lateral", "value": 1, "unit": "inch"}
                    ]
                )
            ]
        ),
        "reference",
        "the unit inch",
    ),
    "20 cm off the skin": (
        document(points=[point(position=[CHEEK[0], CHEEK[1], CHEEK[2] + 200])]),
        "surface",
        "mm off the skin",
    ),
    "a landmark off the skin": (
        document(
            landmarks=[
                {
                    "id": "mine",
                    "part": "face",
                    "paired": True,
                    "definition": "",
                    "position": [0.0, 0.0, 300.0],
                }
            ]
        ),
        "surface",
        "landmarks[0] (mine)",
    ),
    "a curve off the skin": (
        document(
            curves=[{"id": "mine", "definition": "", "paired": True, "positions": [CHEEK, [0.0, 0.0, 300.0]]}]
        ),
        "surface",
        "curves[0] (mine), positions[1]",
    ),
    "another figure": (
        document(points=[point()]) | {"figure": "0123456789abcdef"},
        "figure",
        "0123456789abcdef",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_mistake_is_one_sentence_with_file_and_place(check, name: str) -> None:  # type: ignore[no-untyped-def]
    content, kind, told = WRONG[name]
    report = check(content)
    assert [finding.kind for finding in report.findings] == [kind]
    (finding,) = report.findings
    assert told in finding.sentence
    assert "own.points.json" in finding.sentence
    assert finding.sentence.endswith(".")
    assert "\n" not in finding.sentence
    assert report.readable == (kind != "unreadable")


def test_a_point_off_the_skin_is_named_with_its_distance(check) -> None:  # type: ignore[no-untyped-def]
    report = check(
        document(points=[point(), point(code="MY2", position=[CHEEK[0], CHEEK[1], CHEEK[2] + 30])])
    )
    (finding,) = report.findings
    assert finding.code == "MY2"
    assert finding.place == "points[1] (MY2)"
    assert finding.fields()["sentence"] == finding.sentence


def test_all_mistakes_of_a_file_are_found_at_once(check) -> None:  # type: ignore[no-untyped-def]
    groups = [{"id": "mine", "title": "Mine", "points": [{"code": "XX1"}, {"code": "XX2"}]}]
    far = point(position=[CHEEK[0], CHEEK[1], CHEEK[2] + 200])
    report = check(document(points=[far], groups=groups))
    assert [finding.kind for finding in report.findings] == ["reference", "reference", "surface"]


def test_a_near_name_is_suggested(check) -> None:  # type: ignore[no-untyped-def]
    report = check(document(points=[point(constraints=[{"type": "on_curve", "curve": "hairlin"}])]))
    assert "hairline" in report.findings[0].sentence


def test_all_rules_of_what_is_built_in_are_measured() -> None:
    report = check_builtin(FIGURE)
    placed = {own.code for own in LIBRARY.points.values() if own.position is not None and own.constraints}
    assert {rule.code for rule in report.rules} >= placed
    assert {rule.trusted for rule in report.rules} - {""} == {
        rule.id for rule in LIBRARY.trusted_rules.values() if rule.checks
    }


def test_a_point_moved_by_six_millimetres_breaks_its_rules(check) -> None:  # type: ignore[no-untyped-def]
    own = LIBRARY.points["ST4"]
    assert own.position is not None
    raw = json.loads(canonical_json(Document(points=(own,))))["points"][0]
    assert check(document(points=[raw])).findings == ()
    x, y, _ = own.position
    hit = SURFACE.ray(np.array([x + 6, y, 400.0]), np.array([0.0, 0.0, -1.0]))
    assert hit is not None
    report = check(document(points=[raw | {"position": hit.position.tolist()}]))
    assert {(finding.kind, finding.code) for finding in report.findings} == {("anatomy", "ST4")}
    lateral = [rule for rule in report.rules if rule.rule == "offset lateral 0.4 fcun from LM:ch"]
    assert any(not rule.kept for rule in lateral)
    assert [rule.deviation_mm for rule in lateral] == pytest.approx([6.0] * len(lateral), abs=0.5)
    assert any(
        "broken by" in finding.problem and "from LM:ch" in finding.problem for finding in report.findings
    )


def test_points_found_from_each_other_alone_are_named(check) -> None:  # type: ignore[no-untyped-def]
    rules = [[{"type": "same_level", "ref": f"PT:{other}"}] for other in ("MY2", "MY1")]
    places = (CHEEK, BESIDE)
    points = [
        point(code=f"MY{n + 1}", use="body", constraints=rule, position=places[n])
        for n, rule in enumerate(rules)
    ]
    (finding,) = check(document(points=points)).findings
    assert finding.kind == "anatomy"
    assert "MY1" in finding.problem
    assert "MY2" in finding.problem


def test_a_rule_from_a_landmark_without_a_place_is_named(check) -> None:  # type: ignore[no-untyped-def]
    landmark = {"id": "nowhere", "part": "face", "paired": True, "definition": "A place not found yet."}
    own = point(constraints=[{"type": "same_level", "ref": "LM:nowhere"}], use="body")
    rule = {"type": "at", "ref": "LM:ch"}
    other = point(code="MY2", constraints=[rule], use="body", position=BESIDE)
    report = check(document(points=[own, other], landmarks=[landmark]))
    assert [(finding.kind, finding.code) for finding in report.findings] == [
        ("anatomy", "MY1"),
        ("anatomy", "MY2"),
    ]
    assert "nowhere" in report.findings[0].sentence
    assert [rule.code for rule in report.rules] == ["MY2", "MY2"]


def test_each_file_is_looked_at_by_itself(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.points.json", "b.points.json", "c.points.json")]
    for path in paths[:2]:
        path.write_text(json.dumps(document(points=[point()])), encoding="utf-8")
    report = check_files(FIGURE, paths, LIBRARY)
    assert report.files == tuple(map(str, paths))
    assert [finding.file for finding in report.findings] == [str(paths[2])]
    assert not report.readable


def test_doubles_and_other_names_are_mistakes_as_in_the_editor(check) -> None:  # type: ignore[no-untyped-def]
    near = [CHEEK[0] + 0.1, *CHEEK[1:]]
    report = check(
        document(points=[point(), point(code="MY2", position=near), point(code="EX-HN3", position=None)])
    )
    assert [(one.kind, one.place, one.problem) for one in report.findings] == [
        ("reference", "points[2] (EX-HN3)", "EX-HN3 is GV29"),
        ("double", "points[1] (MY2)", "MY1 and MY2 lie on each other"),
    ]

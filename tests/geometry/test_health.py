"""The health of a set: each thing that can be wrong with it is found, and a sound set is left in peace."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.canonical import canonical_json
from app.domain.document import Document
from app.domain.goals import Goal, Group, GroupPoint
from app.domain.library import Library
from app.domain.points import Point
from app.geometry.bench import Bench
from app.geometry.bound_set import BoundSet
from app.geometry.check import check_files
from app.geometry.figure import load_figure
from app.geometry.health import Finding, examine
from app.geometry.sliding import Skin

FIGURE = load_figure()
SKIN = Skin(FIGURE)


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def bench(base: Library) -> Bench:
    return Bench(SKIN, base)


def spot(x: float, y: float, z: float = 85.0) -> tuple[float, float, float]:
    a, b, c = (round(float(value), 3) for value in SKIN.nearest(np.array([x, y, z]), "left").position)
    return a, b, c


def point(code: str, position: tuple[float, float, float] | None, **values: object) -> Point:
    words = {"english": "Spot", "location": "On the cheek.", "sources": ("A book.",)}
    fields = {"laterality": "bilateral", "part": "face", "use": "face", **words, **values}
    return Point(code=code, position=position, **fields)  # type: ignore[arg-type]


def course(*points: Point, groups: tuple[Group, ...] | None = None) -> Document:
    """A set whose points are in a group of a goal."""
    group = Group(id="g", title="G", points=tuple(GroupPoint(code=one.code) for one in points))
    goal = Goal(id="gg", title="GG", color="#336699", marker="star", groups=("g",))
    own = (group,) if groups is None else groups
    return Document(figure=FIGURE.fingerprint, points=points, groups=own, goals=(goal,))


def look(document: Document, base: Library, bench: Bench) -> list[Finding]:
    library = msgspec.structs.replace(
        base,
        points={**base.points, **{one.code: one for one in document.points}},
        groups={**base.groups, **{one.id: one for one in document.groups}},
    )
    return examine(document, library, bench, BoundSet(SKIN))


def test_a_sound_set_is_left_in_peace(base: Library, bench: Bench) -> None:
    assert look(course(point("A", spot(40, -10)), point("B", spot(30, -40))), base, bench) == []


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((point("A", None),), "A has no place yet; place it or mark it as missing."),
        ((point("EX-HN3", spot(40, -10)),), "EX-HN3 is GV29; rename it or use that point."),
        (
            (point("A 1", spot(40, -10)), point("a1", spot(30, -40))),
            "a1 and A 1 read alike; rename one of them.",
        ),
        ((point("A", spot(40, -10)), point("B", spot(40.1, -10))), "A and B lie on each other"),
        ((point("A", spot(0.1, -65)),), "Two needles of A lie in one place; make it a point of the midline"),
        ((point("A", spot(0.5, -65)),), "mm apart; is it a point of the midline?"),
        ((point("A", spot(40, -10)), point("B", spot(41.2, -10))), "is one a double?"),
        ((point("A", (40.0, -10.0, 99.0)),), "mm off the skin; move it"),
    ],
)
def test_what_is_wrong_is_found(
    points: tuple[Point, ...], sentence: str, base: Library, bench: Bench
) -> None:
    found = look(course(*points), base, bench)
    assert any(sentence in one.sentence for one in found), found


def test_sides_that_differ(base: Library, bench: Bench) -> None:
    x, y, z = spot(36, -14)
    found = look(course(point("A", spot(40, -10), position_right=(-x, y, z))), base, bench)
    assert [one.grade for one in found] == ["notice"]
    assert found[0].sentence.startswith("The sides of A differ by ")
    x, y, z = spot(40, -10)
    assert look(course(point("A", (x, y, z), position_right=(-x, y, z))), base, bench) == []


def test_what_is_not_used_and_what_leads_nowhere(base: Library, bench: Bench) -> None:
    lonely = Group(id="lonely", title="Lonely")
    document = course(point("A", spot(40, -10)), groups=(lonely,))
    sentences = [one.sentence for one in look(document, base, bench)]
    assert any("the group g is not known" in one for one in sentences)
    assert "A is in no group of this set; put it into one." in sentences
    assert "The group Lonely has no points; fill it or delete it." in sentences
    assert "The group Lonely is in no goal of this set; put it into one." in sentences


def test_a_broken_rule_is_told_with_its_way(base: Library, bench: Bench) -> None:
    own = base.points["ST4"]
    x, y, z = own.position or (0.0, 0.0, 0.0)
    moved = msgspec.structs.replace(own, position=spot(x + 10, y + 6, z))
    (found,) = look(course(moved), base, bench)
    assert found.grade == "mistake"
    assert "mm lateral of" in found.sentence
    assert "ST4's rule" in found.sentence


def test_a_point_inside_the_orbit(base: Library, bench: Bench) -> None:
    inside = point("A", spot(46, 24))
    (found,) = look(course(inside), base, bench)
    assert found.grade == "mistake"
    assert 'mm inside the orbit; move it out, or set its use to "Trained hands only".' in found.sentence
    assert look(course(msgspec.structs.replace(inside, use="advanced")), base, bench) == []


def test_a_set_of_another_figure(base: Library, bench: Bench) -> None:
    document = msgspec.structs.replace(course(point("A", spot(40, -10))), figure="0123")
    assert "made on another figure" in look(document, base, bench)[0].sentence


@pytest.mark.parametrize(("off", "grade"), [(0.005, None), (0.12, "hint"), (4.9, "hint"), (5.2, "mistake")])
def test_a_point_off_the_skin_is_judged_as_the_check_judges_it(
    off: float, grade: str | None, base: Library, bench: Bench, tmp_path: Path
) -> None:
    place = SKIN.nearest(np.array(spot(40, -10)), "left")
    x, y, z = (float(value) for value in place.position + off * place.normal)
    document = course(point("A", (x, y, z)))
    assert [one.grade for one in look(document, base, bench)] == ([grade] if grade else [])
    path = tmp_path / "own.points.json"
    path.write_text(canonical_json(document))
    report = check_files(FIGURE, [path], base)
    assert [one.kind for one in report.findings] == (["surface"] if grade == "mistake" else [])
    assert [one.code for one in report.hints] == (["A"] if grade == "hint" else [])


def test_what_is_not_said_of_a_point_is_a_hint_in_one_sentence(base: Library, bench: Bench) -> None:
    document = course(point("A", spot(40, -10), english="", location="", sources=()))
    assert look(document, base, bench) == [
        Finding("hint", "A", "A has no English name, no location in words and no sources; write them.")
    ]
    document = course(point("A", spot(40, -10), location=""))
    assert [one.sentence for one in look(document, base, bench)] == ["A has no location in words; write one."]

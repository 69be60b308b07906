"""Joining files: what comes out, and what is refused."""

from pathlib import Path

import pytest

from app.domain.builtin import load_library
from app.domain.codec import write_document
from app.domain.document import Document
from app.domain.goals import Goal, Group, GroupPoint, NeedleCount, Treatment
from app.domain.library import Library, join, point_order
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.references import reference_problems

SET = Path("course.points.json")


def a_point(code: str, channel: str = "") -> Point:
    return Point(code=code, channel=channel, laterality="midline", part="face", use="face")


def a_group(*codes: str, name: str = "own") -> Group:
    return Group(id=name, title="Own", points=tuple(GroupPoint(code=code) for code in codes))


def a_goal(*groups: str) -> Goal:
    return Goal(id="goal", title="Goal", color="#112233", marker="star", groups=groups)


@pytest.mark.parametrize("name", ["GV29", "gv 29", "GV-29", "EX-HN3", "ex hn 3", "GV24+", "M-HN-3", "gv029"])
def test_a_point_answers_to_its_code_and_aliases(library: Library, name: str) -> None:
    assert library.point(name).code == "GV29"


def test_an_alias_never_hides_a_code(library: Library) -> None:
    assert library.point("GV24").code == "GV24"
    assert library.point("EX-HN8").code == "EX-HN8"


def test_an_unknown_point_is_answered_with_what_is_near(library: Library) -> None:
    with pytest.raises(KeyError, match=r"STT4 is not a known point \(near it is ST4\)"):
        library.point("STT4")


def test_points_come_channel_by_channel_in_the_order_of_numbers() -> None:
    points = [a_point("X1", "MINE"), a_point("ST10", "ST"), a_point("ST4", "ST"), a_point("LI4", "LI")]
    assert [point.code for point in sorted(points, key=point_order)] == ["LI4", "ST4", "ST10", "X1"]


def test_groups_and_goals_of_a_point(library: Library) -> None:
    assert [group.id for group in library.groups_of("SP9")] == ["digestion"]
    assert [goal.id for goal in library.goals_of("SP9")] == ["digestion"]
    assert [group.id for group in library.groups_of("BL1")] == ["under_eye"]
    assert [goal.id for goal in library.goals_of("TE22")] == ["collagen", "elasticity", "muscles"]
    assert library.goals_of("GB41") == ()


def test_a_set_extends_and_replaces_the_built_in(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    mine = Document(
        points=(a_point("ST4", "ST"), a_point("MINE")),
        groups=(a_group("MINE", "LI4"),),
        goals=(a_goal("own"),),
    )
    write_document(path, mine)
    joined = load_library(path)
    assert joined.points["ST4"].pinyin == ""
    assert library.points["ST4"].pinyin == "Dìcāng"
    assert len(joined.points) == len(library.points) + 1
    assert list(joined.goals) == [*library.goals, "goal"]
    assert joined.goals_of("MINE") == mine.goals


def test_a_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.points["NEW"] = a_point("NEW")  # type: ignore[index]
    with pytest.raises(AttributeError):
        library.points["ST4"].english = "x"  # type: ignore[misc]


def test_one_name_in_two_files_is_refused() -> None:
    files = [
        (Path("a.json"), Document(points=(a_point("A"),))),
        (Path("b.json"), Document(points=(a_point("A"),))),
    ]
    with pytest.raises(FileProblem) as caught:
        join(files)
    sentence = "b.json, points[0] (A): A is defined in a.json already; take one of the two out or rename it."
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("document", "place", "problem"),
    [
        (
            Document(groups=(a_group("LI4", "ST44444"),)),
            "groups[0] (own)",
            "the point ST44444 is not known (near it is ST44)",
        ),
        (
            Document(groups=(a_group("EX-HN3"),)),
            "groups[0] (own)",
            "the point EX-HN3 is not known (it is stored as GV29)",
        ),
        (
            Document(groups=(Group(id="own", title="Own", muscles=("frontali",)),)),
            "groups[0] (own)",
            "the muscle frontali is not known (near it is frontalis)",
        ),
        (
            Document(goals=(a_goal("glabela"),)),
            "goals[0] (goal)",
            "the group glabela is not known (near it is glabella)",
        ),
        (
            Document(treatments=(Treatment(id="t", title="T", body=(NeedleCount(code="LI44", needles=2),)),)),
            "treatments[0] (t)",
            "the point LI44 is not known (near it is LI4)",
        ),
    ],
)
def test_a_reference_that_leads_nowhere(
    library: Library, document: Document, place: str, problem: str
) -> None:
    with pytest.raises(FileProblem) as caught:
        join([(SET, document)], base=library)
    assert str(caught.value).startswith(f"{SET}, {place}: {problem}; correct the name, or add the ")


def test_all_references_are_reported(library: Library) -> None:
    document = Document(groups=(a_group("QQ1", "QQ2"),), goals=(a_goal("qq3"),))
    assert len(list(reference_problems(SET, document, library))) == 3


def test_a_group_within_a_group_is_told_apart_from_a_wrong_name(library: Library) -> None:
    groups = (
        Group(id="one", title="One", points=(GroupPoint(code="other"),)),
        Group(id="other", title="Other", points=(GroupPoint(code="one"),)),
    )
    with pytest.raises(FileProblem) as caught:
        join([(SET, Document(groups=groups))], base=library)
    assert str(caught.value) == (
        f"{SET}, groups[0] (one): the group other stands where a point belongs: groups hold points and no groups; "
        "name its points, or put both groups into one goal."
    )

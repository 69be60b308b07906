"""Points copied as text and pasted into a set."""

from pathlib import Path

import msgspec
import pytest

from app.domain.codec import read_document
from app.domain.document import Document
from app.domain.edits import points
from app.domain.edits.clipboard import copied, paste
from app.domain.edits.edit import EditProblem
from app.domain.library import Library
from app.domain.points import Point

SET = Document(figure="f", title="Course")


def own(code: str, **values: object) -> Point:
    fields = {"laterality": "bilateral", "part": "face", "use": "face", **values}
    return Point(code=code, **fields)  # type: ignore[arg-type]


@pytest.fixture
def two(library: Library) -> Document:
    one = points.add_point(SET, library, own("A", aliases=("first",), position=(30.0, 10.0, 80.0))).document
    return points.add_point(one, library, own("B", locked=True, notes="mine")).document


def test_copies_come_into_another_set_as_they_were(two: Document, library: Library) -> None:
    edit, codes = paste(SET, library, copied(two, library, ["B", "A"]))
    assert codes == ("B", "A")
    assert edit.words == "Paste 2 points"
    pasted = {point.code: point for point in edit.document.points}
    assert pasted["A"] == two.points[0]
    assert pasted["B"] == msgspec.structs.replace(two.points[1], locked=False)


def test_what_the_set_has_already_comes_beside_it(two: Document, library: Library) -> None:
    text = copied(two, library, ["A"])
    once, first = paste(two, library, text)
    twice, second = paste(once.document, library, text)
    assert (first, second) == (("A copy",), ("A copy 2",))
    assert twice.document.points[:2] == two.points
    assert [point.position for point in twice.document.points[2:]] == [two.points[0].position] * 2
    assert twice.document.points[2].aliases == ()


def test_a_built_in_point_becomes_the_sets_own_version(library: Library) -> None:
    edit, codes = paste(SET, library, copied(SET, library, ["ST4"]))
    assert codes == ("ST4",)
    assert edit.document.points[0].position == library.points["ST4"].position


def test_the_text_opens_as_a_file(two: Document, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "mailed.points.json"
    path.write_text(copied(two, library, ["A"]), encoding="utf-8")
    assert read_document(path).points == two.points[:1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The clipboard is empty; copy points first."),
        ("a shopping list", "There are no points in the clipboard; copy some first."),
        ('{"format": "facepoints", "version": 1, "points": [{"code"', "There are no points in the clipboard"),
        ('{"format": "facepoints", "version": 1}', "The set in the clipboard has no points"),
    ],
)
def test_what_is_no_points_is_refused(library: Library, text: str, why: str) -> None:
    with pytest.raises(EditProblem) as caught:
        paste(SET, library, text)
    assert str(caught.value).startswith(why)


def test_another_figures_points_are_refused(two: Document, library: Library) -> None:
    other = msgspec.structs.replace(SET, figure="g")
    with pytest.raises(EditProblem, match="made on another figure"):
        paste(other, library, copied(two, library, ["A"]))


def test_nothing_selected_is_not_copied(library: Library) -> None:
    with pytest.raises(EditProblem, match="No point is selected"):
        copied(SET, library, ())

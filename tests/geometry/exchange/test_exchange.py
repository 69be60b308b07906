"""Foreign files on this figure: laid onto its skin, recognised in other units and axes, refused where nothing fits."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.canonical import plain
from app.domain.document import Document
from app.domain.exchange.formats import export_text
from app.domain.library import Library
from app.domain.points import Point
from app.domain.problems import FileProblem, OtherFigure
from app.domain.steps import Stopped
from app.geometry.compare import compare
from app.geometry.exchange.asking import Question
from app.geometry.exchange.importing import import_file
from app.geometry.exchange.laying import Imported
from app.geometry.exchange.recognising import parse_axes, spelled
from app.geometry.figure import Figure, load_figure
from app.geometry.sites import bind_points


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def whole(base: Library, figure: Figure) -> Document:
    return Document(title="All", figure=figure.fingerprint, points=tuple(base.points.values()))


def imported(found: Imported | Question) -> Imported:
    assert isinstance(found, Imported), found.sentence
    return found


@pytest.mark.parametrize("ending", [".points.json", ".mrk.json", ".fcsv", ".pp", ".csv"])
def test_the_whole_catalogue_comes_back_as_it_was(
    ending: str, whole: Document, base: Library, figure: Figure, tmp_path: Path
) -> None:
    path = tmp_path / f"all{ending}"
    path.write_text(export_text(path, whole, base).text, encoding="utf-8")
    found = imported(import_file(path, base, figure))
    assert found.notes == ()
    worst = compare(whole, found.document, base, figure).worst
    assert worst is not None
    assert worst <= 0.001
    wanted = whole.points if ending != ".fcsv" else tuple(p for p in whole.points if p.position)
    assert found.document.points == wanted


def table(path: Path, base: Library, change: Any) -> Path:
    rows = [
        ",".join([point.code, *map(repr, map(float, change(np.array(point.position))))])
        for point in base.points.values()
        if point.position is not None
    ]
    path.write_text("label,x,y,z\n" + "\n".join(rows))
    return path


@pytest.mark.parametrize(
    ("change", "words", "scale", "axes"),
    [
        (lambda p: p / 1000, "in metres.", 1000, "+x+y+z"),
        (lambda p: p * 1000, "in micrometres.", 0.001, "+x+y+z"),
        (lambda p: p[[2, 0, 1]], "with the axes +y+z+x.", 1, "+y+z+x"),
        (lambda p: p[[0, 2, 1]] * [1, -1, 1] / 10, "in centimetres and with the axes LPS.", 10, "+x+z-y"),
    ],
)
def test_other_units_and_axes_are_asked_about(
    change: Any, words: str, scale: float, axes: str, base: Library, figure: Figure, tmp_path: Path
) -> None:
    path = table(tmp_path / "t.csv", base, change)
    question = import_file(path, base, figure)
    assert isinstance(question, Question)
    assert question.sentence.endswith(f"and on it if they are read {words}")
    assert (question.scale, spelled(question.axes)) == (scale, axes)
    found = imported(import_file(path, base, figure, question.scale, question.axes))
    bound = bind_points(figure, found.document.points)
    assert bound.binding.distances.max() <= 0.01


def test_axes_are_read_and_spelled() -> None:
    assert spelled(parse_axes("lps")) == "+x+z-y"
    assert spelled(parse_axes("+z-x+y")) == "+z-x+y"
    for text in ("xyz", "+x+x+z", ""):
        with pytest.raises(ValueError, match="names no axes"):
            parse_axes(text)


def test_points_near_the_skin_are_laid_onto_it(base: Library, figure: Figure, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", base, lambda p: p + np.array([0.3, 0.3, 1.0]))
    found = imported(import_file(path, base, figure))
    assert re.fullmatch(
        r"Laid onto the skin: \d+ points, the farthest from \d\.\d\d mm off \(up to 5 mm is allowed\)\.",
        found.notes[-1],
    )
    bound = bind_points(figure, found.document.points)
    assert bound.binding.distances.max() <= 0.01


def test_points_that_fit_nowhere_are_refused(base: Library, figure: Figure, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("label,x,y,z\nA,300,300,300\nB,-300,200,300\n")
    with pytest.raises(FileProblem, match=r"A and 1 more: .* lies .* mm off the skin") as caught:
        import_file(path, base, figure)
    assert "check that the points were made on this figure" in str(caught.value)


def test_a_set_in_metres_is_asked_about(base: Library, figure: Figure, tmp_path: Path) -> None:
    small = [
        msgspec.structs.replace(
            base.points[code], position=tuple(v / 1000 for v in base.points[code].position)
        )
        for code in ("ST4", "GB14", "LI4", "GV26")
    ]
    path = tmp_path / "a.points.json"
    path.write_text(json.dumps({"format": "facepoints", "version": 1, "points": plain(tuple(small))}))
    for point in json.loads(path.read_text())["points"]:
        assert max(map(abs, point["position"])) < 1
    question = import_file(path, base, figure)
    assert isinstance(question, Question)
    assert question.sentence.endswith("on it if they are read in metres.")
    assert question.options == "--scale 1000 --axes +x+y+z"
    found = imported(import_file(path, base, figure, question.scale, question.axes))
    for point in found.document.points:
        # A file keeps three decimals, of metres too.
        assert point.position == pytest.approx(base.points[point.code].position, abs=5.0)


def moved(point: Point, by: tuple[float, float, float], **changes: Any) -> Point:
    assert point.position is not None
    position = tuple(float(value) for value in np.add(point.position, by))
    return msgspec.structs.replace(point, position=position, **changes)


def test_the_points_of_another_figure_are_placed_again(base: Library, figure: Figure, tmp_path: Path) -> None:
    ruled = moved(base.points["LI4"], (3.0, 2.0, 1.0), placed_by="by its rules")
    near = moved(base.points["ST4"], (0.5, 0.5, 3.0), placed_by="placed by hand")
    far = moved(base.points["GB14"], (0.0, 0.0, 30.0), placed_by="placed by hand")
    lost = moved(base.points["ST3"], (0.0, 0.0, 30.0), code="MINE", constraints=(), aliases=())
    document = Document(figure="0123", points=(ruled, near, far, lost), title="Old")
    path = tmp_path / "a.points.json"
    path.write_text(export_text(path, document, base).text)
    with pytest.raises(OtherFigure, match="made on another figure .* --place-again"):
        load_library(path)
    question = import_file(path, base, figure)
    assert isinstance(question, Question)
    assert question.sentence.startswith(f"{path}: its positions were made on another figure than this one")
    assert question.options == "--place-again"
    found = imported(import_file(path, base, figure, again=True))
    points = {point.code: point for point in found.document.points}
    assert found.document.figure == figure.fingerprint
    assert found.document.title == "Old"
    bound = bind_points(figure, found.document.points)
    assert bound.binding.distances.max() <= 0.01
    assert points["LI4"].position == pytest.approx(base.points["LI4"].position, abs=0.5)
    assert points["GB14"].position == pytest.approx(base.points["GB14"].position, abs=0.5)
    apart = np.linalg.norm(np.subtract(points["ST4"].position, base.points["ST4"].position))
    assert 0.1 < apart < 3.0  # laid where it lay, and not where its rules put it
    assert points["MINE"].position is None
    assert points["MINE"].status == "unplaced"
    assert "off this figure's skin; place it again" in points["MINE"].status_reason
    assert len(found.notes) == 3
    assert found.notes[2] == "More than 5 mm off this figure's skin and without a place now: MINE."


def test_work_that_is_stopped_leaves_nothing(base: Library, figure: Figure, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", base, lambda p: p)
    steps: list[tuple[str, float]] = []
    import_file(path, base, figure, step=lambda words, share: steps.append((words, share)))
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    for number in range(len(steps)):
        left = iter(range(number))

        def step(_words: str, _share: float, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Stopped

        with pytest.raises(Stopped):
            import_file(path, base, figure, step=step)


def test_a_slicer_file_that_was_moved_counts_before_what_rides_along(
    base: Library, figure: Figure, tmp_path: Path
) -> None:
    document = Document(figure=figure.fingerprint, groups=(base.groups["under_eye"],))
    path = tmp_path / "a.mrk.json"
    raw = json.loads(export_text(path, document, base).text)
    path.write_text(json.dumps(raw))
    assert imported(import_file(path, base, figure)).document == document
    point = raw["markups"][0]["controlPoints"][0]
    code = point["label"].partition(" (")[0]
    point["position"][2] += 2.0
    path.write_text(json.dumps(raw))
    moved = imported(import_file(path, base, figure)).document
    assert [one.code for one in moved.points] == [code]


def test_a_hundred_thousand_points(base: Library, figure: Figure, tmp_path: Path) -> None:
    vertices = figure.neutral.vertices[figure.full.triangles[figure.region("head")][:, 0]]
    left = vertices[vertices[:, 0] > 2][:100]
    path = tmp_path / "huge.csv"
    rows = (f"Q{n},{x:.3f},{y:.3f},{z:.3f}" for n, (x, y, z) in enumerate(np.tile(left, (1000, 1))))
    path.write_text("label,x,y,z\n" + "\n".join(rows))
    assert len(imported(import_file(path, base, figure)).document.points) == 100_000

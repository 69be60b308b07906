"""Comparing two sets: distances, what only one has, the summary."""

import msgspec
import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.document import Document
from app.domain.goals import Group, GroupPoint
from app.domain.library import Library
from app.geometry.compare import compare, cun_length
from app.geometry.figure import Figure, load_figure
from app.geometry.sliding import Skin


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


def moved(base: Library, figure: Figure, code: str, distance: float) -> Document:
    point, skin = base.points[code], Skin(figure)
    place = skin.nearest(np.array(point.position), "left")
    x, y, z = (round(float(v), 3) for v in skin.nudge(place, np.array([0.0, 1.0, 0.0]), distance).position)
    return Document(points=(msgspec.structs.replace(point, position=(x, y, z)), base.points["GB14"]))


def test_both_sides_are_told_and_the_summary_is_theirs(base: Library, figure: Figure) -> None:
    group = Group(id="g", title="G", points=tuple(GroupPoint(code=code) for code in ("ST4", "GB14", "GV26")))
    result = compare(Document(groups=(group,)), moved(base, figure, "ST4", 2.0), base, figure)
    assert [(row.code, row.side) for row in result.rows] == [
        ("ST4", "left"),
        ("ST4", "right"),
        ("GB14", "left"),
        ("GB14", "right"),
    ]
    assert result.rows[0].mm == pytest.approx(2.0, abs=0.05)
    assert result.rows[0].cun == pytest.approx(result.rows[0].mm / cun_length(figure, base), abs=1e-3)
    assert result.rows[2].mm == 0
    assert (result.only_mine, result.only_theirs) == (("GV26",), ())
    assert result.mean == pytest.approx(result.rows[0].mm / 2, abs=1e-3)
    assert result.worst == result.rows[0].mm


def test_sets_that_share_nothing(base: Library, figure: Figure) -> None:
    result = compare(Document(points=(base.points["ST4"],)), Document(), base, figure)
    assert result.rows == ()
    assert result.mean is None
    assert result.only_mine == ("ST4",)

"""Names keep off eyes, lips and the tape of the ruler."""

from collections.abc import Iterator

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.shown import Shown, shown_points, with_goal
from app.geometry.figure import Figure
from app.geometry.landmarks import bind_marks, left_body
from app.geometry.ruler import measure_along
from app.geometry.sites import bind_points
from app.scene.chosen import markers_of
from app.scene.features import Features
from app.scene.label_layout import overlapping
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from tests.scene.conftest import make

LIBRARY = load_library()


@pytest.fixture
def stage(figure: Figure) -> Iterator[Stage]:
    """The points of a goal, all named, as the window shows them."""
    stage, plotter = make(figure, (900, 900))
    sites = bind_points(figure, LIBRARY.points.values())
    points = shown_points(LIBRARY, with_goal(LIBRARY, Shown(), "lines", True))
    stage.show(sites, list(markers_of(LIBRARY, sites, points)))
    stage.labels.set_mode("all")
    yield stage
    stage.close()
    plotter.close()


def test_eyes_and_lips_are_boxes_before_the_eye_and_none_behind_the_head(stage: Stage, figure: Figure) -> None:
    left, right, lips = Features(figure).boxes(stage.projection)
    assert left[0] > right[2], "the person's left is on the right of the picture"
    assert lips[3] < min(left[1], right[1])
    assert left[2] - left[0] == pytest.approx(right[2] - right[0], abs=1)
    stage.views.view("back")
    assert len(Features(figure).boxes(stage.projection)) == 0


@pytest.mark.parametrize("view", ["front", "three-quarter-left"])
def test_no_name_lies_on_eyes_or_lips_while_there_is_room(stage: Stage, figure: Figure, view: str) -> None:
    stage.views.view(view)
    stage.prepare_frame()
    assert len(stage.labels.boxes) > 20
    assert not overlapping(stage.labels.boxes, Features(figure).boxes(stage.projection)).any()


def test_no_name_lies_on_the_tape(stage: Stage, figure: Figure) -> None:
    body = left_body(figure, figure.neutral, bind_marks(figure, LIBRARY))
    reading = measure_along(body, body.landmark("ex"), body.landmark("ch"))
    stage.overlays.show("ruler", lines=(SkinLine(reading.binding, "#ffd23f", 5.5),))
    stage.prepare_frame()
    tape = stage.overlays.lines("ruler").boxes(stage.projection)
    assert len(tape) > 20
    middle = (tape[:, :2] + tape[:, 2:]) / 2
    assert (np.abs(np.diff(middle, axis=0)) < 12).all()
    assert not overlapping(stage.labels.boxes, tape).any()

"""Spots of colour where answers went wrong."""

import numpy as np
import pytest

from app.geometry.figure import EYES_SHUT, Figure
from app.scene.heat_map import SPREAD_MM, HeatMap, strength_at
from app.scene.stage import Stage
from tests.scene.pixels import changed, shot

CHEEK = np.array([[30.0, -22.8, 81.0]])


def test_a_spot_is_strongest_in_its_middle_and_ends() -> None:
    places = np.array([[0.0, 0, 0], [SPREAD_MM, 0, 0], [2 * SPREAD_MM, 0, 0], [3 * SPREAD_MM, 0, 0]])
    heat = strength_at(places, np.zeros((1, 3)), np.array([0.8]))
    assert heat[0] == pytest.approx(0.8)
    assert heat[0] > heat[1] > heat[2] > 0
    assert heat[3] == 0


def test_spots_do_not_add_up() -> None:
    heat = strength_at(np.zeros((1, 3)), np.zeros((3, 3)), np.array([0.5, 0.4, 0.5]))
    assert heat[0] == pytest.approx(0.5)


def test_it_is_painted_where_the_error_lies_and_goes_again(stage: Stage, figure: Figure) -> None:
    stage.views.view("front")
    bare = shot(stage)
    heat = HeatMap(stage.renderer, figure)
    try:
        heat.show(stage.pose, CHEEK, np.array([1.0]))
        assert heat.painted > 20
        rows, columns = changed(bare, shot(stage))
        seen = stage.projection.display(CHEEK)[0]
        assert np.hypot(np.mean(columns) - seen[0], np.mean(rows) - seen[1]) < 6
        heat.show(figure.pose(expression=EYES_SHUT), CHEEK, np.array([1.0]))
        assert heat.painted > 20
        heat.hide()
        assert len(changed(bare, shot(stage))[0]) == 0
    finally:
        heat.close()


def test_worse_is_darker(stage: Stage, figure: Figure) -> None:
    heat = HeatMap(stage.renderer, figure)
    try:
        stage.views.view("front")
        column, row = stage.projection.display(CHEEK)[0].round().astype(int)
        light = []
        for strength in (0.3, 1.0):
            heat.show(stage.pose, CHEEK, np.array([strength]))
            light.append(shot(stage)[row, column].sum())
        assert light[0] > light[1] + 60
    finally:
        heat.close()


def test_nothing_wrong_paints_nothing(stage: Stage, figure: Figure) -> None:
    heat = HeatMap(stage.renderer, figure)
    heat.show(stage.pose, np.zeros((0, 3)), np.zeros(0))
    assert heat.painted == 0
    heat.show(stage.pose, CHEEK, np.array([0.0]))
    assert heat.painted == 0
    heat.close()

"""Points are placed where their rules put them."""

import msgspec
import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.points import Constraint, Length, Point
from app.geometry.figure import Shape, load_figure
from app.geometry.measure import Scene, measure
from app.geometry.placing import order_of, place, place_points, rules_of, ungrounded
from app.geometry.rules import Placed, evaluate_trusted, is_hard

FIGURE = load_figure()
LIBRARY = load_library()
SCENE = Placed(FIGURE, FIGURE.neutral, LIBRARY).scene()
TRUSTED = tuple(LIBRARY.trusted_rules.values())
PLACED = place_points(SCENE, LIBRARY.points, TRUSTED)


def test_the_catalogue_holds_what_the_placer_finds() -> None:
    gaps = {
        code: float(np.linalg.norm(found.position - SCENE.points[code])) for code, found in PLACED.items()
    }
    assert max(gaps.values()) < 0.1
    assert PLACED.keys() == SCENE.points.keys()


def test_the_catalogue_says_where_a_hand_was_needed() -> None:
    for code, found in PLACED.items():
        assert ("drawn" in LIBRARY.points[code].placed_by) == found.free, code
    free = {code for code, found in PLACED.items() if found.free}
    assert {"TE17", "CV23", "LR3"} <= free
    assert {"LI20", "GB14", "ST4", "GV20", "GB8", "LI10"}.isdisjoint(free)


def test_points_come_back_from_eight_millimetres_away() -> None:
    away = {"ST3": [0, 8, 0], "GB14": [6, -5, 0], "GB8": [0, 5, 6], "BL5": [5, 0, -6], "GV21": [0, 0, -8]}
    for code, step in away.items():
        rules = rules_of(LIBRARY.points[code], TRUSTED)
        start = SCENE.points[code] + step
        found = place(SCENE, rules, start, start)
        assert np.linalg.norm(found.position - SCENE.points[code]) < 0.5, code


def test_every_placed_point_lies_on_the_skin_and_midline_points_on_the_midline() -> None:
    for code, found in PLACED.items():
        assert np.linalg.norm(SCENE.body.skin.nearest(found.position) - found.position) < 0.01, code
        if LIBRARY.points[code].laterality == "midline":
            assert found.position[0] == 0, code


def test_on_another_shape_the_hard_rules_are_kept_too() -> None:
    pose = FIGURE.pose(Shape(sex=1, age=60, ancestry=(0, 1, 0), weight=0.7))
    scene = Placed(FIGURE, pose, LIBRARY).scene()
    codes = ["ST3", "ST4", "LI20", "GB14", "GV24", "GV26", "BL2", "TE23", "GB1"]
    found = place_points(scene, LIBRARY.points, TRUSTED, codes)
    assert found.keys() == set(codes)
    here = Scene(
        scene.body, scene.units, {**scene.points, **{code: one.position for code, one in found.items()}}
    )
    for code in codes:
        for rule in LIBRARY.points[code].constraints:
            if is_hard(rule):
                width = (
                    0.0
                    if rule.tolerance is None
                    else rule.tolerance.value * here.units.mm(rule.tolerance.unit)
                )
                assert measure(here, rule, found[code].position).deviation <= width + 0.05, (code, rule)


def test_a_hard_rule_outweighs_a_soft_one() -> None:
    hard = Constraint(type="same_level", ref="LM:alb", tolerance=Length(value=0.1, unit="bcun_v"))
    soft = Constraint(type="same_level", ref="LM:alm", tolerance=Length(value=0.35, unit="bcun_v"))
    across = Constraint(type="same_vertical", ref="LM:pu", tolerance=Length(value=0.1, unit="bcun_v"))
    start = SCENE.points["ST3"]
    found = place(SCENE, [hard, soft, across], start, start)
    assert not found.free
    assert abs(found.position[1] - SCENE.body.landmark("alb")[1]) < 0.5


def test_what_the_rules_leave_open_stays_where_it_was() -> None:
    start = SCENE.points["ST3"]
    found = place(SCENE, [Constraint(type="below", ref="PT:ST2")], start, start)
    assert found.free
    assert np.linalg.norm(found.position - start) < 0.01


def test_points_come_after_those_they_start_from_and_rings_together() -> None:
    order = order_of({code: rules_of(point, TRUSTED) for code, point in LIBRARY.points.items()})
    at = {code: number for number, group in enumerate(order) for code in group}
    assert len(at) == len(LIBRARY.points)
    assert at["GV20"] < at["EX-HN1"]
    assert max(at["TE17"], at["GB20"]) < at["ANMIAN"]
    assert at["LI18"] == at["ST9"] == at["SI16"]
    assert at["ST3"] != at["LI18"]


def test_a_ring_that_nothing_holds_is_found() -> None:
    def point(code: str, *rules: Constraint) -> Point:
        return Point(code=code, laterality="bilateral", part="face", use="support", constraints=rules)

    ring = [
        point("A", Constraint(type="same_level", ref="PT:B"), Constraint(type="above", ref="PT:C")),
        point("B", Constraint(type="at", ref="PT:C")),
        point("C", Constraint(type="at", ref="PT:A")),
        point("D", Constraint(type="at", ref="PT:A")),
        point("E", Constraint(type="at", ref="LM:ch"), Constraint(type="same_level", ref="PT:F")),
        point("F", Constraint(type="same_level", ref="PT:E")),
    ]
    assert [sorted(found) for found in ungrounded({one.code: one for one in ring})] == [["A", "B", "C"]]
    assert ungrounded(LIBRARY.points) == []


def test_placing_all_keeps_the_trusted_rules() -> None:
    positions = {code: tuple(float(value) for value in found.position) for code, found in PLACED.items()}
    points = {
        code: msgspec.structs.replace(point, position=positions[code]) if code in positions else point
        for code, point in LIBRARY.points.items()
    }
    found = evaluate_trusted(FIGURE, FIGURE.neutral, msgspec.structs.replace(LIBRARY, points=points))
    assert [finding for finding in found if not finding.kept] == []


@pytest.mark.parametrize("code", ["GV28"])
def test_a_point_without_a_place_is_left_out(code: str) -> None:
    assert code not in PLACED

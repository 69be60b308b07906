"""Every rule is measured right, and the points that come with the program keep theirs."""

import dataclasses
from collections import Counter

import msgspec
import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.points import Constraint, Length, Point
from app.geometry.figure import Shape, load_figure
from app.geometry.measure import RuleProblem, Scene, measure
from app.geometry.rules import Finding, Placed, evaluate, evaluate_trusted, words

FIGURE = load_figure()
LIBRARY = load_library()
PLACED = Placed(FIGURE, FIGURE.neutral, LIBRARY)
SCENE = PLACED.scene()
FINDINGS = evaluate(FIGURE, FIGURE.neutral, LIBRARY)
TRUSTED = evaluate_trusted(FIGURE, FIGURE.neutral, LIBRARY)
GIVES_WAY = {("GV20", "midpoint of LM:apx and LM:apx' by over the vertex")}
"""Soft rules that another of the same standard outweighs; docs/anatomy.md says why."""


def replaced(*points: Point) -> Library:
    """The library with some points changed."""
    known = {**LIBRARY.points, **{point.code: point for point in points}}
    return msgspec.structs.replace(LIBRARY, points=known)


def moved_aside(code: str, lateral: float) -> Library:
    """The library with a point of the face moved to the side, to the skin met there from in front."""
    point = LIBRARY.points[code]
    assert point.position is not None
    x, y, _ = point.position
    hit = SCENE.body.skin.surface.ray(np.array([x + lateral, y, 400.0]), np.array([0.0, 0.0, -1.0]))
    assert hit is not None
    return replaced(msgspec.structs.replace(point, position=tuple(float(value) for value in hit.position)))


def with_rule(code: str, rule: Constraint) -> Library:
    return replaced(msgspec.structs.replace(LIBRARY.points[code], constraints=(rule,)))


def test_every_hard_rule_of_every_point_is_kept() -> None:
    broken = [finding for finding in FINDINGS if finding.hard and not finding.kept]
    assert not broken
    assert {finding.code for finding in FINDINGS} == {code for code in LIBRARY.points if code != "GV28"}


def test_soft_rules_give_way_only_where_it_is_known() -> None:
    assert {(finding.code, finding.rule) for finding in FINDINGS if not finding.kept} == GIVES_WAY


def test_all_trusted_rules_are_kept_within_a_tenth_of_their_unit() -> None:
    assert not [finding for finding in TRUSTED if not finding.kept]
    assert {finding.trusted for finding in TRUSTED} == {f"R{number:02}" for number in range(1, 31)}
    for rule in LIBRARY.trusted_rules.values():
        named = {name for check in rule.checks for name in (check.point, check.ref.removeprefix("PT:"))}
        assert set(rule.points) <= named, rule.id
        assert {check.tolerance.value for check in rule.checks if check.tolerance} <= {0.1}, rule.id


def test_no_point_of_a_default_set_lies_in_the_orbit_or_over_the_carotid() -> None:
    outside = Counter(finding.code for finding in FINDINGS if finding.rule.startswith("outside region"))
    faces = {code for code, point in LIBRARY.points.items() if point.use == "face"}
    assert set(outside) == faces
    assert {"ST1", "BL1", "EX-HN7", "SHANGMING"}.isdisjoint(faces)
    for code, inside in {"ST1": True, "BL1": True, "SHANGMING": True, "ST2": False, "GB1": False}.items():
        found = measure(SCENE, Constraint(type="outside_region", region="orbit"), SCENE.points[code])
        assert (found.deviation > 0) == inside, code
    for code, inside in {"ST9": True, "SI17": True, "ST6": False, "ST5": False}.items():
        found = measure(SCENE, Constraint(type="outside_region", region="carotid"), SCENE.points[code])
        assert (found.deviation > 0) == inside, code


def test_a_point_moved_six_millimetres_is_caught_with_the_right_rule_and_the_right_mm() -> None:
    found = evaluate(FIGURE, FIGURE.neutral, moved_aside("ST4", 6.0), ["ST4"])
    broken = [finding for finding in found if not finding.kept and finding.hard]
    assert {finding.rule for finding in broken} == {"offset lateral 0.4 fcun from LM:ch"}
    assert {finding.side for finding in broken} == {"left", "right"}
    cheek = broken[0]
    assert cheek.deviation_mm == pytest.approx(6.0, abs=0.3)
    assert cheek.unit == "fcun"
    assert cheek.wanted == 0.4
    assert (cheek.measured - 0.4) * SCENE.units.mm("fcun") == pytest.approx(cheek.deviation_mm, abs=0.05)
    assert cheek.tolerance_mm == pytest.approx(0.2 * SCENE.units.mm("fcun"), abs=0.01)


def test_both_sides_and_the_midline_are_reported() -> None:
    sides = {
        code: {finding.side for finding in FINDINGS if finding.code == code}
        for code in ("ST4", "GV20", "EX-HN1")
    }
    assert sides == {"ST4": {"left", "right"}, "GV20": {"midline"}, "EX-HN1": {"midline", "left", "right"}}


def test_an_unlinked_right_side_is_measured_by_itself() -> None:
    point = LIBRARY.points["ST4"]
    assert point.position is not None
    x, y, z = point.position
    lower = SCENE.body.skin.nearest(np.array([x, y - 6, z])) * [-1, 1, 1]
    unlinked = msgspec.structs.replace(point, position_right=tuple(float(value) for value in lower))
    found = evaluate(FIGURE, FIGURE.neutral, replaced(unlinked), ["ST4"])
    broken = {(finding.side, finding.rule) for finding in found if not finding.kept and finding.hard}
    assert broken == {("right", "same level LM:ch")}


def test_rules_can_be_measured_on_any_shape_and_expression() -> None:
    pose = FIGURE.pose(Shape(sex=1, age=75, weight=0.8), {"blink_left": 1.0, "brow_down": 0.5})
    found = evaluate(FIGURE, pose, LIBRARY)
    assert len(found) == len(FINDINGS)
    left, right = (
        [finding.measured for finding in found if finding.side == side] for side in ("left", "right")
    )
    assert len(left) == len(right)
    assert left != right


def test_only_named_points_are_measured() -> None:
    assert {finding.code for finding in evaluate(FIGURE, FIGURE.neutral, LIBRARY, ["LI4", "GV29"])} == {
        "LI4",
        "GV29",
    }


A_PLACE = SCENE.body.skin.nearest(np.array([30.0, -22.0, 81.0]))
NEAR_A = Scene(SCENE.body, SCENE.units, {"A": A_PLACE, "B": A_PLACE + np.array([0.0, 10.0, 0.0])})
"""Two points on the cheek, B 10 mm above A."""


def offset(axis: str, value: float, start: str = "PT:A") -> Constraint:
    return Constraint(type="offset", axis=axis, from_=start, value=value, unit="mm")


@pytest.mark.parametrize(
    ("rule", "step", "deviation", "measured"),
    [
        (Constraint(type="at", ref="PT:A"), (3, 4, 0), 5, 5),
        (Constraint(type="same_level", ref="PT:A"), (9, -3, 0), 3, -3),
        (Constraint(type="same_vertical", ref="PT:A"), (2, 9, 0), 2, 2),
        (offset("lateral", 5), (3, 9, 0), 2, 3),
        (offset("medial", 5), (3, 9, 0), 8, -3),
        (offset("up", 1), (9, 3, 0), 2, 3),
        (offset("down", 1), (9, -3, 0), 2, 3),
        (offset("posterior", 1), (-9, -3, -4), 3, 4),
        (offset("anterior", 1), (-9, -3, 4), 3, 4),
        (Constraint(type="midpoint", a="PT:A", b="PT:B", path="line"), (0, 7, 0), 2, 0.7),
        (
            Constraint(type="fraction_along", from_="PT:A", to="PT:B", path="line", fraction=0.2),
            (0, 7, 0),
            5,
            0.7,
        ),
        (Constraint(type="distance", from_="PT:A", value=4, unit="mm"), (3, 4, 0), 1, 5),
        (Constraint(type="between", a="PT:A", b="PT:B", axis="vertical"), (0, 12, 0), 2, 7),
        (Constraint(type="between", a="PT:B", b="PT:A", axis="vertical"), (0, 4, 0), 0, -1),
        (Constraint(type="above", ref="PT:A"), (0, 3, 0), 0, 3),
        (Constraint(type="above", ref="PT:A"), (0, -3, 0), 3, -3),
        (Constraint(type="below", ref="PT:A"), (0, -3, 0), 0, 3),
        (Constraint(type="lateral_to", ref="PT:A"), (3, 0, 0), 0, 3),
        (Constraint(type="medial_to", ref="PT:A"), (3, 0, 0), 3, -3),
        (Constraint(type="anterior_to", ref="PT:A"), (0, 0, 3), 0, 3),
        (Constraint(type="posterior_to", ref="PT:A"), (0, 0, 3), 3, -3),
        (Constraint(type="distal_to", ref="PT:A"), (0, 0, 3), 0, 3),
    ],
)
def test_each_kind_of_rule_measures_what_it_says(
    rule: Constraint, step: tuple[float, float, float], deviation: float, measured: float
) -> None:
    found = measure(NEAR_A, rule, A_PLACE + step)
    assert found.deviation == pytest.approx(deviation, abs=1e-6)
    assert found.measured == pytest.approx(measured, abs=1e-6)


def test_the_midline_is_what_lies_at_no_lateral_distance() -> None:
    assert measure(SCENE, Constraint(type="on_midline"), np.array([-0.5, 9.0, 9.0])).deviation == 0.5
    assert measure(SCENE, offset("lateral", 20, "V0"), A_PLACE).measured == pytest.approx(A_PLACE[0])


def test_a_curve_is_measured_to_its_nearest_place() -> None:
    brow = SCENE.body.curve("brow")
    found = measure(SCENE, Constraint(type="on_curve", curve="brow"), brow[5] + [0, 4, 0])
    assert 2.0 < found.deviation <= 4.0


def test_a_level_on_top_of_the_head_is_from_front_to_back() -> None:
    rule = next(one for one in LIBRARY.points["BL7"].constraints if one.type == "same_level")
    place = SCENE.points["GB18"] + [-5.0, 3.0, 0.0]
    assert measure(SCENE, rule, place).deviation == pytest.approx(0, abs=1e-6)


def test_a_vertical_on_the_side_of_the_head_is_seen_from_the_side() -> None:
    rule = Constraint(type="same_vertical", ref="LM:apx")
    apex = SCENE.body.landmark("apx")
    assert measure(SCENE, rule, apex + np.array([-9.0, 40.0, 2.0])).measured == pytest.approx(2.0, abs=1e-6)


def test_scalp_distances_are_laid_on_the_skin() -> None:
    rule = Constraint(type="offset", axis="posterior", from_="LM:tr", value=5, unit="bcun_s")
    found = measure(SCENE, rule, SCENE.points["GV20"])
    straight = float(np.linalg.norm(SCENE.points["GV20"] - SCENE.body.landmark("tr")))
    assert found.measured > straight + 5
    in_front = measure(SCENE, rule, SCENE.body.landmark("g"))
    assert in_front.measured < 0


TOLERANCE = Length(value=0.2, unit="bcun_v")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (Constraint(type="below", ref="LM:nowhere"), "ST4, below LM:nowhere: the landmark nowhere"),
        (Constraint(type="on_curve", curve="no_curve", tolerance=TOLERANCE), "the curve no_curve has no place"),
        (Constraint(type="below", ref="PT:GV28"), "the point GV28"),
        (Constraint(type="offset", axis="up", from_="LM:ch", value=1, unit="ell"), "the unit ell cannot be measured"),
        (Constraint(type="offset", axis="sideways", from_="LM:ch", value=1, unit="bcun_v"), "sideways is no direction"),
        (Constraint(type="outside_region", region="attic"), "region attic"),
    ],
)  # fmt: skip
def test_a_rule_that_leads_nowhere_is_told_in_one_sentence(rule: Constraint, says: str) -> None:
    with pytest.raises(RuleProblem, match=says):
        evaluate(FIGURE, FIGURE.neutral, with_rule("ST4", rule), ["ST4"])


def test_a_new_point_needs_no_new_code() -> None:
    cheek = SCENE.body.skin.nearest(np.array([40.0, -10.0, 80.0]))
    own = Point(
        code="CHEEK", laterality="bilateral", part="face", use="support",
        position=tuple(float(value) for value in cheek),
        constraints=(
            Constraint(type="lateral_to", ref="PT:ST2"),
            Constraint(type="same_vertical", ref="V_pu", tolerance=TOLERANCE),
        ),
    )  # fmt: skip
    found = evaluate(FIGURE, FIGURE.neutral, replaced(own), ["CHEEK"])
    assert [finding.kept for finding in found if finding.side == "left"] == [True, False]
    assert found[1].deviation_mm == pytest.approx(cheek[0] - SCENE.body.landmark("pu")[0], abs=0.01)


def test_a_finding_has_the_fields_that_scripts_rely_on() -> None:
    promised = {"code", "side", "rule", "measured", "wanted", "unit", "deviation_mm", "tolerance_mm", "kept"}
    assert promised <= FINDINGS[0].fields().keys()
    assert {field.name for field in dataclasses.fields(Finding)} == FINDINGS[0].fields().keys()


def test_rules_read_as_words() -> None:
    rule = LIBRARY.points["EX-HN5"].constraints[0]
    assert words(rule) == "offset from midpoint posterior 1 fcun of LM:ebl and LM:ex"

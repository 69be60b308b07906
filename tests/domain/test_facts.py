"""The facts that come with the program: all there, consistent, and claiming no more than they may."""

import re
from itertools import combinations, pairwise, product

import pytest

from app.domain.builtin import builtin_documents
from app.domain.goals import Group
from app.domain.library import CHANNELS, Library
from app.domain.points import DEFAULT_USES
from app.domain.record import EVIDENCE_ORDER


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("points", 133),
        ("goals", 12),
        ("groups", 25),
        ("landmarks", 78 + 38 + 6),  # of the face, of the body, and the ends of the measures it needs
        ("lines", 21),
        ("regions", 3),
        ("units_of_measure", 13),
        ("bone_measures", 22),
        ("constraint_types", 13),
        ("trusted_rules", 30),
        ("caution_zones", 16),
        ("muscles", 18),
        ("wrinkles", 12),
        ("cautions", 19),
        ("side_effects", 5),
        ("sources", 67),
        ("disagreements", 14),
        ("excluded_sites", 3),
        ("unverified", 7),
        ("evidence_scale", 5),
        ("confidence_scale", 4),
        ("treatments", 6),
    ],
)
def test_nothing_is_missing(library: Library, name: str, count: int) -> None:
    assert len(getattr(library, name)) == count


def test_every_curve_that_rules_name_is_there(library: Library) -> None:
    assert library.curves.keys() >= {
        "hairline", "brow", "rim_inf", "nls", "mll", "jaw", "arch", "scm_a", "scm_p", "trap_l",
        "ear_arc", "st8_gb7", "gb9_gb12", "hair_05",
    }  # fmt: skip


def test_all_positions_belong_to_one_figure(library: Library) -> None:
    assert {document.figure for _, document in builtin_documents()} <= {"", library.figure}


def test_points_by_part_use_and_laterality(library: Library) -> None:
    points = library.points.values()
    assert sum(point.part == "face" for point in points) == 93
    body = [point for point in points if point.part == "body"]
    assert sum(point.use != "reference only" for point in body) == 35
    assert sum(point.use == "reference only" for point in body) == 5
    assert sum(point.laterality == "midline" for point in points) == 26
    assert [point.code for point in points if point.laterality == "group"] == ["EX-HN1"]
    assert library.points["EX-HN1"].needles == 4
    assert sum(landmark.part == "face" for landmark in library.landmarks.values()) == 78


def test_every_point_has_what_a_user_reads(library: Library) -> None:
    for point in library.points.values():
        assert point.pinyin, point.code
        assert point.hanzi, point.code
        assert point.hanzi_simplified, point.code
        assert point.english, point.code
        assert point.location, point.code
        assert point.channel in CHANNELS, point.code
        assert point.channel_name, point.code
        assert point.constraints, point.code
        assert point.confidence in library.confidence_scale, point.code
        assert point.sources, point.code
        assert point.pregnancy, point.code


def test_every_constraint_names_things_that_exist(library: Library) -> None:
    prefixes = {
        "PT": library.points,
        "LM": {name: mark for name, mark in library.landmarks.items() if mark.part == "face"},
        "BL": {name: mark for name, mark in library.landmarks.items() if mark.part == "body"},
        "CV": library.curves,
    }
    meanings = {name for entry in library.constraint_types for name in entry.split("/")}
    for point in library.points.values():
        for constraint in point.constraints:
            assert constraint.type in meanings, point.code
            for reference in (constraint.ref, constraint.a, constraint.b, constraint.from_, constraint.to):
                if ":" in reference:
                    prefix, name = reference.rstrip("'").split(":")
                    assert name in prefixes[prefix], (point.code, reference)
                else:
                    assert reference == "" or reference in library.lines, (point.code, reference)
            units = {constraint.unit, constraint.tolerance.unit if constraint.tolerance else ""} - {""}
            assert units <= library.units_of_measure.keys(), point.code


def test_every_source_is_listed(library: Library) -> None:
    holders = ("points", "groups", "goals", "caution_zones", "muscles", "wrinkles", "cautions", "landmarks")
    for name in holders:
        for key, record in getattr(library, name).items():
            assert set(record.sources) <= library.sources.keys(), (name, key)
    for effect in library.side_effects:
        assert effect.source in library.sources


def test_only_a_point_that_cannot_lie_on_the_skin_may_lack_a_place(library: Library) -> None:
    assert "inside the upper lip" in library.points["GV28"].status_reason
    assert library.points["GV28"].position is None


def test_every_group_gives_a_reason_of_its_own_for_each_point(library: Library) -> None:
    reasons = [
        item.reason for group in library.groups.values() for item in group.points + group.advanced_points
    ]
    assert len(reasons) == 144
    assert len(set(reasons)) == len(reasons)
    for reason in reasons:
        assert reason.endswith("."), reason
        assert 20 <= len(reason) <= 160, reason


def test_points_for_trained_hands_are_in_no_default_set(library: Library) -> None:
    defaults = {item.code for group in library.groups.values() for item in group.points}
    defaults |= {item.code for treatment in library.treatments.values() for item in treatment.needles}
    assert all(library.points[code].use in DEFAULT_USES for code in defaults)
    advanced = {item.code for group in library.groups.values() for item in group.advanced_points}
    assert advanced == {"BL1", "EX-HN7", "ST1", "CV23", "LI17", "LI18"}
    assert not any(library.points[code].use in DEFAULT_USES for code in advanced)


def test_no_default_point_lies_in_a_zone_of_very_high_risk_in_front(library: Library) -> None:
    defaults = {item.code for group in library.groups.values() for item in group.points}
    for zone in ("orbit", "carotid"):
        assert library.caution_zones[zone].risk == "very high"
        assert defaults.isdisjoint(library.caution_zones[zone].points)


def test_treatments_take_as_many_needles_as_their_points_have_sites(library: Library) -> None:
    typical = library.treatments["typical"]
    assert sum(item.needles for item in typical.face) == 40
    assert sum(item.needles for item in typical.body) == 12
    assert typical.duration_min == (20, 25)
    variants = [treatment for treatment in library.treatments.values() if treatment.kind == "body variant"]
    assert len(variants) == 5
    for treatment in library.treatments.values():
        assert all(item.needles == library.points[item.code].needles for item in treatment.needles)
        assert all(library.points[item.code].part == "face" for item in treatment.face)
        assert all(library.points[item.code].part == "body" for item in treatment.body)
    for treatment in variants:
        assert sum(item.needles for item in treatment.body) == 12


def test_the_body_variant_for_pregnancy_avoids_what_pregnancy_forbids(library: Library) -> None:
    variant = library.treatments["body_pregnancy_compatible"]
    assert {item.code for item in variant.needles}.isdisjoint(library.cautions["pregnancy"].avoid_points)


def test_no_goal_claims_more_than_its_groups(library: Library) -> None:
    for goal in library.goals.values():
        levels = [library.groups[group].evidence for group in goal.groups]
        best = min(EVIDENCE_ORDER.index(level) for level in levels if level)
        assert goal.evidence is not None
        assert EVIDENCE_ORDER.index(goal.evidence) >= best, goal.id
        assert goal.evidence in library.evidence_scale


def test_a_goal_whose_own_claim_is_unproven_says_so(library: Library) -> None:
    levels = {goal.id: goal.evidence for goal in library.goals.values()}
    assert levels["collagen"] == "X"
    assert levels["acne_scars"] == "X"
    assert levels["blood_flow"] == "M"
    assert levels["muscles"] == "D"
    assert levels["well_rested"] == "D"


def test_every_goal_tells_the_client_something(library: Library) -> None:
    for goal in library.goals.values():
        assert goal.client, goal.id
        assert goal.evidence_text, goal.id
        assert goal.groups, goal.id


def test_only_bunny_lines_belong_to_no_goal(library: Library) -> None:
    named = {group for goal in library.goals.values() for group in goal.groups}
    assert library.groups.keys() - named == {"bunny"}


def test_every_goal_has_a_marker_of_its_own(library: Library) -> None:
    assert len({goal.marker for goal in library.goals.values()}) == 12


@pytest.mark.parametrize("eyes", ["all colours", "no red", "no green"])
def test_colours_of_goals_can_be_told_apart(library: Library, eyes: str) -> None:
    seen = {goal.id: lab(through(EYES[eyes], linear(goal.color))) for goal in library.goals.values()}
    least = 30 if eyes == "all colours" else 16
    for a, b in combinations(seen, 2):
        assert distance(seen[a], seen[b]) > least, (a, b)
    order = list(seen)
    for a, b in pairwise(order):
        assert distance(seen[a], seen[b]) > 40, (a, b)


def test_no_goal_has_the_colour_of_the_skin(library: Library) -> None:
    for shade in ("#e0a98a", "#c98d6e", "#a56c52", "#7d4c39"):  # of the figure, from light to shadow
        for goal in library.goals.values():
            assert distance(lab(linear(goal.color)), lab(linear(shade))) > 25, (goal.id, shade)


def test_the_evidence_of_a_group_is_on_the_scale(library: Library) -> None:
    groups: list[Group] = list(library.groups.values())
    assert all(group.evidence in library.evidence_scale for group in groups)
    assert all(group.technique for group in groups)


def test_what_is_said_of_a_goal_stands_alone(library: Library) -> None:
    for goal in library.goals.values():
        for words in (goal.client, goal.evidence_text):
            assert not re.search(r"see (below|above)|\bsame\b", words, re.IGNORECASE), goal.id


def test_a_goal_graded_below_its_groups_says_what_was_not_studied(library: Library) -> None:
    for goal in library.goals.values():
        best = min(EVIDENCE_ORDER.index(library.groups[name].evidence or "X") for name in goal.groups)
        if goal.evidence and EVIDENCE_ORDER.index(goal.evidence) > best:
            assert re.search(r"\b(no|nobody)\b", goal.evidence_text, re.IGNORECASE), goal.id


EYES = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
"""What a dichromat sees, on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.0."""

XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
"""Linear sRGB to CIE XYZ (IEC 61966-2-1)."""

Triple = tuple[float, ...]


def through(matrix: tuple[Triple, ...], color: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, color, strict=True)) for row in matrix)


def linear(color: str) -> Triple:
    values = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def lab(color: Triple) -> Triple:
    """CIE L*a*b* of a linear sRGB colour, white D65."""
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (
            value / w
            for value, w in zip(through(XYZ, tuple(min(1, max(0, c)) for c in color)), white, strict=True)
        )
    )
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def distance(a: Triple, b: Triple) -> float:
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5


def test_the_distance_of_colours_is_right() -> None:
    white, black = lab(linear("#FFFFFF")), lab(linear("#000000"))
    assert distance(white, black) == pytest.approx(100, abs=0.1)
    assert all(distance(a, a) == 0 for a, _ in product([white, black], repeat=2))

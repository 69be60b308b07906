"""Plans over every set of goals: counts, order, and no barred point whatever is answered, chosen or added."""

from itertools import combinations

import pytest

from app.domain.library import Library
from app.domain.plan import Plan, Planner, PlanProblem
from app.domain.plan_choice import BODY_LEAST, BODY_LIMIT, FACE_LIMITS
from app.domain.screening import Answer


@pytest.fixture(scope="module")
def planner(library: Library) -> Planner:
    return Planner(library)


@pytest.fixture(scope="module")
def plans(planner: Planner) -> list[Plan]:
    goals = list(planner.library.goals)
    sets = [chosen for size in range(1, len(goals) + 1) for chosen in combinations(goals, size)]
    assert len(sets) == 4095
    return [planner.make(chosen) for chosen in sets]


def sites(planner: Planner, codes: tuple[str, ...], part: str) -> int:
    points = planner.library.points
    return sum(points[code].needles for code in codes if points[code].part == part)


def test_counts_of_every_set_of_goals(planner: Planner, plans: list[Plan]) -> None:
    for plan in plans:
        size = len(plan.goals)
        counts = planner.prepare(plan).counts
        assert counts.face == sites(planner, plan.needles, "face") <= FACE_LIMITS[min(size, 3) - 1]
        assert counts.body == sites(planner, plan.needles, "body") <= BODY_LIMIT
        assert counts.body >= BODY_LEAST[min(size, 4) - 1]
        assert 20 <= planner.prepare(plan).minutes <= 25
        assert len(set(plan.needles)) == len(plan.needles)


def test_every_goal_of_every_set_has_points_in_the_plan(planner: Planner, plans: list[Plan]) -> None:
    library = planner.library
    of_goal = {
        goal.id: {item.code for group in goal.groups for item in library.groups[group].points}
        for goal in library.goals.values()
    }
    for plan in plans:
        for goal in plan.goals:
            assert len(of_goal[goal] & set(plan.needles)) >= 3, (plan.goals, goal)


def test_only_points_for_default_sets_enter(planner: Planner, plans: list[Plan]) -> None:
    used = {code for plan in plans for code in plan.needles}
    uses = {planner.library.points[code].use for code in used}
    assert uses <= {"face", "body", "support"}
    assert not used & {"BL13", "GV14"}, "the client lies on the back"


def test_shared_points_come_first(planner: Planner, plans: list[Plan]) -> None:
    points = planner.library.points
    for plan in plans[::7]:
        served = [
            len(needle.goals)
            for needle in planner.prepare(plan).needles
            if points[needle.point.code].part == "face"
        ]
        assert served == sorted(served, reverse=True)


def test_all_goals_make_a_whole_treatment(planner: Planner) -> None:
    counts = planner.prepare(planner.make(planner.library.goals)).counts
    assert (counts.face, counts.body) == (40, 12)


def test_fewer_goals_make_fewer_needles(planner: Planner, plans: list[Plan]) -> None:
    by_size: dict[int, list[int]] = {}
    for plan in plans:
        by_size.setdefault(len(plan.goals), []).append(planner.prepare(plan).counts.total)
    means = [sum(totals) / len(totals) for _, totals in sorted(by_size.items())]
    # From seven goals on a plan is full but for a single needle where only pairs are left.
    assert means[:7] == sorted(means[:7])
    assert means[0] < 30
    assert all(51 < mean <= 52 for mean in means[6:])


def barred_by_hand(library: Library) -> dict[str, set[str]]:
    """Codes that each caution bars, written out apart from the code under test."""
    barred = {caution.id: set(caution.avoid_points) for caution in library.cautions.values()}
    barred["pregnancy"] |= {"CV4", "CV6", "CV12", "ST25", "BL23", "EX-HN6"}
    barred["anticoagulants"] |= set(library.caution_zones["orbit"].points)
    barred["hypertension"] |= {"ST9", "ST10", "LI17", "LI18", "SI16", "SI17"}
    whole_face = {point.code for point in library.points.values() if point.part == "face"}
    for where_unknown in ("botox", "filler", "infection", "keloid", "cancer", "facelift"):
        barred[where_unknown] |= whole_face
    return barred


def test_no_barred_point_in_any_set_under_any_caution(planner: Planner, plans: list[Plan]) -> None:
    barred = barred_by_hand(planner.library)
    assert len(barred) == 19
    for plan in plans:
        for caution, codes in barred.items():
            answered = planner.answer(plan, caution, True)
            prepared = planner.prepare(answered)
            assert codes.isdisjoint(prepared.codes), (plan.goals, caution)
            # Nothing goes silently: what is not needled is named.
            assert len(prepared.needles) + len(prepared.left_out) == len(plan.needles)


def test_no_preset_brings_a_barred_point_back(planner: Planner) -> None:
    library = planner.library
    variants = ["", *(one.id for one in library.treatments.values() if one.kind == "body variant")]
    for caution, codes in barred_by_hand(library).items():
        answered = planner.answer(planner.make(library.goals), caution, True)
        for treatment in ("", "typical"):
            for variant in variants:
                plan = planner.remake(answered, treatment=treatment, body_variant=variant)
                assert codes.isdisjoint(planner.prepare(plan).codes)
                assert all(out.causes and out.causes[0].sentence for out in planner.prepare(plan).left_out)


def test_the_pregnant_client_of_two_goals(planner: Planner) -> None:
    plan = planner.answer(planner.make(["lines", "elasticity"]), "pregnancy", True)
    prepared = planner.prepare(plan)
    assert prepared.counts.body == 0, "face points only, until the practitioner chooses others"
    why = {out.point.code: out.causes[0].sentence for out in prepared.left_out}
    assert {"LI4", "SP6", "ST36", "LI11"} <= set(why)
    assert all("Pregnancy: traditionally avoided" in why[code] for code in ("LI4", "SP6"))
    assert "face points only" in why["ST36"]
    assert [variant.id for variant in planner.offers(plan)] == ["body_pregnancy_compatible"]
    again = planner.remake(plan, body_variant="body_pregnancy_compatible")
    assert planner.prepare(again).counts.body == 12
    assert not planner.prepare(again).left_out
    assert not planner.offers(again)
    assert [finding.outcome for finding in prepared.findings] == ["usually postpone"]
    assert planner.prepare(planner.answer(plan, "pregnancy", False)).codes == plan.needles


def test_nothing_begins_before_what_is_usually_postponed_is_decided(planner: Planner) -> None:
    plan = planner.answer(planner.make(["lines"]), "pregnancy", True)
    assert [one.caution.id for one in planner.prepare(plan).on_hold] == ["pregnancy"]
    decided = planner.decide(plan, "pregnancy", True)
    assert decided.decided == ("pregnancy",)
    assert not planner.prepare(decided).on_hold
    assert planner.remake(decided, goals=["acne"]).decided == ("pregnancy",)
    assert planner.decide(decided, "pregnancy", False).decided == ()
    assert planner.answer(decided, "pregnancy", False).decided == (), "a no leaves nothing to decide"
    held = planner.decide(planner.answer(plan, "migraine_day", True), "migraine_day", True)
    assert "migraine_day" in [one.caution.id for one in planner.prepare(held).on_hold], "not hers to decide"


def test_the_verdict_says_what_is_done_today(planner: Planner) -> None:
    plan = planner.make(["lines"])
    assert not planner.prepare(planner.answer(plan, "epilepsy", True)).verdicts, "a needle may go in"
    pregnant = planner.answer(plan, "pregnancy", True)
    (open_one,) = planner.prepare(pregnant).verdicts
    assert open_one.startswith(
        "Usually postponed: Pregnancy. No needle goes in unless the practitioner decides"
    )
    (decided,) = planner.prepare(planner.decide(pregnant, "pregnancy", True)).verdicts
    assert decided.endswith("The practitioner has decided to treat, with the client's written consent.")
    both = planner.prepare(planner.answer(pregnant, "cancer", True)).verdicts
    assert [words.partition(":")[0] for words in both] == ["Usually postponed", "Ask a doctor first"]
    assert both[1].endswith("No needle goes in today.")


def test_of_the_body_a_pregnant_client_gets_the_chosen_points_only(planner: Planner) -> None:
    plan = planner.answer(planner.make(["lines"]), "pregnancy", True)
    with pytest.raises(PlanProblem, match="face points only"):
        planner.add(planner.drop(plan, "ST36"), "ST36")
    assert all(point.part == "face" for point in planner.suggestions(plan))
    chosen = planner.remake(plan, body_variant="body_pregnancy_compatible")
    own = {item.code for item in planner.library.treatments["body_pregnancy_compatible"].body}
    body = {one.point.code for one in planner.prepare(chosen).needles if one.point.part == "body"}
    assert body == own
    other = planner.remake(plan, body_variant="body_bleeding_risk")
    assert planner.prepare(other).counts.body == 0


def test_what_was_not_asked_is_known(planner: Planner) -> None:
    plan = planner.make(["lines"])
    assert len(planner.unasked(plan)) == 19
    plan = planner.answer(planner.answer(plan, "pregnancy", True), "epilepsy", False)
    assert len(planner.unasked(plan)) == 17
    plan = planner.answer(plan, "pregnancy", False)
    assert plan.denied == ("epilepsy", "pregnancy")
    assert planner.answer(plan, "epilepsy", True).denied == ("pregnancy",)


def test_a_barred_point_cannot_be_added(planner: Planner) -> None:
    plan = planner.answer(planner.make(["digestion"]), "pregnancy", True)
    with pytest.raises(PlanProblem, match="LI4 stays out. Pregnancy: traditionally avoided"):
        planner.add(planner.drop(plan, "LI4"), "LI4")
    with pytest.raises(PlanProblem, match="reference, not for needling"):
        planner.add(plan, "ST9")
    with pytest.raises(KeyError, match="near it is"):
        planner.add(plan, "LI44")


def test_an_area_takes_out_its_points_and_no_others(planner: Planner) -> None:
    plan = planner.answer(planner.make(["lines"]), "botox", True, ("forehead",))
    out = {left.point.code for left in planner.prepare(plan).left_out}
    assert {"GB14", "GV29", "EX-HN4"} <= out
    assert not out & {"ST4", "LI20", "ST6"}


def test_dropping_adding_and_ordering(planner: Planner) -> None:
    plan = planner.make(["lines"])
    first, second = plan.needles[:2]
    plan = planner.move(plan, first, 1)
    assert plan.needles[:2] == (second, first)
    plan = planner.drop(plan, second)
    assert plan.needles[0] == first
    assert plan.dropped == (second,)
    plan = planner.add(plan, "gv20")
    body = next(code for code in plan.needles if planner.library.points[code].part == "body")
    assert plan.needles.index("GV20") == plan.needles.index(body) - 1, "behind the last face point"
    with pytest.raises(PlanProblem, match="GV20 is in the plan already"):
        planner.add(plan, "GV-20")


def test_what_was_dropped_or_added_stays_so_when_goals_change(planner: Planner) -> None:
    plan = planner.drop(planner.make(["lines"]), "ST4")
    plan = planner.add(plan, "GV20")
    again = planner.remake(plan, goals=["lines", "collagen"])
    assert "ST4" not in again.needles
    assert "GV20" in again.needles
    assert [planner.library.points[code].part for code in again.needles] == sorted(
        (planner.library.points[code].part for code in again.needles), reverse=True
    )
    assert "ST4" in [point.code for point in planner.suggestions(again)]


def test_every_needle_has_its_reason(planner: Planner, plans: list[Plan]) -> None:
    for plan in plans[::5]:
        for code in plan.needles:
            reasons = planner.reasons(plan, code)
            assert reasons
            assert all(reason.sentence.endswith(".") for reason in reasons)


def test_findings_name_rule_reason_and_source(planner: Planner) -> None:
    library = planner.library
    for question in planner.screening.questions:
        assert question.text.endswith("?")
        caution = planner.screening.findings([Answer(caution=question.caution)])[0].caution
        assert caution.action
        assert caution.evidence
        assert all(source in library.sources for source in caution.sources)
        assert caution.sources

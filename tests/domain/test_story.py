"""The story says what the library says, and no more."""

import re

import pytest
from msgspec import structs

from app.domain.claims import NO_GUARANTEE, plain_evidence
from app.domain.library import Library
from app.domain.plan import Planner
from app.domain.story import Step, published, story


@pytest.fixture(scope="module")
def planner(library: Library) -> Planner:
    return Planner(library)


@pytest.fixture(scope="module")
def steps(planner: Planner) -> tuple[Step, ...]:
    return story(planner, planner.make(["lines", "elasticity"]))


def text(steps: tuple[Step, ...]) -> str:
    return "\n".join("\n".join((step.title, *step.words, *step.lines)) for step in steps)


def test_the_steps_come_in_the_order_of_a_consultation(steps: tuple[Step, ...]) -> None:
    assert [step.id for step in steps] == [
        "goals", "where-lines", "where-elasticity", "body", "feeling", "time",
        "skin-before", "skin-needle", "skin-inflammation", "skin-tissue", "skin-remodelling", "skin-roller",
        "after", "known",
    ]  # fmt: skip


def test_honest_words(planner: Planner) -> None:
    words = text(story(planner, planner.make(planner.library.goals)))
    assert NO_GUARANTEE in words
    assert "after about 5 of 100 treatments" in words
    assert "12 in 34\u00a0407 treatments" in words, "a number is not broken over two lines"
    for goal in planner.library.goals.values():
        assert goal.client.replace("LI4", "“Joining Valley”") in words
        assert goal.evidence
        assert f"{goal.title}: {plain_evidence(goal.evidence)}" in words


def test_side_effects_are_told_in_plain_words(planner: Planner) -> None:
    library = planner.library
    words = text(story(planner, planner.make(library.goals)))
    for technical in ("RCT", "pilot", "haematoma", "adverse", "as quoted", "(level"):
        assert technical not in words
    assert all(effect.plain for effect in library.side_effects)
    bare = structs.replace(library.side_effects[0], plain="")
    assert published(bare).startswith("Minor bleeding at a needle site: 4.86\u00a0% of sessions")


def test_only_what_a_step_speaks_of_is_named(steps: tuple[Step, ...]) -> None:
    for step in steps:
        assert set(step.named) <= set(step.codes)
        if step.id.startswith("where-"):
            assert len(step.named) == len(step.lines) <= 3 < len(step.codes)
    assert not steps[0].named


def test_no_codes_are_read_out(planner: Planner) -> None:
    steps = story(planner, planner.make(planner.library.goals))
    shown = set(re.findall(r"[A-Z]{2,}\d+", text(steps)))
    assert not shown & set(planner.library.points)


def test_the_camera_flies_to_needles_of_the_plan_only(planner: Planner) -> None:
    plan = planner.answer(planner.make(["anxiety", "digestion"]), "pregnancy", True)
    codes = set(planner.prepare(plan).codes)
    for step in story(planner, plan):
        assert set(step.codes) <= codes


def test_a_plan_without_goals_still_has_a_story(planner: Planner) -> None:
    steps = story(planner, planner.make([], treatment="typical"))
    assert steps[0].words[0] == "A general treatment of the face."
    assert (
        steps[0].words[1]
        == "Planned: 40 needles in the face and head and 12 on the body, for about 25 minutes."
    )


def test_what_the_answers_mean_is_told(planner: Planner) -> None:
    plan = planner.answer(planner.make(["lines"]), "pregnancy", True)
    plan = planner.answer(plan, "botox", True, ("forehead",))
    goals, answers = story(planner, plan)[:2]
    assert "on the body" not in goals.words[0], "none is planned there"
    assert answers.id == "answers"
    assert "Usually postponed: Pregnancy" in answers.lines
    assert "Leave the area alone: Recent botulinum toxin (forehead and hairline)" in answers.lines
    left_out = len(planner.prepare(plan).left_out)
    assert answers.words == (f"{left_out} points are left out because of them.",)

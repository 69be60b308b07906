"""What a practitioner tells a client, step by step and in plain words, made from the plan and the library.

Nothing here says more than the library: each goal with its evidence, side effects with their rates, no promise.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from app.domain.claims import NO_GUARANTEE, plain_evidence
from app.domain.goals import Goal
from app.domain.library import Library
from app.domain.plan import Plan, PlannedNeedle, Planner, Prepared
from app.domain.points import Point
from app.domain.safety import SideEffect

Scene = Literal["face", "points", "body", "skin", "none"]

NO_BREAK_SPACE = "\u00a0"
_PLAIN_WORDS = {
    "frontalis": "forehead muscle",
    "corrugator": "frown muscle",
    "procerus": "muscle at the root of the nose",
    "masseter": "chewing muscle",
    "mentalis": "chin muscle",
    "levator labii superioris alaeque nasi": "muscle that lifts lip and nostril",
    "levator labii superioris": "muscle that lifts the upper lip",
    "depressor anguli oris": "muscle that pulls the mouth corner down",
    "depressor labii inferioris": "muscle that pulls the lower lip down",
    "orbicularis oculi": "ring muscle of the eye",
    "orbicularis oris": "ring muscle of the mouth",
    "zygomaticus major": "smile muscle",
    "zygomatic muscles": "smile muscles",
    "temporalis": "temple muscle",
    "platysma": "flat neck muscle",
    "nasalis": "nose muscle",
    "modiolus": "knot of muscles at the mouth corner",
    "sternocleidomastoid": "large neck muscle",
    "supraorbital": "brow",
    "infraorbital": "cheek",
    "vermilion": "red of the lip",
}
"""What a client calls what the library names by its Latin name; longer names first where one holds another."""

AFTERCARE = (
    "Sit up slowly and stay for a few minutes; drink some water.",
    "A small red spot at a needle site goes within hours. A bruise, if there is one, fades in days.",
    "No make-up on the needled skin today, and wash it gently.",
    "No sauna, hard training or alcohol today; protect the skin from strong sun.",
    "Swelling that grows, heat, pus, fever, trouble with seeing or breathing: see a doctor at once.",
)
"""General habits of practice, not studied for facial acupuncture."""


class SkinPhase(msgspec.Struct, frozen=True):
    """A time in the skin after a needle: from and to in hours, a title and what is thought to happen."""

    id: Literal["before", "needle", "inflammation", "tissue", "remodelling", "roller"]
    title: str
    words: str


SKIN_PHASES = (
    SkinPhase(
        "before",
        "The skin",
        "A thin outer layer lies over a thicker one. In it, collagen fibres give firmness, elastin fibres spring back, "
        "and fine vessels bring blood.",
    ),
    SkinPhase(
        "needle",
        "The needle: a tiny injury",
        "A needle about as fine as a hair parts the layers. That is a very small wound. What follows is how small "
        "wounds in skin heal in general.",
    ),
    SkinPhase(
        "inflammation",
        "Hours: blood and repair cells",
        "The vessels widen, the spot may redden, and cells that clean and repair come to the place.",
    ),
    SkinPhase(
        "tissue",
        "Days: new tissue",
        "Repair cells lay down new, still loose fibres around the small channel.",
    ),
    SkinPhase(
        "remodelling",
        "Weeks: remodelling",
        "New fibres are sorted and tightened. How much of this a single acupuncture needle sets off in people has not "
        "been measured.",
    ),
    SkinPhase(
        "roller",
        "A micro-needling roller is something else",
        "It makes hundreds of punctures on a patch of skin, where acupuncture places one needle. Most of what is known "
        "about new collagen comes from such rollers and cannot simply be carried over.",
    ),
)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story: what is read, and what the figure shows meanwhile.

    `scene` says what is seen: the face, some points, the body, the drawn skin or nothing new. `codes` are points to
    fly to; `goal` colours them, and `named` are those of them that the step speaks of. `lines` are short items below
    the words; `phase` is the time the drawn skin shows.
    """

    id: str
    title: str
    words: tuple[str, ...]
    lines: tuple[str, ...] = ()
    scene: Scene = "none"
    codes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    goal: Goal | None = None
    phase: str = ""


def story(planner: Planner, plan: Plan) -> tuple[Step, ...]:
    """The steps of a plan's story. KeyError for a name that the library does not have."""
    prepared = planner.prepare(plan)
    library = planner.library
    return (
        _goals(library, plan, prepared),
        *_answers(prepared),
        *_where(planner, plan, prepared),
        *_body(planner, plan, prepared),
        _feeling(),
        _time(library, prepared),
        *_skin(),
        _after(library),
        _known(library, plan),
    )


def simple_reason(planner: Planner, plan: Plan, code: str, goal: Goal | None = None) -> str:
    """One plain sentence why a point is there; of the goal that is asked about, if that says something."""
    reasons = planner.reasons(plan, code)
    sentence = next((reason.sentence for reason in reasons if reason.goal == goal), reasons[0].sentence)
    return plain(planner.library, sentence)


def plain(library: Library, words: str) -> str:
    """Words for a client: points and muscles by the names that people have for them."""
    words = without_codes(library, words)
    for latin, name in _PLAIN_WORDS.items():
        words = re.sub(rf"\b{latin}\b", name, words, flags=re.IGNORECASE)
    return words


def without_codes(library: Library, words: str) -> str:
    """Words with points by their names in place of their codes."""

    def name(found: re.Match[str]) -> str:
        point = library.points.get(found[0])
        return f"“{point_name(point)}”" if point else found[0]

    return re.sub(r"\b[A-Z]{2,}(?:-[A-Z]+)?\d+\b", name, words)


def point_name(point: Point) -> str:
    """What a client calls a point: its English name, or the pinyin where there is none."""
    return point.english or point.pinyin or point.code


def _goals(library: Library, plan: Plan, prepared: Prepared) -> Step:
    words = [f"Planned: {planned(prepared)}."]
    if not plan.goals:
        words.insert(0, "A general treatment of the face.")
    return Step(
        id="goals",
        title="Your goals",
        words=tuple(words),
        lines=tuple(library.goals[goal].title for goal in plan.goals),
        scene="face",
        codes=prepared.codes,
    )


def _answers(prepared: Prepared) -> Iterator[Step]:
    """What the client's answers change; nothing where they change nothing."""
    if prepared.findings:
        left_out = len(prepared.left_out)
        points = f"{left_out} point is" if left_out == 1 else f"{left_out} points are"
        yield Step(
            id="answers",
            title="What your answers mean",
            words=(f"{points} left out because of them.",) if left_out else (),
            lines=tuple(
                finding.title + (f" ({finding.area_words})" if finding.areas else "")
                for finding in prepared.findings
            ),
            scene="face",
            codes=prepared.codes,
        )


def _where(planner: Planner, plan: Plan, prepared: Prepared) -> Iterator[Step]:
    for name in plan.goals:
        goal = planner.library.goals[name]
        own = [needle for needle in prepared.needles if goal in needle.goals]
        face = [needle for needle in own if needle.point.part == "face"]
        shown = face or own
        reasons = _distinct(planner, plan, goal, shown)
        yield Step(
            id=f"where-{name}",
            title=goal.title,
            words=(without_codes(planner.library, goal.client),) if goal.client else (),
            lines=tuple(
                f"{point_name(needle.point)}: {reason[:1].lower()}{reason[1:]}" for reason, needle in reasons
            ),
            scene="points" if shown else "none",
            codes=tuple(needle.point.code for needle in shown),
            named=tuple(needle.point.code for _, needle in reasons),
            goal=goal,
        )


def _distinct(
    planner: Planner, plan: Plan, goal: Goal, needles: list[PlannedNeedle]
) -> list[tuple[str, PlannedNeedle]]:
    """Three of the needles, each with a reason of its own."""
    reasons: dict[str, PlannedNeedle] = {}
    for needle in needles:
        reasons.setdefault(simple_reason(planner, plan, needle.point.code, goal), needle)
    return list(reasons.items())[:3]


def _body(planner: Planner, plan: Plan, prepared: Prepared) -> Iterator[Step]:
    body = [needle for needle in prepared.needles if needle.point.part == "body"]
    if body:
        yield Step(
            id="body",
            title="Points away from the face",
            words=(
                (
                    "A few needles go into hands, arms and legs. They belong to the tradition: meant to calm and to "
                    "help the whole person."
                ),
            ),
            lines=tuple(f"{point_name(needle.point)}: {needle.point.region}" for needle in body),
            scene="body",
            codes=tuple(needle.point.code for needle in body),
            named=tuple(needle.point.code for needle in body),
        )


def _feeling() -> Step:
    return Step(
        id="feeling",
        title="What it feels like",
        words=(
            (
                "The needles are about as fine as a hair and used once only. You may feel a small prick, then "
                "little or nothing; sometimes a dull, warm or heavy feeling."
            ),
            "Tell me at once if anything hurts or you feel unwell. I stop whenever you say so.",
        ),
        scene="face",
    )


def _time(library: Library, prepared: Prepared) -> Step:
    return Step(
        id="time",
        title="How long it takes",
        words=(
            (
                f"The needles stay in for about {prepared.minutes} minutes while you rest. Each needle is counted "
                "when it goes in and again when it comes out."
            ),
            (
                "Often there are one or two treatments a week, ten to twelve in all, then one a month. That is a "
                "habit of clinics; no study says what is best."
            ),
        ),
        scene="face",
        codes=prepared.codes,
    )


def _skin() -> Iterator[Step]:
    for phase in SKIN_PHASES:
        yield Step(
            id=f"skin-{phase.id}", title=phase.title, words=(phase.words,), scene="skin", phase=phase.id
        )


def _after(library: Library) -> Step:
    return Step(
        id="after",
        title="What to expect after",
        words=(
            (
                "A little redness where the needles were is usual, and some people feel rested. "
                "These side effects are known:"
            ),
        ),
        lines=side_effects(library),
        scene="face",
    )


def side_effects(library: Library) -> tuple[str, ...]:
    """The known side effects in words for a client; where there are none, what was published."""
    return tuple(effect.plain or published(effect) for effect in library.side_effects)


def published(effect: SideEffect) -> str:
    """A side effect and its rate as its source has them; a number is not broken over two lines."""
    words = f"{effect.what[:1].upper()}{effect.what[1:]}: {effect.rate or 'no rate is known'}."
    return re.sub(r"(?<=\d) (?=\d{3}\b|%)", NO_BREAK_SPACE, words)


def _known(library: Library, plan: Plan) -> Step:
    goals = [library.goals[goal] for goal in plan.goals]
    return Step(
        id="known",
        title="What is known, and what is not",
        words=(NO_GUARANTEE, "You decide. Take your time and ask."),
        lines=tuple(f"{goal.title}: {plain_evidence(goal.evidence)}" for goal in goals),
        scene="face",
    )


def planned(prepared: Prepared) -> str:
    """How many needles go where, and for how long they stay."""
    face, body = prepared.counts.face, prepared.counts.body
    needles = "1 needle" if face + body == 1 else f"{face or body} needles"
    where = "in the face and head" if face else "on the body"
    if face and body:
        where += f" and {body} on the body"
    return f"{needles} {where}, for about {prepared.minutes} minutes" if face or body else "no needles"

"""What is asked before a treatment, and what an answer means: points left out, areas marked, or another day.

The questions are plain words for the library's cautions; rule, reason and sources are the library's own. An answer
holds for every point, whoever asks for it: a goal, a preset or a hand.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from app.domain.areas import AREAS, WHOLE_FACE, is_in, points_in, says
from app.domain.library import Library
from app.domain.record import Name, Record
from app.domain.safety import Caution

Outcome = Literal["postpone", "refer", "usually postpone", "leave out", "adapt", "inform"]

ON_HOLD: frozenset[Outcome] = frozenset({"postpone", "refer"})
"""Outcomes with which no needle goes in today."""

TO_DECIDE: frozenset[Outcome] = frozenset({"usually postpone"})
"""Outcomes with which none goes in before the practitioner has decided so, with the client's written consent."""

OUTCOME_WORDS: Mapping[Outcome, str] = {
    "postpone": "Postpone the treatment",
    "refer": "Ask a doctor first",
    "usually postpone": "Usually postponed",
    "leave out": "Leave the area alone",
    "adapt": "Treat with care",
    "inform": "Good to know",
}


class Answer(Record, frozen=True, kw_only=True):
    """A caution that applies to the client; `areas` say where, for one that asks for it. None: the whole face."""

    caution: Name
    areas: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A caution as a question.

    `asks_where` is True where the rule speaks of an area that only the client knows. `words` name the zones that are
    always left out, by the words of a point's zone and region; `zones` the library's caution zones that are marked;
    `avoid_zones` those whose points are left out. `body_variant` stands in for the body points; with `face_only` no
    body points are needled but those, and only once they are chosen.
    """

    caution: str
    text: str
    outcome: Outcome
    asks_where: bool = False
    words: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    avoid_zones: tuple[str, ...] = ()
    body_variant: str = ""
    face_only: bool = False


class Cause(msgspec.Struct, frozen=True):
    """Why a point is left out: the caution and a sentence."""

    caution: Caution
    sentence: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer means. `points` are left out; `zones` are caution zones to mark, `areas` areas to mark."""

    caution: Caution
    question: Question
    points: frozenset[str]
    areas: tuple[str, ...]
    zones: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        return self.question.outcome

    @property
    def title(self) -> str:
        """What is asked for, and because of what: "Usually postponed: Pregnancy"."""
        return f"{OUTCOME_WORDS[self.outcome]}: {self.caution.title}"

    @property
    def area_words(self) -> str:
        """The areas to mark, by their names; empty if there are none."""
        return ", ".join(AREAS[area].title.lower() for area in self.areas)

    @property
    def is_verdict(self) -> bool:
        """Whether it is about the treatment as a whole: none today, or only by decision."""
        return self.outcome in ON_HOLD or self.outcome in TO_DECIDE


_QUESTIONS = (
    Question(
        caution="pregnancy",
        text="Are you pregnant, or could you be?",
        outcome="usually postpone",
        words=("lumbar", "abdomen"),
        body_variant="body_pregnancy_compatible",
        face_only=True,
    ),
    Question(
        caution="anticoagulants",
        text="Do you take blood thinners, or do you bleed for long when you cut yourself?",
        outcome="adapt",
        zones=("facial_artery", "orbit"),
        avoid_zones=("orbit",),
        body_variant="body_bleeding_risk",
    ),
    Question(
        caution="botox",
        text="Have you had botulinum toxin (such as Botox) in the last four weeks?",
        outcome="leave out",
        asks_where=True,
    ),
    Question(
        caution="filler",
        text="Have you had a filler, a thread lift, a laser or a peel in the last four weeks?",
        outcome="leave out",
        asks_where=True,
    ),
    Question(
        caution="infection",
        text="Is any skin inflamed, broken or infected today: spots with pus, a cold sore, a wound?",
        outcome="leave out",
        asks_where=True,
        zones=("danger_triangle",),
    ),
    Question(
        caution="epilepsy",
        text="Do you have epilepsy, or have you ever had a seizure?",
        outcome="adapt",
    ),
    Question(
        caution="pacemaker",
        text="Do you wear a pacemaker, a defibrillator or another implanted stimulator?",
        outcome="adapt",
    ),
    Question(
        caution="needle_phobia",
        text="Are you afraid of needles, or have you ever fainted because of one?",
        outcome="adapt",
    ),
    Question(
        caution="hypertension",
        text="Do you have high blood pressure that is not under control?",
        outcome="postpone",
        words=("neck",),
        zones=("carotid",),
        avoid_zones=("carotid",),
    ),
    Question(caution="migraine", text="Do you often have migraine?", outcome="adapt"),
    Question(
        caution="keloid",
        text="Do your scars grow thick and raised (keloids)?",
        outcome="leave out",
        asks_where=True,
    ),
    Question(
        caution="isotretinoin",
        text="Do you take isotretinoin, or did you until a short time ago?",
        outcome="adapt",
    ),
    Question(caution="diabetes", text="Do you have diabetes?", outcome="adapt"),
    Question(
        caution="migraine_day",
        text="Today: do you have a fever or an infection, have you drunk alcohol, or have you not eaten?",
        outcome="postpone",
    ),
    Question(
        caution="medications_bruise",
        text="Do you take fish oil, vitamin E, aspirin, painkillers such as ibuprofen, or ginkgo?",
        outcome="inform",
    ),
    Question(caution="children", text="Are you under 18?", outcome="adapt"),
    Question(
        caution="cancer",
        text="Do you have cancer, have you had radiotherapy, or are your white blood cells low?",
        outcome="refer",
        asks_where=True,
    ),
    Question(caution="allergy", text="Are you allergic to metal, such as nickel?", outcome="adapt"),
    Question(
        caution="facelift",
        text="Have you had a facelift, implants, a permanent filler or bone plates?",
        outcome="leave out",
        asks_where=True,
    ),
)
_BY_CAUTION = {question.caution: question for question in _QUESTIONS}

_EAR = "ear"  # "ear points" are those on the ear itself, whose region is that word alone.


class Screening:
    """The questions of one library and what their answers mean; made once, then quick."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.questions: tuple[Question, ...] = tuple(
            _BY_CAUTION.get(caution.id) or _question_of(caution) for caution in library.cautions.values()
        )
        self._questions = {question.caution: question for question in self.questions}
        points = tuple(library.points.values())
        self._areas = {area: points_in(area, points) for area in AREAS}
        self._always = {question.caution: self._always_barred(question) for question in self.questions}

    def question(self, caution: str) -> Question:
        """The question of a caution. KeyError for an unknown one."""
        return self._questions[caution]

    def findings(self, answers: Iterable[Answer], body_variant: str = "") -> tuple[Finding, ...]:
        """What the answers mean for a plan with the body points of a variant, if one is named; in their order.

        KeyError for an unknown caution or area.
        """
        found = []
        for answer in answers:
            question = self._questions[answer.caution]
            areas = answer.areas or ((WHOLE_FACE,) if question.asks_where else ())
            points = self._always[answer.caution].union(*(self._areas[area] for area in areas))
            if question.face_only:
                points |= self._body_but(body_variant if body_variant == question.body_variant else "")
            caution = self._library.cautions[answer.caution]
            found.append(
                Finding(caution=caution, question=question, points=points, areas=areas, zones=question.zones)
            )
        return tuple(found)

    def is_on_hold(self, finding: Finding, decided: Iterable[str] = ()) -> bool:
        """Whether no needle goes in today; `decided` are cautions in spite of which the practitioner treats."""
        if finding.outcome in TO_DECIDE:
            return finding.caution.id not in decided
        return finding.outcome in ON_HOLD

    def causes(self, code: str, findings: Iterable[Finding]) -> tuple[Cause, ...]:
        """Why a point is left out, one sentence for each caution; empty if it is not."""
        return tuple(
            Cause(finding.caution, self._why(code, finding)) for finding in findings if code in finding.points
        )

    def area_points(self, area: str) -> frozenset[str]:
        """Codes of the points whose words name an area, to mark it by. KeyError for an unknown one."""
        points = self._library.points
        return frozenset(code for code in self._areas[area] if is_in(points[code], AREAS[area]))

    def _always_barred(self, question: Question) -> frozenset[str]:
        library = self._library
        caution = library.cautions[question.caution]
        codes = set(caution.avoid_points)
        for zone in question.avoid_zones:
            codes |= set(library.caution_zones[zone].points) if zone in library.caution_zones else set()
        for point in library.points.values():
            on_the_ear = "ear points" in caution.avoid_zones and point.region == _EAR
            if on_the_ear or says(point, question.words):
                codes.add(point.code)
        return frozenset(codes)

    def _body_but(self, variant: str) -> frozenset[str]:
        """Every point of the body but those of a variant."""
        own = self._library.treatments[variant].body if variant in self._library.treatments else ()
        kept = {item.code for item in own}
        points = self._library.points.items()
        return frozenset(code for code, point in points if point.part == "body" and code not in kept)

    def _why(self, code: str, finding: Finding) -> str:
        caution = finding.caution
        if code in caution.avoid_points:
            point = self._library.points[code]
            if caution.id == "pregnancy" and point.pregnancy not in ("", "none listed"):
                return f"{caution.title}: {point.pregnancy[:1].lower()}{point.pregnancy[1:]}"
            return f"{caution.title}: this point is on the list of points to avoid."
        if finding.question.face_only and code not in self._always[caution.id]:
            return f"{caution.title}: face points only."
        named = [AREAS[area].title.lower() for area in finding.areas if code in self._areas[area]]
        return f"{caution.title}: no needles here ({', '.join(named or caution.avoid_zones)})."


def _question_of(caution: Caution) -> Question:
    """The question of a caution that a trainer's set brings."""
    rule = caution.rule.lower()
    outcome: Outcome = "adapt"
    if rule.startswith("postpone"):
        outcome = "postpone"
    elif "usually postpone" in rule:
        outcome = "usually postpone"
    elif "refer" in rule:
        outcome = "refer"
    return Question(
        caution=caution.id,
        text=f"Does this apply to you: {caution.title}?",
        outcome="leave out" if outcome == "adapt" and caution.avoid_zones else outcome,
        asks_where=bool(caution.avoid_zones),
    )

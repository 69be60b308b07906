"""The page that is seen while no point is selected: the goals that are switched on, in words for a client."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.goals import Goal
from app.domain.shown import Shown, count_needles, shown_points, with_goal
from app.ui.blocks import Page, Swatch, box, chip, flow, row, rule, section, text
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.words import DISCLAIMER, EVIDENCE_NAMES, NO_GUARANTEE, evidence_words, headline, needle_words

WELCOME = (
    "Switch on a skin goal on the left, and its points appear on the figure.",
    "Drag to turn the figure, roll the wheel to come closer, hold Shift and drag to move it.",
    "Click a point to read about it; double click to fly there.",
    "Type a code, a pinyin or an English name above to find any point. F1 lists every key.",
)


def goal_page(state: ViewState, theme: Theme) -> QWidget:
    """A new widget for what is switched on now."""
    page = Page()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(20, 18, 20, 18)
    layout.setSpacing(14)
    goals = [state.library.goals[goal] for goal in state.goals_on]
    if state.shown.treatment:
        layout.addWidget(_treatment(state))
        layout.addWidget(rule())
    for goal in goals:
        layout.addWidget(_goal(state, theme, goal))
        layout.addWidget(rule())
    if not goals and not state.shown.treatment:
        layout.addWidget(text("Welcome", "title"))
        for words in WELCOME:
            layout.addWidget(text(words))
        layout.addWidget(rule())
    layout.addWidget(text(NO_GUARANTEE, "strong"))
    layout.addWidget(text(DISCLAIMER, "small"))
    layout.addStretch()
    return page


def _goal(state: ViewState, theme: Theme, goal: Goal) -> QWidget:
    library = state.library
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    head = row(Swatch(goal, theme, 1.7), text(goal.title, "title"), spacing=10, grow=1)
    layout.addWidget(head)
    on = shown_points(library, with_goal(library, Shown(advanced=state.shown.advanced), goal.id, True))
    layout.addWidget(text(headline(needle_words(count_needles(on))), "muted"))
    layout.addWidget(text(goal.client, "large"))
    evidence: list[QWidget] = [text(goal.evidence_text)] if goal.evidence_text else []
    if goal.evidence:
        name = f"{goal.evidence}   {EVIDENCE_NAMES.get(goal.evidence, '')}"
        evidence.insert(0, row(chip(name, evidence_words(library, goal.evidence), "badge")))
    sources = [library.sources[name] for name in goal.sources if name in library.sources]
    chips = [chip(source.id, f"<p>{source.cite}</p><p>{source.caveat}</p>") for source in sources]
    evidence += [flow(*chips)] if chips else []
    if evidence:
        layout.addWidget(section("What is known", box("note", evidence)))
    return holder


def _treatment(state: ViewState) -> QWidget:
    library = state.library
    treatment = library.treatments[state.shown.treatment or ""]
    variant = library.treatments.get(state.shown.body_variant or "")
    face = sum(item.needles for item in treatment.face)
    body = sum(item.needles for item in (variant or treatment).body)
    lines: list[QWidget] = [text(treatment.title, "title")]
    if treatment.duration_min:
        low, high = treatment.duration_min
        lines.append(text(f"{face} face needles, {body} body needles, {low} to {high} minutes", "muted"))
    if variant:
        lines.append(text(variant.title + (f" ({variant.note})" if variant.note else "")))
    told = (treatment.basis, treatment.needle, treatment.frequency, treatment.note)
    lines += [text(headline(words)) for words in told if words]
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for line in lines:
        layout.addWidget(line)
    return holder

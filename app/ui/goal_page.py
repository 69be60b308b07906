"""The page that is seen while no point is selected: what is switched on, in words for a client."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.goals import Goal, Group
from app.domain.library import Library
from app.domain.shown import (
    NeedleCounts,
    Shown,
    count_needles,
    group_codes,
    shown_points,
    with_goal,
    with_group,
)
from app.ui.blocks import Page, Swatch, box, chip, flow, row, rule, section, text
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.words import (
    DISCLAIMER,
    EVIDENCE_NAMES,
    FURTHER_GROUPS,
    NO_GUARANTEE,
    count,
    evidence_words,
    headline,
    needle_words,
)

WELCOME = (
    "Switch on a skin goal on the left, and its points appear on the figure.",
    "Drag to turn the figure, roll the wheel to come closer, hold Shift and drag to move it.",
    "Click a point to read about it; double click to fly there.",
    "Type a code, a pinyin or an English name above to find any point. F1 lists every key.",
)


def goal_page(state: ViewState, theme: Theme) -> QWidget:
    """A new widget for what is switched on now; each part has the name that `part_names` gives it."""
    page = Page()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(20, 18, 20, 18)
    layout.setSpacing(14)
    parts = {}
    if state.shown.treatment:
        parts["treatment"] = _treatment(state)
    for goal in state.goals_on:
        parts[f"goal {goal}"] = _goal(state, theme, state.library.goals[goal])
    groups = [group for group in state.library.groups.values() if group.id in state.shown.groups]
    if groups:
        parts["groups"] = _groups(state, groups)
    for name, part in parts.items():
        part.setObjectName(name)
        layout.addWidget(part)
        layout.addWidget(rule())
    if not parts:
        layout.addWidget(text("Welcome", "title"))
        for words in WELCOME:
            layout.addWidget(text(words))
        layout.addWidget(rule())
    layout.addWidget(text(NO_GUARANTEE, "strong"))
    layout.addWidget(text(DISCLAIMER, "small"))
    layout.addStretch()
    return page


def part_names(state: ViewState) -> tuple[str, ...]:
    """The names of the parts of the page, from its top: treatment, goals, groups of no goal."""
    treatment = ("treatment",) if state.shown.treatment else ()
    groups = ("groups",) if state.shown.groups else ()
    return (*treatment, *(f"goal {goal}" for goal in state.goals_on), *groups)


def _goal(state: ViewState, theme: Theme, goal: Goal) -> QWidget:
    library, advanced = state.library, state.shown.advanced
    whole = _needles(library, with_goal(library, Shown(advanced=advanced), goal.id, True))
    pairs = frozenset(pair for pair in state.shown.pairs if pair[0] == goal.id)
    on = _needles(library, Shown(pairs=pairs, advanced=advanced))
    head = row(Swatch(goal, theme, 1.7), text(goal.title, "title"), spacing=10, grow=1)
    words = needle_words(whole)
    if on != whole:
        words = f"{on.total} of its {count(whole.total, 'needle')} switched on"
    lines: list[QWidget] = [head, text(headline(words), "muted")]
    if on.body > on.face:
        lines.append(_on_the_body(state, on))
    lines.append(text(goal.client, "large"))
    known: list[QWidget | None] = [
        _evidence(library, goal.evidence),
        text(goal.evidence_text) if goal.evidence_text else None,
        _sources(library, goal.sources),
    ]
    if any(known):
        lines.append(section("What is known", box("note", filter(None, known))))
    return _column(lines, 10)


def _on_the_body(state: ViewState, on: NeedleCounts) -> QWidget:
    """Why the face stays bare or nearly so, and the way to where the needles are."""
    where = (
        f"{on.body} of the {on.total} needles lie on the body." if on.face else "All needles lie on the body."
    )
    show = QPushButton("Show them")
    show.setToolTip("Go where every point that is switched on is in the picture (F)")
    show.setCursor(Qt.CursorShape.PointingHandCursor)
    show.clicked.connect(lambda: state.choose_view("fit"))
    return box("card", [row(text(where, "strong"), show, spacing=10, grow=0)])


def _groups(state: ViewState, groups: list[Group]) -> QWidget:
    """What groups without a goal are, and each of them with its points and the reason for each."""
    lines: list[QWidget] = [text("Further groups", "title"), text(FURTHER_GROUPS)]
    lines += [_group(state, group) for group in groups]
    return _column(lines, 10)


def _group(state: ViewState, group: Group) -> QWidget:
    library, advanced = state.library, state.shown.advanced
    needles = _needles(library, with_group(library, Shown(advanced=advanced), None, group.id, True))
    area = f"{headline(group.area)}, " if group.area else ""
    lines: list[QWidget | None] = [text(f"{area}{needle_words(needles)}", "muted")]
    seen = group_codes(library, group.id, advanced)
    lines += [
        text(f"{item.code} {library.points[item.code].pinyin}. {item.reason}".rstrip())
        for item in group.points + group.advanced_points
        if item.code in seen
    ]
    lines += [text(f"Technique: {group.technique}.") if group.technique else None]
    lines += [text(headline(group.note)) if group.note else None]
    lines += [_evidence(library, group.evidence), _sources(library, group.sources)]
    return section(group.title, box("note", filter(None, lines)))


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
    more = state.needles.total - face - body
    if more > 0:
        lines.append(
            text(
                f"With what else is switched on: {needle_words(state.needles)}, {more} more than the treatment.",
                "strong",
            )
        )
    if variant:
        lines.append(text(variant.title + (f" ({variant.note})" if variant.note else "")))
    told = (treatment.basis, treatment.needle, treatment.frequency, treatment.note)
    lines += [text(headline(words)) for words in told if words]
    return _column(lines, 8)


def _needles(library: Library, shown: Shown) -> NeedleCounts:
    return count_needles(shown_points(library, shown))


def _evidence(library: Library, level: str | None) -> QWidget | None:
    if not level:
        return None
    name = f"{level}   {EVIDENCE_NAMES.get(level, '')}"
    return row(chip(name, evidence_words(library, level), "badge"))


def _sources(library: Library, names: tuple[str, ...]) -> QWidget | None:
    sources = [library.sources[name] for name in names if name in library.sources]
    if not sources:
        return None
    return flow(*(chip(source.id, f"<p>{source.cite}</p><p>{source.caveat}</p>") for source in sources))


def _column(widgets: list[QWidget], spacing: int) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    return holder

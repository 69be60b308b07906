"""The page of one point: everything the library knows about it, in the order a reader asks."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.goals import GroupPoint
from app.domain.library import Library
from app.domain.points import DEFAULT_USES, Needle, Point
from app.ui.anatomy.tools import AnatomyTools
from app.ui.blocks import Page, Swatch, box, chip, flow, row, rule, section, text
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.words import DISCLAIMER, USE_NOTES, evidence_words, headline, sides

DEPTH_NOTE = "A cun of depth is a round 20 to 25 mm, as books count; it is not a cun of the skin."
_NOTHING = {"", "-", "none listed"}


def point_page(state: ViewState, theme: Theme, point: Point, anatomy: AnatomyTools | None = None) -> QWidget:
    """A new widget for the point; with `anatomy` its rules are measured and its caution zones told."""
    page = Page()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(20, 18, 20, 18)
    layout.setSpacing(16)
    library = state.library
    parts = (
        _head(state, point),
        _use_note(point),
        section("Location", text(point.location or "No words for its location are given.")),
        anatomy.how_found(point) if anatomy else _how_found(point),
        _needle(point),
        _risks(point),
        anatomy.zones(point) if anatomy else None,
        _goals(library, state, theme, point),
        _trust(library, point),
        _sources(library, point),
        rule(),
        text(DISCLAIMER, "small"),
    )
    for part in parts:
        if part is not None:
            layout.addWidget(part)
    layout.addStretch()
    return page


def _head(state: ViewState, point: Point) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    back = QPushButton("\u2039  Goals")
    back.setProperty("role", "link")
    back.setToolTip("Select nothing, and read about the goals (Esc)")
    back.clicked.connect(lambda: state.select(None))
    fly = QPushButton("Fly there")
    fly.setToolTip("Turn the figure to this point (G, or a double click on the point)")
    fly.setEnabled(point.position is not None)
    fly.clicked.connect(lambda: state.fly_to(point.code, state.selected_side))
    layout.addWidget(row(back))
    layout.addWidget(row(text(point.code, "display"), fly, grow=0))
    hanzi = point.hanzi
    if point.hanzi_simplified and point.hanzi_simplified != point.hanzi:
        hanzi += f" ({point.hanzi_simplified})"
    names = "   ".join(name for name in (point.pinyin, hanzi) if name)
    if names:
        layout.addWidget(text(names, "title"))
    if point.english:
        layout.addWidget(text(point.english, "large"))
    channel = (
        f"{point.channel_name} channel"
        if point.channel_name and point.channel != "EX"
        else point.channel_name
    )
    if channel in ("Governor Vessel channel", "Conception Vessel channel"):
        channel = point.channel_name
    also = f"Also {', '.join(point.aliases)}" if point.aliases else ""
    chosen = f"; the {state.selected_side} one is chosen" if state.selected_side else ""
    for words in (channel or point.channel, sides(point) + chosen, also):
        if words:
            layout.addWidget(text(words, "muted"))
    on = state.shown_point(point.code)
    served = len(on.goals) if on else 0
    if served:
        words = f"In {served} of your goals"
    elif on:
        words = "Switched on"
    else:
        words = "Not switched on"
    layout.addSpacing(4)
    layout.addWidget(row(chip(words, role="badge" if on else "chip")))
    return holder


def _use_note(point: Point) -> QWidget | None:
    lines = []
    if point.use in USE_NOTES and point.use != "support":
        lines.append(text(USE_NOTES[point.use], "strong"))
    if point.position is None:
        reason = headline(point.status_reason) or "No reason is given."
        lines.append(text(f"Not placed on the figure. {reason}"))
    return box("caution", lines) if lines else None


def _how_found(point: Point) -> QWidget | None:
    lines = [headline(words) for words in (point.placed_by, point.notes) if words]
    if point.use == "support":
        lines.append(USE_NOTES["support"])
    return section("How it is found", *map(text, lines)) if lines else None


def _needle(point: Point) -> QWidget | None:
    lines = needle_lines(point.needle)
    if not lines:
        return None
    parts = [text(line) for line in lines]
    if point.needle.depth_cun:
        parts.append(text(DEPTH_NOTE, "small"))
    if point.use in DEFAULT_USES:
        return section("Needle", *parts)
    hidden = box("note", parts)
    hidden.hide()
    note = text("Depth and angle are hidden: this point is not for general use.", "muted")
    show = QPushButton("Show needling for study")
    show.setToolTip("Depth and angle from the literature, for trained readers")

    def reveal() -> None:
        note.hide()
        show.hide()
        hidden.show()

    show.clicked.connect(reveal)
    return section("Needle", note, row(show), hidden)


def needle_lines(needle: Needle) -> list[str]:
    """What is known of the needling, a sentence each."""
    lines = []
    if needle.depth_mm:
        depth = "Depth about {:g} to {:g} mm".format(*needle.depth_mm)
        if needle.depth_cun:
            depth += " ({:g} to {:g} cun)".format(*needle.depth_cun)
        lines.append(depth)
    elif needle.depth_cun:
        lines.append("Depth {:g} to {:g} cun".format(*needle.depth_cun))
    if needle.angle not in _NOTHING:
        lines.append(f"Angle: {needle.angle}")
    if needle.angle_also not in _NOTHING:
        lines.append(f"Angle, by others: {needle.angle_also}")
    if needle.direction not in _NOTHING:
        lines.append(f"Direction: {needle.direction}")
    if needle.note:
        lines.append(headline(needle.note))
    if lines and needle.confidence not in ("", "high"):
        lines.append(f"Confidence in the needling: {needle.confidence}")
    return lines


def _risks(point: Point) -> QWidget | None:
    lines = [text(caution) for caution in point.cautions]
    if point.structures:
        lines.append(text(f"At risk: {', '.join(point.structures)}."))
    if point.pregnancy not in _NOTHING:
        lines.append(text(f"Pregnancy: {point.pregnancy}"))
    return section("Take care", box("caution", lines)) if lines else None


def _goals(library: Library, state: ViewState, theme: Theme, point: Point) -> QWidget | None:
    goals = library.goals_of(point.code)
    on = state.shown_point(point.code)
    cards = []
    for goal in goals:
        served = on is not None and goal.id in on.goals
        lines: list[QWidget] = [
            row(
                Swatch(goal, theme),
                text(goal.title, "strong"),
                *([chip("on", "This goal is switched on", "badge")] if served else []),
                spacing=8,
                grow=1,
            )
        ]
        for name in goal.groups:
            group = library.groups[name]
            reason = _reason(group.points + group.advanced_points, point.code)
            if reason is not None:
                lines.append(text(f"{group.title}. {reason}" if reason else group.title))
        if goal.evidence:
            lines.append(text(evidence_words(library, goal.evidence), "small"))
        cards.append(box("note", lines))
    if not cards:
        return section("Skin goals", text("No skin goal uses this point.", "muted"))
    return section("Skin goals", *cards)


def _reason(items: tuple[GroupPoint, ...], code: str) -> str | None:
    """Why the point is in a group; None if it is not."""
    return next((item.reason for item in items if item.code == code), None)


def _trust(library: Library, point: Point) -> QWidget | None:
    lines = []
    if point.confidence:
        step = library.confidence_scale.get(point.confidence)
        meaning = f": {step.meaning}" if step else ""
        lines.append(text(f"Confidence {point.confidence}{meaning}."))
    lines += [text(headline(words)) for words in point.disagreements]
    for item in library.disagreements:
        if item.point == point.code and item.product:
            lines.append(text(f"Here: {item.product}."))
    return section("How sure this is", *lines) if lines else None


def _sources(library: Library, point: Point) -> QWidget | None:
    chips = []
    for name in point.sources:
        source = library.sources.get(name)
        words = f"<p>{source.cite}</p><p>{source.caveat}</p>" if source else "No citation is given."
        chips.append(chip(name, words))
    if not chips:
        return None
    return section("Sources", flow(*chips))

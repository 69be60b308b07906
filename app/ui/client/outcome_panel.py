"""What follows from plan and answers: counts, what is left out and why, other body points, rules with their sources."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.goals import Treatment
from app.domain.plan import LeftOut, PlannedNeedle
from app.domain.points import DEFAULT_USES
from app.domain.screening import OUTCOME_WORDS, TO_DECIDE, Finding
from app.domain.story import point_name
from app.ui.blocks import box, chip, flow, row, rule, section, text
from app.ui.client.plan_state import PlanState
from app.ui.theme import Theme
from app.ui.words import DISCLAIMER, NO_GUARANTEE, USE_NOTES, headline, needle_words

DECISION = "To treat all the same is the practitioner's decision, and needs the client's written consent."

BODY_CHOICE = "Other body points are needled only if you choose those that are offered above."


class OutcomePanel(QScrollArea):
    """A page that is built anew whenever plan or selection changes."""

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self._plan = plan
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What follows from the plan and the answers")
        plan.plan_changed.connect(self._rebuild)
        plan.selected_changed.connect(self._rebuild)
        plan.locked_changed.connect(self._rebuild)
        theme.theme_changed.connect(self._rebuild)
        self._rebuild()

    def _rebuild(self) -> None:
        keep = self.verticalScrollBar().value()
        prepared, planner = self._plan.prepared, self._plan.planner
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(14)
        for verdict, finding in zip(
            prepared.verdicts, (one for one in prepared.findings if one.is_verdict), strict=True
        ):
            layout.addWidget(self._verdict(verdict, finding))
        selected = next((one for one in prepared.needles if one.point.code == self._plan.selected), None)
        if selected:
            layout.addWidget(self._needle(selected))
            layout.addWidget(rule())
        layout.addWidget(text(headline(needle_words(prepared.counts)), "title"))
        layout.addWidget(text(f"They stay in for about {prepared.minutes} minutes.", "muted"))
        for variant in planner.offers(self._plan.plan):
            layout.addWidget(self._offer(variant))
        if self._plan.plan.body_variant:
            layout.addWidget(self._variant(planner.library.treatments[self._plan.plan.body_variant]))
        if prepared.left_out:
            layout.addWidget(section("Left out", *_left_out(prepared.left_out)))
            if any(one.question.face_only for one in prepared.findings):
                layout.addWidget(text(BODY_CHOICE, "muted"))
        if prepared.findings:
            layout.addWidget(
                section("What the answers mean", *(self._finding(one) for one in prepared.findings))
            )
        layout.addWidget(rule())
        layout.addWidget(text(NO_GUARANTEE, "strong"))
        layout.addWidget(text(DISCLAIMER, "small"))
        layout.addStretch()
        self.setWidget(page)
        self.verticalScrollBar().setValue(keep)

    def _needle(self, needle: PlannedNeedle) -> QWidget:
        point = needle.point
        title = text(f"{point.code}  {point_name(point)}", "title")
        names = text("  ".join(part for part in (point.pinyin, point.hanzi) if part), "muted")
        reasons = [
            text(f"{reason.goal.title}: {reason.sentence}" if reason.goal else reason.sentence)
            for reason in self._plan.planner.reasons(self._plan.plan, point.code)
        ]
        how = text(needling_words(needle))
        notes = [box("caution", [text(note) for note in needle.notes])] if needle.notes else []
        risks = [text(headline(caution)) for caution in point.cautions]
        beware = [box("note", risks)] if risks else []
        return section("Selected needle", title, names, *reasons, how, *notes, *beware)

    def _verdict(self, verdict: str, finding: Finding) -> QWidget:
        """Why no needle goes in; and, where it is the practitioner's to decide, what the decision is."""
        caution = finding.caution
        told: list[QWidget] = [text(verdict, "strong")]
        if finding.outcome in TO_DECIDE:
            told.append(text(DECISION))
            decision = QCheckBox("I treat; consent is signed")
            decision.setObjectName(f"decision-{caution.id}")
            decision.setAccessibleName(f"{caution.title}: {DECISION}")
            decision.setChecked(caution.id in self._plan.plan.decided)
            decision.setEnabled(not self._plan.is_locked)
            decision.clicked.connect(lambda on: self._plan.decide(caution.id, on))
            told.append(decision)
        return box("caution", told)

    def _offer(self, variant: Treatment) -> QWidget:
        causes = [
            one.caution.title
            for one in self._plan.prepared.findings
            if one.question.body_variant == variant.id
        ]
        told = [
            text(f"Could be used: {variant.words}"),
            text(_codes(variant), "muted"),
            text(f"Offered because of: {', '.join(causes)}.", "muted"),
        ]
        return box("note", [*told, self._choose("Use these body points", variant.id, f"offer-{variant.id}")])

    def _variant(self, variant: Treatment) -> QWidget:
        told = text(f"In place of the usual: {variant.words}")
        return box("note", [told, self._choose("Back to the usual body points", "", "usual-body-points")])

    def _choose(self, words: str, variant: str, name: str) -> QWidget:
        """A button that takes the body points of a variant, or "" for the usual ones."""
        button = QPushButton(words)
        button.setObjectName(name)
        button.setProperty("role", "link")
        button.setEnabled(not self._plan.is_locked)
        button.clicked.connect(lambda: self._plan.set_body_variant(variant))
        return row(button)

    def _finding(self, finding: Finding) -> QWidget:
        caution, library = finding.caution, self._plan.planner.library
        zones = ", ".join(
            library.caution_zones[zone].title for zone in finding.zones if zone in library.caution_zones
        )
        told = [
            row(chip(OUTCOME_WORDS[finding.outcome], caution.rule, "badge")),
            text(caution.title, "strong"),
            text(headline(caution.action)),
        ]
        if finding.areas:
            told.append(text(f"Marked on the figure: {finding.area_words}."))
        if zones:
            told.append(text(f"Zones to mind: {zones}."))
        told.append(text(f"Why: {caution.evidence}", "muted"))
        chips = [
            chip(source, f"<p>{library.sources[source].cite}</p><p>{library.sources[source].caveat}</p>")
            for source in caution.sources
            if source in library.sources
        ]
        if chips:
            told.append(flow(*chips))
        return box("card", told)


def needling_words(needle: PlannedNeedle) -> str:
    """Angle, direction and depth of a needle; points for trained hands or reference show no depth."""
    point, own = needle.point, needle.point.needle
    words = ", ".join(part for part in (own.angle, own.direction) if part and part != "-")
    if point.use not in DEFAULT_USES:
        return f"{headline(words)}. {USE_NOTES[point.use]} Its depth is not shown."
    if own.depth_mm:
        least, most = own.depth_mm
        words += f"; textbook depth {least:g} to {most:g} mm, cosmetic practice is shallower"
    return f"{headline(words)}." if words else "No needling is stated."


def _codes(variant: Treatment) -> str:
    return ", ".join(item.code for item in variant.body)


def _left_out(points: Iterable[LeftOut]) -> list[QWidget]:
    """A box for each reason, with the points it takes out."""
    names: dict[tuple[str, ...], list[str]] = {}
    for one in points:
        sentences = tuple(cause.sentence for cause in one.causes)
        names.setdefault(sentences, []).append(f"{one.point.code} {point_name(one.point)}")
    return [
        box("caution", [text(", ".join(own), "strong"), *(text(sentence) for sentence in sentences)])
        for sentences, own in names.items()
    ]

"""How a point is found, in words: its rules with what they measure on the figure, and the zones it lies in."""

from PySide6.QtWidgets import QWidget

from app.domain.points import Point
from app.domain.rule_words import CLASS_MEANINGS, ORDERS, classes_of, rule_words, unit_meaning, unit_words
from app.geometry.atlas import Atlas, ZoneHit
from app.geometry.landmarks import MissingLandmark
from app.geometry.measure import RuleProblem
from app.geometry.rules import Finding
from app.ui.anatomy.legend import construction_key
from app.ui.blocks import box, chip, flow, section, text
from app.ui.theme import Theme
from app.ui.words import USE_NOTES, headline

_EXACT_MM = 0.05


def found_section(atlas: Atlas, theme: Theme, point: Point, drawn: bool = True) -> QWidget | None:
    """Classes of location, then every rule: kept or broken, by how much, within which tolerance.

    Where the construction is `drawn` on the figure, its kinds of lines are explained.
    """
    parts: list[QWidget] = []
    classes = classes_of(point)
    if classes:
        parts.append(flow(*(chip(one, f"{headline(CLASS_MEANINGS[one])}.", "badge") for one in classes)))
    if point.position is not None:
        try:
            construction = atlas.construction(point.code) if drawn else None
            kinds = {guide.kind for guide in construction.guides} if construction else set()
            parts += [construction_key(theme, kinds)] if kinds else []
            parts += [
                _rule(atlas, point, number, one) for number, one in enumerate(atlas.findings(point.code))
            ]
            parts += [text(words, "small") for words in cun_lines(atlas, point)]
        except (RuleProblem, MissingLandmark) as problem:
            parts.append(text(f"Its rules cannot be measured: {problem}.", "caution"))
    parts += [text(placed_words(point.placed_by), "small")] if point.placed_by else []
    parts += [text(headline(point.notes))] if point.notes else []
    parts += [text(USE_NOTES["support"])] if point.use == "support" else []
    return section("How it is found", *parts) if parts else None


def rule_line(atlas: Atlas, point: Point, number: int, finding: Finding) -> tuple[str, str]:
    """Return a rule in words and what it measures; a finding beyond the point's own rules is one of all points."""
    own = point.constraints[number] if number < len(point.constraints) else None
    if own is None:
        words = f"Outside the {finding.rule.removeprefix('outside region ').replace('carotid', 'carotid corridor')}"
        return words.replace("orbit", "eye socket"), _region_words(finding)
    words = rule_words(atlas.library, own)
    if own.type == "outside_region":
        return words, _region_words(finding)
    if own.type in ORDERS:
        return words, _order_words(finding)
    off = f"{finding.deviation_mm:.1f} mm off" if finding.deviation_mm > _EXACT_MM else "exact"
    parts = [off]
    if own.value is not None and finding.unit != "mm" and off != "exact":
        parts.append(f"measured {finding.measured:.2f} {unit_words(finding.unit)}, wanted {finding.wanted:g}")
    if finding.tolerance_mm:
        allowed = f"tolerance {finding.tolerance_mm:.1f} mm"
        # Of a rule that names no cun the tolerance is a share of the forehead's: a second cun on a page of the hand.
        if own.tolerance and own.tolerance.unit == own.unit:
            allowed += f" ({own.tolerance.value:g} {unit_words(own.unit)})"
        parts.append(allowed)
    return words, "; ".join(parts)


def cun_lines(atlas: Atlas, point: Point) -> list[str]:
    """Each cun that the point's rules measure in: which it is, and how long on this figure."""
    units = dict.fromkeys(rule.unit for rule in point.constraints if rule.unit)
    meanings = {unit: unit_meaning(atlas.library, unit) for unit in units}
    return [
        f"Cun here: {meaning}; {atlas.scene.units.mm(unit):.1f} mm on this figure."
        for unit, meaning in meanings.items()
        if meaning
    ]


def zone_lines(hits: list[ZoneHit]) -> list[str]:
    """Zones that a point lies in or is named by, a sentence or two each, the worst first."""
    lines = []
    for hit in hits:
        risk = "caution" if hit.zone.risk == "caution" else f"{hit.zone.risk} risk"
        if hit.where == "inside":
            place = "Lies in"
        elif hit.depth_mm > -1000:
            place = f"{-hit.depth_mm:.0f} mm beside, and named by,"
        else:
            place = "Named by"
        lines.append(f"{place} the zone: {hit.zone.title} ({risk}). {hit.zone.note}".rstrip())
    return lines


def zone_section(atlas: Atlas, point: Point) -> QWidget | None:
    """A warning for each caution zone that covers the point or names it."""
    try:
        lines = zone_lines(atlas.zones_of(point.code))
    except (RuleProblem, MissingLandmark) as problem:
        return section("Caution zones", text(f"They cannot be found: {problem}.", "caution"))
    return section("Caution zones", box("caution", map(text, lines))) if lines else None


def _order_words(finding: Finding) -> str:
    return (
        f"by {finding.measured:.0f} mm"
        if finding.kept
        else f"on the wrong side by {finding.deviation_mm:.1f} mm"
    )


def _region_words(finding: Finding) -> str:
    return "kept" if finding.kept else f"inside by {finding.deviation_mm:.1f} mm"


def _rule(atlas: Atlas, point: Point, number: int, finding: Finding) -> QWidget:
    words, measured = rule_line(atlas, point, number, finding)
    mark = "\u2713" if finding.kept else "\u2717"
    soft = "" if finding.hard else "; a check that may give way"
    line = text(f"{mark}  {words}: {measured}{soft}.", "" if finding.kept else "caution")
    line.setAccessibleName(f"{'Kept' if finding.kept else 'Broken'}: {words}, {measured}")
    line.setToolTip("Kept" if finding.kept else "Broken")
    return line


def placed_words(by: str) -> str:
    """How a point was placed, as a sentence, whether it is told as "by hand" or "placed by hand"."""
    return f"Placed on the figure {by.removeprefix('placed ')}."

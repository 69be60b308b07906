"""Sentences and names that the window shows in more than one place."""

from app.domain import claims
from app.domain.library import Library
from app.domain.points import Point
from app.domain.shown import NeedleCounts

DISCLAIMER = claims.NOT_ADVICE
NO_GUARANTEE = claims.NO_GUARANTEE
EVIDENCE_NAMES = claims.EVIDENCE_NAMES

FURTHER_GROUPS = "Groups of points that no goal uses. They are here to be read about and seen on the figure."

USE_NOTES = {
    "advanced": "For trained hands only; never part of a default set.",
    "reference only": "Shown for learning and reference, not for needling.",
    "support": "An optional, supporting point.",
}

VIEW_NAMES = {
    "front": "Front",
    "three-quarter-left": "Three-quarter, left side",
    "left": "Left side",
    "three-quarter-right": "Three-quarter, right side",
    "right": "Right side",
    "back": "Back of the head",
    "top": "From above",
    "below": "From below",
    "body-front": "Whole body, front",
    "body-back": "Whole body, back",
    "fit": "All points in sight",
}
"""Views in the order of their buttons."""

VIEW_KEYS = dict(zip(VIEW_NAMES, ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "F"), strict=True))


def evidence_words(library: Library, level: str | None) -> str:
    """What a level of evidence means, in a sentence."""
    if not level:
        return "No level of evidence is stated."
    step = library.evidence_scale.get(level)
    meaning = step.meaning if step else EVIDENCE_NAMES.get(level, "")
    return f"Evidence {level}: {meaning[:1].lower()}{meaning[1:]}."


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 needle, 2 needles."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def needle_words(needles: NeedleCounts) -> str:
    """24 face needles and 2 body needles; a part without needles is left out."""
    parts = [
        count(number, f"{part} needle")
        for part, number in (("face", needles.face), ("body", needles.body))
        if number
    ]
    return " and ".join(parts) or "no needles"


def sides(point: Point) -> str:
    """Where the point lies and how many needles that makes."""
    if point.laterality == "bilateral":
        return "Both sides, 2 needles"
    if point.laterality == "midline":
        return "Midline, 1 needle"
    return f"A group of {point.needles} places"


def headline(text: str) -> str:
    """A sentence or phrase of the data with a capital at its front."""
    return text[:1].upper() + text[1:]

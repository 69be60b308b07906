"""What is claimed, and no more: the sentences and grades that window, story and handout say alike."""

from collections.abc import Mapping

from app.domain.record import Evidence

NO_GUARANTEE = "Results vary and cannot be guaranteed."
NOT_ADVICE = (
    "For education only: not medical advice, and no instructions for needling oneself. "
    "Acupuncture belongs in trained hands."
)

EVIDENCE_NAMES: Mapping[str, str] = {
    "B": "Small or weak trials",
    "C": "Pilot studies only",
    "M": "Measured, no outcome",
    "D": "Tradition or habit",
    "X": "No direct evidence",
}
"""Short names of the levels; the full sentences are in the library's evidence scale."""

PLAIN_EVIDENCE: Mapping[str, str] = {
    "B": "Some controlled studies exist, but they are small or weak.",
    "C": "Only early studies exist, without a group to compare with.",
    "M": "Something was measured in the body, but not whether people look or feel better.",
    "D": "This rests on tradition and experience; no study has measured it.",
    "X": "Studies were looked for; no direct proof in people was found.",
}
"""The same for a client."""


def plain_evidence(level: Evidence | None) -> str:
    """A level of evidence by its name, and what that means for a client."""
    return f"{EVIDENCE_NAMES[level]}. {PLAIN_EVIDENCE[level]}" if level else "No level of evidence is stated."

"""How the drawn skin looks at each time of the story."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """How the tissue looks at one time; every value from 0 to 1.

    Attributes:
        depth: how far the needle is in.
        opening: how wide the channel is.
        glow: redness, and how wide the vessels are.
        cells: how far the repair cells have come; they fade with `rest`.
        new: how many of the new fibres are there.
        order: how far they are sorted.
        rest: how far repair is over.

    """

    depth: float = 0.0
    opening: float = 0.0
    glow: float = 0.0
    cells: float = 0.0
    new: float = 0.0
    order: float = 0.0
    rest: float = 0.0


def moment(phase: str, share: float) -> Moment:
    """The tissue at a part of a phase, 0 at its start and 1 at its end."""
    ease = share * share * (3 - 2 * share)
    if phase == "needle":
        return Moment(depth=ease, opening=min(1.0, 1.6 * ease), glow=0.15 * ease)
    if phase == "inflammation":
        out = min(1.0, share * 4)
        return Moment(1 - out, 1 - 0.45 * ease, 0.15 + 0.85 * ease, cells=share)
    if phase == "tissue":
        return Moment(0.0, 0.55 * (1 - ease), 1 - 0.55 * ease, cells=1.0, new=share, rest=0.25 * ease)
    if phase == "remodelling":
        return Moment(0.0, 0.0, 0.45 * (1 - ease), cells=1.0, new=1.0, order=ease, rest=0.25 + 0.75 * ease)
    return Moment()

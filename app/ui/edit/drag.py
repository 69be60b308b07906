"""What a hand has lifted, and what may keep it back."""

from dataclasses import dataclass, field

from app.geometry.sliding import Place
from app.geometry.sliding_together import Carried

KEPT_BACK = {
    "beside": "{code} stays on the skin; keep the mouse over the figure.",
    "no skin": "{code} cannot lie there: eyes and the inside of the mouth take no points. Drag it over skin.",
    "other side": "{code} keeps to its side of the body; drag its partner on the other side instead.",
    "far": "{code} cannot be dragged to another part of the body; use Clear place, then Place it there.",
    "midline": "{code} keeps to the midline; choose Both sides in its Sides to move it off.",
}


@dataclass
class Drag:
    """A point in the hand: which of its sites, where it was and where it is; and what is selected with it.

    Attributes:
        others: the places that go with it, where they were; `moved` where they are.
    """

    code: str
    site: int
    start: Place
    place: Place
    others: list[Carried] = field(default_factory=list)
    moved: list[Carried] = field(default_factory=list)
    lifted: bool = False


def stored_site(laterality: str, sides: list[str], own: int) -> int:
    """Which stored place a site belongs to: 0 the first one, 1 and more the further ones of a group of places."""
    if laterality != "group":
        return 0
    # A bilateral place of a group gives two sites, one after the other.
    return sum(1 for side in sides[: own + 1] if side != "right") - 1

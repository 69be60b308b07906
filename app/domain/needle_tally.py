"""Counting needles in and out: a treatment is done when every needle that went in has come out, and not before."""

from typing import Literal

import msgspec

from app.domain.plan import Prepared
from app.domain.points import Point

NeedleState = Literal["waiting", "in", "out", "not used"]


class NeedlePlace(msgspec.Struct, frozen=True):
    """One needle: its point, and the side or the number of the place."""

    code: str
    side: str


class NeedleTally(msgspec.Struct, frozen=True):
    """The needles of one treatment, in the order they go in, and where each is now."""

    places: tuple[NeedlePlace, ...]
    states: tuple[NeedleState, ...]

    @property
    def went_in(self) -> int:
        """Needles that are or were in the skin."""
        return sum(state in ("in", "out") for state in self.states)

    @property
    def came_out(self) -> int:
        return self.states.count("out")

    @property
    def still_in(self) -> tuple[int, ...]:
        """Which needles are in the skin now."""
        return tuple(number for number, state in enumerate(self.states) if state == "in")

    @property
    def waiting(self) -> tuple[int, ...]:
        """Which needles are still to go in."""
        return tuple(number for number, state in enumerate(self.states) if state == "waiting")

    @property
    def is_done(self) -> bool:
        """Whether nothing is in the skin or waits, and what went in came out."""
        return not self.waiting and self.went_in == self.came_out

    def put_in(self, number: int) -> "NeedleTally":
        """The count with a needle in. ValueError if it is not waiting."""
        return self._changed(number, ("waiting", "not used"), "in")

    def take_out(self, number: int) -> "NeedleTally":
        """The count with a needle out. ValueError if it is not in."""
        return self._changed(number, ("in",), "out")

    def leave(self, number: int) -> "NeedleTally":
        """The count with a needle that is not used. ValueError if it is not waiting."""
        return self._changed(number, ("waiting",), "not used")

    def leave_the_rest(self) -> "NeedleTally":
        """The count with no needle waiting any more."""
        states: list[NeedleState] = ["not used" if state == "waiting" else state for state in self.states]
        return NeedleTally(self.places, tuple(states))

    def _changed(self, number: int, before: tuple[NeedleState, ...], after: NeedleState) -> "NeedleTally":
        if self.states[number] not in before:
            place = self.places[number]
            raise ValueError(f"{place.code} {place.side} is {self.states[number]}")
        states = list(self.states)
        states[number] = after
        return NeedleTally(self.places, tuple(states))


def needle_tally(prepared: Prepared) -> NeedleTally:
    """The count at the start of a treatment: one entry a needle, both sides of a point one after the other."""
    places = tuple(
        NeedlePlace(needle.point.code, side) for needle in prepared.needles for side in sides_of(needle.point)
    )
    states: list[NeedleState] = ["waiting" for _ in places]
    return NeedleTally(places, tuple(states))


def sides_of(point: Point) -> tuple[str, ...]:
    """The places of a point in words, one a needle."""
    if point.laterality == "bilateral":
        return ("left", "right")
    if point.laterality == "midline":
        return ("midline",)
    return tuple(f"place {number + 1}" for number in range(point.needles))

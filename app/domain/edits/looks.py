"""A colour and a shape for a new goal, well apart from those of the goals that are known."""

import colorsys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from app.domain.goals import Goal, Marker

_TAKEN = ("#c99a80", "#4a5a6a")
"""Colours that no goal may come near: those of the skin, and of points that serve no goal."""
_HUES, _TONES = 24, ((0.30, 0.85), (0.42, 0.75), (0.58, 0.65))
"""What is chosen from: so many hues, each in these pairs of lightness and saturation."""

_Color = tuple[float, float, float]


def free_look(goals: Iterable[Goal]) -> tuple[str, Marker]:
    """Return a colour and a shape that tell a new goal from all of these.

    The colour is the one farthest from the nearest that is taken, as ordinary and as red-green-blind eyes see it. The
    shape is one that the fewest goals have, and of those the one whose goals differ most from it in colour.
    """
    known = tuple(goals)
    taken = [_seen(color) for color in (*_TAKEN, *(goal.color for goal in known))]
    color = max(_choices(), key=lambda one: _apart(_seen(one), taken))
    uses = Counter(goal.marker for goal in known)
    least = min(uses[shape] for shape in get_args(Marker))
    free = [shape for shape in get_args(Marker) if uses[shape] == least]

    def told_apart(shape: Marker) -> float:
        return _apart(_seen(color), [_seen(goal.color) for goal in known if goal.marker == shape])

    return color, max(free, key=told_apart)


def _choices() -> list[str]:
    return [_hex(colorsys.hls_to_rgb(hue / _HUES, *tone)) for hue in range(_HUES) for tone in _TONES]


def _hex(color: _Color) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in color)


def _apart(color: Sequence[_Color], others: Iterable[Sequence[_Color]]) -> float:
    """How far a colour is from the nearest of others, to the eyes that tell them apart least."""
    ways = (
        sum((a - b) ** 2 for a, b in zip(own, other, strict=True)) ** 0.5
        for each in others
        for own, other in zip(color, each, strict=True)
    )
    return min(ways, default=float("inf"))


def _seen(color: str) -> tuple[_Color, _Color]:
    """A colour "#rrggbb" as ordinary eyes and as those without green see it, in Oklab.

    Oklab: Bjoern Ottosson, 2020. Sight without green: Vienot, Brettel and Mollon, 1999.
    """
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    dull = 0.29275 * red + 0.70725 * green
    return _oklab(red, green, blue), _oklab(dull, dull, -0.02234 * red + 0.02234 * green + blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _oklab(red: float, green: float, blue: float) -> _Color:
    long, middle, short = (
        max(0.0, a * red + b * green + c * blue) ** (1 / 3)
        for a, b, c in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )

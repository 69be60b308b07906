"""The tissue of the drawn cross-section: layers, fibres, vessels and cells, as shapes in a unit frame.

x runs to the right and y down, both as fractions of the drawing's height; the channel of the needle is at x = 0.
Everything is made once from a fixed seed, so that each showing is the same. The drawing is not to scale.
"""

from dataclasses import dataclass
from math import cos, exp, pi, sin
from random import Random

SURFACE = 0.17
"""Where the skin begins."""

DERMIS = 0.31
"""Where the outer layer ends, on average."""

DEEP = 0.90
"""Where the dermis ends."""

REACH = 1.3
"""Tissue is drawn this far to either side."""

NEAR = 0.13
"""What is farther from the channel than this does not move."""

_PAPILLA = 2 * pi / 0.20  # waves of the border between the layers


@dataclass(frozen=True)
class Fibre:
    """A fibre: its middle, length, slope in radians, waviness and width."""

    x: float
    y: float
    length: float
    slope: float
    wave: float
    turns: float
    width: float
    shade: float

    @property
    def is_near(self) -> bool:
        """Whether the channel moves it."""
        return min(abs(x) for x, _ in self.points()) < NEAR

    def points(self, straighten: float = 0.0) -> list[tuple[float, float]]:
        """The fibre as a line; `straighten` from 0 to 1 turns it level."""
        slope = self.slope * (1 - straighten)
        count = 8 + round(9 * self.turns)
        found = []
        for step in range(count):
            share = step / (count - 1) - 0.5
            along, aside = share * self.length, self.wave * sin(2 * pi * self.turns * share + self.shade * 6)
            found.append(
                (
                    self.x + along * cos(slope) - aside * sin(slope),
                    self.y + along * sin(slope) + aside * cos(slope),
                )
            )
        return found


@dataclass(frozen=True)
class Cell:
    """A repair cell: where it waits, where it works, how large it is."""

    x: float
    y: float
    to_x: float
    to_y: float
    size: float
    delay: float


def border(x: float) -> float:
    """The height of the border between outer layer and dermis."""
    return DERMIS + 0.022 * sin(_PAPILLA * x) + 0.006 * sin(3.1 * _PAPILLA * x + 1)


def surface(x: float) -> float:
    """The height of the skin's surface."""
    return SURFACE + 0.004 * sin(9 * x) + 0.003 * sin(23 * x + 2)


def papillae() -> list[float]:
    """Where the dermis reaches highest, and a vessel loops up."""
    first = -pi / 2 / _PAPILLA
    step = 2 * pi / _PAPILLA
    return [first + step * number for number in range(-7, 8)]


def parted(x: float, opening: float, radius: float = 0.05) -> float:
    """Where the channel pushes something at x to, opened by a width."""
    side = 1.0 if x >= 0 else -1.0
    return x + side * opening * exp(-((x / radius) ** 2))


def _fibres(random: Random, count: int, low: float, high: float, thick: float, thin: float) -> list[Fibre]:
    return [
        Fibre(
            x=random.uniform(-REACH, REACH),
            y=random.uniform(low, high),
            length=random.uniform(0.22, 0.5),
            slope=random.gauss(0, 0.22),
            wave=random.uniform(0.004, 0.012),
            turns=random.uniform(1.2, 2.6),
            width=random.uniform(thin, thick),
            shade=random.random(),
        )
        for _ in range(count)
    ]


def collagen() -> list[Fibre]:
    """Thick bundles, mostly level."""
    return sorted(
        _fibres(Random(4), 190, DERMIS + 0.065, DEEP - 0.02, 0.013, 0.006), key=lambda one: one.shade
    )


def elastin() -> list[Fibre]:
    """Thin, curled fibres."""
    random = Random(9)
    return [
        Fibre(
            x=random.uniform(-REACH, REACH),
            y=random.uniform(DERMIS + 0.05, DEEP - 0.04),
            length=random.uniform(0.08, 0.2),
            slope=random.uniform(-0.9, 0.9),
            wave=random.uniform(0.008, 0.016),
            turns=random.uniform(2.0, 4.0),
            width=0.0028,
            shade=random.random(),
        )
        for _ in range(110)
    ]


def fresh(spread: float = 0.1) -> list[Fibre]:
    """New fibres around the channel: short and in all directions at first."""
    random = Random(21)
    return [
        Fibre(
            x=random.gauss(0, spread * 0.6),
            y=random.uniform(DERMIS + 0.05, DEEP - 0.05),
            length=random.uniform(0.07, 0.16),
            slope=random.uniform(-1.2, 1.2),
            wave=random.uniform(0.003, 0.008),
            turns=random.uniform(1.0, 2.0),
            width=random.uniform(0.0035, 0.007),
            shade=random.random(),
        )
        for _ in range(56)
    ]


def cells() -> list[Cell]:
    """Repair cells, waiting at the vessels."""
    random = Random(33)
    found = []
    for _ in range(46):
        side = random.choice((-1, 1))
        found.append(
            Cell(
                x=side * random.uniform(0.12, 0.42),
                y=random.choice((0.43, 0.80)) + random.gauss(0, 0.015),
                to_x=side * abs(random.gauss(0.012, 0.03)),
                to_y=random.uniform(DERMIS + 0.04, DEEP - 0.08),
                size=random.uniform(0.007, 0.0115),
                delay=random.uniform(0, 0.45),
            )
        )
    return found


def vessels() -> list[list[tuple[float, float]]]:
    """Fine vessels: two level nets, and a loop up into each papilla."""
    lines = []
    for level, wave in ((0.43, 0.008), (0.80, 0.014)):
        lines.append(
            [
                (step / 30 * REACH, level + wave * sin(step * 0.9) + 0.004 * sin(step * 2.3))
                for step in range(-30, 31)
            ]
        )
    for x in papillae():
        top = border(x) + 0.022
        lines.append(
            [
                (x - 0.016, 0.43),
                (x - 0.017, (top + 0.43) / 2),
                (x - 0.011, top + 0.008),
                (x, top),
                (x + 0.011, top + 0.008),
                (x + 0.017, (top + 0.43) / 2),
                (x + 0.016, 0.43),
            ]
        )
    lines += [
        [(x, 0.80), (x + 0.02, 0.7), (x - 0.015, 0.58), (x + 0.01, 0.5), (x, 0.43)]
        for x in (-0.95, -0.5, 0.36, 0.8)
    ]
    return lines

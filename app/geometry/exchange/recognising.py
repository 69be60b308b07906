"""Which unit and which axes a file has: the reading that lays its points onto the skin."""

from dataclasses import dataclass
from itertools import permutations, product
from typing import cast

import numpy as np

from app.domain.exchange.frames import AXES, Axes
from app.geometry.figure import Figure, Floats
from app.geometry.sites import FARTHEST_MM, bindable
from app.geometry.surface import Surface

SCALES = {1.0: "millimetres", 1000.0: "metres", 10.0: "centimetres", 25.4: "inches", 0.001: "micrometres"}
SAMPLE = 60
"""So many points are enough to tell."""
ENOUGH = 4
"""Fewer points than this fit by chance once they are turned about: of those only the unit is guessed."""
SURE_MM = 3.0
"""Points of a file lie this near to the skin on average if it is read rightly."""
CORNER_MM = 12.0
"""No place of the skin is farther than this from a corner of its triangles."""


@dataclass(frozen=True)
class Reading:
    """One way to read a file: millimetres of its unit, and its axes."""

    scale: float
    axes: Axes

    def words(self, own: "Reading") -> str:
        """Say that the points fit this way and not as the file would be read by itself; no full stop."""
        parts = []
        if self.scale != own.scale:
            parts.append(f"in {SCALES.get(self.scale, f'units of {self.scale:g} mm')}")
        if self.axes != own.axes:
            names = {axes: name for name, axes in AXES.items()}
            parts.append(f"with the axes {names.get(self.axes) or spelled(self.axes)}")
        return (
            f"the points lie off the figure as they stand, and on it if they are read {' and '.join(parts)}"
        )


def spelled(axes: Axes) -> str:
    """Axes as the option --axes takes them: "+x-z+y" reads our x, y and z from x, -z and y of the file."""
    return "".join(f"{'+' if sign > 0 else '-'}{'xyz'[axis]}" for axis, sign in axes)


def parse_axes(text: str) -> Axes:
    """The axes of a name or spelling. ValueError for another text."""
    named = {name.lower(): axes for name, axes in AXES.items()}
    if text.lower() in named:
        return named[text.lower()]
    parts = text.lower()
    if len(parts) == 6 and sorted(parts[1::2]) == ["x", "y", "z"] and set(parts[::2]) <= {"+", "-"}:
        found = [("xyz".index(parts[n + 1]), 1 if parts[n] == "+" else -1) for n in (0, 2, 4)]
        return cast(Axes, tuple(found))
    raise ValueError(f"{text} names no axes; write LPS, RAS, facepoints, or a spelling such as +x-z+y")


def recognise(figure: Figure, positions: Floats, own: Reading) -> Reading | None:
    """Return the reading that fits positions (n, 3) of a file; `own` where it does as well as any, None if none fits.

    The readings tried are every unit of SCALES, and, where there are enough points, every order and sign of the axes
    that keeps left and right apart from a mirror image, the file's own first.
    """
    from scipy.spatial import cKDTree  # slow to import, and the window opens without it

    sample = positions[:: max(1, len(positions) // SAMPLE)]
    surface = Surface(figure.full.triangles, figure.neutral.vertices, bindable(figure))
    if _off(surface, sample, own) <= FARTHEST_MM:
        return own
    size = float(np.abs(sample).max())
    # Corners of the skin are soon looked up and tell most readings to be wrong.
    corners = cKDTree(figure.light.smooth(figure.neutral.control[: figure.skin_count]))
    turns = (own.axes, *AXES.values(), *_rotations()) if len(positions) >= ENOUGH else (own.axes,)
    best: tuple[float, Reading] | None = None
    for scale in (own.scale, *SCALES):
        if not 5.0 <= size * scale <= 2000.0:
            continue
        for axes in turns:
            reading = Reading(scale, axes)
            near = np.minimum(corners.query(_read(sample, reading))[0], 100.0)
            if near.mean() > SURE_MM + CORNER_MM:
                continue
            # Points on one side only fit as well when they are turned about: the file's own axes come first.
            off = _off(surface, sample, reading) + (0.0 if axes == own.axes else 0.2)
            if off <= SURE_MM and (best is None or off < best[0] - 1e-6):
                best = (off, reading)
    return None if best is None else best[1]


def _off(surface: Surface, positions: Floats, reading: Reading) -> float:
    return float(surface.nearest(_read(positions, reading)).distances.mean())


def _read(positions: Floats, reading: Reading) -> Floats:
    columns = [sign * positions[:, axis] for axis, sign in reading.axes]
    return np.stack(columns, axis=1) * reading.scale


def _rotations() -> list[Axes]:
    """The 24 orders and signs of axes that are turns, not mirror images."""
    found = []
    for order in permutations(range(3)):
        for signs in product((1, -1), repeat=3):
            matrix = np.zeros((3, 3))
            matrix[range(3), order] = signs
            if np.linalg.det(matrix) > 0:
                found.append(cast(Axes, tuple(zip(order, signs, strict=True))))
    return found

"""The frames of other programs, as a change of axes and of unit.

Ours is x the person's left, y up, z forward, in millimetres. Medical images count LPS (left, posterior, superior) or
RAS (right, anterior, superior).
"""

from collections.abc import Mapping

from app.domain.record import Position

Axes = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
"""For each of our axes the axis of the file it is read from, and the sign."""

AXES: Mapping[str, Axes] = {
    "facepoints": ((0, 1), (1, 1), (2, 1)),
    "LPS": ((0, 1), (2, 1), (1, -1)),
    "RAS": ((0, -1), (2, 1), (1, 1)),
}


def to_ours(position: Position, axes: Axes, scale: float = 1.0) -> Position:
    """A position of a file in our frame and in millimetres."""
    x, y, z = (sign * position[axis] * scale + 0.0 for axis, sign in axes)
    return (x, y, z)


def from_ours(position: Position, axes: Axes) -> Position:
    """Our position in the frame of a file."""
    out = [0.0, 0.0, 0.0]
    for value, (axis, sign) in zip(position, axes, strict=True):
        out[axis] = sign * value + 0.0
    return (out[0], out[1], out[2])

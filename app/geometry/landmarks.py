"""Landmarks and curves on the figure: bound to the skin once, carried to every shape and expression.

Rules are measured on one side at a time. A `Body` is that side, turned so that it reads as the person's left;
the other side is the mirror image of the same body.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.library import Library
from app.geometry.figure import Eye, Figure, Floats, Ints, Pose
from app.geometry.geodesic import Skin
from app.geometry.surface import Binding

MIRROR = np.array([-1.0, 1.0, 1.0])
PUPIL = "pu"
"""The one landmark that lies on no skin: the front pole of the eyeball."""


class MissingLandmark(Exception):
    """A rule needs a landmark or curve that has no place on the figure; the text is one sentence."""


@dataclass(frozen=True)
class Marks:
    """Landmarks and curves of a library, bound to the skin of the neutral figure.

    Attributes:
        rows: the row of each landmark in `binding`.
        spans: first row and row after the last of each curve.
        binding: triangles and weights of all of them.

    """

    rows: Mapping[str, int]
    spans: Mapping[str, tuple[int, int]]
    binding: Binding

    def positions(self, triangles: Ints, vertices: Floats) -> Floats:
        """Return (n, 3) all rows on a pose."""
        return self.binding.positions(triangles, vertices)


def bind_marks(figure: Figure, library: Library) -> Marks:
    """Bind every placed landmark and curve of a library to the neutral figure."""
    rows: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    positions: list[tuple[float, float, float]] = []
    for mark in library.landmarks.values():
        if mark.position is not None:
            rows[mark.id] = len(positions)
            positions.append(mark.position)
    for curve in library.curves.values():
        if curve.positions:
            spans[curve.id] = (len(positions), len(positions) + len(curve.positions))
            positions.extend(curve.positions)
    skin = Skin(figure, figure.neutral.vertices)
    return Marks(rows, spans, skin.surface.nearest(np.array(positions, float).reshape(-1, 3)))


class Body:
    """One side of the figure in one pose, read as the person's left.

    Attributes:
        figure: the figure.
        vertices: (v, 3) the full level, mirrored where the body is the right side.
        eye: the eyeball of the side.

    """

    def __init__(self, figure: Figure, vertices: Floats, eye: Eye, marks: Marks) -> None:
        """Carry the marks to the vertices."""
        self.figure = figure
        self.vertices = vertices
        self.eye = eye
        self._marks = marks
        self._positions = marks.positions(figure.full.triangles, vertices)

    @cached_property
    def skin(self) -> Skin:
        """The skin to measure on."""
        return Skin(self.figure, self.vertices)

    @cached_property
    def other(self) -> Floats:
        """(n, 3) rows of the marks on the other side of this body, in this body's frame."""
        mirrored = self.vertices[self.figure.full.mirror] * MIRROR
        places: Floats = self._marks.positions(self.figure.full.triangles, mirrored) * MIRROR
        return places

    def landmark(self, name: str, other_side: bool = False) -> Floats:
        """Return (3,) a landmark of this side or the other.

        Raises:
            MissingLandmark: it has no place on the figure.

        """
        if name == PUPIL:
            pole: Floats = self.eye.centre + np.array([0.0, 0.0, self.eye.radius])
            if other_side:
                pole = pole * MIRROR
            return pole
        row = self._marks.rows.get(name)
        if row is None:
            raise MissingLandmark(f"the landmark {name} has no place on the figure")
        place: Floats = (self.other if other_side else self._positions)[row]
        return place

    def has_curve(self, name: str) -> bool:
        """Tell whether a curve of that name lies on the figure."""
        return name in self._marks.spans

    def curve(self, name: str) -> Floats:
        """Return (n, 3) a curve of this side.

        Raises:
            MissingLandmark: it has no place on the figure.

        """
        span = self._marks.spans.get(name)
        if span is None:
            raise MissingLandmark(f"the curve {name} has no place on the figure")
        return self._positions[slice(*span)]


def left_body(figure: Figure, pose: Pose, marks: Marks) -> Body:
    """Return the person's left of a pose."""
    return Body(figure, pose.vertices, pose.eyes[0], marks)


def right_body(figure: Figure, pose: Pose, marks: Marks) -> Body:
    """Return the person's right of a pose, turned to read as a left."""
    eye = pose.eyes[1]
    return Body(
        figure, pose.vertices[figure.full.mirror] * MIRROR, Eye(eye.centre * MIRROR, eye.radius), marks
    )


def is_symmetric(figure: Figure, pose: Pose) -> bool:
    """Tell whether the two sides of a pose are mirror images, so that one serves for both."""
    return bool(np.allclose(pose.vertices[figure.full.mirror] * MIRROR, pose.vertices, atol=1e-6))

"""Lines drawn on the skin: bound to its triangles, so that they follow every shape and expression.

All lines of a layer are one actor: ribbons that face the eye, with soft edges of their own, as wide in pixels from far
as from near. They fade where the skin turns away and are hidden where something lies before them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonDataModel import vtkImageData, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkTexture

from app.geometry.figure import Figure, Floats, Ints, Pose
from app.geometry.surface import Binding, Bound
from app.scene.overlay_actor import overlay_actor, set_quads
from app.scene.projection import Projection
from app.scene.theme import rgb

Style = Literal["solid", "dashed", "dotted"]
STYLES: tuple[Style, ...] = ("solid", "dashed", "dotted")

LIFT_MM = 0.35
WIDEST_MM = 6.0
"""No line is drawn wider than this, however far away the eye is."""
_PERIOD_PX = 13.0  # of dashes
_JUMP = 3.5  # a step this many times as long as usual is no skin but a gap between two parts of the body
_FADED, _CLEAR = 0.04, 0.34  # cosines to the eye from which on a line is seen, and fully seen
_ROWS, _COLUMNS = 24, 64  # texels of a style


@dataclass(frozen=True)
class SkinLine:
    """A line on the skin.

    Attributes:
        binding: its vertices, in order.
        color: "#rrggbb".
        width: pixels at a pixel ratio of 1, the dark edge included.
        style: so that colour is never the only sign.
        opacity: 0 to 1.

    """

    binding: Binding
    color: str
    width: float = 5.0
    style: Style = "solid"
    opacity: float = 1.0


class SkinLines:
    """Draws the lines of one layer; never renders."""

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._figure = figure
        self._lines: tuple[SkinLine, ...] = ()
        self._ratio = 1.0
        self._positions: Floats = np.zeros((0, 3))
        self._data = vtkPolyData()
        self.actor = overlay_actor(renderer, self._data)
        self.actor.SetTexture(_texture())

    def show(self, lines: Sequence[SkinLine], pose: Pose) -> None:
        """Draw these lines, on a pose, and no others.

        Raises:
            ValueError: a colour is none.

        """
        self._lines = tuple(line for line in lines if len(line.binding.triangles) > 1)
        self.actor.SetVisibility(bool(self._lines))
        if self._lines:
            self._join()
            self.follow(pose)

    def follow(self, pose: Pose) -> None:
        """Move the lines with the skin."""
        if not self._lines:
            return
        self._positions, self._normals = self._bound.places(pose.vertices)
        along = np.empty_like(self._positions)
        along[1:-1] = self._positions[2:] - self._positions[:-2]
        along[0], along[-1] = along[1], along[-2]
        step = np.zeros_like(along)
        step[1:] = np.diff(self._positions, axis=0)
        ahead = np.concatenate([step[1:], np.zeros((1, 3))])
        along[self._first] = ahead[self._first]
        along[self._last] = step[self._last]
        self._along = along
        walked = np.linalg.norm(step, axis=1)
        walked[self._first] = 0
        total = np.cumsum(walked)
        self._walked = total - total[self._start]

    def place(self, projection: Projection) -> None:
        """Lay the ribbons out for a camera."""
        if not self._lines:
            return
        towards = projection.towards_eye(self._positions)
        facing = np.einsum("nd,nd->n", self._normals, towards)
        scale = projection.pixels_per_mm(self._positions)
        half = np.minimum(self._width * self._ratio / scale, WIDEST_MM) / 2
        across = np.cross(towards, self._along)
        across *= (half / np.maximum(np.linalg.norm(across, axis=1), 1e-9))[:, None]
        nearer = (0.2 + half) * np.clip(3 * facing, 0, 1)
        middle = self._positions + LIFT_MM * self._normals + nearer[:, None] * towards
        self._points[0::2], self._points[1::2] = middle - across, middle + across
        self._uv[:, 0] = np.repeat(self._walked * scale[self._start] / (_PERIOD_PX * self._ratio), 2)
        fade = np.clip((facing - _FADED) / (_CLEAR - _FADED), 0, 1) * self._opacity
        self._colors[:, 3] = np.repeat(255 * fade, 2).astype(np.uint8)
        of_points = self._data.GetPointData()
        for array in (self._data.GetPoints().GetData(), of_points.GetTCoords(), of_points.GetScalars()):
            array.Modified()
        self._data.GetPoints().Modified()
        self._data.Modified()

    def boxes(self, projection: Projection) -> Floats:
        """Return (n, 4) left, bottom, right, top in pixels of the viewport, of the steps of all lines."""
        if not self._lines:
            return np.zeros((0, 4))
        display = projection.display(self._positions) - projection.origin
        starts, ends = np.delete(display, self._last, axis=0), np.delete(display, self._first, axis=0)
        half = self._width.max() * self._ratio / 2
        boxes: Floats = np.concatenate(
            [np.minimum(starts, ends) - half, np.maximum(starts, ends) + half], axis=1
        )
        return boxes[np.isfinite(boxes).all(axis=1)]

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has."""
        self._ratio = ratio

    def _join(self) -> None:
        """Lay all lines into one set of arrays."""
        bindings = [line.binding for line in self._lines]
        counts = np.array([len(one.triangles) for one in bindings])
        self._binding = Binding(
            np.concatenate([one.triangles for one in bindings]),
            np.concatenate([one.weights for one in bindings]),
            np.concatenate([one.distances for one in bindings]),
        )
        total = int(counts.sum())
        self._last: Ints = np.cumsum(counts) - 1
        self._first: Ints = self._last - counts + 1
        self._start: Ints = np.repeat(self._first, counts)
        self._width = np.repeat([line.width for line in self._lines], counts)
        self._opacity = np.repeat([line.opacity for line in self._lines], counts)
        self._points = np.zeros((2 * total, 3), np.float32)
        self._uv = np.zeros((2 * total, 2), np.float32)
        self._colors = np.zeros((2 * total, 4), np.uint8)
        colors = np.array([rgb(line.color) for line in self._lines], np.uint8)
        self._colors[:, :3] = np.repeat(colors, 2 * counts, axis=0)
        row = np.repeat([STYLES.index(line.style) for line in self._lines], counts)
        self._uv[0::2, 1] = (row + 0.5 / _ROWS) / len(STYLES)
        self._uv[1::2, 1] = (row + 1 - 0.5 / _ROWS) / len(STYLES)
        level = self._figure.full
        self._bound = Bound(self._binding, level.triangles, len(level.mirror))
        self._set_cells(counts)

    def _set_cells(self, counts: Ints) -> None:
        neutral = self._binding.positions(self._figure.full.triangles, self._figure.neutral.vertices)
        row = np.setdiff1d(np.arange(len(neutral) - 1), self._last)
        step = np.linalg.norm(neutral[row + 1] - neutral[row], axis=1)
        usual = np.array(
            [max(np.median(part), 0.5) if len(part) else 1.0 for part in np.split(step, np.cumsum(counts - 1)[:-1])]
        )
        row = row[step < _JUMP * np.repeat(usual, counts - 1)]
        quads = np.stack([2 * row, 2 * row + 1, 2 * row + 3, 2 * row + 2], axis=1)
        set_quads(self._data, self._points, quads, self._colors)
        self._data.GetPointData().SetTCoords(numpy_to_vtk(self._uv))


def _texture() -> vtkTexture:
    """Return the styles one above the other: white in the middle, dark at the edges, softly ending."""
    across = np.abs(np.arange(_ROWS) + 0.5 - _ROWS / 2) / (_ROWS / 2)
    along = (np.arange(_COLUMNS) + 0.5) / _COLUMNS
    picture = np.zeros((len(STYLES) * _ROWS, _COLUMNS, 4))
    core = np.clip((0.62 - across) / 0.2, 0, 1)
    soft = np.clip((0.98 - across) / 0.22, 0, 1) * (0.55 + 0.45 * core)
    for number, style in enumerate(STYLES):
        cover = np.ones(_COLUMNS)
        if style == "dashed":
            cover = np.clip((0.31 - np.abs(along - 0.5)) * 16 + 0.5, 0, 1)
        elif style == "dotted":
            cover = np.clip((0.16 - np.abs((2 * along) % 1 - 0.5) / 2) * 16 + 0.5, 0, 1)
        rows = slice(number * _ROWS, (number + 1) * _ROWS)
        picture[rows, :, :3] = (255 * (0.22 + 0.78 * core))[:, None, None]
        picture[rows, :, 3] = 255 * soft[:, None] * cover
    image, texture = vtkImageData(), vtkTexture()
    image.SetDimensions(_COLUMNS, len(picture), 1)
    scalars = numpy_to_vtk(np.rint(picture).astype(np.uint8).reshape(-1, 4), deep=True)
    image.GetPointData().SetScalars(scalars)
    texture.SetInputData(image)
    texture.InterpolateOn()
    texture.RepeatOn()
    return texture

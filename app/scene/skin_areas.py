"""Areas drawn on the skin: its own triangles in colour, with an edge that is drawn finer than they are.

Each vertex knows how far inside the area it lies, and that distance looks up the colour in a small picture: so the
edge is a smooth line within the triangles, whatever shape or expression the figure has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkTexture

from app.geometry.figure import Floats, Ints, Pose
from app.geometry.surface import vertex_normals
from app.scene.overlay_actor import overlay_actor
from app.scene.theme import rgb

Pattern = Literal["plain", "striped", "hatched", "filled"]
PATTERNS: tuple[Pattern, ...] = ("plain", "striped", "hatched", "filled")

LIFT_MM = 0.3
EDGE_MM = 4.0
"""Depth up to which the picture tells places apart; deeper ones look alike."""
_PERIOD_MM = 5.0  # of stripes
_COLUMNS, _ROWS = 128, 32


@dataclass(frozen=True)
class SkinArea:
    """An area on the skin.

    Attributes:
        vertices: (p,) vertices of the full level.
        corners: (t, 3) rows of `vertices`.
        depths: (p,) mm inside the area, negative outside.
        color: "#rrggbb".
        pattern: so that colour is never the only sign.
        opacity: 0 to 1.

    """

    vertices: Ints
    corners: Ints
    depths: Floats
    color: str
    pattern: Pattern = "plain"
    opacity: float = 1.0


class SkinAreas:
    """Draws the areas of one layer; never renders."""

    def __init__(self, renderer: Any) -> None:
        self._shown = False
        self._data = vtkPolyData()
        self.actor = overlay_actor(renderer, self._data)
        self.actor.SetTexture(_texture())

    def show(self, areas: Sequence[SkinArea], pose: Pose, neutral: Floats) -> None:
        """Draw these areas, on a pose, and no others; stripes are laid on the `neutral` vertices (v, 3).

        Raises:
            ValueError: a colour is none.

        """
        areas = [area for area in areas if len(area.corners)]
        self._shown = bool(areas)
        self.actor.SetVisibility(self._shown)
        if not areas:
            return
        counts = np.array([len(area.vertices) for area in areas])
        before = np.cumsum(counts) - counts
        self._vertices = np.concatenate([area.vertices for area in areas])
        self._corners = np.concatenate(
            [area.corners + first for area, first in zip(areas, before, strict=True)]
        )
        depth = np.clip(np.concatenate([area.depths for area in areas]) / EDGE_MM, -0.96, 0.96)
        block = np.repeat([PATTERNS.index(area.pattern) for area in areas], counts)
        uv = np.empty((len(self._vertices), 2), np.float32)
        uv[:, 0] = (block + (depth + 1) / 2) / len(PATTERNS)
        place = neutral[self._vertices]
        uv[:, 1] = (np.abs(place[:, 0]) * 0.62 + place[:, 1] * 0.78 + place[:, 2] * 0.3) / _PERIOD_MM
        colors = np.array([[*rgb(area.color), round(255 * area.opacity)] for area in areas], np.uint8)
        self._points = np.zeros((len(self._vertices), 3), np.float32)
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(self._points))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, self._corners.size + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(self._corners.ravel().astype(np.int64), deep=True))
        scalars = numpy_to_vtk(np.repeat(colors, counts, axis=0), deep=True)
        scalars.SetName("colors")
        self._data.SetPoints(points)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetTCoords(numpy_to_vtk(uv, deep=True))
        self._data.GetPointData().SetScalars(scalars)
        self.follow(pose)

    def follow(self, pose: Pose) -> None:
        """Move the areas with the skin."""
        if not self._shown:
            return
        places = pose.vertices[self._vertices]
        self._points[:] = places + LIFT_MM * vertex_normals(self._corners, places)
        self._data.GetPoints().GetData().Modified()
        self._data.GetPoints().Modified()
        self._data.Modified()


def _texture() -> vtkTexture:
    """Return the patterns side by side: from left to right ever deeper inside, from bottom to top one period."""
    depth = ((np.arange(_COLUMNS) + 0.5) / _COLUMNS * 2 - 1) * EDGE_MM
    period = (np.arange(_ROWS) + 0.5) / _ROWS
    edge = np.clip((depth + 0.55) / 0.25, 0, 1) * np.clip((0.75 - depth) / 0.25, 0, 1)
    inside = np.clip(depth / 0.25 + 0.5, 0, 1)
    picture = np.zeros((_ROWS, len(PATTERNS) * _COLUMNS, 4))
    for number, pattern in enumerate(PATTERNS):
        repeats = {"striped": 1, "hatched": 2}.get(pattern, 0)
        stripe = np.zeros(_ROWS)
        if repeats:
            stripe = np.clip((0.17 - np.abs((period * repeats) % 1 - 0.5)) * 9 + 0.5, 0, 1)
        fill = (0.5 if pattern == "filled" else 0.30) + 0.40 * stripe[:, None]
        columns = slice(number * _COLUMNS, (number + 1) * _COLUMNS)
        picture[:, columns, :3] = 255 * (1 - 0.35 * edge)[None, :, None]
        picture[:, columns, 3] = 255 * np.maximum(fill * inside[None, :], 0.92 * edge[None, :])
    image, texture = vtkImageData(), vtkTexture()
    image.SetDimensions(picture.shape[1], _ROWS, 1)
    image.GetPointData().SetScalars(numpy_to_vtk(np.rint(picture).astype(np.uint8).reshape(-1, 4), deep=True))
    texture.SetInputData(image)
    texture.InterpolateOn()
    texture.RepeatOn()
    return texture

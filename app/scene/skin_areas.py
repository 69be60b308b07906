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

from app.geometry.figure import Floats, Pose
from app.geometry.fine_triangles import FineTriangles
from app.geometry.surface import vertex_normals
from app.scene.overlay_actor import overlay_actor
from app.scene.theme import rgb

Pattern = Literal["plain", "striped", "hatched", "fibres", "lit fibres"]
PATTERNS: tuple[Pattern, ...] = ("plain", "striped", "hatched", "fibres", "lit fibres")
FIBROUS: tuple[Pattern, ...] = ("fibres", "lit fibres")
"""Patterns whose lines run with the fibres of a muscle."""

LIFT_MM = 0.3
EDGE_MM = 4.0
"""Depth up to which the picture tells places apart; deeper ones look alike."""
_PERIOD_MM = 5.0  # of stripes
_COLUMNS, _ROWS = 128, 32


@dataclass(frozen=True)
class SkinArea:
    """An area on the skin.

    Attributes:
        triangles: on those of the full level.
        depths: (p,) mm inside the area at each of their places, negative outside.
        color: "#rrggbb".
        pattern: so that colour is never the only sign.
        opacity: 0 to 1.
        across: (p,) mm from line to line of the pattern; where none is given, lines slope down to the midline.

    """

    triangles: FineTriangles
    depths: Floats
    color: str
    pattern: Pattern = "plain"
    opacity: float = 1.0
    across: Floats | None = None


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
        areas = [area for area in areas if len(area.triangles.corners)]
        self._shown = bool(areas)
        self.actor.SetVisibility(self._shown)
        if not areas:
            return
        counts = np.array([len(area.depths) for area in areas])
        before = np.cumsum(counts) - counts
        parts = [area.triangles for area in areas]
        self._triangles = FineTriangles(
            np.concatenate([part.sources for part in parts]),
            np.concatenate([part.weights for part in parts]),
            np.concatenate([part.corners + first for part, first in zip(parts, before, strict=True)]),
        )
        depth = np.clip(np.concatenate([area.depths for area in areas]) / EDGE_MM, -0.96, 0.96)
        block = np.repeat([PATTERNS.index(area.pattern) for area in areas], counts)
        uv = np.empty((len(depth), 2), np.float32)
        uv[:, 0] = (block + (depth + 1) / 2) / len(PATTERNS)
        uv[:, 1] = np.concatenate([_across(area, neutral) for area in areas]) / _PERIOD_MM
        colors = np.array([[*rgb(area.color), round(255 * area.opacity)] for area in areas], np.uint8)
        self._points = np.zeros((len(depth), 3), np.float32)
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(self._points))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, self._triangles.corners.size + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(self._triangles.corners.ravel().astype(np.int64), deep=True))
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
        places = self._triangles.places(pose.vertices)
        self._points[:] = places + LIFT_MM * vertex_normals(self._triangles.corners, places)
        self._data.GetPoints().GetData().Modified()
        self._data.GetPoints().Modified()
        self._data.Modified()


def _across(area: SkinArea, neutral: Floats) -> Floats:
    if area.across is not None:
        return area.across
    place = area.triangles.places(neutral)
    sloping: Floats = np.abs(place[:, 0]) * 0.62 + place[:, 1] * 0.78 + place[:, 2] * 0.3
    return sloping


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
        fill = 0.30 + 0.40 * stripe[:, None]
        shade = np.zeros(_ROWS)
        if pattern in FIBROUS:
            # Bundles of two strengths, dark between them.
            shade = 0.5 - 0.30 * np.cos(6 * np.pi * period) - 0.20 * np.cos(10 * np.pi * period + 0.8)
            fill = (0.36 if pattern == "fibres" else 0.55) + 0.30 * shade[:, None]
        columns = slice(number * _COLUMNS, (number + 1) * _COLUMNS)
        picture[:, columns, :3] = 255 * ((1 - 0.35 * edge)[None, :] * (1 - 0.45 * shade)[:, None])[..., None]
        picture[:, columns, 3] = 255 * np.maximum(fill * inside[None, :], 0.92 * edge[None, :])
    image, texture = vtkImageData(), vtkTexture()
    image.SetDimensions(picture.shape[1], _ROWS, 1)
    image.GetPointData().SetScalars(numpy_to_vtk(np.rint(picture).astype(np.uint8).reshape(-1, 4), deep=True))
    texture.SetInputData(image)
    texture.InterpolateOn()
    texture.RepeatOn()
    return texture

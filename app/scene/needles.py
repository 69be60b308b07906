"""Needles in the skin: shafts and handles, all in one actor, going in one after another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Floats, Ints
from app.geometry.needling import Needles
from app.scene.theme import rgb

SHAFT_RADIUS_MM = 0.22
"""Thicker than the 0.05 to 0.1 mm of a real needle, which no screen could show."""

HANDLE_RADIUS_MM, HANDLE_MM = 0.62, 11.0
STEEL, PLAIN_HANDLE = "#c9ced4", "#b98a45"

_FROM_MM = 14.0  # how far from its place a needle starts on its way in
_SIDES = 8
# Rings from tip to end: along the needle, radius; the shaft, then the rounded handle.
_SHAFT, _HANDLE = 2, 5


class NeedleActor:
    """Draws needles in one renderer; never renders."""

    def __init__(self, renderer: Any) -> None:
        self._data = vtkPolyData()
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._data)
        mapper.SetScalarModeToUsePointData()
        self._actor = vtkActor()
        self._actor.SetMapper(mapper)
        self._actor.PickableOff()
        look = self._actor.GetProperty()
        look.SetAmbient(0.25)
        look.SetDiffuse(0.75)
        look.SetSpecular(0.6)
        look.SetSpecularPower(30)
        renderer.AddViewProp(self._actor)
        self._needles: Needles | None = None
        self._colors: tuple[str, ...] = ()
        self._count = 0
        self._actor.VisibilityOff()

    @property
    def count(self) -> int:
        """How many needles are drawn."""
        return self._count

    @property
    def positions(self) -> Floats:
        """(n, 3) all corners that are drawn, mm."""
        points = self._data.GetPoints()
        return (
            np.array([points.GetPoint(number) for number in range(points.GetNumberOfPoints())])
            if points
            else _NONE
        )

    def show(self, needles: Needles, colors: Sequence[str] = ()) -> None:
        """Take these needles, in the order they go in, each handle in a colour like "#b98a45"; draw them all.

        Raises:
            ValueError: a colour is none.

        """
        self._needles = needles
        self._colors = tuple(colors) or (PLAIN_HANDLE,) * len(needles.entries)
        for color in self._colors:
            rgb(color)
        self.show_first(len(needles.entries))

    def show_first(self, count: float) -> None:
        """Draw the first needles; a fraction has the next one on its way in."""
        if self._needles is None:
            return
        whole = int(count)
        share = count - whole
        self._count = min(whole + (share > 0), len(self._needles.entries))
        self._actor.SetVisibility(self._count > 0)
        if self._count:
            self._build(self._needles, self._count, share)

    def hide(self) -> None:
        """Draw no needle."""
        self._needles = None
        self._count = 0
        self._actor.VisibilityOff()

    def _build(self, needles: Needles, count: int, share: float) -> None:
        entries, ways = needles.entries[:count], needles.ways[:count]
        # Where no depth is shown the tip touches the skin and no more.
        depths = np.nan_to_num(needles.depths[:count], nan=0.0)
        tips = entries + depths[:, None] * ways
        if share > 0:
            tips[-1] -= (1 - share) * _FROM_MM * ways[-1]
        points, triangles, normals = _sticks(tips, ways, needles.lengths[:count])
        rings = _SHAFT + _HANDLE
        colors = np.empty((count, rings, _SIDES, 3), np.uint8)
        colors[:, :_SHAFT] = rgb(STEEL)
        colors[:, _SHAFT:] = np.array([rgb(color) for color in self._colors[:count]], np.uint8)[:, None, None]
        place = vtkPoints()
        place.SetData(numpy_to_vtk(points, deep=True))
        cells = vtkCellArray()
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * len(triangles) + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(triangles.ravel(), deep=True))
        self._data.SetPoints(place)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetNormals(numpy_to_vtk(normals, deep=True))
        self._data.GetPointData().SetScalars(numpy_to_vtk(colors.reshape(-1, 3), deep=True))
        self._data.Modified()


_NONE = np.zeros((0, 3))


def _sticks(tips: Floats, ways: Floats, lengths: Floats) -> tuple[Floats, Ints, Floats]:
    """Return corners (n, 3), triangles (t, 3) and normals (n, 3) of needles with tips (m, 3)."""
    count, rings = len(tips), _SHAFT + _HANDLE
    thick = HANDLE_RADIUS_MM
    radii = np.array([SHAFT_RADIUS_MM * 0.3, SHAFT_RADIUS_MM, thick * 0.7, thick, thick, thick * 0.7, 0.0])
    ends = np.array([0.0, 0.4, HANDLE_MM - 0.4, HANDLE_MM])
    along = np.empty((count, rings))
    along[:, 0] = 0.0
    along[:, 1] = lengths
    along[:, 2:6] = lengths[:, None] + ends
    along[:, 6] = lengths + HANDLE_MM
    side = np.cross(ways, [0.0, 1.0, 0.0])
    flat = np.linalg.norm(side, axis=1) < 0.1
    side[flat] = np.cross(ways[flat], [1.0, 0.0, 0.0])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    across = np.cross(ways, side)
    turn = 2 * np.pi * np.arange(_SIDES) / _SIDES
    around = np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * across[:, None]
    middles = tips[:, None] - along[:, :, None] * ways[:, None]
    points = middles[:, :, None] + radii[None, :, None, None] * around[:, None]
    normals = np.broadcast_to(around[:, None], points.shape).copy()
    normals[:, -1] = -ways[:, None]
    ring, corner = np.mgrid[0 : rings - 1, 0:_SIDES]
    a = (ring * _SIDES + corner).ravel()
    b = (ring * _SIDES + (corner + 1) % _SIDES).ravel()
    one = np.concatenate([np.stack([a, a + _SIDES, b], 1), np.stack([b, a + _SIDES, b + _SIDES], 1)])
    triangles = (one[None] + (np.arange(count) * rings * _SIDES)[:, None, None]).reshape(-1, 3)
    return points.reshape(-1, 3), triangles.astype(np.int64), normals.reshape(-1, 3)

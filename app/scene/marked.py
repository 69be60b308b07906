"""Areas of the skin that are marked: left alone today. One actor, a tint that lies on the skin."""

from typing import Any

import numpy as np
from scipy.spatial import cKDTree
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData

from app.geometry.figure import Figure, Floats, Pose
from app.geometry.sites import bindable
from app.geometry.surface import vertex_normals
from app.scene.overlay_actor import overlay_actor

REACH_MM = 42.0
"""No skin farther than this from every point of an area belongs to it."""

_COLOR = (0.78, 0.16, 0.12)
_OPACITY = 105  # of 255
_EDGE_MM = 5.0  # over which it fades
_FAR_MM = 1e6  # farther than anything of a figure
_LIFT_MM = 0.25


class MarkedAreas:
    """Tints the skin around positions; never renders."""

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._figure = figure
        self._skin = figure.full.triangles[bindable(figure)]
        self._data = vtkPolyData()
        self._actor = overlay_actor(renderer, self._data)

    @property
    def triangles(self) -> int:
        """How many triangles are tinted."""
        return int(self._data.GetNumberOfPolys()) if self._actor.GetVisibility() else 0

    def show(self, pose: Pose, inside: Floats, outside: Floats) -> None:
        """Tint the skin of a pose that is nearer to positions `inside` (n, 3) than to `outside` (m, 3).

        No position inside takes the tint away.
        """
        self._actor.SetVisibility(bool(len(inside)))
        if not len(inside):
            return
        vertices = pose.vertices
        distance = cKDTree(inside).query(vertices, distance_upper_bound=REACH_MM)[0]
        others = cKDTree(outside).query(vertices)[0] if len(outside) else np.full(len(vertices), _FAR_MM)
        share = np.minimum((others - distance) / 2, REACH_MM - distance) / _EDGE_MM + 0.5
        share[~np.isfinite(distance)] = 0.0
        near = share > 0
        corners = self._skin[near[self._skin].any(axis=1)]
        used, renumbered = np.unique(corners, return_inverse=True)
        normals = vertex_normals(corners, vertices)[used]
        colors = np.empty((len(used), 4), np.uint8)
        colors[:, :3] = np.array(_COLOR) * 255
        colors[:, 3] = _OPACITY * np.clip(share[used], 0, 1)
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(vertices[used] + _LIFT_MM * normals, deep=True))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * len(corners) + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(renumbered.ravel().astype(np.int64), deep=True))
        self._data.SetPoints(points)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetScalars(numpy_to_vtk(colors, deep=True))
        self._data.Modified()

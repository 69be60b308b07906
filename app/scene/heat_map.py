"""Where answers went wrong, painted on the skin: a soft spot around each place, stronger where it is worse."""

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

SPREAD_MM = 9.0
"""Standard deviation of a spot: about half a cun of the face."""

_LIFT_MM = 0.25
_REACH = 2.6  # standard deviations, beyond which a spot has no colour
# From right to wrong, by strength; told apart in lightness too, so that colour is not the only sign.
_STOPS = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
_COLORS = np.array([[255, 205, 90], [252, 165, 55], [232, 96, 40], [186, 38, 44], [100, 6, 40]], float)
_OPACITY = np.array([0.0, 150.0, 190.0, 210.0, 228.0])


class HeatMap:
    """Paints spots on the skin of one renderer; never renders.

    Attributes:
        painted: how many vertices of the skin have colour now.

    """

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._skin = figure.full.triangles[bindable(figure)]
        self._data = vtkPolyData()
        self._actor = overlay_actor(renderer, self._data)
        self._renderer = renderer
        # VTK draws what is see-through in the order of its list: first, so that markers lie above.
        props = renderer.GetViewProps()
        props.RemoveItem(self._actor)
        props.InsertItem(0, self._actor)
        self.painted = 0

    def show(self, pose: Pose, positions: Floats, strengths: Floats) -> None:
        """Paint spots around positions (n, 3) on a pose, each as strong as its number from 0 to 1; none if n is 0."""
        self.painted = 0
        self._actor.VisibilityOff()
        if not len(positions):
            return
        heat = strength_at(pose.vertices, positions, strengths)
        triangles = self._skin[(heat[self._skin] > 0).any(axis=1)]
        used, corners = np.unique(triangles, return_inverse=True)
        if not len(used):
            return
        normals = vertex_normals(triangles, pose.vertices)[used]
        strong = heat[used]
        colors = np.empty((len(used), 4), np.uint8)
        for channel in range(3):
            colors[:, channel] = np.interp(strong, _STOPS, _COLORS[:, channel])
        colors[:, 3] = np.interp(strong, _STOPS, _OPACITY)
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(pose.vertices[used] + _LIFT_MM * normals, deep=True))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * len(triangles) + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(corners.ravel().astype(np.int64), deep=True))
        scalars = numpy_to_vtk(colors, deep=True)
        scalars.SetName("colors")
        self._data.SetPoints(points)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetScalars(scalars)
        self._data.Modified()
        self._actor.VisibilityOn()
        self.painted = len(used)

    def hide(self) -> None:
        """Take all spots away."""
        self.painted = 0
        self._actor.VisibilityOff()

    def close(self) -> None:
        """Leave the renderer for good."""
        self.hide()
        self._renderer.RemoveViewProp(self._actor)


def strength_at(places: Floats, positions: Floats, strengths: Floats) -> Floats:
    """Return (p,) how strong the colour is at places (p, 3): the strongest of the spots around, fading with distance.

    Not their sum: three points that are known half do not make one that is not known at all.
    """
    heat = np.zeros(len(places))
    near = cKDTree(places).query_ball_point(positions, _REACH * SPREAD_MM)
    edge = np.exp(-0.5 * _REACH**2)
    for position, strength, rows in zip(positions, strengths, near, strict=True):
        if rows and strength > 0:
            squares = ((places[rows] - position) ** 2).sum(axis=1) / SPREAD_MM**2
            # Lowered a little, so that a spot ends in nothing and not in a rim.
            spot = strength * np.clip((np.exp(-0.5 * squares) - edge) / (1 - edge), 0, 1)
            heat[rows] = np.maximum(heat[rows], spot)
    return heat

"""An actor for what is laid over the skin, and the ribbons it draws."""

from typing import Any

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Ints

Coordinates = npt.NDArray[np.float32]
Colors = npt.NDArray[np.uint8]


def overlay_actor(renderer: Any, data: vtkPolyData) -> vtkActor:
    """Return a hidden, unlit, see-through actor that draws the data and is never picked, added to the renderer."""
    mapper, actor = vtkPolyDataMapper(), vtkActor()
    mapper.SetInputData(data)
    actor.SetMapper(mapper)
    actor.ForceTranslucentOn()
    actor.PickableOff()
    actor.VisibilityOff()
    actor.GetProperty().LightingOff()
    renderer.AddViewProp(actor)
    return actor


def set_quads(data: vtkPolyData, points: Coordinates, quads: Ints, colors: Colors) -> None:
    """Have data draw quads: (q, 4) rows of the points (n, 3) with colours (n, 4); it shares the points' memory."""
    places, cells = vtkPoints(), vtkCellArray()
    places.SetData(numpy_to_vtk(points))
    offsets = numpy_to_vtkIdTypeArray(np.arange(0, quads.size + 1, 4), deep=True)
    cells.SetData(offsets, numpy_to_vtkIdTypeArray(quads.ravel().astype(np.int64), deep=True))
    shades = numpy_to_vtk(colors)
    shades.SetName("colors")
    data.SetPoints(places)
    data.SetPolys(cells)
    data.GetPointData().SetScalars(shades)

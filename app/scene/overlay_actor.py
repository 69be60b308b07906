"""An actor for what is laid over the skin."""

from typing import Any

from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper


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

"""The figure's body in the scene: skin and eyes, at the full level or the lighter one."""

from typing import Literal

import numpy as np
import pyvista
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkFiltersSources import vtkSphereSource
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Figure, Floats, Level, Pose
from app.geometry.surface import vertex_normals
from app.scene.light import set_lights

LevelName = Literal["full", "light"]


class Skin:
    """Skin and eyeballs of the figure in one plotter; changes nothing but the scene, renders never."""

    def __init__(self, plotter: pyvista.BasePlotter, figure: Figure) -> None:
        set_lights(plotter)
        self._figure = figure
        self._renderer = plotter.renderer
        self._levels = {"full": _LevelActor(figure.full), "light": _LevelActor(figure.light)}
        self._eyes = [vtkSphereSource() for _ in range(2)]
        for eye in self._eyes:
            eye.SetThetaResolution(32)
            eye.SetPhiResolution(32)
            mapper, actor = vtkPolyDataMapper(), vtkActor()
            mapper.SetInputConnection(eye.GetOutputPort())
            actor.SetMapper(mapper)
            actor.GetProperty().SetColor(0.95, 0.94, 0.93)
            actor.PickableOff()
            self._renderer.AddViewProp(actor)
        for part in self._levels.values():
            self._renderer.AddViewProp(part.actor)
        self.set_level("full")

    def show(self, pose: Pose) -> None:
        """Draw the figure in a pose."""
        self._levels["full"].move(pose.vertices)
        self._levels["light"].move(self._figure.light.matrix @ pose.control[: self._figure.skin_count])
        for source, eye in zip(self._eyes, pose.eyes, strict=True):
            source.SetCenter(*eye.centre)
            source.SetRadius(eye.radius)

    def set_level(self, name: LevelName) -> None:
        """Draw the full level, or the light one where a frame must be quick."""
        for level, part in self._levels.items():
            part.actor.SetVisibility(level == name)

    def set_theme(self, theme: Literal["light", "dark"]) -> None:
        """Suit the light to a bright or a dark background."""
        for part in self._levels.values():
            part.actor.GetProperty().SetAmbient(0.06 if theme == "light" else 0.03)


class _LevelActor:
    """One level of the skin as an actor whose points are moved in place."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._points = np.zeros((len(level.drawn), 3), np.float32)
        self._normals = np.zeros((len(level.drawn), 3), np.float32)
        self._data = vtkPolyData()
        points = vtkPoints()
        points.SetData(numpy_to_vtk(self._points))
        cells = vtkCellArray()
        count = len(level.drawn_triangles)
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * count + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(level.drawn_triangles.ravel().astype(np.int64), deep=True))
        self._data.SetPoints(points)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetNormals(numpy_to_vtk(self._normals))
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._data)
        self.actor = vtkActor()
        self.actor.SetMapper(mapper)
        self.actor.PickableOff()
        look = self.actor.GetProperty()
        look.SetColor(0.86, 0.68, 0.58)
        look.SetSpecular(0.12)
        look.SetSpecularPower(18)

    def move(self, vertices: Floats) -> None:
        level = self._level
        self._points[:] = vertices[level.drawn]
        self._normals[:] = vertex_normals(level.triangles, vertices)[level.drawn]
        self._data.GetPoints().GetData().Modified()
        self._data.GetPoints().Modified()
        self._data.GetPointData().GetNormals().Modified()
        self._data.Modified()

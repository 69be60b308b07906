"""The figure's body in the scene: painted skin at the full or the light level, eyes and lashes."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pyvista
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkIOImage import vtkJPEGReader
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkTexture

from app.domain.places import data_folder
from app.geometry.figure import Figure, FigureProblem, Floats, Ints, Level, Pose
from app.geometry.surface import Normals
from app.scene.eyes import cornea_normals, eyeball, eyeball_colours, lowered, unit_eyeball
from app.scene.lashes import LashRibbons
from app.scene.light import set_lights
from app.scene.projection import Projection

LevelName = Literal["full", "light"]

# Skin lets light through: shadows turn red before they turn dark, and a bright sky and a warm floor reach everywhere.
# The tag is kept, so that VTK writes its own light first; `diffuse` and `specular` are its variables.
_SOFT_LIGHT = """//VTK::Light::Impl
  float sky = 0.5 + 0.5 * normalVCVSOutput.y;
  vec3 around = mix(vec3(0.215, 0.170, 0.150), vec3(0.275, 0.275, 0.285), sky);
  vec3 lit = mix(diffuse, sqrt(diffuse), vec3(0.42, 0.12, 0.04));
  float edge = 1.0 - clamp(normalVCVSOutput.z, 0.0, 1.0);
  gl_FragData[0].rgb = around + lit + specular + edge * edge * edge * sky * vec3(0.16, 0.15, 0.15);
"""


class Skin:
    """Skin, eyeballs and eyelashes of the figure in one plotter; changes nothing but the scene, renders never.

    Attributes:
        actors: all that is drawn, for a second renderer that draws the same.

    """

    def __init__(self, plotter: pyvista.BasePlotter, figure: Figure, software: bool = False) -> None:
        """Put the figure into a plotter; `software` says that no graphics card draws it."""
        set_lights(plotter)
        self._figure = figure
        texture = _skin_texture()
        if software:
            # A graphics card blurs the texture along the slope for nothing; software takes as long for it as for all
            # the rest of the frame.
            texture.SetMaximumAnisotropicFiltering(1.0)
        self._pose: Pose | None = None
        self._stale: set[LevelName] = set()
        self._normals = {name: Normals(level.triangles) for name, level in _levels(figure).items()}
        self._levels = {name: _level_body(level, texture) for name, level in _levels(figure).items()}
        ball, triangles = unit_eyeball()
        self._ball = ball
        self._eyes = [Body(triangles, len(ball)) for _ in range(2)]
        for body, eye in zip(self._eyes, figure.neutral.eyes, strict=True):
            body.paint(eyeball_colours(ball, eye.radius))
            look = body.actor.GetProperty()
            look.SetAmbient(0.18)
            look.SetDiffuse(0.80)
            look.SetSpecular(1.0)
            look.SetSpecularPower(260)
        self._lashes = LashRibbons(figure)
        bodies = (*self._levels.values(), *self._eyes)
        self.actors = (*(body.actor for body in bodies), self._lashes.actor)
        for actor in self.actors:
            plotter.renderer.AddViewProp(actor)
        self.set_level("full")

    def show(self, pose: Pose) -> None:
        """Draw the figure in a pose; the level that is not drawn follows when it is."""
        self._pose = pose
        self._stale = {"full", "light"}
        self._bring(self._level)
        for body, eye in zip(self._eyes, pose.eyes, strict=True):
            ball, normals = eyeball(self._ball, eye.radius), cornea_normals(self._ball, eye.radius)
            body.move(lowered(ball) + eye.centre, lowered(normals))
        self._lashes.follow(pose)

    def place(self, projection: Projection) -> None:
        """Turn to a camera what has to face it."""
        self._lashes.place(projection)

    def set_level(self, name: LevelName) -> None:
        """Draw the full level, or the light one where a frame must be quick."""
        self._level = name
        self._bring(name)
        for level, body in self._levels.items():
            body.actor.SetVisibility(level == name)

    def _bring(self, name: LevelName) -> None:
        """Bring a level to the pose that is shown, unless it has it."""
        if name not in self._stale or self._pose is None:
            return
        self._stale.discard(name)
        level = _levels(self._figure)[name]
        control = self._pose.control[: self._figure.skin_count]
        vertices = self._pose.vertices if name == "full" else level.smooth(control)
        normals = self._normals[name].of(vertices)
        self._levels[name].move(vertices[level.drawn], normals[level.drawn])

    def set_theme(self, theme: Literal["light", "dark"]) -> None:
        """Suit the skin to a bright or a dark background, which eyes take as more or less light around."""
        for body in self._levels.values():
            body.actor.GetProperty().SetDiffuse(0.95 if theme == "light" else 0.86)


class Body:
    """One actor of triangles whose vertices, normals and colours are changed in place."""

    def __init__(self, corners: Ints, count: int) -> None:
        self._points = np.zeros((count, 3), np.float32)
        self._normals = np.zeros((count, 3), np.float32)
        self._data = vtkPolyData()
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(self._points))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, corners.size + 1, 3), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(corners.ravel().astype(np.int64), deep=True))
        self._data.SetPoints(points)
        self._data.SetPolys(cells)
        self._data.GetPointData().SetNormals(numpy_to_vtk(self._normals))
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._data)
        self.actor = vtkActor()
        self.actor.SetMapper(mapper)
        self.actor.PickableOff()

    def move(self, vertices: Floats, normals: Floats) -> None:
        """Move the vertices (count, 3) in mm, with their normals (count, 3)."""
        self._points[:] = vertices
        self._normals[:] = normals
        self._data.GetPoints().GetData().Modified()
        self._data.GetPoints().Modified()
        self._data.GetPointData().GetNormals().Modified()
        self._data.Modified()

    def paint(self, colours: npt.NDArray[np.uint8]) -> None:
        """Colour the vertices (count, 3)."""
        self._data.GetPointData().SetScalars(numpy_to_vtk(colours, deep=True))

    def drape(self, texture: vtkTexture, uv: Floats) -> None:
        """Lay a texture on by coordinates (count, 2)."""
        self._data.GetPointData().SetTCoords(numpy_to_vtk(uv.astype(np.float32), deep=True))
        self.actor.SetTexture(texture)


def _levels(figure: Figure) -> dict[LevelName, Level]:
    return {"full": figure.full, "light": figure.light}


def _level_body(level: Level, texture: vtkTexture) -> Body:
    body = Body(level.drawn_triangles, len(level.drawn))
    body.drape(texture, level.uv)
    look = body.actor.GetProperty()
    look.SetDiffuse(0.92)
    look.SetSpecular(0.10)
    look.SetSpecularPower(14)
    look.SetSpecularColor(1.0, 0.93, 0.88)
    # The skin is closed: its inside is never seen, and software OpenGL draws it at the price of the outside.
    look.BackfaceCullingOn()
    body.actor.GetShaderProperty().AddFragmentShaderReplacement(
        "//VTK::Light::Impl", True, _SOFT_LIGHT, False
    )
    return body


def _skin_texture() -> vtkTexture:
    """Read the painted skin.

    Raises:
        FigureProblem: the picture is missing.

    """
    path = data_folder("meshes") / "skin.jpg"
    if not path.is_file():
        raise FigureProblem(
            f"{path}: the painted skin is missing; install Facepoints again or run meshes/build.py."
        )
    reader, texture = vtkJPEGReader(), vtkTexture()
    reader.SetFileName(str(path))
    texture.SetInputConnection(reader.GetOutputPort())
    texture.InterpolateOn()
    texture.MipmapOn()
    return texture

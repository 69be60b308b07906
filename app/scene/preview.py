"""What a hand is about to do: the point under it, its partner, their name, and the normal of the skin there.

Its own markers beside those of the stage, so that a drag moves one or two of them and leaves the others alone.
"""

import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Floats
from app.geometry.sliding import Place
from app.scene.labels import Labels
from app.scene.markers import Marker, Markers
from app.scene.stage import Stage

NORMAL_MM = 9.0
COLOR = "#1f6b6a"
_NORMAL_COLOR = (0.85, 0.2, 0.1)


class Preview:
    """Markers, names and normals of places that are not part of the set yet; never renders.

    Attributes:
        labels: the names.

    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._markers = _HandMarkers(stage.renderer, stage.figure)
        self.labels = Labels(stage.renderer, self._markers)
        self.labels.set_mode("all")
        self._data, self._normals = _lines()
        stage.renderer.AddViewProp(self._normals)
        # The stage lays its own markers out when a frame begins; so do these.
        own = weakref.ref(self)

        def on_start(_renderer: object, _event: str) -> None:
            alive = own()
            if alive is not None:
                alive._prepare_frame()

        self.show(())
        self._observer: int | None = stage.renderer.AddObserver("StartEvent", on_start)

    def show(
        self, places: Sequence[Place], color: str = COLOR, shape: str = "ring", names: Sequence[str] = ()
    ) -> None:
        """Show these places of the neutral figure with their normals; none takes everything away.

        `names` are written beside them, in their order; places beyond the last one have none.
        """
        positions = np.array([place.position for place in places], float).reshape(-1, 3)
        normals = np.array([place.normal for place in places], float).reshape(-1, 3)
        self._markers.show_at(positions, normals, color, shape)
        self.labels.show(dict(enumerate(names)))
        self._draw_normals(positions, normals)

    def _prepare_frame(self) -> None:
        stage = self._stage
        self._markers.place(stage.projection)
        self.labels.look_like(stage.labels)
        self.labels.layout(stage.projection, stage.sight)

    def close(self) -> None:
        """Let go of the renderer."""
        self.show(())
        if self._observer is not None:
            self._stage.renderer.RemoveObserver(self._observer)
            self._observer = None
        for actor in (*self._markers.actors, self.labels.actor, self._normals):
            self._stage.renderer.RemoveViewProp(actor)

    def _draw_normals(self, positions: Floats, normals: Floats) -> None:
        count = len(positions)
        self._normals.SetVisibility(count > 0)
        if not count:
            return
        ends = np.empty((2 * count, 3))
        ends[0::2], ends[1::2] = positions, positions + NORMAL_MM * normals
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(ends, deep=True))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 2 * count + 1, 2), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(np.arange(2 * count), deep=True))
        self._data.SetPoints(points)
        self._data.SetLines(cells)


class _HandMarkers(Markers):
    """Markers at places that are known already: binding them anew for each move of a mouse would take too long."""

    def show_at(self, positions: Floats, normals: Floats, color: str, shape: str) -> None:
        """Draw a marker at each position (n, 3) with its normal (n, 3)."""
        count = len(positions)
        self._sprites.make_room()
        self.shown = tuple(Marker(number, (color,), shape) for number in range(count))
        self.positions, self.normals = positions, normals
        self._spacing = np.full(count, np.inf)
        self._selected = tuple(range(count))
        self._places = np.array([self._sprites.marker(shape, (color,), False)] * count, np.int64).reshape(
            -1, 4
        )
        self._quads.resize(count)
        self.actors[1].SetVisibility(count > 0)
        self._choose_halos()


def _lines() -> tuple[Any, Any]:
    data, mapper, actor = vtkPolyData(), vtkPolyDataMapper(), vtkActor()
    mapper.SetInputData(data)
    actor.SetMapper(mapper)
    actor.PickableOff()
    actor.SetVisibility(False)
    appearance = actor.GetProperty()
    appearance.SetColor(*_NORMAL_COLOR)
    appearance.SetLineWidth(2.0)
    appearance.LightingOff()
    return data, actor

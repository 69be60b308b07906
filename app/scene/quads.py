"""Textured rectangles: one sheet of little pictures, and rectangles that each show one of them."""

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkTexture

from app.geometry.figure import Floats

Pixels = npt.NDArray[np.uint8]

_ROWS_AT_FIRST = 128


class Sheet:
    """A texture that little pictures are added to; it grows downwards and never moves what is on it.

    Attributes:
        texture: what an actor is given.

    """

    def __init__(self, width: int) -> None:
        """Make an empty sheet; it is for pictures that are drawn about as large as they are."""
        self.texture = vtkTexture()
        self.texture.InterpolateOn()
        self.texture.RepeatOff()
        self._width = width
        self.clear()

    def clear(self) -> None:
        """Take every picture off the sheet."""
        self._shelf = (0, 0, 0)  # left end, lower edge and height of the row being filled
        self._allocate(_ROWS_AT_FIRST)

    def add(self, picture: Pixels) -> tuple[int, int, int, int]:
        """Put a picture (h, w, 4), row 0 at the bottom, on the sheet; return left, bottom, width, height in pixels."""
        height, width = picture.shape[:2]
        left, bottom, tall = self._shelf
        if left + width > self._width:
            left, bottom, tall = 0, bottom + tall, 0
        tall = max(tall, height)
        rows = len(self._pixels)
        if bottom + tall > rows:
            while bottom + tall > rows:
                rows *= 2
            before = self._pixels
            self._allocate(rows)
            self._pixels[: len(before)] = before
        self._pixels[bottom : bottom + height, left : left + width] = picture
        self._shelf = (left + width, bottom, tall)
        self._image.GetPointData().GetScalars().Modified()
        self._image.Modified()
        return left, bottom, width, height

    @property
    def rows(self) -> int:
        """Rows of pixels the sheet has now."""
        return len(self._pixels)

    def corners(self, places: npt.NDArray[np.int64]) -> Floats:
        """Return (n, 4, 2) texture coordinates of pictures at places (n, 4), anticlockwise from the lower left."""
        left, bottom, width, height = places.T.astype(float)
        scale = np.array([self._width, self.rows])
        x = np.stack([left, left + width, left + width, left], axis=1)
        y = np.stack([bottom, bottom, bottom + height, bottom + height], axis=1)
        uv: Floats = np.stack([x, y], axis=2) / scale
        return uv

    def _allocate(self, rows: int) -> None:
        self._pixels: Pixels = np.zeros((rows, self._width, 4), np.uint8)
        self._image = vtkImageData()
        self._image.SetDimensions(self._width, rows, 1)
        self._image.GetPointData().SetScalars(numpy_to_vtk(self._pixels.reshape(-1, 4)))
        self.texture.SetInputData(self._image)


class Quads:
    """Rectangles with a picture each, as poly data whose arrays are written in place.

    Attributes:
        data: what a mapper is given.
        points: (n, 4, 3) corners, anticlockwise from the lower left.
        uv: (n, 4, 2) texture coordinates.
        colors: (n, 4, 4) red, green, blue and opacity that the picture is multiplied by.

    """

    def __init__(self) -> None:
        self.data = vtkPolyData()
        self._allocate(0)

    def __len__(self) -> int:
        return len(self.points)

    def resize(self, count: int) -> None:
        """Have `count` rectangles, all to be filled anew; keeps the arrays where the count is unchanged."""
        if count != len(self):
            self._allocate(count)

    def changed(self) -> None:
        """Tell VTK that the arrays were written."""
        of_points = self.data.GetPointData()
        for array in (self.data.GetPoints().GetData(), of_points.GetTCoords(), of_points.GetScalars()):
            array.Modified()
        self.data.GetPoints().Modified()
        self.data.Modified()

    def _allocate(self, count: int) -> None:
        self.points = np.zeros((count, 4, 3), np.float32)
        self.uv = np.zeros((count, 4, 2), np.float32)
        self.colors = np.full((count, 4, 4), 255, np.uint8)
        points, cells = vtkPoints(), vtkCellArray()
        points.SetData(numpy_to_vtk(self.points.reshape(-1, 3)))
        offsets = numpy_to_vtkIdTypeArray(np.arange(0, 4 * count + 1, 4), deep=True)
        cells.SetData(offsets, numpy_to_vtkIdTypeArray(np.arange(4 * count), deep=True))
        colors = numpy_to_vtk(self.colors.reshape(-1, 4))
        colors.SetName("colors")
        self.data.SetPoints(points)
        self.data.SetPolys(cells)
        self.data.GetPointData().SetTCoords(numpy_to_vtk(self.uv.reshape(-1, 2)))
        self.data.GetPointData().SetScalars(colors)

"""An image as the bytes of a PNG or JPEG file."""

from typing import Any

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkIOImage import vtkJPEGWriter, vtkPNGWriter


def png_bytes(image: npt.NDArray[np.uint8]) -> bytes:
    """Return the PNG of an image (h, w, 3), its first row on top."""
    return _written(image, vtkPNGWriter())


def jpeg_bytes(image: npt.NDArray[np.uint8], quality: int) -> bytes:
    """Return the JPEG of an image (h, w, 3), its first row on top; quality from 0 to 100."""
    writer = vtkJPEGWriter()
    writer.SetQuality(quality)
    return _written(image, writer)


def _written(image: npt.NDArray[np.uint8], writer: Any) -> bytes:
    height, width = image.shape[:2]
    data = vtkImageData()
    data.SetDimensions(width, height, 1)
    data.GetPointData().SetScalars(numpy_to_vtk(image[::-1].reshape(-1, 3), deep=True))
    writer.SetInputData(data)
    writer.WriteToMemoryOn()
    writer.Write()
    written: bytes = vtk_to_numpy(writer.GetResult()).tobytes()
    return written

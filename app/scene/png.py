"""An image as the bytes of a PNG file."""

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkIOImage import vtkPNGWriter


def png_bytes(image: npt.NDArray[np.uint8]) -> bytes:
    """Return the PNG of an image (h, w, 3), its first row on top."""
    height, width = image.shape[:2]
    data, writer = vtkImageData(), vtkPNGWriter()
    data.SetDimensions(width, height, 1)
    data.GetPointData().SetScalars(numpy_to_vtk(image[::-1].reshape(-1, 3), deep=True))
    writer.SetInputData(data)
    writer.WriteToMemoryOn()
    writer.Write()
    written: bytes = vtk_to_numpy(writer.GetResult()).tobytes()
    return written

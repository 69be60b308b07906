"""Pictures of a stage as numbers, and where two of them differ."""

import numpy as np
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkRenderingCore import vtkWindowToImageFilter

from app.scene.stage import Stage


def shot(stage: Stage) -> np.ndarray:
    """Return (h, w, 3) a picture of the stage, row 0 at the bottom."""
    window = stage.renderer.GetRenderWindow()
    window.Render()
    grab = vtkWindowToImageFilter()
    grab.SetInput(window)
    grab.ReadFrontBufferOff()
    grab.Update()
    image = grab.GetOutput()
    width, height, _ = image.GetDimensions()
    return vtk_to_numpy(image.GetPointData().GetScalars()).reshape(height, width, -1)[:, :, :3].astype(int)


def changed(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of the pixels that differ."""
    return np.nonzero(np.abs(one - other).sum(axis=2) > 24)

"""OpenGL without a display."""

import os
import sys

import vtkmodules.vtkRenderingOpenGL2  # noqa: F401  # makes vtkRenderWindow() one that draws
from vtkmodules.vtkCommonCore import vtkLogger
from vtkmodules.vtkRenderingCore import vtkRenderWindow


def can_draw_offscreen() -> bool:
    """Choose how to draw without a display and return whether anything can be drawn.

    VTK reaches for the X server first and complains where there is none, so EGL is named where DISPLAY is not set.
    Without any OpenGL VTK ends the process at its first picture: a context is made here to find out before that.
    """
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    verbosity = vtkLogger.GetCurrentVerbosityCutoff()
    vtkLogger.SetStderrVerbosity(vtkLogger.VERBOSITY_OFF)
    try:
        window = vtkRenderWindow()
        window.SetOffScreenRendering(True)
        window.SetSize(8, 8)
        window.Initialize()
        window.MakeCurrent()
        usable = bool(window.IsCurrent())
        window.Finalize()
    finally:
        vtkLogger.SetStderrVerbosity(verbosity)
    return usable

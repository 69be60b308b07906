"""What OpenGL the machine offers, asked once before anything is drawn with it."""

from functools import cache

from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QSurfaceFormat

_GL_RENDERER = 0x1F01
LEAST = (3, 2)
"""The OpenGL version VTK needs."""


def surface_format() -> QSurfaceFormat:
    """The format VTK draws in. It must be the default before the QApplication makes the context that all share."""
    wanted = QSurfaceFormat()
    wanted.setRenderableType(QSurfaceFormat.RenderableType.OpenGL)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    wanted.setVersion(*LEAST)
    return wanted


@cache
def renderer_name() -> str | None:
    """The name of the renderer, "llvmpipe ..." for one in software; None without OpenGL 3.2."""
    wanted = surface_format()
    context = QOpenGLContext()
    context.setFormat(wanted)
    surface = QOffscreenSurface()
    surface.setFormat(wanted)
    surface.create()
    if not context.create() or not surface.isValid() or not context.makeCurrent(surface):
        return None
    got = context.format()
    name = context.functions().glGetString(_GL_RENDERER)
    context.doneCurrent()
    surface.destroy()
    return str(name or "unknown") if (got.majorVersion(), got.minorVersion()) >= LEAST else None

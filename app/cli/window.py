"""`facepoints [FILE.points.json]`: opens the window."""

import ctypes
import os
import sys
from pathlib import Path

from app.cli.problems import FAILED, CommandProblem


def open_window(file: str | None) -> int:
    """Open the window, with a set of points if one is named, and return the exit code once it is closed.

    Raises:
        CommandProblem: the file does not exist, or there is no display.

    """
    path = None if file is None else Path(file)
    if path is not None and not path.exists():
        raise CommandProblem(
            f"{path}: there is no such file and no such command; check its name, or see facepoints --help."
        )
    missing = _missing_display()
    if missing:
        raise CommandProblem(
            f"there is no display for the window ({missing}); start it on a desktop, or write a picture with: "
            "facepoints render picture.png --goal lines --labels.",
            FAILED,
        )
    from app.ui.application import run

    return run(path)


def _missing_display() -> str:
    """Say why Qt cannot find a screen; nothing where it can, or was told to do without one."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY")
    if not display:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return "" if _answers() else f"DISPLAY is {display}, but no X server answers there"


def _answers() -> bool:
    """Whether the X server of DISPLAY can be reached. Qt would end the program without a word that helps."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # nothing to ask with: Qt will tell what it misses
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed

"""`facepoints [FILE.points.json]`: opens the window."""

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
    if not _has_display():
        raise CommandProblem(
            "there is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set); start it on a "
            "desktop, or write a picture with: facepoints render picture.png --goal lines --labels.",
            FAILED,
        )
    from app.ui.application import run

    return run(path)


def _has_display() -> bool:
    """Whether Qt can find a screen, or was told to do without one."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

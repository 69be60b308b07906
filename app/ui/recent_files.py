"""The point sets that were opened last, and where file dialogs begin."""

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QSettings, QStandardPaths

MOST = 8


class RecentFiles:
    """Paths, the last one first, kept from one start to the next."""

    def __init__(self) -> None:
        folder = platformdirs.user_config_path("facepoints", appauthor=False)
        self._store = QSettings(str(folder / "recent.ini"), QSettings.Format.IniFormat)

    def paths(self) -> list[Path]:
        """Those that are still there."""
        stored: Any = self._store.value("paths")
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(name) for name in names if isinstance(name, str) and Path(name).exists()]

    def add(self, path: Path) -> None:
        """Put a path first; the next file dialog begins beside it."""
        own = str(path.resolve())
        names = [own, *(str(one) for one in self.paths() if str(one) != own)]
        self._store.setValue("paths", names[:MOST])
        self.used(path)

    @property
    def folder(self) -> Path:
        """Where a file dialog begins: the folder that was used last, at first the user's documents, or home."""
        stored = self._store.value("folder")
        if isinstance(stored, str) and Path(stored).is_dir():
            return Path(stored)
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return documents if documents.is_dir() else Path.home()

    def used(self, path: Path) -> None:
        """Begin the next file dialog where this file lies."""
        self._store.setValue("folder", str(path.resolve().parent))
        self._store.sync()


def file_name(title: str, ending: str) -> str:
    """A name for a file that every system takes, made of a title; the ending without its first dot."""
    plain = "".join(letter if letter.isalnum() or letter in " -" else " " for letter in title)
    return f"{'-'.join(plain.lower().split()) or 'untitled'}.{ending}"

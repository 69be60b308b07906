"""The point sets that were opened last."""

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QSettings

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
        """Put a path first."""
        own = str(path.resolve())
        names = [own, *(str(one) for one in self.paths() if str(one) != own)]
        self._store.setValue("paths", names[:MOST])
        self._store.sync()

"""Files in the program's own folder: what is not saved yet, and which files are open in a window."""

import contextlib
import hashlib
import logging
import os
import uuid
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile

from app.domain.problems import FileProblem
from app.domain.recovery import Recovery, read_recovery, write_recovery

logger = logging.getLogger(__name__)


def state_folder(name: str) -> Path:
    """A folder in the user's state folder, made if need be. Raises FileProblem where that cannot be."""
    folder = platformdirs.user_state_path("facepoints", appauthor=False) / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"it cannot be made ({error.strerror})"
        raise FileProblem(folder, "the folder", problem, "check its permissions") from None
    return folder


class FileLock:
    """Says that a file is open in this window. A lock whose program has died does not count."""

    def __init__(self, path: Path) -> None:
        key = hashlib.sha256(os.path.realpath(path).encode()).hexdigest()[:24]
        self._lock: QLockFile | None = None
        try:
            self._lock = _locked(state_folder("open") / f"{key}.lock")
        except FileProblem as problem:
            # Without the folder nobody else can have it open this way either.
            logger.warning("%s", problem)
            self._unknown = True
        else:
            self._unknown = False

    @property
    def held(self) -> bool:
        """Whether this window has the file for itself."""
        return self._unknown or self._lock is not None

    def release(self) -> None:
        """Let others have the file."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


class RecoverySlot:
    """The recovery file of one window, locked for as long as the window lives. Raises FileProblem."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or state_folder("recovery") / f"{uuid.uuid4().hex[:12]}.json"
        self._lock = _locked(self._file.with_suffix(".lock"))

    def write(self, recovery: Recovery) -> None:
        """Replace what the slot holds. Raises FileProblem."""
        write_recovery(self._file, recovery)

    def drop(self) -> None:
        """Forget it."""
        with contextlib.suppress(OSError):
            self._file.unlink()
        if self._lock is not None:
            self._lock.unlock()


class Orphan:
    """What a window that died has left, held by this one until it is taken over or thrown away."""

    def __init__(self, file: Path, lock: QLockFile, recovery: Recovery) -> None:
        self.recovery = recovery
        self._file = file
        self._lock = lock

    def drop(self) -> None:
        """Throw it away; what was taken over has a recovery file of its own."""
        with contextlib.suppress(OSError):
            self._file.unlink()
        self._lock.unlock()

    def keep(self) -> None:
        """Leave it for the next start."""
        self._lock.unlock()


def orphans() -> list[Orphan]:
    """What windows that died have left, the newest first. Files that cannot be read are logged and left alone."""
    try:
        folder = state_folder("recovery")
    except FileProblem as problem:
        logger.warning("%s", problem)
        return []
    found = []
    for file in folder.glob("*.json"):
        lock = _locked(file.with_suffix(".lock"))
        if lock is None:
            continue  # Its window is alive.
        try:
            found.append(Orphan(file, lock, read_recovery(file)))
        except FileProblem as problem:
            logger.warning("%s", problem)
            lock.unlock()
    return sorted(found, key=lambda orphan: orphan.recovery.saved_at, reverse=True)


def has_orphans() -> bool:
    """Whether a window that died has left anything."""
    found = orphans()
    for orphan in found:
        orphan.keep()
    return bool(found)


def _locked(file: Path) -> QLockFile | None:
    lock = QLockFile(str(file))
    lock.setStaleLockTime(0)
    return lock if lock.tryLock(0) else None

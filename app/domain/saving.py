"""Saving over a file that others may change too: noticed before it is overwritten, the last version kept."""

import hashlib
from pathlib import Path

from app.domain.canonical import canonical_json
from app.domain.codec import parse_document, write_document
from app.domain.document import Document
from app.domain.problems import FileProblem
from app.domain.storage import read_bytes, write_bytes

BACKUP = ".bak"
"""Added to the name of a file for its last version."""


class ChangedOnDisk(FileProblem):
    """The file is not what it was when it was read or written last; nothing was written."""


def fingerprint(path: Path) -> str | None:
    """What a file holds, in a few letters; None where there is no file that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def save_document(path: Path, document: Document, seen: str | None, overwrite: bool = False) -> str:
    """Write a document over the file that was seen, and keep that as a backup. The file is always old or new, whole.

    `seen` is the file's fingerprint when it was read or written last, None for a file that was not there. Returns the
    new fingerprint. Raises ChangedOnDisk where the file is another now, unless told to overwrite it, and FileProblem
    where it cannot be written; the file that was there is then untouched.
    """
    found = fingerprint(path)
    if found != seen and not overwrite:
        problem = "another program changed the file meanwhile" if found else "the file is gone"
        raise ChangedOnDisk(path, "the file", problem, "save under another name, or overwrite it")
    if found is not None:
        write_bytes(path.with_name(path.name + BACKUP), read_bytes(path))
    write_document(path, document)
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def open_document(path: Path) -> tuple[Document, str]:
    """The document in a file, and the fingerprint of what was read. Raises FileProblem."""
    data = read_bytes(path)
    return parse_document(data, path), hashlib.sha256(data).hexdigest()

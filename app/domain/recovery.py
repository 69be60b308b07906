"""What an unsaved set is kept as until it is saved: one file each in a folder of the program's own."""

import json
from pathlib import Path
from typing import Any

import msgspec

from app.domain.canonical import plain
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.problems import FileProblem
from app.domain.storage import parse_json, read_bytes, write_bytes

KIND = "facepoints recovery"


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """An unsaved set.

    Attributes:
        document: the set as it was.
        path: the file it belongs to, None for one that was never saved.
        seen: fingerprint of that file when it was read or written last.
        saved_at: when this was written, as text for people.
    """

    document: Document
    path: Path | None
    seen: str | None
    saved_at: str


def write_recovery(file: Path, recovery: Recovery) -> None:
    """Write a recovery file, whole or not at all. Raises FileProblem."""
    raw = {
        "kind": KIND,
        "path": None if recovery.path is None else str(recovery.path),
        "seen": recovery.seen,
        "saved_at": recovery.saved_at,
        "document": plain(recovery.document),
    }
    write_bytes(file, msgspec.json.encode(raw))  # For no one's eyes, and every few seconds: in one line.


def read_recovery(file: Path) -> Recovery:
    """What a recovery file holds. Raises FileProblem."""
    raw: Any = parse_json(read_bytes(file), file)
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise FileProblem(file, "kind", "this is no recovery file of Facepoints", "delete it")
    document = parse_document(json.dumps(raw.get("document")).encode(), file)
    path, seen = raw.get("path"), raw.get("seen")
    return Recovery(
        document=document,
        path=Path(path) if isinstance(path, str) else None,
        seen=seen if isinstance(seen, str) else None,
        saved_at=str(raw.get("saved_at", "")),
    )

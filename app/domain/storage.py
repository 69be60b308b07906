"""Bytes and JSON of one file, whatever it holds. A file on disk is always the old one or the new one, whole."""

import codecs
import contextlib
import errno
import json
import os
from pathlib import Path
from typing import Any

import msgspec

from app.domain.explain import explain_syntax
from app.domain.problems import FileProblem

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path) -> bytes:
    """What is in a file. Raises FileProblem if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(path, "the file", "it does not exist", "check its name and folder") from None
    except IsADirectoryError:
        raise FileProblem(path, "the file", "it is a folder", "name a file in it") from None
    except OSError as error:
        problem = f"it cannot be read ({_reason(error)})"
        raise FileProblem(path, "the file", problem, "check its permissions") from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file atomically: to a file beside it, to the disk, then into its place.

    Raises FileProblem when the folder cannot be written or the disk is full; the file that was there is untouched.
    """
    path = Path(os.path.realpath(path))  # A link stays a link: its target is what gets replaced.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_durably(temporary, data, _mode_of(path))
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        problem = f"the file cannot be written there ({_reason(error)})"
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "free some space, or choose another folder" if full else "choose another folder"
        raise FileProblem(path, "", problem, remedy) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def text_of(data: bytes, path: Path) -> str:
    """Bytes as text: UTF-8, or UTF-16 where they begin with its mark. Raises FileProblem, which names the line."""
    try:
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"line {data.count(bytes([10]), 0, error.start) + 1}"
        remedy = "save the file again with the encoding UTF-8"
        raise FileProblem(path, place, "the text is not in UTF-8", remedy) from None


def encoding_notes(path: Path) -> tuple[str, ...]:
    """What to know of the encoding of a file that was read: nothing of one that is written as it was read."""
    with path.open("rb") as file:
        other = file.read(2).startswith(_UTF_16)
    return (f"{path.name} is in UTF-16; what is saved is in UTF-8.",) if other else ()


def parse_json(data: bytes, path: Path) -> Any:
    """JSON as plain lists and dicts; `path` is named in problems. Raises FileProblem."""
    text = text_of(data, path)
    try:
        raw = msgspec.json.decode(text)
        _check_keys(text, path)
    except (msgspec.DecodeError, RecursionError) as error:
        raise explain_syntax(error, text, path) from None
    return raw


def check_version(version: Any, newest: int, path: Path) -> None:
    """Refuse a version that is none, or newer than `newest`. Raises FileProblem."""
    if type(version) is not int or version < 1:
        problem = "there is no version" if version is None else f"{str(version)[:40]!r} is not a version"
        raise FileProblem(path, "version", problem, f'write "version": {newest}')
    if version > newest:
        problem = f"the file is of version {version}, newer than this program, which reads up to {newest}"
        raise FileProblem(path, "version", problem, "update Facepoints to open it")


def _check_keys(text: str, path: Path) -> None:
    """A name twice in one object is refused: the decoder keeps the last one only, the other would be lost."""

    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            own = record.get("code", record.get("id"))
            place = f"the entry {own}" if isinstance(own, str) else f'the entry with the field "{twice}"'
            raise FileProblem(
                path, place, f'the field "{twice}" stands there twice', "take one of the two out"
            )
        return record

    json.loads(text, object_pairs_hook=check, parse_int=str, parse_float=str)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _mode_of(path: Path) -> int:
    """Permissions of the file that is replaced, or those of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o666


def _write_durably(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

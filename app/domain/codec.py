"""Reading and writing one file. A file on disk is always the old one or the new one, whole."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import msgspec

from app.domain.canonical import canonical_json
from app.domain.document import FORMAT, NAMED_LISTS, VERSION, Document
from app.domain.explain import explain_syntax, explain_value, place_of
from app.domain.problems import FileProblem
from app.domain.unknown import lift_unknown
from app.domain.versions import migrate


def read_document(path: Path) -> Document:
    """The document in a file. Raises FileProblem for everything that can be wrong with it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(path, "the file", "it does not exist", "check its name and folder") from None
    except IsADirectoryError:
        raise FileProblem(path, "the file", "it is a folder", "name a file in it") from None
    except OSError as error:
        problem = f"it cannot be read ({_reason(error)})"
        raise FileProblem(path, "the file", problem, "check its permissions") from None
    return parse_document(data, path)


def parse_document(data: bytes, path: Path) -> Document:
    """The document in the bytes of a file; `path` is named in problems. Raises FileProblem."""
    raw = _parse_json(data, path)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        remedy = f'open a file that begins with "format": "{FORMAT}"'
        raise FileProblem(path, "format", "this is not a Facepoints file", remedy)
    _check_version(raw.get("version"), path)
    raw = migrate(raw)
    lift_unknown(raw, Document)
    try:
        document = msgspec.convert(raw, Document)
    except msgspec.ValidationError as error:
        raise explain_value(error, raw, path) from None
    _check_names(document, path)
    return document


def write_document(path: Path, document: Document) -> None:
    """Write a document in canonical form, atomically: to a file beside it, to the disk, then into its place.

    Coordinates are rounded to 0.001 mm. Raises FileProblem when the document could not be read back or the
    folder cannot be written; the file that was there is then untouched.
    """
    try:
        data = canonical_json(document).encode()
    except ValueError as error:
        raise explain_value(error, document, path) from None
    except RecursionError:
        problem = "unknown fields are nested too deeply to be written"
        raise FileProblem(path, "the document", problem, "take them out") from None
    parse_document(data, path)
    path = Path(os.path.realpath(path))  # A link stays a link: its target is what gets replaced.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_durably(temporary, data, _mode_of(path))
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        problem = f"the file cannot be written there ({_reason(error)})"
        raise FileProblem(path, "the folder", problem, "choose another folder") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _parse_json(data: bytes, path: Path) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"line {data.count(bytes([10]), 0, error.start) + 1}"
        remedy = "save the file again with the encoding UTF-8"
        raise FileProblem(path, place, "the text is not in UTF-8", remedy) from None
    try:
        raw = msgspec.json.decode(text)
        _check_keys(text, path)
    except (msgspec.DecodeError, RecursionError) as error:
        raise explain_syntax(error, text, path) from None
    return raw


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


def _check_version(version: Any, path: Path) -> None:
    if type(version) is not int or version < 1:
        problem = "there is no version" if version is None else f"{str(version)[:40]!r} is not a version"
        raise FileProblem(path, "version", problem, f'write "version": {VERSION}')
    if version > VERSION:
        problem = f"the file is of version {version}, newer than this program, which reads up to {VERSION}"
        raise FileProblem(path, "version", problem, "update Facepoints to open it")


def _check_names(document: Document, path: Path) -> None:
    """Two records of one name in one list are refused: which of them counts would be chance."""
    for name, key in NAMED_LISTS.items():
        first: dict[str, int] = {}
        for index, record in enumerate(getattr(document, name)):
            own = getattr(record, key)
            if own in first:
                problem = f"the {key} {own} is used twice, first in {name}[{first[own]}]"
                remedy = f"give one of them another {key} or take it out"
                raise FileProblem(path, place_of([name, index], document), problem, remedy)
            first[own] = index


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

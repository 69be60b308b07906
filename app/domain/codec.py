"""Reading and writing one document."""

from pathlib import Path

import msgspec

from app.domain.canonical import canonical_json
from app.domain.document import FORMAT, NAMED_LISTS, VERSION, Document
from app.domain.explain import explain_value, place_of
from app.domain.problems import FileProblem
from app.domain.storage import check_version, parse_json, read_bytes, write_bytes
from app.domain.unknown import lift_unknown
from app.domain.versions import migrate


def read_document(path: Path) -> Document:
    """The document in a file. Raises FileProblem for everything that can be wrong with it."""
    return parse_document(read_bytes(path), path)


def parse_document(data: bytes, path: Path) -> Document:
    """The document in the bytes of a file; `path` is named in problems. Raises FileProblem."""
    raw = parse_json(data, path)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        remedy = f'open a file that begins with "format": "{FORMAT}"'
        raise FileProblem(path, "format", "this is not a Facepoints file", remedy)
    check_version(raw.get("version"), VERSION, path)
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
    write_bytes(path, data)


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

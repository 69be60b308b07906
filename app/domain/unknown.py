"""Unknown fields: lifted into `Record.extra` before decoding, laid back flat by the encoding."""

from functools import cache
from typing import Any

from msgspec.structs import fields

from app.domain.annotations import record_in
from app.domain.record import Extra, Record


@cache
def _shape(kind: type[Record]) -> tuple[frozenset[str], tuple[tuple[str, type[Record]], ...]]:
    """Names a file may use for the known fields of `kind`, and those of them that hold records."""
    known = [field for field in fields(kind) if field.name != "extra"]
    nested = [(field.encode_name, record_in(field.type)) for field in known]
    return (
        frozenset(field.encode_name for field in known),
        tuple((name, record) for name, record in nested if record is not None),
    )


def lift_unknown(raw: Any, kind: type[Record]) -> None:
    """Move the unknown fields of `raw` and of every record in it under the key `extra`, in place.

    `raw` is JSON as plain lists and dicts. What does not have the shape of a record is left as it is:
    decoding says what is wrong with it. A field of the file that is itself called "extra" is unknown too.
    """
    if not isinstance(raw, dict):
        return
    known, nested = _shape(kind)
    unknown = [key for key in raw if key not in known]
    if unknown:
        raw["extra"] = Extra({key: raw.pop(key) for key in unknown})
    for name, record in nested:
        value = raw.get(name)
        if isinstance(value, list):
            for item in value:
                lift_unknown(item, record)
        elif isinstance(value, dict):
            lift_unknown(value, record)

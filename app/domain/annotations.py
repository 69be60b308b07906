"""Reading the types of records: which record or which words a field holds."""

from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

from msgspec.structs import fields

from app.domain.record import Record


def record_in(annotation: Any) -> type[Record] | None:
    """The record class inside an annotation such as `tuple[Point, ...]` or `Length | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part))), None)


def words_at(kind: type[Record], names: Iterable[str]) -> tuple[str, ...]:
    """The words allowed in a field that is reached through the given field names; empty if it is no choice."""
    annotation: Any = kind
    for name in names:
        record = record_in(annotation)
        types = {field.encode_name: field.type for field in fields(record)} if record else {}
        annotation = types.get(name)
    return _words(annotation)


def _words(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(word for word in get_args(annotation) if word)
    return next((found for part in get_args(annotation) if (found := _words(part))), ())

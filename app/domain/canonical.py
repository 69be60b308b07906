"""Canonical JSON: one document has one text, made to be read and edited by people, line by line.

UTF-8 with readable Chinese and pinyin, two spaces of indent, a newline at the end. Records stand open,
what is inside them stands on one line where it fits. Known fields come in the order of the types, unknown
ones after them in the order of the file. Fields that hold their default are left out.
"""

import json
import math
from functools import cache
from typing import Any, get_args

from msgspec.structs import fields

from app.domain.document import HEADER, Document, Frame
from app.domain.record import DECIMALS, Position, Record

WIDTH = 110
"""What is inside a record stands on one line up to this width."""

_OPEN_LEVELS = 3
"""The document, its lists and their records are never written on one line."""


def canonical_json(document: Record) -> str:
    """The one text of a document, or of another record that is a file of its own.

    Raises ValueError, naming the place, for a number that JSON cannot hold.
    """
    return plain_json(_plain(document, "$"))


def plain(value: Any) -> Any:
    """Records as dicts and tuples as lists, as a file holds them. Raises ValueError for NaN and infinity."""
    return _plain(value, "$")


def plain_json(value: Any) -> str:
    """The canonical text of plain lists, dicts and scalars."""
    return _text(value, 0) + "\n"


@cache
def _plan(kind: type[Record]) -> tuple[tuple[str, str, Any, bool, bool], ...]:
    """Per known field: attribute, name in the file, default, always written?, holds positions?"""
    always = {Frame: {field.name for field in fields(Frame)}, Document: set(HEADER)}.get(kind, set())
    return tuple(
        (
            field.name,
            field.encode_name,
            field.default_factory() if callable(field.default_factory) else field.default,
            field.name in always,
            field.type == Position or Position in get_args(field.type),
        )
        for field in fields(kind)
        if field.name != "extra"
    )


def _plain(value: Any, place: str) -> Any:
    """Records as dicts and tuples as lists, numbers in their shortest form."""
    if isinstance(value, Record):
        result = {}
        for attribute, name, default, always, positions in _plan(type(value)):
            item = getattr(value, attribute)
            if always or item != default:
                inner = f"{place}.{name}"
                result[name] = _coordinates(item, inner) if positions else _plain(item, inner)
        result.update(value.extra)
        return result
    if isinstance(value, tuple):
        return [_plain(item, f"{place}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, float):
        return _number(value, place)
    return value


def _coordinates(value: Any, place: str) -> Any:
    """A position or a tuple of positions, rounded."""
    if isinstance(value, tuple):
        return [_coordinates(item, f"{place}[{index}]") for index, item in enumerate(value)]
    return None if value is None else _number(round(value, DECIMALS), place)


def _number(value: float, place: str) -> float | int:
    """Whole numbers without a point, and no negative zero. Raises ValueError for NaN and infinity."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that a file can hold - at `{place}`")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _text(value: Any, level: int) -> str:
    if not isinstance(value, dict | list) or not value:
        return _on_one_line(value)
    pad = "  " * level
    if level >= _OPEN_LEVELS or (level == 2 and isinstance(value, list)):
        line = _on_one_line(value)
        if len(pad) + len(line) <= WIDTH:
            return line
    inner = pad + "  "
    if isinstance(value, list):
        body = ",\n".join(inner + _text(item, level + 1) for item in value)
        return f"[\n{body}\n{pad}]"
    body = ",\n".join(f"{inner}{_on_one_line(key)}: {_text(item, level + 1)}" for key, item in value.items())
    return f"{{\n{body}\n{pad}}}"


# Made once: json.dumps makes one anew for every call that asks for anything unusual.
_on_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

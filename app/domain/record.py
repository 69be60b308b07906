"""What every record of a Facepoints file shares: base class, small types, a home for unknown fields."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec

LIMIT_MM = 3000.0
"""No coordinate lies further than this from the origin: a body is less than three metres long."""

DECIMALS = 3
"""Coordinates are written to a thousandth of a millimetre."""

Coordinate = Annotated[
    float,
    msgspec.Meta(ge=-LIMIT_MM, le=LIMIT_MM, description="Millimetres.", extra={"decimals": DECIMALS}),
]
Position = tuple[Coordinate, Coordinate, Coordinate]
"""x (the person's left), y (up), z (forward) in mm; the frame is written in every file."""

Name = Annotated[str, msgspec.Meta(min_length=1)]
"""A code or an id: any text that is not empty."""

Part = Literal["face", "body"]
Evidence = Literal["B", "C", "M", "D", "X"]
"""Levels of evidence, explained in points/anatomy/scales.json."""

EVIDENCE_ORDER: tuple[Evidence, ...] = ("B", "C", "M", "D", "X")
"""Strongest first."""


class Extra(Mapping[str, Any]):
    """Fields of a record that this version does not know, in the order of the file; not to be changed."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any] | None = None) -> None:
        self._fields = dict(fields or {})

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __hash__(self) -> int:
        return hash(frozenset(self._fields))

    def __repr__(self) -> str:
        return f"Extra({self._fields!r})"


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True):
    """Base of everything in a file. `extra` carries unknown fields from loading to saving through edits."""

    extra: Extra = msgspec.field(default_factory=Extra)

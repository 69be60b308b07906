"""The columns that a table adds to a place."""

from typing import Any

import msgspec

COLUMNS = (
    "pinyin",
    "hanzi",
    "english",
    "channel",
    "laterality",
    "part",
    "use",
    "location",
    "status",
    "status_reason",
    "confidence",
    "notes",
)
"""Fields of a point that stand in a column of the same name."""


class Row(msgspec.Struct, frozen=True):
    """Texts by column; an empty one says nothing."""

    values: tuple[tuple[str, str], ...] = ()

    def fields(self) -> dict[str, Any]:
        """The fields of a point that the row sets."""
        return {name: value for name, value in self.values if value and name in COLUMNS}

"""Migration of files of older versions, one step per version."""

from collections.abc import Callable
from typing import Any

from app.domain.document import VERSION

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From a version to the next, on plain JSON. Version 1 is the first, so there is none yet."""


def migrate(raw: dict[str, Any]) -> dict[str, Any]:
    """A file of any older version as one of this version. `raw["version"]` is known to be 1 to VERSION."""
    for version in range(raw["version"], VERSION):
        raw = {**MIGRATIONS[version](raw), "version": version + 1}
    return raw

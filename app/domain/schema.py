"""The published JSON Schema of a Facepoints file, made from the types. `python -m app.domain.schema` writes it."""

from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from app.domain.canonical import plain_json
from app.domain.document import FORMAT, VERSION, Document
from app.domain.places import data_folder
from app.domain.record import Extra


def schema_path() -> Path:
    """Where the schema of this version lies."""
    return data_folder("points") / "schema" / f"{FORMAT}-{VERSION}.schema.json"


def schema_text() -> str:
    """The schema as canonical JSON. It allows unknown fields, as reading does."""
    _, components = msgspec.json.schema_components(
        (Document,), schema_hook=_hook, ref_template="#/$defs/{name}"
    )
    for definition in components.values():
        definition["properties"].pop("extra")
        definition["description"] = cleandoc(definition["description"])
    document = components.pop("Document")
    document["required"] = ["format", "version"]  # Reading insists on them.
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facepoints file",
        **{key: value for key, value in document.items() if key != "title"},
        "$defs": dict(sorted(components.items())),
    }
    return plain_json(schema)


def _hook(kind: type) -> dict[str, Any]:
    """The mapping of unknown fields has no schema of its own: it never stands in a file under its name."""
    if kind is Extra:
        return {"type": "object"}
    raise NotImplementedError


if __name__ == "__main__":
    schema_path().parent.mkdir(exist_ok=True)
    schema_path().write_text(schema_text(), encoding="utf-8", newline="\n")

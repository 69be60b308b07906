"""The published schema is made from the types, and every file keeps it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from app.domain.builtin import builtin_files
from app.domain.schema import schema_path, schema_text


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = msgspec.json.decode(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_published_schema_is_up_to_date() -> None:
    assert schema_path().read_text(encoding="utf-8") == schema_text(), "run: python -m app.domain.schema"


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_built_in_file_keeps_the_schema(path: Path, validator: Draft202012Validator) -> None:
    validator.validate(msgspec.json.decode(path.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"units": "inch"},
        {"points": [{"code": "ST4"}]},
        {"points": [{"code": "", "laterality": "midline", "part": "face", "use": "face"}]},
        {
            "points": [
                {"code": "X", "laterality": "midline", "part": "face", "use": "face", "position": [1, 2]}
            ]
        },
        {"goals": [{"id": "a", "title": "A", "color": "red", "marker": "disc"}]},
        {"goals": [{"id": "a", "title": "A", "color": "#112233", "marker": "blob"}]},
    ],
)
def test_the_schema_refuses_what_reading_refuses(
    change: dict[str, Any], validator: Draft202012Validator
) -> None:
    assert validator.is_valid({"format": "facepoints", "version": 1})
    assert not validator.is_valid({"format": "facepoints", "version": 1, **change})


def test_the_schema_allows_unknown_fields(validator: Draft202012Validator) -> None:
    assert validator.is_valid({"format": "facepoints", "version": 1, "mood": "good"})

"""Unknown fields survive loading, editing and saving, at every level and whatever they hold."""

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import canonical_json, plain_json
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.record import Extra

PATH = Path("set.points.json")

CONTENT = {
    "points": [
        {
            "code": "ST4",
            "laterality": "bilateral",
            "part": "face",
            "use": "face",
            "constraints": [{"type": "at", "ref": "LM:ch", "tolerance": {"value": 0.2, "unit": "fcun"}}],
            "needle": {"angle": "oblique"},
        },
        {
            "code": "EX-HN1",
            "laterality": "group",
            "part": "face",
            "use": "support",
            "further_sites": [{"side": "midline"}],
        },
    ],
    "groups": [{"id": "own", "title": "Own", "points": [{"code": "ST4", "reason": "Why not."}]}],
    "goals": [{"id": "goal", "title": "Goal", "color": "#112233", "marker": "star"}],
    "treatments": [{"id": "all", "title": "All", "face": [{"code": "ST4", "needles": 2}]}],
    "muscles": [{"id": "m", "name": "M", "path": [{"ref": "LM:ch", "up_mm": 2}]}],
    "template_check": {"rows": [{"point": "a", "rule_a": "b", "rule_b": "c", "difference_mm": 1.5}]},
}
"""A document with a record of every depth."""

RECORDS = [
    ("points", 0),
    ("points", 0, "constraints", 0),
    ("points", 0, "constraints", 0, "tolerance"),
    ("points", 0, "needle"),
    ("points", 1, "further_sites", 0),
    ("groups", 0),
    ("groups", 0, "points", 0),
    ("goals", 0),
    ("treatments", 0),
    ("treatments", 0, "face", 0),
    ("muscles", 0, "path", 0),
    ("template_check",),
    ("template_check", "rows", 0),
    ("frame",),
    (),
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
unknown_fields = st.dictionaries(
    st.text().map(lambda name: f"{name} of another program") | st.just("extra"), json_values, max_size=3
)


def record(document: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document


def file_with(additions: list[tuple[tuple[str | int, ...], dict[str, Any]]]) -> dict[str, Any]:
    raw = {
        "format": "facepoints",
        "version": 1,
        "frame": {},
        **msgspec.json.decode(msgspec.json.encode(CONTENT)),
    }
    for steps, fields in additions:
        record(raw, steps).update(fields)
    return raw


@given(st.lists(st.tuples(st.sampled_from(RECORDS), unknown_fields), max_size=6))
def test_unknown_fields_survive_at_every_level(
    additions: list[tuple[tuple[str | int, ...], dict[str, Any]]],
) -> None:
    raw = file_with(additions)
    text = canonical_json(parse_document(plain_json(raw).encode(), PATH))
    saved = msgspec.json.decode(text)
    for steps, fields in additions:
        found = record(saved, steps)
        for name in fields:
            assert found[name] == record(raw, steps)[name]
    assert canonical_json(parse_document(text.encode(), PATH)) == text


def test_every_kind_of_record_is_tried() -> None:
    for steps in RECORDS:
        raw = file_with([(steps, {"mood": "good"})])
        text = canonical_json(parse_document(plain_json(raw).encode(), PATH))
        assert record(msgspec.json.decode(text), steps)["mood"] == "good", steps


def test_unknown_fields_ride_along_through_an_edit() -> None:
    document = parse_document(plain_json(file_with([(("points", 0), {"mood": "good"})])).encode(), PATH)
    moved = msgspec.structs.replace(document.points[0], position=(1.0, 2.0, 3.0))
    edited = msgspec.structs.replace(document, points=(moved, *document.points[1:]))
    assert msgspec.json.decode(canonical_json(edited))["points"][0]["mood"] == "good"


def test_an_extra_mapping_is_a_value() -> None:
    assert Extra({"a": 1}) == Extra({"a": 1}) != Extra({"a": 2})
    assert hash(Extra({"a": [1]})) == hash(Extra({"a": [1]}))
    assert hash(Document()) == hash(Document())

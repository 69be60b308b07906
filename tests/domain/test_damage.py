"""Whatever happens to a file, reading it gives a document or one sentence, never anything else."""

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.places import data_folder
from app.domain.problems import FileProblem

PATH = Path("damaged.points.json")
WHOLE = (data_folder("points") / "goals" / "lines.json").read_bytes()
RAW = msgspec.json.decode(WHOLE)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def read(data: bytes) -> Document | str:
    try:
        return parse_document(data, PATH)
    except FileProblem as problem:
        return str(problem)


def is_one_sentence(answer: Document | str) -> bool:
    return isinstance(answer, str) and answer.startswith(f"{PATH}, ") and len(answer.splitlines()) == 1


@given(st.integers(0, len(WHOLE) - 3))
def test_a_file_cut_off_anywhere(end: int) -> None:
    assert is_one_sentence(read(WHOLE[:end]))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_bytes_changed_anywhere(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte
    answer = read(bytes(data))
    assert isinstance(answer, Document) or is_one_sentence(answer)


def containers(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict | list) and value else []
    return own + [found for item in inner for found in containers(item)]


@given(st.data(), anything)
def test_any_value_in_any_place(data: st.DataObject, value: Any) -> None:
    raw = msgspec.json.decode(msgspec.json.encode(RAW))
    holder = data.draw(st.sampled_from(containers(raw)))
    key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    holder[key] = value
    answer = read(msgspec.json.encode(raw))
    assert isinstance(answer, Document) or is_one_sentence(answer)


@given(anything)
def test_any_json_at_all(value: Any) -> None:
    assert is_one_sentence(read(msgspec.json.encode(value)))

"""Round trips, atomic writing, and files as people's programs leave them."""

import math
import os
from pathlib import Path

import msgspec
import pytest

from app.domain.builtin import builtin_files
from app.domain.canonical import canonical_json
from app.domain.codec import parse_document, read_document, write_document
from app.domain.document import Document
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import Extra


def a_point(**fields: object) -> Point:
    return Point(**{"code": "ST4", "laterality": "bilateral", "part": "face", "use": "face", **fields})


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_built_in_file_is_canonical(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    write_document(copy, read_document(path))
    remedy = "write it once through app.domain.codec.write_document"
    assert copy.read_bytes() == path.read_bytes(), remedy


def test_what_is_written_reads_back_equal(tmp_path: Path) -> None:
    document = Document(points=(a_point(position=(31.5, -40.125, 88.001), pinyin="Dìcāng", hanzi="地倉"),))
    path = tmp_path / "set.points.json"
    write_document(path, document)
    assert read_document(path) == document
    assert "Dìcāng" in path.read_text(encoding="utf-8")
    assert path.read_bytes().endswith(b"}\n")


def test_coordinates_are_rounded_and_stand_on_one_line() -> None:
    text = canonical_json(Document(points=(a_point(position=(-0.0001, 12.34567, 80.0)),)))
    assert '"position": [0, 12.346, 80]' in text


def test_defaults_are_left_out_but_the_header_never() -> None:
    text = canonical_json(Document())
    names = list(msgspec.json.decode(text))
    assert names == ["format", "version", "frame", "units", "figure"]
    assert "tragions" in text


def test_a_byte_order_mark_is_read_over() -> None:
    data = b"\xef\xbb\xbf" + canonical_json(Document(title="x")).encode()
    assert parse_document(data, Path("x.json")).title == "x"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 4000.0])
def test_a_document_that_could_not_be_read_back_is_not_written(tmp_path: Path, number: float) -> None:
    folder = tmp_path / "sets"
    folder.mkdir()
    path = folder / "set.points.json"
    write_document(path, Document(title="old"))
    with pytest.raises(FileProblem, match=r"points\[0\] \(ST4\), position\[1\]"):
        write_document(path, Document(points=(a_point(position=(0.0, number, 0.0)),)))
    assert read_document(path).title == "old"
    assert [file.name for file in folder.iterdir()] == [path.name]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sets"
    folder.mkdir()
    path = folder / "set.points.json"
    write_document(path, Document(title="old"))

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(FileProblem, match="No space left on device") as caught:
        write_document(path, Document(title="new"))
    assert caught.value.path == path
    assert "choose another folder" in str(caught.value)
    assert [file.name for file in folder.iterdir()] == [path.name]
    assert read_document(path).title == "old"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be written there"):
        write_document(tmp_path / "nowhere" / "set.points.json", Document())


def test_writing_keeps_permissions_and_links(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    write_document(target, Document())
    target.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_document(link, Document(title="new"))
    assert link.is_symlink()
    assert read_document(target).title == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_unknown_fields_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FileProblem, match="nested too deeply to be written"):
        write_document(tmp_path / "set.points.json", Document(extra=Extra({"deep": deep})))


def test_text_that_utf_8_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="correct the value there"):
        write_document(tmp_path / "set.points.json", Document(title="\ud800"))

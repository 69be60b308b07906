"""The open set: its history, its file, and what is kept of it when the program dies."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.domain.builtin import load_library
from app.domain.canonical import canonical_json
from app.domain.codec import parse_document, read_document, write_document
from app.domain.document import Document
from app.domain.edits import points
from app.domain.edits.edit import EditProblem
from app.domain.edits.groups import add_group, change_title
from app.domain.library import Library, join
from app.domain.problems import FileProblem
from app.domain.saving import ChangedOnDisk
from app.geometry.figure import load_figure
from app.geometry.sliding import Skin, on_skin
from app.ui.document import SetDocument
from app.ui.recovery_folder import orphans
from tests.ui.edit.random_edits import RandomEdits

SEQUENCES, LENGTH = 2000, 6


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def skin() -> Skin:
    return Skin(load_figure())


@pytest.fixture
def document(base: Library, qtbot: QtBot) -> Iterator[SetDocument]:
    document = SetDocument(base, "figure")
    yield document
    document.close()


def positions(document: Document) -> list[tuple[float, float, float]]:
    stored = [place for point in document.points for place in (point.position, point.position_right)]
    return [place for place in stored if place is not None]


@pytest.mark.slow
def test_thousands_of_random_sequences(base: Library, skin: Skin, qtbot: QtBot) -> None:
    """Undo to the start gives the first document, redo to the end the last; every state is sound."""
    made = 0
    seen: set[tuple[float, float, float]] = set()
    document = SetDocument(base, skin.figure.fingerprint)
    for seed in range(SEQUENCES):
        edits = RandomEdits(skin, base, seed)
        document.start_new()
        states = [document.document]
        for _ in range(LENGTH):
            try:
                document.apply(edits.edit(document.document))
            except EditProblem:
                assert document.document == states[-1]
                continue
            if document.document != states[-1]:
                states.append(document.document)
                saved = canonical_json(document.document).encode()
                assert parse_document(saved, Path("x")) == document.document
                seen.update(positions(document.document))
        made += len(states) - 1
        join([(Path("x"), document.document)], base=base)
        assert len(document.history.words) == len(states) - 1
        for state in reversed(states):
            assert document.document == state
            document.undo()
        assert document.document == Document(figure=skin.figure.fingerprint)
        for state in states:
            assert document.document == state
            document.redo()
        assert document.document == states[-1]
    document.close()
    assert made > 2 * SEQUENCES
    assert on_skin(skin.figure, np.array(sorted(seen))).max() <= 0.01


def test_steps_are_named_and_one_gesture_is_one_step(document: SetDocument, base: Library) -> None:
    for height in (1.0, 2.0, 3.0):
        edit = points.place_point(document.document, base, "ST4", (30.0, height, 80.0))
        document.apply(edit, gesture="nudge ST4")
    document.apply(change_title(document.document, "Mine"))
    assert document.history.words == ("Move ST4", "Change the title of the set")
    assert (document.history.undo_words, document.history.redo_words) == ("Change the title of the set", "")
    document.undo()
    document.undo()
    assert document.document == Document(figure="figure")


def test_an_edit_that_changes_nothing_is_no_step(document: SetDocument, base: Library) -> None:
    document.apply(points.lock_points(document.document, base, ["ST4"], False))
    assert len(document.history.words) == 0


def test_save_open_and_backup(document: SetDocument, base: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.points.json"
    document.apply(change_title(document.document, "One"))
    assert document.is_dirty
    document.save(path)
    assert not document.is_dirty
    document.apply(change_title(document.document, "Two"))
    document.save()
    assert read_document(path).title == "Two"
    assert read_document(tmp_path / "a.points.json.bak").title == "One"
    document.undo()
    assert document.is_dirty
    document.close()
    other = SetDocument(base, "figure")
    other.open(path)
    assert other.document.title == "Two"
    other.close()


def test_a_change_by_another_program_is_noticed(document: SetDocument, tmp_path: Path) -> None:
    path = tmp_path / "a.points.json"
    document.save(path)
    write_document(path, Document(title="Theirs"))
    document.apply(change_title(document.document, "Mine"))
    with pytest.raises(
        ChangedOnDisk, match="another program changed the file meanwhile; save under another name"
    ):
        document.save()
    assert read_document(path).title == "Theirs"
    assert document.document.title == "Mine"
    document.save(overwrite=True)
    assert read_document(path).title == "Mine"
    path.unlink()
    document.apply(change_title(document.document, "Again"))
    with pytest.raises(ChangedOnDisk, match="the file is gone"):
        document.save()


def test_two_windows_on_one_file(document: SetDocument, base: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.points.json"
    document.save(path)
    second = SetDocument(base, "figure")
    second.open(path)
    assert second.is_shared
    with pytest.raises(FileProblem, match="it is open in another window; save under another name"):
        second.save()
    second.save(tmp_path / "b.points.json")
    assert not second.is_shared
    document.close()
    third = SetDocument(base, "figure")
    third.open(path)
    assert not third.is_shared
    third.close()
    second.close()


def test_a_folder_that_cannot_be_written(document: SetDocument, tmp_path: Path) -> None:
    document.apply(change_title(document.document, "Mine"))
    with pytest.raises(FileProblem, match="the file cannot be written there"):
        document.save(tmp_path / "none" / "a.points.json")
    assert document.is_dirty
    assert document.path is None
    assert document.document.title == "Mine"


def test_a_full_disk_leaves_document_and_file_whole(
    document: SetDocument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.points.json"
    document.save(path)
    before = path.read_bytes()
    document.apply(change_title(document.document, "Mine"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match="No space left on device"):
        document.save()
    assert path.read_bytes() == before
    assert document.is_dirty
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("a.")] == ["a.points.json"]


def test_a_file_that_cannot_be_opened_changes_nothing(document: SetDocument, tmp_path: Path) -> None:
    document.apply(change_title(document.document, "Mine"))
    bad = tmp_path / "bad.points.json"
    bad.write_text(
        '{"format": "facepoints", "version": 1, "groups": [{"id": "g", "title": "G", "points": [{"code": "Q"}]}]}'
    )
    with pytest.raises(FileProblem, match="the point Q is not known"):
        document.open(bad)
    assert document.document.title == "Mine"
    assert len(document.history.words) == 1


def test_what_is_not_saved_is_kept_and_taken_over(document: SetDocument, base: Library, qtbot: QtBot) -> None:
    document.apply(change_title(document.document, "Unsaved"))
    with qtbot.waitSignal(document.autosaved, timeout=5000):
        pass
    assert orphans() == []  # its window is alive
    slot = document._slot
    assert slot is not None
    assert slot._lock is not None
    slot._lock.unlock()  # as when the program dies
    (orphan,) = orphans()
    heir = SetDocument(base, "figure")
    heir.recover(orphan.recovery)
    orphan.drop()
    assert heir.document == document.document
    assert heir.is_dirty
    heir.close()
    assert orphans() == []


def test_nothing_is_kept_once_it_is_saved(document: SetDocument, tmp_path: Path) -> None:
    document.apply(change_title(document.document, "A"))
    document.write_recovery()
    slot = document._slot
    assert slot is not None
    assert slot._file.exists()
    document.save(tmp_path / "a.points.json")
    assert not slot._file.exists()
    document.apply(change_title(document.document, "B"))
    document.write_recovery()
    document.undo()
    document.write_recovery()
    assert orphans() == []
    assert document._slot is None


def test_unknown_fields_live_through_edits(document: SetDocument, base: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.points.json"
    path.write_text(
        '{"format": "facepoints", "version": 1, "mood": "calm", "points": [{"code": "Q", "laterality": "midline", '
        '"part": "face", "use": "face", "song": 7}]}'
    )
    document.open(path)
    document.apply(points.change_point(document.document, base, "Q", english="New"))
    document.apply(add_group(document.document, base, "G", ["Q"]))
    document.save()
    raw = msgspec.json.decode(path.read_bytes())
    assert raw["mood"] == "calm"
    assert raw["points"][0]["song"] == 7

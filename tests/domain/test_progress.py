"""The progress file: nothing answered is lost, whatever happens to the program, the disk or the file."""

import errno
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import progress
from app.domain.cards import Card
from app.domain.outcomes import Outcome
from app.domain.problems import FileProblem
from app.domain.progress import Journal, OwnList, SessionEnd, open_journal, progress_path, unknown_codes
from app.domain.study import Answer, Session, answer_of

T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def answer(number: int) -> Answer:
    return answer_of(
        Card("locate", "ST3"),
        Outcome(1.0, 3, "2.0 mm off"),
        T0 + timedelta(minutes=number),
        side="left",
        distance_mm=2,
        clicked=(1.0, 2.5, -3.25),
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = open_journal(tmp_path / "new" / "progress.jsonl")
    for number in range(5):
        journal.add(answer(number))
    return journal


def sound(path: Path) -> Journal:
    """The journal in a file that must be whole."""
    opened = open_journal(path)
    assert opened.notice == ""
    return opened


def test_it_lies_in_the_users_data_folder(user_folders: Path) -> None:
    assert user_folders in progress_path().parents
    assert open_journal().progress.entries == ()
    assert not progress_path().exists()


def test_what_was_added_is_there_again(journal: Journal) -> None:
    journal.add(Session(id="s", at=T0, deck="all:usual", queue=("name:ST3",)))
    journal.add(OwnList(name="Mine", at=T0, codes=("ST3", "LI4")))
    again = sound(journal.path)
    assert again.progress == journal.progress
    assert len(again.progress.answers) == 5
    assert again.progress.lists == {"Mine": ("ST3", "LI4")}
    assert [session.id for session in again.progress.open_sessions] == ["s"]
    again.add(SessionEnd(id="s", at=T0))
    again.add(OwnList(name="Mine", at=T0))
    assert sound(journal.path).progress.open_sessions == ()
    assert sound(journal.path).progress.lists == {}


def test_a_stopped_session_stays_while_other_decks_are_learnt(journal: Journal) -> None:
    for name, deck in (("a", "goal:lines"), ("b", "goal:acne"), ("c", "all:usual"), ("d", "goal:acne")):
        journal.add(Session(id=name, at=T0, deck=deck, queue=("name:ST3", "name:ST4")))
    journal.add(Answer(card="name:ST3", at=T0, rating=3, score=1.0, session="a"))
    journal.add(SessionEnd(id="c", at=T0))
    opened = sound(journal.path).progress.open_sessions
    assert [session.id for session in opened] == ["a", "d"], "worked on last first; one for each deck"


def test_a_person_can_read_it(journal: Journal) -> None:
    first, second, *_ = journal.path.read_text(encoding="utf-8").splitlines()
    assert first == '{"format":"facepoints-progress","version":1}'
    assert '"card":"locate:ST3","at":"2026-03-01T09:00:00Z","rating":3' in second


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.domain.cards import Card
from app.domain.outcomes import Outcome
from app.domain.progress import open_journal
from app.domain.study import answer_of

journal = open_journal(Path(sys.argv[1]))
for number in range(1000):
    journal.add(answer_of(Card("name", "ST3"), Outcome(1.0, 3, str(number)), datetime.now(UTC)))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("count", [1, 7, 30])
def test_kill_9_in_the_middle_loses_no_answered_card(tmp_path: Path, count: int) -> None:
    path = tmp_path / "progress.jsonl"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(count)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    process.stdout.close()
    assert process.wait(20) == -signal.SIGKILL
    answers = open_journal(path).progress.answers
    told = [line for line in told if line.endswith("\n")]
    assert [entry.given for entry in answers][: len(told)] == [line.strip() for line in told]
    assert len(answers) <= len(told) + 1


def test_a_full_disk_is_told_and_leaves_the_file_as_it_was(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal.path.read_bytes()
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        real(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(progress.os, "write", half)
    with pytest.raises(FileProblem, match="No space left on device"):
        journal.add(answer(9))
    monkeypatch.undo()
    assert journal.path.read_bytes() == before
    assert len(journal.progress.answers) == 5
    journal.add(answer(9))
    assert len(sound(journal.path).progress.answers) == 6


def test_a_short_write_is_a_full_disk_too(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = journal.path.read_bytes(), os.write
    monkeypatch.setattr(progress.os, "write", lambda descriptor, data: real(descriptor, data[:10]))
    with pytest.raises(FileProblem, match="cannot be written"):
        journal.add(answer(9))
    assert journal.path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileProblem, match="cannot be written"):
        open_journal(tmp_path / "file" / "progress.jsonl").add(answer(1))


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda data: data[:-20], 4),  # cut off
        (lambda data: data.replace(b'"rating":3', b'"rating":9', 1), 4),
        (lambda data: data.replace(b"locate:ST3", b"\xff\xfe", 2), 3),
        (lambda data: b"something else\n" + data.split(b"\n", 1)[1], 5),
        (lambda data: data.replace(b"locate:ST3", b"eat:ST3", 1), 4),
        (lambda data: b"\x00" * 400, 0),
        (lambda data: b"", 0),
    ],
)
def test_a_damaged_file_is_set_aside_whole(journal: Journal, damage, kept: int) -> None:  # type: ignore[no-untyped-def]
    data = damage(journal.path.read_bytes())
    journal.path.write_bytes(data)
    opened = open_journal(journal.path)
    (aside,) = journal.path.parent.glob("progress-damaged-*.jsonl")
    assert aside.read_bytes() == data
    assert len(opened.progress.answers) == kept
    assert aside.name in opened.notice
    assert "\n" not in opened.notice
    opened.add(answer(7))
    assert len(sound(journal.path).progress.answers) == kept + 1


def test_setting_aside_twice_overwrites_nothing(journal: Journal) -> None:
    for _ in range(3):
        journal.path.write_bytes(b"broken\n")
        open_journal(journal.path)
    assert len(list(journal.path.parent.glob("progress-damaged-*.jsonl"))) == 3


def test_a_newer_version_is_refused_and_left_alone(journal: Journal) -> None:
    data = journal.path.read_bytes().replace(b'"version":1', b'"version":2', 1)
    journal.path.write_bytes(data)
    with pytest.raises(FileProblem, match="newer than this program"):
        open_journal(journal.path)
    assert journal.path.read_bytes() == data
    assert len(list(journal.path.parent.iterdir())) == 1


def test_a_reset_keeps_the_old_file_and_own_lists(journal: Journal) -> None:
    journal.add(OwnList(name="Mine", at=T0, codes=("ST3",)))
    before = journal.path.read_bytes()
    kept = journal.reset()
    assert kept is not None
    assert kept.read_bytes() == before
    assert journal.progress.answers == ()
    assert sound(journal.path).progress.lists == {"Mine": ("ST3",)}


def test_it_goes_to_another_machine_and_joins_what_is_there(journal: Journal, tmp_path: Path) -> None:
    journal.export(tmp_path / "for-the-laptop.jsonl")
    other = open_journal(tmp_path / "laptop" / "progress.jsonl")
    other.add(answer(2))
    other.add(answer(100))
    assert other.take_in(tmp_path / "for-the-laptop.jsonl") == 4
    assert other.take_in(tmp_path / "for-the-laptop.jsonl") == 0
    assert [entry.at for entry in other.progress.answers] == sorted(
        entry.at for entry in other.progress.answers
    )
    assert sound(other.path).progress == other.progress
    assert journal.take_in(tmp_path / "for-the-laptop.jsonl") == 0


def test_a_damaged_file_is_not_taken_in(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_bytes(journal.path.read_bytes()[:-5])
    before = journal.path.read_bytes()
    with pytest.raises(FileProblem, match="cut off"):
        journal.take_in(tmp_path / "broken.jsonl")
    with pytest.raises(FileProblem, match="does not exist"):
        journal.take_in(tmp_path / "nowhere.jsonl")
    assert journal.path.read_bytes() == before


def test_answers_about_unknown_points_are_kept_and_named(journal: Journal) -> None:
    journal.add(answer_of(Card("name", "MINE7"), Outcome(0.0, 1, ""), T0))
    assert unknown_codes(sound(journal.path).progress, ["ST3"]) == ("MINE7",)

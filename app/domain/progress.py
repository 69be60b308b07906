"""The progress file: a journal that is only ever added to, one entry a line, each on the disk before it counts.

The first line says what the file is; every other line is one entry in JSON. A person can read it, and it can be
carried to another machine. It lies in the user's data folder.
"""

import logging
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from app.domain.cards import card_of
from app.domain.exam import ExamResult
from app.domain.problems import FileProblem
from app.domain.storage import check_version, read_bytes, write_bytes
from app.domain.study import Answer, Moment, Session

FORMAT = "facepoints-progress"
VERSION = 1
FILE_NAME = "progress.jsonl"

logger = logging.getLogger(__name__)


class SessionEnd(msgspec.Struct, frozen=True, kw_only=True, tag_field="entry", tag="session-end"):
    """A session that is over, finished or given up."""

    id: str
    at: Moment


class OwnList(msgspec.Struct, frozen=True, kw_only=True, tag_field="entry", tag="list"):
    """A list of one's own; a later entry of the same name replaces it, one without codes deletes it."""

    name: str
    at: Moment
    codes: tuple[str, ...] = ()


Entry = Answer | Session | SessionEnd | ExamResult | OwnList

_HEADER = msgspec.json.encode({"format": FORMAT, "version": VERSION}) + b"\n"
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What a progress file holds, in the order of time."""

    entries: tuple[Entry, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, Answer))

    @property
    def exams(self) -> tuple[ExamResult, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry, ExamResult))

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Lists of one's own by name."""
        found = {entry.name: entry.codes for entry in self.entries if isinstance(entry, OwnList)}
        return {name: codes for name, codes in found.items() if codes}

    @property
    def open_sessions(self) -> tuple[Session, ...]:
        """The last session of each deck, if it was not ended; the one that was worked on last comes first."""
        by_deck: dict[str, Session] = {}
        for entry in self.entries:
            if isinstance(entry, Session):
                by_deck.pop(entry.deck, None)
                by_deck[entry.deck] = entry
            elif isinstance(entry, (Answer, SessionEnd)):
                name = entry.session if isinstance(entry, Answer) else entry.id
                session = next((one for one in by_deck.values() if one.id == name), None)
                if session is not None:
                    del by_deck[session.deck]
                    if isinstance(entry, Answer):
                        by_deck[session.deck] = session
        return tuple(reversed(by_deck.values()))


class Journal:
    """The progress file and what it holds.

    Attributes:
        path: the file.
        progress: all entries.
        notice: a sentence for the user about what was found when opening; empty if all was well.
    """

    def __init__(self, path: Path, progress: Progress, notice: str = "") -> None:
        self.path = path
        self.progress = progress
        self.notice = notice

    def add(self, entry: Entry) -> None:
        """Add an entry: it is on the disk when this returns.

        Raises FileProblem when it cannot be written; neither the file nor `progress` has it then.
        """
        line = _ENCODER.encode(entry) + b"\n"
        entry = _DECODER.decode(line)  # What could not be read again never gets into the file.
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _append(self.path, line)
        except OSError as error:
            raise _unwritten(self.path, error) from None
        self.progress = Progress(entries=(*self.progress.entries, entry))

    def reset(self) -> Path | None:
        """Begin anew; the old file is kept beside the new one. Returns where, None if there was no file.

        Lists of one's own stay. Raises FileProblem when the folder cannot be written.
        """
        lists = [entry for entry in self.progress.entries if isinstance(entry, OwnList)]
        kept = _set_aside(self.path, "before-reset") if self.path.exists() else None
        self.progress = Progress(entries=tuple(lists))
        write_bytes(self.path, _text(lists))
        return kept

    def export(self, path: Path) -> None:
        """Write everything to one file for another machine. Raises FileProblem."""
        write_bytes(path, _text(self.progress.entries))

    def take_in(self, path: Path) -> int:
        """Add the entries of another progress file that are not here yet; return how many. Raises FileProblem."""
        entries, damage = parse(read_bytes(path), path)
        if damage is not None:
            raise damage
        own = set(self.progress.entries)
        new = [entry for entry in entries if entry not in own]
        if new:
            both = tuple(sorted((*self.progress.entries, *new), key=lambda entry: entry.at))
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self.path, _text(both))
            self.progress = Progress(entries=both)
        return len(new)


def progress_path() -> Path:
    """Where the user's progress file lies."""
    return platformdirs.user_data_path("facepoints", appauthor=False) / FILE_NAME


def open_journal(path: Path | None = None) -> Journal:
    """Open the user's progress, or begin it; without `path` in the user's data folder.

    A damaged file is set aside under another name, whole, and what can be read of it goes on in a new one;
    `notice` says so. Raises FileProblem for a file that cannot be read, is of a newer version, or cannot be set
    aside.
    """
    path = path or progress_path()
    if not path.exists():
        return Journal(path, Progress())
    entries, damage = parse(read_bytes(path), path)
    if damage is None:
        return Journal(path, Progress(entries=tuple(entries)))
    logger.warning("%s", damage)
    aside = _set_aside(path, "damaged")
    write_bytes(path, _text(entries))
    notice = (
        f"{damage.path}, {damage.place}: {damage.problem}; the file was set aside as {aside.name}, and the "
        f"{len(entries)} entries that could be read go on in a new one."
    )
    return Journal(path, Progress(entries=tuple(entries)), notice)


def parse(data: bytes, path: Path) -> tuple[list[Entry], FileProblem | None]:
    """All entries that can be read, and what is wrong with the first that cannot.

    Raises FileProblem for a newer version: nothing of it is touched.
    """
    lines = data.split(b"\n")
    damage = _wrong_header(lines[0], path)
    if lines[-1]:
        damage = damage or FileProblem(path, f"line {len(lines)}", "the file is cut off here", "restore it")
    entries: list[Entry] = []
    for number, line in enumerate(lines[1:-1] if len(lines) > 1 else [], start=2):
        try:
            entry = _DECODER.decode(line)
            if isinstance(entry, Answer):
                card_of(entry.card)
            entries.append(entry)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            reason = str(error).partition(" - at ")[0].replace("`", "")
            damage = damage or FileProblem(
                path, f"line {number}", f"it cannot be read ({reason})", "restore it"
            )
    return entries, damage


def unknown_codes(progress: Progress, known: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Codes of answered points that the library does not have; their answers are kept."""
    codes = dict.fromkeys(card_of(answer.card).code for answer in progress.answers)
    return tuple(code for code in codes if code not in known)


def now() -> datetime:
    """The time for an entry, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _wrong_header(line: bytes, path: Path) -> FileProblem | None:
    """What is wrong with the first line. Raises FileProblem for a newer version."""
    try:
        header: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        return FileProblem(path, "line 1", "this is no progress file of Facepoints", "restore it")
    check_version(header.get("version"), VERSION, path)
    return None


def _text(entries: Sequence[Entry]) -> bytes:
    return _HEADER + b"".join(_ENCODER.encode(entry) + b"\n" for entry in entries)


def _append(path: Path, line: bytes) -> None:
    """Add a line to the end of the file and to the disk; what was written of it in vain is taken back."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        size = os.fstat(descriptor).st_size
        if size == 0:
            line = _HEADER + line
        try:
            if os.write(descriptor, line) < len(line):
                raise OSError(28, "No space left on device")
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def _set_aside(path: Path, why: str) -> Path:
    """Rename a file to a name that nothing has. Raises FileProblem."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    stem = f"{path.stem}-{why}-{stamp}"
    aside = path.with_name(f"{stem}{path.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{stem}-{count}{path.suffix}")
    try:
        path.rename(aside)
    except OSError as error:
        raise _unwritten(path, error) from None
    return aside


def _unwritten(path: Path, error: OSError) -> FileProblem:
    problem = f"it cannot be written ({error.strerror or type(error).__name__})"
    return FileProblem(path, "the progress file", problem, "make room or check the folder's permissions")

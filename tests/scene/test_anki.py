"""The Anki package, opened by a reader that knows nothing of the program: zipfile and sqlite3."""

import csv
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from app.domain.builtin import load_library
from app.domain.cards import cards_for
from app.domain.flashcards import flashcard, write_csv
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.geometry.figure import Figure
from app.geometry.sites import bind_points
from app.scene.anki import lit_name, named_name, write_package

CODES = ("ST3", "GV29", "LI4", "GV28")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def package(library: Library, figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("anki") / "deck.apkg"
    steps = list(
        write_package(
            path,
            figure,
            library,
            bind_points(figure, library.points.values()),
            "Face",
            cards_for(library, CODES),
        )
    )
    assert steps[0] == (0, 5)
    assert steps[-1] == (5, 5)
    return path


def collection(package: Path, folder: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


def test_an_independent_reader_finds_every_card(package: Path, library: Library, tmp_path: Path) -> None:
    cards = cards_for(library, CODES)
    data = collection(package, tmp_path)
    try:
        assert data.execute("pragma integrity_check").fetchone() == ("ok",)
        notes = data.execute("select flds, tags, guid from notes").fetchall()
        (count,) = data.execute("select count(*) from cards").fetchone()
        decks, models = data.execute("select decks, models from col").fetchone()
    finally:
        data.close()
    assert count == len(notes) == len(cards)
    fields = {note[0].split("\x1f")[0]: note[0].split("\x1f") for note in notes}
    assert set(fields) == {card.id for card in cards}
    assert len({note[2] for note in notes}) == len(notes)
    assert any(deck["name"] == "Facepoints::Face" for deck in json.loads(decks).values())
    (model,) = [model for model in json.loads(models).values() if model["name"] == "Facepoints"]
    assert "{{Question picture}}" in model["tmpls"][0]["qfmt"]
    assert "{{Answer picture}}" in model["tmpls"][0]["afmt"]
    _, question, picture, answer, answer_picture = fields["name:ST3"]
    assert question == "Which point is lit?"
    assert lit_name("ST3") in picture
    assert "Great Bone-hole" in answer
    assert named_name("ST3") in answer_picture
    assert fields["locate:ST3"][2] == ""


def test_its_pictures_are_pictures(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        media = json.loads(archive.read("media"))
        assert set(media.values()) == {name(code) for code in CODES[:3] for name in (lit_name, named_name)}
        data = {name: archive.read(number) for number, name in media.items()}
    for picture in data.values():
        assert picture[:3] == b"\xff\xd8\xff"
        assert 5_000 < len(picture) < 120_000
    assert data[lit_name("ST3")] != data[named_name("ST3")]


def test_questions_do_not_name_what_is_asked(library: Library) -> None:
    for card in cards_for(library, library.points):
        sides = flashcard(library, card)
        assert sides.back
        point = library.points[card.code]
        if card.kind == "name":
            assert not any(name in sides.front for name in (point.code, point.pinyin, point.hanzi) if name)
        if card.kind == "channel" and point.pinyin:
            assert point.code not in sides.front


def test_closing_early_writes_nothing(library: Library, figure: Figure, tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    steps = write_package(
        path, figure, library, bind_points(figure, library.points.values()), "Face", cards_for(library, CODES)
    )
    assert next(steps) == (0, 5)
    assert next(steps) == (1, 5)
    steps.close()
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told(library: Library, figure: Figure, tmp_path: Path) -> None:
    steps = write_package(
        tmp_path / "nowhere" / "deck.apkg",
        figure,
        library,
        bind_points(figure, []),
        "Face",
        cards_for(library, ["ST3"]),
    )
    with pytest.raises(FileProblem, match="cannot be written"):
        list(steps)


def test_csv_opens_in_a_spreadsheet(library: Library, tmp_path: Path) -> None:
    cards = cards_for(library, ["ST3", "EX-HN1"])
    write_csv(tmp_path / "deck.csv", library, cards)
    with (tmp_path / "deck.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["card"] for row in rows] == [card.id for card in cards]
    assert rows[0]["hanzi"] == "巨髎"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())

"""A deck as an Anki package: each card with a picture on its question or its answer side."""

import hashlib
import html
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import genanki
import numpy as np
import pyvista

from app.domain.cards import Card, title_of
from app.domain.flashcards import flashcard
from app.domain.library import Library
from app.domain.storage import write_bytes
from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.image_bytes import jpeg_bytes
from app.scene.markers import Marker
from app.scene.picture import PictureProblem
from app.scene.stage import Stage

SIZE = (560, 440)
"""Pixels of a picture: sharp on a telephone, 40 kB a piece."""

LIT_COLOR, LIT_SHAPE = "#e69f00", "disc"

_JPEG_QUALITY = 86
_DISTANCE_MM = 430.0  # near enough to see the place, far enough to see where on the head it is
_BODY_DISTANCE_MM = 900.0
_FIELDS = ("Card", "Question", "Question picture", "Answer", "Answer picture")
_CSS = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }"
    " img { max-width: 100%; border-radius: 8px; } .question { font-weight: 600; margin: 0.6em; }"
    " .answer { text-align: left; margin: 0.6em auto; max-width: 34em; }"
    " .note { font-size: 13px; opacity: 0.7; }"
)
_NOTE = "For education only: not medical advice, and no instructions for needling oneself."


def write_package(
    path: Path, figure: Figure, library: Library, sites: Sites, title: str, cards: Sequence[Card]
) -> Iterator[tuple[int, int]]:
    """Write a deck as `.apkg`, step by step: yield how many of how many steps are done, the file after the last.

    A step draws one point. To stop, close the iterator: no file is written then.

    Raises:
        FileProblem: the file cannot be written; what was there is untouched.
        PictureProblem: nothing can be drawn here.

    """
    codes = list(dict.fromkeys(card.code for card in cards))
    pictures: dict[str, bytes] = {}
    with _Studio(figure, library, sites) as studio:
        for number, code in enumerate(codes):
            yield number, len(codes) + 1
            pictures.update(studio.pictures(code))
    yield len(codes), len(codes) + 1
    write_bytes(path, _package(library, title, cards, pictures))
    yield len(codes) + 1, len(codes) + 1


def lit_name(code: str) -> str:
    """Name of the picture that shows a point without its name."""
    return f"facepoints-{_plain(code)}-lit.jpg"


def named_name(code: str) -> str:
    """Name of the picture that shows a point with its name."""
    return f"facepoints-{_plain(code)}-named.jpg"


class _Studio:
    """One stage off screen that all pictures are taken on."""

    def __init__(self, figure: Figure, library: Library, sites: Sites) -> None:
        self._figure, self._library, self._sites = figure, library, sites

    def __enter__(self) -> "_Studio":
        try:
            self._plotter = pyvista.Plotter(off_screen=True, window_size=list(SIZE), lighting="none")
        except RuntimeError as error:
            raise PictureProblem(f"The pictures cannot be drawn without OpenGL ({error}).") from error
        self._stage = Stage(self._plotter, self._figure)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stage.close()
        self._plotter.close()

    def pictures(self, code: str) -> dict[str, bytes]:
        """Return the point lit without its name, and with it; nothing for a point without a place."""
        rows = self._sites.indices(code)
        if not rows:
            return {}
        one = self._sites.subset(rows[:1])
        vertices = self._figure.neutral.vertices
        place, normal = one.positions(self._figure, vertices)[0], one.normals(self._figure, vertices)[0]
        distance = _DISTANCE_MM if one.parts[0] == "face" else _BODY_DISTANCE_MM
        stage = self._stage
        stage.views.set(list(stage.views.fly_to(place, normal, distance))[-1])
        shots = {}
        for name, label in ((lit_name(code), ""), (named_name(code), title_of(self._library.points[code]))):
            # The bare picture is a question: the label is no sign that is merely hidden, it is not there.
            stage.show(self._sites, [Marker(row, (LIT_COLOR,), LIT_SHAPE, label) for row in rows])
            stage.labels.set_mode("all" if label else "none")
            self._stage.renderer.GetRenderWindow().Render()  # pyvista renders by itself for the first picture only
            shots[name] = jpeg_bytes(np.asarray(self._plotter.screenshot(return_img=True))[..., :3], _JPEG_QUALITY)
        return shots


def _package(library: Library, title: str, cards: Sequence[Card], pictures: dict[str, bytes]) -> bytes:
    model = genanki.Model(
        _number("facepoints model 1"),
        "Facepoints",
        fields=[{"name": name} for name in _FIELDS],
        templates=[
            {
                "name": "Card",
                "qfmt": '<div class="question">{{Question}}</div>{{Question picture}}',
                "afmt": "{{FrontSide}}<hr id=answer>{{Answer picture}}"
                f'<div class="answer">{{{{Answer}}}}</div><div class="note">{html.escape(_NOTE)}</div>',
            }
        ],
        css=_CSS,
    )
    deck = genanki.Deck(_number(f"facepoints deck {title}"), f"Facepoints::{title}", html.escape(_NOTE))
    for card in cards:
        sides = flashcard(library, card)
        lit, named = lit_name(card.code), named_name(card.code)
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[
                    card.id,
                    html.escape(sides.front),
                    _image(lit, pictures) if card.kind == "name" else "",
                    "<br>".join(html.escape(line) for line in sides.back),
                    _image(named, pictures),
                ],
                tags=[tag.replace(" ", "-") for tag in sides.tags],
                # The same card keeps its name, so that a second import brings it up to date.
                guid=genanki.guid_for("facepoints", card.id),
            )
        )
    with tempfile.TemporaryDirectory(prefix="facepoints-") as folder:
        used = {named_name(card.code) for card in cards}
        used |= {lit_name(card.code) for card in cards if card.kind == "name"}
        media = [Path(folder) / name for name in sorted(used & set(pictures))]
        for file in media:
            file.write_bytes(pictures[file.name])
        package = Path(folder) / "deck.apkg"
        genanki.Package(deck, media_files=[str(file) for file in media]).write_to_file(str(package))
        return _compressed(package)


def _compressed(package: Path) -> bytes:
    """Return a package with its data base packed; pictures are packed already."""
    small = package.with_name("small.apkg")
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(small, "w") as target:
        for name in source.namelist():
            kind = zipfile.ZIP_DEFLATED if name == "collection.anki2" else zipfile.ZIP_STORED
            target.writestr(name, source.read(name), kind)
    return small.read_bytes()


def _image(name: str, pictures: dict[str, bytes]) -> str:
    return f'<img src="{name}">' if name in pictures else ""


def _plain(code: str) -> str:
    """Return a code as a part of a file's name."""
    return "".join(
        letter if letter.isalnum() and letter.isascii() else f"-{ord(letter):x}-" for letter in code
    )


def _number(text: str) -> int:
    """Return a number that stands for a text, in the range that Anki takes for an id."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % (1 << 30) + (1 << 30)

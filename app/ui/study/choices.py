"""What is chosen on the page of decks, kept from one start to the next in the user's configuration folder."""

from collections.abc import Iterable
from typing import Any

import platformdirs
from PySide6.QtCore import QSettings

from app.domain.cards import KINDS, Kind

SIZES = (10, 20, 30, 50, 100)
FIRST_SIZE = 30


class StudyChoices:
    """Reads give a sound value whatever the file holds; what is set is kept at once."""

    def __init__(self) -> None:
        folder = platformdirs.user_config_path("facepoints", appauthor=False)
        self._store = QSettings(str(folder / "study.ini"), QSettings.Format.IniFormat)

    @property
    def deck(self) -> str:
        """The id of the deck; "" before one was chosen."""
        return self._text("deck")

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of cards; all of them before any was switched."""
        names = (self._text("kinds") or " ".join(KINDS)).split()
        return frozenset(kind for kind in KINDS if kind in names)

    @property
    def size(self) -> int:
        """How many cards."""
        size = self._text("size")
        return int(size) if size in map(str, SIZES) else FIRST_SIZE

    @property
    def typing(self) -> bool:
        """Whether names are typed."""
        return self._text("names") == "typed"

    def set_deck(self, deck: str) -> None:
        self._set("deck", deck)

    def set_kinds(self, kinds: Iterable[Kind]) -> None:
        self._set("kinds", " ".join(kinds) or "none")

    def set_size(self, size: int) -> None:
        self._set("size", str(size))

    def set_typing(self, on: bool) -> None:
        self._set("names", "typed" if on else "chosen")

    def _set(self, name: str, value: str) -> None:
        self._store.setValue(name, value)
        self._store.sync()

    def _text(self, name: str) -> str:
        value: Any = self._store.value(name, "")
        return value if isinstance(value, str) else ""

"""What the window remembers, and what it makes of a damaged memory."""

import logging
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from app.domain.shown import Shown
from app.ui.settings import Settings


def store() -> Path:
    return platformdirs.user_config_path("facepoints", appauthor=False) / "window.ini"


def test_what_is_saved_is_read_again(qapp: QApplication) -> None:
    shown = Shown(
        pairs=frozenset({("lines", "glabella")}),
        groups=frozenset({"bunny"}),
        treatment="typical",
        body_variant="body_acne",
        advanced=True,
    )
    settings = Settings()
    settings.save_look("dark", 1.3, "all")
    settings.save_shown(shown)
    settings.save_window(QByteArray(b"geometry"), QByteArray(b"splitter"))
    again = Settings()
    assert (again.theme, again.scale, again.labels) == ("dark", 1.3, "all")
    assert again.geometry == QByteArray(b"geometry")
    assert again.splitter == QByteArray(b"splitter")
    assert again.shown
    assert again.shown.pairs == shown.pairs
    assert again.shown.body_variant == "body_acne"
    assert not again.shown.advanced, "points for trained hands are asked for anew each time"


def test_the_first_start_remembers_nothing(qapp: QApplication) -> None:
    settings = Settings()
    assert settings.shown is None
    assert (settings.theme, settings.scale, settings.labels) == ("desktop", 1.0, "hover")


@pytest.mark.parametrize(
    "text",
    [
        '[General]\nshown={\\"pairs\\": 3}\ntheme=purple\ntext_size=huge\nlabels=7\ngeometry=x\n',
        "\x00\x01 not an ini file",
        "[General]\nshown=[[[[\n",
    ],
)
def test_a_damaged_memory_is_forgotten(qapp: QApplication, text: str) -> None:
    store().parent.mkdir(parents=True)
    store().write_text(text)
    settings = Settings()
    assert settings.shown is None
    assert (settings.theme, settings.scale, settings.labels) == ("desktop", 1.0, "hover")
    assert settings.geometry is None


def test_an_unwritable_folder_is_said_in_the_log(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    store().parent.parent.mkdir(parents=True, exist_ok=True)
    store().parent.write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        Settings().save_window(QByteArray(b"g"), QByteArray(b"s"))
    assert "cannot be written" in caplog.text

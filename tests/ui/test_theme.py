"""Light and dark: readable, following the desktop, in every text size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.domain.library import Library
from app.ui.icons import icon
from app.ui.shapes import paint_shape, shape_path
from app.ui.theme import DARK, LIGHT, SCALES, Colors, Theme
from app.ui.words import VIEW_NAMES

TEXT_ON_GROUND = [
    ("text", "window"),
    ("text", "panel"),
    ("text", "field"),
    ("text", "hover"),
    ("text", "accent_soft"),
    ("muted", "window"),
    ("muted", "panel"),
    ("muted", "hover"),
    ("muted", "field"),
    ("accent", "panel"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("warning", "warning_soft"),
    ("warning", "window"),
]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [value / 255 for value in QColor(color).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable_on_its_ground(colors: Colors, text: str, ground: str) -> None:
    light, dark = sorted((luminance(getattr(colors, name)) for name in (text, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_desktop_is_followed_until_the_user_chooses(theme: Theme) -> None:
    hints = QGuiApplication.styleHints()
    theme.set_choice("desktop")
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        if hints.colorScheme() == Qt.ColorScheme.Dark:  # a platform without schemes keeps saying unknown
            assert theme.name == "dark"
        theme.set_choice("light")
        assert theme.name == "light"
    finally:
        hints.unsetColorScheme()


def test_a_choice_restyles_everything(theme: Theme, qapp: QApplication) -> None:
    theme.set_choice("dark")
    assert DARK.panel in qapp.styleSheet()
    assert LIGHT.panel not in qapp.styleSheet()
    assert qapp.palette().window().color() == QColor(DARK.window)


def test_text_sizes_stop_at_their_ends(theme: Theme) -> None:
    for _ in range(9):
        theme.step_scale(1)
    assert theme.scale == SCALES[-1]
    largest = theme.pixels()
    for _ in range(9):
        theme.step_scale(-1)
    assert theme.scale == SCALES[0]
    assert theme.pixels() < largest


def test_every_marker_of_the_library_has_a_shape_of_its_own(library: Library) -> None:
    markers = [goal.marker for goal in library.goals.values()]
    outlines = {marker: str(shape_path(marker).toSubpathPolygons()) for marker in markers}
    assert len(set(outlines.values())) == len(set(markers)) == 12


def test_a_swatch_fills_its_place(qapp: QApplication, library: Library) -> None:
    for goal in library.goals.values():
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_shape(painter, image.rect().toRectF(), goal.marker, goal.color, QColor("black"))
        painter.end()
        colored = [
            (x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y) == QColor(goal.color)
        ]
        assert len(colored) > 150, goal.marker
        assert max(x for x, _ in colored) - min(x for x, _ in colored) > 20, goal.marker


def test_every_view_has_a_picture_of_its_own(theme: Theme) -> None:
    pictures = {name: icon(name, theme).pixmap(22).toImage() for name in VIEW_NAMES}
    images = list(pictures.values())
    assert all(images[i] != images[j] for i in range(len(images)) for j in range(i))

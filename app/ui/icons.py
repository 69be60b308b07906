"""Icons: the pictures of svg/, drawn in the colours of the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import Theme

SIZE = 22
"""Logical pixels."""
_RATIO = 2
_MIRRORED = {"three-quarter-right": "three-quarter-left", "right": "left"}


def icon(name: str, theme: Theme) -> QIcon:
    """The icon, in the accent colour where it is switched on. FileNotFoundError for an unknown name."""
    result = QIcon()
    colors = theme.colors
    for color, state in ((colors.text, QIcon.State.Off), (colors.accent, QIcon.State.On)):
        result.addPixmap(_pixmap(name, color), QIcon.Mode.Normal, state)
        result.addPixmap(_pixmap(name, colors.muted), QIcon.Mode.Disabled, state)
    return result


def _pixmap(name: str, color: str) -> QPixmap:
    side = SIZE * _RATIO
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if name in _MIRRORED:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    picture = _picture(_MIRRORED.get(name, name)).replace("currentColor", color)
    QSvgRenderer(QByteArray(picture.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(_RATIO)
    return pixmap


@cache
def _picture(name: str) -> str:
    return (Path(__file__).parent / "svg" / f"{name}.svg").read_text(encoding="utf-8")

"""Icons, drawn from a few strokes each, in the colours of the theme."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import Theme

SIZE = 22
"""Logical pixels."""

# Strokes on a 24 x 24 field. Heads: the outline tells the direction of the nose.
_STROKES = {
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "clear": '<path d="M6 6l12 12M18 6L6 18"/>',
    "eyes-open": '<path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.9"/>',
    "eyes-shut": '<path d="M3 10.5s3.4 4.7 9 4.7 9-4.7 9-4.7"/><path d="M12 15.4v3.2M6.6 14l-1.6 2.7M17.4 14l1.6 2.7"/>',
    "labels": '<path d="M4 5h8.6L20 12.4l-7.2 7.2L4 11.4z"/><circle cx="8.4" cy="9" r="1.2"/>',
    "advanced": '<path d="M12 3.5l7.5 2.8v5.4c0 4.4-3 7.4-7.5 9-4.5-1.6-7.5-4.6-7.5-9V6.3z"/><path d="M12 8v5M12 16v.2"/>',
    "theme": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.4 9.4a2.7 2.7 0 1 1 3.8 2.5c-.9.4-1.2 1-1.2 1.9M12 16.8v.2"/>',
    "open": '<path d="M3.5 18.5v-12h6l2 2.5h9v9.5z"/>',
    "fly": '<circle cx="12" cy="12" r="3"/><path d="M12 2.5v5M12 16.5v5M2.5 12h5M16.5 12h5"/>',
    "front": '<path d="M12 3c4 0 6 2.8 6 7 0 5.600-2.800 11-6 11s-6-5.400-6-11c0-4.200 2-7 6-7z"/>'
    '<path d="M9.300 10h.1M14.700 10h.1M12 10.500v3.500M10.200 17h3.600"/>'
    '<path d="M6 10.500c-1.600-.6-1.900 3.200.5 3.600M18 10.500c1.600-.6 1.900 3.200-.5 3.600"/>',
    "three-quarter-left": '<path d="M11 3c4.400 0 6.500 2.800 6.500 6.800l1.300 3-1.500.6c0 4.200-2.600 7.600-5.500 7.600-3.600 0-6.800-5-6.800-10.600C5 6 7 3 11 3z"/>'
    '<path d="M11.500 10h.1M16 10h.1M13 17h2.800"/>',
    "left": '<path d="M12 3.200c3.800 0 5.800 2.200 5.800 5.300l2 3.700-1.700.8.2 2.200-.6 2.700c-.3 1-1.200 1.200-3.500.9V21H7.600'
    'c.2-3-3.100-4.600-3.100-9.400C4.500 6.600 7.300 3.200 12 3.200z"/><path d="M15.400 9.800h.1"/>',
    "back": '<path d="M12 3c4 0 6 2.800 6 7 0 4-1.500 7-3.200 8.600V21H9.200v-2.400C7.500 17 6 14 6 10c0-4.200 2-7 6-7z"/>'
    '<path d="M6 10.500c-1.600-.6-1.900 3.200.5 3.600M18 10.500c1.600-.6 1.900 3.200-.5 3.600"/>',
    "top": '<path d="M12 5.500c4.200 0 6 3.400 6 7.200s-2.200 7.300-6 7.300-6-3.500-6-7.300 1.800-7.200 6-7.200z"/><path d="M10.600 5.800L12 3l1.400 2.800"/>'
    '<path d="M6 12c-1.500.2-1.500 2.600.2 2.800M18 12c1.500.2 1.500 2.600-.2 2.800"/>',
    "below": '<path d="M12 4c4.200 0 6 3 6 7 0 5-2.700 9-6 9s-6-4-6-9c0-4 1.800-7 6-7z"/><path d="M9 12c0-2 1.300-3 3-3s3 1 3 3"/>'
    '<path d="M9.500 16.500c1.600.9 3.400.9 5 0"/>',
    "body-front": '<circle cx="12" cy="4.800" r="2.300"/><path d="M12 8.400c2.500 0 3.400.7 3.900 2.600l1.400 5.400M12 8.400c-2.500 0-3.400.7-3.900 2.600'
    'l-1.400 5.400"/><path d="M9.300 11v4.500L9.600 22M14.700 11v4.500L14.400 22M9.400 15.600h5.200"/>',
    "body-back": '<circle cx="12" cy="4.800" r="2.300" fill="currentColor"/><path d="M12 8.400c2.500 0 3.400.7 3.900 2.600l1.400 5.400M12 8.400c-2.500 0'
    '-3.400.7-3.900 2.600l-1.400 5.400"/><path d="M9.300 11v4.500L9.600 22M14.700 11v4.500L14.400 22M9.400 15.600h5.200M12 8.400v7"/>',
    "fit": '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/><circle cx="12" cy="12" r="2.200"/>',
    "explore": '<circle cx="12" cy="12" r="8.500"/><path d="M15.500 8.500l-2 5-5 2 2-5z"/>',
}
_MIRRORED = {"three-quarter-right": "three-quarter-left", "right": "left"}


def icon(name: str, theme: Theme) -> QIcon:
    """The icon, in the accent colour where it is switched on. KeyError for an unknown name."""
    result = QIcon()
    for color, state in ((theme.colors.text, QIcon.State.Off), (theme.colors.accent, QIcon.State.On)):
        result.addPixmap(_pixmap(name, color), QIcon.Mode.Normal, state)
        result.addPixmap(_pixmap(name, color), QIcon.Mode.Active, state)
        result.addPixmap(_pixmap(name, theme.colors.muted), QIcon.Mode.Disabled, state)
    return result


def _pixmap(name: str, color: str, ratio: int = 2) -> QPixmap:
    flip = ' transform="matrix(-1 0 0 1 24 0)"' if name in _MIRRORED else ""
    strokes = _STROKES[_MIRRORED.get(name, name)].replace("currentColor", color)
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<g fill="none" stroke="{color}" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round"{flip}>'
        f"{strokes}</g></svg>"
    )
    pixmap = QPixmap(QSize(SIZE, SIZE) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, SIZE * ratio, SIZE * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap

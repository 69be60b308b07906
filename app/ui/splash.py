"""What is seen in the first moments, while the figure is being prepared."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSplashScreen

from app.ui.theme import Theme

_WIDTH, _HEIGHT = 420, 200


def make_splash(theme: Theme) -> QSplashScreen:
    """A small window with the name of the program; it goes when the window comes."""
    pixmap = QPixmap(_WIDTH * 2, _HEIGHT * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(theme.color("panel"))
    painter = QPainter(pixmap)
    painter.setPen(theme.color("border"))
    painter.drawRect(0, 0, _WIDTH - 1, _HEIGHT - 1)
    painter.setPen(theme.color("text"))
    painter.setFont(theme.font(2.2, bold=True))
    painter.drawText(QRect(0, 50, _WIDTH, 50), Qt.AlignmentFlag.AlignCenter, "Facepoints")
    painter.setPen(theme.color("muted"))
    painter.setFont(theme.font())
    painter.drawText(QRect(0, 105, _WIDTH, 30), Qt.AlignmentFlag.AlignCenter, "Preparing the figure")
    painter.end()
    return QSplashScreen(pixmap)

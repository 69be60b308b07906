"""What is seen in the first moments, while the figure is being prepared."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from app.ui.theme import Theme

_WIDTH, _HEIGHT = 420, 200


def make_splash(theme: Theme) -> QLabel:
    """A small window with the name of the program, to be closed when the window comes.

    No QSplashScreen: that waits up to a second for the window manager before anything else can start.
    """
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
    splash = QLabel()
    splash.setWindowFlag(Qt.WindowType.SplashScreen)
    splash.setPixmap(pixmap)
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        splash.move(screen.availableGeometry().center() - QRect(0, 0, _WIDTH, _HEIGHT).center())
    return splash

"""Lines and plates that the drawn skin is made of."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.ui.client import skin_tissue as tissue

INK = QColor("#3a2a22")


def line(
    painter: QPainter, points: list[tuple[float, float]], color: QColor, width: float, opening: float = 0.0
) -> None:
    """A fibre, pushed aside where a channel is open."""
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    moved = points if not opening else [(tissue.parted(x, opening), y) for x, y in points]
    painter.drawPolyline([QPointF(x, y) for x, y in moved])


def smooth(painter: QPainter, points: list[tuple[float, float]], color: QColor, width: float) -> None:
    """A vessel: a line without corners."""
    path = QPainterPath(QPointF(*points[0]))
    for (x, y), (next_x, next_y) in pairwise(points[1:]):
        path.quadTo(QPointF(x, y), QPointF((x + next_x) / 2, (y + next_y) / 2))
    path.lineTo(QPointF(*points[-1]))
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(path)


def plate(painter: QPainter, box: QRectF, words: str) -> None:
    """Words on a bright plate."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 232))
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two."""
    return QColor(
        *(
            round(first + share * (second - first))
            for first, second in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
        )
    )

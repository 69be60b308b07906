"""The marker shapes of the goals as paths, for swatches. The scene draws the same shapes on the skin."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

_CORNERS = {
    "triangle": (3, 90.0),
    "square": (4, 45.0),
    "diamond": (4, 0.0),
    "pentagon": (5, 90.0),
    "hexagon": (6, 0.0),
}


def shape_path(shape: str) -> QPainterPath:
    """The shape around the origin, about 2 wide and high, y down. An unknown shape is a disc."""
    path = QPainterPath()
    if shape in _CORNERS:
        count, start = _CORNERS[shape]
        radius = 1.2 if shape in ("triangle", "square") else 1.08
        path.addPolygon(_polygon([(radius, start + 360 * i / count) for i in range(count)]))
        path.closeSubpath()
        if shape == "triangle":
            path.translate(0, 0.22)
    elif shape == "star":
        path.addPolygon(_polygon([(1.2 if i % 2 == 0 else 0.52, 90 + 36 * i) for i in range(10)]))
        path.closeSubpath()
    elif shape in ("plus", "cross"):
        turn = 0 if shape == "plus" else 45
        arm, half = 1.1, 0.38
        corners = ((half, arm), (half, half), (arm, half), (arm, -half), (half, -half), (half, -arm))
        points = [*corners, *((-x, -y) for x, y in corners)]
        angle = turn * pi / 180
        path.addPolygon(
            QPolygonF(
                [QPointF(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in points]
            )
        )
        path.closeSubpath()
    elif shape == "drop":
        path.moveTo(0, -1.25)
        path.cubicTo(0.25, -0.6, 0.9, -0.15, 0.9, 0.4)
        path.cubicTo(0.9, 0.9, 0.5, 1.15, 0, 1.15)
        path.cubicTo(-0.5, 1.15, -0.9, 0.9, -0.9, 0.4)
        path.cubicTo(-0.9, -0.15, -0.25, -0.6, 0, -1.25)
    elif shape == "heart":
        path.moveTo(0, 1.1)
        path.cubicTo(-0.5, 0.6, -1.15, 0.2, -1.15, -0.4)
        path.cubicTo(-1.15, -0.85, -0.85, -1.0, -0.6, -1.0)
        path.cubicTo(-0.3, -1.0, -0.1, -0.8, 0, -0.55)
        path.cubicTo(0.1, -0.8, 0.3, -1.0, 0.6, -1.0)
        path.cubicTo(0.85, -1.0, 1.15, -0.85, 1.15, -0.4)
        path.cubicTo(1.15, 0.2, 0.5, 0.6, 0, 1.1)
    else:
        path.addEllipse(QRectF(-1, -1, 2, 2))
        if shape == "ring":
            path.addEllipse(QRectF(-0.45, -0.45, 0.9, 0.9))
            path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def paint_shape(painter: QPainter, rect: QRectF, shape: str, color: str, outline: QColor) -> None:
    """Paint the shape into the rectangle, outlined so that pale colours show on a pale ground too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    size = min(rect.width(), rect.height()) / 2.5
    painter.scale(size, size)
    pen = QPen(outline, 1.0 / size)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(color))
    painter.drawPath(shape_path(shape))
    painter.restore()


def _polygon(polar: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(r * cos(a * pi / 180), -r * sin(a * pi / 180)) for r, a in polar])

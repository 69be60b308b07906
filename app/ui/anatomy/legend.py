"""What the colours, patterns and line styles of the layers mean, below the figure."""

from collections.abc import Callable, Set

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.geometry.construction import GuideKind
from app.scene.anatomy_layers import (
    CHANNEL_LOOKS,
    LANDMARK_COLORS,
    MUSCLE_LOOKS,
    OTHER_CHANNEL,
    PROPORTION_COLOR,
    RISK_LOOKS,
    WRINKLE_LOOKS,
)
from app.scene.construction_layer import GUIDE_LOOKS
from app.scene.skin_areas import FIBROUS, Pattern
from app.scene.skin_lines import Style
from app.ui.anatomy.state import LAYERS, AnatomyState, LayerName
from app.ui.anatomy.view import AnatomyView
from app.ui.anatomy.words import LAYER_WORDS, RISK_WORDS
from app.ui.blocks import flow, row, text
from app.ui.theme import Theme

_PENS = {"solid": Qt.PenStyle.SolidLine, "dashed": Qt.PenStyle.DashLine, "dotted": Qt.PenStyle.DotLine}
_BRUSHES = {
    "fibres": Qt.BrushStyle.VerPattern,
    "lit fibres": Qt.BrushStyle.VerPattern,
    "striped": Qt.BrushStyle.BDiagPattern,
    "hatched": Qt.BrushStyle.HorPattern,
}

Paint = Callable[[QPainter, QRectF], None]


class Legend(QFrame):
    """Shown while a layer is on that needs one; a click on its head folds it, so that the figure has the room."""

    def __init__(self, anatomy: AnatomyState, view: AnatomyView, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._anatomy = anatomy
        self._view = view
        self._theme = theme
        self._active = True
        self.setAccessibleName("What the colours on the skin mean")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 2, 8, 0)
        self._column.setSpacing(2)
        self._folded = False
        self.head = QPushButton()
        self.head.setProperty("role", "link")
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)
        self.head.clicked.connect(self._fold)
        self._column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows: tuple[str, ...] = ()
        anatomy.layers_changed.connect(self._rebuild)
        view.problems_changed.connect(self._rebuild)
        theme.theme_changed.connect(self._rebuild)
        self._rebuild()

    def set_active(self, on: bool) -> None:
        """Hide while another room has the figure."""
        self._active = on
        self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(1)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        words: list[str] = []
        layers = [layer for layer in LAYERS if layer in self._anatomy.layers and layer != "construction"]
        self.head.setText("Show the legend" if self._folded else "Hide the legend")
        for layer in () if self._folded else layers:
            heading = QLabel(LAYER_WORDS[layer][0].upper())
            heading.setProperty("role", "heading")
            problem = self._view.problems.get(layer)
            if problem:
                self._column.addWidget(flow(heading, text(problem, "caution")))
                continue
            rows = self._rows(layer)
            words += [name for name, _ in rows]
            self._column.addWidget(flow(heading, *(self._entry(name, paint) for name, paint in rows)))
        self.rows = tuple(words)
        self.setVisible(bool(layers) and self._active)

    def _fold(self) -> None:
        self._folded = not self._folded
        self._rebuild()

    def _entry(self, name: str, paint: Paint) -> QWidget:
        label = QLabel(name)
        label.setProperty("role", "small")
        return row(Sample(paint, self._theme), label, spacing=5)

    def _rows(self, layer: LayerName) -> list[tuple[str, Paint]]:
        """Words and picture of each thing that a layer shows."""
        atlas = self._anatomy.atlas
        if layer == "zones":
            risks = {zone.risk for zone in atlas.library.caution_zones.values()}
            looks = {risk: look for risk, look in RISK_LOOKS.items() if risk in risks}
            return [(RISK_WORDS[risk], area(*look[:2])) for risk, look in looks.items()]
        if layer == "muscles":
            return [
                ("A chosen group works on it", area(*MUSCLE_LOOKS[True][:2])),
                ("Other muscles", area(*MUSCLE_LOOKS[False][:2])),
            ]
        if layer == "wrinkles":
            return [
                ("A chosen group works on them", line(WRINKLE_LOOKS[True][0], WRINKLE_LOOKS[True][2])),
                ("Other lines", line(WRINKLE_LOOKS[False][0], WRINKLE_LOOKS[False][2])),
            ]
        if layer == "channels":
            drawn = {one: CHANNEL_LOOKS.get(one, OTHER_CHANNEL) for one in atlas.channels}
            return [(name, line(*look)) for name, look in drawn.items()]
        if layer == "landmarks":
            names = {"skin": "Seen on the skin", "palpated": "Felt under it", "derived": "Worked out"}
            return [(names[kind], dot(color)) for kind, color in LANDMARK_COLORS.items()]
        return [("Thirds and fifths of this face", line(PROPORTION_COLOR, "dashed"))]


def construction_key(theme: Theme, kinds: Set[GuideKind]) -> QWidget:
    """What the lines of a construction mean, those of some kinds, for the point's page."""
    names = {"measure": "cun", "level": "level or vertical", "curve": "fold or border", "between": "between"}
    pieces = []
    for kind, words in names.items():
        if not kinds & ({"level", "vertical"} if kind == "level" else {kind}):
            continue
        color, _, style = next(look for name, look in GUIDE_LOOKS.items() if name == kind)
        label = QLabel(words)
        label.setProperty("role", "small")
        pieces.append(row(Sample(line(color, style), theme), label, spacing=5))
    return flow(*pieces)


class Sample(QWidget):
    """A small picture of a line, an area or a dot as it is drawn on the skin."""

    def __init__(self, paint: Paint, theme: Theme) -> None:
        super().__init__()
        self._paint = paint
        self.setFixedSize(QSize(theme.pixels(1.7), theme.pixels(0.95)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))


def area(color: str, pattern: Pattern) -> Paint:
    """Paints a field in a colour and pattern."""

    def paint(painter: QPainter, rect: QRectF) -> None:
        soft = QColor(color)
        soft.setAlphaF(0.75 if pattern == "lit fibres" else 0.4)
        painter.setPen(QPen(QColor(color).darker(120), 1.5))
        painter.setBrush(soft)
        painter.drawRoundedRect(rect, 3, 3)
        if pattern in _BRUSHES:
            lines = QColor(color).darker(150) if pattern in FIBROUS else QColor(color)
            painter.setBrush(QBrush(lines, _BRUSHES[pattern]))
            painter.drawRoundedRect(rect, 3, 3)

    return paint


def line(color: str, style: Style) -> Paint:
    """Paints a line in a colour and style, with the dark edge it has on the skin."""

    def paint(painter: QPainter, rect: QRectF) -> None:
        ends = QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y())
        for tint, width in ((QColor(color).darker(240), 4.4), (QColor(color), 2.6)):
            pen = QPen(tint, width, _PENS[style], Qt.PenCapStyle.FlatCap)
            if style != "solid":
                pen.setDashPattern(
                    [4 / width * 2, 3 / width * 2] if style == "dashed" else [3 / width, 3 / width]
                )
            painter.setPen(pen)
            painter.drawLine(*ends)

    return paint


def dot(color: str) -> Paint:
    """Paints a dot with the dark edge it has on the skin."""

    def paint(painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(30, 30, 30), 1.4))
        painter.setBrush(QColor(color))
        painter.drawEllipse(rect.center(), 3.6, 3.6)

    return paint

"""What happens in the skin: an animated cross-section, drawn; beside it, how a roller differs."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.story import SKIN_PHASES
from app.ui.client import skin_tissue as tissue
from app.ui.client import strokes
from app.ui.client.skin_moment import Moment, moment
from app.ui.client.strokes import INK
from app.ui.theme import Theme

PHASE_MS = 5200
"""How long a phase is played."""

_TIMES = {"needle": "Needle", "inflammation": "Hours", "tissue": "Days", "remodelling": "Weeks"}
_OUTER, _OUTER_EDGE = QColor("#e2b192"), QColor("#c98f70")
_INNER, _INNER_DEEP = QColor("#f6dccb"), QColor("#eec7b0")
_FAT, _FAT_EDGE = QColor("#f6e2a8"), QColor("#e3c67a")
_COLLAGEN, _COLLAGEN_DARK = QColor("#dba48d"), QColor("#c98a74")
_ELASTIN, _FRESH, _SORTED = QColor("#6d5a8c"), QColor("#3f9c86"), QColor("#d97f4e")
_BLOOD, _RED = QColor("#c2403c"), QColor("#d8322c")
_CELL, _CELL_EDGE = QColor("#7fa8d9"), QColor("#3f6ca3")
_STEEL, _STEEL_EDGE, _HANDLE = QColor("#cfd5db"), QColor("#7d868f"), QColor("#b98a45")


class SkinView(QWidget):
    """Plays one phase at a time and then stands still."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = "before"
        self._share = 0.0
        self._words = True
        self._fibres = [
            *((one, strokes.mixed(_COLLAGEN, _COLLAGEN_DARK, one.shade)) for one in tissue.collagen()),
            *((one, _ELASTIN) for one in tissue.elastin()),
        ]
        self._near = [(one, color) for one, color in self._fibres if one.is_near]
        self._still: QPixmap | None = None
        self._fresh, self._cells, self._vessels = tissue.fresh(), tissue.cells(), tissue.vessels()
        self._play = QVariantAnimation(self)
        self._play.setStartValue(0.0)
        self._play.setEndValue(1.0)
        self._play.setDuration(PHASE_MS)
        self._play.valueChanged.connect(self._on_time)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("A drawn cross-section of the skin")
        self.setMinimumHeight(220)

    @property
    def phase(self) -> str:
        return self._phase

    @property
    def share(self) -> float:
        """How much of the phase has been played, 0 to 1."""
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(620, 460)

    def play(self, phase: str) -> None:
        """Show a phase from its start."""
        self._phase = phase
        self._play.stop()
        self.setAccessibleDescription(next((one.words for one in SKIN_PHASES if one.id == phase), ""))
        self._play.start()

    def stop(self) -> None:
        """Stand still."""
        self._play.stop()

    def show_at(self, phase: str, share: float) -> None:
        """Stand still at a part of a phase."""
        self._play.stop()
        self._phase, self._share = phase, share
        self.update()

    def set_words(self, on: bool) -> None:
        """Whether the parts are named."""
        self._words = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        clip = QPainterPath()
        clip.addRoundedRect(frame, 14, 14)
        painter.setClipPath(clip)
        if self._phase == "roller":
            half = QRectF(frame.left(), frame.top(), frame.width() / 2 - 2, frame.height())
            self._paint_tissue(painter, half, moment("needle", self._share))
            self._title(painter, half, "Acupuncture: one needle")
            other = half.translated(half.width() + 4, 0)
            self._paint_roller(painter, other)
            self._title(painter, other, "Roller: many punctures")
            return
        self._paint_tissue(painter, frame, moment(self._phase, self._share))
        if self._words and self._phase == "before":
            self._paint_names(painter, frame)
        if self._phase in _TIMES:
            self._paint_times(painter, frame)
        if self._words:
            painter.setFont(self._theme.font(0.85))
            painter.setPen(QColor("#5d6a72"))
            corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(frame.adjusted(14, 10, 0, 0), corner, "A drawing, not to scale")

    def _on_time(self, value: object) -> None:
        if isinstance(value, float):
            self._share = value
            self.update()

    def _paint_tissue(
        self,
        painter: QPainter,
        frame: QRectF,
        now: Moment,
        channels: tuple[float, ...] = (0.0,),
        deep: bool = True,
    ) -> None:
        """The tissue with a channel; painted in the unit frame, its middle in the middle of `frame`."""
        painter.save()
        painter.setClipRect(frame, Qt.ClipOperation.IntersectClip)
        painter.translate(frame.center().x(), frame.top())
        painter.scale(frame.height(), frame.height())
        self._paint_still(painter)
        self._paint_fibres(painter, now)
        self._paint_vessels(painter, now)
        self._paint_glow(painter, now, channels, deep)
        if now.cells:
            self._paint_cells(painter, now)
        if deep and now.depth > 0:
            _paint_needle(painter, now.depth)
        painter.restore()

    def _paint_still(self, painter: QPainter) -> None:
        """What never moves: painted once for each size of the drawing."""
        scale, ratio = painter.worldTransform().m22(), self.devicePixelRatioF()
        size = QSize(round(2 * tissue.REACH * scale * ratio), round(scale * ratio))
        if self._still is None or self._still.size() != size:
            self._still = QPixmap(size)
            self._still.fill(Qt.GlobalColor.transparent)
            own = QPainter(self._still)
            own.setRenderHint(QPainter.RenderHint.Antialiasing)
            own.scale(scale * ratio, scale * ratio)
            own.translate(tissue.REACH, 0)
            self._paint_layers(own)
            for one, color in self._fibres:
                if not one.is_near:
                    strokes.line(own, one.points(), color, one.width)
            own.end()
        painter.drawPixmap(
            QRectF(-tissue.REACH, 0, 2 * tissue.REACH, 1), self._still, QRectF(self._still.rect())
        )

    def _paint_layers(self, painter: QPainter) -> None:
        reach, steps = tissue.REACH, 120
        xs = [-reach + 2 * reach * step / steps for step in range(steps + 1)]
        air = QLinearGradient(0, 0, 0, tissue.SURFACE)
        air.setColorAt(0, QColor("#e9f1f5"))
        air.setColorAt(1, QColor("#f7fafb"))
        painter.fillRect(QRectF(-reach, 0, 2 * reach, 1), QBrush(air))
        deep = QLinearGradient(0, tissue.DERMIS, 0, tissue.DEEP)
        deep.setColorAt(0, _INNER)
        deep.setColorAt(1, _INNER_DEEP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(deep))
        painter.drawRect(QRectF(-reach, tissue.SURFACE + 0.03, 2 * reach, 1))
        painter.setBrush(_FAT)
        painter.setPen(QPen(_FAT_EDGE, 0.003))
        for number in range(-14, 15):
            width = 0.11 + 0.02 * sin(number * 2.1)
            painter.drawEllipse(
                QPointF(number * 0.095, tissue.DEEP + 0.055 + 0.012 * cos(number * 1.7)), width / 2, 0.06
            )
        outer = QPainterPath(QPointF(xs[0], tissue.surface(xs[0])))
        for x in xs[1:]:
            outer.lineTo(x, tissue.surface(x))
        for x in reversed(xs):
            outer.lineTo(x, tissue.border(x))
        outer.closeSubpath()
        painter.setPen(QPen(_OUTER_EDGE, 0.004))
        painter.setBrush(_OUTER)
        painter.drawPath(outer)
        painter.setPen(QPen(QColor(201, 143, 112, 90), 0.0016))
        for number in range(1, 5):
            share = number / 6
            line = QPainterPath()
            for index, x in enumerate(xs):
                y = tissue.surface(x) + share * (tissue.border(x) - tissue.surface(x))
                line.lineTo(x, y) if index else line.moveTo(x, y)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(line)

    def _paint_fibres(self, painter: QPainter, now: Moment) -> None:
        """What the channel moves, and the new fibres."""
        opening = 0.026 * now.opening
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one, color in self._near:
            strokes.line(painter, one.points(), color, one.width, opening)
        for one in self._fresh[: round(now.new * len(self._fresh))]:
            color = strokes.mixed(_FRESH, _SORTED, now.order)
            strokes.line(
                painter, one.points(0.85 * now.order), color, one.width * (0.75 + 0.35 * now.order), opening
            )

    def _paint_vessels(self, painter: QPainter, now: Moment) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for points in self._vessels:
            near = min(abs(x) for x, _ in points)
            wide = 1 + 0.9 * now.glow * max(0.0, 1 - near / 0.55)
            strokes.smooth(painter, points, _BLOOD, 0.0075 * wide)
            strokes.smooth(painter, points, QColor(255, 190, 180, 130), 0.002 * wide)

    def _paint_glow(self, painter: QPainter, now: Moment, channels: tuple[float, ...], deep: bool) -> None:
        bottom = max(_tip(now.depth), tissue.SURFACE) if now.depth else 0.98
        bottom = bottom if deep else 0.5
        for x in channels:
            if now.glow > 0:
                glow = QRadialGradient(QPointF(x, 0.42), 0.30)
                red = QColor(_RED)
                red.setAlphaF(0.34 * now.glow / max(1.0, len(channels) ** 0.5))
                clear = QColor(_RED)
                clear.setAlpha(0)
                glow.setColorAt(0, red)
                glow.setColorAt(1, clear)
                painter.fillRect(QRectF(x - 0.3, tissue.SURFACE, 0.6, 0.6), QBrush(glow))
            if now.opening > 0.02:
                channel = QPainterPath(QPointF(x - 0.016 * now.opening, tissue.surface(x)))
                channel.lineTo(x + 0.016 * now.opening, tissue.surface(x))
                channel.lineTo(x + 0.009 * now.opening, bottom - 0.04)
                channel.lineTo(x, bottom)
                channel.lineTo(x - 0.009 * now.opening, bottom - 0.04)
                channel.closeSubpath()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(122, 20, 24, 205))
                painter.drawPath(channel)

    def _paint_cells(self, painter: QPainter, now: Moment) -> None:
        for cell in self._cells:
            share = min(1.0, max(0.0, (now.cells - cell.delay) / (1 - 0.45)))
            ease = share * share * (3 - 2 * share)
            x, y = cell.x + ease * (cell.to_x - cell.x), cell.y + ease * (cell.to_y - cell.y)
            fill, edge = QColor(_CELL), QColor(_CELL_EDGE)
            for color in (fill, edge):
                color.setAlphaF(max(0.0, 1 - now.rest) * min(1.0, 4 * share + 0.25))
            painter.setBrush(fill)
            painter.setPen(QPen(edge, 0.0022))
            painter.drawEllipse(QPointF(x, y), cell.size * (1 + 0.5 * now.new), cell.size)

    def _paint_roller(self, painter: QPainter, frame: QRectF) -> None:
        """A wheel with spikes that rolls over the skin and leaves a channel at each step."""
        reach = frame.width() / frame.height() / 2
        step, radius = 0.07, 0.075
        start, end = -reach - radius, 0.62 * reach
        middle = start + (end - start) * self._share
        left = [start + step * number for number in range(int((end - start) / step) + 1)]
        channels = tuple(x for x in left if x < middle and -reach < x < reach)
        now = Moment(opening=0.7, glow=0.5 * self._share)
        self._paint_tissue(painter, frame, now, channels or (-9.0,), deep=False)
        painter.save()
        painter.setClipRect(frame, Qt.ClipOperation.IntersectClip)
        painter.translate(frame.center().x(), frame.top())
        painter.scale(frame.height(), frame.height())
        height, spikes = tissue.SURFACE - radius - 0.004, 14
        turn = (middle - start) / radius
        painter.setPen(QPen(_STEEL_EDGE, 0.003))
        for number in range(spikes):
            angle = turn + 2 * pi * number / spikes
            painter.drawLine(
                QPointF(middle + radius * 0.8 * cos(angle), height + radius * 0.8 * sin(angle)),
                QPointF(middle + (radius + 0.036) * cos(angle), height + (radius + 0.036) * sin(angle)),
            )
        painter.setBrush(_STEEL)
        painter.drawEllipse(QPointF(middle, height), radius * 0.84, radius * 0.84)
        painter.setBrush(_HANDLE)
        painter.drawEllipse(QPointF(middle, height), 0.02, 0.02)
        painter.restore()

    def _paint_names(self, painter: QPainter, frame: QRectF) -> None:
        scale, middle = frame.height(), frame.center().x()
        reach = frame.width() / scale / 2
        right = reach - 0.05
        names = (
            ("Outer layer (epidermis)", 0.24, -0.06),
            ("Fine vessels (capillaries)", 0.43, -0.115),
            ("Collagen: firmness", 0.55, -0.2),
            ("Elastin: springs back", 0.66, -0.16),
            ("Inner layer (dermis)", 0.77, -0.09),
        )
        painter.setFont(self._theme.font(1.05, bold=True))
        metrics = painter.fontMetrics()
        for words, y, aim in names:
            width = metrics.horizontalAdvance(words) + 20
            box = QRectF(middle + right * scale - width, frame.top() + y * scale - 15, width, 30)
            painter.setPen(QPen(INK, 1.2))
            start = QPointF(box.left(), box.center().y())
            end = QPointF(middle + aim * scale, box.center().y())
            painter.drawLine(start, end)
            painter.setBrush(INK)
            painter.drawEllipse(end, 3, 3)
            strokes.plate(painter, box, words)

    def _paint_times(self, painter: QPainter, frame: QRectF) -> None:
        """Where in time the drawing is: from the needle over hours and days to weeks."""
        names = list(_TIMES)
        painter.setFont(self._theme.font(1.0, bold=True))
        width = min(560.0, frame.width() - 60)
        left = frame.center().x() - width / 2
        y = frame.bottom() - 30
        plate = QRectF(left - 24, y - 34, width + 48, 54)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 225))
        painter.drawRoundedRect(plate, 12, 12)
        painter.setPen(QPen(QColor("#b9a89c"), 3))
        painter.drawLine(QPointF(left, y), QPointF(left + width, y))
        place = (names.index(self._phase) + self._share) / len(names)
        painter.setPen(QPen(_RED, 4))
        painter.drawLine(QPointF(left, y), QPointF(left + place * width, y))
        painter.setBrush(_RED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(left + place * width, y), 7, 7)
        for number, name in enumerate(names):
            on = name == self._phase
            painter.setPen(INK if on else QColor("#6f6259"))
            painter.setFont(self._theme.font(1.0, bold=on))
            box = QRectF(left + number * width / 4, y - 30, width / 4, 22)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _TIMES[name])

    def _title(self, painter: QPainter, frame: QRectF, words: str) -> None:
        if not self._words:
            return
        painter.setFont(self._theme.font(1.05, bold=True))
        width = painter.fontMetrics().horizontalAdvance(words) + 24
        strokes.plate(painter, QRectF(frame.center().x() - width / 2, frame.bottom() - 48, width, 32), words)


def _tip(depth: float) -> float:
    """The height of the needle's tip; below what is drawn in the end, as real ones pass through the skin."""
    return tissue.SURFACE - 0.05 + depth * 0.88


def _paint_needle(painter: QPainter, depth: float) -> None:
    """A needle from above."""
    tip = _tip(depth)
    shaft = QPainterPath(QPointF(-0.0075, tip - 1.1))
    shaft.lineTo(0.0075, tip - 1.1)
    shaft.lineTo(0.0075, tip - 0.05)
    shaft.lineTo(0.0, tip)
    shaft.lineTo(-0.0075, tip - 0.05)
    shaft.closeSubpath()
    painter.setPen(QPen(_STEEL_EDGE, 0.002))
    painter.setBrush(_STEEL)
    painter.drawPath(shaft)

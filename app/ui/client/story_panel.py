"""The story as the client sees it: big calm type, and the drawn skin. Nothing here can be edited."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.story import Step
from app.ui.client.look import give_look
from app.ui.client.skin_view import SkinView
from app.ui.theme import Theme

_SIZES = (2.5, 2.3, 2.1, 1.9, 1.7, 1.5, 1.35, 1.2, 1.05)
"""Sizes of the words, the first that fits is taken."""
_VERDICT_SIZE = 1.35


class StoryPanel(QFrame):
    """One step at a time.

    Signals:
        clicked: a click, which leads on.
    """

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._theme = theme
        self._step: Step | None = None
        self._text_on = True
        self.skin = SkinView(theme)
        self.title = _label()
        self._goal = QFrame()
        self._goal.setFixedHeight(6)
        self.verdict = _label()
        self.verdict.setProperty("role", "verdict")
        self._body: list[QLabel] = []
        self._text = QWidget()
        self._text_layout = QVBoxLayout(self._text)
        self._text_layout.setContentsMargins(0, 0, 0, 0)
        self.progress = StoryProgress(theme)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(44, 40, 44, 26)
        self._layout.setSpacing(18)
        self._layout.addWidget(self.verdict)
        self._layout.addWidget(self.skin, 7)
        self._layout.addWidget(self._goal)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self._text, 3)
        self._layout.addWidget(self.progress)
        give_look(self, theme)
        self.show_verdicts(())
        theme.theme_changed.connect(self._fit)

    @property
    def words(self) -> str:
        """Everything that is read on this step."""
        return "\n".join((self.verdict.text(), self.title.text(), *(label.text() for label in self._body)))

    def show_verdicts(self, verdicts: Sequence[str]) -> None:
        """What the answers say of the treatment: it stays in sight on every step, whatever else is hidden."""
        self.verdict.setText("\n".join(verdicts))
        self.verdict.setVisible(bool(verdicts))

    def show_step(self, step: Step, number: int, count: int) -> None:
        """Show a step, the `number`-th of `count` from 0."""
        self._step = step
        self.progress.show_place(number, count)
        self.title.setText(step.title)
        while self._text_layout.count():
            item = self._text_layout.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._body = []
        for words in step.words:
            self._body.append(_label(words))
        for line in step.lines:
            self._body.append(_label(f"•  {line}"))
        for label in self._body:
            self._text_layout.addWidget(label)
        self._text_layout.addStretch()
        self._goal.setVisible(step.goal is not None)
        if step.goal:
            self._goal.setStyleSheet(f"background: {step.goal.color}; border: none; border-radius: 3px;")
        is_skin = step.scene == "skin"
        self.skin.setVisible(is_skin)
        if is_skin:
            self.skin.play(step.phase)
        else:
            self.skin.stop()
        self._show_text()
        self._fit()

    def set_text(self, on: bool) -> None:
        """Whether words and names are shown."""
        self._text_on = on
        self._show_text()

    def minimumSizeHint(self) -> QSize:
        """As low as may be: words are fitted to the height there is, and never make the window higher."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _show_text(self) -> None:
        self._text.setVisible(self._text_on)
        self.title.setVisible(self._text_on)
        self.skin.set_words(self._text_on)

    def _fit(self) -> None:
        """The largest words for which there is room."""
        step = self._step
        if step is None:
            return
        margins = self._layout.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        height = self.height() - margins.top() - margins.bottom() - self.progress.sizeHint().height() - 60
        if self.verdict.text():
            self.verdict.setFont(self._theme.font(_VERDICT_SIZE, bold=True))
            height -= self.verdict.heightForWidth(max(width, 120)) + self._layout.spacing()
        if step.scene == "skin":
            height = round(height * 0.30)
        for size in _SIZES:
            self._style(size)
            gap = self._theme.pixels(size * 0.45)
            labels = [self.title, *self._body]
            if sum(label.heightForWidth(max(width, 120)) + gap for label in labels) <= height:
                break
        self._text_layout.setSpacing(gap)

    def _style(self, size: float) -> None:
        self.title.setFont(self._theme.font(size * 1.22, bold=True))
        for label in self._body:
            label.setFont(self._theme.font(size))


class StoryProgress(QWidget):
    """How far the story is: a thin line, and the step in numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._number, self._count = 0, 1
        self.setFixedHeight(22)

    def show_place(self, number: int, count: int) -> None:
        self._number, self._count = number, count
        self.setAccessibleName(f"Step {number + 1} of {count}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = f"{self._number + 1} / {self._count}"
        painter.setFont(self._theme.font(0.9))
        painter.setPen(self._theme.color("muted"))
        box = QRectF(self.rect())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        right = box.right() - painter.fontMetrics().horizontalAdvance("00 / 00") - 10
        line = QRectF(0, box.center().y() - 2, right, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("border"))
        painter.drawRoundedRect(line, 2, 2)
        painter.setBrush(self._theme.color("accent"))
        line.setWidth(line.width() * (self._number + 1) / self._count)
        painter.drawRoundedRect(line, 2, 2)


def _label(words: str = "") -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label

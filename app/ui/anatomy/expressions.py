"""Sliders that move the face, so that a muscle's work and its lines are seen."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSlider, QToolButton, QWidget

from app.ui.anatomy.state import AnatomyState
from app.ui.anatomy.words import EXPRESSIONS, EYES, EYES_WORDS, expression_weights
from app.ui.blocks import flow, row
from app.ui.theme import Theme
from app.ui.viewport import Viewport

FULL = 100
SLIDER = 3.6


class ExpressionPanel(QFrame):
    """One slider per expression, several at once; a click on a name switches it wholly on or off.

    Below the figure, in as many lines as it takes, so that the whole face is seen while it moves.
    """

    def __init__(self, anatomy: AnatomyState, theme: Theme, viewport: Viewport) -> None:
        super().__init__()
        self._anatomy = anatomy
        self._theme = theme
        self._viewport = viewport
        self.sliders: dict[str, QSlider] = {}
        self._names: list[QWidget] = []
        self.setProperty("role", "bar")
        self.setAccessibleName("Expressions")
        self.reset = QPushButton("Neutral")
        self.reset.setProperty("role", "link")
        self.reset.setToolTip("Take every expression off the face and open the eyes (Shift+X)")
        self.reset.clicked.connect(anatomy.set_neutral)
        cells = []
        for name, words in ({name: words for name, (words, _) in EXPRESSIONS.items()} | {EYES: EYES_WORDS}).items():
            button = QToolButton()
            button.setText(words)
            button.setProperty("role", "small")
            button.setToolTip(f"{words}: wholly on or off")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self._toggle, name))
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, FULL)
            slider.setPageStep(25)
            slider.setAccessibleName(words)
            slider.valueChanged.connect(self._on_eyes_moved if name == EYES else self._on_moved)
            self._names.append(row(button))
            self.sliders[name] = slider
            cells.append(row(slider, self._names[-1], spacing=4))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 0)
        line.addWidget(flow(*cells, self.reset))
        anatomy.expression_changed.connect(self._sync)
        anatomy.eyes_changed.connect(self._sync_eyes)
        theme.theme_changed.connect(self._size)
        self.hide()
        self._size()
        self._sync()
        self._sync_eyes()

    def set_shown(self, on: bool) -> None:
        """Show or hide the sliders; the expression stays."""
        focused = QApplication.focusWidget()
        if not on and focused is not None and self.isAncestorOf(focused):
            # Else Qt gives the keyboard to the search, which takes every key for a letter.
            self._viewport.setFocus()
        self.setVisible(on)

    def _toggle(self, name: str) -> None:
        slider = self.sliders[name]
        slider.setValue(0 if slider.value() else FULL)

    def _on_moved(self) -> None:
        amounts = {name: slider.value() / FULL for name, slider in self.sliders.items() if name != EYES}
        self._anatomy.set_expression(expression_weights(amounts))

    def _on_eyes_moved(self, value: int) -> None:
        self._viewport.keep_quick()
        self._anatomy.set_eyes_shut(value / FULL)

    def _sync_eyes(self) -> None:
        """The eyes are shut and opened elsewhere too."""
        self._set(EYES, round(FULL * self._anatomy.eyes_shut))
        self._tell_reset()

    def _tell_reset(self) -> None:
        self.reset.setEnabled(bool(self._anatomy.expression or self._anatomy.eyes_shut))

    def _set(self, name: str, value: int) -> None:
        slider = self.sliders[name]
        slider.blockSignals(True)
        slider.setValue(value)
        slider.blockSignals(False)

    def _sync(self) -> None:
        """Sliders go back when the expression was taken off elsewhere."""
        self._tell_reset()
        if not self._anatomy.expression:
            for name in EXPRESSIONS:
                self._set(name, 0)

    def _size(self) -> None:
        """Names of one width, so that the sliders stand in columns."""
        buttons = self.findChildren(QToolButton)
        for button in buttons:
            button.ensurePolished()
        width = max(button.sizeHint().width() for button in buttons)
        for name, slider in zip(self._names, self.sliders.values(), strict=True):
            name.setFixedWidth(width)
            slider.setFixedWidth(self._theme.pixels(SLIDER))

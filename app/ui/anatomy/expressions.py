"""Sliders that move the face, so that a muscle's work and its lines are seen."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
)

from app.ui.anatomy.overlay import OverlayPanel
from app.ui.anatomy.state import AnatomyState
from app.ui.anatomy.words import EXPRESSIONS, EYES, EYES_WORDS, expression_weights
from app.ui.theme import Theme
from app.ui.viewport import Viewport

FULL = 100
SLIDER = 4.6


class ExpressionPanel(OverlayPanel):
    """One slider per expression, several at once; a click on a name switches it wholly on or off."""

    def __init__(self, anatomy: AnatomyState, theme: Theme, viewport: Viewport) -> None:
        super().__init__(viewport, Qt.Corner.TopRightCorner)
        self._anatomy = anatomy
        self._theme = theme
        self._viewport = viewport
        self.sliders: dict[str, QSlider] = {}
        self.setAccessibleName("Expressions")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 8)
        column.setSpacing(0)
        head = QHBoxLayout()
        title = QLabel("EXPRESSIONS")
        title.setProperty("role", "heading")
        self.reset = QPushButton("Neutral")
        self.reset.setProperty("role", "link")
        self.reset.setToolTip("Take every expression off the face and open the eyes (Shift+X)")
        self.reset.clicked.connect(anatomy.set_neutral)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self.reset)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        column.addLayout(grid)
        rows = {name: words for name, (words, _) in EXPRESSIONS.items()} | {EYES: EYES_WORDS}
        for row, (name, words) in enumerate(rows.items()):
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
            slider.setFixedWidth(theme.pixels(SLIDER))
            slider.valueChanged.connect(self._on_eyes_moved if name == EYES else self._on_moved)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(slider, row, 1)
            self.sliders[name] = slider
        anatomy.expression_changed.connect(self._sync)
        anatomy.eyes_changed.connect(self._sync_eyes)
        theme.theme_changed.connect(self._on_theme_changed)
        self.hide()
        self._sync()
        self._sync_eyes()

    def set_shown(self, on: bool) -> None:
        """Show or hide the sliders; the expression stays."""
        focused = QApplication.focusWidget()
        if not on and focused is not None and self.isAncestorOf(focused):
            # Else Qt gives the keyboard to the search, which takes every key for a letter.
            self._viewport.setFocus()
        self.setVisible(on)
        if on:
            self.settle()

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

    def _on_theme_changed(self) -> None:
        for slider in self.sliders.values():
            slider.setFixedWidth(self._theme.pixels(SLIDER))
        if self.isVisible():
            self.settle()

"""Actions of the anatomy: layers, ruler, expressions; in a menu, on a button and by keys."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.ui.actions import make_action, offer, set_icon
from app.ui.anatomy.state import LAYERS, AnatomyState, LayerName
from app.ui.anatomy.words import LAYER_WORDS
from app.ui.theme import Theme


class AnatomyActions(QObject):
    """Makes the actions and keeps their check marks in step with the state."""

    def __init__(self, anatomy: AnatomyState, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._anatomy = anatomy
        self.layers = {layer: self._layer(layer) for layer in LAYERS}
        set_icon(self.layers["construction"], "construction", theme)
        self.none = make_action(self, "No layers", self._clear, ("Shift+0",), "Take every layer off the skin")
        self.ruler = make_action(
            self,
            "Ruler",
            anatomy.set_ruler,
            ("R",),
            "Measure along the skin between two clicks, in mm and cun; Esc puts it away",
            checkable=True,
        )
        set_icon(self.ruler, "ruler", theme)
        self.expressions = make_action(
            self,
            "Expressions",
            keys=("X",),
            tip="Move the face: frown, smile, raise the brows and more",
            checkable=True,
        )
        set_icon(self.expressions, "expression", theme)
        self.neutral = make_action(
            self,
            "Neutral face",
            anatomy.set_neutral,
            ("Shift+X",),
            "Take every expression off the face and open the eyes",
        )
        self.button = make_action(self, "Layers", tip="What is drawn on the skin")
        set_icon(self.button, "layers", theme)
        anatomy.layers_changed.connect(self._sync)
        anatomy.ruler_changed.connect(self._sync)
        anatomy.expression_changed.connect(self._sync)
        anatomy.eyes_changed.connect(self._sync)
        self._sync()

    def with_keys(self) -> list[QAction]:
        """Those that have keys, for the overview of keys."""
        return [*self.layers.values(), self.none, self.ruler, self.expressions, self.neutral]

    def menu(self) -> QMenu:
        """All of them, for the menu bar."""
        menu = self.layer_menu("&Anatomy")
        menu.addSeparator()
        menu.addActions([self.ruler, self.expressions, self.neutral])
        return menu

    def layer_menu(self, title: str = "Layers") -> QMenu:
        """The layers alone, for the button."""
        menu = QMenu(title)
        menu.setToolTipsVisible(True)
        menu.addActions(list(self.layers.values()))
        menu.addSeparator()
        menu.addAction(self.none)
        return menu

    def _layer(self, layer: LayerName) -> QAction:
        words, key, tip = LAYER_WORDS[layer]

        def switch(on: bool) -> None:
            self._anatomy.set_layer(layer, on)

        return make_action(self, words, switch, (key,), tip, checkable=True)

    def _clear(self) -> None:
        self._anatomy.set_layers(frozenset())

    def _sync(self) -> None:
        for layer, action in self.layers.items():
            action.setChecked(layer in self._anatomy.layers)
        offer(self.none, bool(self._anatomy.layers), "no layer is on")
        moved = bool(self._anatomy.expression) or self._anatomy.eyes_shut > 0
        offer(self.neutral, moved, "the face is neutral and its eyes are open")
        self.ruler.setChecked(self._anatomy.ruler)

"""Which layers of the anatomy are on, whether a construction is drawn, and the face's expression. View state."""

from collections.abc import Collection, Mapping
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.geometry.atlas import Atlas
from app.geometry.figure import Figure
from app.ui.state import ViewState

LayerName = Literal["channels", "zones", "muscles", "wrinkles", "landmarks", "proportions", "construction"]
LAYERS: tuple[LayerName, ...] = (
    "channels", "zones", "muscles", "wrinkles", "landmarks", "proportions", "construction",
)  # fmt: skip


class AnatomyState(QObject):
    """The one place that changes what of the anatomy is seen.

    Signals:
        layers_changed: other layers are on.
        expression_changed: the face has another expression.
        ruler_changed: the ruler was taken up or put away.
        eyes_changed: the eyes may be shut otherwise than before.
    """

    layers_changed = Signal()
    expression_changed = Signal()
    ruler_changed = Signal()
    eyes_changed = Signal()

    def __init__(self, state: ViewState, figure: Figure, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._figure = figure
        self._atlas = Atlas(figure, state.library)
        self._layers: frozenset[LayerName] = frozenset({"construction"})
        self._expression: dict[str, float] = {}
        self._ruler = False
        state.library_changed.connect(self._on_library_changed)
        state.look_changed.connect(self.eyes_changed)

    @property
    def atlas(self) -> Atlas:
        """The anatomy of the library that is open."""
        return self._atlas

    @property
    def layers(self) -> frozenset[LayerName]:
        return self._layers

    @property
    def expression(self) -> Mapping[str, float]:
        """Weights of the figure's expression units, those that are not 0."""
        return self._expression

    @property
    def eyes_shut(self) -> float:
        """How far the eyes are shut, 0 open to 1."""
        return self._state.eyes_shut

    @property
    def ruler(self) -> bool:
        return self._ruler

    def set_layer(self, layer: LayerName, on: bool) -> None:
        self.set_layers(self._layers | {layer} if on else self._layers - {layer})

    def set_layers(self, names: Collection[str]) -> None:
        """Have these layers on and no others; a name that is no layer is passed over."""
        layers = frozenset(layer for layer in LAYERS if layer in names)
        if layers != self._layers:
            self._layers = layers
            self.layers_changed.emit()

    def set_expression(self, weights: Mapping[str, float]) -> None:
        own = {name: weight for name, weight in weights.items() if weight}
        if own != self._expression:
            self._expression = own
            self.expression_changed.emit()

    def set_eyes_shut(self, amount: float) -> None:
        """Shut the eyes, 0 open to 1: the same that the view's own action does."""
        self._state.set_eyes_shut(amount)

    def set_neutral(self) -> None:
        """Take every expression off the face and open the eyes."""
        self.set_expression({})
        self.set_eyes_shut(0.0)

    def set_ruler(self, on: bool) -> None:
        if on != self._ruler:
            self._ruler = on
            self.ruler_changed.emit()

    def _on_library_changed(self) -> None:
        self._atlas = Atlas(self._figure, self._state.library)
        self.layers_changed.emit()

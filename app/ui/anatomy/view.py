"""Draws the anatomy's layers on the figure; reads the states and changes nothing but the stage's overlays."""

import logging

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.geometry.landmarks import MissingLandmark
from app.geometry.measure import RuleProblem
from app.geometry.proportions import proportions
from app.scene import anatomy_layers
from app.scene.anatomy_layers import Drawing
from app.scene.construction_layer import drawing
from app.ui.anatomy.state import LAYERS, AnatomyState, LayerName
from app.ui.at_hand import selected_site
from app.ui.state import ViewState
from app.ui.viewport import Viewport

AFTER_START_MS = 80
"""Until layers that were on at the last start are drawn."""

logger = logging.getLogger(__name__)


class AnatomyView(QObject):
    """Keeps the overlays in step.

    Signals:
        problems_changed: other layers cannot be drawn.

    Attributes:
        problems: a sentence for each layer that cannot be drawn.

    """

    problems_changed = Signal()

    def __init__(self, state: ViewState, anatomy: AnatomyState, viewport: Viewport) -> None:
        super().__init__(viewport)
        self._state = state
        self._anatomy = anatomy
        self._viewport = viewport
        self._drawn: dict[LayerName, object] = {}
        self._active = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_START_MS)
        self._later.timeout.connect(self._on_changed)
        self.problems: dict[LayerName, str] = {}
        for signal in (
            anatomy.layers_changed,
            state.shown_changed,
            state.selected_changed,
            state.view_chosen,
            state.flight_chosen,
        ):
            signal.connect(self._on_changed)
        self._on_changed()

    @property
    def groups(self) -> frozenset[str]:
        """Groups that are switched on, in a goal or by themselves."""
        shown = self._state.shown
        return shown.groups | {group for _, group in shown.pairs}

    @property
    def lit_muscles(self) -> frozenset[str]:
        """Muscles that a switched-on group works on."""
        groups = self._state.library.groups
        return frozenset(
            muscle for group in self.groups if group in groups for muscle in groups[group].muscles
        )

    def set_active(self, on: bool) -> None:
        """Draw, or leave the figure bare for another room."""
        self._active = on
        self._on_changed()

    def _on_changed(self) -> None:
        stage = self._viewport.stage
        if stage is None:
            return
        if not self._viewport.isVisible() and self._anatomy.layers - {"construction"}:
            # Layers that were on last take a second to find; the window comes first.
            self._later.start()
            return
        before = dict(self.problems)
        changed = False
        for layer in LAYERS:
            key = self._key(layer) if self._active and layer in self._anatomy.layers else None
            if key == self._drawn.get(layer):
                continue
            self._drawn[layer] = key
            changed = True
            what = Drawing()
            if key is not None:
                QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
                try:
                    what = self._drawing(layer)
                finally:
                    QGuiApplication.restoreOverrideCursor()
            stage.overlays.show(layer, what.areas, what.lines, what.tags)
        if changed:
            self._viewport.request_render()
        if self.problems != before:
            self.problems_changed.emit()

    def _key(self, layer: LayerName) -> object:
        """What a layer's picture depends on; None where there is nothing to draw."""
        if layer == "construction":
            point = self._state.selected
            return (self._anatomy.atlas, point.code, self._right()) if point else None
        if layer == "muscles":
            return self._anatomy.atlas, self.lit_muscles
        if layer == "wrinkles":
            return self._anatomy.atlas, self.groups
        return (self._anatomy.atlas,)

    def _right(self) -> bool:
        """Whether the construction is drawn on the person's right."""
        stage = self._viewport.stage
        site = None if stage is None else selected_site(self._state, stage)
        return site is not None and self._state.sites.sides[site] == "right"

    def _drawing(self, layer: LayerName) -> Drawing:
        """What a layer draws; nothing, with a sentence in `problems`, where a file's path or rule leads nowhere."""
        atlas = self._anatomy.atlas
        self.problems.pop(layer, None)
        try:
            if layer == "channels":
                return anatomy_layers.channels(atlas)
            if layer == "zones":
                return anatomy_layers.zones(atlas)
            if layer == "muscles":
                return anatomy_layers.muscles(atlas, self.lit_muscles)
            if layer == "wrinkles":
                return anatomy_layers.wrinkles(atlas, self.groups)
            if layer == "landmarks":
                return anatomy_layers.landmarks(atlas)
            if layer == "proportions":
                return anatomy_layers.face_parts(proportions(atlas.scene))
            point = self._state.selected
            found = atlas.construction(point.code, self._right()) if point else None
            return drawing(found) if found else Drawing()
        except (RuleProblem, MissingLandmark) as problem:
            logger.warning("the layer %s is not drawn: %s", layer, problem)
            self.problems[layer] = f"Not drawn: {problem}."
            return Drawing()

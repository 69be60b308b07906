"""Everything of the anatomy that a room takes in: actions, drawing, legend, ruler, expressions, sections of a page."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.points import Point
from app.geometry.figure import Figure
from app.ui.anatomy.actions import AnatomyActions
from app.ui.anatomy.expressions import ExpressionPanel
from app.ui.anatomy.found import found_section, zone_section
from app.ui.anatomy.inset import InsetView
from app.ui.anatomy.legend import Legend
from app.ui.anatomy.probe import Probe
from app.ui.anatomy.ruler import RulerTool
from app.ui.anatomy.state import AnatomyState
from app.ui.anatomy.view import AnatomyView
from app.ui.bars import word_button
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport


class AnatomyTools(QObject):
    """Makes the parts once and joins them."""

    def __init__(
        self, state: ViewState, viewport: Viewport, figure: Figure, theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.state = AnatomyState(state, figure, self)
        self.actions = AnatomyActions(self.state, theme, self)
        self.view = AnatomyView(state, self.state, viewport)
        self.legend = Legend(self.state, self.view, theme)
        self.ruler = RulerTool(self.state, viewport, figure)
        self.expressions = ExpressionPanel(self.state, theme, viewport)
        self.probe = Probe(self.state, theme, viewport)
        self.inset = InsetView(state, viewport, theme)
        self.actions.expressions.toggled.connect(self.expressions.set_shown)

    def set_active(self, on: bool) -> None:
        """Take what lies over and on the figure away while another room has it, and bring it back."""
        if not on:
            self.state.set_ruler(False)
            self.probe.panel.hide()
        self.view.set_active(on)
        self.legend.set_active(on)
        self.inset.set_active(on)
        self.expressions.set_shown(on and self.actions.expressions.isChecked())

    def below(self) -> list[QWidget]:
        """For the bar below the figure, where they cover nothing of it."""
        return [self.ruler.panel, self.legend, self.expressions]

    def close(self) -> None:
        """Let go of VTK, before the figure's window does."""
        self.state.set_ruler(False)
        self.inset.close()

    def menu(self) -> QMenu:
        """For the menu bar."""
        return self.actions.menu()

    def buttons(self) -> list[QToolButton]:
        """For the bar above the figure."""
        actions = self.actions
        return [
            word_button(actions.button, actions.layer_menu()),
            word_button(actions.ruler),
            word_button(actions.expressions),
        ]

    def how_found(self, point: Point) -> QWidget | None:
        """For the page of a point."""
        return found_section(
            self.state.atlas, self._theme, point, drawn="construction" in self.state.layers
        )

    def zones(self, point: Point) -> QWidget | None:
        """For the page of a point: the caution zones it lies in or is named by."""
        return zone_section(self.state.atlas, point)

"""The set on the figure while it is edited: its points, what is selected, what the hand is about to do."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from app.domain.goals import Goal
from app.geometry.figure import Pose
from app.geometry.sliding import Place
from app.scene.markers import Marker
from app.scene.preview import Preview
from app.ui.edit.session import EditSession
from app.ui.state import ViewState
from app.ui.viewport import Viewport

PLAIN_COLOR = "#4a5a6a"


class EditFigure(QObject):
    """Draws the session on the stage while the room is entered; each change asks for one render."""

    def __init__(self, session: EditSession, state: ViewState, viewport: Viewport) -> None:
        super().__init__(viewport)
        self._session = session
        self._state = state
        self._viewport = viewport
        self._preview: Preview | None = None
        self._entered = False
        self._carried: tuple[str, ...] = ()
        self._pose: Pose | None = None
        self.labels = True
        session.points_changed.connect(self.draw)

    def enter(self) -> None:
        """Take everything else off the figure, and put the set on it, on the open-eyed figure it is kept on."""
        stage = self._viewport.stage
        self._entered = True
        if stage is None:
            return
        self._preview = Preview(stage)
        self._pose = stage.pose
        stage.show_pose(self._session.figure.neutral)
        stage.labels.set_mode("all" if self.labels else "hover")
        # The view state goes on drawing its own when it changes, as when the theme does.
        for signal in (self._state.shown_changed, self._state.selected_changed, self._state.look_changed):
            signal.connect(self.draw)
        self.draw()

    def leave(self) -> None:
        """Give the stage back as it was found."""
        self._entered = False
        if self._preview is not None:
            for signal in (self._state.shown_changed, self._state.selected_changed, self._state.look_changed):
                signal.disconnect(self.draw)
            self._preview.close()
            self._preview = None
        stage = self._viewport.stage
        if stage is not None and self._pose is not None:
            stage.show_pose(self._pose)
            stage.labels.set_mode(self._state.labels)

    def set_labels(self, on: bool) -> None:
        """Names of all points, or at the mouse only."""
        self.labels = on
        if self._entered and self._viewport.stage is not None:
            self._viewport.stage.labels.set_mode("all" if on else "hover")
            self._viewport.request_render()

    def draw(self) -> None:
        """Put the set on the figure as it is now."""
        stage = self._viewport.stage
        if not self._entered or stage is None:
            return
        sites = self._session.sites
        stage.show(sites, self._markers())
        rows = [row for code in self._session.selected for row in sites.indices(code)]
        stage.markers.set_selected(rows)
        self._viewport.request_render()

    def carry(self, codes: Sequence[str]) -> None:
        """Draw these points pale and without their names, as where they were: a hand has lifted them."""
        if tuple(codes) != self._carried:
            self._carried = tuple(codes)
            self.draw()

    def preview(self, places: Sequence[Place], names: Sequence[str] = ()) -> None:
        """Show what the hand is about to do; `names` stand beside the places, in their order."""
        if self._preview is not None:
            self._preview.show(places, PLAIN_COLOR, names=names if self.labels else ())
            self._viewport.request_render()

    def hover(self, site: int | None) -> None:
        """Ring the marker under the mouse."""
        stage = self._viewport.stage
        if stage is not None and stage.markers.hovered != site:
            stage.markers.set_hovered(site)
            self._viewport.request_render()

    def _markers(self) -> list[Marker]:
        session = self._session
        own = {point.code for point in session.document.points}
        looks: dict[str, tuple[tuple[str, ...], str]] = {}
        goals = self._goals_of_points()
        markers = []
        sites = session.sites
        for site, code in enumerate(sites.codes):
            if code not in looks:
                looks[code] = _look(goals.get(code, ()))
            colors, shape = looks[code]
            named = code in own or code in goals
            muted = code in self._carried or not (named or code in session.selected)
            has_name = (named or code in session.selected) and code not in self._carried
            markers.append(Marker(site, colors, shape, code if has_name else "", muted))
        hidden = {point.code for point in session.points if point.hidden}
        return [
            replace(marker, muted=True, label="") if sites.codes[marker.site] in hidden else marker
            for marker in markers
        ]

    def _goals_of_points(self) -> dict[str, tuple[Goal, ...]]:
        """The set's goals that each point serves; a point of a group without a goal is named with none."""
        document = self._session.document
        found: dict[str, list[Goal]] = {}
        for group in document.groups:
            goals = [goal for goal in document.goals if group.id in goal.groups]
            for item in group.points + group.advanced_points:
                found.setdefault(item.code, []).extend(goals)
        return {code: tuple(dict.fromkeys(goals)) for code, goals in found.items()}


def _look(goals: tuple[Goal, ...]) -> tuple[tuple[str, ...], str]:
    if not goals:
        return (PLAIN_COLOR,), "disc"
    return tuple(goal.color for goal in goals), goals[0].marker if len(goals) == 1 else "disc"

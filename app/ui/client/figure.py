"""The plan on the figure: markers, needles, areas left alone, and flights. Draws while Client mode is entered only."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QVariantAnimation

from app.domain.areas import WHOLE_FACE
from app.domain.shown import ShownPoint
from app.domain.story import Step, point_name
from app.geometry.figure import EYES_SHUT, Figure, Pose
from app.geometry.needling import needles_at
from app.scene.camera import CameraState
from app.scene.chosen import markers_of
from app.scene.marked import MarkedAreas
from app.scene.markers import Marker
from app.scene.needles import PLAIN_HANDLE, NeedleActor
from app.scene.stage import Stage
from app.ui.client.plan_state import PlanState
from app.ui.state import ViewState
from app.ui.viewport import Viewport

NEEDLE_MS = 150
"""For one needle on its way in."""

_SKIN_NEAR_MM = 190.0
_NEEDLE_NEAR_MM = 420.0
_FACES_FRONT = 0.35  # cosine to the front up to which a point is named there


class ClientFigure(QObject):
    """Changes the stage and asks for one render a change. Nothing is drawn before `enter` and after `leave`."""

    def __init__(self, state: ViewState, plan: PlanState, viewport: Viewport, figure: Figure) -> None:
        super().__init__(viewport)
        self._state = state
        self._plan = plan
        self._viewport = viewport
        self._figure = figure
        self._entered = False
        self._needles: NeedleActor | None = None
        self._marked: MarkedAreas | None = None
        self._pose_before: Pose | None = None
        self._sites: tuple[int, ...] = ()
        self._growth: QVariantAnimation | None = None

    def enter(self) -> None:
        """Take the figure: eyes shut, as a client lies."""
        stage = self._viewport.stage
        if stage is None or self._entered:
            return
        self._entered = True
        if self._needles is None or self._marked is None:
            self._needles = NeedleActor(stage.renderer)
            self._marked = MarkedAreas(stage.renderer, self._figure)
        self._pose_before = stage.pose
        stage.show_pose(self._figure.pose(expression=EYES_SHUT))

    def leave(self) -> None:
        """Give the figure back as it was; the views of the state draw on it again."""
        stage, self._entered = self._stage, False
        if stage is None or self._needles is None or self._marked is None or self._pose_before is None:
            return
        self._stop()
        self._needles.hide()
        self._marked.show(stage.pose, _NONE, _NONE)
        stage.show_pose(self._pose_before)
        self._state.look_changed.emit()

    def set_label_size(self, size: float) -> None:
        """Name points in letters so many times as large as usual."""
        if self._stage is not None:
            self._stage.labels.set_text_size(size)

    @property
    def _stage(self) -> Stage | None:
        """The stage while Client mode is entered; the viewport's alone to keep."""
        return self._viewport.stage if self._entered else None

    def show_plan(self, labels: bool = True, codes: bool = True, needles: bool = False) -> None:
        """Everything that is needled, in the colours of its goals."""
        self._show(self._plan.prepared.codes, None, labels, codes, None)
        self._show_marked(True)
        if needles:
            self.show_needles()
        else:
            self.hide_needles()

    def show_step(self, step: Step, labels: bool, codes: bool) -> None:
        """What a step of the story speaks of."""
        self.hide_needles()
        self._show_marked(step.id in ("goals", "answers"))
        needles = step.id == "time"
        goal = step.goal.id if step.goal else None
        self._show(() if needles else step.codes, goal, labels, codes, None if codes else step.named)
        if needles:
            self.show_needles(grow=True)

    def fly_for(self, step: Step) -> None:
        """Go where a step is seen best."""
        stage = self._stage
        if stage is None:
            return
        if step.scene == "skin":
            self._viewport.fly(stage.views.fly(self._near_the_cheek(stage)))
        elif step.scene == "points":
            in_front = all(self._is_in_front(code) for code in step.named)
            self._viewport.choose_view("fit" if in_front else "three-quarter-left")
        elif step.scene == "body":
            self._viewport.choose_view("body-front")
        else:
            self._viewport.choose_view("three-quarter-left" if step.id == "feeling" else "front")

    def fly_to_site(self, site: int) -> None:
        """Go to a site of the plan, by its index."""
        stage = self._stage
        if stage is None:
            return
        one, vertices = self._state.sites.subset([site]), stage.pose.vertices
        position, normal = one.positions(self._figure, vertices)[0], one.normals(self._figure, vertices)[0]
        self._viewport.fly(stage.views.fly_to(position, normal, _NEEDLE_NEAR_MM))

    def select(self, code: str | None) -> None:
        """Put a ring around a point."""
        self.ring(self._state.sites.indices(code) if code else ())

    def ring(self, sites: Sequence[int]) -> None:
        """Put a ring around sites."""
        if self._stage is not None:
            self._stage.markers.set_selected(sites)
            self._viewport.request_render()

    def show_needles(self, grow: bool = False, only: Sequence[int] | None = None) -> None:
        """The plan's needles, one after another if they are to `grow`; `only` some sites, by their index."""
        stage = self._stage
        if stage is None or self._needles is None:
            return
        self._stop()
        sites = self.needle_sites() if only is None else tuple(only)
        if not sites:
            self.hide_needles()
            return
        needles = needles_at(self._state.library, self._state.sites, sites, self._figure, stage.pose.vertices)
        self._needles.show(needles, [self._handle(self._state.sites.codes[site]) for site in sites])
        if grow:
            self._grow(len(sites))
        self._viewport.request_render()

    def hide_needles(self) -> None:
        if self._needles is not None:
            self._stop()
            self._needles.hide()
            self._viewport.request_render()

    def needle_sites(self) -> tuple[int, ...]:
        """Every site that is needled, in the order of treatment."""
        return tuple(site for code in self._plan.prepared.codes for site in self._state.sites.indices(code))

    def _grow(self, count: int) -> None:
        growth = QVariantAnimation(self)
        growth.setStartValue(0.0)
        growth.setEndValue(float(count))
        growth.setDuration(NEEDLE_MS * count)
        growth.valueChanged.connect(self._on_growth)
        self._growth = growth
        growth.start()

    def _on_growth(self, value: object) -> None:
        if self._needles is not None and isinstance(value, float):
            self._needles.show_first(value)
            self._viewport.request_render()

    def _stop(self) -> None:
        if self._growth is not None:
            growth, self._growth = self._growth, None
            growth.stop()
            growth.deleteLater()

    def _show(
        self,
        codes: Sequence[str],
        goal: str | None,
        labels: bool,
        by_code: bool,
        named: Sequence[str] | None,
    ) -> None:
        """Show points; `named` are the codes of those that get a label, None for all."""
        stage = self._stage
        if stage is None:
            return
        wanted = set(codes)
        goals_of = {needle.point.code: needle.goals for needle in self._plan.prepared.needles}
        points = [
            ShownPoint(point, tuple(own.id for own in goals_of.get(code, ()) if goal in (None, own.id)), ())
            for code, point in self._state.library.points.items()
            if code in wanted
        ]
        markers = markers_of(self._state.library, self._state.sites, points)
        stage.show(self._state.sites, [self._named(marker, by_code, named) for marker in markers])
        stage.labels.set_mode("all" if labels else "none")
        stage.markers.set_selected(())
        stage.markers.set_hovered(None)
        self._viewport.request_render()

    def _named(self, marker: Marker, by_code: bool, named: Sequence[str] | None) -> Marker:
        point = self._state.library.points[self._state.sites.codes[marker.site]]
        if named is not None and point.code not in named:
            return replace(marker, label="")
        return marker if by_code else replace(marker, label=point_name(point))

    def _handle(self, code: str) -> str:
        goal = self._plan.first_goal(code)
        return goal.color if goal else PLAIN_HANDLE

    def _show_marked(self, on: bool) -> None:
        """Tint the areas that the answers leave alone."""
        stage, marked = self._stage, self._marked
        if stage is None or marked is None:
            return
        screening = self._plan.planner.screening
        areas = {area for finding in self._plan.prepared.findings for area in finding.areas} if on else set()
        inside = {code for area in areas for code in screening.area_points(area)}
        sites, vertices = self._state.sites, stage.pose.vertices
        around = WHOLE_FACE in areas
        rows = [row for row, code in enumerate(sites.codes) if code in inside]
        others = [row for row, code in enumerate(sites.codes) if code not in inside and not around]
        places = (sites.subset(which).positions(self._figure, vertices) for which in (rows, others))
        marked.show(stage.pose, *places)

    def _is_in_front(self, code: str) -> bool:
        """Whether a point is seen from the front, or lies on the body, where the view depends on all of them."""
        if self._state.library.points[code].part == "body" or self._stage is None:
            return True
        sites = self._state.sites.subset(self._state.sites.indices(code))
        return bool((sites.normals(self._figure, self._stage.pose.vertices)[:, 2] > _FACES_FRONT).any())

    def _near_the_cheek(self, stage: Stage) -> CameraState:
        sites = self._state.sites
        found = (
            sites.indices("SI18") or sites.indices(self._plan.prepared.codes[0])
            if self._plan.prepared.codes
            else ()
        )
        if not found:
            return stage.views.state_of("three-quarter-left")
        x, y, z = sites.subset([found[0]]).positions(self._figure, stage.pose.vertices)[0]
        return CameraState((float(x), float(y), float(z)), 38.0, 4.0, _SKIN_NEAR_MM)


_NONE = np.zeros((0, 3))

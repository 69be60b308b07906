"""Study on the figure: what is lit, the way from a click to the right place, the errors as spots. Never an answer."""

import random
from typing import Any

import numpy as np
from PySide6.QtCore import QObject

from app.domain.cards import title_of
from app.domain.questions import Question
from app.domain.record import Position
from app.geometry.atlas import Atlas
from app.geometry.figure import Figure, Floats
from app.geometry.landmarks import MissingLandmark
from app.geometry.measure import RuleProblem
from app.geometry.scoring import Miss, Scorer
from app.geometry.surface import Hit
from app.scene.construction_layer import drawing
from app.scene.heat_map import HeatMap
from app.scene.markers import Marker
from app.scene.overlays import OVERLAYS
from app.scene.path_line import show_path
from app.scene.stage import Stage
from app.ui.state import ViewState
from app.ui.study.feedback import Feedback
from app.ui.viewport import Viewport

LIT, RIGHT, WEAK = "#e69f00", "#009e73", "#d55e00"
FACE_MM, BODY_MM, PART_MM = 420.0, 620.0, 900.0
"""How near the eye comes to a point of the face, to one of the body, and to a part of the body to be searched."""

NEAREST_MM = 210.0
"""From where a click and the right place are seen, if they lie close together."""
_IN_SIGHT = 6.0  # times the way between them: from there both are in the picture

_ASIDE_MM = 55.0  # how far beside the middle of its part a question looks, so that the middle tells nothing
_FACE_VIEWS = {
    "front": (0, 0, 1),
    "left": (1, 0, 0),
    "right": (-1, 0, 0),
    "back": (0, 0, -1),
    "top": (0, 1, 0.3),
}


class StudyFigure(QObject):
    """Draws on the stage while Study is entered, and on nothing else."""

    def __init__(self, state: ViewState, viewport: Viewport, figure: Figure) -> None:
        super().__init__(viewport)
        self._state = state
        self._viewport = viewport
        self._figure = figure
        self._stage: Stage | None = None
        self._heat: HeatMap | None = None
        self._scorer: Scorer | None = None
        self._atlas: Atlas | None = None

    def enter(self) -> None:
        """Take everything off the figure."""
        self._stage = self._viewport.stage
        self.clear()

    def leave(self) -> None:
        """Give the figure back: the views of the state draw on it again."""
        self.clear()
        if self._heat is not None:
            self._heat.close()
        self._stage = self._heat = self._scorer = self._atlas = None
        self._state.look_changed.emit()

    def forget_library(self) -> None:
        """Another library is studied now."""
        self._scorer = self._atlas = None

    def clear(self) -> None:
        """Show the bare figure."""
        stage = self._stage
        if stage is None:
            return
        for layer in OVERLAYS:
            stage.overlays.show(layer)
        if self._heat is not None:
            self._heat.hide()
        stage.markers.set_hovered(None)
        stage.markers.set_selected(())
        stage.labels.set_mode("none")
        stage.show(self._state.sites, [])
        self._viewport.request_render()

    def show_question(self, question: Question) -> None:
        """Light the point that is to be named; for a place to be found, look at the part of the body it lies in."""
        self.clear()
        stage = self._stage
        if stage is None:
            return
        if question.card.kind == "name":
            rows = self._rows(question)
            stage.show(self._state.sites, [Marker(row, (LIT,), "disc") for row in rows])
            self._fly_to(stage, rows)
        elif question.card.kind == "locate":
            self._look_around(stage, question)

    def score(self, question: Question, hit: Hit) -> tuple[Miss, Position]:
        """How far a click is off, and where it lies on the neutral figure."""
        assert self._stage is not None
        pose = self._stage.pose
        if self._scorer is None or self._scorer.pose is not pose:
            self._scorer = Scorer(self._figure, self._state.library, self._state.sites, pose)
        corners = self._figure.full.triangles[hit.triangle]
        neutral = hit.weights @ self._figure.neutral.vertices[corners]
        x, y, z = (round(float(value), 2) for value in neutral)
        return self._scorer.miss(question.card.code, question.side or None, hit.position), (x, y, z)

    def show_feedback(self, feedback: Feedback) -> None:
        """Show the point with its name; after a click also the way to it and how the right place is found."""
        stage = self._stage
        if stage is None:
            return
        question, miss = feedback.question, feedback.miss
        rows = self._rows(question)
        if miss is not None and miss.site not in rows:
            rows = (*rows, miss.site)  # the other side's, which the way is measured to
        label = title_of(self._state.library.points[question.card.code])
        color = RIGHT if feedback.outcome.right else LIT
        stage.show(self._state.sites, [Marker(row, (color,), "disc", label) for row in rows])
        stage.labels.set_mode("all")
        if miss is not None:
            words = f"{miss.distance_mm:.1f} mm"
            show_path(stage, miss.way, words, feedback.outcome.right)
        if question.card.kind in ("locate", "landmarks"):
            self._show_construction(stage, question)
        if question.card.kind == "locate":
            self._show_both_ends(stage, rows, miss)
        elif question.card.kind != "name":
            self._fly_to(stage, rows)
        self._viewport.request_render()

    def show_errors(self, errors: dict[str, float], named: tuple[str, ...]) -> None:
        """Paint errors, 0 to 1 by code, on the skin, and name some of the points."""
        self.clear()
        stage = self._stage
        if stage is None:
            return
        if self._heat is None:
            self._heat = HeatMap(stage.renderer, self._figure)
        sites = self._state.sites
        rows = [(row, error) for code, error in errors.items() for row in sites.indices(code)]
        positions = sites.subset([row for row, _ in rows]).positions(self._figure, stage.pose.vertices)
        self._heat.show(stage.pose, positions, np.array([error for _, error in rows]))
        points = [(row, code) for code in named for row in sites.indices(code)]
        stage.show(sites, [Marker(row, (WEAK,), "ring", code) for row, code in points])
        stage.labels.set_mode("all")
        self._viewport.choose_view("front")
        self._viewport.request_render()

    def _show_construction(self, stage: Stage, question: Question) -> None:
        """Draw by which landmarks and measures the right place is found; a point without rules shows none."""
        if self._atlas is None:
            self._atlas = Atlas(self._figure, self._state.library)
        try:
            own = self._atlas.construction(question.card.code, question.side == "right")
        except (RuleProblem, MissingLandmark):
            return  # The words of its location are in the panel all the same.
        if own is not None:
            drawn = drawing(own)
            stage.overlays.show("construction", drawn.areas, drawn.lines, drawn.tags)

    def _show_both_ends(self, stage: Stage, rows: tuple[int, ...], miss: Miss | None) -> None:
        """Look at the right place, from so far that the click is in sight too."""
        rows = rows if miss is None else (miss.site,)
        distance = self._distance(rows) if miss is None else max(NEAREST_MM, _IN_SIGHT * miss.distance_mm)
        self._fly_to(stage, rows, distance)

    def _rows(self, question: Question) -> tuple[int, ...]:
        """The sites of a question: those of its side."""
        sites = self._state.sites
        rows = sites.indices(question.card.code)
        own = tuple(row for row in rows if sites.sides[row] == question.side)
        return own or rows

    def _distance(self, rows: tuple[int, ...]) -> float:
        return FACE_MM if not rows or self._state.sites.parts[rows[0]] == "face" else BODY_MM

    def _fly_to(self, stage: Stage, rows: tuple[int, ...], distance: float | None = None) -> None:
        if not rows:
            return
        place, normal = self._places(stage, rows[:1])
        distance = self._distance(rows) if distance is None else distance
        self._viewport.fly(stage.views.fly_to(place[0], normal[0], distance))

    def _look_around(self, stage: Stage, question: Question) -> None:
        """Look at the part of the body that is asked about, not at the place itself."""
        points: Any = self._state.library.points
        point = points[question.card.code]
        mates = [code for code, other in points.items() if other.region == point.region]
        sites = self._state.sites
        rows = tuple(
            row for code in mates for row in sites.indices(code) if question.side in ("", sites.sides[row])
        ) or self._rows(question)
        places, normals = self._places(stage, rows)
        facing = normals.mean(axis=0)
        if point.part == "face":
            name = max(_FACE_VIEWS, key=lambda view: float(facing @ np.array(_FACE_VIEWS[view], float)))
            self._viewport.choose_view(name)
            return
        aside = random.Random(question.card.id).uniform(-_ASIDE_MM, _ASIDE_MM)
        middle = places.mean(axis=0) + np.array([0.3 * aside, aside, 0.0])
        self._viewport.fly(stage.views.fly_to(middle, facing / max(np.linalg.norm(facing), 1e-6), PART_MM))

    def _places(self, stage: Stage, rows: tuple[int, ...]) -> tuple[Floats, Floats]:
        one, vertices = self._state.sites.subset(rows), stage.pose.vertices
        return one.positions(self._figure, vertices), one.normals(self._figure, vertices)

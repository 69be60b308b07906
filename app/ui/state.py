"""What is looked at: the library, what is switched on, selected and hovered. View state, never saved in a point set."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.domain.goals import Treatment
from app.domain.library import Library
from app.domain.points import Point
from app.domain.shown import (
    NeedleCounts,
    Shown,
    ShownPoint,
    count_needles,
    goal_is_on,
    shown_points,
    with_goal,
    with_group,
)
from app.geometry.sites import Sites
from app.ui.look import LABEL_MODES, LabelMode


class ViewState(QObject):
    """The one place that changes what is looked at. Views listen, read and never change each other.

    Signals:
        library_changed: another library (a point set was opened); what it lacks is no longer shown or selected.
        shown_changed: other points are switched on.
        selected_changed: another point, another side of it, or none, is selected.
        hovered_changed: another point, or none, is under the mouse.
        look_changed: labels or eyelids are others.
        view_chosen: a named view (app.scene.camera.VIEWS) was asked for.
        flight_chosen: a flight to a point was asked for: its code and its side ("" is the side at hand).
    """

    library_changed = Signal()
    shown_changed = Signal()
    selected_changed = Signal()
    hovered_changed = Signal()
    look_changed = Signal()
    view_chosen = Signal(str)
    flight_chosen = Signal(str, str)

    def __init__(
        self, library: Library, sites: Sites, shown: Shown | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._sites = sites
        self._shown = _known(library, shown or Shown())
        self._points = shown_points(library, self._shown)
        self._selected: str | None = None
        self._selected_side = ""
        self._hovered: str | None = None
        self._labels: LabelMode = "hover"
        self._eyes_shut = 0.0

    @property
    def library(self) -> Library:
        return self._library

    @property
    def sites(self) -> Sites:
        """Every needle site of the library's placed points, bound to the skin."""
        return self._sites

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def points(self) -> tuple[ShownPoint, ...]:
        """The points that are switched on."""
        return self._points

    @property
    def selected(self) -> Point | None:
        return self._library.points[self._selected] if self._selected else None

    @property
    def selected_side(self) -> str:
        """Which one of a pair is selected, "left" or "right"; "" where no one was meant, or there is no pair."""
        return self._selected_side

    @property
    def selected_sites(self) -> tuple[int, ...]:
        """The sites of the selected point: of the side that was meant, or all."""
        own = self._sites.indices(self._selected) if self._selected else ()
        return tuple(one for one in own if self._sites.sides[one] == self._selected_side) or own

    @property
    def hovered(self) -> Point | None:
        return self._library.points[self._hovered] if self._hovered else None

    @property
    def labels(self) -> LabelMode:
        return self._labels

    @property
    def eyes_shut(self) -> float:
        """How far the eyes are shut, 0 open to 1."""
        return self._eyes_shut

    @property
    def needles(self) -> NeedleCounts:
        return count_needles(self._points)

    @property
    def goals_on(self) -> tuple[str, ...]:
        """Goals of which at least one group is on, in the order of the library."""
        return tuple(
            goal for goal in self._library.goals if goal_is_on(self._library, self._shown, goal) is not False
        )

    @property
    def whole_treatment(self) -> Treatment | None:
        """The treatment a single switch stands for: the first whole one of the library."""
        return next((one for one in self._library.treatments.values() if one.kind == "whole"), None)

    def shown_point(self, code: str) -> ShownPoint | None:
        """The point as it is switched on, or None."""
        return next((shown for shown in self._points if shown.point.code == code), None)

    def set_library(self, library: Library, sites: Sites) -> None:
        self._library = library
        self._sites = sites
        self._set_selected(self._selected if self._selected in library.points else None, self._selected_side)
        self._hovered = None
        self._shown = _known(library, self._shown)
        self._points = shown_points(library, self._shown)
        self.library_changed.emit()
        self.shown_changed.emit()
        self.selected_changed.emit()

    def set_shown(self, shown: Shown) -> None:
        if shown != self._shown:
            self._shown = shown
            self._points = shown_points(self._library, shown)
            self.shown_changed.emit()

    def set_goal(self, goal: str, on: bool) -> None:
        self.set_shown(with_goal(self._library, self._shown, goal, on))

    def toggle_goal(self, goal: str) -> None:
        """A goal that is partly on becomes wholly on."""
        self.set_goal(goal, goal_is_on(self._library, self._shown, goal) is not True)

    def set_group(self, goal: str | None, group: str, on: bool) -> None:
        self.set_shown(with_group(self._library, self._shown, goal, group, on))

    def set_whole_treatment(self, treatment: str | None, body_variant: str | None) -> None:
        """A whole treatment, with the body points of a variant or its own; None switches it off."""
        self.set_shown(replace(self._shown, treatment=treatment, body_variant=body_variant))

    def set_advanced(self, on: bool) -> None:
        self.set_shown(replace(self._shown, advanced=on))

    def clear(self) -> None:
        """Switch everything off but the wish for advanced points."""
        self.set_shown(Shown(advanced=self._shown.advanced))

    def select(self, code: str | None, side: str = "") -> None:
        """Select a point, and one side of a pair where it was pointed at, whether it is switched on or not.

        KeyError for an unknown code.
        """
        before = self._selected, self._selected_side
        self._set_selected(None if code is None else self._library.points[code].code, side)
        if (self._selected, self._selected_side) != before:
            self.selected_changed.emit()

    def select_site(self, site: int | None) -> None:
        """Select what a click on the figure has found: a point on the side where it was clicked, or nothing."""
        if site is None:
            self.select(None)
        else:
            self.select(self._sites.codes[site], self._sites.sides[site])

    def step_selection(self, step: int) -> None:
        """Select the next (1) or previous (-1) point of those switched on, round and round."""
        codes = [shown.point.code for shown in self._points]
        if not codes:
            return
        if self._selected in codes:
            self.select(codes[(codes.index(self._selected) + step) % len(codes)])
        else:
            self.select(codes[0 if step > 0 else -1])

    def hover(self, code: str | None) -> None:
        if code != self._hovered:
            self._hovered = code
            self.hovered_changed.emit()

    def set_labels(self, mode: LabelMode) -> None:
        self._set_look("_labels", mode)

    def next_labels(self) -> None:
        """None, at the mouse, all, and round again."""
        self.set_labels(LABEL_MODES[(LABEL_MODES.index(self._labels) + 1) % len(LABEL_MODES)])

    def set_eyes_shut(self, amount: float) -> None:
        """Shut the eyes, 0 open to 1; True shuts them wholly."""
        self._set_look("_eyes_shut", float(amount))

    def choose_view(self, name: str) -> None:
        self.view_chosen.emit(name)

    def fly_to(self, code: str, side: str = "") -> None:
        """Select the point and fly there, to one side or to the one that is nearer to the eye."""
        self.select(code, side)
        self.flight_chosen.emit(code, side)

    def _set_selected(self, code: str | None, side: str) -> None:
        is_pair = code is not None and self._library.points[code].laterality == "bilateral"
        self._selected, self._selected_side = code, side if is_pair else ""

    def _set_look(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.look_changed.emit()


def _known(library: Library, shown: Shown) -> Shown:
    """What is switched on, without what the library does not have."""
    return replace(
        shown,
        pairs=frozenset((goal, group) for goal, group in shown.pairs if group in _groups(library, goal)),
        groups=frozenset(group for group in shown.groups if group in library.groups),
        points=frozenset(code for code in shown.points if code in library.points),
        treatment=shown.treatment if shown.treatment in library.treatments else None,
        body_variant=shown.body_variant if shown.body_variant in library.treatments else None,
    )


def _groups(library: Library, goal: str) -> tuple[str, ...]:
    return library.goals[goal].groups if goal in library.goals else ()

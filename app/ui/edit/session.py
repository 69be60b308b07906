"""What is being edited and how: the open set, what is selected, the tool in hand. Views listen and read."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.domain.document import Document
from app.domain.edits import groups, points
from app.domain.edits.edit import Edit, EditProblem, find_point
from app.domain.library import Library
from app.domain.names import some_of
from app.domain.points import Point
from app.geometry.bench import Bench
from app.geometry.bound_set import BoundSet
from app.geometry.figure import Figure, Floats
from app.geometry.landmarks import MissingLandmark
from app.geometry.measure import RuleProblem
from app.geometry.rule_words import WordsProblem, rules_from_words
from app.geometry.sites import Side, Sites
from app.geometry.sliding import Place, Skin
from app.geometry.sliding_together import Carried, nudged_together, stored_places
from app.ui.document import SetDocument

Tool = Literal["select", "place", "move"]

NUDGE_PAUSE_S = 1.0
"""Nudges that follow each other sooner are one step of the history."""


def locked_words(codes: Sequence[str]) -> str:
    """Say which points stay where they are because they are locked, and what to do."""
    if len(codes) == 1:
        return f"{codes[0]} is locked and stays; unlock it to move it."
    return f"{some_of(codes)} are locked and stay; unlock them to move them."


class EditSession(QObject):
    """One set under a trainer's hands.

    Signals:
        selection_changed: other points, another group or goal are selected.
        tool_changed: another tool, or a switch of it.
        points_changed: other points are on the figure, or they lie elsewhere.
        template_changed: the list of points to place in order, or the place in it.
        told: a sentence for the user: what was done.
        refused: a sentence for the user: why something was not done. What a field refuses, it tells itself.
    """

    selection_changed = Signal()
    tool_changed = Signal()
    points_changed = Signal()
    template_changed = Signal()
    told = Signal(str)
    refused = Signal(str)

    def __init__(self, base: Library, figure: Figure, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = base
        self.figure = figure
        self.file = SetDocument(base, figure.fingerprint, self)
        self.tool: Tool = "select"
        self.both_sides = True
        self.snaps = True
        self.frozen = False
        self.context = False
        self.selected: tuple[str, ...] = ()
        self.group = ""
        self.goal = ""
        self.template: tuple[str, ...] = ()
        self.template_at = 0
        self._nudged = (0.0, 0)
        self._points: tuple[Document, tuple[object, ...], tuple[Point, ...]] | None = None
        self._sites: tuple[tuple[Point, ...], Sites, Floats] | None = None
        self.file.changed.connect(self._on_document_changed)

    @cached_property
    def skin(self) -> Skin:
        """The skin under the hands."""
        return Skin(self.figure)

    @cached_property
    def bound(self) -> BoundSet:
        """What binds the points to it."""
        return BoundSet(self.skin)

    @cached_property
    def bench(self) -> Bench:
        """What places are measured by."""
        return Bench(self.skin, self.base)

    @property
    def document(self) -> Document:
        return self.file.document

    @property
    def current(self) -> Point | None:
        """The point that was selected last."""
        if not self.selected:
            return None
        return self.point(self.selected[-1])

    def point(self, code: str) -> Point | None:
        """The point as the set has it, or the built-in one."""
        try:
            return find_point(self.document, self.base, code)
        except EditProblem:
            return None

    @property
    def points(self) -> tuple[Point, ...]:
        """The points on the figure: the set's own, those that its groups name, and all others where wanted."""
        key = (self.selected, self.template, self.context)
        if self._points is None or self._points[0] is not self.document or self._points[1] != key:
            self._points = (self.document, key, self._gather())
        return self._points[2]

    def _gather(self) -> tuple[Point, ...]:
        own = {point.code: point for point in self.document.points}
        wanted = [
            item.code for group in self.document.groups for item in group.points + group.advanced_points
        ]
        wanted += [*self.selected, *self.template]
        if self.context:
            wanted += self.base.points
        for code in wanted:
            if code not in own and code in self.base.points:
                own[code] = self.base.points[code]
        return tuple(own.values())

    @property
    def sites(self) -> Sites:
        """Their needle sites."""
        return self._bound_points()[1]

    @property
    def places(self) -> Floats:
        """(n, 3) where the sites lie on the neutral figure, mm."""
        return self._bound_points()[2]

    def _bound_points(self) -> tuple[tuple[Point, ...], Sites, Floats]:
        points = self.points
        if self._sites is None or self._sites[0] is not points:
            sites = self.bound.sites(points)
            self._sites = (points, sites, sites.positions(self.figure, self.figure.neutral.vertices))
        return self._sites

    def do(self, make: Callable[[Document], Edit], gesture: str = "") -> bool:
        """Make an edit; why one cannot be made is said. Returns whether it was made."""
        try:
            self.make(make, gesture)
        except EditProblem as problem:
            self.refused.emit(str(problem))
            return False
        return True

    def make(self, make: Callable[[Document], Edit], gesture: str = "") -> None:
        """Make an edit. Raises EditProblem where it cannot be made, for a field that tells it where it was typed."""
        edit = make(self.document)
        self.file.apply(edit, gesture)
        self.told.emit(f"{edit.words}.")

    def select(self, codes: Iterable[str], add: bool = False) -> None:
        """Select points; with `add` those that are selected already are let go, the others join."""
        codes = tuple(dict.fromkeys(code for code in codes if self.point(code) is not None))
        if add:
            kept = tuple(code for code in self.selected if code not in codes)
            codes = kept + tuple(code for code in codes if code not in self.selected)
        if codes != self.selected:
            self.selected = codes
            self.selection_changed.emit()
            self.points_changed.emit()

    def select_group(self, group: str, goal: str = "") -> None:
        """Select the group that new points go into, or a goal."""
        if (group, goal) != (self.group, self.goal):
            self.group, self.goal = group, goal
            self.selection_changed.emit()

    def set_tool(self, tool: Tool) -> None:
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit()

    def set_switch(self, name: Literal["both_sides", "snaps", "frozen", "context"], on: bool) -> None:
        """One of the switches beside the tools."""
        if getattr(self, name) != on:
            setattr(self, name, on)
            self.tool_changed.emit()
            if name == "context":
                self.points_changed.emit()

    def put(self, place: Place) -> bool:
        """Place what is next: the template's point, the selected one that has no place, or a new one."""
        code = self.next_code
        if code is None:
            return self._add(place)
        point = self.point(code)
        assert point is not None
        done = self.move(code, self._for_point(place, point), 0)
        if done and self.template:
            self.step_template(1)
        elif done:
            self.select([code])
        return done

    @property
    def next_code(self) -> str | None:
        """The point that a click places, None for a new one."""
        if self.template:
            return self.template[self.template_at]
        point = self.current
        return point.code if point is not None and point.position is None else None

    def move(self, code: str, place: Place, site: int, gesture: str = "") -> bool:
        """Put a point, or one of its places, somewhere, with its partner if both sides are moved together."""
        x, y, z = (float(value) for value in place.position)
        one_side = not self.both_sides

        def edit(document: Document) -> Edit:
            return points.place_point(
                document, self.base, code, (x, y, z), place.side, one_side=one_side, site=site
            )

        return self.do(edit, gesture)

    def moved(self, code: str, place: Place, site: int) -> Point | None:
        """The point as `move` would make it; None where it would not."""
        x, y, z = (float(value) for value in place.position)
        try:
            edit = points.place_point(
                self.document, self.base, code, (x, y, z), place.side, one_side=not self.both_sides, site=site
            )
        except EditProblem:
            return None
        return find_point(edit.document, self.base, code)

    def place_by_words(self, code: str, words: str) -> None:
        """Put a point where words say, which become its rules. EditProblem where no place keeps them all."""
        point = find_point(self.document, self.base, code)
        library = self.file.library
        try:
            rules = rules_from_words(words, library)
        except WordsProblem as problem:
            raise EditProblem(str(problem)) from None
        if any(f"PT:{code}" in (rule.ref, rule.a, rule.b, rule.from_) for rule in rules):
            raise EditProblem(f"{code} cannot be placed from itself; name a landmark or another point.")
        sites = self.bound.sites(library.points.values())
        scene = self.bench.scene(sites, sites.positions(self.figure, self.figure.neutral.vertices))
        try:
            place = self.bench.by_words(scene, rules, point.laterality != "bilateral")
        except (RuleProblem, MissingLandmark) as problem:
            reason = str(problem).rstrip(".")
            raise EditProblem(f"This cannot be measured: {reason}; say it in another way.") from None
        if place is None:
            raise EditProblem("No place on the skin keeps all of that; say it in another way.")
        x, y, z = (float(value) for value in place.position)
        self.make(
            lambda d: points.place_by_words(
                d, self.base, code, (x, y, z), words, rules, one_side=not self.both_sides
            )
        )

    def carried(self, hand: Side, but: tuple[str, int] = ("", 0)) -> list[Carried]:
        """The places that move with a hand on one side: of the selected points that have a place and are not locked.

        `but` is left out: the code and the number of the place that the hand itself holds.
        """
        found = []
        for code in self.selected:
            point = self.point(code)
            if point is not None and point.position is not None and not point.locked:
                found += stored_places(self.bound, point, hand)
        return [one for one in found if (one.code, one.site) != but]

    @property
    def staying(self) -> tuple[str, ...]:
        """The selected points that are locked."""
        chosen = (self.point(code) for code in self.selected)
        return tuple(point.code for point in chosen if point is not None and point.locked)

    def move_together(self, places: Sequence[Carried], verb: str = "Move", gesture: str = "") -> bool:
        """Put several places where they are now, in one step."""
        moves = [
            (one.code, one.site, (float(x), float(y), float(z)), one.place.side)
            for one in places
            for x, y, z in [one.place.position]
        ]
        return self.do(
            lambda d: points.move_points(d, self.base, moves, one_side=not self.both_sides, verb=verb),
            gesture,
        )

    def nudge(self, direction: Floats, distance: float) -> bool:
        """Move the selected points along the skin, in a direction (3,) as it is seen at the last of them."""
        moment, run = self._nudged
        now = time.monotonic()
        run += now - moment > NUDGE_PAUSE_S
        self._nudged = (now, run)
        # The left of all of them: the direction is as it is seen, and their right sides follow.
        carried = self.carried("left")
        if not carried:
            staying = self.staying
            self.refused.emit(
                locked_words(staying) if staying else "No placed point is selected; select one first."
            )
            return False
        lead = carried[-1].place
        along = direction - (direction @ lead.normal) * lead.normal
        moved = nudged_together(self.skin, lead, along, distance, carried)
        done = self.move_together(moved, "Nudge", f"nudge {self.selected} {run}")
        if done and self.staying:
            self.told.emit(f"{self.file.history.undo_words}. {locked_words(self.staying)}")
        return done

    def start_template(self, codes: Sequence[str]) -> None:
        """Place these points one after the other, beginning with the first of them."""
        self.template, self.template_at = tuple(codes), 0
        self.set_tool("place")
        self.template_changed.emit()
        self.select(self.template[:1])

    def step_template(self, step: int) -> None:
        """Go on to the next point, or back; after the last one the template ends."""
        at = self.template_at + step
        if at >= len(self.template):
            self.told.emit("Every point of the list has been asked for.")
            self.end_template()
            # Nothing is next: a click would place the last one anew, or one that is missing on purpose.
            self.select(())
            return
        self.template_at = max(0, at)
        self.template_changed.emit()
        self.select([self.template[self.template_at]])

    def end_template(self) -> None:
        if self.template:
            self.template, self.template_at = (), 0
            self.template_changed.emit()

    def _add(self, place: Place) -> bool:
        """A new point, in the group that is selected if it is one of the set."""
        taken = {point.code for point in self.document.points} | set(self.base.points)
        code = next(f"P{number}" for number in range(1, 100_000) if f"P{number}" not in taken)
        region = self.figure.control_regions[self.figure.full.parents[place.triangle]]
        part: Literal["face", "body"] = "face" if self.figure.region_names[region] == "head" else "body"
        midline = place.side == "midline"
        at = place if place.side != "right" else self.skin.mirror(place)
        x, y, z = (float(value) for value in at.position)
        point = Point(
            code=code,
            laterality="midline" if midline else "bilateral",
            part=part,
            use=part,
            position=(x, y, z),
            placed_by=points.BY_HAND,
        )

        def edit(document: Document) -> Edit:
            added = points.add_point(document, self.base, point)
            if any(group.id == self.group for group in document.groups):
                filled = groups.fill_group(added.document, self.base, self.group, [code])
                return Edit(filled.document, f"Add {code}")
            return added

        done = self.do(edit)
        if done:
            self.select([code])
        return done

    def _for_point(self, place: Place, point: Point) -> Place:
        """The place as the point can have it: on the midline for a midline point, on a side for others."""
        if point.laterality == "bilateral":
            return place if place.side != "midline" else self.skin.nearest(place.position, "left")
        return self.skin.nearest(place.position, "midline")

    def _on_document_changed(self) -> None:
        known = tuple(code for code in self.selected if self.point(code) is not None)
        if known != self.selected:
            self.selected = known
            self.selection_changed.emit()
        if self.template and any(self.point(code) is None for code in self.template):
            self.end_template()
        self.points_changed.emit()

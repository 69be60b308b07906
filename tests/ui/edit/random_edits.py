"""Random edits of a set on the figure, for tests and benchmarks."""

import random
from collections.abc import Callable

import numpy as np

from app.domain.document import Document
from app.domain.edits import extending, groups, merging, points
from app.domain.edits.edit import Edit, find_point
from app.domain.goals import Marker
from app.domain.library import Library
from app.domain.points import Point
from app.geometry.sliding import Place, Skin


class RandomEdits:
    """Makes edits as hands make them: places come from the skin, names from what is there."""

    def __init__(self, skin: Skin, base: Library, seed: int) -> None:
        self._skin = skin
        self._base = base
        self._random = random.Random(seed)
        self._built_in = [code for code, point in base.points.items() if point.position is not None][::7]

    def edit(self, document: Document) -> Edit:
        """One edit of the document. Raises EditProblem where the chosen one cannot be made."""
        kinds: list[Callable[[Document], Edit]] = [
            self._add,
            self._place,
            self._place,
            self._form,
            self._state,
            self._sides,
            self._list,
            self._group,
            self._goal,
            self._reset,
            self._merge,
        ]
        return self._random.choice(kinds)(document)

    def place(self, side: str | None = None) -> Place:
        """A place on the head, on a hand or anywhere."""
        wanted = side or self._random.choice(("left", "right", "midline"))
        spot = np.array(
            [self._random.uniform(-90, 90), self._random.uniform(-110, 110), self._random.uniform(-90, 110)]
        )
        place = self._skin.nearest(spot, wanted)  # type: ignore[arg-type]
        heading = np.array([self._random.gauss(0, 1) for _ in range(3)])
        return self._skin.nudge(place, heading, self._random.uniform(0, 2))

    def _codes(self, document: Document) -> list[str]:
        return [point.code for point in document.points] + self._built_in

    def _code(self, document: Document) -> str:
        return self._random.choice(self._codes(document))

    def _some(self, document: Document) -> list[str]:
        codes = self._codes(document)
        return self._random.sample(codes, self._random.randint(1, min(3, len(codes))))

    def _add(self, document: Document) -> Edit:
        kind = self._random.choice(("bilateral", "midline"))
        place = self.place("left" if kind == "bilateral" else "midline")
        x, y, z = (float(value) for value in place.position)
        code = f"Q{self._random.randrange(40)}"
        point = Point(code=code, laterality=kind, part="face", use="face", position=(x, y, z))  # type: ignore[arg-type]
        return points.add_point(document, self._base, point)

    def _place(self, document: Document) -> Edit:
        code = self._code(document)
        point = find_point(document, self._base, code)
        bilateral = point.laterality == "bilateral"
        side = self._random.choice(("left", "right")) if bilateral else "midline"
        if point.laterality == "group":
            side = "midline"
        place = self.place(side)
        x, y, z = (float(value) for value in place.position)
        one_side = self._random.random() < 0.3
        return points.place_point(document, self._base, code, (x, y, z), side, one_side=one_side)

    def _form(self, document: Document) -> Edit:
        code, kind = self._code(document), self._random.choice(("bilateral", "midline"))
        x, y, z = (float(value) for value in self.place("midline").position)
        return self._random.choice(
            (
                lambda: points.change_point(
                    document, self._base, code, english=f"Name {self._random.random()}"
                ),
                lambda: points.change_point(document, self._base, code, cautions=("one", "two")),
                lambda: points.rename_point(document, self._base, code, f"R{self._random.randrange(40)}"),
                lambda: points.change_sides(document, self._base, code, kind, (x, y, z)),
            )
        )()

    def _state(self, document: Document) -> Edit:
        codes, on = self._some(document), self._random.random() < 0.4
        return self._random.choice(
            (
                lambda: points.lock_points(document, self._base, codes, on),
                lambda: points.hide_points(document, self._base, codes, on),
                lambda: points.clear_position(document, self._base, codes),
                lambda: points.mark_missing(document, self._base, codes),
            )
        )()

    def _sides(self, document: Document) -> Edit:
        codes = self._some(document)
        return self._random.choice(
            (
                lambda: points.unlink_sides(document, self._base, codes),
                lambda: points.relink_sides(
                    document, self._base, codes, self._random.choice(("left", "right"))
                ),
                lambda: points.flip_sides(document, self._base, codes),
            )
        )()

    def _list(self, document: Document) -> Edit:
        code = self._code(document)
        return self._random.choice(
            (
                lambda: points.move_in_list(document, code, self._random.randrange(6)),
                lambda: points.delete_points(document, self._base, self._some(document)),
                lambda: points.duplicate_points(document, self._base, self._some(document)),
            )
        )()

    def _group(self, document: Document) -> Edit:
        base, codes = self._base, self._some(document)
        own = [group.id for group in document.groups]
        name = self._random.choice([*own, "under_eye"])
        return self._random.choice(
            (
                lambda: groups.add_group(document, base, f"Group {self._random.randrange(5)}", codes),
                lambda: groups.fill_group(document, base, name, codes, self._random.randrange(4)),
                lambda: groups.empty_group(document, base, name, codes),
                lambda: groups.set_reason(document, base, name, codes[0], "Because."),
                lambda: groups.delete_group(document, base, name),
                lambda: groups.move_group(document, name, 0),
            )
        )()

    def _goal(self, document: Document) -> Edit:
        base = self._base
        own = [goal.id for goal in document.goals]
        name = self._random.choice([*own, next(iter(base.goals))])
        group = self._random.choice([*(group.id for group in document.groups), "under_eye"])
        marker: Marker = self._random.choice(("star", "disc", "heart"))
        return self._random.choice(
            (
                lambda: groups.add_goal(
                    document, base, f"Goal {self._random.randrange(4)}", "#336699", marker
                ),
                lambda: groups.fill_goal(document, base, name, group, self._random.randrange(3)),
                lambda: groups.empty_goal(document, base, name, group),
                lambda: groups.change_goal(document, base, name, marker=marker),
                lambda: groups.delete_goal(document, base, name),
            )
        )()

    def _reset(self, document: Document) -> Edit:
        changed = extending.changes(document, self._base)
        one = self._random.choice(changed) if changed else extending.Change("points", "ST4", (), False)
        return extending.reset(document, self._base, one.kind, one.name)

    def _merge(self, document: Document) -> Edit:
        place = self.place("left")
        x, y, z = (round(float(value), 3) for value in place.position)
        other = Point(code="M1", laterality="bilateral", part="face", use="face", position=(x, y, z))
        theirs = Document(figure=document.figure, points=(other,))
        return merging.take_all(document, theirs, self._base, "Import")

"""What a set could still say: nothing of it is wrong, and whoever gets the set would miss it."""

from collections.abc import Iterator

import msgspec

from app.domain.document import Document


class Hint(msgspec.Struct, frozen=True):
    """One thing that a record of a set lacks.

    Attributes:
        place: where the record stands in the file: "points[3] (P1)".
        code: its code if it is a point, else "".
        name: what it is called in a sentence: "P1", "the group Cheek".
        lack: what it lacks: "no sources", "in no group of this set".
        remedy: what to do.
    """

    place: str
    code: str
    name: str
    lack: str
    remedy: str

    @property
    def problem(self) -> str:
        """What it lacks as half a sentence: "P1 has no sources"."""
        return f"{self.name} {'is' if self.lack.startswith('in ') else 'has'} {self.lack}"


_WORDS = {
    "english": ("no English name", "write one"),
    "location": ("no location in words", "write one"),
    "sources": ("no sources", "name one"),
}
"""Fields of a point that a reader looks for, what it lacks without one, and what to do."""

LACKING_WORDS = tuple(lack for lack, _ in _WORDS.values())
"""What a point lacks that has none of them."""


def hints(document: Document) -> Iterator[Hint]:
    """Everything that the points, groups and goals of a set lack."""
    used = {item.code for group in document.groups for item in group.points + group.advanced_points}
    for index, point in enumerate(document.points):
        place = f"points[{index}] ({point.code})"
        for field, (lack, remedy) in _WORDS.items():
            if not getattr(point, field):
                yield Hint(place, point.code, point.code, lack, remedy)
        if point.code not in used:
            yield Hint(place, point.code, point.code, "in no group of this set", "put it into one")
    wanted = {name for goal in document.goals for name in goal.groups}
    for index, group in enumerate(document.groups):
        place, name = f"groups[{index}] ({group.id})", f"the group {group.title}"
        if not group.points and not group.advanced_points:
            yield Hint(place, "", name, "no points", "fill it or delete it")
        if group.id not in wanted:
            yield Hint(place, "", name, "in no goal of this set", "put it into one")
    for index, goal in enumerate(document.goals):
        if not goal.groups:
            yield Hint(
                f"goals[{index}] ({goal.id})", "", f"the goal {goal.title}", "no groups", "put one into it"
            )

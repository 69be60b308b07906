"""References of a document that lead nowhere."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.document import Document
from app.domain.names import normal, suggestion
from app.domain.problems import FileProblem

if TYPE_CHECKING:
    from app.domain.library import Library


def reference_problems(path: Path, document: Document, library: "Library") -> Iterator[FileProblem]:
    """One problem for every point, group or muscle that the document names and the library does not have."""
    for kind, place, name in _references(document):
        known: Iterable[str] = {
            "point": library.points,
            "group": library.groups,
            "muscle": library.muscles,
        }[kind]
        if name in known:
            continue
        if kind == "point" and name in library.groups:
            problem = f"the group {name} stands where a point belongs: groups hold points and no groups"
            yield FileProblem(path, place, problem, "name its points, or put both groups into one goal")
        else:
            aliases = library.aliases if kind == "point" else {normal(own): own for own in known}
            problem = f"the {kind} {name} is not known{suggestion(name, aliases)}"
            yield FileProblem(path, place, problem, f"correct the name, or add the {kind} to the file")


def _references(document: Document) -> Iterator[tuple[str, str, str]]:
    """Kind, place and name of everything that the document refers to."""
    for index, group in enumerate(document.groups):
        place = f"groups[{index}] ({group.id})"
        yield from (("point", place, item.code) for item in group.points + group.advanced_points)
        yield from (("muscle", place, muscle) for muscle in group.muscles)
    for index, goal in enumerate(document.goals):
        yield from (("group", f"goals[{index}] ({goal.id})", group_id) for group_id in goal.groups)
    for index, treatment in enumerate(document.treatments):
        place = f"treatments[{index}] ({treatment.id})"
        yield from (("point", place, item.code) for item in treatment.needles)
    for index, caution in enumerate(document.cautions):
        yield from (("point", f"cautions[{index}] ({caution.id})", code) for code in caution.avoid_points)
    for index, zone in enumerate(document.caution_zones):
        yield from (("point", f"caution_zones[{index}] ({zone.id})", code) for code in zone.points)
    for index, wrinkle in enumerate(document.wrinkles):
        yield from (("group", f"wrinkles[{index}] ({wrinkle.id})", group_id) for group_id in wrinkle.groups)

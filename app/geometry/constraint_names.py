"""Names in the typed rules of points that lead nowhere: landmarks, curves, lines, points, units."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.domain.anatomy import PathStep
from app.domain.document import Document
from app.domain.library import Library
from app.domain.names import normal, suggestion
from app.domain.points import Constraint
from app.domain.problems import FileProblem

PATHS_IN_WORDS = frozenset({"line", "philtrum", "over the vertex", "along the skin"})
"""Paths that are no curves: straight, down the midline of the upper lip, over the top of the head, as a tape lies."""

_PREFIXES = {"PT": "point", "LM": "landmark", "BL": "landmark", "CV": "curve"}


def constraint_problems(path: Path, document: Document, library: Library) -> Iterator[FileProblem]:
    """One problem for every name in a constraint of the document's points that the library does not have."""
    for index, point in enumerate(document.points):
        for number, constraint in enumerate(point.constraints):
            place = f"points[{index}] ({point.code}), constraints[{number}]"
            for kind, name in _names(constraint):
                known = known_names(kind, library)
                if name in known:
                    continue
                aliases = library.aliases if kind == "point" else {normal(own): own for own in known}
                problem = f"the {kind} {name} is not known{suggestion(name, aliases)}"
                yield FileProblem(path, place, problem, f"correct the name, or add the {kind} to the file")


def path_problems(path: Path, document: Document, library: Library) -> Iterator[FileProblem]:
    """One problem for every unknown name in a path of the document's zones, muscles and wrinkle lines."""
    for place, step in _steps(document):
        kind, name = reference_kind(step.ref)
        known = known_names(kind, library)
        if name not in known:
            aliases = library.aliases if kind == "point" else {normal(own): own for own in known}
            problem = f"the {kind} {name} is not known{suggestion(name, aliases)}"
            yield FileProblem(path, place, problem, f"correct the name, or add the {kind} to the file")


def _steps(document: Document) -> Iterator[tuple[str, PathStep]]:
    """Place and step of every path that is drawn on the skin."""
    for index, zone in enumerate(document.caution_zones):
        for number, step in enumerate(zone.path):
            yield f"caution_zones[{index}] ({zone.id}), path[{number}]", step
    for index, muscle in enumerate(document.muscles):
        for field, steps in (("path", muscle.path), ("outline", muscle.outline)):
            for number, step in enumerate(steps):
                yield f"muscles[{index}] ({muscle.id}), {field}[{number}]", step
    for index, wrinkle in enumerate(document.wrinkles):
        for row, line in enumerate(wrinkle.lines):
            for number, step in enumerate(line.path):
                yield f"wrinkles[{index}] ({wrinkle.id}), lines[{row}], path[{number}]", step


def _names(constraint: Constraint) -> Iterator[tuple[str, str]]:
    """Kind and name of everything that one constraint refers to."""
    for reference in (constraint.ref, constraint.a, constraint.b, constraint.from_, constraint.to):
        if reference:
            yield reference_kind(reference)
    if constraint.curve:
        yield reference_kind(constraint.curve) if ":" in constraint.curve else ("curve", constraint.curve)
    if constraint.path and constraint.path not in PATHS_IN_WORDS:
        yield "curve", constraint.path
    if constraint.region:
        yield "region", constraint.region
    if constraint.unit:
        yield "unit", constraint.unit
    if constraint.tolerance is not None:
        yield "unit", constraint.tolerance.unit


def reference_kind(text: str) -> tuple[str, str]:
    """Return kind and name of a reference as it is written; a trailing apostrophe means the other side."""
    prefix, colon, name = text.rstrip("'").partition(":")
    if not colon:
        return "line", prefix
    # An unknown prefix is kept in the name, so that the sentence shows what was written.
    return (_PREFIXES[prefix], name) if prefix in _PREFIXES else ("landmark", f"{prefix}:{name}")


def known_names(kind: str, library: Library) -> Iterable[str]:
    """Return the names that a kind of reference may have."""
    named: Mapping[str, Mapping[str, object]] = {
        "point": library.points,
        "landmark": library.landmarks,
        "curve": library.curves,
        "line": library.lines,
        "region": library.regions,
    }
    return {*library.units_of_measure, "mm"} if kind == "unit" else named[kind]

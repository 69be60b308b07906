"""What is wrong with point files: what can be read, schema, references, figure, distance to the skin, anatomy.

Each kind of check of a file by itself is a function from the file in its library to problems; `CHECKS` lists them.
Anatomy is measured for all points of a library at once.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np

from app.domain.builtin import builtin_files
from app.domain.codec import read_document
from app.domain.document import FORMAT, NAMED_LISTS, VERSION, Document
from app.domain.hints import hints
from app.domain.library import Library
from app.domain.names import normal
from app.domain.problems import FileProblem, OtherFigure
from app.domain.references import reference_problems
from app.domain.storage import read_bytes, text_of
from app.geometry.check_rules import measure_rules
from app.geometry.check_set import SAME_MM, code_faults, near_pairs, twin_fault
from app.geometry.constraint_names import constraint_problems, path_problems
from app.geometry.exchange.asking import ask_about
from app.geometry.figure import Figure
from app.geometry.rules import Finding as Rule
from app.geometry.sites import (
    FARTHEST_MM,
    STRAY_REMEDY,
    Sites,
    bind_loosely,
    farthest_off,
    skin_surface,
    stray_words,
    surface_problems,
)

Kind = Literal["unreadable", "schema", "reference", "figure", "surface", "double", "anatomy", "hint"]


@dataclass(frozen=True)
class Finding:
    """Something wrong in a file, or a hint: its place, the code or id of what it is about, if any, and what to do."""

    kind: Kind
    file: str
    place: str
    code: str
    problem: str
    remedy: str

    @property
    def sentence(self) -> str:
        """The finding as one sentence."""
        return f"{self.file}, {self.place}: {self.problem}; {self.remedy}."

    def fields(self) -> dict[str, str]:
        """Return the finding for JSON."""
        return {**dataclasses.asdict(self), "sentence": self.sentence}


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes:
        files: the files looked at.
        findings: everything wrong with them, file by file.
        hints: what is not wrong and could be better, file by file; only of files that are named.
        points: how many points the files hold.
        placed: how many of those have a position.
        rules: every rule of anatomy that was measured, kept or not.

    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    hints: tuple[Finding, ...]
    points: int
    placed: int
    rules: tuple[Rule, ...]

    @property
    def readable(self) -> bool:
        """Whether every file could be read."""
        return all(finding.kind != "unreadable" for finding in self.findings)


@dataclass(frozen=True)
class Context:
    """One file to look at, with the library it is joined to and the figure its positions lie on."""

    path: Path
    document: Document
    library: Library
    figure: Figure


def check_files(figure: Figure, paths: Sequence[Path], base: Library) -> Report:
    """Check each file by itself over a base library, as the window would open it."""
    findings: list[Finding] = []
    told: list[Finding] = []
    documents: list[Document] = []
    rules: list[Rule] = []
    for path in paths:
        found = _read(path)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            documents.append(found)
            looked, measured = _look([(path, found)], _joined([found], base), figure)
            findings += looked
            rules += measured
            # Where the points lie is not known of a set that another figure, unit or frame is asked about.
            asked = ask_about(path, found, figure) is not None
            sites = bind_loosely(figure, () if asked else found.points)
            findings += _faults(path, found, base, figure, sites)
            told += _hints(path, found, sites)
    return _report(paths, findings, documents, rules, told)


def check_builtin(figure: Figure) -> Report:
    """Check the files that come with the program, joined together.

    Raises:
        FileProblem: their folder is missing.

    """
    paths = builtin_files()
    found = [(path, _read(path)) for path in paths]
    unreadable = [one for _, one in found if isinstance(one, Finding)]
    documents = [(path, one) for path, one in found if isinstance(one, Document)]
    whole = [document for _, document in documents]
    if unreadable:
        # Whatever the unreadable files define would be missed everywhere else.
        return _report(paths, unreadable, whole, [])
    twice = list(_defined_twice(documents))
    findings, rules = _look(documents, _joined(whole, Library()), figure)
    return _report(paths, twice + findings, whole, rules)


def _references(context: Context) -> Iterator[Finding]:
    for find in (reference_problems, constraint_problems, path_problems):
        for problem in find(context.path, context.document, context.library):
            yield _finding("reference", problem)


def _figure(context: Context) -> Iterator[Finding]:
    document, own = context.document, context.figure.fingerprint
    if document.figure and document.figure != own and any(point.position for point in document.points):
        yield Finding(
            "figure",
            str(context.path),
            "figure",
            "",
            f"the positions were made on the figure {document.figure}, this one is {own}",
            OtherFigure(context.path, document.figure, own).remedy,
        )


def _surface(context: Context) -> Iterator[Finding]:
    question = ask_about(context.path, context.document, context.figure)
    if question is not None:
        if question.reading is not None:
            own = question.refusal
            yield Finding("surface", str(context.path), own.place, "", own.problem, own.remedy)
        return
    index = {point.code: number for number, point in enumerate(context.document.points)}
    for problem in surface_problems(context.figure, context.document.points):
        place = f"points[{index[problem.code]}] ({problem.code})"
        yield Finding("surface", str(context.path), place, problem.code, problem.problem, problem.remedy)


def _anatomy_on_skin(context: Context) -> Iterator[Finding]:
    places = [
        (f"landmarks[{index}] ({landmark.id})", landmark.id, landmark.position)
        for index, landmark in enumerate(context.document.landmarks)
        if landmark.position is not None
    ]
    places += [
        (f"curves[{index}] ({curve.id}), positions[{number}]", curve.id, position)
        for index, curve in enumerate(context.document.curves)
        for number, position in enumerate(curve.positions)
    ]
    if not places:
        return
    skin = skin_surface(context.figure, context.figure.neutral.vertices)
    distances = skin.nearest(np.array([position for _, _, position in places], float)).distances
    for (place, name, _), distance in zip(places, distances, strict=True):
        if distance > FARTHEST_MM:
            problem = f"the position lies {distance:.1f} mm off the skin (at most {FARTHEST_MM:g} mm)"
            yield Finding("surface", str(context.path), place, name, problem, "correct it or take it out")


CHECKS: tuple[Callable[[Context], Iterable[Finding]], ...] = (
    _references,
    _figure,
    _surface,
    _anatomy_on_skin,
)
"""What is asked of a file that could be read, in this order."""


def _look(
    documents: Sequence[tuple[Path, Document]], library: Library, figure: Figure
) -> tuple[list[Finding], tuple[Rule, ...]]:
    """Look at files that were joined to one library; return what is wrong and every rule that was measured."""
    contexts = [Context(path, document, library, figure) for path, document in documents]
    findings = [finding for context in contexts for check in CHECKS for finding in check(context)]
    where = {
        point.code: (str(path), f"points[{index}] ({point.code})")
        for path, document in documents
        for index, point in enumerate(document.points)
    }
    # What a rule starts from may itself be wrong: a landmark off the skin says nothing about the points.
    if any(one.kind in ("surface", "figure") and one.code not in library.points for one in findings):
        return findings, ()
    measured = measure_rules(figure, library, where, {finding.code for finding in findings})
    for code, problem, remedy in measured.broken:
        file, place = where.get(code, (str(documents[0][0]), "trusted_rules"))
        findings.append(Finding("anatomy", file, place, code, problem, remedy))
    return findings, measured.rules


def _read(path: Path) -> Document | Finding:
    try:
        return read_document(path)
    except FileProblem as problem:
        return _finding("schema" if _is_ours(path) else "unreadable", problem)


def _is_ours(path: Path) -> bool:
    """Whether a file that was refused is at least JSON of this format and a version known here."""
    try:
        raw: Any = msgspec.json.decode(text_of(read_bytes(path), path))
    except (FileProblem, msgspec.DecodeError, RecursionError):
        return False
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        return False
    version = raw.get("version")
    return type(version) is int and 1 <= version <= VERSION


def _joined(documents: Iterable[Document], base: Library) -> Library:
    """Join without demanding that every reference leads somewhere: that is what is being looked at."""
    lists: dict[str, dict[str, Any]] = {name: dict(getattr(base, name)) for name in NAMED_LISTS}
    for document in documents:
        for name, key in NAMED_LISTS.items():
            lists[name].update({getattr(record, key): record for record in getattr(document, name)})
    points = lists["points"]
    aliases = {normal(alias): code for code, point in points.items() for alias in point.aliases}
    fields: dict[str, Any] = {**lists, "aliases": aliases | {normal(code): code for code in points}}
    return Library(**fields)


def _defined_twice(documents: Sequence[tuple[Path, Document]]) -> Iterator[Finding]:
    for name, key in NAMED_LISTS.items():
        first: dict[str, Path] = {}
        for path, document in documents:
            for index, record in enumerate(getattr(document, name)):
                own = getattr(record, key)
                if own in first:
                    problem = f"{own} is defined in {first[own].name} already"
                    remedy = "take one of the two out or rename it"
                    yield Finding("reference", str(path), f"{name}[{index}] ({own})", own, problem, remedy)
                first.setdefault(own, path)


def _faults(
    path: Path, document: Document, base: Library, figure: Figure, sites: Sites
) -> Iterator[Finding]:
    """What the editor calls a mistake in a set, and no file that comes with the program could have."""
    places = {point.code: f"points[{index}] ({point.code})" for index, point in enumerate(document.points)}
    for fault in code_faults(document, base):
        yield Finding("reference", str(path), places[fault.code], *fault)
    for pair in near_pairs(sites, sites.positions(figure, figure.neutral.vertices), SAME_MM):
        twin = twin_fault(pair)
        if twin is not None:
            yield Finding("double", str(path), places[twin.code], *twin)


def _hints(path: Path, document: Document, sites: Sites) -> Iterator[Finding]:
    for hint in hints(document):
        yield Finding("hint", str(path), hint.place, hint.code, hint.lack, hint.remedy)
    far = farthest_off(sites)
    for index, point in enumerate(document.points):
        if words := stray_words(far.get(point.code, 0.0)):
            yield Finding(
                "hint", str(path), f"points[{index}] ({point.code})", point.code, words, STRAY_REMEDY
            )


def _finding(kind: Kind, problem: FileProblem) -> Finding:
    """Turn a problem of a file into a finding; the code stands in the place: points[3] (ST4)."""
    code = problem.place.partition("(")[2].partition(")")[0] if problem.place.startswith("points[") else ""
    return Finding(kind, str(problem.path), problem.place, code, problem.problem, problem.remedy)


def _report(
    paths: Sequence[Path],
    findings: Sequence[Finding],
    documents: Sequence[Document],
    rules: Sequence[Rule],
    told: Sequence[Finding] = (),
) -> Report:
    files = tuple(str(path) for path in paths)
    points = [point for document in documents for point in document.points]
    placed = sum(point.position is not None for point in points)
    return Report(files, tuple(findings), tuple(told), len(points), placed, tuple(rules))

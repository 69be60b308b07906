"""The health of a set that is being edited: everything that a course would stumble over, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

import numpy as np

from app.domain.document import Document
from app.domain.edits.edit import mirrored
from app.domain.hints import LACKING_WORDS, hints
from app.domain.library import Library
from app.domain.references import reference_problems
from app.geometry.bench import Bench, way_words
from app.geometry.bound_set import BoundSet
from app.geometry.check_set import SAME_MM, code_faults, near_pairs, twin_fault
from app.geometry.constraint_names import constraint_problems
from app.geometry.sites import FARTHEST_MM, STRAY_REMEDY, Sites, farthest_off, stray_words

Grade = Literal["mistake", "notice", "hint"]
GRADES: tuple[Grade, ...] = ("mistake", "notice", "hint")
"""To correct, to look at, and what could still be said; the worst first."""

NEAR_MM = 2.0
"""Points this near to each other may be the same."""
UNLIKE_MM = 0.05
"""Two sides that mirror each other to this, the least that is told, do not differ."""
MOST_TOLD = 200
"""So many findings of a kind are listed; a longer list helps nobody."""
MOST_MEASURED = 2000
"""So many points are measured against each other and their rules; `facepoints check` measures all."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at: how bad, in a sentence, and the point it is about, "" for none."""

    grade: Grade
    code: str
    sentence: str


def examine(document: Document, library: Library, bench: Bench, bound: BoundSet) -> list[Finding]:
    """Return what there is to say about a set over the library it is joined to, mistakes first, hints last."""
    kinds = {
        "names that lead nowhere": _references(document, library),
        "codes": _codes(document, bench.base),
        "places": _places(document, bench, bound),
        "points close together": _neighbours(document, bench, bound),
        "rules": _rules(document, library, bench, bound),
        "what is not said": _hints(document),
    }
    found = [finding for words, findings in kinds.items() for finding in _first(findings, words)]
    return sorted(found, key=lambda one: GRADES.index(one.grade))


def _first(findings: Iterator[Finding], words: str) -> Iterator[Finding]:
    yield from islice(findings, MOST_TOLD)
    more = next(findings, None)
    if more is not None:
        yield Finding(more.grade, "", f"There is more to say of {words} than stands here; begin with these.")


def _references(document: Document, library: Library) -> Iterator[Finding]:
    for find in (reference_problems, constraint_problems):
        for problem in find(Path("this set"), document, library):
            yield Finding("mistake", "", f"{problem.place}: {problem.problem}; {problem.remedy}.")


def _codes(document: Document, base: Library) -> Iterator[Finding]:
    for fault in code_faults(document, base):
        yield Finding("mistake", fault.code, f"{fault.problem}; {fault.remedy}.")


def _places(document: Document, bench: Bench, bound: BoundSet) -> Iterator[Finding]:
    if document.figure and document.figure != bench.skin.figure.fingerprint:
        yield Finding(
            "mistake", "", "The positions were made on another figure; place the points again on this one."
        )
    sites = bound.sites(point for point in document.points if point.position is not None)
    far = farthest_off(sites)
    for point in document.points:
        code = point.code
        if point.position is None:
            if point.status != "missing":
                yield Finding("notice", code, f"{code} has no place yet; place it or mark it as missing.")
            continue
        for number, site in enumerate(point.further_sites, 2):
            if site.position is None:
                yield Finding("notice", code, f"The place number {number} of {code} is missing; place it.")
        if far[code] > FARTHEST_MM:
            sentence = f"{code} lies {far[code]:.1f} mm off the skin; move it, or place it again."
            yield Finding("mistake", code, sentence)
        elif words := stray_words(far[code]):
            yield Finding("hint", code, f"{code} lies {words}; {STRAY_REMEDY}.")
        if point.position_right is not None:
            apart = float(np.linalg.norm(np.subtract(mirrored(point.position_right), point.position)))
            if apart > UNLIKE_MM:
                yield Finding(
                    "notice",
                    code,
                    f"The sides of {code} differ by {apart:.1f} mm; relink them if they should not.",
                )


def _neighbours(document: Document, bench: Bench, bound: BoundSet) -> Iterator[Finding]:
    placed = [point for point in document.points if point.position is not None]
    sites = bound.sites(placed[:MOST_MEASURED])
    places = sites.positions(bench.skin.figure, bench.skin.figure.neutral.vertices)
    for pair in near_pairs(sites, places, NEAR_MM):
        if fault := twin_fault(pair):
            yield Finding("mistake", fault.code, f"{_headed(fault.problem)}; {fault.remedy}.")
        elif pair.one == pair.other:
            near = f"Two needles of {pair.one} lie {pair.mm:.1f} mm apart; is it a point of the midline?"
            yield Finding("notice", pair.one, near)
        else:
            near = f"{pair.one} and {pair.other} lie {pair.mm:.1f} mm apart; is one a double?"
            yield Finding("notice", pair.other, near)


def _hints(document: Document) -> Iterator[Finding]:
    """What is not said; the words that one point lacks are told in one sentence."""
    for (code, _), told in groupby(hints(document), lambda one: (one.code, one.place)):
        own = list(told)
        wordless = [one.lack for one in own if one.lack in LACKING_WORDS]
        if len(wordless) > 1:
            *before, last = wordless
            yield Finding("hint", code, f"{code} has {', '.join(before)} and {last}; write them.")
            own = [one for one in own if one.lack not in LACKING_WORDS]
        for one in own:
            yield Finding("hint", code, f"{_headed(one.problem)}; {one.remedy}.")


def _headed(words: str) -> str:
    """With a capital where it begins with a word of ours and no code."""
    return f"T{words[1:]}" if words.startswith(("the ", "two ")) else words


def _rules(document: Document, library: Library, bench: Bench, bound: BoundSet) -> Iterator[Finding]:
    placed = [point for point in document.points if point.position is not None]
    if not placed:
        return
    if len(placed) > MOST_MEASURED:
        words = f"Only the first {MOST_MEASURED:,} of {len(placed):,} points are measured here"
        yield Finding("notice", "", f"{words}; run facepoints check on the saved set to measure all.")
        placed = placed[:MOST_MEASURED]
    sites: Sites = bound.sites(library.points.values())
    figure = bench.skin.figure
    scene = bench.scene(sites, sites.positions(figure, figure.neutral.vertices))
    for point in placed:
        at = scene.points.get(point.code)
        if at is None:
            continue
        every = bench.broken(scene, point, at)
        for rule in every:
            if rule.region:
                region = f"{point.code} lies {rule.mm:.1f} mm inside the {rule.region}"
                yield Finding(
                    "mistake", point.code, f'{region}; move it out, or set its use to "Trained hands only".'
                )
        broken = [rule for rule in every if not rule.region]
        if broken:
            wanted = bench.by_rules(scene, point)
            where = f"{broken[0].mm:.1f} mm off its rule"
            if wanted is not None and float(np.linalg.norm(at - wanted)) > SAME_MM:
                where = way_words(at, wanted, point.code)
            grade: Grade = "mistake" if any(rule.hard for rule in broken) else "notice"
            yield Finding(grade, point.code, f"{point.code} lies {where}: {broken[0].rule}.")

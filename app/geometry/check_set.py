"""What a set must not have, whoever looks at it: codes that mean another point, and points that lie on each other."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from app.domain.document import Document
from app.domain.library import Library
from app.domain.names import normal
from app.geometry.figure import Floats
from app.geometry.sites import Sites

SAME_MM = 0.5
"""Points this near to each other are the same."""


class Fault(NamedTuple):
    """What is wrong with a point of a set, and what to do, in halves of a sentence."""

    code: str
    problem: str
    remedy: str


class Pair(NamedTuple):
    """Two points that lie near each other, or one that does with two of its places; how far apart, straight, mm."""

    one: str
    other: str
    mm: float


def code_faults(document: Document, base: Library) -> Iterator[Fault]:
    """Tell codes that are other names of built-in points, and codes that read alike."""
    for point in document.points:
        standard = base.aliases.get(normal(point.code))
        if standard is not None and standard != point.code:
            yield Fault(point.code, f"{point.code} is {standard}", "rename it or use that point")
    codes: dict[str, str] = {}
    for point in document.points:
        other = codes.setdefault(normal(point.code), point.code)
        if other != point.code:
            yield Fault(point.code, f"{point.code} and {other} read alike", "rename one of them")


def near_pairs(sites: Sites, places: Floats, near_mm: float) -> Iterator[Pair]:
    """Yield each two points that have sites this near to each other, once, in the order of the sites.

    A point that has two such sites itself, as one that has two sides and lies on the midline, is paired with itself.

    `places` (n, 3) mm are those of the sites.
    """
    if len(sites) < 2:
        return
    told: set[tuple[str, str]] = set()
    pairs = cKDTree(places).query_pairs(near_mm, output_type="ndarray")
    for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
        one, other = sites.codes[first], sites.codes[second]
        if (one, other) in told:
            continue
        told |= {(one, other), (other, one)}
        yield Pair(one, other, float(np.linalg.norm(places[first] - places[second])))


def twin_fault(pair: Pair) -> Fault | None:
    """Say that two points lie on each other; None where they are only near."""
    if pair.mm > SAME_MM:
        return None
    if pair.one == pair.other:
        remedy = "make it a point of the midline or move it"
        return Fault(pair.one, f"two needles of {pair.one} lie in one place", remedy)
    return Fault(pair.other, f"{pair.one} and {pair.other} lie on each other", "delete one or move it")

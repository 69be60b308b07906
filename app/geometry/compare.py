"""Two sets beside each other: how far apart each point of both lies, in mm and cun."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.domain.document import Document
from app.domain.exchange.marks import exported
from app.domain.library import Library
from app.geometry.cun import Units
from app.geometry.figure import Figure
from app.geometry.landmarks import bind_marks, left_body
from app.geometry.sites import Side, Sites, bind_points

UNIT = "fcun"
"""Distances in cun are in this one unit, the width of the thumb, so that they can be compared with each other."""


@dataclass(frozen=True)
class Apart:
    """One site of both sets: how far apart the two places are, straight, in mm and in cun."""

    code: str
    side: Side
    mm: float
    cun: float
    mine: tuple[float, float, float]
    theirs: tuple[float, float, float]


@dataclass(frozen=True)
class Comparison:
    """What two sets have in common and what not.

    Attributes:
        rows: every site that both have, the farthest apart first.
        only_mine, only_theirs: codes that are placed in one of them only.
        mean, p95, worst: of the distances, mm; None where there are none.
        cun_mm: the length of the cun that distances are also told in.

    """

    rows: tuple[Apart, ...]
    only_mine: tuple[str, ...]
    only_theirs: tuple[str, ...]
    mean: float | None
    p95: float | None
    worst: float | None
    cun_mm: float

    @property
    def summary(self) -> str:
        """How far apart the places are, in a sentence."""
        if self.mean is None:
            return "No point is placed in both sets."
        places = f"{len(self.rows)} place{'s' if len(self.rows) > 1 else ''} in both sets"
        return (
            f"{places}: mean {self.mean:.2f} mm apart, 95 % within {self.p95:.2f} mm, "
            f"worst {self.worst:.2f} mm (1 cun = {self.cun_mm:.1f} mm)."
        )

    def fields(self) -> dict[str, Any]:
        """Return the comparison for JSON."""
        return asdict(self)


def cun_length(figure: Figure, library: Library) -> float:
    """Return the length of the cun of comparisons on the neutral figure, mm."""
    body = left_body(figure, figure.neutral, bind_marks(figure, library))
    return Units(body).mm(UNIT)


def compare(mine: Document, theirs: Document, base: Library, figure: Figure) -> Comparison:
    """Compare the points of two sets, and the built-in ones that their groups name.

    Raises:
        SurfaceProblem: a position of one of them lies off the skin.

    """
    own, others = (bind_points(figure, exported(one, base)) for one in (mine, theirs))
    return compare_sites(own, others, figure, cun_length(figure, base))


def compare_sites(mine: Sites, theirs: Sites, figure: Figure, cun_mm: float) -> Comparison:
    """Compare sites by code and side; places of a group of places in their order."""
    own, others = (_places(figure, sites) for sites in (mine, theirs))
    rows = []
    for key, place in own.items():
        if key in others:
            apart = float(np.linalg.norm(np.subtract(others[key], place)))
            code, side, _ = key
            rows.append(Apart(code, side, round(apart, 3), round(apart / cun_mm, 4), place, others[key]))
    rows.sort(key=lambda row: -row.mm)
    distances = np.array([row.mm for row in rows])
    codes, theirs_codes = ({key[0]: None for key in places} for places in (own, others))
    figures = (
        (float(distances.mean()), float(np.percentile(distances, 95)), float(distances.max()))
        if len(rows)
        else (None, None, None)
    )
    mean, p95, worst = (None if value is None else round(value, 3) for value in figures)
    return Comparison(
        tuple(rows),
        tuple(code for code in codes if code not in theirs_codes),
        tuple(code for code in theirs_codes if code not in codes),
        mean,
        p95,
        worst,
        round(cun_mm, 3),
    )


def _places(figure: Figure, sites: Sites) -> dict[tuple[str, Side, int], tuple[float, float, float]]:
    found: dict[tuple[str, Side, int], tuple[float, float, float]] = {}
    for code, side, place in zip(
        sites.codes, sites.sides, sites.positions(figure, figure.neutral.vertices), strict=True
    ):
        number = sum(key[:2] == (code, side) for key in found) if (code, side, 0) in found else 0
        x, y, z = (round(float(value), 3) for value in place)
        found[code, side, number] = (x, y, z)
    return found

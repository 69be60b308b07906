"""How far points carried to other bodies lie from points placed anew there: `python -m benchmarks.shapes`.

Each point is carried to a shape by the skin it is bound to, and placed anew from that shape's own landmarks by its
rules. Prints the table; `--write` puts it into docs/anatomy.md. Needs no display; takes two to three minutes.
"""

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.points import Point
from app.geometry.figure import NEUTRAL_DETAILS, Figure, Shape, load_figure
from app.geometry.landmarks import Marks, bind_marks
from app.geometry.placing import place_points
from app.geometry.rules import Finding, Placed, evaluate

DOCUMENT = Path(__file__).parent.parent / "docs" / "anatomy.md"
BEGIN, END = "<!-- shapes: begin -->", "<!-- shapes: end -->"
FAR_MM = 2.5
"""What 95 % of the points of the face are to keep within."""

AREAS: Mapping[str, tuple[str, ...]] = {
    "face": ("face", "orbit", "temple", "ear front", "ear"),
    "hair edge, scalp, vertex": ("scalp edge", "scalp", "scalp side", "vertex", "ear top"),
    "occiput, nape, behind the ear": ("occiput", "nape", "ear back", "behind ear"),
    "neck, under the chin": ("neck", "under chin"),
}
"""Regions of the catalogue, gathered."""


def shapes() -> dict[str, Shape]:
    """Return the bodies looked at: sexes, ages and ancestries, mixtures, weights and face shapes."""
    ancestries = {"European": (1.0, 0.0, 0.0), "Asian": (0.0, 1.0, 0.0), "African": (0.0, 0.0, 1.0)}
    found: dict[str, Shape] = {}
    for who, sex in (("woman", 0.0), ("man", 1.0)):
        for age in (25.0, 40.0, 75.0):
            for name, shares in ancestries.items():
                found[f"{who}, {age:.0f}, {name}"] = Shape(sex, age, shares)
    found["woman, 40, European and Asian"] = Shape(0.0, 40.0, (0.5, 0.5, 0.0))
    found["man, 40, Asian and African"] = Shape(1.0, 40.0, (0.0, 0.5, 0.5))
    found["neutral, thin"] = Shape(weight=0.0)
    found["neutral, heavy"] = Shape(weight=1.0)
    found["woman, thin"] = Shape(0.0, weight=0.15)
    found["man, heavy"] = Shape(1.0, weight=0.9)
    for face in ("oval", "round", "square", "triangular", "diamond"):
        found[f"neutral, {face} face"] = Shape(details={**NEUTRAL_DETAILS, f"head_{face}": 1.0})
    return found


def area_of(point: Point) -> str:
    """Return the area a point is counted in."""
    if point.part == "body":
        return "body"
    return next(area for area, regions in AREAS.items() if point.region in regions)


@dataclass(frozen=True)
class Body:
    """What was found on one shape.

    Attributes:
        gaps: mm between each point carried there and placed anew.
        rules: the hard rules of the carried points, measured.
        seconds: taken to place all points.

    """

    gaps: Mapping[str, float]
    rules: tuple[Finding, ...]
    seconds: float

    def cause(self, code: str) -> str:
        """Return the rule that a carried point is farthest from keeping."""
        own = [rule for rule in self.rules if rule.code == code]
        return max(own, key=lambda rule: rule.deviation_mm).rule if own else ""


def look(figure: Figure, library: Library, marks: Marks, shape: Shape) -> Body:
    """Carry the points to a shape, measure them, and place them anew."""
    pose = figure.pose(shape)
    scene = Placed(figure, pose, library, marks).scene()
    began = time.perf_counter()
    found = place_points(scene, library.points, library.trusted_rules.values())
    took = time.perf_counter() - began
    gaps = {code: float(np.linalg.norm(one.position - scene.points[code])) for code, one in found.items()}
    every = evaluate(figure, pose, library, marks=marks)
    return Body(gaps, tuple(rule for rule in every if rule.hard and rule.side != "right"), took)


def table() -> str:
    """Return the report as Markdown."""
    figure, library = load_figure(), load_library()
    marks = bind_marks(figure, library)
    bodies = {name: look(figure, library, marks, shape) for name, shape in shapes().items()}
    lines = [
        "| shape | hard rules broken by carried points | median mm, face | 95 %, face |",
        "|---|---|---|---|",
    ]
    for name, body in bodies.items():
        broken = sum(not rule.kept for rule in body.rules)
        face = [gap for code, gap in body.gaps.items() if area_of(library.points[code]) == "face"]
        median, most = np.median(face), np.percentile(face, 95)
        lines.append(f"| {name} | {broken} of {len(body.rules)} | {median:.2f} | {most:.2f} |")
    seconds = np.median([body.seconds for body in bodies.values()])
    told = f"{len(bodies)} shapes; placing all points took {seconds:.1f} s each (median)."
    return "\n\n".join([_areas(library, bodies), _far(library, bodies), "\n".join(lines), told])


def _areas(library: Library, bodies: Mapping[str, Body]) -> str:
    lines = ["| area | points | median mm | 95 % | farthest |", "|---|---|---|---|---|"]
    for area in (*AREAS, "body"):
        codes = [code for code, point in library.points.items() if point.position and area_of(point) == area]
        every = [body.gaps[code] for body in bodies.values() for code in codes]
        median, most = np.median(every), np.percentile(every, 95)
        lines.append(f"| {area} | {len(codes)} | {median:.2f} | {most:.2f} | {max(every):.1f} |")
    return "\n".join(lines)


def _far(library: Library, bodies: Mapping[str, Body]) -> str:
    """List the points that are far apart somewhere, those of the face first, with the rule that moved them most."""
    lines = [
        f"| point | area | shapes over {FAR_MM} mm | farthest | on | cause |",
        "|---|---|---|---|---|---|",
    ]
    areas = (*AREAS, "body")
    rows = []
    for code, point in library.points.items():
        if point.position is None:
            continue
        far = [name for name, body in bodies.items() if body.gaps[code] > FAR_MM]
        if far:
            worst = max(bodies, key=lambda name: bodies[name].gaps[code])
            body, area = bodies[worst], area_of(point)
            told = f"{len(far)} | {body.gaps[code]:.1f} mm | {worst} | {body.cause(code)}"
            rows.append((areas.index(area), -len(far), f"| {code} | {area} | {told} |"))
    return "\n".join([*lines, *(row for _, _, row in sorted(rows))])


def main() -> int:
    """Measure, print and, where asked to, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shapes", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/anatomy.md")
    chosen = parser.parse_args()
    report = table()
    sys.stdout.write(report + "\n")
    if chosen.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCUMENT.write_text(f"{before}{BEGIN}\n\n{report}\n\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

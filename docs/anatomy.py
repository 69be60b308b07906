"""Fill the tables of docs/anatomy.md and draw its pictures: `python docs/anatomy.py [tables] [pictures]`.

Needs no display. The table of other bodies is written by `python -m benchmarks.shapes --write`.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyvista
from PIL import Image

from app.domain.builtin import load_library
from app.geometry.atlas import Atlas
from app.geometry.figure import load_figure
from app.geometry.rules import evaluate, evaluate_trusted
from app.geometry.sites import bind_points
from app.scene.construction_layer import drawing
from app.scene.markers import Marker
from app.scene.stage import Stage

FOLDER = Path(__file__).parent
FIGURE, LIBRARY = load_figure(), load_library()
CONSTRUCTIONS = ("ST4", "GB14", "LI20", "ST8", "GB20", "LI4", "GV20", "GB8", "ANMIAN", "EX-HN5", "ST6", "PC6")
DISTANCES = {
    "GV20": 620.0,
    "GB20": 420.0,
    "ST8": 480.0,
    "ANMIAN": 420.0,
    "GB8": 420.0,
    "LI4": 300.0,
    "PC6": 420.0,
}
SIZE = (640, 560)
MARKER = "#e69f00"


def units() -> str:
    """Return the units of measure on the neutral figure."""
    unit = Atlas(FIGURE, LIBRARY).scene.units
    lines = ["| unit | what it is | mm here |", "|---|---|---|"]
    lines += [
        f"| `{one.id}` | {one.definition} | {unit.mm(one.id):.1f} |"
        for one in LIBRARY.units_of_measure.values()
    ]
    return "\n".join(lines)


def trusted() -> str:
    """Return the trusted rules with the worst of what they measure."""
    lines = ["| rule | in words | measured | worst, of what is allowed | where |", "|---|---|---|---|---|"]
    found = evaluate_trusted(FIGURE, FIGURE.neutral, LIBRARY)
    for rule in LIBRARY.trusted_rules.values():
        own = [one for one in found if one.trusted == rule.id]
        ranged = [one for one in own if one.tolerance_mm > 0]
        kept = sum(one.kept for one in own)
        worst = max(ranged, key=lambda one: one.deviation_mm / one.tolerance_mm) if ranged else own[0]
        share = f"{worst.deviation_mm:.2f} of {worst.tolerance_mm:.2f} mm" if ranged else "an order"
        lines.append(
            f"| {rule.id} | {rule.rule} | {kept} of {len(own)} kept | {share} | {worst.code}: {worst.rule} |"
        )
    return "\n".join(lines)


def pulling() -> str:
    """Return the soft rules that are off by more than a third of what they allow: what the choices cost."""
    lines = [
        "| point | soft rule | measured | wanted | off by | allowed | kept |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in evaluate(FIGURE, FIGURE.neutral, LIBRARY):
        if one.hard or one.side == "right" or one.deviation_mm < one.tolerance_mm / 3:
            continue
        lines.append(
            f"| {one.code} | {one.rule} | {one.measured:.2f} | {one.wanted:.2f} {one.unit} | "
            f"{one.deviation_mm:.1f} mm | {one.tolerance_mm:.1f} mm | {'yes' if one.kept else '**no**'} |"
        )
    return "\n".join(lines)


def by_hand() -> str:
    """Return the points whose rules leave part of their place to the hand."""
    drawn = [point.code for point in LIBRARY.points.values() if "drawn" in point.placed_by]
    return ", ".join(drawn) + "."


def landmarks() -> str:
    """Return all landmarks with how each was found."""
    lines = ["| id | landmark | how it was found |", "|---|---|---|"]
    lines += [
        f"| {one.id} | {one.name or one.definition} | {one.placed_by} |" for one in LIBRARY.landmarks.values()
    ]
    return "\n".join(lines)


def disagreements() -> str:
    """Return where sources disagree and what was chosen."""
    lines = ["| point | about | what the sources say | choice |", "|---|---|---|---|"]
    lines += [
        f"| {one.point} | {one.topic} | {one.detail} | {one.product} |" for one in LIBRARY.disagreements
    ]
    return "\n".join(lines)


TABLES: Mapping[str, Callable[[], str]] = {
    "units": units,
    "trusted": trusted,
    "pulling": pulling,
    "by hand": by_hand,
    "landmarks": landmarks,
    "disagreements": disagreements,
}


def write_tables() -> None:
    """Put every table between its two marks."""
    path = FOLDER / "anatomy.md"
    text = path.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}\n\n{make()}\n\n{end}{after}"
    path.write_text(text, encoding="utf-8")


def write_pictures() -> None:
    """Draw the construction of some points, each seen from where its skin faces."""
    atlas = Atlas(FIGURE, LIBRARY)
    sites = bind_points(FIGURE, LIBRARY.points.values())
    for code in CONSTRUCTIONS:
        found = atlas.construction(code)
        assert found is not None
        shown = drawing(found)
        plotter = pyvista.Plotter(off_screen=True, window_size=[2 * side for side in SIZE], lighting="none")
        stage = Stage(plotter, FIGURE, "light", "software", 2.0)
        place = atlas.scene.points[code]
        stage.show(sites, [Marker(site, (MARKER,), "disc", code) for site in sites.indices(code)])
        stage.labels.set_mode("all")
        stage.overlays.show("construction", shown.areas, shown.lines, shown.tags)
        for camera in stage.views.fly_to(
            place, atlas.scene.body.skin.normal(place), DISTANCES.get(code, 330.0)
        ):
            stage.views.set(camera)
        shot = np.asarray(plotter.screenshot(return_img=True))[..., :3]
        stage.close()
        plotter.close()
        image = Image.fromarray(shot).resize(SIZE, Image.Resampling.LANCZOS)
        image.save(FOLDER / "pictures" / f"construction-{code.lower()}.jpg", quality=86, optimize=True)


if __name__ == "__main__":
    parts = sys.argv[1:] or ["tables", "pictures"]
    if "tables" in parts:
        write_tables()
    if "pictures" in parts:
        write_pictures()

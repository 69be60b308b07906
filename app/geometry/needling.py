"""How needles stand in the skin: angle and direction of each site, from the words of its point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.library import Library
from app.domain.points import DEFAULT_USES, Point
from app.geometry.figure import Figure, Floats
from app.geometry.sites import Sites

ANGLES = {"perpendicular": 90.0, "oblique": 45.0, "transverse": 15.0, "superficial": 15.0}
"""Degrees between needle and skin, of the classes that sources name."""

LENGTHS_MM = {"face": 15.0, "body": 30.0}
"""Shafts of the usual needles: 7 to 15 mm for the face, 25 to 30 mm for the body."""

_WAYS = {
    "up": (0.0, 1.0, 0.0),
    "down": (0.0, -1.0, 0.0),
    "back": (0.0, 0.0, -1.0),
    "forward": (0.0, 0.0, 1.0),
    "midline": (-1.0, 0.0, 0.0),
    "medial": (-1.0, 0.0, 0.0),
    "spine": (-1.0, 0.0, 0.0),
    "lateral": (1.0, 0.0, 0.0),
    "sideways": (1.0, 0.0, 0.0),
    "tongue": (0.0, 1.0, -0.3),
}
"""What a word, by its beginning, says of a point on the person's left."""

_PLACES = {"mouth corner": "ch", "tip of the nose": "prn", "nasal root": "n"}
"""Landmarks that words name."""

_UNUSED = ("not ", "never ", "eyeball", "no ")
"""Clauses that say where a needle must not go, or speak of something else."""


@dataclass(frozen=True)
class Needles:
    """Needles, each at a site; in mm.

    Attributes:
        entries: (n, 3) where they go in.
        ways: (n, 3) unit vectors from the handle to the tip.
        angles: (n,) degrees between needle and skin.
        depths: (n,) how much of the shaft is in the skin; NaN where no depth is shown.
        lengths: (n,) of the shafts.

    """

    entries: Floats
    ways: Floats
    angles: Floats
    depths: Floats
    lengths: Floats


def angle_of(point: Point) -> float:
    """Degrees between needle and skin; of several classes the first one named, 90 where none is."""
    found = [
        (place, angle) for name, angle in ANGLES.items() if (place := point.needle.angle.find(name)) >= 0
    ]
    return min(found)[1] if found else 90.0


def depth_of(point: Point) -> float | None:
    """The depth that is shown, along the needle in mm: the least of the source, as cosmetic practice is shallow.

    None where there is none, and for points for trained hands or for reference, whose depth is not shown.
    """
    if point.use not in DEFAULT_USES or point.needle.depth_mm is None:
        return None
    return min(point.needle.depth_mm[0], LENGTHS_MM[point.part])


def needles_at(
    library: Library,
    every: Sites,
    which: Sequence[int],
    figure: Figure,
    vertices: Floats,
    normals: Floats | None = None,
) -> Needles:
    """The needles at some sites of `every`, on the skin with vertices (v, 3); vertex `normals` (v, 3) spare work."""
    sites = every.subset(list(which))
    entries, outward = sites.positions(figure, vertices), sites.normals(figure, vertices, normals)
    points = [library.points[code] for code in sites.codes]
    angles = np.array([angle_of(point) for point in points])
    ways = np.zeros_like(entries)
    for row, point in enumerate(points):
        side = -1.0 if sites.sides[row] == "right" else 1.0
        aim = _aim(library, point, entries[row], side, every, figure, vertices)
        along = aim - (aim @ outward[row]) * outward[row]
        if np.linalg.norm(along) < 0.2:
            along = np.array([0.0, 0.0, -1.0]) + outward[row, 2] * outward[row]
        along /= max(float(np.linalg.norm(along)), 1e-9)
        slope = np.radians(angles[row])
        ways[row] = np.cos(slope) * along - np.sin(slope) * outward[row]
    depths = np.array([np.nan if (depth := depth_of(point)) is None else depth for point in points], float)
    lengths = np.array([LENGTHS_MM[point.part] for point in points], float)
    return Needles(entries, ways, angles, depths, lengths)


def _aim(
    library: Library, point: Point, entry: Floats, side: float, every: Sites, figure: Figure, vertices: Floats
) -> Floats:
    """A unit vector (3,) to where the tip points: to another point, a landmark or along a word; upwards if none.

    `side` is -1 on the person's right.
    """
    words = f"{point.needle.direction or point.needle.angle}".lower().replace("upper", "")
    for clause in re.split(r",| or | with |;|:", words):
        if clause.strip().startswith(_UNUSED) or any(word in clause for word in _UNUSED[2:3]):
            continue
        codes = [code for code in re.findall(r"[a-z]+-?[a-z]*\d+", clause) if code.upper() in library.points]
        for code in codes:
            found = every.indices(code.upper())
            places = every.subset(list(found)).positions(figure, vertices) if found else np.zeros((0, 3))
            own = [place for place in places if place[0] * side >= -0.5]
            if own:
                return _unit(own[0] - entry)
        for words_of_place, landmark in _PLACES.items():
            position = library.landmarks[landmark].position if landmark in library.landmarks else None
            if words_of_place in clause and position is not None:
                return _unit(np.array(position) * [side, 1.0, 1.0] - entry)
        ways = [
            way
            for word in re.findall(r"[a-z]+", clause)
            for start, way in _WAYS.items()
            if word.startswith(start)
        ]
        if ways:
            return _unit(np.sum(ways, axis=0) * [side, 1.0, 1.0])
    return np.array([0.0, 1.0, 0.0])


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-9 else np.array([0.0, 1.0, 0.0])

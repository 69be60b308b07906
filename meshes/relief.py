"""Shadow and light of forms finer than the mesh: philtrum, lip border, corners of the mouth, creases, neck muscles.

They are painted as what the studio's light, which goes with the viewer, would make of them.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]

# The crease around the wing of the nose, seen from in front (x, y), from above the wing to its lower end.
WING = np.array([[12.0, -9.8], [15.2, -11.0], [17.5, -13.8], [18.2, -17.5], [17.7, -21.5], [14.8, -24.6]])


def bump(distance: Floats, width: float) -> Floats:
    """Return 1 at distance 0, falling off over a width."""
    share: Floats = np.exp(-((distance / width) ** 2))
    return share


def along(line: Floats, places: Floats) -> tuple[Floats, Floats]:
    """Return, per place (..., d), how far it lies from a line (n, d) and the share of the line that is nearest."""
    fine = np.concatenate([np.linspace(a, b, 12, endpoint=False) for a, b in pairwise(line)])
    distance, row = cKDTree(fine).query(places.reshape(-1, places.shape[-1]), workers=2)
    shape = places.shape[:-1]
    return distance.reshape(shape), (row / max(len(fine) - 1, 1)).reshape(shape)


def ends(share: Floats, first: float, last: float) -> Floats:
    """Return 0 at both ends of a line and 1 between, rising over `first` and falling over `last` of its length."""
    inside: Floats = np.clip(share / first, 0, 1) * np.clip((1 - share) / last, 0, 1)
    return inside


def lip_distance(mirrored: Floats, curves: Mapping[str, Floats]) -> Floats:
    """Return mm inside the red of the lips as seen from in front, negative outside; mirrored (h, w, 3)."""
    upper, lower = curves["lip_upper"][:, :2], curves["lip_lower"][:, :2]
    flat = mirrored[..., :2]
    outline = np.concatenate([upper, lower[::-1], [[-1, lower[0, 1]], [-1, upper[0, 1]]]])
    inside = Outline(outline).contains_points(flat.reshape(-1, 2)).reshape(flat.shape[:2])
    border, _ = along(np.concatenate([upper, lower[::-1]]), flat)
    signed: Floats = np.where(inside, border, -border)
    return signed


def relief(mirrored: Floats, curves: Mapping[str, Floats], landmarks: Mapping[str, Floats]) -> Floats:
    """Return the shadow (h, w) of fine forms, negative where they catch light.

    Args:
        mirrored: (h, w, 3) where each texel lies, on the left half, mm.
        curves: of points/anatomy/curves.json, (n, 3) each.
        landmarks: of points/anatomy/landmarks.json, (3,) each.

    """
    x, y, z = mirrored[..., 0], mirrored[..., 1], mirrored[..., 2]
    face = np.clip((z - 68) / 8, 0, 1)
    shadow = np.zeros(x.shape)

    # The philtrum: a groove between two columns that part on their way from the nose to the peaks of the lip.
    nose, lip = landmarks["sn"][1], landmarks["ls"][1]
    down = (nose - y) / (nose - lip)
    column = 3.3 + (landmarks["cph"][0] - 3.3) * np.clip(down, 0, 1)
    reach = np.clip((down + 0.10) / 0.40, 0, 1) * np.clip((1.12 - down) / 0.2, 0, 1) * (z > 84)
    shadow += reach * (
        0.12 * bump(x, 2.3) - 0.085 * bump(x - column, 1.3) + 0.06 * bump(x - column - 3.0, 1.8)
    )

    # The white roll that borders the red of the lips, stronger above.
    outside = -lip_distance(mirrored, curves)
    above = np.clip((y + 49) / 4, 0, 1)
    near = bump(x, 17) * face * (np.abs(y + 47) < 20)
    shadow -= near * (0.02 + 0.045 * above) * bump(outside - 0.8, 0.8)

    corner = landmarks["ch"] + [1.0, -1.0, 0]
    shadow += 0.34 * bump(np.linalg.norm(mirrored - corner, axis=-1), 2.3)
    shadow += 0.10 * bump(np.linalg.norm(mirrored - corner - [1.5, -3.5, -1], axis=-1), 5)

    distance, share = along(WING, mirrored[..., :2])
    shadow += 0.18 * face * (z < 93) * bump(distance, 1.2) * ends(share, 0.25, 0.2)
    distance, share = along(curves["nls"], mirrored)
    shadow += 0.085 * bump(distance, 3.0) * ends(share, 0.2, 0.5)

    # Creases of wrist and elbow, from which the arm is measured.
    for name, depth in (("wpc", 0.20), ("cub", 0.12)):
        distance, share = along(curves[name], mirrored)
        shadow += depth * bump(distance, 1.5) * ends(share, 0.15, 0.15)

    # Sternomastoid: a hollow in front of its border, light on its belly; and the notch between both.
    distance, share = along(curves["scm_a"], mirrored)
    border = curves["scm_a"][np.clip(np.rint(share * (len(curves["scm_a"]) - 1)).astype(int), 0, None)]
    medial = np.clip((border[..., 0] - x) / 3 + 0.5, 0, 1)
    fade = ends(share, 0.3, 0.06)
    shadow += fade * (0.13 * medial * bump(distance, 8) - 0.05 * (1 - medial) * bump(distance - 7, 6))
    notch = landmarks["ssn"] - [0, 2.0, 0]
    shadow += 0.16 * bump(np.linalg.norm((mirrored - notch) / [9, 8, 14], axis=-1), 1.0)
    return shadow

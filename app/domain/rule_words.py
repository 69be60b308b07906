"""Rules of a location in words a student reads: "0.4 finger-cun lateral from the cheilion"."""

from collections.abc import Mapping

from app.domain.library import Library
from app.domain.points import Constraint, Point

_UNIT_NAMES: Mapping[str, str] = {"fcun": "finger-cun", "mfinger": "middle finger", "mm": "mm"}
_LINE_NAMES: Mapping[str, str] = {"V0": "the midline", "L_hair": "the front hairline"}
_REGION_NAMES: Mapping[str, str] = {"orbit": "eye socket", "carotid": "carotid corridor"}
ORDERS: Mapping[str, str] = {
    "above": "above",
    "below": "below",
    "lateral_to": "lateral to",
    "medial_to": "medial to",
    "anterior_to": "in front of",
    "posterior_to": "behind",
    "distal_to": "distal to",
    "proximal_to": "proximal to",
    "radial_to": "on the radial side of",
}
"""Rules that only say on which side of something a point lies."""
_CLASSES: Mapping[str, str] = {
    "at": "anatomical",
    "on_midline": "anatomical",
    "same_vertical": "anatomical",
    "same_level": "anatomical",
    "between": "anatomical",
    "offset": "proportional",
    "offset_from_midpoint": "proportional",
    "fraction_along": "proportional",
    "midpoint": "proportional",
    "distance": "proportional",
    "on_curve": "morphological",
}
CLASS_MEANINGS: Mapping[str, str] = {
    "anatomical": "found at a landmark, or level or in line with one",
    "proportional": "found by so many cun, or by a share of the way between two landmarks",
    "morphological": "found by the shape of the surface: a fold, a border, a hollow",
}


def classes_of(point: Point) -> tuple[str, ...]:
    """Which classes of location the point's rules belong to, the one with most rules first."""
    found = [_CLASSES[rule.type] for rule in point.constraints if rule.type in _CLASSES]
    order = tuple(CLASS_MEANINGS)
    return tuple(sorted(set(found), key=lambda one: (-found.count(one), order.index(one))))


def unit_words(unit: str) -> str:
    """How a unit is called beside a number."""
    return _UNIT_NAMES.get(unit, "cun" if unit.startswith("bcun") else unit)


def unit_meaning(library: Library, unit: str) -> str:
    """Which cun a unit is, as the units file names or defines it; empty for mm."""
    known = library.units_of_measure.get(unit)
    return (known.name or known.definition) if known else ""


def reference_words(library: Library, reference: str) -> str:
    """What a reference names: a landmark, a curve, a point's code, a line."""
    plain = reference.rstrip("'")
    other = " of the other side" if reference.endswith("'") else ""
    if plain in _LINE_NAMES:
        return _LINE_NAMES[plain]
    if plain in library.lines:
        return _lower(library.lines[plain].definition.rstrip("."))
    prefix, _, name = plain.rpartition(":")
    if prefix == "PT":
        return name + other
    mark = library.landmarks.get(name)
    if mark is not None:
        return _lower(mark.name or mark.definition.rstrip(".")) + other
    return curve_words(library, name) + other


def curve_words(library: Library, name: str) -> str:
    """What a curve is, as shortly as its definition allows."""
    own = name.partition(":")[2] or name
    known = library.curves.get(own)
    words = known.definition.split(";")[0].split(",")[0].split(" (")[0].split(" from ")[0] if known else own
    return _lower(words.rstrip("."))


def share_words(fraction: float) -> str:
    """A fraction as people say it: 1/2, 2/3."""
    for parts in (2, 3, 4, 5):
        if abs(fraction * parts - round(fraction * parts)) < 0.01:
            return f"{round(fraction * parts)}/{parts}"
    return f"{fraction:.2f}"


def rule_words(library: Library, rule: Constraint) -> str:
    """One rule in words, with a capital at its front."""

    def name(reference: str) -> str:
        return reference_words(library, reference)

    size = f"{rule.value:g} {unit_words(rule.unit)}" if rule.value is not None else ""
    kind = rule.type
    if kind == "on_midline":
        words = "on the midline"
    elif kind == "at":
        words = f"at the {name(rule.ref)}" if not rule.ref.startswith("PT:") else f"at {name(rule.ref)}"
    elif kind == "same_vertical":
        words = f"in line vertically with {name(rule.ref)}"
    elif kind == "same_level":
        words = f"level with {name(rule.ref)}"
    elif kind == "offset":
        words = f"{size} {rule.axis} from {name(rule.from_)}"
    elif kind == "offset_from_midpoint":
        words = f"{size} {rule.axis} from the midpoint between {name(rule.a)} and {name(rule.b)}"
    elif kind == "fraction_along":
        words = f"{share_words(rule.fraction or 0.0)} of the way from {name(rule.from_)} to {name(rule.to)}"
    elif kind == "midpoint":
        words = f"midway between {name(rule.a)} and {name(rule.b)}"
    elif kind == "on_curve":
        words = f"on the {curve_words(library, rule.curve)}"
    elif kind == "between":
        words = f"between {name(rule.a)} and {name(rule.b)}"
    elif kind == "distance":
        words = f"{size} from {name(rule.from_)}"
    elif kind == "outside_region":
        words = f"outside the {_REGION_NAMES.get(rule.region, rule.region)}"
    else:
        words = f"{ORDERS[kind]} {name(rule.ref)}"
    if rule.path and rule.path not in ("line",):
        words += (
            f", {rule.path}"
            if rule.path not in library.curves
            else f", by the {curve_words(library, rule.path)}"
        )
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    """A name in the middle of a sentence; names such as "Frankfort" keep their capital where a second follows."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words

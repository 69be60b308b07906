"""A place typed in words, "0.5 cun lateral of ex, level of ex", as rules that the rule engine places by."""

import re

from msgspec.structs import replace

from app.domain.library import Library
from app.domain.names import normal, suggestion
from app.domain.points import Constraint, Length

UNITS = {"cun": "fcun", "thumb": "fcun", "finger": "mfinger"}
"""What a cun is where nothing else is said: the width of the thumb. Units of the library may be written in full."""

_DIRECTIONS = {
    "lateral": ("lateral", 1), "lateral to": ("lateral", 1), "outside": ("lateral", 1), "out": ("lateral", 1),
    "medial": ("lateral", -1), "inside": ("lateral", -1), "in": ("lateral", -1),
    "above": ("up", 1), "up": ("up", 1), "superior": ("up", 1),
    "below": ("up", -1), "down": ("up", -1), "inferior": ("up", -1),
    "behind": ("posterior", 1), "posterior": ("posterior", 1), "back": ("posterior", 1),
    "front": ("anterior", 1), "in front": ("anterior", 1), "anterior": ("anterior", 1),
    "distal": ("distal", 1), "proximal": ("proximal", 1),
}  # fmt: skip
_OFFSET = re.compile(
    r"^(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z_]+)\s+(?P<way>[a-z ]+?)\s*(?:\b(?:of|to|from)\b)?\s+(?P<ref>\S.*)$",
    re.IGNORECASE,
)
_PLACES = (
    (re.compile(r"^(?:on |at )?(?:the )?midline$", re.IGNORECASE), "on_midline", 0),
    (re.compile(r"^(?:on |at )?(?:the )?(?:same )?level (?:of|with|as) (.+)$", re.IGNORECASE), "same_level", 1),
    (
        re.compile(r"^(?:on |at )?(?:the )?(?:same )?(?:vertical|line) (?:of|with|as) (.+)$", re.IGNORECASE),
        "same_vertical",
        1,
    ),
    (
        re.compile(r"^(?:halfway |midway |the )?(?:between|midpoint of|middle of) (.+?) and (.+)$", re.IGNORECASE),
        "midpoint",
        2,
    ),
    (re.compile(r"^on (?:the )?(.+)$", re.IGNORECASE), "on_curve", 1),
    (re.compile(r"^at (.+)$", re.IGNORECASE), "at", 1),
)  # fmt: skip
CLOSE = Length(value=0.2, unit="mm")
"""How closely each of them is to be kept, so that none gives way to another."""
EXAMPLE = "0.5 cun lateral of ex, level of ex"


class WordsProblem(Exception):
    """Words that say no place; the text is one sentence with an example or what is near."""


def rules_from_words(text: str, library: Library) -> tuple[Constraint, ...]:
    """Rules for each part between commas. Raises WordsProblem."""
    parts = [part.strip() for part in re.split(r"[,;]\s", text + " ") if part.strip()]
    if not parts:
        raise WordsProblem(f"Write where the point lies, for example: {EXAMPLE}.")
    return tuple(replace(_rule(part, library), tolerance=CLOSE) for part in parts)


def _rule(part: str, library: Library) -> Constraint:
    offset = _OFFSET.match(part)
    if offset:
        axis, sign = _way(offset["way"], part)
        value = float(offset["value"].replace(",", ".")) * sign
        unit = _unit(offset["unit"], library)
        start = (
            "V0" if normal(offset["ref"]) in ("midline", "themidline") else _reference(offset["ref"], library)
        )
        return Constraint(type="offset", from_=start, axis=axis, value=value, unit=unit)
    for pattern, kind, count in _PLACES:
        found = pattern.match(part)
        if not found:
            continue
        names = [found[number + 1] for number in range(count)]
        if kind == "on_midline":
            return Constraint(type="on_midline")
        if kind == "midpoint":
            a, b = (_reference(name, library) for name in names)
            return Constraint(type="midpoint", a=a, b=b, path="line")
        if kind == "on_curve":
            return Constraint(type="on_curve", curve=_curve(names[0], library))
        if kind == "same_level":
            return Constraint(type="same_level", ref=_reference(names[0], library))
        if kind == "same_vertical":
            return Constraint(type="same_vertical", ref=_reference(names[0], library))
        return Constraint(type="at", ref=_reference(names[0], library))
    raise WordsProblem(f'"{part}" is not understood; write it like: {EXAMPLE}.')


def _way(words: str, part: str) -> tuple[str, int]:
    found = _DIRECTIONS.get(" ".join(words.lower().split()))
    if found is None:
        names = ", ".join(("lateral", "medial", "above", "below", "behind", "in front", "distal", "proximal"))
        raise WordsProblem(f'"{words}" in "{part}" is no direction; use one of {names}.')
    return found


def _unit(word: str, library: Library) -> str:
    unit = UNITS.get(word.lower(), word.lower())
    if unit != "mm" and unit not in library.units_of_measure:
        raise WordsProblem(
            f'"{word}" is no unit; use cun (the width of the thumb), finger (of the middle finger) or mm.'
        )
    return unit


def _reference(name: str, library: Library) -> str:
    """A landmark by id, symbol or name, or a point by code or alias, as rules name them."""
    name = name.strip().rstrip(".").removeprefix("the ")
    wanted = normal(name)
    names: dict[str, str] = {}
    for mark in library.landmarks.values():
        prefix = "LM" if mark.part == "face" else "BL"
        for own in (mark.id, mark.symbol, mark.name):
            names.setdefault(normal(own), f"{prefix}:{mark.id}")
    points = {alias: f"PT:{code}" for alias, code in library.aliases.items()}
    if name in library.landmarks or (wanted in names and wanted not in points):
        return names[wanted]
    if wanted in points:
        return points[wanted]
    if wanted in map(normal, library.curves):
        raise WordsProblem(f'{name} is a line and no place; write "on the {name}", or name a landmark or a point.')
    near = suggestion(name, {**points, **names})
    raise WordsProblem(
        f"{name} is neither a landmark nor a point{near}; use one such as ex, pupil centre, cheilion or ST4."
    )


def _curve(name: str, library: Library) -> str:
    wanted = normal(name.strip().removeprefix("the "))
    found = {normal(curve): curve for curve in library.curves}.get(wanted)
    if found is None:
        raise WordsProblem(f"{name} is no curve; use one of {', '.join(library.curves)}.")
    return f"CV:{found}"

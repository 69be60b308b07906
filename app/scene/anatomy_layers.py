"""The layers of the atlas as areas, lines and names in their colours: what each looks like, and no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from app.geometry.atlas import Atlas, Patch
from app.geometry.proportions import Proportions
from app.geometry.surface import Binding
from app.scene.skin_areas import FIBROUS, Pattern, SkinArea
from app.scene.skin_lines import SkinLine, Style
from app.scene.tags import Tag

# Colours of Okabe and Ito and of Tol, which colour-blind eyes tell apart; risks also differ in lightness and pattern.
RISK_LOOKS: Mapping[str, tuple[str, Pattern, float]] = {
    "very high": ("#a50f15", "hatched", 0.95),
    "high": ("#e0521b", "striped", 0.9),
    "medium": ("#f0a63c", "striped", 0.7),
    "caution": ("#8c6bb1", "plain", 0.6),
    "low": ("#4f9bd1", "plain", 0.6),
}
CHANNEL_LOOKS: Mapping[str, tuple[str, Style]] = {
    "LU": ("#b0b7bf", "solid"),
    "LI": ("#56b4e9", "solid"),
    "ST": ("#e69f00", "solid"),
    "SP": ("#c9a227", "dotted"),
    "HT": ("#d55e00", "dotted"),
    "SI": ("#d55e00", "solid"),
    "BL": ("#0072b2", "solid"),
    "KI": ("#44aa99", "dotted"),
    "PC": ("#cc79a7", "dotted"),
    "TE": ("#cc79a7", "solid"),
    "GB": ("#009e73", "solid"),
    "LR": ("#117733", "dotted"),
    "GV": ("#882255", "solid"),
    "CV": ("#f0e442", "solid"),
}
OTHER_CHANNEL: tuple[str, Style] = ("#9aa3ad", "solid")
MUSCLE_LOOKS: Mapping[bool, tuple[str, Pattern, float]] = {
    True: ("#c2299b", "lit fibres", 0.9),
    False: ("#a8483e", "fibres", 0.75),
}
"""Of muscles that are lit, and of the others; unlike any risk in colour and pattern, as both may be seen at once."""
WRINKLE_LOOKS: Mapping[bool, tuple[str, float, Style]] = {
    True: ("#7b2ff2", 6.5, "solid"),
    False: ("#5b4a86", 4.0, "dashed"),
}
"""Of lines that are lit, and of the others."""
PROPORTION_COLOR = "#1f9e9a"
LANDMARK_COLORS: Mapping[str, str] = {"skin": "#56b4e9", "palpated": "#e69f00", "derived": "#f2f2f2"}


@dataclass(frozen=True)
class Drawing:
    """What a layer draws."""

    areas: tuple[SkinArea, ...] = ()
    lines: tuple[SkinLine, ...] = ()
    tags: tuple[Tag, ...] = ()


def zones(atlas: Atlas) -> Drawing:
    """Return caution zones in the colour and pattern of their risk, the worst uppermost."""
    order = list(RISK_LOOKS)
    worst_last = sorted(
        atlas.library.caution_zones.values(),
        key=lambda zone: -order.index(zone.risk) if zone.risk in order else -len(order),
    )
    areas, tags = [], []
    for zone in worst_last:
        color, pattern, opacity = RISK_LOOKS.get(zone.risk, RISK_LOOKS["low"])
        patch = atlas.zones[zone.id]
        areas.append(_area(patch, color, pattern, opacity))
        tags.append(
            Tag(patch.middle, zone.title, color, rank=order.index(zone.risk) if zone.risk in order else 9)
        )
    return Drawing(tuple(areas), (), tuple(tags))


def muscles(atlas: Atlas, lit: Collection[str]) -> Drawing:
    """Return muscles; those a switched-on group works on are lit, brighter and filled, and they alone are named."""
    areas, tags = [], []
    named = set(lit) & atlas.muscles.keys() or atlas.muscles.keys()
    for name in sorted(atlas.muscles, key=lambda name: name in lit):
        patch, on = atlas.muscles[name], name in lit
        color, pattern, opacity = MUSCLE_LOOKS[on]
        areas.append(_area(patch, color, pattern, opacity))
        words = atlas.library.muscles[name].name.split(" (")[0]
        if name in named:
            tags.append(Tag(patch.middle, words, color))
    return Drawing(tuple(areas), (), tuple(tags))


def wrinkles(atlas: Atlas, groups: Collection[str]) -> Drawing:
    """Return wrinkle lines; those of a switched-on group are lit: brighter and wider, and they alone are named."""
    lines, tags = [], []
    lit = any(not set(groups).isdisjoint(wrinkle.groups) for wrinkle in atlas.library.wrinkles.values())
    for name, wrinkle in atlas.library.wrinkles.items():
        on = not set(groups).isdisjoint(wrinkle.groups)
        ways = atlas.wrinkles[name]
        color, width, style = WRINKLE_LOOKS[on]
        lines += [SkinLine(way, color, width, style) for way in ways]
        if ways and (on or not lit):
            tags.append(Tag(_middle(ways[0]), wrinkle.name, color, dot=False))
    return Drawing((), tuple(lines), tuple(tags))


def channels(atlas: Atlas) -> Drawing:
    """Return channels from point to point; dotted where the catalogue lacks points in between."""
    lines, tags = [], []
    for channel, links in atlas.channels.items():
        color, style = CHANNEL_LOOKS.get(channel, OTHER_CHANNEL)
        lines += [
            SkinLine(one.binding, color, 5.5, style if one.whole else "dotted", 1.0 if one.whole else 0.75)
            for one in links
        ]
        whole = [one for one in links if one.whole] or links
        tags.append(Tag(_middle(whole[len(whole) // 3].binding), channel, color, dot=False))
    return Drawing((), tuple(lines), tuple(tags))


def landmarks(atlas: Atlas) -> Drawing:
    """Return landmarks with their names, in a colour for each way they are found."""
    tags = [
        Tag(
            where,
            mark.name or mark.id,
            LANDMARK_COLORS.get(mark.kind, "#f2f2f2"),
            rank=int(mark.kind == "derived"),
        )
        for mark, where in atlas.landmarks
    ]
    return Drawing((), (), tuple(tags))


def _area(patch: Patch, color: str, pattern: Pattern, opacity: float) -> SkinArea:
    covered = patch.covered
    across = covered.across if pattern in FIBROUS else None
    return SkinArea(covered.triangles, covered.depths, color, pattern, opacity, across)


def _middle(way: Binding) -> Binding:
    row = np.array([len(way.triangles) // 2])
    return Binding(way.triangles[row], way.weights[row], way.distances[row])


def face_parts(parts: Proportions) -> Drawing:
    """Return the thirds and fifths of the face, each with its size."""
    lines = tuple(SkinLine(one, PROPORTION_COLOR, 3.6, "dashed") for one in parts.lines)
    tags = tuple(
        Tag(one.middle, f"{words}{one.size_mm:.0f} mm, {100 * one.share:.0f} %", PROPORTION_COLOR, dot=False)
        for one, words in [
            *((one, f"{one.name} ") for one in parts.thirds),
            *((one, "") for one in parts.fifths),
        ]
    )
    return Drawing((), lines, tags)

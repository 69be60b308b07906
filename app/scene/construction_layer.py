"""The construction of a point as lines, ticks and names: each kind of line in a colour and style of its own."""

from collections.abc import Mapping

from app.geometry.construction import Construction, GuideKind
from app.geometry.surface import Binding
from app.scene.anatomy_layers import Drawing
from app.scene.skin_lines import SkinLine, Style
from app.scene.tags import Tag

GUIDE_LOOKS: Mapping[GuideKind, tuple[str, float, Style]] = {
    "level": ("#56b4e9", 4.0, "dashed"),
    "vertical": ("#56b4e9", 4.0, "dashed"),
    "between": ("#f2f2f2", 3.5, "dotted"),
    "curve": ("#cc79a7", 4.5, "solid"),
    "measure": ("#f0e442", 5.0, "solid"),
}
ANCHOR_COLOR = "#ffffff"


def drawing(construction: Construction) -> Drawing:
    """Return what shows a construction; lines of one kind that say the same are named once."""
    lines, tags, named = [], [], set()
    for guide in construction.guides:
        color, width, style = GUIDE_LOOKS[guide.kind]
        lines.append(SkinLine(guide.binding, color, width, style))
        for tick in guide.ticks:
            lines.append(SkinLine(tick.binding, color, 4.5))
            if tick.text:
                tags.append(Tag(tick.middle, tick.text, color, dot=False, rank=2))
        if guide.kind == "measure" and guide.text not in named:
            named.add(guide.text)
            tags.append(Tag(_beside(guide.binding), short(guide.text), color, dot=False, rank=0))
    tags += [Tag(anchor.binding, anchor.name, ANCHOR_COLOR, rank=1) for anchor in construction.anchors]
    return Drawing((), tuple(lines), tuple(tags))


def short(text: str) -> str:
    """Return a measure without where it starts, which the landmark beside it says."""
    return text.split(" from ")[0]


def _beside(way: Binding) -> Binding:
    row = slice(len(way.triangles) // 2, len(way.triangles) // 2 + 1)
    return Binding(way.triangles[row], way.weights[row], way.distances[row])

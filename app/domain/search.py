"""Finding a point by any of its names."""

from app.domain.library import Library
from app.domain.names import normal
from app.domain.points import Point


def search(library: Library, text: str) -> list[Point]:
    """Points that match, best first: by code, alias, pinyin without tones, hanzi, English, channel.

    A whole name comes before the beginning of one, that before a part of one; points of a channel last.
    Hanzi match in both scripts. Empty text finds nothing.
    """
    wanted = normal(text)
    if not wanted:
        return []
    ranks = ((_rank(point, wanted), point) for point in library.points.values())
    found = [(rank, point) for rank, point in ranks if rank is not None]
    return [point for _, point in sorted(found, key=lambda item: item[0])]


def _rank(point: Point, wanted: str) -> int | None:
    """0 is best; None does not match. Sorting keeps the order of the library within a rank."""
    code = normal(point.code)
    english = normal(point.english)
    names = [normal(name) for name in (*point.aliases, point.pinyin, point.hanzi, point.hanzi_simplified)]
    if wanted == code:
        return 0
    if wanted == english or wanted in names:
        return 1
    if code.startswith(wanted):
        return 2
    if any(name.startswith(wanted) for name in names):
        return 3
    if english.startswith(wanted) or any(normal(word).startswith(wanted) for word in point.english.split()):
        return 4
    if wanted in english or any(wanted in name for name in names):
        return 5
    return 6 if normal(point.channel_name).startswith(wanted) else None

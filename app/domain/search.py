"""Finding a point by any of its names."""

from app.domain.library import Library, normal
from app.domain.points import Point


def search(library: Library, text: str) -> list[Point]:
    """Points that match, best first: by code, alias, pinyin without tones, hanzi (both scripts), English, channel.

    A whole name comes before the beginning of one, that before a part of one. Empty text finds nothing.
    """
    wanted = normal(text)
    if not wanted:
        return []
    ranked = [(rank, point) for point in library.points.values() if (rank := _rank(point, wanted)) is not None]
    return [point for _, point in sorted(ranked, key=lambda item: item[0])]


def _rank(point: Point, wanted: str) -> int | None:
    """0 is best; None does not match. Sorting keeps the order of the library within a rank."""
    code = normal(point.code)
    names = [normal(name) for name in (*point.aliases, point.pinyin, point.hanzi, point.hanzi_simplified) if name]
    english = normal(point.english)
    channel = normal(point.channel_name)
    if wanted == code:
        return 0
    if wanted in names or wanted == english:
        return 1
    if code.startswith(wanted):
        return 2
    if any(name.startswith(wanted) for name in names):
        return 3
    if any(normal(word).startswith(wanted) for word in point.english.split()) or english.startswith(wanted):
        return 4
    if any(wanted in name for name in names) or wanted in english:
        return 5
    if channel.startswith(wanted):
        return 6
    return None

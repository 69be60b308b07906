"""Why something cannot be done with the chosen points: what greys a button, and what is told on it."""

from collections.abc import Callable, Sequence
from typing import Literal

from app.domain.names import some_of
from app.domain.points import Point

Deed = Literal["move", "lock", "unlock", "hide", "show", "clear", "missing", "unlink", "relink", "flip"]

NONE_CHOSEN = "No point is selected."


def obstacle(deed: Deed, chosen: Sequence[Point]) -> str:
    """Return why a deed would do nothing or be refused, in a sentence; "" where it can be done."""
    if not chosen:
        return NONE_CHOSEN
    if deed in ("move", "clear", "missing", "unlink", "relink", "flip"):
        locked = [point for point in chosen if point.locked]
        if locked:
            return f"{_are(locked)} locked; unlock {_them(locked)} first."
    return _OWN[deed](chosen) if deed in _OWN else ""


def _clear(chosen: Sequence[Point]) -> str:
    return "" if any(_placed(point) for point in chosen) else f"{_have(chosen)} no place."


def _missing(chosen: Sequence[Point]) -> str:
    if not all(point.status == "missing" for point in chosen):
        return ""
    return f"{_are(chosen)} marked as missing already; place {_them(chosen)} to change that."


def _sideless(chosen: Sequence[Point]) -> str:
    """Why points have no two sides on the figure; "" where all have."""
    single = [point for point in chosen if point.laterality != "bilateral"]
    if single:
        return f"{_have(single)} no left and right side."
    unplaced = [point for point in chosen if not _placed(point)]
    return f"{_have(unplaced)} no place; place {_them(unplaced)} first." if unplaced else ""


def _unlink(chosen: Sequence[Point]) -> str:
    parted = all(point.position_right is not None for point in chosen)
    return _sideless(chosen) or ("The sides are unlinked already." if parted else "")


def _relink(chosen: Sequence[Point]) -> str:
    parted = any(point.position_right is not None for point in chosen)
    return "" if parted else _sideless(chosen) or "The sides mirror each other already."


def _flip(chosen: Sequence[Point]) -> str:
    parted = all(point.position_right is not None for point in chosen)
    mirrored = "Sides that mirror each other cannot be exchanged; unlink them first."
    return _sideless(chosen) or ("" if parted else mirrored)


def _all(words: str, done: Callable[[Point], bool]) -> Callable[[Sequence[Point]], str]:
    return lambda chosen: f"{_are(chosen)} {words}." if all(map(done, chosen)) else ""


_OWN: dict[Deed, Callable[[Sequence[Point]], str]] = {
    "lock": _all("locked already", lambda point: point.locked),
    "unlock": _all("not locked", lambda point: not point.locked),
    "hide": _all("hidden already", lambda point: point.hidden),
    "show": _all("not hidden", lambda point: not point.hidden),
    "clear": _clear,
    "missing": _missing,
    "unlink": _unlink,
    "relink": _relink,
    "flip": _flip,
}


def _placed(point: Point) -> bool:
    return point.position is not None


def _are(points: Sequence[Point]) -> str:
    return f"{_names(points)} {'is' if len(points) == 1 else 'are'}"


def _have(points: Sequence[Point]) -> str:
    return f"{_names(points)} {'has' if len(points) == 1 else 'have'}"


def _names(points: Sequence[Point]) -> str:
    return some_of([point.code for point in points])


def _them(points: Sequence[Point]) -> str:
    return "it" if len(points) == 1 else "them"

"""Comparing the names of points however they are written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache


@lru_cache(maxsize=1 << 20)
def normal(text: str) -> str:
    """Text for comparing: no case, tone marks, spaces or hyphens, and no leading zeros in a number.

    "Hé Gǔ" and "hegu" are the same, as are "LI-04" and "li4". "+" is kept: GV24+ is not GV24.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"(?<=[a-z])0+(?=\d)", "", re.sub(r"[^\w+]", "", plain))


def suggestion(name: str, aliases: Mapping[str, str]) -> str:
    """What may be meant by an unknown name, as the end of a sentence; empty if nothing is near.

    `aliases` gives, by normal name, the name that is right.
    """
    from difflib import get_close_matches  # Needed once something is wrong, and slow to import.

    own = normal(name)
    if own in aliases:
        return f" (it is stored as {aliases[own]})"
    near = get_close_matches(own, aliases, n=1)
    return f" (near it is {aliases[near[0]]})" if near else ""


def some_of(names: Sequence[str], most: int = 3) -> str:
    """The first of several names, and that there are others: "ST4, ST6, GV29 and others"."""
    return ", ".join(names[:most]) + " and others" * (len(names) > most)

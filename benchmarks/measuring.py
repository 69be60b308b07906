"""Timing and rows of the table."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: what is done.
        ours, theirs: what it costs, and what the thing it is held against costs, with their unit.
        ratio: ours over theirs, or theirs over ours where faster is said; empty where there is no other.
        budget: the budget and the aim, in words.
        met: whether the budget is met; None where there is none.

    """

    what: str
    ours: str
    theirs: str
    ratio: str
    budget: str
    met: bool | None

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the line."""
        met = "" if self.met is None else "yes" if self.met else "**no**"
        return self.what, self.ours, self.theirs, self.ratio, self.budget, met


def milliseconds(seconds: float) -> str:
    """Return a duration as text, with three digits that count."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.3f} ms"


def at_most(what: str, ours: float, theirs: float, budget: float, aim: float, note: str = "") -> Row:
    """Return the row of a duration in seconds that may be at most `budget` times another."""
    ratio = ours / theirs
    told = f"<= {budget:g} x, aim {aim:g} x{note}"
    return Row(what, milliseconds(ours), milliseconds(theirs), f"{ratio:.2f} x", told, ratio <= budget)


def alternate(count: int, *tasks: Callable[[], object]) -> list[float]:
    """Return the median duration, in seconds, of each task; they take turns, so that all meet the same weather."""
    spent: list[list[float]] = [[] for _ in tasks]
    gc.collect()
    gc.disable()
    try:
        for turn in range(count + 1):
            for number, task in enumerate(tasks):
                start = time.perf_counter()
                task()
                if turn:  # the first of each warms caches
                    spent[number].append(time.perf_counter() - start)
    finally:
        gc.enable()
    return [statistics.median(one) for one in spent]


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    head = ("what", "ours", "held against", "ratio", "budget", "met")
    lines = [
        "| " + " | ".join(cells) + " |" for cells in (head, ("---",) * 6, *(row.cells() for row in rows))
    ]
    return "\n".join(lines)

"""Writing lists as JSON or as a table."""

import json
from collections.abc import Sequence
from typing import Any


def count(number: int, one: str) -> str:
    """Return a number with its noun: 1 point, 2 points."""
    return f"{number} {one if number == 1 else one + 's'}"


def print_json(entries: Sequence[dict[str, Any]]) -> None:
    """Print a JSON list, one entry a line."""
    lines = ",\n".join("  " + json.dumps(entry) for entry in entries)
    print(f"[\n{lines}\n]" if entries else "[]")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print rows under a head, columns aligned; those numbered in `right` to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def millimetres(position: Sequence[float]) -> list[float]:
    """Return a position rounded to a thousandth of a millimetre, without negative zeros."""
    return [round(float(value), 3) + 0.0 for value in position]

"""Reading what comes with the program: its points, and the figure with its finest level."""

from app.domain.builtin import load_library
from app.geometry.figure import Figure, load_figure
from benchmarks.measuring import Row, alternate, milliseconds

LIBRARY_MS = 60.0
FIGURE_MS = 1500.0


def rows(count: int) -> list[Row]:
    """Read both `count` times, taking turns; the figure is not kept from one time to the next."""
    library, figure = alternate(count, load_library, _figure)
    return [
        _row("reading the points, groups and goals", library, LIBRARY_MS),
        _row("loading the figure and subdividing it to its finest level", figure, FIGURE_MS),
    ]


def _figure() -> Figure:
    load_figure.cache_clear()
    figure = load_figure()
    # What a window asks of it first: the vertices at rest and the triangles of the finest level.
    assert len(figure.neutral.vertices) > figure.full.triangles.max()
    return figure


def _row(what: str, spent: float, budget_ms: float) -> Row:
    return Row(what, milliseconds(spent), "-", "", f"<= {budget_ms:g} ms", spent * 1000 <= budget_ms)

"""Points as text, to be taken from one set into another, or into an e-mail and back."""

from collections.abc import Iterable
from pathlib import Path

from app.domain.canonical import canonical_json
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.edits.edit import (
    Edit,
    EditProblem,
    changed,
    find_point,
    free_name,
    listed,
    taken_codes,
    with_list,
)
from app.domain.edits.merging import check_joins
from app.domain.library import Library
from app.domain.problems import FileProblem

CLIPBOARD = Path("the clipboard")


def copied(document: Document, base: Library, codes: Iterable[str]) -> str:
    """These points as the text of a set of their own; one that opens as a file does.

    Raises:
        EditProblem: there are none, or one is nowhere.

    """
    points = tuple(find_point(document, base, code) for code in codes)
    if not points:
        raise EditProblem("No point is selected; click one first.")
    return canonical_json(Document(figure=document.figure, points=points))


def paste(document: Document, base: Library, text: str) -> tuple[Edit, tuple[str, ...]]:
    """The points of such a text added to the set, and their codes there.

    A point that the set has already comes beside it, with a code of its own; a built-in one it has not, as its own
    version of it. Copies are not locked.

    Raises:
        EditProblem: the text is no set, holds no points, was made on another figure or does not fit the set.

    """
    if not text.strip():
        raise EditProblem("The clipboard is empty; copy points first.")
    try:
        pasted = parse_document(text.encode(), CLIPBOARD)
    except FileProblem:
        raise EditProblem("There are no points in the clipboard; copy some first.") from None
    if not pasted.points:
        raise EditProblem("The set in the clipboard has no points; copy some first.")
    if pasted.figure and document.figure and pasted.figure != document.figure:
        raise EditProblem(
            "The points in the clipboard were made on another figure; save them as a file and import it."
        )
    own = {point.code for point in document.points}
    taken = taken_codes(document, base) | {alias for point in document.points for alias in point.aliases}
    new = []
    for point in pasted.points:
        if point.code in own:
            point = changed(point, code=free_name(point.code + " copy", taken), aliases=())
        new.append(changed(point, locked=False))
        own.add(new[-1].code)
        taken.add(new[-1].code)
    after = with_list(document, "points", (*document.points, *new))
    check_joins(after, base)
    codes = tuple(point.code for point in new)
    return Edit(after, f"Paste {listed(codes)}"), codes

"""Turns what the decoder says into a sentence for people: where it is and what to do."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.annotations import words_at
from app.domain.document import Document
from app.domain.problems import FileProblem

_TYPES = {
    "str": "text",
    "float": "a number",
    "int": "a whole number",
    "array": "a list",
    "object": "an object in { }",
    "null": "null",
    "bool": "true or false",
}

_VALUES: tuple[tuple[str, str, str], ...] = (
    (
        r"Expected `float` <= ([\d.]+)",
        "the number is greater than {0}",
        "check it and its unit (coordinates and depths are in millimetres)",
    ),
    (
        r"Expected `float` >= (-?[\d.]+)",
        "the number is less than {0}",
        "check it and its unit (coordinates and depths are in millimetres)",
    ),
    (r"Expected `int` ([<>]=) (-?\d+)", "the number must be {0} {1}", "correct it"),
    (r"Expected `array` of length (\d+), got (\d+)", "the list has {1} entries instead of {0}", "write {0}"),
    (r"Expected `str` of length >= 1", "the text is empty", "write a name there"),
    (r"Expected `str` matching regex '\^#.*", "this is not a colour", "write it like #3366CC"),
    (r"Object missing required field `(.+)`", 'the field "{0}" is missing', "add it"),
    (r"(.+ is not a number that a file can hold)", "{0}", "write a number, or take the position out"),
)
"""What the decoder says about a value, and the problem and remedy it means."""


def explain_syntax(error: Exception, text: str, path: Path) -> FileProblem:
    """What is wrong with a text that is not JSON."""
    message = str(error)
    if isinstance(error, RecursionError):
        return FileProblem(path, "the file", "it is nested too deeply", "open a file written by Facepoints")
    if not text.strip():
        return FileProblem(path, "the file", "it is empty", "restore it from a backup")
    if "truncated" in message:
        place = f"line {text.count(chr(10)) + 1}"
        return FileProblem(path, place, "the file is cut off here", "restore its end from a backup")
    found = re.search(r"\(byte (\d+)\)", message)
    if found is None:  # The decoder tells no place for a number that no computer number can hold.
        number = re.search(r"\d[eE]\+?\d{3}", text)
        place = f"line {text.count(chr(10), 0, number.start()) + 1}" if number else "the file"
        return FileProblem(path, place, "a number is too large", "write an ordinary number")
    data = text.encode()
    before = data[: int(found[1])].decode(errors="replace")
    place = f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
    after = data[int(found[1]) :].decode(errors="replace")
    word = re.match(r"-?(NaN|Infinity|nan|inf)", after)
    if word:
        remedy = "write a number, or take the whole position out if it is not known"
        return FileProblem(path, place, f"{word[0]} is not a number", remedy)
    reason = re.sub(r"^JSON is malformed: | \(byte \d+\)", "", message)
    return FileProblem(path, place, f"this is not JSON ({reason})", "correct the text there")


def explain_value(error: Exception, raw: Any, path: Path) -> FileProblem:
    """What is wrong with JSON that is not a document; `raw` is that JSON, or the document itself."""
    message, _, where = str(error).partition(" - at `")
    steps = _steps(where)
    place = place_of(steps, raw)
    wrong_type = re.fullmatch(r"Expected `([a-z |]+)`, got `(\w+)`", message)
    if wrong_type:
        wanted = " or ".join(_TYPES.get(word, word) for word in wrong_type[1].split(" | ") if word != "null")
        got = _TYPES.get(wrong_type[2], wrong_type[2])
        return FileProblem(path, place, f"this is {got} where {wanted} is wanted", f"write {wanted} there")
    wrong_word = re.fullmatch(r"Invalid enum value (.+)", message)
    if wrong_word:
        words = ", ".join(words_at(Document, (step for step in steps if isinstance(step, str))))
        return FileProblem(path, place, f"{wrong_word[1]} is not known here", f"write one of: {words}")
    for pattern, problem, remedy in _VALUES:
        match = re.fullmatch(pattern, message)
        if match:
            return FileProblem(path, place, problem.format(*match.groups()), remedy.format(*match.groups()))
    return FileProblem(path, place, message.replace("`", ""), "correct the value there")


def place_of(steps: Sequence[str | int], raw: Any) -> str:
    """Steps into a document as words, naming each record on the way: "points[3] (ST4), position[0]"."""
    words: list[str] = []
    for step in steps:
        raw = _inner(raw, step)
        if isinstance(step, int) and words:
            words[-1] += f"[{step}]"
        else:
            words.append(str(step))
        own = _inner(raw, "code") or _inner(raw, "id")
        if isinstance(own, str):
            words[-1] += f" ({own})"
    return ", ".join(words) or "the whole file"


def _inner(raw: Any, step: str | int) -> Any:
    """One step into plain JSON or into a record; None where there is nothing."""
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return getattr(raw, step, None) if isinstance(step, str) else None


def _steps(where: str) -> list[str | int]:
    """The decoder's path, such as `$.points[3].position[0]`, in steps."""
    return [int(index) if index else name for name, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", where)]

"""Turns what the decoder says into a sentence for people: where it is and what to do."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


def explain_syntax(error: Exception, text: str, path: Path) -> FileProblem:
    """A file that is not JSON."""
    message = str(error)
    if isinstance(error, RecursionError):
        return FileProblem(path, "the file", "is nested too deeply", "open a file written by Facepoints")
    if not text.strip():
        return FileProblem(path, "the file", "is empty", "restore it from a backup")
    if "truncated" in message:
        lines = text.count("\n") + 1
        return FileProblem(
            path, f"line {lines}", "the file is cut off here", "restore its end from a backup"
        )
    found = re.search(r"\(byte (\d+)\)", message)
    if found is None:
        number = re.search(r"-?\d[\d.]*[eE]\+?\d{3,}", text)
        place = f"line {text.count(chr(10), 0, number.start()) + 1}" if number else "the file"
        return FileProblem(path, place, "a number is too large", "write an ordinary number")
    before = text.encode()[: int(found[1])]
    rest = text.encode()[int(found[1]) :].decode(errors="replace")
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    place = f"line {line}, column {column}"
    if rest.startswith(("NaN", "Infinity", "-Infinity", "nan", "inf")) or before.endswith(b"-") and rest[:1] == "I":
        word = re.match(r"-?\w+", rest)
        return FileProblem(
            path,
            place,
            f"{word[0] if word else rest[:8]} is not a number",
            "write a number, or take the whole position out if it is unknown",
        )
    reason = re.sub(r"^JSON is malformed: | \(byte \d+\)", "", message)
    return FileProblem(path, place, f"this is not JSON ({reason})", "correct the text there")


def explain_value(error: Exception, raw: Any, path: Path) -> FileProblem:
    """JSON that is not a Facepoints document."""
    message, _, where = str(error).partition(" - at `")
    place = place_of(_steps(where.rstrip("`")), raw)
    wanted = re.fullmatch(r"Expected `(.+?)`(?:, got `(\w+)`)?", message)
    if wanted and wanted[2]:
        words = " or ".join(_TYPES.get(word, word) for word in wanted[1].split(" | ") if word != "null")
        got = _TYPES.get(wanted[2], wanted[2])
        return FileProblem(path, place, f"this is {got} where {words} is wanted", f"write {words} there")
    limit = re.fullmatch(r"Expected `float` ([<>]=) (-?[\d.]+)", message)
    if limit:
        return FileProblem(
            path,
            place,
            f"the number must be {'at most' if limit[1] == '<=' else 'at least'} {float(limit[2]):g}",
            "check the value and its unit (coordinates and depths are in millimetres)",
        )
    missing = re.fullmatch(r"Object missing required field `(.+)`", message)
    if missing:
        return FileProblem(path, place, f'the field "{missing[1]}" is missing', "add it")
    enum = re.fullmatch(r"Invalid enum value (.+)", message)
    if enum:
        return FileProblem(
            path, place, f"{enum[1]} is not one of the words allowed here", "see docs/file-format.md for them"
        )
    return FileProblem(path, place, message.replace("`", ""), "correct the value there")


def place_of(steps: Sequence[str | int], raw: Any) -> str:
    """Steps into a document as words, with the code or id of each record on the way: points[3] (ST4), position[0]."""
    words: list[str] = []
    for step in steps:
        raw = _inner(raw, step)
        if isinstance(step, int):
            words[-1:] = [(words[-1] if words else "") + f"[{step}]"]
        else:
            words.append(step)
        if isinstance(raw, dict) and isinstance(own := raw.get("code", raw.get("id")), str):
            words[-1] += f" ({own})"
    return ", ".join(words) or "the whole file"


def _inner(raw: Any, step: str | int) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _steps(where: str) -> list[str | int]:
    return [int(index) if index else name for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", where)]

"""What docs/file-format.md shows is what the program reads, and its words are the allowed ones."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from app.domain.builtin import load_library
from app.domain.codec import parse_document
from app.domain.goals import Marker
from app.domain.library import CHANNELS, Library, join
from app.domain.points import Constraint, Laterality, Status, Use
from app.domain.problems import FileProblem
from app.domain.search import search
from app.domain.shown import Shown, count_needles, shown_points, with_goal

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_can_be_opened_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    path.write_text(EXAMPLES[0], encoding="utf-8")
    library = load_library(path)
    assert search(library, "xiao taiyang")[0].code == "TEMPLE 1"
    goal = with_goal(library, Shown(), "course_bright_eyes", on=True)
    counts = count_needles(shown_points(library, goal))
    assert (counts.face, counts.body) == (10, 0)
    assert list(library.goals)[-1] == "course_bright_eyes"


def test_the_example_of_a_rule_is_one() -> None:
    rule = msgspec.json.decode(EXAMPLES[1], type=Constraint)
    assert (rule.from_, rule.value, rule.unit) == ("PT:GV26", 0.5, "bcun_v")


def test_the_example_of_a_problem_is_what_is_said(library: Library) -> None:
    text = EXAMPLES[0].replace('"code": "GB1"', '"code": "EX-HN3"')
    path = Path("course.points.json")
    with pytest.raises(FileProblem) as caught:
        join([(path, parse_document(text.encode(), path))], base=library)
    assert f"\n{caught.value}\n" in PAGE


@pytest.mark.parametrize("words", [Laterality, Use, Status, Marker])
def test_every_allowed_word_is_explained(words: object) -> None:
    for word in get_args(words):
        assert f'"{word}"' in PAGE or f"`{word}`" in PAGE, word


def test_every_channel_is_named() -> None:
    for channel in CHANNELS:
        assert re.search(rf"\b{channel}\b", PAGE), channel

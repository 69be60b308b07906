"""A point is found by any of its names."""

import pytest

from app.domain.library import Library, join
from app.domain.search import search


def found(library: Library, text: str) -> list[str]:
    return [point.code for point in search(library, text)]


@pytest.mark.parametrize(
    "text",
    [
        "hegu",
        "Hégǔ",
        "HÉGǓ",
        "he gu",
        "合谷",
        "LI4",
        "li4",
        "LI 4",
        "li-4",
        "LI04",
        "joining valley",
        "Joining",
    ],
)
def test_hegu_by_any_name(library: Library, text: str) -> None:
    assert found(library, text)[0] == "LI4"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("攢竹", "BL2"),
        ("攒竹", "BL2"),
        ("ex-hn3", "GV29"),
        ("GV24+", "GV29"),
        ("renzhong", "GV26"),
        ("Rénzhōng 人中", "GV26"),
        ("baihui", "GV20"),
        ("jiachengjiang", "JIACHENGJIANG"),
        ("taiyang", "EX-HN5"),
        ("supreme", "KI3"),
        ("valley", "LI4"),
    ],
)
def test_names_of_other_points(library: Library, text: str, code: str) -> None:
    assert code in found(library, text)[:2]


def test_a_whole_code_comes_before_the_codes_that_begin_with_it(library: Library) -> None:
    assert found(library, "ST3") == ["ST3", "ST35", "ST36", "ST38"]


def test_a_channel_gives_its_points_in_order(library: Library) -> None:
    assert found(library, "large intest") == ["LI4", "LI5", "LI10", "LI11", "LI17", "LI18", "LI19", "LI20"]


@pytest.mark.parametrize("text", ["", "  ", "--", "´", "xyzzy"])
def test_nothing_is_found(library: Library, text: str) -> None:
    assert found(library, text) == []


def test_an_empty_library() -> None:
    assert search(join([]), "hegu") == []

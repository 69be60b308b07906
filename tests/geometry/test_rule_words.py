"""Places typed in words: understood as rules, placed by the rule engine, or refused with what to write instead."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.library import Library
from app.geometry.bench import Bench, way_words
from app.geometry.bound_set import BoundSet
from app.geometry.figure import load_figure
from app.geometry.measure import Scene
from app.geometry.rule_words import WordsProblem, rules_from_words
from app.geometry.sliding import Skin, on_skin


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def bench(base: Library) -> Bench:
    return Bench(Skin(load_figure()), base)


@pytest.fixture(scope="module")
def scene(bench: Bench) -> Scene:
    sites = BoundSet(bench.skin).sites(bench.base.points.values())
    figure = bench.skin.figure
    return bench.scene(sites, sites.positions(figure, figure.neutral.vertices))


def test_words_become_rules(base: Library) -> None:
    offset, level = rules_from_words("0,5 cun lateral to the ex; level with LI 20", base)
    assert (offset.type, offset.axis, offset.value, offset.unit, offset.from_) == (
        "offset",
        "lateral",
        0.5,
        "fcun",
        "LM:ex",
    )
    assert (level.type, level.ref) == ("same_level", "PT:LI20")
    (below,) = rules_from_words("10 mm below EX-HN3", base)
    assert (below.axis, below.value, below.unit, below.from_) == ("up", -10.0, "mm", "PT:GV29")
    (middle,) = rules_from_words("halfway between en and ex", base)
    assert (middle.a, middle.b) == ("LM:en", "LM:ex")
    assert rules_from_words("on the midline", base)[0].type == "on_midline"
    assert rules_from_words("1 cun lateral of the midline", base)[0].from_ == "V0"
    assert rules_from_words("on the brow", base)[0].curve == "CV:brow"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write where the point lies, for example: 0.5 cun lateral of ex, level of ex."),
        ("somewhere", '"somewhere" is not understood; write it like:'),
        ("2 foo lateral of ex", '"foo" is no unit; use cun (the width of the thumb), finger'),
        ("2 mm sideways of ex", '"sideways" in "2 mm sideways of ex" is no direction; use one of'),
        ("1 cun above the brow", 'brow is a line and no place; write "on the brow"'),
        ("2 mm lateral of ST44444", "ST44444 is neither a landmark nor a point"),
        ("on the moon", "moon is no curve; use one of"),
    ],
)
def test_what_is_not_understood_is_told(words: str, sentence: str, base: Library) -> None:
    with pytest.raises(WordsProblem) as caught:
        rules_from_words(words, base)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "words", ["5 mm lateral of ex, level of ex", "10 mm above ST4, same vertical as ST4"]
)
def test_a_place_in_words_lies_where_it_says(words: str, bench: Bench, scene: Scene, base: Library) -> None:
    place = bench.by_words(scene, rules_from_words(words, base), midline=False)
    assert place is not None
    assert on_skin(bench.skin.figure, place.position[None])[0] < 1e-6
    if "ex" in words:
        assert place.position[:2] == pytest.approx(bench.body.landmark("ex")[:2] + np.array([5, 0]), abs=0.3)
    else:
        assert place.position[:2] == pytest.approx(scene.points["ST4"][:2] + np.array([0, 10]), abs=0.3)


def test_a_place_on_the_midline(bench: Bench, scene: Scene, base: Library) -> None:
    rules = rules_from_words("on the midline, 10 mm below prn", base)
    place = bench.by_words(scene, rules, midline=True)
    assert place is not None
    assert place.side == "midline"
    assert place.position[1] == pytest.approx(bench.body.landmark("prn")[1] - 10, abs=0.3)


def test_the_way_from_a_rule_in_words() -> None:
    wanted = np.array([30.0, -40.0, 80.0])
    assert (
        way_words(wanted + np.array([2.34, -0.4, 0.0]), wanted, "ST4")
        == "2.3 mm lateral of and 0.4 mm below ST4's rule"
    )
    assert way_words(wanted + np.array([0.0, 0.0, 3.0]), wanted, "ST4") == "3.0 mm in front of ST4's rule"
    assert way_words(wanted, wanted, "ST4") == "on ST4's rule"

"""Plans on disk: the same after saving, and one sentence for everything that can be wrong."""

import os
from pathlib import Path

import msgspec
import pytest

from app.domain.library import Library
from app.domain.plan import Plan, Planner
from app.domain.plan_file import parse_plan, read_plan, write_plan
from app.domain.problems import FileProblem

PATH = Path("mei.plan.json")


@pytest.fixture
def plan(library: Library) -> Plan:
    planner = Planner(library)
    made = planner.drop(planner.make(["lines", "acne"]), "ST4")
    return planner.answer(planner.answer(made, "pregnancy", True), "botox", True, ("forehead",))


def raw(plan: Plan, **changes: object) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(saved(plan)), **changes})


def saved(plan: Plan) -> bytes:
    from app.domain.canonical import canonical_json

    return canonical_json(plan).encode()


def test_saving_and_loading_change_nothing(tmp_path: Path, library: Library, plan: Plan) -> None:
    path = tmp_path / "mei.plan.json"
    write_plan(path, plan)
    first = path.read_bytes()
    assert b'"format": "facepoints plan"' in first
    again = read_plan(path, library)
    assert again == plan
    write_plan(path, again)
    assert path.read_bytes() == first


def test_unknown_fields_survive(library: Library, plan: Plan) -> None:
    again = parse_plan(raw(plan, clinic="North"), PATH, library)
    assert b'"clinic": "North"' in saved(again)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"version": 2}, "newer than this program"),
        ({"format": "facepoints"}, "not a plan of Facepoints"),
        ({"needles": ["ST4", "ST44x"]}, "the point ST44x is not known (near it is ST44)"),
        ({"needles": ["ST4", "ST4"]}, "ST4 is there twice"),
        ({"goals": ["line"]}, "the goal line is not known (near it is lines)"),
        ({"body_variant": "body_acn"}, "the treatment body_acn is not known"),
        ({"answers": [{"caution": "pregnant"}]}, "the caution pregnant is not known"),
        ({"answers": [{"caution": "botox", "areas": ["forhead"]}]}, "the area forhead is not known"),
        ({"needles": 3}, "a whole number where a list is wanted"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    library: Library, plan: Plan, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(FileProblem) as problem:
        parse_plan(raw(plan, **changes), PATH, library)
    assert sentence in str(problem.value)
    assert len(str(problem.value).splitlines()) == 1


def test_a_plan_cut_off_anywhere(library: Library, plan: Plan) -> None:
    whole = saved(plan)
    for end in range(0, len(whole) - 2, 37):
        with pytest.raises(FileProblem):
            parse_plan(whole[:end], PATH, library)


def test_a_full_disk_leaves_the_old_plan(
    tmp_path: Path, library: Library, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mei.plan.json"
    write_plan(path, plan)
    before = path.read_bytes()

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match="No space left on device"):
        write_plan(path, Planner(library).make(["acne"]))
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.tmp")) == []


def test_the_example_of_the_page_is_a_plan(library: Library) -> None:
    page = (Path(__file__).parents[2] / "docs" / "client-mode.md").read_text(encoding="utf-8")
    example = page.split("```json")[1].split("```")[0]
    plan = parse_plan(example.encode(), PATH, library)
    prepared = Planner(library).prepare(plan)
    assert prepared.codes == plan.needles == ("ST4", "GB14")
    assert [finding.caution.id for finding in prepared.findings] == ["pregnancy", "botox"]

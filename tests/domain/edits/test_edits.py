"""Edits of a set: what each changes, what it leaves alone, and what it refuses in a sentence."""

from pathlib import Path

import msgspec
import pytest

from app.domain.canonical import canonical_json
from app.domain.codec import parse_document
from app.domain.document import Document
from app.domain.edits import extending, groups, merging, points
from app.domain.edits.edit import EditProblem, own_point
from app.domain.edits.field_words import difference_words
from app.domain.goals import Goal, Group, GroupPoint
from app.domain.library import Library, join
from app.domain.points import Constraint, Needle, Point

SET = Document(figure="f", title="Course")


def own(code: str = "MINE 1", **values: object) -> Point:
    fields = {"laterality": "bilateral", "part": "face", "use": "face", **values}
    return Point(code=code, **fields)  # type: ignore[arg-type]


def point(document: Document, code: str) -> Point:
    found = own_point(document, code)
    assert found is not None
    return found


@pytest.fixture
def placed(library: Library) -> Document:
    one = points.add_point(SET, library, own(position=(30.0, 10.0, 80.0))).document
    return points.add_point(one, library, own("MINE 2", laterality="midline", position=(0.0, 0, 90))).document


def test_a_code_or_alias_that_is_taken_is_refused(library: Library) -> None:
    for code in ("ST4", "st 04", "EX-HN3"):
        with pytest.raises(
            EditProblem, match=r"built-in point( GV29)?; .* show (ST4|GV29) from the built-in list"
        ):
            points.add_point(SET, library, own(code))


def test_changing_a_built_in_point_copies_it_into_the_set_and_leaves_the_library(library: Library) -> None:
    before = library.points["ST4"]
    edit = points.change_point(SET, library, "ST4", english="Corner of the mouth")
    assert edit.words == "Change the English name of ST4"
    assert point(edit.document, "ST4").english == "Corner of the mouth"
    assert library.points["ST4"] is before
    assert extending.changes(edit.document, library) == (
        extending.Change("points", "ST4", ("english",), False),
    )
    back = extending.reset(edit.document, library, "points", "ST4")
    assert back.document == SET


def test_placing_right_stores_the_left(placed: Document, library: Library) -> None:
    edit = points.place_point(placed, library, "MINE 1", (-31.0, 11.0, 81.0), "right")
    assert point(edit.document, "MINE 1").position == (31.0, 11.0, 81.0)
    assert edit.words == "Move MINE 1"


def test_one_side_alone_unlinks_and_mirroring_links_again(placed: Document, library: Library) -> None:
    parted = points.place_point(
        placed, library, "MINE 1", (-35.0, 5.0, 70.0), "right", one_side=True
    ).document
    assert point(parted, "MINE 1").position == (30.0, 10.0, 80.0)
    assert point(parted, "MINE 1").position_right == (-35.0, 5.0, 70.0)
    # What is unlinked stays so, whichever switch is on.
    again = points.place_point(parted, library, "MINE 1", (32.0, 10.0, 80.0), "left").document
    assert point(again, "MINE 1").position_right == (-35.0, 5.0, 70.0)
    flipped = points.flip_sides(parted, library, ["MINE 1"]).document
    assert point(flipped, "MINE 1").position == (35.0, 5.0, 70.0)
    assert point(flipped, "MINE 1").position_right == (-30.0, 10.0, 80.0)
    assert point(points.relink_sides(parted, library, ["MINE 1"]).document, "MINE 1").position_right is None
    right = points.relink_sides(parted, library, ["MINE 1", "MINE 2"], keep="right")
    assert point(right.document, "MINE 1").position == (35.0, 5.0, 70.0)
    assert right.words == "Mirror right to left: 2 points"


def test_a_midline_point_stays_on_the_midline(placed: Document, library: Library) -> None:
    edit = points.place_point(placed, library, "MINE 2", (3.0, 20.0, 88.0), "left")
    assert point(edit.document, "MINE 2").position == (0.0, 20.0, 88.0)


def test_a_locked_point_is_neither_moved_nor_deleted(placed: Document, library: Library) -> None:
    locked = points.lock_points(placed, library, ["MINE 1"], True).document
    for edit in (
        lambda: points.place_point(locked, library, "MINE 1", (1.0, 2.0, 3.0)),
        lambda: points.delete_points(locked, library, ["MINE 1"]),
        lambda: points.clear_position(locked, library, ["MINE 1"]),
        lambda: points.unlink_sides(locked, library, ["MINE 1"]),
    ):
        with pytest.raises(EditProblem, match=r"^MINE 1 is locked; unlock it first\.$"):
            edit()


def test_renaming_follows_into_groups_and_rules(placed: Document, library: Library) -> None:
    rule = Constraint(type="offset", from_="PT:MINE 1'", axis="lateral", value=1, unit="fcun")
    document = points.change_point(placed, library, "MINE 2", constraints=(rule,)).document
    document = groups.add_group(document, library, "Mine", ["MINE 1", "ST4"]).document
    document = points.rename_point(document, library, "MINE 1", "TEMPLE").document
    assert [item.code for item in document.groups[0].points] == ["TEMPLE", "ST4"]
    assert point(document, "MINE 2").constraints[0].from_ == "PT:TEMPLE'"
    assert [one.code for one in document.points] == ["TEMPLE", "MINE 2"]
    with pytest.raises(EditProblem, match="ST4 is built in and keeps its code"):
        points.rename_point(document, library, "ST4", "ST4A")
    with pytest.raises(EditProblem, match=r"^ST4 is a built-in point; choose another code"):
        points.rename_point(document, library, "TEMPLE", "ST4")


def test_the_words_of_a_place_follow_a_renamed_point_and_go_with_a_deleted_one(
    placed: Document, library: Library
) -> None:
    rule = Constraint(type="offset", from_="PT:MINE 1", axis="inferior", value=1, unit="fcun")
    for typed, then in (
        ("1 cun below MINE 1, level of ex", "1 cun below TEMPLE, level of ex"),
        ("1 cun below mine 1", "1 cun below TEMPLE"),
        ("1 cun below MINE 11", "1 cun below MINE 11"),
    ):
        document = points.place_by_words(placed, library, "MINE 2", (0.0, 0, 90), typed, (rule,)).document
        renamed = points.rename_point(document, library, "MINE 1", "TEMPLE").document
        assert points.words_of(point(renamed, "MINE 2")) == then
        deleted = points.delete_points(document, library, ["MINE 1"]).document
        assert points.words_of(point(deleted, "MINE 2")) == (typed if typed == then else "")


def test_deleting_a_point_takes_it_out_of_groups_and_rules(placed: Document, library: Library) -> None:
    rule = Constraint(type="above", ref="PT:MINE 1")
    document = points.change_point(placed, library, "MINE 2", constraints=(rule,)).document
    document = groups.add_group(document, library, "Mine", ["MINE 1", "ST4"]).document
    document = points.delete_points(document, library, ["MINE 1"]).document
    assert [item.code for item in document.groups[0].points] == ["ST4"]
    assert point(document, "MINE 2").constraints == ()
    with pytest.raises(EditProblem, match="ST4 is built in and cannot be deleted"):
        points.delete_points(document, library, ["ST4"])


def test_clearing_and_missing_are_states(placed: Document, library: Library) -> None:
    cleared = points.clear_position(placed, library, ["MINE 1"]).document
    assert (point(cleared, "MINE 1").position, point(cleared, "MINE 1").status) == (None, "unplaced")
    missing = points.mark_missing(placed, library, ["MINE 1"]).document
    assert point(missing, "MINE 1").status == "missing"
    back = points.place_point(missing, library, "MINE 1", (30.0, 10.0, 80.0)).document
    assert point(back, "MINE 1").status == "placed"
    assert point(back, "MINE 1").status_reason == ""


def test_duplicates_have_codes_of_their_own(placed: Document, library: Library) -> None:
    document = points.duplicate_points(placed, library, ["MINE 1", "ST4"]).document
    document = points.duplicate_points(document, library, ["MINE 1"]).document
    codes = [one.code for one in document.points]
    assert codes == ["MINE 1", "MINE 1 copy 2", "MINE 1 copy", "MINE 2", "ST4 copy"]


def test_order_hiding_and_sides(placed: Document, library: Library) -> None:
    assert [p.code for p in points.move_in_list(placed, "MINE 2", 0).document.points] == ["MINE 2", "MINE 1"]
    hidden = points.hide_points(placed, library, ["MINE 1", "MINE 2"], True)
    assert all(one.hidden for one in hidden.document.points)
    assert hidden.words == "Hide 2 points"
    middle = points.change_sides(placed, library, "MINE 1", "midline", (0.0, 9.0, 92.0)).document
    assert point(middle, "MINE 1").position == (0.0, 9.0, 92.0)
    both = points.change_sides(middle, library, "MINE 1", "bilateral").document
    assert point(both, "MINE 1").laterality == "bilateral"
    with pytest.raises(EditProblem, match="clear its place before it goes to the midline"):
        points.change_sides(placed, library, "MINE 1", "midline")


def test_a_value_that_does_not_fit_is_refused(placed: Document, library: Library) -> None:
    with pytest.raises(EditProblem, match="does not fit the field use"):
        points.change_point(placed, library, "MINE 1", use="whatever")
    with pytest.raises(EditProblem, match="no position on the figure"):
        points.place_point(placed, library, "MINE 1", (float("nan"), 0.0, 0.0))
    with pytest.raises(EditProblem, match="does not fit the field color"):
        groups.add_goal(placed, library, "Bright", "blue", "star")


def test_groups_and_goals(placed: Document, library: Library) -> None:
    document = groups.add_group(placed, library, "Around the eye", ["MINE 1", "ST4"]).document
    name = document.groups[0].id
    assert name == "around_the_eye"
    document = groups.fill_group(document, library, name, ["GB14", "MINE 1"], at=2).document
    assert [item.code for item in document.groups[0].points] == ["ST4", "GB14", "MINE 1"]
    document = groups.fill_group(document, library, name, ["MINE 1"], at=0).document
    assert [item.code for item in document.groups[0].points] == ["MINE 1", "ST4", "GB14"]
    document = groups.set_reason(document, library, name, "ST4", "It is near.").document
    assert document.groups[0].points[1].reason == "It is near."
    document = groups.empty_group(document, library, name, ["GB14"]).document
    document = groups.add_goal(document, library, "Bright eyes", "#3366CC", "star", [name]).document
    document = groups.fill_goal(document, library, "bright_eyes", "under_eye", at=0).document
    assert document.goals[0].groups == ("under_eye", name)
    document = groups.change_goal(document, library, "bright_eyes", color="#112233", marker="heart").document
    assert (document.goals[0].color, document.goals[0].marker) == ("#112233", "heart")
    assert "bright_eyes" in join([(Path("x"), document)], base=library).goals
    document = groups.delete_group(document, library, name).document
    assert document.goals[0].groups == ("under_eye",)
    assert groups.delete_goal(document, library, "bright_eyes").document.goals == ()
    with pytest.raises(EditProblem, match="built in and cannot be deleted"):
        groups.delete_group(document, library, "under_eye")


def test_merging_takes_what_is_chosen(placed: Document, library: Library) -> None:
    theirs = points.place_point(placed, library, "MINE 1", (33.0, 10.0, 80.0)).document
    theirs = points.add_point(theirs, library, own("HERS")).document
    found = merging.differences(placed, theirs)
    assert [(one.name, one.where) for one in found] == [("MINE 1", "both"), ("HERS", "theirs")]
    assert found[0].fields == ("position", "placed_by")
    merged = merging.merge(placed, theirs, library, {("points", "HERS"): "theirs"}).document
    assert point(merged, "MINE 1").position == (30.0, 10.0, 80.0)
    assert merging.take_all(placed, theirs, library, "Import").document == theirs


def test_merging_refuses_what_would_lead_nowhere(placed: Document, library: Library) -> None:
    group = Group(id="g", title="G", points=(GroupPoint(code="HERS"),))
    theirs = Document(figure="f", points=(own("HERS"),), groups=(group,))
    with pytest.raises(EditProblem, match="the point HERS is not known"):
        merging.merge(placed, theirs, library, {("groups", "g"): "theirs"})


def test_locked_and_hidden_survive_the_file(placed: Document, library: Library) -> None:
    document = points.lock_points(placed, library, ["MINE 1"], True).document
    document = points.hide_points(document, library, ["MINE 2"], True).document
    assert parse_document(canonical_json(document).encode(), Path("x")) == document


def test_several_places_move_in_one_step_and_each_side_once(placed: Document, library: Library) -> None:
    moves = [("MINE 1", 0, (-31.0, 11.0, 80.0), "right"), ("MINE 2", 0, (0.0, 1.0, 90.0), "midline")]
    edit = points.move_points(placed, library, moves)
    assert edit.words == "Move 2 points"
    assert point(edit.document, "MINE 1").position == (31.0, 11.0, 80.0)
    assert point(edit.document, "MINE 1").position_right is None
    assert point(edit.document, "MINE 2").position == (0.0, 1.0, 90.0)
    alone = points.move_points(placed, library, moves[:1], one_side=True, verb="Nudge")
    assert alone.words == "Nudge MINE 1"
    assert point(alone.document, "MINE 1").position == (30.0, 10.0, 80.0)
    assert point(alone.document, "MINE 1").position_right == (-31.0, 11.0, 80.0)
    with pytest.raises(EditProblem, match="No placed point is selected"):
        points.move_points(placed, library, [])
    locked = points.lock_points(placed, library, ["MINE 2"], True).document
    with pytest.raises(EditProblem, match="MINE 2 is locked"):
        points.move_points(locked, library, moves)


def test_points_of_a_group_and_groups_of_a_goal_are_put_in_order(placed: Document, library: Library) -> None:
    document = groups.add_group(placed, library, "Cheek", ["MINE 1", "MINE 2", "ST4"]).document

    def codes(kind: str = "points") -> list[str]:
        return [item.code for item in getattr(document.groups[0], kind)]

    document = groups.move_in_group(document, library, "cheek", "ST4", -1).document
    assert codes() == ["MINE 1", "ST4", "MINE 2"]
    document = groups.move_in_group(document, library, "cheek", "MINE 1", 9).document
    assert codes() == ["ST4", "MINE 2", "MINE 1"]
    document = groups.set_reason(document, library, "cheek", "ST4", "Near.").document
    edit = groups.set_advanced(document, library, "cheek", "ST4", True)
    document = edit.document
    assert edit.words == "Keep ST4 in Cheek to trained hands"
    assert (codes(), codes("advanced_points")) == (["MINE 2", "MINE 1"], ["ST4"])
    assert document.groups[0].advanced_points[0].reason == "Near."
    document = groups.move_in_group(document, library, "cheek", "ST4", -1).document
    assert codes("advanced_points") == ["ST4"]
    document = groups.set_advanced(document, library, "cheek", "ST4", False).document
    assert (codes(), codes("advanced_points")) == (["MINE 2", "MINE 1", "ST4"], [])
    for edit in (groups.move_in_group, groups.set_advanced):
        with pytest.raises(EditProblem, match="GB14 is not in Cheek"):
            edit(document, library, "cheek", "GB14", 1)  # type: ignore[operator]

    document = groups.add_group(document, library, "Eye").document
    document = groups.add_goal(document, library, "Glow", "#336699", "star", ["cheek", "eye"]).document
    document = groups.fill_goal(document, library, "glow", "under_eye").document
    document = groups.fill_goal(document, library, "glow", "cheek", at=2).document
    assert document.goals[0].groups == ("eye", "cheek", "under_eye")  # before the one that was third
    document = groups.move_in_goal(document, library, "glow", "under_eye", -2).document
    assert document.goals[0].groups == ("under_eye", "eye", "cheek")
    assert [group.id for group in groups.move_group(document, "cheek", 2).document.groups] == ["eye", "cheek"]
    assert [group.id for group in groups.move_group(document, "eye", 0).document.groups] == ["eye", "cheek"]
    with pytest.raises(EditProblem, match="is not in Glow"):
        groups.move_in_goal(document, library, "glow", "jawline", 1)


def test_what_is_merged_may_need_more_of_the_other_set(placed: Document, library: Library) -> None:
    rule = Constraint(type="same_level", ref="PT:HER2")
    hers = (own("HER1", constraints=(rule,)), own("HER2"), own("HER3"))
    theirs = Document(points=(*hers, *placed.points))
    theirs = groups.add_group(theirs, library, "Hers", ["HER1", "MINE 1", "ST4"]).document
    theirs = groups.add_goal(theirs, library, "Glow", "#336699", "star", ["hers"]).document
    wanted = merging.needed(placed, theirs, library, {("goals", "glow"): "theirs"})
    assert wanted == {
        ("groups", "hers"): ("goals", "glow"),
        ("points", "HER1"): ("groups", "hers"),
        ("points", "HER2"): ("points", "HER1"),
    }
    choices: dict[tuple[str, str], merging.Choice] = dict.fromkeys([("goals", "glow"), *wanted], "theirs")
    assert merging.needed(placed, theirs, library, choices) == {}
    merged = merging.merge(placed, theirs, library, choices).document
    assert [one.code for one in merged.points] == [*(one.code for one in placed.points), "HER1", "HER2"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"english": "Corner"}, "English name"),
        ({"position": (31.0, 10.0, 80.0), "placed_by": "imported"}, "place"),
        ({"position": None, "status": "unplaced"}, "has no place"),
        ({"needle": Needle(depth_mm=(2.0, 4.0), angle="oblique")}, "needle depth, needle angle"),
        (
            {"aliases": ("M1",), "constraints": (Constraint(type="same_level", ref="LM:ex"),)},
            "other codes, rules",
        ),
    ],
)
def test_how_two_points_differ_is_told_in_words(values: dict[str, object], words: str) -> None:
    mine = own(position=(30.0, 10.0, 80.0), status="placed")
    assert difference_words(mine, msgspec.structs.replace(mine, **values)) == words


def test_how_two_groups_and_goals_differ_is_told_in_words() -> None:
    a, b, c = (GroupPoint(code=code) for code in "ABC")
    mine = Group(id="g", title="G", points=(a, b))
    for theirs, words in (
        (Group(id="g", title="Cheek", points=(c, b)), "title; adds C; leaves out A"),
        (Group(id="g", title="G", points=(b, a)), "order of its points"),
        (
            Group(id="g", title="G", points=(b,), advanced_points=(a,)),
            "order of its points; for trained hands or not: A",
        ),
        (Group(id="g", title="G", points=(a, GroupPoint(code="B", reason="Near."))), "reason of B"),
    ):
        assert difference_words(mine, theirs) == words
    goal = Goal(id="l", title="L", color="#336699", marker="star", groups=("g",))
    theirs_ = msgspec.structs.replace(goal, color="#993366", groups=("h",))
    titles = {"g": "Cheek", "h": "Chin"}
    assert difference_words(goal, theirs_, titles.__getitem__) == "colour; adds Chin; leaves out Cheek"


def test_muscles_of_a_group(placed: Document, library: Library) -> None:
    document = groups.add_group(placed, library, "Cheek", ["MINE 1"]).document
    edit = groups.add_muscle(document, library, "cheek", "frontalis")
    assert edit.words == f"Add the muscle {library.muscles['frontalis'].name} to Cheek"
    document = groups.add_muscle(edit.document, library, "cheek", "corrugator").document
    document = groups.move_muscle(document, library, "cheek", "corrugator", -5).document
    assert document.groups[0].muscles == ("corrugator", "frontalis")
    document = groups.remove_muscle(document, library, "cheek", "corrugator").document
    assert document.groups[0].muscles == ("frontalis",)
    with pytest.raises(EditProblem, match="There is no muscle biceps"):
        groups.add_muscle(document, library, "cheek", "biceps")
    with pytest.raises(EditProblem, match="The muscle nasalis is not in Cheek"):
        groups.move_muscle(document, library, "cheek", "nasalis", 1)

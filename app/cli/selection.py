"""The options that choose points, shared by `render` and `points`."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.cli.problems import CommandProblem

if TYPE_CHECKING:
    from app.domain.library import Library
    from app.domain.shown import Shown


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add --goal, --group, --point, --treatment and --set."""
    group = parser.add_argument_group("which points (each may be given several times; the union is taken)")
    add = group.add_argument
    add("--goal", action="append", default=[], metavar="ID", help="the points of a skin goal, such as lines")
    add("--group", action="append", default=[], metavar="ID", help="the points of one group")
    add(
        "--point",
        action="append",
        default=[],
        metavar="CODE",
        help="one point by any of its names, such as LI4 or hegu",
    )
    add("--treatment", action="append", default=[], metavar="ID", help="a whole treatment, such as typical")
    parser.add_argument("--set", metavar="FILE", help="a set of points to join over the built-in ones")


def is_selected(arguments: argparse.Namespace) -> bool:
    """Whether any point was asked for."""
    return any((arguments.goal, arguments.group, arguments.point, arguments.treatment))


def selected(arguments: argparse.Namespace, library: "Library") -> "Shown":
    """Return what the options switch on.

    Raises:
        CommandProblem: an id or code is not known.

    """
    from app.domain.shown import Shown, with_goal, with_group, with_point, with_treatment

    shown = Shown()
    for goal in arguments.goal:
        shown = with_goal(library, shown, _known("goal", goal, library.goals), True)
    for group in arguments.group:
        shown = with_group(library, shown, None, _known("group", group, library.groups), True)
    for treatment in arguments.treatment:
        shown = with_treatment(library, shown, _known("treatment", treatment, library.treatments), True)
    for code in arguments.point:
        shown = with_point(library, shown, _code(library, code), True)
    return shown


def _known(kind: str, name: str, known: Iterable[str]) -> str:
    from app.domain.names import normal, suggestion

    names = list(known)
    if name in names:
        return name
    near = suggestion(name, {normal(own): own for own in names})
    raise CommandProblem(f"--{kind} {name}: there is no such {kind}{near}; choose from {', '.join(names)}.")


def _code(library: "Library", name: str) -> str:
    """The code of the one point that bears a whole name: code, alias, pinyin, hanzi or English."""
    from app.domain.names import normal

    try:
        return library.point(name).code
    except KeyError as error:
        wanted = normal(name)
        own = [
            point.code
            for point in library.points.values()
            if wanted in map(normal, (point.pinyin, point.hanzi, point.hanzi_simplified, point.english))
        ]
        if wanted and len(own) == 1:
            return own[0]
        if wanted and own:
            raise CommandProblem(
                f"--point {name}: {' and '.join(own)} bear this name; give the code."
            ) from None
        raise CommandProblem(f"--point {name}: {error.args[0]}; see facepoints points.") from None

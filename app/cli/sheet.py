"""`facepoints sheet`: a plan on paper."""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.problems import FAILED, CommandProblem

if TYPE_CHECKING:
    from app.domain.plan import Plan, Planner

DESCRIPTION = """Write the handout of a treatment as PDF: pictures in which every needle is seen and numbered,
the points with their reasons, cautions, aftercare, lines for notes and signature. Needs no display."""

EPILOG = """cautions:
  pregnancy, anticoagulants, botox, filler, infection, epilepsy, ...; each may say where, such as
  botox:forehead,brows. A caution that asks where and is not told leaves the whole face alone.

examples:
  facepoints sheet --goal lines --goal elasticity --out plan.pdf
  facepoints sheet --goal lines --caution pregnancy --treatment body_pregnancy_compatible --out plan.pdf
  facepoints sheet --treatment typical --without ST5 --paper letter --out plan.pdf
  facepoints sheet --plan mei.plan.json --out mei.pdf

A file of that name is replaced, and only once the handout is whole."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add = parser.add_argument
    add(
        "--goal",
        action="append",
        default=[],
        metavar="ID",
        help="a skin goal of the plan; may be given again",
    )
    add(
        "--treatment",
        action="append",
        default=[],
        metavar="ID",
        help="a whole treatment as it is, such as typical, or other body points, such as body_acne",
    )
    add(
        "--without",
        action="append",
        default=[],
        metavar="CODE",
        help="a point to leave out; may be given again",
    )
    add(
        "--caution",
        action="append",
        default=[],
        metavar="ID[:AREA,...]",
        help="a caution that applies to the client; may be given again",
    )
    add("--plan", metavar="FILE", help="a saved plan, in place of goals and treatment")
    add("--paper", choices=("a4", "letter"), default="a4", help="a4 if not given")
    add("--set", metavar="FILE", help="a set of points to join over the built-in ones")
    add("--out", metavar="FILE.pdf", required=True, type=_pdf, help="the handout to write")


def run(arguments: argparse.Namespace) -> int:
    """Write the handout."""
    out: Path = arguments.out
    if not out.parent.is_dir():
        raise CommandProblem(f"{out}: there is no folder {out.parent}; make it or choose another.", FAILED)
    if out.is_dir():
        raise CommandProblem(f"{out}: this is a folder; name a file in it.", FAILED)

    from app.cli.data import the_figure, the_library, the_sites
    from app.domain.plan import Planner

    library = the_library(arguments.set)
    planner = Planner(library)
    plan = the_plan(arguments, planner)
    if not planner.prepare(plan).needles:
        raise CommandProblem(
            "no needle is left in this plan; choose goals or a treatment, or say where a caution applies.",
            FAILED,
        )
    figure = the_figure()
    sites = the_sites(figure, library, arguments.set)
    # Letters are drawn without a screen whether there is one or not.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from app.domain.problems import FileProblem
    from app.domain.storage import write_bytes
    from app.scene.needle_views import UnseenNeedles
    from app.scene.offscreen import can_draw_offscreen
    from app.ui.handout import handout_pdf, handout_views

    if not can_draw_offscreen():
        raise CommandProblem(
            f"{out}: there is no OpenGL to draw the pictures with; install Mesa (on Debian and Ubuntu: "
            "sudo apt install libegl1 libgl1-mesa-dri).",
            FAILED,
        )
    application = QGuiApplication.instance() or QGuiApplication(["facepoints"])
    try:
        views = list(handout_views(planner, plan, figure, sites))
        write_bytes(out, handout_pdf(planner, plan, views, arguments.paper))
    except UnseenNeedles as problem:
        raise CommandProblem(f"{out}: {problem}", FAILED) from None
    except FileProblem as problem:
        raise CommandProblem(str(problem), FAILED) from None
    finally:
        del application
    return 0


def the_plan(arguments: argparse.Namespace, planner: "Planner") -> "Plan":
    """Return the plan that the options describe.

    Raises:
        CommandProblem: an id or code is not known, or a saved plan cannot be read.

    """
    from app.domain.areas import AREAS
    from app.domain.plan_file import read_plan
    from app.domain.problems import FileProblem

    library = planner.library
    if arguments.plan and (arguments.goal or arguments.treatment):
        raise CommandProblem("--plan stands for itself: leave --goal and --treatment out.")
    if arguments.plan:
        try:
            plan = read_plan(Path(arguments.plan), library)
        except FileProblem as problem:
            raise CommandProblem(str(problem)) from None
    else:
        goals = [_known("goal", name, library.goals) for name in arguments.goal]
        treatments = [_known("treatment", name, library.treatments) for name in arguments.treatment]
        kinds = {library.treatments[name].kind: name for name in treatments}
        if len(kinds) < len(treatments):
            raise CommandProblem("--treatment: one whole treatment and one kind of body points at the most.")
        if not goals and not treatments:
            raise CommandProblem("say what the plan is for: --goal ID, --treatment ID or --plan FILE.")
        plan = planner.make(goals, kinds.get("whole", ""), kinds.get("body variant", ""))
    for text in arguments.caution:
        name, _, places = text.partition(":")
        caution = _known("caution", name, library.cautions)
        areas = tuple(_known("area", area, AREAS) for area in places.split(",") if area)
        plan = planner.answer(plan, caution, True, areas)
    for name in arguments.without:
        try:
            plan = planner.drop(plan, library.point(name).code)
        except KeyError as error:
            raise CommandProblem(f"--without {name}: {error.args[0]}; see facepoints points.") from None
    return plan


def _known(kind: str, name: str, known: Iterable[str]) -> str:
    from app.domain.names import normal, suggestion

    names = list(known)
    if name in names:
        return name
    near = suggestion(name, {normal(own): own for own in names})
    raise CommandProblem(f"there is no {kind} {name}{near}; choose from {', '.join(names)}.")


def _pdf(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".pdf":
        raise argparse.ArgumentTypeError(f"{text} does not end in .pdf; handouts are written as PDF")
    return path

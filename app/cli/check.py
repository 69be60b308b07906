"""`facepoints check`: mistakes in point files."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.problems import UNREADABLE, CommandProblem

if TYPE_CHECKING:
    from app.geometry.check import Report

DESCRIPTION = """Look for mistakes in point files, or in the built-in ones where none is named: whether each can
be read and follows the schema, whether every code, group, landmark and unit it names is known, whether it
belongs to this figure, and whether every position lies on the skin."""

EPILOG = """examples:
  facepoints check                             the built-in points, goals, treatments and anatomy
  facepoints check clinic.points.json          a set of your own, over the built-in one
  facepoints check *.points.json --json        for another program

Each mistake is a sentence on stderr that names the file, the place in it and what to do.
Exit codes: 0 nothing found, 1 mistakes found, 2 a file could not be read."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="files to check instead of the built-in ones"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: the files and what was found")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found and return the exit code."""
    from app.cli.data import the_figure, the_library
    from app.domain.problems import FileProblem
    from app.geometry.check import check_builtin, check_files

    figure = the_figure()
    try:
        if arguments.files:
            report = check_files(figure, [Path(file) for file in arguments.files], the_library(None))
        else:
            report = check_builtin(figure)
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None
    if arguments.json:
        findings = [finding.fields() for finding in report.findings]
        print(json.dumps({"files": report.files, "findings": findings}, indent=2))
    else:
        _print(report)
    if not report.readable:
        return UNREADABLE
    return 1 if report.findings else 0


def _print(report: "Report") -> None:
    for finding in report.findings:
        print(finding.sentence, file=sys.stderr)
    files = "1 file" if len(report.files) == 1 else f"{len(report.files)} files"
    count = len(report.findings)
    found = "nothing wrong" if not count else "1 mistake" if count == 1 else f"{count} mistakes"
    print(f"{files} with {report.points} points, {report.placed} of them placed: {found}")

"""`facepoints check`: mistakes in point files."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import count, print_table
from app.cli.problems import UNREADABLE, CommandProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.geometry.check import Finding, Report
    from app.geometry.rules import Finding as Rule

MOST_HINTS, MOST_NAMES = 20, 12
"""So many lines of hints are printed, with so many names each."""

DESCRIPTION = """Look for mistakes in point files, or in the built-in ones where none is named: whether each can
be read and follows the schema, whether every code, group, landmark and unit it names is known, whether it
belongs to this figure, whether every position lies on the skin, and whether it keeps the rules of anatomy
by which the point is found. Of a file that is named also whether two of its points lie on each other, and whether a
code is another name of a built-in point. The table shows every rule: what was measured, what is wanted, how far off.
Hints tell what is not wrong and whoever gets a set would miss, such as a location in words."""

EPILOG = """examples:
  facepoints check                             the built-in points, goals, treatments and anatomy
  facepoints check clinic.points.json          a set of your own, over the built-in one
  facepoints check *.points.json --json        for another program

With --json: {"files", "findings", "hints", "rules"}, one rule being {"code", "side", "rule", "measured", "wanted",
"unit", "deviation_mm", "tolerance_mm", "kept", "hard", "trusted"}. A rule that is not hard may give way to others.
Each mistake is a sentence on stderr that names the file, the place in it and what to do; hints follow the table.
Exit codes: 0 no mistakes (there may be hints), 1 mistakes found, 2 a file could not be read."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="files to check instead of the built-in ones"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: files, findings and rules")


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
        hints = [hint.fields() for hint in report.hints]
        rules = [rule.fields() for rule in report.rules]
        told = {"files": report.files, "findings": findings, "hints": hints, "rules": rules}
        print(json.dumps(told, indent=2))
    else:
        _print(report)
    if not report.readable:
        return UNREADABLE
    return 1 if report.findings else 0


def _print(report: "Report") -> None:
    if report.rules:
        _print_rules(report.rules)
        print()
    if report.hints:
        _print_hints(report.hints)
        print()
    sys.stdout.flush()
    for finding in report.findings:
        print(finding.sentence, file=sys.stderr)
    files = count(len(report.files), "file")
    found = count(len(report.findings), "mistake") if report.findings else "nothing wrong"
    if report.hints:
        found += f", {count(len(report.hints), 'hint')}"
    looked = (
        f"{count(report.points, 'point')}, {report.placed} of them placed, "
        f"{count(len(report.rules), 'rule')} measured"
    )
    print(f"{files} with {looked}: {found}")


def _print_hints(hints: "Sequence[Finding]") -> None:
    """Print a line for each hint; one for all records of a file that it is alike for."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for hint in hints:
        alike.setdefault((hint.file, hint.problem, hint.remedy), []).append(hint)
    for (file, problem, remedy), own in list(alike.items())[:MOST_HINTS]:
        names = [hint.place.partition("(")[2].rstrip(")") for hint in own]
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        print(f"hint: {file}: {', '.join(names[:MOST_NAMES])}{more}: {problem}; {remedy}.")
    if len(alike) > MOST_HINTS:
        print(f"hint: and {len(alike) - MOST_HINTS} more; --json lists them all.")


def _print_rules(rules: "Sequence[Rule]") -> None:
    """Print a line for each rule; one for both sides of a point where they measure the same."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for rule in rules:
        kept = "yes" if rule.kept else "no" if rule.hard or rule.trusted else "gives way"
        values = (f"{rule.measured:.2f}", f"{rule.wanted:.2f}", rule.unit)
        off = (f"{rule.deviation_mm:.2f}", f"{rule.tolerance_mm:.2f}")
        told = f"{rule.rule} (trusted: {rule.trusted})" if rule.trusted else rule.rule
        lines.setdefault((rule.code, told, *values, *off, kept), []).append(rule.side)
    head = ("code", "side", "rule", "measured", "wanted", "unit", "off mm", "allowed mm", "kept")
    rows = [(line[0], "both" if len(sides) > 1 else sides[0], *line[1:]) for line, sides in lines.items()]
    print_table(head, rows, right=(3, 4, 6, 7))

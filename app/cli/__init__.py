"""The command `facepoints`: the window, or one of its commands.

Nothing heavy is imported before it is known what is asked for, so that --version and --help answer at once.
Exit codes: 0 done; 1 the check found something, or the result could not be made; 2 the input could not be read.
"""

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence

from app import __version__
from app.cli.parser import Parser
from app.cli.problems import CommandProblem

COMMANDS = {
    "render": "write a picture of the figure with points on it",
    "points": "list where every point lies",
    "landmarks": "list where every landmark lies",
    "sheet": "write a treatment plan as PDF, with pictures of every needle",
    "check": "look for mistakes in point files",
    "export": "write a set in the format of another program",
    "import": "make a set of a file of another program",
    "compare": "tell how far apart two sets place their points",
}
"""Name and what it does; each is a module of this package with `describe(parser)` and `run(arguments)`."""

_MODULES = {"import": "importing"}
"""Modules that cannot bear the name of their command."""

_COLUMNS = "\n".join(f"  {name:<11}{text}" for name, text in COMMANDS.items())
_EPILOG = f"""commands:
{_COLUMNS}

`facepoints COMMAND --help` explains each. None of them needs a display; only the window does.

examples:
  facepoints                           open the window
  facepoints clinic.points.json        open the window with a set of your own over the built-in points
  facepoints render lines.png --goal lines --labels
  facepoints points --goal lines --json
  facepoints check clinic.points.json

exit codes:
  0 done   1 mistakes found, or the result could not be made   2 the input could not be read
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` are those after the program's name."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    _never_fail_on_a_sign(sys.stdout)
    _never_fail_on_a_sign(sys.stderr)
    try:
        if given and given[0] in COMMANDS:
            return _command(given[0], given[1:])
        _refuse_unknown_command(given)
        return _window(given)
    except CommandProblem as problem:
        print(f"facepoints: {problem}", file=sys.stderr)
        return problem.exit_code
    except BrokenPipeError:
        # The reader, `head` for one, has seen enough. Python must not complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _command(name: str, arguments: Sequence[str]) -> int:
    module = importlib.import_module(f"app.cli.{_MODULES.get(name, name)}")
    parser = Parser(prog=f"facepoints {name}", description=module.DESCRIPTION, epilog=module.EPILOG)
    module.describe(parser)
    code: int = module.run(parser.parse_args(arguments))
    sys.stdout.flush()
    return code


def _refuse_unknown_command(given: Sequence[str]) -> None:
    """Tell a mistyped command from a set to open: the window takes one file and nothing after it."""
    if not given or given[0].startswith("-") or os.path.exists(given[0]):
        return
    from app.domain.names import suggestion

    near = suggestion(given[0], {name: name for name in COMMANDS})
    looks_like_a_file = "." in given[0] or os.path.basename(given[0]) != given[0]
    if len(given) > 1 or (near and not looks_like_a_file):
        raise CommandProblem(
            f"{given[0]}: there is no such command{near}; choose from {', '.join(COMMANDS)}, see facepoints --help."
        )


def _window(arguments: Sequence[str]) -> int:
    parser = Parser(
        prog="facepoints",
        usage="facepoints [FILE.points.json] | facepoints COMMAND ...",
        description="A 3D figure with the acupuncture points of every skin goal on it.\n"
        "For education; not medical advice. Results vary and cannot be guaranteed.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE.points.json", help="a set of points to open over the built-in ones"
    )
    parser.add_argument("--version", action="version", version=f"facepoints {__version__}")
    chosen: argparse.Namespace = parser.parse_args(arguments)
    from app.cli.window import open_window

    return open_window(chosen.file)


def _never_fail_on_a_sign(stream: object) -> None:
    """Let a stream that cannot write a Chinese name, or a tone mark, write a question mark instead."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")

"""The parser of arguments: help laid out as written, errors in one sentence."""

import argparse
from typing import NoReturn

from app.cli.problems import CommandProblem


class Parser(argparse.ArgumentParser):
    """An argument parser that keeps the line breaks of its texts and says what is wrong in one sentence."""

    def __init__(self, prog: str, description: str, epilog: str, usage: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise CommandProblem instead of printing the usage."""
        raise CommandProblem(f"{message}; see {self.prog} --help.")

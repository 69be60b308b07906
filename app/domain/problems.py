"""What is wrong with a file, said so that a person can put it right."""

from pathlib import Path
from shlex import quote


class FileProblem(Exception):
    """A file that cannot be read, written or joined; one sentence: file, place in it if any, problem and remedy."""

    def __init__(self, path: Path | str, place: str, problem: str, remedy: str) -> None:
        self.path = Path(path)
        self.place = place
        self.problem = problem
        self.remedy = remedy
        where = f"{self.path}, {place}" if place else str(self.path)
        sentence = f"{where}: {problem}; {remedy}."
        super().__init__(" ".join(sentence.splitlines()))  # Names from the file may hold line breaks.


class OtherFigure(FileProblem):
    """The positions of a set lie on another figure than this program's; they have to be placed again first."""

    def __init__(self, path: Path | str, figure: str, own: str) -> None:
        super().__init__(
            path,
            "figure",
            f"its positions were made on another figure ({figure}, this one is {own})",
            "open it in Edit, which places its points again, or run "
            f"facepoints import {quote(str(path))} --to NEW.points.json --place-again",
        )

"""What is wrong with a file, said so that a person can put it right."""

from pathlib import Path


class FileProblem(Exception):
    """A file that cannot be read, written or joined; one sentence: file, place, problem and remedy."""

    def __init__(self, path: Path | str, place: str, problem: str, remedy: str) -> None:
        self.path = Path(path)
        self.place = place
        self.problem = problem
        self.remedy = remedy
        sentence = f"{self.path}, {place}: {problem}; {remedy}."
        super().__init__(" ".join(sentence.splitlines()))  # Names from the file may hold line breaks.

"""Where the data that comes with the program lies, in a clone and in an installed package alike."""

from pathlib import Path

from app.domain.problems import FileProblem

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """The folder `points` or `meshes`: app/_data/NAME in an installed package, NAME beside app/ in a clone.

    Raises FileProblem where there is neither.
    """
    installed = _PACKAGE / "_data" / name
    clone = _PACKAGE.parent / name
    for folder in (installed, clone):
        if folder.is_dir():
            return folder
    raise FileProblem(clone, "the folder", "is missing", "install Facepoints again")

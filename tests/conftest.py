"""What every test relies on: no test reads or writes the folders of the person who runs it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# One folder for the whole run: what is dear to make again (the font list, compiled shaders), and the folder whose
# absence Qt warns of, which would fail a test.
RUN_FOLDER = tempfile.mkdtemp(prefix="facepoints-tests-")
atexit.register(shutil.rmtree, RUN_FOLDER, ignore_errors=True)
os.environ["XDG_RUNTIME_DIR"] = RUN_FOLDER
os.environ["MPLCONFIGDIR"] = RUN_FOLDER
os.environ["MESA_SHADER_CACHE_DIR"] = RUN_FOLDER

# Two slow shared cores are no bug of the code under test, and a run must not differ from the next.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def user_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the home folder, and every folder that platformdirs and Qt derive from it, at an empty one.

    Returns that home folder. Environment variables do it, so processes started by a test are covered too.
    """
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "AppData" / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "AppData" / "Local"))
    for name, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    return home

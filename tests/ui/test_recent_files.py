"""Where file dialogs begin."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from app.ui.recent_files import RecentFiles


def test_a_dialog_begins_beside_what_was_opened_last(tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "a.points.json", tmp_path / "two" / "b.csv"
    for path in (first, second):
        path.parent.mkdir()
        path.touch()
    recent = RecentFiles()
    recent.add(first)
    assert recent.folder == first.parent
    assert recent.paths()[0] == first
    recent.used(second)
    assert RecentFiles().folder == second.parent
    assert second not in recent.paths()


def test_where_there_are_no_documents_it_begins_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "Documents"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    recent = RecentFiles()
    recent._store.remove("folder")
    assert recent.folder == tmp_path
    (tmp_path / "Documents").mkdir()
    assert recent.folder == tmp_path / "Documents"

"""Words of imported files that would not arrive in the source."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.importing import import_release as module
from ipdocs.importing.imported_release import ImportedRelease, compose

ENGLISH = (
    "Garden opens\n\nThe garden has 40 trees.\n\nIts aims are:\n\n(1) rest; and\n\n(2) play.\n\nEnds/Tuesday, February 3, 2026\n"
)
CHINESE = "花園啟用\n\n花園有40棵樹。\n\n其目標為：\n\n（一）休息；及\n\n（二）玩樂。\n\n完\n2026年2月3日（星期二）\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.en.txt", tmp_path / "a.tc.txt"]
    for path, text in zip(paths, (ENGLISH, CHINESE), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_markers_endings_facts_and_dates_are_accounted_for(files: list[Path], tmp_path: Path) -> None:
    summary = module.import_release(files, tmp_path / "out", datetime(2026, 3, 2, tzinfo=UTC))
    assert len(summary.facts) == 1
    assert summary.path.is_file()


@pytest.mark.parametrize(("lost", "path"), [("The garden has", "a.en.txt"), ("休息", "a.tc.txt")])
def test_lost_words_stop_the_import(
    lost: str, path: str, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compose_without(release: ImportedRelease) -> str:
        return compose(release).replace(lost, "…")

    monkeypatch.setattr(module, "compose", compose_without)
    with pytest.raises(IpdocsError) as raised:
        module.import_release(files, tmp_path / "out", datetime(2026, 3, 2, tzinfo=UTC))
    (finding,) = raised.value.findings
    assert (finding.code, finding.location and finding.location.path.name) == ("text-unaccounted", path)
    assert not (tmp_path / "out").exists()

"""What `ipdocs new` writes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.model.document import PressRelease
from ipdocs.source.open import open_source
from ipdocs.source.scaffold import new_source, new_workspace
from ipdocs.values.types import HONG_KONG, Date, DateTime
from ipdocs.workspace import Workspace, find_workspace

NOW = datetime(2026, 3, 9, 9, 5, 30, tzinfo=HONG_KONG)


def test_a_new_release_has_its_name_is_issued_now_and_loads(tmp_path: Path) -> None:
    path = new_source("press-release", "my-first", tmp_path, NOW, Workspace())
    assert path == tmp_path / "my-first/release.yaml"
    document = open_source(path).document
    assert isinstance(document, PressRelease)
    assert document.id == "my-first"
    assert document.issued == DateTime(NOW.replace(second=0))
    assert document.facts["held"].value == Date(2026, 3, 9)  # type: ignore[index]


def test_a_new_release_keeps_the_comments_of_its_starter(tmp_path: Path) -> None:
    path = new_source("press-release", "my-first", tmp_path, NOW, Workspace())
    starter = Path(__file__).resolve().parents[3] / "templates/_starters/press-release.yaml"
    new_lines, starter_lines = path.read_text("utf-8").splitlines(), starter.read_text("utf-8").splitlines()
    assert len(new_lines) == len(starter_lines)
    assert sum(line != other for line, other in zip(new_lines, starter_lines, strict=True)) == 3


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = new_source("press-release", "my-first", tmp_path, NOW, Workspace())
    path.write_text("mine")
    with pytest.raises(IpdocsError, match="file-exists"):
        new_source("press-release", "my-first", tmp_path, NOW, Workspace())
    assert path.read_text() == "mine"


@pytest.mark.parametrize(("kind", "hint"), [("press-relase", "press-release?"), ("xyz", "minutes")])
def test_an_unknown_kind_suggests_known_ones(tmp_path: Path, kind: str, hint: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        new_source(kind, "my-first", tmp_path, NOW, Workspace())
    (finding,) = raised.value.findings
    assert finding.code == "unknown-kind"
    assert hint in str(finding.hint)


@pytest.mark.parametrize("name", ["../mine", "My First", "", "a/b"])
def test_a_name_that_is_not_an_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        new_source("press-release", name, tmp_path, NOW, Workspace())
    assert raised.value.findings[0].code == "bad-id"
    assert not list(tmp_path.iterdir())


def test_new_sources_belong_to_a_new_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    files = new_workspace(folder)
    assert {path.relative_to(folder).as_posix() for path in files} == {"README.md", "templates/README.md", "locales/README.md"}
    path = new_source("press-release", "my-first", folder, NOW, Workspace())
    assert find_workspace(path).root == folder
    assert open_source(path).document.id == "my-first"


def test_an_existing_workspace_is_not_overwritten(tmp_path: Path) -> None:
    new_workspace(tmp_path)
    with pytest.raises(IpdocsError) as raised:
        new_workspace(tmp_path)
    assert len(raised.value.findings) == 3

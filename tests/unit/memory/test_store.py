"""The memory's files: added to, imported, exported, and whole whatever happens."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.open import open_source
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory import store, tmx_codec
from ipdocs.translation.memory.workspace_memory import add_to_memory, memory_units, open_memory
from ipdocs.workspace import Workspace

MINUTES = """\
schema: 1
kind: minutes
id: talks
languages: [en, tc]
committee: {en: "The committee", tc: "委員會"}
meeting: {number: 3, date: 2018-08-21, begins: "14:30", venue: {en: "Room 1", tc: "一號室"}}
attendance:
  present:
    - {post: {en: "Chairman", tc: "主席"}, name: {en: "Open Name", tc: "公開"}}
    - {post: {en: "Expert", tc: "專家"}, name: {en: "CANARY name", tc: "金絲雀姓名"}, restricted: true}
facts:
  hall: {text: {en: "Open hall", tc: "公開禮堂"}}
  secret: {text: {en: "CANARY fact", tc: "金絲雀事實"}}
body:
  - id: one
    item: {heading: {en: "First", tc: "第一"}}
  - id: open
    paragraph: {en: "Held in {{ hall }}.", tc: "在{{ hall }}舉行。"}
  - id: closed
    restricted: true
    paragraph: {en: "CANARY {{ secret }}", tc: "金絲雀{{ secret }}"}
  - id: two
    restricted: true
    item: {heading: {en: "CANARY item", tc: "金絲雀項目"}}
  - id: discussed
    paragraph: {en: "CANARY discussion", tc: "金絲雀討論"}
  - id: three
    item: {heading: {en: "Third", tc: "第三"}}
  - id: after
    paragraph: {en: "Open again.", tc: "再次公開。"}
annexes:
  - {id: a, title: {en: "CANARY annex", tc: "金絲雀附件"}, file: a.pdf, classification: confidential}
"""


@pytest.fixture
def workspace(tmp_path: Path, root: Path) -> Path:
    """A workspace with the releases of three years and no memory."""
    (tmp_path / "locales").mkdir()
    for number in (16, 17, 18):
        shutil.copytree(root / f"fixtures/gd-hk-ip-{number}", tmp_path / f"gd-hk-ip-{number}")
    return tmp_path


def release(workspace: Path, number: int) -> Path:
    return workspace / f"gd-hk-ip-{number}/release.yaml"


def test_translations_of_a_document_have_their_own_file(workspace: Path) -> None:
    update = add_to_memory(open_source(release(workspace, 17), draft=True), by="me", on="2018-08-23")
    assert update.path == workspace / "locales/memory/gd-hk-ip-17.tmx"
    assert (update.new, update.changed, update.unchanged, update.removed) == (15, 0, 0, 0)
    (lead,) = [unit for unit in tmx_codec.read_units(update.path, Workspace(workspace)) if unit.place == "lead.paragraph"]
    assert rendered_text(lead.texts["tc"]).startswith("粵港保護知識產權合作專責小組第十七次會議八月二十一日在廣州舉行。")
    assert (lead.state, lead.by, lead.on, lead.style) == ("approved", "me", "2018-08-23", "reprint")


def test_adding_again_changes_only_what_differs(workspace: Path) -> None:
    path = release(workspace, 17)
    update = add_to_memory(open_source(path, draft=True), by="me", on="2018-08-23")
    before = update.path.read_text("utf-8")
    assert add_to_memory(open_source(path, draft=True), by="you", on="2019-01-01").unchanged == 15
    assert update.path.read_text("utf-8") == before
    path.write_text(path.read_text("utf-8").replace("加強大灣區知識產權合作", "加強大灣區的知識產權合作"), "utf-8")
    again = add_to_memory(open_source(path, draft=True), by="you", on="2019-01-01")
    assert (again.new, again.changed, again.unchanged) == (0, 1, 14)
    changed = set(before.splitlines()) ^ set(again.path.read_text("utf-8").splitlines())
    assert len(changed) == 4
    assert all("大灣區" in line or "tuid=" in line for line in changed)


def test_restricted_texts_do_not_enter_the_memory(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    path = tmp_path / "minutes.yaml"
    path.write_text(MINUTES, "utf-8")
    update = add_to_memory(open_source(path, draft=True), by="me", on="2018-08-23")
    stored = update.path.read_text("utf-8")
    assert "CANARY" not in stored
    assert "金絲雀" not in stored
    for word in ("Open hall", "Held in", "Open again", "Open Name", "Third"):
        assert word in stored


def test_restricted_minutes_do_not_enter_the_memory(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    path = tmp_path / "minutes.yaml"
    path.write_text(MINUTES.replace("id: talks\n", "id: talks\nclassification: restricted\n"), "utf-8")
    with pytest.raises(IpdocsError, match="restricted"):
        add_to_memory(open_source(path, draft=True), by="me", on="2018-08-23")
    path.write_text(MINUTES, "utf-8")
    update = add_to_memory(open_source(path, draft=True), by="me", on="2018-08-23")
    path.write_text(MINUTES.replace("id: talks\n", "id: talks\nclassification: restricted\n"), "utf-8")
    with pytest.raises(IpdocsError, match=str(update.path)):
        add_to_memory(open_source(path, draft=True), by="me", on="2018-08-23")


def test_drafts_do_not_enter_the_memory(workspace: Path) -> None:
    path = release(workspace, 17)
    path.write_text(path.read_text("utf-8").replace('tc: "加強大灣區', 'tc: "⟦draft: facts⟧加強大灣區'), "utf-8")
    assert all("加強大灣區" not in rendered_text(unit.texts["tc"]) for unit in memory_units(open_source(path, draft=True)))


def test_source_outside_a_workspace_has_no_memory(tmp_path: Path, root: Path) -> None:
    shutil.copytree(root / "fixtures/gd-hk-ip-17", tmp_path / "alone")
    with pytest.raises(IpdocsError) as caught:
        add_to_memory(open_source(tmp_path / "alone/release.yaml", draft=True), by="me", on="2018-08-23")
    assert [finding.code for finding in caught.value.findings] == ["no-workspace"]


def test_second_import_of_a_file_replaces_the_first(workspace: Path, tmp_path: Path) -> None:
    add_to_memory(open_source(release(workspace, 17), draft=True), by="me", on="2018-08-23")
    place = Workspace(workspace)
    assert store.export_tmx(tmp_path / "all.tmx", place) == 15
    for _ in range(2):
        path, count, summary = store.import_tmx(tmp_path / "all.tmx", place, None)
        assert (path.name, count, summary.skipped_units) == ("all.tmx", 15, 0)
    assert list(tmx_codec.read_units(path, place)) == list(
        tmx_codec.read_units(workspace / "locales/memory/gd-hk-ip-17.tmx", place)
    )


def test_imported_units_are_drafts_unless_approved(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "vendor.tmx"
    body = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="zh-HK"><seg>甲</seg></tuv></tu>'
    source.write_text(f'<tmx version="1.4"><header/><body>{body}</body></tmx>', "utf-8")
    for state, expected in ((None, "draft"), ("approved", "approved")):
        path, *_ = store.import_tmx(source, Workspace(workspace), state)  # type: ignore[arg-type]
        (unit,) = tmx_codec.read_units(path, Workspace(workspace))
        assert (unit.state, unit.document, unit.place) == (expected, "vendor", "1")


def test_failed_import_keeps_the_earlier_file(workspace: Path, tmp_path: Path) -> None:
    add_to_memory(open_source(release(workspace, 17), draft=True), by="me", on="2018-08-23")
    former = (workspace / "locales/memory/gd-hk-ip-17.tmx").read_bytes()
    broken = tmp_path / "gd-hk-ip-17.tmx"
    broken.write_bytes(former[: len(former) // 2])
    with pytest.raises(IpdocsError):
        store.import_tmx(broken, Workspace(workspace), None)
    assert (workspace / "locales/memory/gd-hk-ip-17.tmx").read_bytes() == former
    assert [path.name for path in (workspace / "locales/memory").iterdir()] == ["gd-hk-ip-17.tmx"]


KILLED = """
import os, signal, sys
from pathlib import Path
os.{call} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from ipdocs.source.open import open_source
from ipdocs.translation import suggestions
from ipdocs.translation.memory import store, workspace_memory
from ipdocs.workspace import Workspace
folder = Path({folder!r})
{action}
"""
ACTIONS = {
    "memory add": "workspace_memory.add_to_memory(open_source(folder / 'gd-hk-ip-17/release.yaml'), by='you', on='2020-01-01')",
    "memory import": "store.import_tmx(folder / 'gd-hk-ip-17.tmx', Workspace(folder), None)",
    "translate --write": "source = open_source(folder / 'gd-hk-ip-18/release.yaml', draft=True)\n"
    "suggestions.write_drafts(source, suggestions.suggest_translations(source, 'tc', cache=folder / 'cache'))",
}


@pytest.mark.slow
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("action", list(ACTIONS))
def test_killed_write_leaves_the_earlier_files(workspace: Path, action: str, call: str) -> None:
    add_to_memory(open_source(release(workspace, 16), draft=True), by="me", on="2018-08-23")
    update = add_to_memory(open_source(release(workspace, 17), draft=True), by="me", on="2018-08-23")
    shutil.copy(update.path, workspace / "gd-hk-ip-17.tmx")
    open_memory(Workspace(workspace), workspace / "cache").close()
    path = release(workspace, 17)
    path.write_text(path.read_text("utf-8").replace("加強大灣區", "促進大灣區"), "utf-8")
    files = [path for path in workspace.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    script = KILLED.format(call=call, folder=str(workspace), action=ACTIONS[action])
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert process.returncode == -signal.SIGKILL, process.stderr
    assert {path: path.read_bytes() for path in files} == before


def test_index_is_rebuilt_only_when_the_memory_changes(workspace: Path) -> None:
    place, cache = Workspace(workspace), workspace / "cache"
    steps: list[str] = []
    open_memory(place, cache, steps.append).close()
    open_memory(place, cache, steps.append).close()
    assert steps == ["index the memory"]
    add_to_memory(open_source(release(workspace, 17), draft=True), by="me", on="2018-08-23")
    index = open_memory(place, cache, steps.append)
    assert len(steps) == 2
    assert index.counts()["memory", "approved"] == 15
    index.close()


def test_unreadable_index_is_rebuilt(workspace: Path) -> None:
    place, cache = Workspace(workspace), workspace / "cache"
    open_memory(place, cache).close()
    (path,) = cache.glob("*.sqlite")
    path.write_bytes(b"no index at all" * 100)
    index = open_memory(place, cache)
    assert index.counts()["boilerplate", "approved"] == 1
    index.close()


def test_boilerplate_catalogs_and_glossary_are_indexed(workspace: Path) -> None:
    index = open_memory(Workspace(workspace), workspace / "cache")
    origins = {origin for origin, _ in index.counts()}
    assert origins == {"glossary", "catalog", "boilerplate"}
    index.close()

"""Documents are built one after another: all files of one or none, and none keeps another from being built."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.pipeline import prepare
from ipdocs.pipeline.build import IncompleteBuild, build
from ipdocs.pipeline.executors.forked import ForkedExecutor
from ipdocs.pipeline.manifest import NAME
from ipdocs.pipeline.request import BuildRequest

TEXT = BuildRequest(formats=("txt", "html"))


def release(folder: Path, name: str, words: str = '{en: "A title", tc: "標題"}', more: str = "body: []\n") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    head = f"schema: 1\nkind: press-release\nid: {name}\nissued: 2018-08-22\nlanguages: [en, tc]\n"
    path.write_text(f"{head}title: {words}\n{more}", "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Three releases, the second of which lacks its Chinese title."""
    titles = ('{en: "One", tc: "一"}', '{en: "Two"}', '{en: "Three", tc: "三"}')
    return [release(tmp_path, name, title) for name, title in zip(("one", "two", "three"), titles, strict=True)]


@pytest.mark.parametrize("executor", [None, ForkedExecutor()], ids=["one process", "two processes"])
def test_error_in_a_document_stops_no_other(sources: list[Path], tmp_path: Path, executor: Any) -> None:
    with pytest.raises(IncompleteBuild) as raised:
        build(sources, tmp_path / "out", TEXT, **({"executor": executor} if executor else {}))
    assert [(finding.code, finding.location and finding.location.path) for finding in raised.value.findings] == [
        ("missing-translation", sources[1])
    ]
    paths = [output.path for output in raised.value.outputs]
    assert [path.parent.name for path in paths] == ["one"] * 6 + ["three"] * 6
    assert all(path.read_bytes() for path in paths)
    assert not (tmp_path / "out/two").exists()


def test_an_atomic_build_with_an_error_places_nothing(sources: list[Path], tmp_path: Path) -> None:
    with pytest.raises(IncompleteBuild) as raised:
        build(sources, tmp_path / "out", TEXT, atomic=True)
    assert raised.value.outputs == ()
    assert files(tmp_path / "out") == {}
    outputs = build([sources[0], sources[2]], tmp_path / "out", TEXT, atomic=True)
    assert {output.path.name for output in outputs} | {NAME} == {Path(name).name for name in files(tmp_path / "out")}


def test_a_document_with_an_error_keeps_its_earlier_files(tmp_path: Path) -> None:
    build([release(tmp_path, "one")], tmp_path / "out", TEXT)
    before = files(tmp_path / "out")
    with pytest.raises(IpdocsError):
        build([release(tmp_path, "one", '{en: "Another"}')], tmp_path / "out", TEXT)
    assert files(tmp_path / "out") == before


def test_a_file_that_cannot_be_placed_stops_its_document(tmp_path: Path) -> None:
    sources = [release(tmp_path, name) for name in ("one", "two")]
    (tmp_path / "out/one/one.tc.txt").mkdir(parents=True)
    with pytest.raises(IncompleteBuild) as raised:
        build(sources, tmp_path / "out", TEXT)
    assert [finding.code for finding in raised.value.findings] == ["cannot-write"]
    assert {Path(name).parent.name for name in files(tmp_path / "out") if name.endswith((".txt", ".html"))} == {"two"}


def test_two_documents_with_the_same_id_are_refused(tmp_path: Path) -> None:
    first, second = release(tmp_path, "one"), release(tmp_path / "other", "one")
    with pytest.raises(IncompleteBuild, match=r"duplicate-id") as raised:
        build([first, second], tmp_path / "out", TEXT)
    assert len(raised.value.outputs) == 6


def test_source_under_two_paths_is_built_once(tmp_path: Path) -> None:
    source = release(tmp_path, "one")
    (tmp_path / "other").mkdir()
    (tmp_path / "link.yaml").symlink_to(source)
    names = [source, tmp_path / "other/../one.yaml", tmp_path / "link.yaml"]
    assert len(build(names, tmp_path / "out", TEXT)) == 6


def test_manifest_describes_the_source_as_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = release(tmp_path, "one")
    read, opened = source.read_bytes(), prepare.inspect_source

    def opened_and_saved_again(path: Path, **options: Any) -> Any:
        result = opened(path, **options)
        source.write_bytes(read + b"# saved again while it was built\n")
        return result

    monkeypatch.setattr(prepare, "inspect_source", opened_and_saved_again)
    build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",)))
    manifest = json.loads((tmp_path / "out/one" / NAME).read_text("utf-8"))
    assert manifest["source"]["sha256"] == sha256(read).hexdigest()


def test_attached_source_is_the_source_as_read(tmp_path: Path) -> None:
    source = release(tmp_path, "one")
    (document,) = prepare.prepare([source], BuildRequest(editions=("en",), formats=("pdf",), attach_source=True))
    assert document.tasks[0].rendered.html.attachment == ("one.yaml", source.read_bytes())


BUILD = "from ipdocs.cli import main; main()"


@pytest.mark.slow
def test_simultaneous_builds_share_the_manifest(tmp_path: Path) -> None:
    source = release(tmp_path, "one")
    for _ in range(8):
        calls = [
            [
                sys.executable,
                "-c",
                BUILD,
                "build",
                str(source),
                "--lang",
                language,
                "--format",
                "txt",
                "--out",
                str(tmp_path / "out"),
            ]
            for language in ("en", "tc", "sc")
        ]
        running = [subprocess.Popen(call, stdout=subprocess.DEVNULL, env=os.environ) for call in calls]
        assert [process.wait(120) for process in running] == [0, 0, 0]
        entries = json.loads((tmp_path / "out/one" / NAME).read_text("utf-8"))["files"]
        assert [entry["file"] for entry in entries] == ["one.en.txt", "one.sc.txt", "one.tc.txt"]
        (tmp_path / "out/one" / NAME).unlink()


@pytest.mark.parametrize(
    "block", ["paragraph: {}", "heading: {}", "list: {items: [{}]}", "quotation: [{}]", "table: {rows: [[{}]]}"]
)
def test_text_without_any_language_is_a_finding(block: str, tmp_path: Path) -> None:
    source = release(tmp_path, "one", more=f"body:\n  - id: empty\n    {block}\n")
    for draft in (False, True):
        with pytest.raises(IpdocsError) as raised:
            build([source], tmp_path / "out", BuildRequest(formats=("txt",), draft=draft))
        finding = raised.value.findings[0]
        assert (finding.code, finding.location and finding.location.line) == ("missing-translation", 9)

"""What earlier runs left in a folder of results: listed files go, whatever else is there stays and is named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.placing import locked, place_files
from ipdocs.pipeline import manifest
from ipdocs.pipeline.build import build
from ipdocs.pipeline.manifest import Manifest, ManifestEntry
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.results_folder import plan_folder

SOURCE = """\
schema: 1
kind: press-release
id: one
languages: [en, tc]
issued: 2018-08-22T18:30+08:00
title: {en: "A title", tc: "標題"}
body:
  - {id: lead, paragraph: {en: "One text.", tc: "一段文字。"}}
"""


def run(folder: Path, *names: str, kind: str = "public", source: str = "s", merge: bool = False) -> dict[str, str]:
    """Place files as a run does; return the codes of the findings with the files that they name."""
    files = {name: f"{name} of {source}".encode() for name in names}
    entries = tuple(ManifestEntry(name, sha256(data).hexdigest(), len(data)) for name, data in files.items())
    new = Manifest("one", kind, "one.yaml", source, entries)
    with locked(folder):
        planned = plan_folder(folder, new, merge=merge, unlisted=("one.public.zip",))
        own = {folder / new.name: manifest.serialise(planned.manifest), folder / "one.public.zip": b"PK"}
        place_files({folder / name: data for name, data in files.items()} | own, planned.obsolete)
    return {finding.code: finding.message.rpartition(": ")[2] for finding in planned.findings}


def names(folder: Path) -> list[str]:
    own = (manifest.NAME, manifest.PUBLIC_NAME, "one.public.zip")
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(name for name in paths if name not in own)


def tampered(folder: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    path = folder / manifest.PUBLIC_NAME
    content = json.loads(path.read_text("utf-8"))
    change(content["files"])
    path.write_text(json.dumps(content), "utf-8")


def test_a_file_of_the_last_run_only_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx", "annexes/annex-A.public.pdf")
    reported = run(folder, "one.minutes.public.en.docx")
    assert names(folder) == ["one.minutes.public.en.docx"]
    assert not (folder / "annexes").exists()
    assert reported == {"removed-file": "annexes/annex-A.public.pdf"}
    assert run(folder, "one.minutes.public.en.docx") == {}


def test_unlisted_file_stays_and_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx")
    (folder / "annexes").mkdir()
    (folder / "annexes/annex-B.pdf").write_bytes(b"mine")
    (folder / "notes.txt").write_bytes(b"mine")
    reported = run(folder, "one.minutes.public.tc.docx")
    assert names(folder) == ["annexes/annex-B.pdf", "notes.txt", "one.minutes.public.tc.docx"]
    assert reported["other-file"] == "annexes/annex-B.pdf, notes.txt"


def test_edited_file_stays_and_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx", "one.agenda.public.en.docx")
    (folder / "one.agenda.public.en.docx").write_bytes(b"edited")
    reported = run(folder, "one.minutes.public.en.docx")
    assert (folder / "one.agenda.public.en.docx").read_bytes() == b"edited"
    assert reported == {"other-file": "one.agenda.public.en.docx"}


OUTSIDE = b"outside"


def entry(name: str) -> dict[str, Any]:
    return {"file": name, "sha256": sha256(OUTSIDE).hexdigest(), "bytes": len(OUTSIDE)}


@pytest.mark.parametrize(
    "name", ["one.yaml", "release.docx", "two.agenda.en.pdf", "annexes/plan.pdf", "one.x/one.agenda.en.pdf", ""]
)
def test_tampered_manifest_removes_no_other_file(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx")
    if name:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(OUTSIDE)
    tampered(folder, lambda files: files.append(entry(name)))
    run(folder, "one.minutes.public.en.docx")
    assert names(folder) == sorted(["one.minutes.public.en.docx", *filter(None, [name])])


@pytest.mark.parametrize("name", ["one.agenda.en.pdf", "annexes/annex-A.pdf"])
def test_no_file_outside_is_removed_through_a_link(name: str, tmp_path: Path) -> None:
    folder, outside = tmp_path / "public", tmp_path / "outside"
    outside.mkdir()
    (outside / Path(name).name).write_bytes(OUTSIDE)
    run(folder, "one.minutes.public.en.docx")
    if "/" in name:
        (folder / "annexes").symlink_to(outside)
    else:
        (folder / name).symlink_to(outside / name)
    tampered(folder, lambda files: files.append(entry(name)))
    run(folder, "one.minutes.public.en.docx")
    assert (outside / Path(name).name).read_bytes() == OUTSIDE
    assert (folder / name).exists()


@pytest.mark.parametrize("name", ["../one.agenda.en.pdf", "/one.agenda.en.pdf", "annexes/../../one.agenda.en.pdf"])
def test_manifest_path_outside_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    from ipdocs.findings import IpdocsError

    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx")
    (tmp_path / "one.agenda.en.pdf").write_bytes(OUTSIDE)
    tampered(folder, lambda files: files.append(entry(name)))
    with pytest.raises(IpdocsError, match="bad-manifest"):
        run(folder, "one.minutes.public.en.docx")
    assert (tmp_path / "one.agenda.en.pdf").exists()


def test_a_file_renamed_in_case_only_is_not_removed(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "annexes/annex-A.public.pdf")
    reported = run(folder, "annexes/annex-a.public.pdf")
    assert "removed-file" not in reported
    assert (folder / "annexes/annex-a.public.pdf").exists()


def test_manifest_of_another_document_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run(folder, "one.agenda.public.en.docx", kind="public-extract")
    assert run(folder, "one.minutes.public.en.docx") == {"other-file": "one.agenda.public.en.docx"}


def test_merged_runs_keep_files_of_their_source(tmp_path: Path) -> None:
    run(tmp_path, "one.en.docx", kind="build", merge=True)
    assert run(tmp_path, "one.tc.docx", kind="build", merge=True) == {}
    assert names(tmp_path) == ["one.en.docx", "one.tc.docx"]
    reported = run(tmp_path, "one.tc.docx", kind="build", source="changed", merge=True)
    assert names(tmp_path) == ["one.tc.docx"]
    assert list(reported) == ["removed-file"]


def test_build_reports_only_files_named_like_its_own(tmp_path: Path) -> None:
    for name in ("one.yaml", "photo.jpg", "one.old.pdf", "pack/one.agenda.en.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"mine")
    assert run(tmp_path, "one.en.docx", kind="build", merge=True) == {"other-file": "one.old.pdf"}


def test_builds_of_other_editions_keep_each_others_files(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    path = tmp_path / "one.yaml"
    path.write_text(SOURCE, "utf-8")
    out = tmp_path / "out"
    for language, form in (("en", "txt"), ("tc", "txt"), ("tc", "html")):
        outputs = build([path], out, BuildRequest(editions=(language,), formats=(form,)))
        assert [finding for output in outputs for finding in output.findings] == []
    assert names(out / "one") == ["one.en.txt", "one.tc.html", "one.tc.txt"]
    path.write_text(SOURCE.replace("One text", "Another text"), "utf-8")
    outputs = build([path], out, BuildRequest(editions=("en",), formats=("txt",)))
    assert names(out / "one") == ["one.en.txt"]
    assert [finding.code for output in outputs for finding in output.findings] == ["removed-file"]


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_failed_write_removes_nothing(tmp_path: Path) -> None:
    from ipdocs.findings import IpdocsError

    folder = tmp_path / "public"
    run(folder, "one.minutes.public.en.docx", "one.agenda.public.en.docx")
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    (folder / "one.zip.public.en.docx").mkdir()
    with pytest.raises(IpdocsError, match="cannot-write"):
        run(folder, "one.zip.public.en.docx")
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before

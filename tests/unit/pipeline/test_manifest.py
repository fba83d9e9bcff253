"""A manifest that is none is a finding, whatever stands in its place."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import IpdocsError
from ipdocs.pipeline.manifest import Manifest, ManifestEntry, read_manifest, serialise

GOOD: dict[str, Any] = {
    "id": "x",
    "kind": "build",
    "source": {"file": "../x.yaml", "sha256": "0"},
    "files": [
        {"file": "x.en.txt", "sha256": "0", "bytes": 1, "languages": ["en"], "layout": "parallel", "draft": False, "findings": []}
    ],
}
ENTRY = GOOD["files"][0]
ODD: dict[str, object] = {
    "files are a mapping": GOOD | {"files": {"x.en.txt": ENTRY}},
    "files are a text": GOOD | {"files": "x.en.txt"},
    "files are an empty mapping": GOOD | {"files": {}},
    "there are no files": GOOD | {"files": []},
    "files are missing": {"id": "x", "source": GOOD["source"]},
    "a file is a text": GOOD | {"files": ["x.en.txt"]},
    "a file is nothing": GOOD | {"files": [None]},
    "a file has another key": GOOD | {"files": [ENTRY | {"colour": "red"}]},
    "a file lacks its name": GOOD | {"files": [{"sha256": "0", "bytes": 1}]},
    "a name is a number": GOOD | {"files": [ENTRY | {"file": 1}]},
    "a name leads elsewhere": GOOD | {"files": [ENTRY | {"file": "../../x.txt"}]},
    "a name begins at the root": GOOD | {"files": [ENTRY | {"file": "/x.txt"}]},
    "a name is impossible": GOOD | {"files": [ENTRY | {"file": "x\0.txt"}]},
    "languages are a text": GOOD | {"files": [ENTRY | {"languages": "en"}]},
    "a language is a list": GOOD | {"files": [ENTRY | {"languages": [["en"]]}]},
    "pages are a text": GOOD | {"files": [ENTRY | {"pages": "2"}]},
    "pages are a truth": GOOD | {"files": [ENTRY | {"pages": True}]},
    "a draft is a number": GOOD | {"files": [ENTRY | {"draft": 1}]},
    "a layout is unknown": GOOD | {"files": [ENTRY | {"layout": "round"}]},
    "the source is a text": GOOD | {"source": "x.yaml"},
    "the source is a list": GOOD | {"source": []},
    "the id is a number": GOOD | {"id": 1},
    "it is a list": [],
    "it is a number": 1,
    "it is nothing": None,
}
BYTES = {
    "deep lists": b"[" * 100_000,
    "deep mappings": b'{"files":' * 100_000,
    "UTF-16": json.dumps(GOOD).encode("utf-16-le")[1:],
    "Latin-1": b'{"id": "\xe9"}',
    "no JSON": b"id: x",
    "empty": b"",
    "a long number": b'{"id": ' + b"9" * 10_000 + b"}",
    "huge": json.dumps(GOOD).encode() + b" " * 6_000_000,
} | {name: json.dumps(content).encode() for name, content in ODD.items()}


@pytest.mark.parametrize("name", BYTES)
def test_odd_content_is_a_finding(tmp_path: Path, name: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(BYTES[name])
    with pytest.raises(IpdocsError) as error:
        read_manifest(path)
    (finding,) = error.value.findings
    assert finding.code == "bad-manifest"
    assert str(finding.location) == str(path)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path), lambda path: path.symlink_to("x")])
def test_manifest_that_is_not_a_file_is_a_finding(tmp_path: Path, make: Any) -> None:
    make(tmp_path / "manifest.json")
    with pytest.raises(IpdocsError, match="bad-manifest"):
        read_manifest(tmp_path / "manifest.json")


def test_manifest_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    manifest = Manifest(
        "x", "build", "../x.yaml", "0", (ManifestEntry("a/x.en.txt", "0", 1, ("en",), "parallel", pages=2),), {"status": "a"}
    )
    path.write_bytes(serialise(manifest))
    assert read_manifest(path) == manifest


def test_build_and_verify_report_an_odd_manifest(tmp_path: Path, root: Path) -> None:
    source = root / "fixtures/example-gia/release.yaml"
    folder = tmp_path / "example-gia"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(BYTES["files are a mapping"])
    for call in (["build", str(source), "--format", "txt", "--out", str(tmp_path)], ["verify", str(folder)]):
        result = CliRunner().invoke(app, call)
        assert result.exit_code == 1
        assert "error[bad-manifest]" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["manifest.json"]


def test_folder_without_verifiable_files_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "x.en.docx").write_bytes(b"PK")
    result = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert result.exit_code == 1
    assert "error[no-such-file]" in result.stderr

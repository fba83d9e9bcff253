"""Imports over a real socket: nothing is written before the document is made, and bad files are told with what to do."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.desk.import_files import CHINESE, ENGLISH, form, word_file

from ipdocs.source.open import open_source


def send(desk: Any, *files: tuple[str, bytes]) -> tuple[int, Any]:
    body, headers = form(*files)
    status, _, data = desk.request("POST", "/api/import", body, headers)
    return status, json.loads(data)


@pytest.fixture
def proposal(desk: Any) -> Any:
    """The proposal for two Word files."""
    status, answer = send(desk, ("draft.docx", word_file(*ENGLISH)), ("稿.docx", word_file(*CHINESE)))
    assert status == 200, answer
    return answer


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_word_files_become_pairs(desk: Any, proposal: Any, workspace: Path) -> None:
    before = contents(workspace)
    assert proposal["files"] == ["draft.docx", "稿.docx"]
    assert proposal["title"] == {"en": ENGLISH[0], "tc": CHINESE[0]}
    assert [language["code"] for language in proposal["languages"]] == ["en", "tc"]
    assert proposal["id"] == "harbour-office-opens-a-second"
    assert len(proposal["texts"]["en"]) == 4
    indices = [pair["indices"] for pair in proposal["pairs"]]
    for code, count in (("en", 4), ("tc", 3)):
        assert [number for pair in indices for number in pair.get(code, [])] == list(range(count))
    assert {fact["notation"] for fact in proposal["facts"]} >= {"36", "2018-03-05"}
    assert contents(workspace) == before


def test_document_is_made_as_decided(desk: Any, proposal: Any, workspace: Path) -> None:
    pairs = [{"en": [0], "tc": [0]}, {"en": [1, 2], "tc": [1]}, {"en": [3], "tc": [2]}]
    again = desk.post(f"/import/{proposal['import']}/proposal", {"pairs": pairs})
    assert [pair["doubt"] for pair in again["pairs"]] == ["", "", ""]
    stalls = next(fact["name"] for fact in again["facts"] if fact["notation"] == "36")
    decisions = {"pairs": pairs, "refused": [stalls], "name": "harbour-office", "style": "gia"}
    assert desk.post(f"/import/{proposal['import']}", decisions) == {"document": "harbour-office:release.yaml"}
    source = open_source(workspace / "harbour-office/release.yaml", draft=True)
    assert (str(source.document.id), len(source.document.body)) == ("harbour-office", 3)
    assert stalls not in source.document.facts
    assert source.document.facts
    assert desk.get("/d/harbour-office:release.yaml")["title"]["en"] == ENGLISH[0]
    assert desk.call("POST", f"/import/{proposal['import']}", decisions)[0] in (404, 409)
    assert not list((desk.state / "ipdocs").rglob("draft.docx"))


def test_name_that_is_taken_is_refused(desk: Any, proposal: Any, workspace: Path) -> None:
    before = contents(workspace)
    path = f"/import/{proposal['import']}"
    assert desk.call("POST", path, {"name": "gd-hk-ip-17"})[0] == 409
    for name in ("", "../away", "a/b", "Two Words", ".hidden", "文件"):
        assert desk.call("POST", path, {"name": name})[0] == 422, name
    assert contents(workspace) == before
    assert desk.call("POST", path, {"name": "free"})[0] == 201


def test_wrong_pairs_are_refused(desk: Any, proposal: Any) -> None:
    path = f"/import/{proposal['import']}/proposal"
    for pairs in ([{"en": [0]}], [{"en": ["0"]}], "all", [{"en": [0, 1, 2, 3, 9], "tc": [0, 1, 2]}]):
        assert desk.call("POST", path, {"pairs": pairs})[0] == 400, pairs
    assert desk.call("POST", "/import/0123456789abcdef01234567/proposal", {})[0] == 404
    assert desk.call("POST", "/import/..%2F..%2Fkey/proposal", {})[0] in (400, 404)


def test_bad_files_say_what_to_do(desk: Any, workspace: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    before = contents(workspace)
    for name, data in (
        ("scan.pdf", b"%PDF-1.7"),
        ("broken.docx", b"PK\x03\x04 nothing"),
        ("bomb.docx", bomb.getvalue()),
        ("empty.txt", b""),
        ("draft.odt", b"PK"),
    ):
        status, answer = send(desk, (name, data))
        assert status == 422, name
        finding = answer["findings"][0]
        assert finding["hint"], name
        assert finding["path"] in (name, None)
    assert send(desk)[0] == 400
    assert send(desk, ("big.txt", b"x" * 26_000_000))[0] == 413
    assert contents(workspace) == before
    assert not [path for path in (desk.state / "ipdocs").rglob("*") if path.name in ("broken.docx", "big.txt")]

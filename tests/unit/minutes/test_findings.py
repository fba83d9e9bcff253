"""Mistakes in minutes: each is reported with its code, location and the values to quote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source

Write = Callable[..., Path]

MISTAKES = [
    ("ends: 16:00", "ends: 14:00", "end-before-start", ""),
    ("date: 2019-02-19", "date: 2018-08-20", "meetings-out-of-order", ""),
    ("number: 4, date", "number: 3, date", "meetings-out-of-order", "3"),
    ("date: 2018-02-20", "date: 2018-12-20", "meetings-out-of-order", ""),
    ("papers: [plan]", "papers: [plane]", "unknown-paper", "plane"),
    ("presenters: [library]", "presenters: [libary]", "unknown-office", "libary"),
    ("owner: [library], due: 2018-10-31", "owner: [x]", "unknown-office", "'x'"),
    ("owner: [library], due: 2018-10-31", "due: 2018-10-31", "missing-key", "owner"),
    ("owner: [library], due: 2018-10-31", "owner: []", "bad-value", ""),
    ("role: chair}", "role: chair, items: [bocks]}", "unknown-item", "bocks"),
    ('title: {en: "Plan"', 'annex: b, title: {en: "Plan"', "unknown-annex", "'b'"),
    ('item: {heading: {en: "New books", tc: "新書"}, ', "item: {", "missing-key", "heading"),
    ("due: 2018-10-31", "due: 2018-10-32", "bad-value", "2018-10-32"),
    ("status: open", "status: opened", "bad-value", "opened"),
    ("role: chair", "role: chair, restricted: true", "restricted-post", "restricted"),
    ("number: 3, date", "number: three, date", "bad-value", "three"),
    ("carried: 2/1", "carried: two", "bad-value", "two"),
    ("quorum: 1", "quorum: all", "bad-value", "'all'"),
]


@pytest.mark.parametrize(("before", "after", "code", "quoted"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_a_mistake_is_reported_at_its_location(minutes: Write, before: str, after: str, code: str, quoted: str) -> None:
    path = minutes((before, after))
    with pytest.raises(IpdocsError) as caught:
        open_source(path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity) == (code, "error")
    assert quoted in finding.message
    assert finding.location
    assert finding.location.path == path
    assert finding.location.line > 1


def test_a_member_cannot_be_both_present_and_absent(minutes: Write) -> None:
    path = minutes(
        ('- {post: {en: "Youth Officer", tc: "青年主任"}}', '- {post: {en: "Chief Librarian", tc: "總館長"}, office: library}')
    )
    with pytest.raises(IpdocsError) as caught:
        open_source(path)
    (finding,) = caught.value.findings
    assert "Chief Librarian" in finding.message
    assert finding.location
    assert path.read_text("utf-8").splitlines()[finding.location.line - 1].startswith('    - {post: {en: "Chief Librarian"')


def test_a_block_before_the_first_item_is_refused(minutes: Write) -> None:
    path = minutes(("body:\n", 'body:\n  - id: early\n    paragraph: {en: "Early.", tc: "早。"}\n'))
    with pytest.raises(IpdocsError) as caught:
        open_source(path)
    assert [finding.code for finding in caught.value.findings] == ["no-item"]


def test_a_missing_quorum_is_a_warning(minutes: Write, tmp_path: Path) -> None:
    pack = make_pack(minutes(("quorum: 1", "quorum: 2")), tmp_path, BuildRequest(editions=("en",), formats=("txt",)))
    (finding,) = pack.findings
    assert (finding.code, finding.severity) == ("no-quorum", "warning")
    assert "1" in finding.message
    assert "2" in finding.message
    assert finding.location
    assert finding.location.line == 14


def test_a_press_release_is_not_packed(root: Path, tmp_path: Path) -> None:
    release = root / "fixtures/gd-hk-ip-17/release.yaml"
    with pytest.raises(IpdocsError) as caught:
        make_pack(release, tmp_path)
    (finding,) = caught.value.findings
    assert finding.code == "no-minutes"
    assert str(release) in finding.hint


@pytest.mark.parametrize(
    "block",
    ['- id: x\n    decision: {en: "A."}', '- id: x\n    restricted: true\n    paragraph: {en: "A."}'],
)
def test_a_release_cannot_have_blocks_of_minutes(tmp_path: Path, block: str) -> None:
    path = tmp_path / "release.yaml"
    head = 'schema: 1\nkind: press-release\nid: r\nissued: 2018-08-21\nlanguages: [en]\ntitle: {en: "T"}\nbody:\n'
    path.write_text(f"{head}  {block}\n", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        open_source(path)
    assert [finding.code for finding in caught.value.findings] == ["not-here"]


def test_a_public_version_cannot_carry_its_source(minutes: Write, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        make_pack(minutes(), tmp_path, BuildRequest(attach_source=True), public=True)
    assert [finding.code for finding in caught.value.findings] == ["source-not-public"]

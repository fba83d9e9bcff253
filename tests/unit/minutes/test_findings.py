"""What is wrong with minutes: each mistake with its message, its place and a way out."""

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
    (
        "ends: 16:00",
        "ends: 14:00",
        "end-before-start",
        "the meeting ends before it begins",
        "write times by the 24-hour clock",
    ),
    (
        "date: 2019-02-19",
        "date: 2018-08-20",
        "meetings-out-of-order",
        "the next meeting is in the past, seen from this one",
        "after",
    ),
    (
        "number: 4, date",
        "number: 3, date",
        "meetings-out-of-order",
        "the next meeting's number does not fit: this one is 3",
        "write 4",
    ),
    (
        "date: 2018-02-20",
        "date: 2018-12-20",
        "meetings-out-of-order",
        "the last meeting is in the future",
        "before",
    ),
    (
        "papers: [plan]",
        "papers: [plane]",
        "unknown-paper",
        "there is no paper 'plane'",
        "did you mean plan?",
    ),
    (
        "presenters: [library]",
        "presenters: [libary]",
        "unknown-office",
        "there is no office 'libary'",
        "did you mean library?",
    ),
    (
        "owner: [library], due: 2018-10-31",
        "owner: [x]",
        "unknown-office",
        "there is no office 'x'",
        "there are library",
    ),
    (
        "owner: [library], due: 2018-10-31",
        "due: 2018-10-31",
        "missing-key",
        "the key 'owner' is missing",
        "add `owner: …`",
    ),
    (
        "owner: [library], due: 2018-10-31",
        "owner: []",
        "bad-value",
        "this list is empty",
        "write at least one",
    ),
    (
        "role: chair}",
        "role: chair, items: [bocks]}",
        "unknown-item",
        "there is no item 'bocks'",
        "did you mean books?",
    ),
    (
        'title: {en: "Plan"',
        'annex: b, title: {en: "Plan"',
        "unknown-annex",
        "there is no annex 'b'",
        "write it under `annexes:`",
    ),
    (
        'item: {heading: {en: "New books", tc: "新書"}, ',
        "item: {",
        "missing-key",
        "this item has no heading",
        "heading: {en",
    ),
    (
        "due: 2018-10-31",
        "due: 2018-10-32",
        "bad-value",
        "there is no day 2018-10-32",
        "2018-08-21",
    ),
    (
        "status: open",
        "status: opened",
        "bad-value",
        "'opened' is not open, in-progress, done or dropped",
        "did you mean open?",
    ),
    (
        "role: chair",
        "role: chair, restricted: true",
        "restricted-post",
        "only a name is restricted",
        "take `restricted` away",
    ),
    (
        "number: 3, date",
        "number: three, date",
        "bad-value",
        "'three' is no whole number",
        "17",
    ),
    (
        "carried: 2/1",
        "carried: two",
        "bad-value",
        "'two' is not a reference, such as 16/4",
        "",
    ),
    (
        "quorum: 1",
        "quorum: all",
        "bad-value",
        "'all' is not a number of members, such as 8",
        "",
    ),
]


@pytest.mark.parametrize(("before", "after", "code", "message", "hint"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_a_mistake_is_told_with_its_place(minutes: Write, before: str, after: str, code: str, message: str, hint: str) -> None:
    path = minutes((before, after))
    with pytest.raises(IpdocsError) as caught:
        open_source(path)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert message in finding.message
    assert hint in str(finding.hint)
    assert finding.location
    assert finding.location.path == path
    assert finding.location.line > 1


def test_nobody_is_both_present_and_absent(minutes: Write) -> None:
    path = minutes(
        ('- {post: {en: "Youth Officer", tc: "青年主任"}}', '- {post: {en: "Chief Librarian", tc: "總館長"}, office: library}')
    )
    with pytest.raises(IpdocsError, match="Chief Librarian is listed as present and as absent") as caught:
        open_source(path)
    (finding,) = caught.value.findings
    assert finding.location
    assert path.read_text("utf-8").splitlines()[finding.location.line - 1].startswith('    - {post: {en: "Chief Librarian"')


def test_a_block_before_the_first_item_belongs_nowhere(minutes: Write) -> None:
    path = minutes(("body:\n", 'body:\n  - id: early\n    paragraph: {en: "Early.", tc: "早。"}\n'))
    with pytest.raises(IpdocsError, match="this block stands before the first item"):
        open_source(path)


def test_a_thin_quorum_is_a_warning_of_the_pack(minutes: Write, tmp_path: Path) -> None:
    made = make_pack(minutes(("quorum: 1", "quorum: 2")), tmp_path, BuildRequest(editions=("en",), formats=("txt",)))
    (finding,) = made.findings
    assert (finding.code, finding.severity) == ("no-quorum", "warning")
    assert finding.message == "1 members were there; the quorum is 2"
    assert finding.location
    assert finding.location.line == 14


def test_another_document_is_no_minutes(root: Path, tmp_path: Path) -> None:
    release = root / "fixtures/gd-hk-ip-17/release.yaml"
    with pytest.raises(IpdocsError, match="this source is not a set of minutes") as caught:
        make_pack(release, tmp_path)
    assert caught.value.findings[0].hint == f"build it with `ipdocs build {release}`"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('- id: x\n    decision: {en: "A."}', "only minutes have a block 'decision'"),
        ('- id: x\n    restricted: true\n    paragraph: {en: "A."}', "only minutes have restricted blocks"),
    ],
)
def test_a_release_has_nothing_of_a_meeting(tmp_path: Path, block: str, message: str) -> None:
    path = tmp_path / "release.yaml"
    head = 'schema: 1\nkind: press-release\nid: r\nissued: 2018-08-21\nlanguages: [en]\ntitle: {en: "T"}\nbody:\n'
    path.write_text(f"{head}  {block}\n", "utf-8")
    with pytest.raises(IpdocsError, match=message):
        open_source(path)


def test_a_public_version_cannot_carry_its_source(minutes: Write, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="a public version cannot carry its source"):
        make_pack(minutes(), tmp_path, BuildRequest(attach_source=True), public=True)

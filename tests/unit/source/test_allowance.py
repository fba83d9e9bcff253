"""A check is allowed with its reason: only the entry is new, and the source reads it."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from ipdocs.source.allowance import allowance_edit
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import update_source

HEAD = """\
# Words before
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]   # both

title: {en: "A title", tc: "題目"}
# The body
body:
"""
REASON = 'the title of a song: "No  no"'
READ = 'the title of a song: "No no"'


def write(path: Path, body: str, head: str = HEAD, newline: str = "\n") -> Path:
    path.write_bytes((head + body).replace("\n", newline).encode())
    return path


def allow(path: Path, block: int | None, code: str = "doubled-word", reason: str = REASON) -> tuple[Source, list[str]]:
    """Allow a check; return the source, and the lines that are new or gone."""
    before = path.read_text("utf-8").splitlines(keepends=True)
    update_source(path, lambda source: SourceChanges(edits=(allowance_edit(source, block, code, reason),)))
    after = path.read_text("utf-8").splitlines(keepends=True)
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    return open_source(path), changed


BODIES = {
    "id first": '  - id: a  # first\n    # about it\n    paragraph: {en: "No no", tc: "不"}\n',
    "no id first": '  - paragraph:\n      en: "No no"\n      tc: "不"\n    id: a\n',
    "hyphen apart": '  -\n    id: a\n    paragraph: {en: "No no", tc: "不"}\n',
    "id at the end": '  - paragraph: {en: "No no", tc: "不"}\n    id: a',
    "no line end": '  - id: a\n    paragraph: {en: "No no", tc: "不"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_block_in_lines_gets_one_line(body: str, newline: str, tmp_path: Path) -> None:
    source, changed = allow(write(tmp_path / "a.yaml", body, newline=newline), 0)
    assert source.document.body[0].allow == {"doubled-word": READ}
    added = [line.strip() for line in changed if line.strip() not in ("-     id: a", "+     id: a")]  # its end of line is new
    assert added == ['+     allow: {doubled-word: "the title of a song: \\"No no\\""}']


def test_block_in_braces_gets_an_entry_in_them(tmp_path: Path) -> None:
    body = '  - {id: a, paragraph: {en: "No no", tc: "不"}}  # end\n  - {id: b, paragraph: {en: "B", tc: "乙"}}\n'
    source, changed = allow(write(tmp_path / "a.yaml", body), 0)
    assert source.document.body[0].allow == {"doubled-word": READ}
    assert len(changed) == 2
    assert changed[1].endswith("}}  # end\n")
    assert source.document.body[1].allow == {}


@pytest.mark.parametrize(
    "allowed",
    [
        'allow: {half-width-punctuation: "so printed"}',
        'allow: {half-width-punctuation: "so printed", }',
        'allow:\n      # why\n      half-width-punctuation: "so printed"',
        "allow: {}",
    ],
)
def test_entry_joins_those_that_are_there(allowed: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", f'  - id: a\n    {allowed}  # kept\n    paragraph: {{en: "No no", tc: "不"}}\n')
    kept = open_source(path).document.body[0].allow
    source, _ = allow(path, 0)
    assert source.document.body[0].allow == {**kept, "doubled-word": READ}
    assert "# kept" in path.read_text("utf-8")


def test_entry_for_the_same_check_gets_the_new_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", '  - id: a\n    allow: {doubled-word: "old"}\n    paragraph: {en: "No no", tc: "不"}\n')
    source, changed = allow(path, 0)
    assert source.document.body[0].allow == {"doubled-word": READ}
    assert len(changed) == 2


@pytest.mark.parametrize("languages", ["languages: [en, tc]   # both\n", "languages:\n  - en\n  - tc  # both\n"])
def test_document_gets_a_line_after_its_languages(languages: str, tmp_path: Path) -> None:
    head = HEAD.replace("languages: [en, tc]   # both\n", languages)
    path = write(tmp_path / "a.yaml", '  - id: a\n    paragraph: {en: "No no", tc: "不"}\n', head)
    source, changed = allow(path, None)
    assert source.document.allow == {"doubled-word": READ}
    assert [line[0] for line in changed] == ["+"]
    assert f"# both\n{changed[0][2:]}" in path.read_text("utf-8")


def test_reason_is_needed(tmp_path: Path) -> None:
    source = open_source(write(tmp_path / "a.yaml", '  - {id: a, paragraph: {en: "No no", tc: "不"}}\n'))
    with pytest.raises(ValueError, match="reason"):
        allowance_edit(source, 0, "doubled-word", " \n")

"""What an approval covers, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ipdocs.localisation.approval import approve, block_digests, changed_blocks, read_block, read_by
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import apply_changes

RELEASE = """\
schema: 1
kind: press-release
id: approved
issued: 2018-08-21
languages: [en, tc]
facts:
  rise: {percent: "3.9"}
  met: {date: 2018-08-21}
title: {en: "A title", tc: "標題"}
contact: {en: {office: {en: "The Office"}, phone: "2961 6800"}, tc: {office: {tc: "辦公室"}, phone: "2961 6800"}}
body:
  - id: lead
    paragraph: {en: "It rose by {{ rise }} on {{ met }}.", tc: "{{ met }}升{{ rise }}。"}
  - id: areas
    list: {items: [{en: "One", tc: "一"}, {en: "Rose {{ rise }}", tc: "升{{ rise }}"}]}
  - boilerplate: expert-group-background
  - id: end
    allow: {word-count: "short"}
    paragraph: {en: "The **end**.", tc: "⟦draft: memory⟧完。"}
"""
BY, AT = "Chan", "2018-08-21T14:10+08:00"


def source_of(tmp_path: Path, text: str, state: str = "") -> Source:
    path = tmp_path / "release.yaml"
    path.write_text(text, "utf-8")
    if state:
        path.with_suffix(".state.yaml").write_text(state, "utf-8")
    return open_source(path, draft=True)


@pytest.fixture
def approved(tmp_path: Path) -> Source:
    source = source_of(tmp_path, RELEASE)
    return apply_changes(source, approve(source, by=BY, at=AT))


def after(approved: Source, old: str, new: str) -> list[str]:
    """Return what has changed since the approval when words of the source are replaced."""
    assert RELEASE.count(old) == 1
    return changed_blocks(source_of(approved.path.parent, RELEASE.replace(old, new), approved.state.text))


def test_nothing_has_changed_right_after_an_approval(approved: Source) -> None:
    assert changed_blocks(approved) == []
    assert [(approval.by, approval.at) for approval in approved.state.approvals] == [(BY, AT)]
    assert list(approved.state.approvals[0].digests) == ["title", "issued", "contact", "lead", "areas", "block-3", "end"]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("It rose by", "It fell by", ["lead"]),
        ('percent: "3.9"', 'percent: "4.1"', ["lead", "areas"]),
        ("date: 2018-08-21", "date: 2018-08-22", ["lead"]),
        ("issued: 2018-08-21", "issued: 2018-08-22", ["issued"]),
        (
            'en: {office: {en: "The Office"}, phone: "2961 6800"}',
            'en: {office: {en: "The Office"}, phone: "2961 6801"}',
            ["contact"],
        ),
        ("**end**", "*end*", ["end"]),
        ("⟦draft: memory⟧完", "完", []),
        ('word-count: "short"', 'word-count: "it is short"', []),
        ("list: {items", "list: {style: number, items", ["areas"]),
        ("  - boilerplate: expert-group-background\n", "", ["block-3"]),
        (
            "  - boilerplate: expert-group-background\n",
            "  - id: new\n    paragraph: {en: 'New', tc: '新'}\n  - boilerplate: expert-group-background\n",
            ["new"],
        ),
        ("body:\n", "body:\n  - id: first\n    paragraph: {en: 'New', tc: '新'}\n", ["first"]),
        ("title: {en:", "title:   {en:", []),
        ("id: lead", "id: opening", ["opening", "lead"]),
    ],
)
def test_changed_blocks_are_named(approved: Source, old: str, new: str, names: list[str]) -> None:
    assert after(approved, old, new) == names


def test_a_moved_block_is_named(approved: Source) -> None:
    lead = RELEASE[RELEASE.index("  - id: lead") : RELEASE.index("  - id: areas")]
    assert after(approved, lead, "") == ["lead"]
    text = RELEASE.replace(lead, "") + lead
    assert changed_blocks(source_of(approved.path.parent, text, approved.state.text)) == ["lead"]


def test_words_made_by_conversion_belong_to_a_block(tmp_path: Path) -> None:
    text = RELEASE.replace("完。", "編制。")
    choice = "choices: [{source: tc, target: sc, text: 編制, form: 编制}]\n"
    other = choice.replace("form: 编制", "form: 編製")
    assert block_digests(source_of(tmp_path, text, choice)) != block_digests(source_of(tmp_path, text, other))


def test_words_become_a_fact_without_a_change(tmp_path: Path) -> None:
    words = source_of(tmp_path, RELEASE.replace("The **end**", "The end at 3.9 per cent"))
    fact = source_of(tmp_path, RELEASE.replace("The **end**", "The end at {{ rise }}"))
    assert block_digests(words) == block_digests(fact)


def test_the_picture_belongs_to_its_block() -> None:
    source = open_source(Path(__file__).parents[2] / "everything/release.yaml", draft=True)
    before = block_digests(source)
    first = next(iter(source.pictures.values()))
    after = block_digests(replace(source, pictures=dict.fromkeys(source.pictures, first)))
    changed = {name for name in before if after[name] != before[name]}
    assert changed
    assert changed <= {"photo", "picture", "chart"}


def test_a_block_is_read_until_its_words_change(tmp_path: Path) -> None:
    source = source_of(tmp_path, RELEASE)
    for block in ("lead", "end"):
        source = apply_changes(source, read_block(source, block, by=BY, at=AT))
    assert list(read_by(source, BY, block_digests(source))) == ["lead", "end"]
    assert read_by(source, "Lee", block_digests(source)) == {}
    changed = source_of(tmp_path, RELEASE.replace("It rose", "It fell"), source.state.text)
    assert list(read_by(changed, BY, block_digests(changed))) == ["end"]


def test_what_a_person_approved_is_read(approved: Source) -> None:
    digests = block_digests(approved)
    assert list(read_by(approved, BY, digests)) == list(digests)
    assert {reading.at for reading in read_by(approved, BY, digests).values()} == {AT}
    assert read_by(approved, "Lee", digests) == {}


def test_an_approval_changes_no_word(tmp_path: Path) -> None:
    source = source_of(tmp_path, RELEASE)
    result = apply_changes(source, approve(source, by=BY, at=AT))
    assert result.text.data == source.text.data
    assert approve(source, by=BY, at=AT).texts == SourceChanges().texts


def test_without_an_approval_nothing_has_changed(tmp_path: Path) -> None:
    assert changed_blocks(source_of(tmp_path, RELEASE)) == []

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.source.edits import splice
from ipdocs.source.file import SourceText
from ipdocs.source.insertion import WIDTH
from ipdocs.source.nodes import read_nodes
from ipdocs.source.replacement import text_edits
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import parse_nodes

BLOCK = """\
# A comment stays.
languages: [en]   # and this one
title:
  en: "A title"   # beside it

body:
  - id: lead
    paragraph:
      en: |
        The first line
        and the second.
  - {id: flow, paragraph: {en: "In braces"}}
  - id: items
    list:
      items:
        - en: "One"
        - en: 'Two'
"""
TITLE, LEAD, FLOW = ("title",), ("body", 0, "paragraph"), ("body", 1, "paragraph")
ITEMS = [("body", 2, "list", "items", 0), ("body", 2, "list", "items", 1)]


def file(text: str = BLOCK) -> SourceText:
    return SourceText(Path("release.yaml"), text)


def write_texts(source: SourceText, texts: dict[tuple[Keys, str], str]) -> str:
    root, findings = parse_nodes(source)
    assert root
    assert not findings
    return splice(source, text_edits(source, root, texts))


def add_texts(source: SourceText, texts: dict[Keys, str], language: str) -> str:
    return write_texts(source, {(keys, language): text for keys, text in texts.items()})


def test_translations_have_the_style_of_the_original() -> None:
    texts = {TITLE: "標題", LEAD: "第一行。", FLOW: "「括號」", ITEMS[0]: 'a "b" \\', ITEMS[1]: "二"}
    assert (
        add_texts(file(), texts, "tc")
        == """\
# A comment stays.
languages: [en, tc]   # and this one
title:
  en: "A title"   # beside it
  tc: "標題"

body:
  - id: lead
    paragraph:
      en: |
        The first line
        and the second.
      tc: |
        第一行。
  - {id: flow, paragraph: {en: "In braces", tc: "「括號」"}}
  - id: items
    list:
      items:
        - en: "One"
          tc: "a \\"b\\" \\\\"
        - en: 'Two'
          tc: "二"
"""
    )


def test_a_language_is_added_once() -> None:
    changed = add_texts(file(BLOCK.replace("[en]", "[en, tc]")), {TITLE: "標題"}, "tc")
    assert changed.count("tc") == 2


def test_a_new_language_gets_its_own_line() -> None:
    source = BLOCK.replace("languages: [en]   # and this one", "languages:\n  - en")
    assert "languages:\n  - en\n  - tc\n" in add_texts(file(source), {TITLE: "標題"}, "tc")


def test_line_ends_of_the_file_are_kept() -> None:
    source = BLOCK.replace("\n", "\r\n").rstrip("\r\n")
    changed = add_texts(file(source), {TITLE: "標題", LEAD: "第一行。", ITEMS[1]: "二"}, "tc")
    assert "\n" not in changed.replace("\r\n", "")
    assert changed.endswith("- en: 'Two'\r\n          tc: \"二\"")


def test_long_chinese_is_broken_after_clauses() -> None:
    text = "粵港保護知識產權合作專責小組{{ meeting | ordinal }}次會議{{ met | day }}在{{ city }}舉行，" * 4 + "完。"
    changed = add_texts(file(), {LEAD: text}, "tc")
    lines = changed.split("tc: |\n")[1].split("  - {id")[0].splitlines()
    assert len(lines) > 2
    assert all(line.startswith("        ") and len(line) < WIDTH for line in lines)
    assert all(line.endswith("，") for line in lines[:-1])
    assert all(line.count("{{") == line.count("}}") for line in lines)


def test_a_line_break_in_a_text_is_kept() -> None:
    changed = add_texts(file(), {LEAD: "一行\n另一行", TITLE: "甲\n乙"}, "tc")
    assert "        一行\\\n        另一行\n" in changed
    assert 'tc: "甲\\n乙"' in changed


def read_back(source: str, language: str) -> dict[tuple[str | int, ...], str]:
    nodes, findings = read_nodes(file(source))
    assert nodes
    assert not findings
    return {
        TITLE: nodes.data["title"][language],
        LEAD: nodes.data["body"][0]["paragraph"][language],
        FLOW: nodes.data["body"][1]["paragraph"][language],
    }


words = st.text(alphabet="粵港，。、「」a B1-{}*[]()\"'\\:#&!|%@`~⟦⟧　○", min_size=1, max_size=200).filter(
    lambda text: text.strip() == text and text != ""
)


@settings(deadline=None)
@given(words, st.sampled_from([TITLE, LEAD, FLOW]))
def test_any_text_reads_back(text: str, place: tuple[str | int, ...]) -> None:
    texts = {TITLE: "標題", LEAD: "第一行。", FLOW: "括號"} | {place: text}
    changed = add_texts(file(), texts, "tc")
    assert read_back(changed, "tc") == texts
    unchanged = [line for line in changed.replace(", tc", "").splitlines() if line in BLOCK.splitlines()]
    assert set(BLOCK.splitlines()) - set(unchanged) <= {'  - {id: flow, paragraph: {en: "In braces"}}'}


@pytest.mark.parametrize("form", ['tc: "⟦draft: same⟧標題"', "tc: |\n    ⟦draft: same⟧標題", "tc: '⟦draft: same⟧標題'"])
def test_only_the_mark_of_a_draft_is_removed(form: str) -> None:
    source = BLOCK.replace('  en: "A title"   # beside it', f'  en: "A title"   # beside it\n  {form}')
    assert write_texts(file(source), {(TITLE, "tc"): "標題"}) == source.replace("⟦draft: same⟧", "")

"""Formatting: what `ipdocs format` adds, and what the author has to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.file import SourceText
from ipdocs.source.format import format_text
from ipdocs.workspace import Workspace

HEAD = "schema: 1\nkind: press-release\nid: x\nissued: 2018-08-22\nlanguages: [en, tc]\n"


def formatted(source: str) -> str:
    text, findings = format_text(SourceText(Path("a.yaml"), HEAD + source), Workspace())
    assert not findings
    return text.removeprefix(HEAD)


def formatted_with_finding(source: str) -> tuple[str, Finding]:
    text, (finding,) = format_text(SourceText(Path("a.yaml"), HEAD + source), Workspace())
    return text.removeprefix(HEAD), finding


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("title: {en: A title, tc: 標題}\n", 'title: {en: "A title", tc: "標題"}\n'),
        ("title:\n  en: It's so   # \n", None),
        ('title:\n  en: The "Forum"\n', "title:\n  en: 'The \"Forum\"'\n"),
        ('title:\n  en: It\'s the "Forum" \\ so\n', 'title:\n  en: "It\'s the \\"Forum\\" \\\\ so"\n'),
        ("title:\n  en: A title\n    over lines\n", 'title:\n  en: "A title\n    over lines"\n'),
    ],
)
def test_plain_text_gets_quotes(source: str, expected: str | None) -> None:
    if expected is None:
        assert formatted_with_finding(source)[0] == source
    else:
        assert formatted(source) == expected


def test_other_values_stay_plain() -> None:
    source = 'facts: {met: {date: 2018-08-21}, city: {text: {en: "G", tc: "廣"}}}\nreference: {en: EX 1, tc: 示 1}\n'
    assert formatted(source) == source


def test_words_cut_off_by_a_comma_are_a_finding() -> None:
    with pytest.raises(IpdocsError) as raised:
        formatted("title: {en: Guangdong, Hong Kong}\n")
    (finding,) = raised.value.findings
    assert finding.code == "unquoted-text"
    assert "'Hong Kong'" in finding.message
    assert finding.hint == 'en: "…, Hong Kong"'


def test_a_text_before_a_comment_is_a_finding() -> None:
    text, finding = formatted_with_finding("title:\n  en: Meeting # 17\n  tc: 標題\n")
    assert text == 'title:\n  en: Meeting # 17\n  tc: "標題"\n'
    assert finding.code == "unquoted-text"
    assert str(finding.location) == "a.yaml:7:15"


def test_blocks_get_ids_from_kind_position_and_words() -> None:
    source = """body:
  # the lead
  - paragraph: {en: "One", tc: "一"}
  - {paragraph: {en: "Two", tc: "二"}}
  -   only: en   # kept
      heading: {en: "Key projects of the coming year"}
  - heading: {tc: "標題"}
    only: tc
  - boilerplate: expert-group-background
  - id: list-1
    rule: true
  - list: {items: []}
"""
    assert (
        formatted(source)
        == """body:
  # the lead
  - id: lead
    paragraph: {en: "One", tc: "一"}
  - {id: paragraph-2, paragraph: {en: "Two", tc: "二"}}
  -   id: key-projects-of-the
      only: en   # kept
      heading: {en: "Key projects of the coming year"}
  - id: heading-2
    heading: {tc: "標題"}
    only: tc
  - boilerplate: expert-group-background
  - id: list-1
    rule: true
  - id: list-2
    list: {items: []}
"""
    )


def test_a_new_id_is_never_the_name_of_a_fact() -> None:
    assert "id: paragraph-1" in formatted('facts: {lead: {integer: 1}}\nbody: [{paragraph: {en: "One", tc: "一"}}]\n')


def test_line_ends_and_byte_order_mark_are_kept() -> None:
    source = ("\ufeff" + HEAD + 'body:\n- paragraph: {en: "One", tc: "一"}\n').replace("\n", "\r\n")
    text, _ = format_text(SourceText(Path("a.yaml"), source), Workspace())
    assert text == source.replace("- paragraph", "- id: lead\r\n  paragraph")


def test_a_boilerplate_section_gets_quotes_but_no_ids() -> None:
    source = "schema: 1\nkind: boilerplate\nid: x\nbody:\n- paragraph: {en: Words}\n"
    text, _ = format_text(SourceText(Path("a.yaml"), source), Workspace())
    assert text == source.replace("Words", '"Words"')

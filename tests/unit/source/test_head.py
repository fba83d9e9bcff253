"""Change the fields of the head of a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.file import SourceText
from ipdocs.source.head import head_value, set_head
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.update import apply_changes
from ipdocs.workspace import Workspace

_SOURCE = """\
# A release
schema: 1
kind: press-release
id: example
issued: 2018-08-21  # the day
languages: [en, tc]
title: {en: "Title", tc: "標題"}
reference: {en: "EX 1", tc: "示 1"}

body:
  - id: lead
    paragraph: {en: "Text.", tc: "文字。"}
contact:
  # Ask here.
  office: {en: "Press Office", tc: "新聞組"}
  phone: "2961 6800"
"""


def _changed(key: str, value: Any, text: str = _SOURCE) -> str:
    source = _parse(text)
    changed = apply_changes(source, set_head(source, tuple(key.split(".")), value))
    assert head_value(changed, tuple(key.split("."))) == value
    return changed.text.text


def _parse(text: str) -> Source:
    path = Path("/nowhere/example.yaml")
    return parse_source(SourceText(path, text), SourceContext(path, Workspace()), draft=True)


def _new_lines(key: str, value: Any) -> list[str]:
    old = _SOURCE.splitlines()
    return [line for line in _changed(key, value).splitlines() if line not in old]


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("issued", "2018-08-22T18:30+08:00", 'issued: "2018-08-22T18:30+08:00"  # the day'),
        ("contact.phone", "2961 4500", '  phone: "2961 4500"'),
        ("contact.email", "a@example.org", '  email: "a@example.org"'),
        ("reference.tc", "示 2", 'reference: {en: "EX 1", tc: "示 2"}'),
        ("style", "legco", "style: legco"),
        ("classification", "restricted", "classification: restricted"),
    ],
)
def test_one_field_changes_one_line(key: str, value: str, line: str) -> None:
    assert _new_lines(key, value) == [line]


def test_new_field_is_written_before_the_body() -> None:
    lines = _changed("embargo", "2018-08-23").splitlines()
    assert lines.index("embargo: 2018-08-23") == lines.index("languages: [en, tc]") + 1


def test_missing_mappings_around_a_field_are_added() -> None:
    assert _new_lines("on-behalf-of.en", "The Board") == ["on-behalf-of:", '  en: "The Board"']


def test_field_is_removed_with_what_would_be_empty() -> None:
    text = _changed("on-behalf-of.en", None, _changed("on-behalf-of.en", "The Board"))
    assert text == _SOURCE


def test_field_of_several_is_removed_alone() -> None:
    assert _changed("contact.phone", None) == _SOURCE.replace('  phone: "2961 6800"\n', "")


def test_languages_change_their_order() -> None:
    assert "languages:\n  - tc\n  - en\n" in _changed("languages", ["tc", "en"])


def test_entry_is_put_into_a_list_and_taken_out_again() -> None:
    text = _changed("domains", ["law", "ip"], _changed("domains", ["law"]))
    assert "domains:\n  - law\n  - ip\n" in text
    assert _changed("domains", ["ip"], text) == text.replace("  - law\n", "")


def test_value_in_brackets_can_become_a_record() -> None:
    text = _changed("reference", "EX 3")
    assert 'reference: "EX 3"' in text.splitlines()


def test_invalid_value_is_refused_with_a_finding() -> None:
    source = _parse(_SOURCE)
    with pytest.raises(IpdocsError) as refused:
        apply_changes(source, set_head(source, ("issued",), "21/8"))
    assert [finding.code for finding in refused.value.findings] == ["bad-value"]


def test_required_field_cannot_be_removed() -> None:
    source = _parse(_SOURCE)
    with pytest.raises(IpdocsError) as refused:
        apply_changes(source, set_head(source, ("issued",), None))
    assert [finding.code for finding in refused.value.findings] == ["missing-key"]

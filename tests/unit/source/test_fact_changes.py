"""Facts added, changed, renamed and removed: only the lines concerned differ, and confirmations stay where words stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.findings import IpdocsError
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.fact_changes import delete_fact, keep_fact, put_fact, rename_fact, uses_of_fact
from ipdocs.source.file import SourceText
from ipdocs.source.inherited import inherit_facts, inherited_facts
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.update import apply_changes
from ipdocs.workspace import Workspace

PATH = Path("release.yaml")
HEAD = "schema: 1\nkind: press-release\nid: any\nissued: 2018-08-22\nlanguages: [en, tc]\n"
FACTS = """\
facts:
  # the day
  held: {date: 2018-08-21}  # checked
  firms:
    integer: 14
  city: {text: {en: "A", tc: "甲"}}
"""
BODY = """\
title: {en: "A title", tc: "標題"}
body:
- id: lead
  paragraph:
    en: "Held on {{ held | day }} with {{firms}} firms; \\\\{{ held \\\\}\\\\} firms{{ firms | number }}."
    tc: "{{ held | day }}舉行，{{ firms | number }}間公司。"
"""


def parsed(facts: str = FACTS, body: str = BODY, newline: str = "\n") -> Source:
    text = (HEAD + facts + body).replace("\n", newline)
    return parse_source(SourceText(PATH, text), SourceContext(PATH, Workspace()), draft=True)


def changed_lines(before: Source, after: Source) -> list[tuple[str, str]]:
    return [
        (old, new)
        for old, new in zip(before.text.text.splitlines(True), after.text.text.splitlines(True), strict=True)
        if old != new
    ]


def code_of(error: pytest.ExceptionInfo[IpdocsError]) -> str:
    return error.value.findings[0].code


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_value_changes_one_line(newline: str) -> None:
    source = parsed(newline=newline)
    after = apply_changes(source, put_fact(source, "held", "date", "2018-08-23"))
    old, new = "  held: {date: 2018-08-21}  # checked", "  held: {date: 2018-08-23}  # checked"
    assert changed_lines(source, after) == [(old + newline, new + newline)]


def test_a_new_type_changes_the_key_of_the_value() -> None:
    source = parsed()
    after = apply_changes(source, put_fact(source, "firms", "decimal", "14.5"))
    assert changed_lines(source, after) == [("    integer: 14\n", "    decimal: 14.5\n")]


def test_a_new_fact_stands_after_the_last_one() -> None:
    source = parsed()
    after = apply_changes(source, put_fact(source, "tel", "phone", "+852 2961 6800"))
    line = '  tel: {phone: "+852 2961 6800"}\n'
    assert after.text.text == HEAD + FACTS + line + BODY


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("", "facts:\n  share: {percent: 3.9}\n"),
        ("facts: {}\n", "facts: {share: {percent: 3.9}}\n"),
        ("facts: {n: {integer: 1}}  # x\n", "facts: {n: {integer: 1}, share: {percent: 3.9}}  # x\n"),
        (
            "facts:\n  n:\n    date: 2018-08-21\n  # rest\n",
            "facts:\n  n:\n    date: 2018-08-21\n  share: {percent: 3.9}\n  # rest\n",
        ),
    ],
)
def test_a_new_fact_is_written_as_the_others_are(facts: str, expected: str) -> None:
    body = 'title: {en: "A", tc: "甲"}\nbody: []\n'
    source = parsed(facts, body)
    title, rest = body.splitlines(True)
    after = apply_changes(source, put_fact(source, "share", "percent", "3.9")).text.text
    assert after == (HEAD + title + expected + rest if not facts else HEAD + expected + body)


def test_a_name_is_changed_in_every_language() -> None:
    source = parsed()
    after = apply_changes(source, rename_fact(source, "firms", "companies"))
    body = BODY.replace("{{firms}}", "{{companies}}").replace("{{ firms | number }}", "{{ companies | number }}")
    assert after.text.text == HEAD + FACTS.replace("firms", "companies") + body


def test_confirmations_survive_a_new_name() -> None:
    source = parsed()
    confirmed = apply_changes(source, SourceChanges(bases={("lead", "tc"): Confirmation("A", "2018-08-22")}))
    renamed = apply_changes(confirmed, rename_fact(confirmed, "firms", "companies"))
    back = apply_changes(renamed, rename_fact(renamed, "companies", "firms"))
    assert back.text.text == source.text.text
    assert back.state.bases == confirmed.state.bases
    assert "companies" in renamed.state.bases["lead", "tc"].texts[0]


def test_a_used_fact_cannot_be_deleted() -> None:
    source = parsed()
    with pytest.raises(IpdocsError) as error:
        delete_fact(source, "held")
    assert code_of(error) == "fact-in-use"
    assert [language for _, language, _ in uses_of_fact(source, "firms")] == ["en", "en", "tc"]


@pytest.mark.parametrize(
    ("facts", "name", "expected"),
    [
        ("facts:\n  a: {integer: 1}\n  # of b\n  b:\n    integer: 2\n", "a", "facts:\n  # of b\n  b:\n    integer: 2\n"),
        ("facts:\n  a: {integer: 1}\n  b:\n    integer: 2\n", "b", "facts:\n  a: {integer: 1}\n"),
        ("facts: {a: {integer: 1}, b: {integer: 2}}\n", "a", "facts: {b: {integer: 2}}\n"),
        ("facts: {a: {integer: 1}, b: {integer: 2}}\n", "b", "facts: {a: {integer: 1}}\n"),
        ("facts:\n  a: {integer: 1}\n", "a", ""),
        ("facts: {a: {integer: 1}}\n", "a", ""),
    ],
)
def test_an_unused_fact_is_taken_out(facts: str, name: str, expected: str) -> None:
    body = 'title: {en: "A", tc: "甲"}\nbody: []\n'
    source = parsed(facts, body)
    assert apply_changes(source, delete_fact(source, name)).text.text == HEAD + expected + body


def test_a_name_in_use_is_refused() -> None:
    with pytest.raises(IpdocsError) as error:
        rename_fact(parsed(), "firms", "city")
    assert code_of(error) == "name-taken"


def test_a_wrong_value_is_refused_where_it_stands() -> None:
    source = parsed()
    with pytest.raises(IpdocsError) as error:
        apply_changes(source, put_fact(source, "held", "date", "2018-02-30"))
    assert [(finding.code, finding.location and finding.location.line) for finding in error.value.findings] == [("bad-value", 8)]


def test_a_fact_is_inherited_until_its_value_changes_or_is_kept() -> None:
    source = parsed()
    source = apply_changes(source, inherit_facts(source))
    assert inherited_facts(source) == ["held", "firms", "city"]
    source = apply_changes(source, put_fact(source, "held", "date", "2019-08-21"))
    source = apply_changes(source, keep_fact(source, "city"))
    assert inherited_facts(source) == ["firms"]
    edited = parse_source(
        SourceText(PATH, source.text.text.replace("integer: 14", "integer: 15")),
        SourceContext(PATH, Workspace(), source.state),
        draft=True,
    )
    assert inherited_facts(edited) == []


@given(st.text("abc {}|\\*x", max_size=20), st.text("abc {}|\\*x", max_size=20))
def test_only_expressions_are_renamed(before: str, after: str) -> None:
    body = 'title: {en: "A", tc: "甲"}\nbody: [{id: b, paragraph: {en: "x {{ a | number }} y", tc: "甲"}}]\n'
    words = (before + "{{ a | number }}" + after).replace("\\", "\\\\")
    try:
        source = parsed("facts: {a: {integer: 3}}\n", body.replace("x {{ a | number }} y", words))
    except IpdocsError:
        return
    renamed = apply_changes(source, rename_fact(source, "a", "bb"))
    assert len([*uses_of_fact(renamed, "bb")]) == len([*uses_of_fact(source, "a")]) > 0
    assert apply_changes(renamed, rename_fact(renamed, "bb", "a")).text.text == source.text.text

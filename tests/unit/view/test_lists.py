"""Numbers and endings of lists and inner lists."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ipdocs import localise, open_source
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

HEAD = """\
schema: 1
kind: press-release
id: small
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
body:
"""

NESTED = """\
  - id: plan
    list:
      style: number
      intro: {en: "The plan has three parts:", tc: "計劃分為三部分："}
      items:
        - text: {en: "enforcement, namely", tc: "執法，包括"}
          list:
            style: letter
            items:
              - {en: "intelligence", tc: "情報"}
              - text: {en: "operations against", tc: "行動，對象為"}
                list: {style: roman, items: [{en: "piracy", tc: "盜版"}, {en: "fakes", tc: "冒牌貨"}]}
        - text: {en: "education:", tc: "教育："}
          list: {items: [{en: "schools", tc: "學校"}, {en: "firms", tc: "企業"}]}
        - {en: "training", tc: "培訓"}
"""


def lists(body: str, code: str, folder: Path, head: str = "") -> list[Any]:
    path = folder / "release.yaml"
    path.write_text(head + HEAD + body, "utf-8")
    view = localise(open_source(path, Workspace()), language(code, Workspace()))
    return [block.list for block in view.document.body if block.kind == "list"]


def words_of(items: Any) -> list[Any]:
    """Return the texts of the items of a list, with inner lists as lists."""
    words: list[Any] = []
    for item in items.items:
        words += [str(item.text), words_of(item.list)] if isinstance(item, SimpleNamespace) else [str(item)]
    return words


def test_inner_items_have_the_ending_of_the_outer_item(tmp_path: Path) -> None:
    (plan,) = lists(NESTED, "en", tmp_path)
    inner = ["intelligence; and", "operations against:", ["piracy; and", "fakes;"]]
    assert words_of(plan) == ["enforcement, namely:", inner, "education:", ["schools; and", "firms; and"], "training."]


@pytest.mark.parametrize("code", ["tc", "sc"])
def test_inner_items_in_chinese_have_the_outer_ending(code: str, tmp_path: Path) -> None:
    (plan,) = lists(NESTED, code, tmp_path)
    inner = ["情報；及", "行動，對象為：", ["盜版；及", "冒牌貨；"]]
    expected = ["執法，包括：", inner, "教育：", ["學校；及", "企業；及"], "培訓。"]
    assert words_of(plan)[-3:] == (expected[-3:] if code == "tc" else ["教育：", ["学校；及", "企业；及"], "培训。"])
    assert code != "tc" or words_of(plan) == expected


def test_last_inner_item_ends_the_whole_list(tmp_path: Path) -> None:
    (plan,) = lists(NESTED.replace('        - {en: "training", tc: "培訓"}\n', ""), "en", tmp_path)
    assert words_of(plan)[-1] == ["schools; and", "firms."]
    assert words_of(plan)[1][-1] == ["piracy; and", "fakes; and"]


@pytest.mark.parametrize(
    ("text", "intro", "items"),
    [
        ("Exchanges", "", ["spring", "autumn"]),
        ("Members agreed to:", "", ["spring; and", "autumn."]),
        ("Exchanges", 'intro: {en: "To be held in", tc: "舉行："}, ', ["spring; and", "autumn."]),
    ],
)
def test_inner_list_is_introduced_by_its_intro_or_a_colon(text: str, intro: str, items: list[str], tmp_path: Path) -> None:
    within = f'{{{intro}items: [{{en: "spring", tc: "春季"}}, {{en: "autumn", tc: "秋季"}}]}}'
    body = f'  - id: plan\n    list:\n      items:\n        - {{text: {{en: "{text}", tc: "交流"}}, list: {within}}}\n'
    assert words_of(*lists(body, "en", tmp_path)) == [text, items]


def test_inner_list_with_an_intro_keeps_the_outer_text(tmp_path: Path) -> None:
    body = NESTED.replace("list: {items: [{en", 'list: {intro: {en: "For:", tc: "對象："}, items: [{en', 1).replace(
        'text: {en: "education:"', 'text: {en: "Education"'
    )
    assert words_of(*lists(body, "en", tmp_path))[2:4] == ["Education", ["schools; and", "firms; and"]]


@pytest.mark.parametrize("written", ["one; and", "one; or", "one, and", "one.", "one:", "one?", "(One.)", "one;[^n]"])
def test_item_with_an_ending_gets_no_other(written: str, tmp_path: Path) -> None:
    body = f"""\
  - id: plan
    list: {{intro: {{en: "Two:", tc: "兩項："}}, items: [{{en: "{written}", tc: "一"}}, {{en: "two", tc: "二"}}]}}
  - id: n
    footnotes: {{n: {{en: "A note", tc: "註釋"}}}}
"""
    assert words_of(*lists(body, "en", tmp_path))[0].removesuffix("A note") == written.removesuffix("[^n]")


def test_ending_stays_with_the_last_word(tmp_path: Path) -> None:
    (plan,) = lists(NESTED, "en", tmp_path)
    assert str(plan.items[1].list.items[0].__html__()) == "schools;\u00a0and"


def test_end_of_a_note_is_not_the_end_of_its_item(tmp_path: Path) -> None:
    body = """\
  - id: plan
    list: {intro: {en: "Two:", tc: "兩項："}, items: [{en: "one[^n]", tc: "一"}, {en: "two", tc: "二"}]}
  - id: n
    footnotes: {n: {en: "A note.", tc: "註釋。"}}
"""
    ((first, _),) = [items.items for items in lists(body, "en", tmp_path)]
    assert str(first.__html__()) == 'one<span class="footnote">A note.</span>;\u00a0and'


def test_inner_lists_restart_and_continue(tmp_path: Path) -> None:
    item = '{{text: {{en: "A", tc: "甲"}}, list: {{style: letter, {0}items: [{{en: "B", tc: "乙"}}]}}}}'
    first, second = (item.format("") + ", " + item.format("start: 4, "), item.format("after: one, "))
    body = f"  - id: one\n    list: {{style: number, items: [{first}]}}\n"
    body += f"  - id: two\n    list: {{style: number, after: one, items: [{second}]}}\n"
    first_list, second_list = lists(body, "en", tmp_path)
    assert [first_list.first, *(item.list.first for item in first_list.items)] == [1, 1, 4]
    assert [second_list.first, *(item.list.first for item in second_list.items)] == [3, 3]


ENUMERATION = """\
  - id: plan
    list:
      style: enumeration
      items:
        - text: {en: "sea", tc: "海上"}
          list: {style: enumeration, items: [{en: "north", tc: "北面"}]}
        - text: {en: "land", tc: "陸上"}
          list: {style: letter, items: [{en: "roads", tc: "道路"}]}
"""


@pytest.mark.parametrize(
    ("style", "code", "expected"),
    [
        ("gia", "en", [("number", "(1)"), ("letter", "(a)"), ("letter", "(a)")]),
        ("gia", "tc", [("number", "（一）"), ("roman", "（i）"), ("letter", "(a)")]),
        ("legco", "en", [("letter", "(a)"), ("roman", "(i)"), ("letter", "(a)")]),
        ("legco", "tc", [("number", "(一)"), ("roman", "(i)"), ("letter", "(a)")]),
    ],
)
def test_an_enumeration_takes_the_markers_of_its_levels(
    tmp_path: Path, style: str, code: str, expected: list[tuple[str, str]]
) -> None:
    (plan,) = lists(ENUMERATION, code, tmp_path, f"style: {style}\n")
    assert [(one.style, one.marker) for one in (plan, *(item.list for item in plan.items))] == expected


def test_bullets_have_no_marker(tmp_path: Path) -> None:
    (plan,) = lists('  - id: plan\n    list: {items: [{en: "sea", tc: "海"}]}\n', "tc", tmp_path)
    assert (plan.style, plan.marker) == ("bullet", "")

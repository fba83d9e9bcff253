"""Numbering of minutes: sections, paragraphs, decisions and actions, equal in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.minutes.extract import select_item
from ipdocs.minutes.pack import make_pack
from ipdocs.model.minutes import Minutes
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source
from ipdocs.templating.template import render_fragment
from ipdocs.workspace import Workspace

Write = Callable[..., Path]


def localised(path: Path, code: str = "en") -> LocalisedDocument:
    return localise(open_source(path), language(code, Workspace()))


def numbers(minutes: LocalisedDocument) -> dict[str, int]:
    kinds = ("paragraph", "list", "decision", "action")
    return {block.id: block.number for block in minutes.document.body if block.kind in kinds}


def test_paragraphs_are_numbered_across_all_items(minutes: Write) -> None:
    assert numbers(localised(minutes())) == {"old-action": 2, "said": 3, "kinds": 4, "agreed": 5, "buy": 6}


def test_standing_items_with_text_have_a_number(minutes: Write) -> None:
    english = localised(minutes())
    stated = {block.id: block.number for block in english.document.body if block.kind == "item"}
    assert stated == {"confirmation": 1, "matters": 1, "books": 2, "closing": 7}
    assert english.document.closing == 8


def test_without_a_last_meeting_nothing_is_confirmed(minutes: Write) -> None:
    path = minutes(("previous: {number: 2, date: 2018-02-20}\n", ""))
    assert numbers(localised(path))["old-action"] == 1


@pytest.mark.parametrize("only", ["en", "tc"])
def test_a_block_missing_in_a_language_is_counted_in_it(minutes: Write, only: str) -> None:
    texts = '{en: "Members considered the plan.", tc: "委員審議計劃。"}'
    path = minutes((f"paragraph: {texts}", f'only: {only}\n    paragraph: {{{only}: "x 字"}}'))
    assert {numbers(localised(path, code))["agreed"] for code in ("en", "tc", "sc")} == {5}


def test_a_list_without_introduction_has_no_number(minutes: Write) -> None:
    path = minutes(('      intro: {en: "They named:", tc: "他們提出："}\n', ""))
    assert numbers(localised(path)) == {"old-action": 2, "said": 3, "kinds": 3, "agreed": 4, "buy": 5}
    page = render_fragment(localised(path))
    assert re.findall('class="numbered[^>]* start="([0-9]+)">', page) == [*"234567"]
    assert re.search(r'<div data-block="kinds" [^>]*class="numbered"><ol type="a" data-marker="\(a\)">', page)


def test_references_begin_with_the_number_of_the_meeting(minutes: Write) -> None:
    blocks = {block.id: block for block in localised(minutes()).document.body}
    assert (blocks["agreed"].reference, blocks["buy"].reference) == ("3/1", "3/1")


def test_an_action_carried_over_is_not_counted_again(minutes: Write) -> None:
    blocks = {block.id: block for block in localised(minutes(("carried: 2/1, ", ""))).document.body}
    assert (blocks["old-action"].reference, blocks["buy"].reference) == ("3/1", "3/2")


def test_annexes_are_lettered_in_their_order(minutes: Write) -> None:
    title = '{en: "T", tc: "題"}'
    annexes = "".join(f"  - {{id: a{number}, title: {title}, file: a.pdf}}\n" for number in range(28))
    document = open_source(minutes(("body:\n", f"annexes:\n{annexes}body:\n"))).document
    assert isinstance(document, Minutes)
    labels = [str(annex.label) for annex in document.annexes]
    assert labels[:3] + labels[25:] == ["A", "B", "C", "Z", "AA", "AB"]


def test_an_explicit_label_of_an_annex_is_kept(minutes: Write) -> None:
    annex = '  - {id: a, label: II, title: {en: "T", tc: "題"}, file: a.pdf}\n'
    document = open_source(minutes(("body:\n", f"annexes:\n{annex}body:\n"))).document
    assert isinstance(document, Minutes)
    assert document.annexes[0].label == "II"


@pytest.mark.parametrize("item", ["3", "books"])
def test_an_extract_keeps_the_numbers_of_the_full_minutes(minutes: Write, item: str) -> None:
    part = select_item(localised(minutes()), item)
    assert [block.id for block in part.document.body] == ["books", "said", "kinds", "heading", "agreed", "buy", "note"]
    assert numbers(part) == {"said": 3, "kinds": 4, "agreed": 5, "buy": 6}


def test_texts_can_use_facts_of_the_meeting(minutes: Write) -> None:
    text = "{{ meeting | ordinal }} {{ held | date }} {{ begins | time }} {{ next_meeting | ordinal }} {{ previous_held | date }}"
    path = minutes(('en: "Members considered the plan."', f'en: "{text}"'))
    (paragraph,) = [block for block in localised(path).document.body if block.id == "said"]
    assert str(paragraph.paragraph) == "3rd 21 August 2018 2:30 pm 4th 20 February 2018"


def test_the_number_of_a_paper_is_converted(minutes: Write) -> None:
    path = minutes(("第3/1號文件", "專責小組第3/1號文件"))
    assert str(localised(path, "sc").document.papers[0].number) == "专责小组第3/1号文件"


def test_a_list_with_a_restricted_introduction_keeps_its_number(minutes: Write, tmp_path: Path) -> None:
    path = minutes(('{en: "They named:", tc: "他們提出："}', '{en: "They named:", tc: "他們提出：", restricted: true}'))
    request = BuildRequest(editions=("en",), formats=("txt",))
    list_numbers = []
    for public in (False, True):
        pack = make_pack(path, tmp_path / "out", request, public=public)
        text = next(file for file in pack.files if ".minutes." in file.name).read_text("utf-8")
        list_numbers.append(re.findall(r"^ *[(]([0-9]+)[)]", text, re.MULTILINE))
    assert list_numbers[0] == list_numbers[1] == [str(number) for number in range(1, len(list_numbers[0]) + 1)]

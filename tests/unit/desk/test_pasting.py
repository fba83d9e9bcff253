"""Words of Word, Google Docs and spreadsheets pasted into a document: blocks, one text, cells, or beside another language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError
from ipdocs.desk.insertions import paste, recurring

CLIPBOARD = Path(__file__).parents[2] / "desk" / "clipboard"
RELEASE = """\
schema: 1
kind: press-release
id: held
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
  - id: lead
    paragraph: {en: "The department opened 12 centres.", tc: "署方開設12個中心。"}
  - id: why
    heading: {en: "Why it matters"}
  - id: more
    paragraph: {en: "In all, 345 people came on 3 May 2019."}
  - id: areas
    list: {items: [{en: "Training"}, {en: "Enforcement"}]}
"""


@pytest.fixture
def held(tmp_path: Path) -> HeldDocument:
    path = tmp_path / "workspace" / "release.yaml"
    path.parent.mkdir()
    path.write_bytes(RELEASE.encode())
    return HeldDocument("release.yaml", path, tmp_path / "journals", lambda event: None)


def pasted(held: HeldDocument, name: str = "", place: str = "lead.paragraph", lang: str = "en", **more: str) -> dict[str, Any]:
    html = (CLIPBOARD / name).read_text("utf-8") if name else ""
    return paste({"html": html, "place": place, "lang": lang, "text": "", **more}, held)


def test_word_gives_paragraphs_headings_and_lists(held: HeldDocument) -> None:
    answer = pasted(held, "word.html")
    assert [block["kind"] for block in answer["blocks"]] == ["heading", "paragraph", "list", "paragraph"]
    heading, paragraph, items, last = (block["value"] for block in answer["blocks"])
    assert heading == {"heading": {"en": "New measures"}}
    assert paragraph == {"paragraph": {"en": "The scheme **starts** on *1 June*."}}
    assert [item["en"] for item in items["list"]["items"]] == ["Advice to companies", "Training"]
    assert last == {"paragraph": {"en": "See [the website](https://example.org/scheme)."}}
    assert {message["text"] for message in answer["dropped"]} == {"colours", "fonts and sizes", "underlining"}


def test_google_docs_gives_paragraphs_and_lists(held: HeldDocument) -> None:
    answer = pasted(held, "google-docs.html")
    assert [block["kind"] for block in answer["blocks"]] == ["heading", "paragraph", "list"]
    assert answer["blocks"][1]["value"] == {"paragraph": {"en": "The scheme **starts** on *1 June*."}}
    assert answer["blocks"][2]["value"]["list"]["style"] == "number"


def test_a_table_is_a_grid(held: HeldDocument) -> None:
    answer = pasted(held, html="<table><tr><td>Year</td><td>Visitors</td></tr><tr><td>2018</td><td>1,200</td></tr></table>")
    assert answer["grid"] == [["Year", "Visitors"], ["2018", "1,200"]]
    assert answer["blocks"][0]["kind"] == "table"


def test_pasted_blocks_are_put_in_as_one_step(held: HeldDocument) -> None:
    blocks = [block["value"] for block in pasted(held, "word.html")["blocks"]]
    notes = [{"paragraph": {"en": "Called[^a]."}}, {"footnotes": {"a": {"en": "The note."}}}]
    for number, change in enumerate([blocks, notes, notes]):
        step = {"type": "paste", "after": "lead", "blocks": change}
        held.step({"id": f"step-{number}", "tab": "tab", "changes": [step]})
    text = held.path.read_text("utf-8")
    assert text.count("[^note-1]") == text.count("[^note-2]") == 1
    assert '  - id: new-measures\n    heading:\n      en: "New measures"\n' in text
    for number in range(3):
        held.undo({"tab": "tab", "id": f"undo-{number}"})
    assert held.path.read_text("utf-8") == RELEASE
    with pytest.raises(DeskError):
        held.step({"id": "bad", "tab": "tab", "changes": [{"type": "paste", "after": None, "blocks": [{"figure": {}}]}]})


def test_chinese_stands_beside_the_english_that_lacks_it(held: HeldDocument) -> None:
    html = "<h2>為何重要</h2><p>二○一九年五月三日共有345人出席。</p><ul><li>培訓</li><li>執法</li></ul>"
    answer = pasted(held, html=html, place="why.heading", lang="tc")
    assert answer["beside"] == {
        "from": "en",
        "places": [
            {"place": "why.heading", "text": "為何重要"},
            {"place": "more.paragraph", "text": "二○一九年五月三日共有345人出席。"},
            {"place": "areas.list.items.0", "text": "培訓"},
            {"place": "areas.list.items.1", "text": "執法"},
        ],
    }
    assert pasted(held, html=html, place="lead.paragraph", lang="tc")["beside"] is None
    assert held.path.read_text("utf-8") == RELEASE


def test_plain_text_gives_paragraphs(held: HeldDocument) -> None:
    answer = pasted(held, text="First paragraph.\n\nSecond paragraph.")
    assert [block["value"]["paragraph"]["en"] for block in answer["blocks"]] == ["First paragraph.", "Second paragraph."]
    assert answer["words"] == "First paragraph.\nSecond paragraph."
    with pytest.raises(DeskError):
        pasted(held)


def test_recurring_texts_are_shown_in_each_language(held: HeldDocument) -> None:
    sections = recurring({}, held)["sections"]
    (section,) = [section for section in sections if section["name"] == "expert-group-background"]
    assert section["texts"]["en"][0].startswith("The Expert Group was established")
    assert section["texts"]["tc"][0].startswith("專責小組")
    assert len(section["texts"]["sc"]) == len(section["texts"]["en"])

"""Findings for the page: their place, what can be done about them, and what a step does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.desk.mendable import IN_LEGCO_STYLE, MENDABLE, QUOTATION_MARKS, Mendable, source_of

from ipdocs.desk.errors import DeskError
from ipdocs.desk.findings import as_json, document_findings
from ipdocs.desk.lanes import look
from ipdocs.desk.steps import source_changes
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import apply_changes

SOURCE = """\
schema: 1
kind: press-release
id: any
style: gia
issued: 2018-08-21
languages: [en, tc]
facts:
  idle: {integer: 3}
  cases: {integer: 14}
title: {en: "A title", tc: "題目。"}
body:
  - id: lead
    paragraph:
      en: "𠮷 said the Hospital Authority took {{ cases | number }}  cases."
      tc: "𠮷說共{{ cases | number }}宗,完。"
  - id: draft
    paragraph: {en: "It is open.", tc: "⟦draft: memory⟧它,⟦open⟧開放"}
  - id: yearly
    paragraph: {en: "The hair was dry.", tc: "頭髮乾了。"}
"""


class Held:
    """A document as the lanes read it."""

    def __init__(self, source: Source) -> None:
        self.source, self.version, self.name = source, 7, "any.yaml"


def opened(path: Path, text: str = SOURCE) -> Source:
    path.write_text(text, "utf-8")
    return open_source(path, draft=True)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return opened(tmp_path / "a.yaml")


def items(source: Source, code: str = "") -> list[dict[str, Any]]:
    """Return the findings on a document as the page gets them, by default all."""
    return [item for item in as_json(document_findings(source), source) if code in ("", item["code"])]


def changed(source: Source, **change: Any) -> Source:
    return apply_changes(source, source_changes(source, change))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_finding_has_its_place_in_utf16_units(source: Source) -> None:
    item = next(item for item in items(source, "half-width-punctuation") if item["row"] == "lead")
    before = "𠮷說共{{ cases | number }}宗"
    assert (item["place"], item["lang"], item["start"], item["end"]) == (
        "lead.paragraph",
        "tc",
        units(before),
        units(before) + 1,
    )
    assert item["fix"] == {"text": "，", "all": 1}
    assert item["sentence"] == "“{words}” is half as wide as Chinese."
    assert item["words"] == ","


def test_head_and_facts_have_rows(source: Source) -> None:
    (title,) = items(source, "title-full-stop")
    assert (title["row"], title["place"], title["lang"]) == ("title", "title", "tc")
    (fact,) = items(source, "unused-fact")
    assert (fact["row"], fact["place"], fact["fact"]) == ("facts", None, "idle")


def test_states_of_cells_are_no_findings(source: Source) -> None:
    assert not {item["code"] for item in items(source)} & {"draft-text", "missing-translation", "stale-translation"}


def test_missing_term_belongs_to_the_text_that_lacks_it(source: Source) -> None:
    (item,) = items(source, "term-differs")
    assert (item["lang"], item["insert"], item["start"], item["end"]) == ("tc", "醫院管理局", 0, 0)
    assert item["other"] == [{"lang": "en", "text": "Hospital Authority"}]


def test_ids_stay_while_the_words_stand(source: Source) -> None:
    before = {item["code"]: item["id"] for item in items(source) if item["row"] == "lead"}
    text = source.text.text.replace("𠮷 said", "Today 𠮷 said").replace("schema: 1\n", "# a line\nschema: 1\n")
    after = {item["code"]: item["id"] for item in items(opened(source.path, text)) if item["row"] == "lead"}
    assert before == after


@pytest.mark.parametrize("item", MENDABLE, ids=lambda item: item.code)
def test_each_kind_with_a_right_answer_is_fixed(item: Mendable, tmp_path: Path) -> None:
    source = opened(tmp_path / "a.yaml", source_of(*MENDABLE))
    (found,) = items(source, item.code)
    after = changed(source, type="fix", finding=found["id"])
    assert not items(after, item.code)
    expected = source_of(*(Mendable(i.code, i.lang, i.after if i is item else i.before, "", i.block) for i in MENDABLE))
    assert after.text.text == expected


def test_fix_in_another_house_style(tmp_path: Path) -> None:
    source = opened(tmp_path / "a.yaml", source_of(IN_LEGCO_STYLE, style="legco"))
    (found,) = items(source)
    after = changed(source, type="fix", finding=found["id"])
    assert IN_LEGCO_STYLE.after in after.text.text
    assert not items(after)


def test_all_of_one_kind_are_fixed_together(tmp_path: Path) -> None:
    source = opened(tmp_path / "a.yaml", source_of(QUOTATION_MARKS, *MENDABLE))
    found = items(source, "quotation-marks")
    assert [item["fix"]["all"] for item in found] == [2, 2]
    after = changed(source, type="fix", finding=found[1]["id"], all=True)
    assert QUOTATION_MARKS.after in after.text.text
    assert len(items(after)) == len(items(source)) - 2


def test_finding_that_is_gone_changes_nothing(source: Source) -> None:
    assert changed(source, type="fix", finding="no such id").text.text == source.text.text


def test_words_are_left_with_a_reason(source: Source) -> None:
    (space,) = items(source, "doubled-space")
    after = changed(source, type="allow", finding=space["id"], reason="as  printed")
    assert after.document.body[0].allow == {"doubled-space": "as printed"}
    assert not items(after, "doubled-space")
    (title,) = items(source, "title-full-stop")
    after = changed(source, type="allow", finding=title["id"], reason="its own mark")
    assert after.document.allow == {"title-full-stop": "its own mark"}


@pytest.mark.parametrize("reason", ["", " \n", None, "x" * 301])
def test_words_are_not_left_without_a_reason(reason: str | None, source: Source) -> None:
    (space,) = items(source, "doubled-space")
    with pytest.raises(DeskError):
        source_changes(source, {"type": "allow", "finding": space["id"], "reason": reason})


def test_form_of_a_converted_word_is_kept(source: Source) -> None:
    (word,) = items(source, "undecided-conversion")
    assert (word["derived"], word["lang"], word["written"], word["can_allow"]) == (True, "sc", "tc", False)
    assert word["words"] == word["forms"][0]
    after = changed(source, type="choice", finding=word["id"], lang="sc", text=word["forms"][-1])
    assert after.state.choices[0].form == word["forms"][-1]
    assert not items(after, "undecided-conversion")
    with pytest.raises(DeskError):
        source_changes(source, {"type": "choice", "finding": word["id"], "text": "another"})


def test_look_reads_the_words_that_are_typed(source: Source) -> None:
    answer = look({"place": "lead.paragraph", "lang": "tc", "text": "共{{ cases | number }}宗,,完。"}, Held(source))  # type: ignore[arg-type]
    assert answer["version"] == 7
    assert {item["code"] for item in answer["findings"]} >= {"doubled-space", "half-width-punctuation"}
    assert answer["derived"][0]["text"] == "共14宗,,完。"
    assert answer["facts_unused"] == []
    answer = look({"place": "lead.paragraph", "lang": "tc", "text": "共十四宗。"}, Held(source))  # type: ignore[arg-type]
    assert {item["code"] for item in answer["findings"]} == {"chinese-in-english", "doubled-space"}
    assert answer["facts_unused"] == ["cases"]


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("完{{ nothing }}", "bad-expression", 1),
        ("𠮷完[x](y", None, None),
        ("𠮷**完", "unpaired-marker", 2),
        ("完[^none]", "undefined-note", 1),
        ("", None, None),
    ],
)
def test_look_reads_any_words(text: str, code: str | None, start: int | None, source: Source) -> None:
    answer = look({"place": "lead.paragraph", "lang": "tc", "text": text}, Held(source))  # type: ignore[arg-type]
    found = {item["code"]: item for item in answer["findings"] if item["lang"] == "tc"}
    assert found.keys() >= ({code} if code else set())
    if code:
        assert found[code]["start"] == start


def test_ids_of_both_lanes_agree(source: Source) -> None:
    text = next(
        str(block.paragraph[language]) for block in source.document.body[:1] for language in block.paragraph if language == "tc"
    )
    fast = {item["id"] for item in look({"place": "lead.paragraph", "lang": "tc", "text": text}, Held(source))["findings"]}  # type: ignore[arg-type]
    slow = {item["id"] for item in items(source) if item["row"] == "lead"}
    assert fast
    assert fast <= slow

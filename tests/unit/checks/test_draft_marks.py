"""Marks of drafts cause no findings but draft-text, and hide no fault outside them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.checks.rule_table import CHECKS
from ipdocs.findings import Location
from ipdocs.pipeline.check import check
from ipdocs.source.open import inspect_source
from ipdocs.source.texts import iter_texts

CORPUS = Path(__file__).parents[2] / "corpus"
HEAD = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]
facts:
  cases: {integer: 14}
  city: {text: {en: "Guangzhou", tc: "廣州"}}
title: {en: "A title of {{ city }}", tc: "題目：{{ city }}"}
body:
"""


REST = """\
  - id: rest
    paragraph: {en: "Come to {{ city }}: {{ cases | number }} cases.", tc: "{{ city }}有{{ cases | number }}宗。"}
"""


def first_planted() -> dict[str, Path]:
    """Return one source with a planted fault for each check."""
    sources: dict[str, Path] = {}
    for path in sorted(CORPUS.glob("*/planted/*.yaml")):
        sources.setdefault(path.read_text("utf-8").split()[2], path)
    return sources


PLANTED = first_planted()


def insert(text: str, location: Location, before: str, after: str = "") -> str:
    """Return a source with marks before and after the words at a location."""
    lines = text.split("\n")
    line, start = lines[location.line - 1], location.column - 1
    end = start + location.length
    lines[location.line - 1] = f"{line[:start]}{before}{line[start:end]}{after}{line[end:]}"
    return "\n".join(lines)


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path) -> None:
    """Give the sources of a test the glossary of the corpus."""
    shutil.copytree(CORPUS / "locales", tmp_path / "locales")


def codes_of(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    return [finding.code for finding in check([path])]


def test_every_check_has_a_planted_fault() -> None:
    assert {row.code for row in CHECKS} - {"misspelt-word"} <= PLANTED.keys()  # misspelt words need an installed dictionary


# The name of a witness must not leak by a draft, and the other half of <b>…</b> stays outside the mark.
STAYS = ("withheld-words", "markup-left")
WITHOUT_WORDS = ("unused-fact", "missing-translation", "notes-differ")


@pytest.mark.parametrize("code", [code for code in PLANTED if code not in STAYS + WITHOUT_WORDS])
def test_fault_within_marks_is_not_reported(code: str, tmp_path: Path) -> None:
    text = PLANTED[code].read_text("utf-8")
    findings = check([PLANTED[code]])
    locations = {
        excerpt.location
        for finding in findings
        for excerpt in finding.excerpts
        if excerpt.location and excerpt.end > excerpt.start
    }
    locations |= {location for finding in findings for location in finding.other_places}
    assert locations
    for location in sorted(locations, key=lambda place: (place.line, place.column), reverse=True):
        text = insert(text, location, "⟦", "⟧")
    assert set(codes_of(tmp_path / "source.yaml", text)) == {"draft-text"}


# A suggestion of the memory repeats a stored translation, which it says itself.
OF_FINAL_TEXTS = ("translated-two-ways", "one-translation-for-two")


@pytest.mark.parametrize("code", [code for code in PLANTED if code not in OF_FINAL_TEXTS])
def test_fault_in_a_marked_draft_is_reported(code: str, tmp_path: Path) -> None:
    text = PLANTED[code].read_text("utf-8")
    starts = [
        location
        for place in iter_texts(inspect_source(PLANTED[code]).document)
        for words in place.texts.values()
        if (location := words.locate(0, 0)) and words and not words.startswith(" ")
    ]
    for location in sorted(set(starts), key=lambda place: (place.line, place.column), reverse=True):
        text = insert(text, Location(location.path, location.line, location.column), "⟦draft: facts⟧")
    expected = {finding.code for finding in check([PLANTED[code]])}
    assert set(codes_of(tmp_path / "source.yaml", text)) - {"draft-text"} == expected


def test_withheld_name_within_marks_is_reported(tmp_path: Path) -> None:
    text = PLANTED["withheld-words"].read_text("utf-8").replace('"Ms LAM', '"⟦Ms LAM⟧')
    assert "⟦" in text
    assert "withheld-words" in codes_of(tmp_path / "source.yaml", text)


def test_marks_in_the_text_of_a_fact_are_left_out(tmp_path: Path) -> None:
    text = HEAD.replace('tc: "廣州"', 'tc: "⟦draft: machine⟧廣⟦卅⟧"') + REST
    assert set(codes_of(tmp_path / "source.yaml", text)) == {"draft-text"}


DRAFTS = (
    ("There were 14 cases on August 30.", "⟦draft: machine⟧8月30日有14宗個案。"),
    ("There were 14 cases on August 30.", "⟦draft: machine⟧ 8月30日有14宗個案。"),
    ("There were 14 cases on August 30.", "⟦draft: fuzzy 88 %⟧八月三十日有⟦十五⟧宗個案。"),
    ("There were 14 cases on August 30.", "⟦draft: fuzzy 88 %⟧⟦八月二十九日⟧有14宗個案。"),
    ("It was held. There were 14 cases.", "⟦draft: in part⟧⟦fuzzy 80 %⟧已經舉行。⟦There were 14 cases.⟧"),
    ("It was held. There were 14 cases.", "⟦draft: in part⟧⟦It was held.⟧有14宗個案。"),
    ("There were {{ cases | number }} cases.", "⟦draft: machine⟧有⟦{{ cases | number }}⟧宗個案。"),
    ("There were {{ cases | number }} cases in {{ city }}.", "⟦draft: fuzzy 90 %⟧在⟦北京⟧有{{ cases | number }}宗個案。"),
    ('She said, "Each stall is new."', "⟦draft: in part⟧她說：「⟦Each stall is new.⟧」"),
    ('She said, "Each stall is new."', "⟦draft: in part⟧她說：「⟦Each⟧攤檔是新的。"),
    ("The stall (and the pier) is open.", "⟦draft: in part⟧攤檔（⟦and the pier⟧）開放。"),
    ('She asked, ⟦"Is⟧ it new?" He left.', "她問：「是新的嗎？」他走了。"),
    ("It rose by 3.⟦5⟧ per cent to $1⟦2⟧ million.", "上升百分之三點⟦五⟧至1⟦2⟧00萬元。"),
    ("He has ⟦14⟧ stalls, ⟦3⟧ piers and 36 huts.", "他有14個攤檔、三個碼頭及⟦三十六⟧間小屋。"),
    ("It is closed ⟦yesterday⟧ (August 21).", "⟦昨日⟧（八月二十一日）關閉。"),
    ("The stall (and the pier) is open.", "⟦draft: in part⟧攤檔（及⟦the pier) is open.⟧"),
    ("It runs from August 30 to September 2.", "⟦draft: fuzzy 90 %⟧展期由八月三十日至⟦九月三日⟧。"),
    ("It runs from August 30 to September ⟦3⟧.", "展期由八月三十日至九月二日。"),
    ("It is on Tuesday (August ⟦22⟧).", "活動於星期二（八月二十一日）舉行。"),
    ("The **new** stall[^fee] is open.", "⟦draft: machine⟧⟦新⟧攤檔開放。"),
    ("See [the page](https://example.org/a).", "⟦draft: in part⟧⟦See the page.⟧"),
    ("WIPO will come. It is new.", "⟦draft: in part⟧⟦WIPO will come.⟧是新的。"),
    ("⟦The⟧ stall is open.", "攤檔開放。"),
    ("The stall is ⟦open⟧", "攤檔開放⟦。⟧"),
    ("The stall is ⟦open.", "攤檔開放。"),
    ("The stall is open⟧.", "攤檔開放。"),
    ("⟦…⟧", "⟦…⟧"),
    (
        "The stall stands here. It is cheap. It will be open until the end of the year.",
        "⟦draft: in part⟧攤檔在此。⟦It is cheap.⟧",
    ),
)


@pytest.mark.parametrize(("english", "chinese"), DRAFTS)
def test_marks_cause_no_other_finding(english: str, chinese: str, tmp_path: Path) -> None:
    notes = '  - id: notes\n    footnotes: {fee: {en: "Free.", tc: "免費。"}}\n' if "[^" in english else ""
    body = f"  - id: lead\n    paragraph:\n      en: '{english}'\n      tc: '{chinese}'\n{notes}"
    assert set(codes_of(tmp_path / "source.yaml", HEAD + body + REST)) == {"draft-text"}


FAULTS = (
    ("There were 14 cases on August 30.", "⟦draft: fuzzy 88 %⟧八月三十一日有⟦十五⟧宗個案。", "date-differs"),
    ("There were 14 cases and 20 people.", "⟦draft: in part⟧⟦十五⟧宗個案，二十一人。", "number-differs"),
    ("It is new. There were 14 cases.", "⟦draft: in part⟧⟦It is new.⟧有十五宗個案。", "number-differs"),
    ("There were 14 cases.", "⟦draft: in part⟧⟦fuzzy 80 %⟧有個案。", "number-differs"),
    ("There were 14 cases.", "⟦draft: in part⟧⟦part 70 %⟧有個案。", "number-differs"),
    ("It is new.", "⟦draft: in part⟧⟦It⟧是計劃的新的軟體。", "taiwan-form"),
    ("The the stall is ⟦open⟧.", "攤檔開放。", "doubled-word"),
    ("The stall is ⟦open⟧ on June 31.", "⟦draft: machine⟧攤檔於六月三十日⟦開放⟧。", "impossible-date"),
    ("The stall is open.", "⟦draft: in part⟧⟦The stall⟧是 will be open soon，開放。", "untranslated"),
)


@pytest.mark.parametrize(("english", "chinese", "code"), FAULTS)
def test_fault_beside_marks_is_reported(english: str, chinese: str, code: str, findings: Callable[[str, str], list[str]]) -> None:
    assert code in findings(english, chinese)


@pytest.fixture
def findings(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Return a function that checks a paragraph in two languages."""

    def run(english: str, chinese: str) -> list[str]:
        body = f"  - id: lead\n    paragraph:\n      en: '{english}'\n      tc: '{chinese}'\n"
        return codes_of(tmp_path / "source.yaml", HEAD + body)

    return run


def test_similar_suggestion_is_no_translation_for_two(findings: Callable[[str, str], list[str]]) -> None:
    english = "No accidents were reported at the stall. Two accidents were reported at the stall."
    chinese = "{}期間攤檔沒有接獲意外報告。{}期間攤檔沒有接獲意外報告。"
    assert "one-translation-for-two" in findings(english, chinese.format("", ""))
    drafted = findings(english, chinese.format("⟦draft: in part⟧", "⟦fuzzy 75 %⟧"))
    assert "one-translation-for-two" not in drafted


def test_allowance_of_a_text_with_marks_is_not_idle(tmp_path: Path) -> None:
    body = """\
  - id: lead
    paragraph: {en: "⟦The the⟧ stall is open in {{ city }}: {{ cases }}.", tc: "{{ city }}攤檔開放：{{ cases }}。"}
    allow: {doubled-word: "a song"}
"""
    assert set(codes_of(tmp_path / "source.yaml", HEAD + body)) == {"draft-text"}


def test_wrong_script_within_marks_is_not_reported(tmp_path: Path) -> None:
    body = """\
  - id: lead
    paragraph: {en: "{{ cases }} firms in {{ city }} came.", tc: "⟦draft: machine⟧{{ city }}的{{ cases }}家⟦企业⟧到場。"}
"""
    assert set(codes_of(tmp_path / "source.yaml", HEAD + body)) == {"draft-text"}

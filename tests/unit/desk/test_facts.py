"""Facts on the desk: made of words in all languages, given other values, renamed and turned back into words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.desk.errors import DeskError
from ipdocs.desk.fact_from import fact_from, fact_proposals
from ipdocs.desk.offsets import utf16_offsets
from ipdocs.desk.steps import source_changes
from ipdocs.findings import IpdocsError
from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.texts import iter_texts
from ipdocs.source.update import apply_changes
from ipdocs.workspace import Workspace

PATH = Path("release.yaml")
RELEASE = """\
schema: 1
kind: press-release
id: seminar
style: gia-numerals
issued: 2018-08-22
languages: [en, tc]
title: {en: "Seminar held", tc: "研討會舉行"}
facts:
  rise: {percent: 3.9}
body:
- id: lead
  paragraph:
    en: "The seminar drew 140 participants 𠮷 today (August 22). Fees rose by {{ rise | percent }}."
    tc: "研討會吸引一百四十人參加。收費上升{{ rise | percent }}。"
- id: next
  paragraph:
    en: "The next seminar will be held on December 5, 2018, with 14 speakers."
    tc: "下次研討會將於2018年12月5日舉行，有14名講者。"
- id: grant
  paragraph:
    en: "A grant of $14 million was made."
    tc: "撥款一千四百萬元。"
"""


def parsed(text: str = RELEASE) -> Source:
    return parse_source(SourceText(PATH, text), SourceContext(PATH, Workspace()), draft=True)


def proposal(source: Source, place_name: str, language: str, words: str, *, whole: bool = False) -> Any:
    place = next(place for place in iter_texts(source.document) if place.name == place_name)
    text = str(place.texts[Text(language)])
    offset, start = utf16_offsets(text), text.index(words)
    end = start + len(words) if whole else start + 1
    return fact_from(source, place, language, offset(start if whole else end), offset(end))


def made(source: Source, found: Any, name: str = "") -> Source:
    cells = [{**cell, "expression": cell["expression"].replace(found["name"], name or found["name"])} for cell in found["cells"]]
    change = {"type": "fact-from", "name": name or found["name"], "fact_type": found["fact_type"], "notation": found["notation"]}
    return apply_changes(source, source_changes(source, {**change, "cells": cells}))


def done(source: Source, **change: Any) -> Source:
    return apply_changes(source, source_changes(source, {"type": "fact", **change}))


def words(source: Source) -> dict[str, list[str]]:
    return {
        code: [str(block.paragraph) for block in localise(source, languages(source.workspace)[code]).document.body]
        for code in ("en", "tc", "sc")
    }


def test_a_value_is_found_in_both_languages() -> None:
    found = proposal(parsed(), "lead.paragraph", "en", "140")
    assert (found["name"], found["fact_type"], found["notation"], found["value"]) == ("participants", "integer", "140", "140")
    assert [(cell["lang"], cell["words"], cell["exact"]) for cell in found["cells"]] == [
        ("en", "140", True),
        ("tc", "一百四十", True),
    ]
    assert (found["missing"], found["changes"], found["same"]) == ([], [], [])


def test_a_fact_of_words_changes_no_word() -> None:
    source = parsed()
    after = made(source, proposal(source, "grant.paragraph", "tc", "一千四百萬元", whole=True))
    assert words(after) == words(source)
    assert after.text.text == RELEASE.replace("$14 million", "{{ grant | money }}").replace(
        "一千四百萬元", "{{ grant | money }}"
    ).replace("  rise: {percent: 3.9}\n", "  rise: {percent: 3.9}\n  grant: {money: HKD 14000000}\n")


def test_confirmed_translations_stay_confirmed() -> None:
    source = parsed()
    source = apply_changes(source, SourceChanges(bases={("grant", "tc"): Confirmation("A", "2018-08-22")}))
    before = source.state.bases["grant", "tc"]
    source = made(source, proposal(source, "grant.paragraph", "en", "$14 million"))
    basis = source.state.bases["grant", "tc"]
    assert basis.by == "A"
    assert basis.texts == ("A grant of {{ grant | money }} was made.",)
    assert done(source, action="words", name="grant").state.bases["grant", "tc"] == before


def test_other_forms_are_shown_before_they_change() -> None:
    source = parsed()
    found = proposal(source, "next.paragraph", "en", "December 5, 2018", whole=True)
    tc = found["cells"][1]
    assert (tc["words"], tc["exact"], tc["reads"]) == ("2018年12月5日", False, "二○一八年十二月五日")
    assert found["changes"] == [
        {"lang": "tc", "before": "2018年12月5日", "after": "二○一八年十二月五日"},
        {"lang": "sc", "before": "2018年12月5日", "after": "二○一八年十二月五日"},
    ]


def test_a_value_that_one_language_does_not_say_is_told() -> None:
    found = proposal(parsed(), "lead.paragraph", "en", "today (August 22)", whole=True)
    assert [cell["words"] for cell in found["cells"]] == ["today (August 22)"]
    assert found["missing"] == ["tc"]


def test_another_fact_with_the_value_is_offered_and_used() -> None:
    source = parsed(
        RELEASE.replace("fees", "fees").replace("$14 million", "3.9 per cent").replace("一千四百萬元", "百分之三點九")
    )
    found = proposal(source, "grant.paragraph", "en", "3.9")
    assert found["same"] == ["rise"]
    after = made(source, found, "rise")
    assert "A grant of {{ rise | percent }} was made." in after.text.text
    assert after.text.text.count("percent: 3.9") == 1


def test_words_that_are_no_value_are_no_fact() -> None:
    assert proposal(parsed(), "lead.paragraph", "en", "seminar", whole=True) is None
    assert proposal(parsed(), "lead.paragraph", "en", "{{ rise", whole=True) is None


def test_only_values_of_both_languages_are_proposed() -> None:
    proposed = [(found["row"], found["value"]) for found in fact_proposals(parsed())]
    assert proposed == [("lead", "140"), ("next", "14"), ("grant", "$14 million")]


@given(
    st.one_of(
        st.integers(3, 10**7).map(lambda number: ("integer", str(number), "number")),
        st.decimals(1, 99, places=1).map(lambda number: ("percent", f"{number:f}", "percent")),
        st.dates(date(1950, 1, 1), date(2090, 1, 1)).map(lambda day: ("date", day.isoformat(), "date")),
        st.integers(1, 900).map(lambda number: ("money", f"HKD {number}00000", "money")),
    )
)
def test_a_fact_of_house_words_gives_them_back(fact: tuple[str, str, str]) -> None:
    kind, value, name = fact
    body = f'{{en: "The sum was {{{{ x | {name} }}}} then.", tc: "當時為{{{{ x | {name} }}}}。"}}'
    head = RELEASE.partition("facts:")[0]
    source = parsed(f"{head}facts: {{x: {{{kind}: {value}}}}}\nbody: [{{id: sum, paragraph: {body}}}]\n")
    plain = done(source, action="words", name="x")
    stated = words(source)["en"][0].removeprefix("The sum was ").removesuffix(" then.")
    found = proposal(plain, "sum.paragraph", "en", stated, whole=True)
    assert [cell["exact"] for cell in found["cells"]] == [True, True]
    assert words(made(plain, found)) == words(source)


def test_other_words_at_the_place_are_a_conflict() -> None:
    source = parsed()
    found = proposal(source, "lead.paragraph", "en", "140")
    with pytest.raises(DeskError) as error:
        made(parsed(RELEASE.replace("一百四十", "一百五十")), found)
    assert error.value.status == 409


def test_three_languages_follow_a_new_value() -> None:
    source = made(parsed(), proposal(parsed(), "lead.paragraph", "en", "140"))
    source = done(source, action="put", name="participants", fact_type="integer", notation="155", before="140")
    assert "drew 155 participants" in words(source)["en"][0]
    assert "吸引一百五十五人" in words(source)["tc"][0]
    assert "吸引一百五十五人" in words(source)["sc"][0]


def test_a_value_that_a_text_cannot_state_is_refused() -> None:
    with pytest.raises(IpdocsError) as error:
        done(parsed(), action="put", name="rise", fact_type="date", notation="2018-08-21", before="3.9")
    places = {(finding.code, finding.location and finding.location.line) for finding in error.value.findings}
    assert places == {("bad-expression", 13), ("bad-expression", 14)}


def test_a_value_changed_by_somebody_else_is_a_conflict() -> None:
    with pytest.raises(DeskError) as error:
        done(parsed(), action="put", name="rise", fact_type="percent", notation="5", before="4.1")
    assert error.value.body["conflict"]["theirs"] == "3.9"


def test_words_back_leave_no_fact_behind() -> None:
    source = parsed()
    after = done(source, action="words", name="rise")
    assert words(after) == words(source)
    assert "facts" not in after.nodes.data

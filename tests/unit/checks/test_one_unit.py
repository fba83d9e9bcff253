"""The rules on one text in its languages find what they find in its document."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.checks.checked_document import read_document, read_unit
from ipdocs.checks.rule_table import CHECKS
from ipdocs.checks.run_rules import apply_rules, apply_rules_to_unit
from ipdocs.model.text import Text, Texts
from ipdocs.pipeline.check import run_checks
from ipdocs.pipeline.fix import fix_changes, replacement
from ipdocs.source.open import Source, open_source
from ipdocs.source.texts import iter_texts
from ipdocs.source.update import apply_changes

SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]
facts:
  cases: {integer: 14}
title: {en: "A title", tc: "題目"}
body:
  - id: lead
    paragraph:
      en: "It took {{ cases | number }}  cases , the the last."
      tc: "共{{ cases | number }}宗,完。"
  - id: song
    allow: {doubled-word: "its name"}
    paragraph: {en: "The the song,again.", tc: "歌,曲"}
"""
UNIT_CODES = {check.code for check in CHECKS if check.scope in ("text", "languages")}


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "a.yaml").write_text(SOURCE, "utf-8")
    return open_source(tmp_path / "a.yaml")


def found(source: Source, name: str, **words: str) -> list[tuple[str, str, tuple[int, int]]]:
    """Return the code, language and place in the text of each finding on a unit with other words."""
    place = next(place for place in iter_texts(source.document) if place.name == name)
    texts = Texts({**place.texts, **{Text(code): Text(text) for code, text in words.items()}})
    findings = apply_rules_to_unit(read_unit(source, place.texts, texts))
    highlights = [(finding.finding.code, finding.violation.highlights[0]) for finding in findings]
    return [(code, highlight.passage.language.code, highlight.source_range) for code, highlight in highlights]


def test_unit_has_the_findings_of_its_document(source: Source) -> None:
    expected = [
        (
            finding.finding.code,
            finding.violation.highlights[0].passage.language.code,
            finding.violation.highlights[0].source_range,
        )
        for finding in apply_rules([read_document(source)])
        if finding.finding.code in UNIT_CODES
    ]
    assert {code for code, _, _ in expected} >= {"doubled-space", "space-at-punctuation", "half-width-punctuation"}
    units = [item for place in iter_texts(source.document) for item in found(source, place.name)]
    assert sorted(units) == sorted(expected)


def test_words_in_memory_stand_for_those_of_the_file(source: Source) -> None:
    assert found(source, "lead.paragraph", en="It took {{ cases | number }} cases.", tc="共{{ cases | number }}宗。") == []
    findings = found(source, "lead.paragraph", en="It is  15 cases.")
    assert ("doubled-space", "en", (5, 7)) in findings
    assert "number-differs" in {code for code, _, _ in findings}


def test_part_of_an_expression_is_covered_whole(source: Source) -> None:
    text = "共{{ cases | number }}宗。"
    (finding,) = found(source, "lead.paragraph", en="It took 15 cases.", tc=text)
    assert finding[0] == "number-differs"
    assert text[slice(*finding[2])] == "{{ cases | number }}"


def test_checks_that_a_block_allows_are_left_out(source: Source) -> None:
    assert "doubled-word" not in {code for code, _, _ in found(source, "song.paragraph")}


def test_one_finding_is_fixed_and_nothing_else(source: Source) -> None:
    findings = [f for f in run_checks([source.path]).rule_findings if f.finding.code == "half-width-punctuation"]
    (comma,) = (f for f in findings if f.violation.highlights[0].passage.text.endswith("完。"))
    assert replacement(comma.violation) == (len("共{{ cases | number }}宗"), len("共{{ cases | number }}宗,"), "，")
    changed = apply_changes(source, fix_changes([comma]))
    assert changed.text.text == SOURCE.replace("宗,", "宗，")


def test_all_of_one_kind_are_fixed_at_once(source: Source) -> None:
    findings = [f for f in run_checks([source.path]).rule_findings if f.finding.code == "half-width-punctuation"]
    changed = apply_changes(source, fix_changes(findings))
    assert changed.text.text == SOURCE.replace("宗,", "宗，").replace("歌,", "歌，")

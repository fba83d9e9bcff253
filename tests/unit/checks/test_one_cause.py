"""One finding for each cause, with all its places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.pipeline.check import check, run_checks

HEAD = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "題目"}
body:
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a source with one spelling of years in four places, and doubled spaces in both languages."""
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    body = """\
  - {id: a, paragraph: {en: "It began  in 2024 or 2025.", tc: "二〇二四年或二〇二五年  開始。"}}
  - {id: b, paragraph: {en: "It went  on in 2026.", tc: "二〇二六年繼續。"}}
  - {id: c, paragraph: {en: "It ended in 2027.", tc: "二〇二七年結束。"}}
"""
    path = tmp_path / "source.yaml"
    path.write_text(HEAD + body, "utf-8")
    return path


def test_one_spelling_of_years_is_one_finding(source: Path) -> None:
    (finding,) = [finding for finding in check([source]) if finding.code == "wrong-zero"]
    assert finding.location is not None
    assert (finding.location.line, finding.count) == (8, 4)
    assert [place.line for place in finding.other_places] == [8, 9, 10]


def test_each_language_has_its_own_finding(source: Path) -> None:
    spaces = [finding for finding in check([source]) if finding.code in ("doubled-space", "space-in-chinese")]
    assert sorted((finding.excerpts[0].language, finding.count) for finding in spaces) == [("en", 2), ("tc", 1)]


def test_both_forms_of_a_pair_of_marks_are_one_cause(source: Path) -> None:
    source.write_text(HEAD + '  - {id: a, paragraph: {en: "A is B.", tc: "“甲”是“乙”及〝丙〞。"}}\n', "utf-8")
    assert [finding.count for finding in check([source]) if finding.code == "quotation-marks"] == [4, 2]


def test_the_other_zero_is_another_cause(source: Path) -> None:
    source.write_text(HEAD + '  - {id: a, paragraph: {en: "In 2024 or 2025.", tc: "在二〇二四或二◯二五年。"}}\n', "utf-8")
    assert [finding.count for finding in check([source]) if finding.code == "wrong-zero"] == [1, 1]


def test_the_same_number_may_have_two_causes(source: Path) -> None:
    body = '  - {id: a, paragraph: {en: "There were 14.", tc: "共有十五。"}}\n'
    source.write_text(HEAD + body + body.replace("id: a", "id: b").replace("共有", "合共"), "utf-8")
    differences = [finding for finding in check([source]) if finding.code == "number-differs"]
    assert [finding.count for finding in differences] == [1, 1]


@pytest.mark.parametrize(
    ("first", "later", "code"),
    [
        (
            ("Entry is free of charge today.", "入場免費。"),
            ("Entry is free of charge today.", "參觀不用付款。"),
            "translated-two-ways",
        ),
        (
            ("Entry is free of charge today.", "入場免費。"),
            ("The hall closes at night.", "入場免費。"),
            "one-translation-for-two",
        ),
    ],
)
def test_repeated_sentence_is_one_finding(first: tuple[str, str], later: tuple[str, str], code: str, source: Path) -> None:
    paragraphs = enumerate([first, later, later, later])
    body = "".join(f'  - {{id: p{n}, paragraph: {{en: "{en}", tc: "{tc}"}}}}\n' for n, (en, tc) in paragraphs)
    source.write_text(HEAD + body, "utf-8")
    (finding,) = [finding for finding in check([source]) if finding.code == code]
    assert finding.count == 3


def test_two_documents_have_two_findings(source: Path) -> None:
    other = source.with_name("other.yaml")
    other.write_text(source.read_text("utf-8").replace("id: any", "id: other"), "utf-8")
    paths = [finding.location for finding in check([source, other]) if finding.code == "wrong-zero"]
    assert [path.path.name for path in paths if path] == ["other.yaml", "source.yaml"]


def test_every_place_stays_a_finding_of_the_rules(source: Path) -> None:
    rule_findings = run_checks([source]).rule_findings
    assert [rule_finding.finding.code for rule_finding in rule_findings].count("wrong-zero") == 4


def test_json_has_every_place(source: Path) -> None:
    result = json.loads(CliRunner().invoke(app, ["check", "source.yaml", "--json"]).stdout)
    (finding,) = [finding for finding in result["findings"] if finding["code"] == "wrong-zero"]
    assert finding["count"] == 4
    assert [(place["line"], place["length"]) for place in finding["other_places"]] == [(8, 1), (9, 1), (10, 1)]


def test_sarif_counts_the_places_of_one_result(source: Path) -> None:
    log = json.loads(CliRunner().invoke(app, ["check", "source.yaml", "--sarif"]).stdout)
    (result,) = [result for result in log["runs"][0]["results"] if result["ruleId"] == "wrong-zero"]
    related = [place["physicalLocation"]["region"]["startLine"] for place in result["relatedLocations"]]
    assert (result["occurrenceCount"], related) == (4, [8, 9, 10])


def test_github_has_one_annotation_for_a_cause(source: Path) -> None:
    lines = CliRunner().invoke(app, ["check", "source.yaml", "--github"]).stdout.splitlines()
    assert sum("title=wrong-zero" in line for line in lines) == 1


def test_fix_corrects_every_place(source: Path) -> None:
    CliRunner().invoke(app, ["check", "source.yaml", "--fix"])
    assert "〇" not in source.read_text("utf-8")


@pytest.mark.parametrize(
    ("en", "tc", "code"),
    [
        ("Held on August 30.", "八月三十一日舉行。", "date-differs"),
        ("It is at WIPO.", "在WPIO。", "latin-differs"),
        ("Pay the &amp; fee.", "繳費。", "markup-left"),
        ("It closes on June 31.", "六月三十一日截止。", "impossible-date"),
    ],
)
def test_the_same_wrong_words_are_one_finding(en: str, tc: str, code: str, source: Path) -> None:
    rows = [f'  - {{id: b{number}, paragraph: {{en: "Row {number}: {en}", tc: "第{number}行：{tc}"}}}}\n' for number in range(3)]
    source.write_text(HEAD + "".join(rows), "utf-8")
    findings = [finding for finding in check([source]) if finding.code == code and finding.excerpts[0].language in ("en", "tc")]
    assert {finding.count for finding in findings} == {3}
    assert len(findings) == len({finding.excerpts[0].language for finding in findings})


def test_other_wrong_words_are_another_finding(source: Path) -> None:
    first = '  - {id: a, paragraph: {en: "On August 30.", tc: "在八月三十一日。"}}\n'
    second = '  - {id: b, paragraph: {en: "On May 3.", tc: "在五月四日。"}}\n'
    source.write_text(HEAD + first + second, "utf-8")
    assert [finding.count for finding in check([source]) if finding.code == "date-differs"] == [1, 1]


def test_each_missing_bracket_is_a_finding(source: Path) -> None:
    rows = [f'  - {{id: b{number}, paragraph: {{en: "Row {number} (open.", tc: "第{number}行。"}}}}\n' for number in range(3)]
    source.write_text(HEAD + "".join(rows), "utf-8")
    assert [finding.count for finding in check([source]) if finding.code == "unpaired-bracket"] == [1, 1, 1]


def test_copies_of_a_paragraph_are_one_finding(source: Path) -> None:
    row = '  - {{id: b{}, paragraph: {{en: "The office is closed on all public holidays.", tc: "辦事處於公眾假期休息。"}}}}\n'
    source.write_text(HEAD + "".join(map(row.format, range(4))), "utf-8")
    assert [finding.count for finding in check([source]) if finding.code == "repeated-text"] == [3]

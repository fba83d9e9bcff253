from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.checks.rule_table import CHECKS, Check
from ipdocs.findings import Finding
from ipdocs.pipeline.check import check, find_sources

HEAD = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]
"""
TITLE = """\
title: {en: "A title", tc: "題目"}
body:
"""


@pytest.fixture
def findings_of(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Return a function that checks a source in a workspace with a checks.yaml."""

    def run(body: str, head: str = "", settings: str | None = None) -> list[Finding]:
        (tmp_path / "templates").mkdir(exist_ok=True)
        if settings is not None:
            (tmp_path / "checks.yaml").write_text(settings, "utf-8")
        source = tmp_path / "release.yaml"
        source.write_text(HEAD + head + TITLE + body, "utf-8")
        return check([source])

    return run


TWICE = """\
  - id: lead
    paragraph: {en: "The the fee is waived.", tc: "費用獲豁免。"}
"""


def test_finding_has_code_place_and_words(findings_of: Callable[..., list[Finding]]) -> None:
    (finding,) = findings_of(TWICE)
    assert (finding.code, finding.severity) == ("doubled-word", "error")
    assert finding.location is not None
    assert (finding.location.line, finding.location.column, finding.location.length) == (9, 22, 7)
    assert [(excerpt.language, excerpt.words) for excerpt in finding.excerpts] == [("en", "The the")]


def test_difference_quotes_the_translation_first(findings_of: Callable[..., list[Finding]]) -> None:
    (finding,) = findings_of('  - {id: lead, paragraph: {en: "There were 14 cases.", tc: "共有十五宗。"}}\n')
    assert [(excerpt.language, excerpt.words) for excerpt in finding.excerpts] == [("tc", "十五"), ("en", "14")]
    assert "十五" in finding.message
    assert "14" in finding.message


def test_workspace_turns_a_check_off(findings_of: Callable[..., list[Finding]]) -> None:
    assert findings_of(TWICE, settings="doubled-word: off\n") == []


def test_workspace_makes_an_error_a_warning(findings_of: Callable[..., list[Finding]]) -> None:
    assert [finding.severity for finding in findings_of(TWICE, settings="doubled-word: warning\n")] == ["warning"]


def test_workspace_makes_a_warning_an_error(findings_of: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "Is it new?", tc: "是新的。"}}\n'
    assert [finding.severity for finding in findings_of(body)] == ["warning"]
    assert [finding.severity for finding in findings_of(body, settings="ending-differs: error\n")] == ["error"]


def test_settings_with_an_unknown_check_are_refused(findings_of: Callable[..., list[Finding]]) -> None:
    (finding,) = findings_of(TWICE, settings="doubled-words: off\n")
    assert finding.code == "unknown-check"
    assert "'doubled-words'" in finding.message
    assert "doubled-word?" in str(finding.hint)


def test_settings_with_an_unknown_severity_are_refused(findings_of: Callable[..., list[Finding]]) -> None:
    (finding,) = findings_of(TWICE, settings="doubled-word: never\n")
    assert (finding.code, "'never'" in finding.message) == ("bad-value", True)


def test_block_allows_a_check(findings_of: Callable[..., list[Finding]]) -> None:
    assert findings_of(TWICE + '    allow: {doubled-word: "it is the name of a shop"}\n') == []


def test_document_allows_a_check(findings_of: Callable[..., list[Finding]]) -> None:
    assert findings_of(TWICE, head='allow: {doubled-word: "all names of shops"}\n') == []


def test_unused_allowance_is_reported(findings_of: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "The fee is waived.", tc: "費用獲豁免。"}, allow: {doubled-word: "a name"}}\n'
    (finding,) = findings_of(body)
    assert (finding.code, finding.severity) == ("idle-silence", "warning")
    assert "'doubled-word'" in finding.message


def test_unknown_check_cannot_be_allowed(findings_of: Callable[..., list[Finding]]) -> None:
    codes = [finding.code for finding in findings_of(TWICE + '    allow: {double-word: "a name"}\n')]
    assert codes == ["unknown-check", "doubled-word"] or codes == ["doubled-word", "unknown-check"]


def test_same_words_are_reported_by_one_check(findings_of: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "The talk is on Thursday (August 30).", tc: "講座於星期五（八月三十日）舉行。"}}\n'
    assert [finding.code for finding in findings_of(body)] == ["weekday-wrong"]


def test_results_of_expressions_are_not_checked(findings_of: Callable[..., list[Finding]]) -> None:
    head = "facts:\n  rate: {percent: 5}\n"
    body = '  - {id: lead, paragraph: {en: "The rate is {{ rate | percent }}.", tc: "比率為{{ rate | percent }}。"}}\n'
    assert findings_of(body, head=head) == []


def test_source_with_gaps_is_checked(findings_of: Callable[..., list[Finding]]) -> None:
    codes = {finding.code for finding in findings_of(TWICE + '  - {id: more, paragraph: {en: "More."}}\n')}
    assert codes == {"missing-translation", "doubled-word"}


def test_apostrophe_does_not_close_a_quotation(findings_of: Callable[..., list[Finding]]) -> None:
    texts = """{en: "He called it “the firm’s “second” home”.", tc: "他稱之為「公司第二個家」。"}"""
    body = f"  - {{id: lead, paragraph: {texts}}}\n"
    assert "quote-nesting" in [finding.code for finding in findings_of(body, "style: reprint\n")]


def test_sources_are_compared_with_each_other(tmp_path: Path) -> None:
    for name, words in (("one", "所有申請人均可免費使用。"), ("two", "對各申請人不收費用。")):
        body = f'  - {{id: lead, paragraph: {{en: "It is free of charge for all.", tc: "{words}"}}}}\n'
        (tmp_path / f"{name}.yaml").write_text(HEAD.replace("any", name) + TITLE + body, "utf-8")
    (finding,) = check([tmp_path / "one.yaml", tmp_path / "two.yaml"])
    assert finding.code == "translated-two-ways"
    assert finding.location is not None
    assert finding.location.path.name == "two.yaml"
    assert "one.yaml:" in finding.message


def test_every_shipped_fixture_is_clean(root: Path) -> None:
    assert [str(finding) for finding in check(find_sources(root / "fixtures")[0])] == []


NO_TEXT = ("invisible-character", "title-full-stop", "space-at-edge", "today-wrong", "house-spelling")
"""Checks whose examples describe the text, or need a title or a house style."""
IN_ENGLISH = ("chinese-in-english", "full-width-punctuation")
"""Checks of English whose examples have Chinese characters."""


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row.code) for row in CHECKS if row.scope == "text" and row.code not in NO_TEXT]
)
def test_examples_of_a_check_explain_it(row: Check, findings_of: Callable[..., list[Finding]]) -> None:
    is_chinese = not row.wrong.isascii() and row.code not in IN_ENGLISH
    blocks = [{"en": "It is.", "tc": text} if is_chinese else {"en": text, "tc": "是。"} for text in (row.wrong, row.right)]
    body = "".join(f"  - {{id: b{n}, paragraph: {json.dumps(block, ensure_ascii=False)}}}\n" for n, block in enumerate(blocks))
    lines = [finding.location.line for finding in findings_of(body) if finding.code == row.code and finding.location]
    assert set(lines) == {8}


NO_TEXTS = ("length-out-of-proportion", "notes-differ")
"""Checks whose examples in two languages describe the texts, or need a footnote."""
PAIRS = [row for row in CHECKS if row.scope == "languages" or row.code in ("term-differs", "fact-missing")]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.code) for row in PAIRS if row.code not in NO_TEXTS])
def test_examples_in_two_languages_explain_a_check(row: Check, findings_of: Callable[..., list[Finding]]) -> None:
    facts = 'facts: {city: {text: {en: "Shatin", tc: "沙田"}}}\n'
    for example, codes in ((row.wrong, {row.code}), (row.right, set())):
        english, _, chinese = example.rpartition(", ") if ", " in example else ("It will be shown online.", "", example)
        texts = json.dumps({"en": english, "tc": chinese}, ensure_ascii=False)
        findings = findings_of(f"  - {{id: lead, paragraph: {texts}}}\n", facts)
        assert {finding.code for finding in findings} & {row.code} == codes


def test_each_check_has_its_own_code_and_example() -> None:
    for values in ([row.code for row in CHECKS], [(row.wrong, row.right) for row in CHECKS]):
        assert len(set(values)) == len(values)
        assert all(values)
    assert all(row.wrong and row.right and row.wrong != row.right for row in CHECKS)
    assert all(len(row.reason) <= 70 for row in CHECKS)


def test_each_check_has_a_planted_error_in_the_corpus(root: Path) -> None:
    planted = {path.read_text("utf-8").split()[2] for path in (root / "tests/corpus").glob("*/planted/*.yaml")}
    # Spelling needs a dictionary; test_misspelt_word.py has its planted errors.
    assert {row.code for row in CHECKS} - planted == {"misspelt-word"}


def test_the_numerals_of_facts_are_those_of_the_style(findings_of: Callable[..., list[Finding]], tmp_path: Path) -> None:
    (tmp_path / "locales/styles").mkdir(parents=True)
    (tmp_path / "locales/styles/ours.yaml").write_text(
        "about: Ours.\nbased-on: gia\nlanguages:\n  tc: {figures-from: 5}\n", "utf-8"
    )
    facts = "style: ours\nfacts: {rooms: {integer: 7}, halls: {integer: 2}}\n"
    body = """\
  - id: lead
    paragraph:
      en: "It has {{ rooms | count }} rooms and {{ halls | count }} halls."
      tc: "設有{{ rooms | count }}個房間和{{ halls | count }}個禮堂。"
"""
    assert findings_of(body, facts) == []


@pytest.mark.parametrize(("first", "code"), [("三", []), ("十三", ["mixed-numerals"])])
def test_small_chinese_numerals_are_right_in_every_style(
    first: str, code: list[str], findings_of: Callable[..., list[Finding]]
) -> None:
    number = {"三": "three", "十三": "13"}[first]
    texts = f'{{en: "They show 36 oars and {number} sails.", tc: "展出36支船槳，另有{first}支風帆。"}}'
    findings = findings_of(f"  - {{id: lead, paragraph: {texts}}}\n", "style: legco\n")
    assert [finding.code for finding in findings] == code


def test_facts_in_another_style_are_no_other_translation(tmp_path: Path) -> None:
    paths: list[Path] = []
    for style, words in (("gia", "渡輪接載了"), ("gia-numerals", "渡輪接載了"), ("legco", "渡輪接載了"), ("gia", "船隻運送")):
        name = f"source{len(paths)}"
        body = (
            "  - {id: lead, paragraph: {en: 'The ferry carried {{ people | number }} people.', "
            f"tc: '{words}{{{{ people | number }}}}人。'}}}}\n"
        )
        head = f"{HEAD.replace('any', name)}style: {style}\nfacts: {{people: {{integer: 3460}}}}\n"
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(f"{head}{TITLE}{body}", "utf-8")
    assert check(paths[:3]) == []
    (finding,) = check(paths)
    assert finding.code == "translated-two-ways"
    assert "source0.yaml:" in finding.message


def test_kept_characters_are_not_of_the_wrong_script(findings_of: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "The sign reads so.", tc: "招牌寫着[开业]{keep}，业主知悉。"}}\n'
    findings = [finding for finding in findings_of(body) if finding.code == "wrong-script" and finding.excerpts]
    assert [finding.excerpts[0].words for finding in findings] == ["业"]
    assert all("places" not in str(finding) for finding in findings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fee^see note^ is waived.", ["^see note^"]),
        ("The load x~max value~ is x.", ["~max value~"]),
        ("The fee^see^ ^note^ is a^b and c^d, 10^6 or 10^7, H~2~O.", []),
        ("From ~user and ~5 kg to ~6 kg.", []),
    ],
)
def test_marks_around_words_with_spaces_are_found(findings_of: Callable[..., list[Finding]], text: str, words: list[str]) -> None:
    findings = findings_of(f'  - {{id: lead, only: en, paragraph: {{en: "{text}"}}}}\n')
    assert [finding.excerpts[0].words for finding in findings if finding.code == "markup-left"] == words

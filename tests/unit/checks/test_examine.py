from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.checks.rule_table import CHECKS
from ipdocs.findings import Finding
from ipdocs.pipeline.check import check, sources_below

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
def found(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Check a source of some blocks in a workspace with a checks.yaml."""

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


def test_a_finding_names_what_is_wrong_where_and_in_whose_words(found: Callable[..., list[Finding]]) -> None:
    (finding,) = found(TWICE)
    assert (finding.code, finding.message, finding.severity) == ("doubled-word", "The stands twice", "error")
    assert finding.location is not None
    assert (finding.location.line, finding.location.column, finding.location.length) == (9, 22, 7)
    assert [(one.language, one.words) for one in finding.excerpts] == [("en", "The the")]


def test_a_difference_quotes_both_languages_the_translation_first(found: Callable[..., list[Finding]]) -> None:
    (finding,) = found('  - {id: lead, paragraph: {en: "There were 14 cases.", tc: "共有十五宗。"}}\n')
    assert [(one.language, one.words) for one in finding.excerpts] == [("tc", "十五"), ("en", "14")]
    assert finding.message == "tc says 十五, en says 14"


def test_a_workspace_turns_a_check_off(found: Callable[..., list[Finding]]) -> None:
    assert found(TWICE, settings="doubled-word: off\n") == []


def test_a_workspace_makes_a_check_a_warning(found: Callable[..., list[Finding]]) -> None:
    assert [finding.severity for finding in found(TWICE, settings="doubled-word: warning\n")] == ["warning"]


def test_a_workspace_makes_a_warning_an_error(found: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "Is it new?", tc: "是新的。"}}\n'
    assert [finding.severity for finding in found(body)] == ["warning"]
    assert [finding.severity for finding in found(body, settings="ending-differs: error\n")] == ["error"]


def test_a_check_that_does_not_exist_cannot_be_weighed(found: Callable[..., list[Finding]]) -> None:
    (finding,) = found(TWICE, settings="doubled-words: off\n")
    assert (finding.code, finding.message, finding.hint) == (
        "unknown-check",
        "there is no check 'doubled-words'",
        "did you mean doubled-word?",
    )


def test_a_weight_that_does_not_exist_is_told_the_right_ones(found: Callable[..., list[Finding]]) -> None:
    (finding,) = found(TWICE, settings="doubled-word: never\n")
    assert finding.message == "doubled-word: 'never' is not off, warning or error"


def test_a_block_allows_what_a_check_finds(found: Callable[..., list[Finding]]) -> None:
    assert found(TWICE + '    allow: {doubled-word: "it is the name of a shop"}\n') == []


def test_a_document_allows_what_a_check_finds_anywhere(found: Callable[..., list[Finding]]) -> None:
    assert found(TWICE, head='allow: {doubled-word: "all names of shops"}\n') == []


def test_what_is_allowed_for_nothing_is_told(found: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "The fee is waived.", tc: "費用獲豁免。"}, allow: {doubled-word: "a name"}}\n'
    (finding,) = found(body)
    assert (finding.code, finding.severity) == ("idle-silence", "warning")
    assert finding.message == "'doubled-word' is allowed, and there is nothing to allow"


def test_a_check_that_does_not_exist_cannot_be_allowed(found: Callable[..., list[Finding]]) -> None:
    codes = [finding.code for finding in found(TWICE + '    allow: {double-word: "a name"}\n')]
    assert codes == ["unknown-check", "doubled-word"] or codes == ["doubled-word", "unknown-check"]


def test_of_two_findings_on_the_same_words_one_is_told(found: Callable[..., list[Finding]]) -> None:
    body = '  - {id: lead, paragraph: {en: "The talk is on Thursday (August 30).", tc: "講座於星期五（八月三十日）舉行。"}}\n'
    assert [finding.code for finding in found(body)] == ["weekday-wrong"]


def test_what_an_expression_says_is_nobody_s_typing(found: Callable[..., list[Finding]]) -> None:
    head = "facts:\n  rate: {percent: 5}\n"
    body = '  - {id: lead, paragraph: {en: "The rate is {{ rate | percent }}.", tc: "比率為{{ rate | percent }}。"}}\n'
    assert found(body, head=head) == []


def test_gaps_do_not_keep_the_rest_from_being_checked(found: Callable[..., list[Finding]]) -> None:
    codes = {finding.code for finding in found(TWICE + '  - {id: more, paragraph: {en: "More."}}\n')}
    assert codes == {"missing-translation", "doubled-word"}


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
    assert [str(finding) for finding in check(sources_below(root / "fixtures")[0])] == []


def test_every_check_has_a_code_a_reason_and_an_example_of_its_own() -> None:
    for values in ([one.code for one in CHECKS], [one.example for one in CHECKS]):
        assert len(set(values)) == len(values)
        assert all(values)
    assert all(len(one.reason) <= 70 for one in CHECKS)


def test_every_check_is_planted_in_the_corpus(root: Path) -> None:
    planted = {path.read_text("utf-8").split()[2] for path in (root / "tests/corpus").glob("*/planted/*.yaml")}
    assert {one.code for one in CHECKS} - planted == set()

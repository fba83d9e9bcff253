from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.cli.annotations import annotation
from ipdocs.findings import Finding, Location

SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "題目"}
body:
  - id: lead
    paragraph: {en: "There were 14 cases.", tc: "共有十五宗。"}
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "release.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def test_excerpts_underline_the_words_of_both_languages(source: Path) -> None:
    result = CliRunner().invoke(app, ["check", "release.yaml"])
    assert result.exit_code == 1
    assert result.stderr == (
        "error[number-differs]: the tc text says 十五, but the en text says 14\n"
        "  --> release.yaml:9:52\n"
        "   tc | 共有十五宗。\n"
        "      |     ^^^^\n"
        "   en | There were 14 cases.\n"
        "      |            ^^\n"
        "   = hint: correct one of the values, or write both as one fact: {{ name }}\n"
        "1 error\n"
    )


def test_explanation_has_examples_and_allowance(source: Path) -> None:
    (source.parent / "checks.yaml").write_text("doubled-word: warning\n", "utf-8")
    result = CliRunner().invoke(app, ["check", "--explain", "doubled-word"])
    assert result.exit_code == 0
    assert "doubled-word (" in result.stdout
    assert "If the words are right:" not in result.stdout
    for words in ("wrong:  pay the the fee\n", "right:  pay the fee\n", "allow: {doubled-word:", "checks.yaml"):
        assert words in result.stdout


def test_explanation_names_the_file_that_lists_exceptions() -> None:
    result = CliRunner().invoke(app, ["check", "--explain", "misspelt-word"])
    assert "If the words are right:" in result.stdout
    assert "locales/en/words.txt" in result.stdout


def test_explanation_as_json_has_the_same_content(source: Path) -> None:
    result = json.loads(CliRunner().invoke(app, ["check", "--explain", "doubled-word", "--json"]).stdout)
    assert (result["check"]["wrong"], result["check"]["right"]) == ("pay the the fee", "pay the fee")


@pytest.mark.parametrize("code", ["missing-translation", "bad-id", "idle-silence", "no-dictionary"])
def test_other_findings_have_an_example_and_a_hint(code: str) -> None:
    result = CliRunner().invoke(app, ["check", "--explain", code])
    assert (result.exit_code, f"{code} (" in result.stdout) == (0, True)
    assert "Its hint:" in result.stdout
    assert "can be neither allowed nor switched off" in result.stdout
    row = json.loads(CliRunner().invoke(app, ["check", "--explain", code, "--json"]).stdout)["check"]
    assert row["message"]
    assert "\\" not in row["message"] + row["hint"]


def test_a_misspelt_code_of_another_finding_names_it() -> None:
    result = CliRunner().invoke(app, ["check", "--explain", "mising-translation"])
    assert (result.exit_code, "missing-translation?" in result.stderr) == (2, True)


def test_unknown_check_names_the_nearest(source: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--explain", "doubled-words"])
    assert (result.exit_code, "doubled-word?" in result.stderr) == (2, True)


def test_warnings_alone_end_with_exit_code_0(source: Path) -> None:
    source.write_text(SOURCE.replace("14 cases.", "15 cases?"), "utf-8")
    result = CliRunner().invoke(app, ["check", "release.yaml"])
    assert (result.exit_code, "1 warning" in result.stderr) == (0, True)


def test_a_clean_source_has_a_message(source: Path) -> None:
    source.write_text(SOURCE.replace("14", "15"), "utf-8")
    result = CliRunner().invoke(app, ["check"])
    assert (result.exit_code, result.stdout) == (0, "1 checked, no findings\n")


def test_json_has_the_words_of_each_language(source: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--json"])
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["line"], finding["column"], finding["length"]) == (9, 52, 2)
    assert [(excerpt["language"], excerpt["words"]) for excerpt in finding["excerpts"]] == [("tc", "十五"), ("en", "14")]


def test_sarif_has_place_rule_and_the_other_language(source: Path) -> None:
    log = json.loads(CliRunner().invoke(app, ["check", "--sarif"]).stdout)
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert run["tool"]["driver"]["rules"][0]["id"] == "number-differs"
    (result,) = run["results"]
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "release.yaml"},
        "region": {"startLine": 9, "startColumn": 52, "endColumn": 54},
    }
    assert result["relatedLocations"][0]["message"] == {"text": "en: 14"}


def test_sarif_has_only_keys_of_the_standard(source: Path) -> None:
    log = json.loads(CliRunner().invoke(app, ["check", "--sarif"]).stdout)
    assert set(log) == {"version", "runs"}
    for result in log["runs"][0]["results"]:
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"}
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_github_annotations_have_line_and_columns(source: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--github"])
    assert result.stdout == (
        "::error title=number-differs,file=release.yaml,line=9,col=52,endColumn=53::"
        "the tc text says 十五, but the en text says 14%0A"
        "hint: correct one of the values, or write both as one fact: {{ name }}\n"
    )


def test_an_annotation_escapes_what_would_end_it(tmp_path: Path) -> None:
    finding = Finding("any", "100%\nsure", Location(tmp_path / "a,b:c.yaml", 3), severity="warning")
    assert annotation(finding, tmp_path) == "::warning title=any,file=a%2Cb%3Ac.yaml,line=3::100%25%0Asure"


def test_two_output_forms_at_once_are_a_usage_error(source: Path) -> None:
    assert CliRunner().invoke(app, ["check", "--json", "--sarif"]).exit_code == 2


def test_the_list_shows_severities_of_the_workspace(source: Path) -> None:
    (source.parent / "locales").mkdir()
    (source.parent / "checks.yaml").write_text("doubled-word: off\n", "utf-8")
    listed = json.loads(CliRunner().invoke(app, ["check", "--list", "--json"]).stdout)["checks"]
    assert {"code": "doubled-word", "weight": "off"}.items() <= next(
        check for check in listed if check["code"] == "doubled-word"
    ).items()
    shown = CliRunner().invoke(app, ["check", "--list"]).stdout
    assert "number-differs" in shown
    assert "a number is the same in every language" in shown


def test_fix_prints_what_it_fixed(source: Path) -> None:
    source.write_text(SOURCE.replace("14 cases", "15  cases"), "utf-8")
    result = CliRunner().invoke(app, ["check", "--fix", "release.yaml"])
    assert (result.exit_code, result.stderr) == (0, "release.yaml: fixed 1 doubled-space\n")

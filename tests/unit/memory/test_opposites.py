"""Sentences that negate or reverse a stored one, and sentences that differ from it harmlessly."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import languages
from ipdocs.source.template_text import Content
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import Index
from ipdocs.translation.memory.match import Query, best_match
from ipdocs.translation.memory.opposites import opposites, reversal
from ipdocs.workspace import Workspace

Memory = Callable[..., Index]
Ask = Callable[..., Query]
Read = Callable[..., AnalysedText]
MAX_PERCENT = 75

with Path(__file__).with_name("opposites.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
REVERSED = [(row["language"], row["stored"], row["query"]) for row in ROWS if row["reversed"] == "yes"]
HARMLESS = [(row["language"], row["stored"], row["query"]) for row in ROWS if row["reversed"] == "no"]
OTHER = {"en": "tc", "tc": "en"}


@pytest.mark.parametrize(("language", "stored", "query"), REVERSED)
def test_reversed_sentence_is_never_above_75_percent(memory: Memory, ask: Ask, language: str, stored: str, query: str) -> None:
    for first, second in ((stored, query), (query, stored)):
        match = best_match(
            memory({language: first, OTHER[language]: "?"}), ask(second, language, OTHER[language], min_percent=50)
        )
        assert match is None or match.percent <= MAX_PERCENT, f"{first} / {second}"
        assert match is None or match.percent < MAX_PERCENT or match.reason


@pytest.mark.parametrize(("language", "stored", "query"), REVERSED)
def test_reversal_is_recognised_in_both_directions(read: Read, language: str, stored: str, query: str) -> None:
    first, second = read(stored, language), read(query, language)
    assert reversal(first, second)
    assert reversal(second, first)


@pytest.mark.parametrize(("language", "stored", "query"), HARMLESS)
def test_harmless_difference_is_no_reversal(read: Read, language: str, stored: str, query: str) -> None:
    first, second = read(stored, language), read(query, language)
    assert not reversal(first, second)
    assert not reversal(second, first)


def test_the_table_has_enough_pairs() -> None:
    for language in OTHER:
        assert sum(row[0] == language for row in REVERSED) >= 30
        assert sum(row[0] == language for row in HARMLESS) >= 20


def test_text_that_says_the_same_is_preferred(memory: Memory, ask: Ask) -> None:
    index = memory(
        {"en": "The trail is not open to young cyclists.", "tc": "不開放"}, {"en": "The trail is open to cyclists.", "tc": "開放"}
    )
    match = best_match(index, ask("The trail is open to young cyclists."))
    assert match
    assert match.target == ("開放",)
    assert match.percent > MAX_PERCENT


def test_number_that_becomes_zero_is_a_fuzzy_match(memory: Memory, ask: Ask, text: Callable[..., Content]) -> None:
    index = memory(
        {
            "en": text("{{ cases | number }} cases were reported.", "12"),
            "tc": text("接獲{{ cases | number }}宗個案。", "十二"),
        }
    )
    to_four = best_match(index, ask(text("{{ cases | number }} cases were reported.", "14")))
    to_zero = best_match(index, ask(text("{{ cases | number }} cases were reported.", "0")))
    assert to_four
    assert to_zero
    assert (to_four.kind, to_zero.kind, to_zero.percent) == ("facts", "fuzzy", MAX_PERCENT)
    assert "0" in to_zero.reason


def test_number_alone_may_become_zero(memory: Memory, ask: Ask) -> None:
    match = best_match(memory({"en": "12", "tc": "12"}), ask("0"))
    assert match
    assert match.kind == "facts"


def test_workspace_adds_words(tmp_path: Path, read: Read) -> None:
    table = tmp_path / "locales/en/opposites.csv"
    table.parent.mkdir(parents=True)
    table.write_text("kind,words,opposites,note\nopposite,anchored,adrift,\n", "utf-8")
    workspace = Workspace(tmp_path)
    texts = [read(f"The junk is {word} off the pier.") for word in ("anchored", "adrift")]
    first, second = (AnalysedText(text.content, text.value_context, workspace) for text in texts)
    assert reversal(first, second) == "“adrift” is the opposite of “anchored” in the stored text"
    assert not reversal(*texts)


def test_unknown_kind_is_a_finding(tmp_path: Path) -> None:
    table = tmp_path / "locales/en/opposites.csv"
    table.parent.mkdir(parents=True)
    table.write_text("kind,words,opposites,note\nopposites,up,down,\n", "utf-8")
    workspace = Workspace(tmp_path)
    with pytest.raises(IpdocsError) as caught:
        opposites(languages(workspace)["en"], workspace)
    (finding,) = caught.value.findings
    assert (finding.code, finding.location and finding.location.line) == ("bad-table", 2)


def test_a_very_long_phrase_is_a_finding(tmp_path: Path) -> None:
    table = tmp_path / "locales/en/opposites.csv"
    table.parent.mkdir(parents=True)
    table.write_text(f"kind,words,opposites,note\nopposite,up,{'down ' * 10_000},\n", "utf-8")
    workspace = Workspace(tmp_path)
    with pytest.raises(IpdocsError, match="too long") as caught:
        opposites(languages(workspace)["en"], workspace)
    (finding,) = caught.value.findings
    assert (finding.code, finding.location and finding.location.line) == ("bad-table", 2)

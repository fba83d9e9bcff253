"""Every kind of finding on a document has an everyday sentence, in each language of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.messages.codes import emitted_codes

from ipdocs.desk.sentences import sentence_catalog, sentences
from ipdocs.workspace import Workspace, find_workspace

PACKAGES = ("checks/", "source/", "localisation/", "model/")
"""The packages whose findings are on documents."""
OFFICE_WORDS = re.compile(r"\b(yaml|pars|splic|commit|fuzzy|unit|hash|key|node|block id)", re.IGNORECASE)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return find_workspace(tmp_path / "source.yaml")


def test_every_code_has_a_sentence(workspace: Workspace) -> None:
    codes = {code for code, module in emitted_codes().items() if module.startswith(PACKAGES)}
    assert codes <= sentences(workspace).keys()


def test_no_sentence_is_left_without_a_finding(workspace: Workspace) -> None:
    assert sentences(workspace).keys() <= emitted_codes().keys()


@pytest.mark.parametrize("language", ["tc", "sc"])
def test_sentences_are_translated_with_their_names(language: str, workspace: Workspace) -> None:
    catalog = sentence_catalog(workspace, language)
    assert set(sentences(workspace).values()) == catalog.keys()
    for english, translated in catalog.items():
        assert re.search("[\u4e00-\u9fff]", translated), english
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", translated))


def test_sentences_are_short_and_in_office_words(workspace: Workspace) -> None:
    for text in sentences(workspace).values():
        assert len(text) <= 75
        assert text.endswith(".")
        assert not OFFICE_WORDS.search(text), text


def test_english_needs_no_catalog(workspace: Workspace) -> None:
    assert sentence_catalog(workspace, "en") == {}


def test_workspace_replaces_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "locales/desk").mkdir(parents=True)
    (tmp_path / "locales/desk/findings.csv").write_text("code,sentence,tc,sc\ndoubled-word,Twice!,兩次！,两次！\n", "utf-8")
    workspace = find_workspace(tmp_path / "source.yaml")
    assert sentences(workspace)["doubled-word"] == "Twice!"
    assert sentence_catalog(workspace, "tc")["Twice!"] == "兩次！"
    assert len(sentences(workspace)) > 100

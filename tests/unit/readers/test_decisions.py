"""Imports with the decisions of an editor: other pairs, and facts that stay words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.importing.import_release import ImportDecisions, compose_release
from ipdocs.importing.proposal import ImportProposal, propose_release
from ipdocs.model.blocks import ListBlock, Paragraph
from ipdocs.source.open import Source
from ipdocs.values.types import HONG_KONG
from ipdocs.workspace import Workspace

NOW = datetime(2018, 8, 22, 9, 0, tzinfo=HONG_KONG)
ENGLISH = """Harbour office opens new counter

The Harbour Office opened 36 new stalls on March 5, 2018.

The counter is free of charge.

Visitors may write to the office.
"""
CHINESE = """海港處開設新櫃位

海港處於二○一八年三月五日開設36個新檔位。

櫃位不收費。

市民可致函該處。
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A release in English and in Chinese."""
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "tc.txt").write_text(CHINESE, "utf-8")
    return [tmp_path / "en.txt", tmp_path / "tc.txt"]


def propose(files: list[Path], pairs: list[dict[str, list[int]]] | None = None) -> ImportProposal:
    return propose_release(files, files[0].parent / "release.yaml", NOW, Workspace(), pairs=pairs)


def decide(files: list[Path], decisions: ImportDecisions) -> Source:
    release = compose_release(files, files[0].parent / "release.yaml", NOW, workspace=Workspace(), decisions=decisions)
    assert release.source is not None
    return release.source


def texts(source: Source) -> list[dict[str, str]]:
    return [
        {code: str(text) for code, text in block.paragraph.items()}
        for block in source.document.body
        if isinstance(block, Paragraph)
    ]


def test_proposal_has_pairs_and_facts(files: list[Path]) -> None:
    proposal = propose(files)
    assert [dict(pair.indices) for pair in proposal.pairs] == [{"en": (n,), "tc": (n,)} for n in range(3)]
    assert [pair.doubt for pair in proposal.pairs] == ["", "", ""]
    assert proposal.title == {"en": "Harbour office opens new counter", "tc": "海港處開設新櫃位"}
    facts = {fact.notation: (dict(fact.reads), fact.uses) for fact in proposal.facts}
    assert facts["36"] == ({"en": "36", "tc": "36"}, 1)
    assert facts["2018-03-05"] == ({"en": "March 5, 2018", "tc": "二○一八年三月五日"}, 1)


def test_pairs_of_proposal_give_same_source(files: list[Path]) -> None:
    proposal = propose(files)
    again = compose_release(
        files,
        files[0].parent / "release.yaml",
        NOW,
        workspace=Workspace(),
        decisions=ImportDecisions([pair.indices for pair in proposal.pairs]),
    )
    assert again.text == compose_release(files, files[0].parent / "release.yaml", NOW, workspace=Workspace()).text


def test_decided_pairs_are_joined_and_separate(files: list[Path]) -> None:
    pairs = [{"en": [0, 1], "tc": [0]}, {"tc": [1]}, {"en": [2], "tc": [2]}]
    proposal = propose(files, pairs)
    assert [pair.doubt for pair in proposal.pairs] == ["", "alone", ""]
    assert [finding.code for finding in proposal.findings if finding.code == "no-partner"] == ["no-partner"]
    joined, alone, last = texts(decide(files, ImportDecisions(pairs)))
    assert joined["en"].count("\n") == 1
    assert joined["en"].endswith("free of charge.")
    assert alone == {"tc": "櫃位不收費。"}
    assert last == {"en": "Visitors may write to the office.", "tc": "市民可致函該處。"}


def test_refused_fact_stays_words(files: list[Path]) -> None:
    proposal = propose(files)
    name = next(fact.name for fact in proposal.facts if fact.notation == "36")
    source = decide(files, ImportDecisions(None, [name]))
    assert name not in source.document.facts
    assert "36 new stalls" in texts(source)[0]["en"]
    assert {fact.name for fact in propose(files).facts} - {name} == set(source.document.facts)


@pytest.mark.parametrize(
    "pairs",
    [
        [{"en": [0], "tc": [0]}, {"en": [1], "tc": [1]}, {"en": [2]}],
        [{"en": [0, 0], "tc": [0]}, {"en": [1], "tc": [1]}, {"en": [2], "tc": [2]}],
        [{"en": [0, 1, 2, 3], "tc": [0, 1, 2]}],
    ],
)
def test_pairs_must_have_each_text_once(files: list[Path], pairs: list[dict[str, list[int]]]) -> None:
    with pytest.raises(ValueError, match="exactly once"):
        propose(files, pairs)


def test_lists_are_joined_item_by_item(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(
        "A title of some length\n\nWords.\n\n- one thing\n- two things\n\nMore.\n\n- third thing\n- fourth thing\n", "utf-8"
    )
    (tmp_path / "tc.txt").write_text("標題\n\n文字。\n\n- 一件\n- 兩件\n- 末件\n- 終件\n\n更多。\n", "utf-8")
    files = [tmp_path / "en.txt", tmp_path / "tc.txt"]
    proposal = propose(files)
    assert [text.kind for text in proposal.texts["en"]] == ["paragraph", "list", "paragraph", "list"]
    assert [text.kind for text in proposal.texts["tc"]] == ["paragraph", "list", "paragraph"]
    source = decide(files, ImportDecisions([{"en": [0], "tc": [0]}, {"en": [1, 3], "tc": [1]}, {"en": [2], "tc": [2]}]))
    (block,) = [block for block in source.document.body if isinstance(block, ListBlock)]
    assert [item["en"] for item in block.list.items] == ["one thing", "two things", "third thing", "fourth thing"]
    with pytest.raises(ValueError, match="cannot be joined"):
        propose(files, [{"en": [0, 1], "tc": [0]}, {"en": [2, 3], "tc": [1, 2]}])

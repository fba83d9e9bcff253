"""Alignment of the blocks of two languages, also when one language lacks some."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from ipdocs.importing import align as alignment_module
from ipdocs.importing.align import align
from ipdocs.importing.block_features import text_cost
from ipdocs.importing.block_pairs import Alignment, align_blocks
from ipdocs.importing.document_draft import Draft, DraftBlock, make_draft
from ipdocs.importing.item_endings import without_endings
from ipdocs.importing.read_files import read_file
from ipdocs.locale.import_words import import_words
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

FIXTURES = (
    "gd-hk-ip-16/release.yaml",
    "gd-hk-ip-17/release.yaml",
    "example-gia/release.yaml",
    "gd-hk-ip-17-minutes/minutes.yaml",
)
MIN_SHARE = 0.95
WORKSPACE = Workspace()
SETTINGS = (
    ValueContext(language("en", WORKSPACE), house_style("gia", WORKSPACE)),
    ValueContext(language("tc", WORKSPACE), house_style("gia", WORKSPACE)),
)


@pytest.fixture(scope="module")
def documents(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[DraftBlock], list[DraftBlock]]]:
    """Return the blocks of each fixture's built Word files, in English and Chinese, in the same order."""
    documents = []
    for name in FIXTURES:
        outputs = build(
            [root / "fixtures" / name], tmp_path_factory.mktemp("built"), BuildRequest(editions=("en", "tc"), formats=("docx",))
        )
        sides = [
            without_endings(
                make_draft(read_file(output.path, Workspace()), output.languages[0], Workspace()).blocks,
                import_words(Workspace()),
            )
            for output in outputs
        ]
        assert [block.kind for block in sides[0]] == [block.kind for block in sides[1]]
        documents.append((sides[0], sides[1]))
    return documents


def correct_pairs(english: list[DraftBlock], chinese: list[DraftBlock], partners: dict[int, DraftBlock]) -> int:
    """Return how many English blocks were paired correctly: with their partner, or with nothing if it is missing."""
    aligned = {id(pair.first): pair.second for pair in align(english, chinese, SETTINGS, WORKSPACE) if pair.first}
    present = {id(block) for block in chinese}
    expected = {id(block): (partners[id(block)] if id(partners[id(block)]) in present else None) for block in english}
    return sum(key in aligned and aligned[key] is partner for key, partner in expected.items())


def test_every_block_of_the_fixtures_is_paired(documents: list[tuple[list[DraftBlock], list[DraftBlock]]]) -> None:
    for english, chinese in documents:
        partners = {id(block): partner for block, partner in zip(english, chinese, strict=True)}
        assert correct_pairs(english, chinese, partners) == len(english)


def test_blocks_are_paired_when_others_are_missing(documents: list[tuple[list[DraftBlock], list[DraftBlock]]]) -> None:
    random = Random(17)
    correct = total = 0
    for english, chinese in documents:
        partners = {id(block): partner for block, partner in zip(english, chinese, strict=True)}
        for _ in range(25):
            missing = {id(block) for block in random.sample([*english, *chinese], 3)}
            remaining = [block for block in english if id(block) not in missing]
            correct += correct_pairs(remaining, [block for block in chinese if id(block) not in missing], partners)
            total += len(remaining)
    assert total > 1000
    assert correct / total >= MIN_SHARE, f"{correct} of {total}"


def test_notes_are_paired_by_number() -> None:
    draft = Draft("en", blocks=[DraftBlock("footnotes", (("One.",), ("Two.",)), 1, names=("1", "2"))])
    other = Draft("tc", blocks=[DraftBlock("footnotes", (("二。",),), 1, names=("2",))])
    contexts = dict(zip(("en", "tc"), SETTINGS, strict=True))
    alignment = Alignment(("en", "tc"), contexts, dict.fromkeys(contexts, Path("a")), WORKSPACE)
    (row,) = align_blocks({"en": draft, "tc": other}, alignment, [])
    assert [block.texts for block in row.versions.values()] == [(("One.",), ("Two.",)), ((), ("二。",))]


def test_long_documents_are_aligned_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(*arguments: Any) -> float:
        nonlocal calls
        calls += 1
        return text_cost(*arguments)

    monkeypatch.setattr(alignment_module, "text_cost", counted)

    def paragraphs(text: str) -> list[DraftBlock]:
        return [DraftBlock("paragraph", ((text.format(number, number * 7 + 1000),),), 1) for number in range(900)]

    english, chinese = paragraphs("Stall {} sells nets; it has {} of them."), paragraphs("第{}個攤位售賣漁網，共有{}個。")
    del chinese[300:700]
    pairs = align(english, chinese, SETTINGS, WORKSPACE)
    assert len(chinese) < calls < 10 * len(english)
    assert [pair.second for pair in pairs if pair.first in english[700:]] == chinese[300:]
    assert all(pair.second is None for pair in pairs if pair.first in english[300:700])

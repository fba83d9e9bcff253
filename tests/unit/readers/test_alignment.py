"""Blocks of two languages find each other, also where one language lacks some of them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from ipdocs.importing.align import align
from ipdocs.importing.document_draft import Block, draft, without_endings
from ipdocs.importing.import_release import read_file
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace

FIXTURES = (
    "gd-hk-ip-16/release.yaml",
    "gd-hk-ip-17/release.yaml",
    "example-gia/release.yaml",
    "gd-hk-ip-17-minutes/minutes.yaml",
)
LEAST = 0.95
HERE = Workspace()
SETTINGS = (Setting(language("en", HERE), house_style("gia", HERE)), Setting(language("tc", HERE), house_style("gia", HERE)))


@pytest.fixture(scope="module")
def documents(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[Block], list[Block]]]:
    """The blocks of every fixture as its built Word files have them, in English and Chinese: one for one, in order."""
    made = []
    for name in FIXTURES:
        outputs = build(
            [root / "fixtures" / name], tmp_path_factory.mktemp("built"), BuildRequest(editions=("en", "tc"), formats=("docx",))
        )
        sides = [without_endings(draft(read_file(one.path), one.languages[0]).blocks) for one in outputs]
        assert [block.kind for block in sides[0]] == [block.kind for block in sides[1]]
        made.append((sides[0], sides[1]))
    return made


def right(ours: list[Block], theirs: list[Block], truth: dict[int, Block]) -> tuple[int, int]:
    """Return how many blocks got the partner they have, or none where they have none; and how many there are."""
    found = {id(pair.ours): pair.theirs for pair in align(ours, theirs, SETTINGS, HERE) if pair.ours}
    here = {id(one) for one in theirs}
    expected = {id(one): (truth[id(one)] if id(truth[id(one)]) in here else None) for one in ours}
    return sum(found[key] is partner for key, partner in expected.items()), len(ours)


def test_every_block_of_every_fixture_finds_its_partner(documents: list[tuple[list[Block], list[Block]]]) -> None:
    for ours, theirs in documents:
        truth = {id(one): other for one, other in zip(ours, theirs, strict=True)}
        assert right(ours, theirs, truth) == (len(ours), len(ours))


def test_blocks_find_their_partners_where_others_are_missing(documents: list[tuple[list[Block], list[Block]]]) -> None:
    random = Random(17)
    good = every = 0
    for ours, theirs in documents:
        truth = {id(one): other for one, other in zip(ours, theirs, strict=True)}
        for _ in range(25):
            lost = {id(one) for one in random.sample([*ours, *theirs], 3)}
            found, count = right(
                [one for one in ours if id(one) not in lost], [one for one in theirs if id(one) not in lost], truth
            )
            good, every = good + found, every + count
    assert every > 1000
    assert good / every >= LEAST, f"{good} of {every}"

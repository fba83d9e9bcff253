from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.pipeline.check import check

from .corpus import missed, sources


@pytest.mark.parametrize("source", sources("planted"), ids=lambda path: path.stem)
def test_planted_error_is_found(source: Path) -> None:
    assert missed(source) == []


@pytest.mark.parametrize("source", sources("clean"), ids=lambda path: path.stem)
def test_clean_source_has_no_finding(source: Path) -> None:
    assert check([source]) == []

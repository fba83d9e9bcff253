"""TMX files given back for a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.translation.import_translations import import_translations

UNIT = '<tu{name}><tuv xml:lang="en"><seg>A talk held</seg></tuv><tuv xml:lang="zh-HK"><seg>講座完滿舉行</seg></tuv></tu>'


def tmx(folder: Path, name: str) -> Path:
    path = folder / "omegat.tmx"
    doctype = '<!DOCTYPE tmx SYSTEM "tmx11.dtd">'
    path.write_text(f"{doctype}<tmx version='1.1'><header/><body>{UNIT.format(name=name)}</body></tmx>", "utf-8")
    return path


@pytest.mark.parametrize("name", ["", ' tuid="7"'])
def test_a_memory_of_another_tool_is_not_a_returned_file(name: str, small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    with pytest.raises(IpdocsError, match=r"ipdocs memory import omegat\.tmx"):
        import_translations(small, [tmx(tmp_path, name)], to="tc")
    assert small.read_bytes() == before


def test_names_of_texts_make_it_a_returned_file(small: Path, tmp_path: Path) -> None:
    result = import_translations(small, [tmx(tmp_path, ' tuid="title"')], to="tc")
    assert result.changed == ("title",)
    assert "講座完滿舉行" in small.read_text("utf-8")

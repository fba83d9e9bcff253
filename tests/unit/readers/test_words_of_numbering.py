"""Words that Word writes before the paragraphs of a list are words of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.readers.word_files import part, run, word_file

from ipdocs.importing.readers import word
from ipdocs.source.segment import to_source_text


@pytest.mark.parametrize(
    ("number_format", "text", "first", "second"),
    [
        ("decimal", "Article %1:", "Article 1: Fees", "Article 2: Fees"),
        ("taiwaneseCountingThousand", "第%1條", "第一條Fees", "第二條Fees"),
        ("bullet", "Note:", "Note: Fees", "Note: Fees"),
    ],
)
def test_words_before_items_come_in(number_format: str, text: str, first: str, second: str, tmp_path: Path) -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("Fees")}</w:p>'
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(item * 2, {"numbering": part("w:numbering", numbering)}))
    imported = word.read(path)
    assert [(paragraph.kind, to_source_text(paragraph.content)) for paragraph in imported.paragraphs] == [
        ("paragraph", first),
        ("paragraph", second),
    ]

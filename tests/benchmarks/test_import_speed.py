"""Time of the import of long Word files: 200 pages in less than three seconds of processor time, and in proportion to length."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.properties.word_elements import WordFile

from ipdocs.importing.import_release import import_release

pytestmark = pytest.mark.bench

WORDS = [
    "the",
    "committee",
    "noted",
    "that",
    "district",
    "programme",
    "works",
    "harbour",
    "review",
    "annual",
    "figures",
    "and",
    "proposals",
    "for",
    "residents",
    "in",
    "new",
    "town",
    "areas",
    "were",
    "received",
    "with",
    "thanks",
    "during",
    "second",
    "quarter",
    "by",
    "members",
    "from",
    "both",
    "sides",
]


def long_word_file(pages: int) -> bytes:
    """Return a Word file with a heading, six paragraphs, a list and some tables on each page, about 490 words."""
    random = Random(pages)

    def words(count: int) -> str:
        return " ".join(random.choice(WORDS) for _ in range(count))

    def run(text: str, properties: str = "") -> str:
        return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'

    body = ""
    for page in range(pages):
        body += f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>{run(f"Part {page + 1} of the report")}</w:p>'
        for _ in range(6):
            sentences = [f"{words(13).capitalize()} in {random.randint(2, 900)} cases. " for _ in range(5)]
            runs = "".join(run(text, "<w:rPr><w:b/></w:rPr>" if index == 2 else "") for index, text in enumerate(sentences))
            body += f"<w:p>{runs}</w:p>"
        body += "".join(f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>{run(words(9))}</w:p>' for _ in range(4))
        if page % 4 == 0:
            cells = "".join(f"<w:tc><w:p>{run(words(3))}</w:p></w:tc>" for _ in range(3))
            body += f"<w:tbl><w:tblPr/><w:tblGrid/>{f'<w:tr>{cells}</w:tr>' * 5}</w:tbl><w:p/>"
    return WordFile(random).pack(body)


def seconds_of_processor(pages: int, folder: Path) -> float:
    """Import a Word file of some pages twice, and return the shorter time."""
    path = folder / f"{pages}.docx"
    path.write_bytes(long_word_file(pages))
    times = []
    for number in range(2):
        before = sum(os.times()[:4])
        import_release([path], folder / f"{pages}-{number}", datetime(2026, 11, 22))
        times.append(sum(os.times()[:4]) - before)
    return min(times)


def test_two_hundred_pages_are_imported_in_time(benchmark: Any, tmp_path: Path) -> None:
    seconds_of_processor(10, tmp_path)
    times = {pages: seconds_of_processor(pages, tmp_path) for pages in (50, 100, 400)}
    times[200] = benchmark.pedantic(seconds_of_processor, args=(200, tmp_path), rounds=1)
    benchmark.extra_info["seconds of processor by pages"] = times
    assert times[200] < 3
    assert times[400] / 400 < 1.6 * times[50] / 50

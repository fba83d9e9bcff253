"""Typing in every YAML style: the words stand in the file, and every other byte is as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .typing_help import cell, saved, type_at_end, wait_for

pytestmark = pytest.mark.slow

SOURCE = """# A comment at the top.
schema: 1
kind: press-release
id: styles   # an id
issued: 2018-08-21T18:30+08:00
languages: [ en, tc ]

title: { en: "A title",  tc: '標題' }   # flow style

body:
  # Before the first block.
  - id: literal
    paragraph:
      en: |
        Literal words
        on two lines.
      tc: |
        直書文字。

  - id: folded
    paragraph:
      en: >
        Folded words
        on two lines.
      tc: >-
        摺疊文字。
  - id: single   # It's quoted.
    paragraph: { en: 'Single: it''s #1.', tc: '單引號。' }
  - id: double
    paragraph:
      en: "Double \\"quoted\\" words: \\
        on two lines."
      # Between the languages.
      tc: "雙引號。"
  - id: items
    list:
      items:
      - {en: "first", tc: "甲"}
      - en: "second"   # after a text
        tc: "乙"
# The end, without a line break"""
CELLS = {
    ("literal.paragraph", "en"): ("on two lines.\n      tc: |", "on two lines. More\n      tc: |"),
    ("literal.paragraph", "tc"): ("直書文字。", "直書文字。多"),
    ("folded.paragraph", "en"): ("on two lines.\n      tc: >-", "on two lines. More\n      tc: >-"),
    ("folded.paragraph", "tc"): ("摺疊文字。", "摺疊文字。多"),
    ("single.paragraph", "en"): ("#1.'", "#1. More'"),
    ("single.paragraph", "tc"): ("'單引號。'", "'單引號。多'"),
    ("double.paragraph", "en"): ('on two lines."', 'on two lines. More"'),
    ("double.paragraph", "tc"): ('"雙引號。"', '"雙引號。多"'),
    ("items.list.items.0", "en"): ('"first"', '"first More"'),
    ("items.list.items.1", "en"): ('"second"', '"second More"'),
    ("title", "en"): ('"A title"', '"A title More"'),
    ("title", "tc"): ("'標題'", "'標題多'"),
}


@pytest.mark.parametrize(("newline", "mark"), [("\n", ""), ("\r\n", "\ufeff")], ids=["LF", "CRLF with a mark"])
def test_typing_keeps_every_other_byte(
    desk: Any, open_page: Callable[..., Any], workspace: Path, newline: str, mark: str
) -> None:
    path = workspace / "styles.yaml"
    path.write_bytes((mark + SOURCE.replace("\n", newline)).encode())
    page, expected = open_page(desk, "/d/styles.yaml"), SOURCE
    for (place, lang), (before, after) in CELLS.items():
        assert expected.count(before) == 1, before
        expected = expected.replace(before, after)
        type_at_end(page, place, lang, " More" if lang == "en" else "多")
        assert ("More" if lang == "en" else "多") in cell(page, place, lang).inner_text()
        saved(page)
        assert path.read_bytes().decode() == mark + expected.replace("\n", newline), (place, lang)
    for _ in CELLS:
        written = path.read_bytes()
        page.click("#tools button >> nth=0")
        wait_for(page, lambda written=written: path.read_bytes() != written)
    assert path.read_bytes().decode() == mark + SOURCE.replace("\n", newline)
    assert page.problems == []

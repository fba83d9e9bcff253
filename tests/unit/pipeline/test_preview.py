"""The PDF of a source that is being written, and the places of its blocks: what pdfium reads there is what the block says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest

from ipdocs.pipeline.prepare import prepare_source
from ipdocs.pipeline.preview import Preview, preview
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, inspect_source, parse_source
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.workspace import find_workspace

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [*sorted((ROOT / "fixtures").glob("*/*.yaml")), *sorted((ROOT / "tests/everything").glob("*.yaml"))]
SOURCES = [path for path in SOURCES if path.name in ("release.yaml", "minutes.yaml")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_box_holds_words_of_block(path: Path, layout: Layout) -> None:
    source = inspect_source(path, draft=True)
    edition = "+".join(list(source.document.languages)[:2])
    made = preview(source, edition, layout)
    read = _text_in_boxes(made)
    words = dict(_block_words(source, edition, layout))
    assert {box.block for box in made.boxes} <= words.keys()
    for block, expected in words.items():
        if not expected.strip() or block.endswith(":_action-head"):  # rules; the head of a column, which only Word shows
            continue
        missing = _characters(expected) - _characters(read[block])
        assert not missing, f"{block}: {''.join(missing)!r} is not in {read[block]!r}"


def test_boxes_of_blocks_are_apart() -> None:
    made = preview(inspect_source(ROOT / "fixtures/gd-hk-ip-17/release.yaml", draft=True), "en+tc+sc")
    whole = [box for box in made.boxes if box.piece is None]
    assert len({box.block for box in whole}) > 20
    for one, other in combinations(whole, 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert one.page != other.page or min(across, down) < 0.004, (one, other)


def test_pieces_follow_texts_of_a_list() -> None:
    source = _from_text(
        """
  - id: aims
    list:
      intro: {en: "The office will:", tc: "該處會："}
      items:
        - {en: "answer letters", tc: "回覆來信"}
        - {en: "open on Sundays", tc: "星期日開放"}
"""
    )
    made = preview(source, "en")
    pieces = [(box.piece, box.of) for box in made.boxes if box.block == "en:aims" and box.piece is not None]
    assert pieces == [(0, "intro"), (1, "li"), (2, "li")]
    third = next(box for box in made.boxes if box.block == "en:aims" and box.piece == 2)
    page = pypdfium2.PdfDocument(made.data)[0]
    width, height = page.get_size()
    edges = (third.x * width, (1 - third.y - third.height) * height, (third.x + third.width) * width, (1 - third.y) * height)
    assert "open on Sundays" in page.get_textpage().get_text_bounded(*edges)
    assert "answer" not in page.get_textpage().get_text_bounded(*edges)


def test_block_over_two_pages_has_two_boxes() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    made = preview(_from_text(f'  - id: long\n    paragraph: {{en: "{words}", tc: "字"}}\n'), "en")
    boxes = [box for box in made.boxes if box.block == "en:long" and box.piece is None]
    assert [box.page for box in boxes] == list(range(1, made.page_count + 1))
    assert made.page_count > 1
    assert not Counter(words.split()) - Counter(_text_in_boxes(made)["en:long"].split())


def test_note_has_a_box_of_its_own() -> None:
    source = _from_text(
        """
  - id: lead
    paragraph: {en: "Words with a note.[^why]", tc: "有註釋的文字。[^why]"}
  - id: notes
    footnotes:
      why: {en: "Counted by hand.", tc: "人手點算。"}
"""
    )
    boxes = [box for box in preview(source, "en").boxes if box.block == "en:lead" and box.piece is None]
    assert [box.note for box in boxes] == [False, True]
    assert boxes[1].y > boxes[0].y + boxes[0].height


def test_gaps_and_drafts_are_drawn() -> None:
    source = _from_text(
        '  - id: lead\n    paragraph: {en: "Written.", tc: "⟦draft: 草稿⟧"}\n  - id: last\n    paragraph: {en: "Only here."}\n'
    )
    made = preview(source, "en+tc")
    assert made.data.startswith(b"%PDF-")
    assert {box.block for box in made.boxes} >= {"en:lead", "tc:lead"}


def _from_text(body: str) -> Source:
    """Return a source in memory with the given lines as body."""
    path = ROOT / "fixtures/gd-hk-ip-17/in-memory.yaml"
    head = "schema: 1\nkind: press-release\nid: in-memory\nstyle: gia\nissued: 2018-08-22\nlanguages: [en, tc]\n"
    head += 'title: {en: "A title", tc: "標題"}\nbody:\n'
    return parse_source(SourceText(path, head + body.lstrip("\n")), SourceContext(path, find_workspace(path)), draft=True)


def _block_words(source: Source, edition: str, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the name and words of each block of the HTML that is set."""
    request = BuildRequest(editions=(edition,), layout=layout, formats=("pdf",), draft=True, verify=False)
    html = prepare_source(replace(source, draft=True), request).tasks[0].rendered.html
    for element in html.body.iter():
        if block := element.get("data-block"):
            yield block, "".join(element.xpath(".//text()[not(ancestor::*[@class='end-mark'])]"))  # no PDF shows the mark


def _text_in_boxes(made: Preview) -> dict[str, str]:
    """Return the text that pdfium finds in the boxes of each block."""
    texts: dict[str, str] = {}
    pdf = pypdfium2.PdfDocument(made.data)
    for box in made.boxes:
        if box.piece is None:
            page = pdf[box.page - 1]
            width, height = page.get_size()
            left, top = box.x * width, (1 - box.y) * height
            text = page.get_textpage().get_text_bounded(left, top - box.height * height, left + box.width * width, top)
            texts[box.block] = f"{texts.get(box.block, '')} {text}"
    return texts


def _characters(text: str) -> Counter[str]:
    """Return the letters and digits of a text."""
    return Counter(character for character in unicodedata.normalize("NFKD", text) if character.isalnum())

"""The shipped templates and stylesheets as pages: measures, alignment, page breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from ipdocs import localise, open_source
from ipdocs.locale.language import language
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.layout import Layout
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

Lay = Callable[..., "Pages"]

GIA, RELEASE, MINUTES = "example-gia/release.yaml", "gd-hk-ip-17/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml"
CHARACTER = 12
EXACT = 0.1

SOURCE = """\
schema: 1
kind: press-release
id: small
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en, tc]
title: {en: "Small", tc: "小"}
body:
"""


class Pages:
    """A laid out document: its boxes by the class or the name of their elements, lengths in points."""

    def __init__(self, tree: HtmlDocument) -> None:
        self.document: Any = pdf.lay_out(tree, pdf.prepare([tree], Workspace())).document

    def __len__(self) -> int:
        return len(self.document.pages)

    def all(self, name: str) -> list[tuple[int, Any]]:
        """The outermost boxes of each element, with their pages."""
        return [(number, box) for number, page in enumerate(self.document.pages, 1) for box in self._within(page._page_box, name)]

    def _within(self, box: Any, name: str) -> Iterator[Any]:
        for child in getattr(box, "children", ()):
            classes = (child.element.get("class") or "").split() if child.element is not None else []
            if child.element is not None and "::" not in child.element_tag and name in (child.element.tag, *classes):
                yield child
            else:
                yield from self._within(child, name)

    def edges(self, name: str) -> list[tuple[float, float]]:
        """The top and bottom of each element's border box on its page."""
        boxes = [box for _, box in self.all(name)]
        return [(box.border_box_y(), box.border_box_y() + box.border_height()) for box in boxes]

    def heads(self) -> list[str]:
        """The header of each page."""
        headers = []
        for page in self.document.pages:
            boxes = [box for box in page._page_box.children if getattr(box, "at_keyword", "") == "@top-right"]
            headers.append("".join(inner.text for box in boxes for inner in box.descendants() if hasattr(inner, "text")))
        return headers


@pytest.fixture
def lay(root: Path, tmp_path: Path) -> Lay:
    """Return a function that lays out a fixture, or a small release with a given body, in some languages."""

    def lay_out(source: str, *languages: str, layout: Layout = "parallel", template: str = "document.html") -> Pages:
        path = root / "fixtures" / source
        if "\n" in source:
            path = tmp_path / "release.yaml"
            path.write_text(SOURCE + source, "utf-8")
        workspace = Workspace()
        source = open_source(path, workspace)
        views = [localise(source, language(name, workspace)) for name in languages]
        return Pages(render_html(views, template, layout=layout))

    return lay_out


def points(pixels: float) -> float:
    return pixels * 0.75


@pytest.mark.parametrize("source", [GIA, MINUTES])
@pytest.mark.parametrize("languages", [("tc",), ("en", "tc")])
def test_chinese_lines_hold_whole_characters(lay: Lay, source: str, languages: tuple[str, ...]) -> None:
    """Otherwise full lines would end before the margin, in each column at another place."""
    for name in ("p", "li"):
        boxes = [box for _, box in lay(source, *languages).all(name) if box.style["lang"] == "zh-Hant-HK"]
        boxes = [box for box in boxes if box.style["font_size"] == 16 and "owner" not in str(box.element.get("class"))]
        remainders = {round(points(box.width) % CHARACTER, 1) for box in boxes}
        assert max(remainders) < 0.6, remainders


def test_action_owners_do_not_narrow_numbered_paragraphs(lay: Lay) -> None:
    widths = {round(points(box.width)) for _, box in lay(MINUTES, "tc").all("numbered")}
    assert widths == {27 * CHARACTER}


@pytest.mark.parametrize("code", ["en", "tc", "sc"])
def test_the_example_is_one_page(lay: Lay, code: str) -> None:
    assert len(lay(GIA, code)) == 1


@pytest.mark.parametrize("code", ["tc", "sc"])
def test_no_page_holds_the_last_three_lines_alone(lay: Lay, code: str) -> None:
    assert len(lay(RELEASE, code)) == 1


def test_end_block_is_never_alone_on_a_page(lay: Lay) -> None:
    words = '- id: a{0}\n  paragraph: {{en: "{1}", tc: "字"}}\n'
    for count in range(20, 28):
        body = "".join(words.format(number, "word") for number in range(count))
        pages = lay(body, "en")
        last = max(page for page, _ in pages.all("end"))
        assert {page for page, box in pages.all("p") if box.element.get("class") != "end"} >= {last}


def test_picture_takes_only_its_own_height(lay: Lay) -> None:
    pages = lay(GIA, "en")
    ((_, image),) = pages.all("img")
    ((top, _),) = pages.edges("figcaption")
    assert points(top - image.position_y - image.height) == pytest.approx(3, abs=EXACT)


def test_line_separates_notes_from_the_text(tree_of: Callable[..., HtmlDocument]) -> None:
    note = '<html lang="en"><body><p>Word<span class="footnote">Note</span></p></body></html>'
    pages = Pages(tree_of(note))
    (area,) = [box for box in pages.document.pages[0]._page_box.children if isinstance(box, FootnoteAreaBox)]
    assert (points(area.border_top_width), points(area.padding_top), points(area.margin_top)) == (0.75, 3, 6)


def test_issuer_and_reference_share_a_line(lay: Lay) -> None:
    pages = lay(GIA, "en")
    ((_, office),) = pages.all("office")
    ((_, reference),) = pages.all("reference")
    assert points(office.height) == 15
    assert points(reference.position_x + reference.width) == pytest.approx(points(office.position_x + office.width), abs=EXACT)


@pytest.mark.parametrize("source", [GIA, RELEASE])
def test_one_rule_ends_the_titles_side_by_side(lay: Lay, source: str) -> None:
    pages = lay(source, "en", "tc")
    (row,) = [box for _, box in pages.all("of-title-block")]
    assert {points(cell.style["border_bottom_width"]) for cell in row.children} == {0.75}
    assert {points(child.border_bottom_width) for _, block in pages.all("title-block") for child in block.children} == {0}


def test_a_correction_ends_the_title_block(lay: Lay, tmp_path: Path) -> None:
    correction = '\ncorrection: {issued: 2018-08-22T09:15+08:00, text: {en: "It was 14.", tc: "應為十四。"}}\n'
    body = '- {id: a, paragraph: {en: "Word.", tc: "字。"}}' + correction
    ((_, block),) = lay(body, "en").all("title-block")
    borders = [
        (child.element.get("class"), points(child.border_top_width), points(child.border_bottom_width))
        for child in block.children
    ]
    assert borders == [("title", 0, 0), ("correction", 0.75, 0.75)]
    assert block.border_bottom_width == 0


def test_no_page_ends_within_a_row_of_languages(lay: Lay) -> None:
    pages = lay(MINUTES, "en", "tc")
    rows = [box.element for _, box in pages.all("row")]
    assert len(rows) == len(set(rows)) > 30


def test_a_row_longer_than_a_page_goes_over_pages(lay: Lay) -> None:
    body = f'- {{id: a, paragraph: {{en: "{"word " * 2000}end", tc: "字"}}}}\n'
    assert len(lay(body, "en", "tc")) > 2


def test_language_names_have_space_below(lay: Lay) -> None:
    pages = lay(MINUTES, "en", "tc")
    ((_, head), *_) = pages.all("head")
    assert {points(cell.padding_bottom) for row in head.children for cell in row.children} == {6}


def test_each_attendance_group_is_a_row(lay: Lay) -> None:
    rows = [box.element for _, box in lay(MINUTES, "en", "tc").all("of-attendance")]
    assert [[label.text for label in row.iter("dt")] for row in rows] == [
        ["Present", "出席者"],
        ["Absent with apologies", "因事缺席者"],
        ["In attendance", "列席者"],
        ["Attendance by invitation", "應邀出席者"],
    ]


def test_attendance_label_is_beside_the_names(lay: Lay) -> None:
    pages = lay(MINUTES, "tc")
    labels, names = pages.all("dt"), pages.all("dd")
    assert [points(box.position_y) for _, box in labels] == [points(box.position_y) for _, box in names]
    assert {round(points(box.position_x + box.padding_left), 1) for _, box in names} == {69.6 + 11 * CHARACTER}


def test_stacked_pairs_are_close_and_apart_from_others(lay: Lay) -> None:
    body = '- {id: a, paragraph: {en: "One.", tc: "一。"}}\n- {id: b, paragraph: {en: "Two.", tc: "二。"}}\n'
    edges = lay(body, "en", "tc", layout="stacked").edges("p")[:4]
    assert [points(below[0] - above[1]) for above, below in pairwise(edges)] == [3, 12, 3]


def test_numbers_are_aligned_right_and_do_not_break(lay: Lay) -> None:
    rows = '[{en: "Marks", tc: "商標"}, {en: "36 179", tc: "36 179宗"}], [{en: "Patents", tc: "專利"}, {en: "–", tc: "–"}]'
    body = f'- id: t\n  table:\n    head: [{{en: "Class", tc: "類別"}}, {{en: "2018", tc: "二○一八年"}}]\n    rows: [{rows}]\n'
    pages = lay(body, "tc")
    cells = [box for name in ("th", "td") for _, box in pages.all(name)]
    assert [cell.style["text_align_all"] for cell in cells] == ["left", "right", "left", "right", "left", "right"]
    assert [cell.style["white_space"] for cell in cells] == ["normal", "normal", "normal", "nowrap", "normal", "nowrap"]


def test_nested_list_starts_at_its_given_number(lay: Lay) -> None:
    inner = '{text: {en: "a", tc: "甲"}, list: {style: letter, start: 3, items: [{en: "b", tc: "乙"}]}}'
    body = f'- id: l\n  list: {{style: number, items: [{inner}, {{en: "d", tc: "丁"}}]}}\n'
    (outer,) = {box.element for _, box in lay(body, "en").all("ol")}
    assert [element.get("start") for element in outer.iter("ol")] == [None, "3"]


def test_pages_after_the_first_state_the_title(lay: Lay) -> None:
    first, *others = lay(MINUTES, "en").heads()
    assert first == ""
    assert set(others) == {"Minutes of the 17th meeting"}
    assert set(lay(MINUTES, "tc", "en", layout="stacked").heads()[1:]) == {"第17次會議紀錄"}


def test_sequential_languages_do_not_share_pages(lay: Lay) -> None:
    assert set(lay(MINUTES, "en", "tc", layout="sequential").heads()) == {""}

"""The cascade: computed styles as WeasyPrint lays them out."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.templating.cascade import Cascade
from ipdocs.templating.html_document import HtmlDocument

PAGE = '<html lang="en"><body><article lang="en"><p class="lead">a <em lang="zh-Hant-HK">字</em></p></article></body></html>'
Make = Callable[..., HtmlDocument]


def test_computed_style_follows_the_cascade(tree_of: Make) -> None:
    tree = tree_of(PAGE, ".lead { font-size: 15pt } p { font-size: 10pt; margin-left: 10% }")
    styles = Cascade(tree)
    lead = next(tree.root.iter("p"))
    assert styles.style(lead)["font_size"] == 20
    assert styles.style(lead)["margin_left"].unit == "%"
    assert styles.style(next(tree.root.iter("em")))["lang"] == "zh-Hant-HK"


def test_pdf_and_word_have_the_same_computed_styles(tree_of: Make) -> None:
    """The values come from WeasyPrint's own page, so that another version of WeasyPrint cannot divide the formats."""
    from ipdocs.workspace import Workspace
    from ipdocs.writers import pdf

    tree = tree_of(PAGE, ".lead { line-height: 20pt; text-indent: 3em; color: #123456; letter-spacing: 1pt }")
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    boxes = (box for page in laid.document.pages for box in page._page_box.descendants())
    page = next(box.style for box in boxes if box.element_tag == "p")
    word = Cascade(tree).style(next(tree.root.iter("p")))
    for key in ("font_size", "line_height", "text_indent", "color", "letter_spacing", "margin_bottom", "orphans"):
        assert word[key] == page[key], key


def test_font_relative_length_is_measured(tree_of: Make) -> None:
    tree = tree_of(PAGE, ".lead { font-size: 20px; text-indent: 2ex }")
    assert 10 < Cascade(tree).style(next(tree.root.iter("p")))["text_indent"].value < 30


def test_emphasis_marks_follow_the_cascade(tree_of: Make) -> None:
    tree = tree_of(PAGE, "em { text-emphasis: none } .lead em:lang(zh) { text-emphasis: filled dot }")
    tokens = Cascade(tree).style(next(tree.root.iter("em")))["__text_emphasis"]
    assert [token.value for token in tokens if token.type == "ident"] == ["filled", "dot"]


def test_page_has_the_margin_boxes_of_its_selector(tree_of: Make) -> None:
    first = '@page :first { @top-left { content: "b" } }'
    css = f'@page {{ margin: 1cm; @top-left {{ content: "a" }} }} @page wide {{ size: A4 landscape }} {first}'
    styles = Cascade(tree_of(PAGE, css))
    assert styles.page_styles()["top-left"]["content"] == (("string", "a"),)
    assert styles.page_styles(first=True)["top-left"]["content"] == (("string", "b"),)
    width, height = styles.page_styles("wide")[""]["size"]
    assert width > height


def test_missing_pseudo_element_has_no_style(tree_of: Make) -> None:
    tree = tree_of(PAGE, 'p::before { content: "x" }')
    lead = next(tree.root.iter("p"))
    assert Cascade(tree).pseudo_style(lead, "before") is not None
    assert Cascade(tree).pseudo_style(lead, "after") is None


def test_missing_pango_is_reported(tree_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nmore")
        return real(name, *rest, **more)

    tree = tree_of(PAGE)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(IpdocsError) as raised:
        Cascade(tree)
    assert raised.value.findings[0].code == "missing-library"
    assert "cannot load library 'libpango-1.0-0'" in raised.value.findings[0].message

"""An HTML document is the same after it was pickled."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from ipdocs.templating.html_document import HtmlDocument

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path d="M0 0h2v2z"/></svg>'


def pickled(document: HtmlDocument) -> HtmlDocument:
    return pickle.loads(pickle.dumps(document))  # noqa: S301 - our own


def test_pickled_document_is_unchanged(root: Path, tree_of: Callable[..., HtmlDocument]) -> None:
    page = (root / "tests/trees/vocabulary.html").read_text("utf-8")
    original = replace(tree_of(page, "p { color: red }", {"a.svg": SQUARE}, draft=True), attachment=("release.yaml", b"a"))
    copy = pickled(original)
    assert etree.tostring(copy.root) == etree.tostring(original.root)
    for field in fields(HtmlDocument):
        assert field.name == "root" or getattr(copy, field.name) == getattr(original, field.name), field.name


def test_unpickled_html_is_read_as_before(tree_of: Callable[..., HtmlDocument]) -> None:
    page = '<html lang="en"><body><p class="lead">a&nbsp;&lt;b&gt; <em>字</em>\U000282e2</p></body></html>'
    copy = pickled(tree_of(page))
    (lead,) = copy.body.find_class("lead")
    assert isinstance(lead, HtmlElement)
    assert lead.text_content() == "a\xa0<b> 字\U000282e2"

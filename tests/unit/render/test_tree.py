"""A tree that goes to another process arrives as it left."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from ipdocs.templating.html_document import HtmlDocument

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path d="M0 0h2v2z"/></svg>'


def gone(tree: HtmlDocument) -> HtmlDocument:
    return pickle.loads(pickle.dumps(tree))  # noqa: S301 - our own


def test_a_tree_that_goes_to_another_process_arrives_as_it_left(root: Path, tree_of: Callable[..., HtmlDocument]) -> None:
    page = (root / "tests/trees/vocabulary.html").read_text("utf-8")
    left = replace(tree_of(page, "p { color: red }", {"a.svg": SQUARE}, draft=True), attachment=("release.yaml", b"a"))
    arrived = gone(left)
    assert etree.tostring(arrived.root) == etree.tostring(left.root)
    for one in fields(HtmlDocument):
        assert one.name == "root" or getattr(arrived, one.name) == getattr(left, one.name), one.name


def test_what_arrives_is_read_as_before(tree_of: Callable[..., HtmlDocument]) -> None:
    page = '<html lang="en"><body><p class="lead">a&nbsp;&lt;b&gt; <em>字</em>\U000282e2</p></body></html>'
    arrived = gone(tree_of(page))
    (lead,) = arrived.body.find_class("lead")
    assert isinstance(lead, HtmlElement)
    assert lead.text_content() == "a\xa0<b> 字\U000282e2"

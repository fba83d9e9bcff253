"""The cascade: a tree and its stylesheets in, the computed style of each element, page and margin box out.

WeasyPrint computes the styles, so a writer that asks here and the pages that
WeasyPrint lays out cannot disagree. Lengths are in CSS pixels (96 to an inch)
or dimensions with a percentage, keys are the properties with underscores.
This is the one module that knows WeasyPrint's private cascade.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from lxml import etree

from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.templating.weasyprint_css import load_weasyprint
from ipdocs.templating.weasyprint_errors import BASE_URL, stylesheet_errors

Style = Mapping[str, Any]

_EMPHASIS = re.compile(r"(?<![\w-])(text-emphasis(?:-position)?)(?=\s*:)")
"""WeasyPrint knows nothing of these; as custom properties (`__text_emphasis`) they go through the cascade all the same."""


class Cascade:
    """The computed styles of one tree: ask `of` an element, `before` and `after` it, or a page."""

    def __init__(self, tree: HtmlDocument) -> None:
        load_weasyprint()
        from cssselect2 import ElementWrapper
        from weasyprint.css import StyleFor
        from weasyprint.html import PH_STYLESHEET, UA_STYLESHEET

        sheets = [
            (UA_STYLESHEET, "user agent", None),
            (PH_STYLESHEET, "author", (0, 0, 0)),
            *((_parsed(sheet)[0], "user", None) for sheet in tree.stylesheets),
        ]
        html = SimpleNamespace(etree_element=tree.root, wrapper_element=ElementWrapper.from_html_root(tree.root), base_url=None)
        self._root = tree.root
        self._sheets = tree.stylesheets
        with stylesheet_errors(tree.stylesheets):
            self._styles = StyleFor(html, sheets, True, _Fonts(), None)

    def of(self, element: etree._Element) -> Style:
        """Return an element's computed style."""
        style: Style = self._styles(element)
        return style

    def part(self, element: etree._Element, name: str) -> Style | None:
        """Return the style of an element's part such as 'before', 'marker' or 'footnote-call', or None without a rule for it."""
        style: Style | None = self._styles(element, name)
        return style

    def page(self, name: str = "", *, first: bool = False, left: bool = False) -> dict[str, Style]:
        """Return the style of a page under "" and of its margin boxes under their names ('top-left'): only those with a rule."""
        from weasyprint.layout.page import PageType, set_page_type_computed_styles

        kind = PageType("left" if left else "right", False, name, 0 if first else 2, ())
        html = SimpleNamespace(etree_element=self._root, base_url=None)
        set_page_type_computed_styles(kind, html, self._styles)
        computed = self._styles.get_computed_styles()
        return {part.removeprefix("@") if part else "": style for (owner, part), style in computed.items() if owner == kind}

    def counters(self) -> Any:
        """Return the counter styles (decimal, lower-roman, the stylesheets' own) by name, as WeasyPrint keeps them."""
        from weasyprint.html import UA_COUNTER_STYLE

        styles = UA_COUNTER_STYLE.copy()
        for sheet in self._sheets:
            styles.update(_parsed(sheet)[1])
        return styles


def apply_text_transform(words: str, style: Style) -> str:
    """Return words as a stylesheet has them spelt on a page: in capitals, for instance."""
    if style["text_transform"] == "none":
        return words
    from weasyprint.formatting_structure.text import transform

    return str(transform(style["text_transform"], words, style["lang"]))


def resolve_calculation(value: Any, whole: float) -> float | None:
    """Return what a calculation such as calc(50% - 3pt) comes to in pixels; None where that depends on the element's font."""
    from weasyprint.css.tokens import RelativeLengthInMath
    from weasyprint.layout.percent import percentage

    try:
        return float(percentage(value, None, whole))
    except RelativeLengthInMath:
        return None


class _Fonts:
    """The fonts that units such as ex are measured with: made when one is, as that takes 40 ms."""

    def __getattr__(self, name: str) -> Any:
        """Return what WeasyPrint asks its font configuration for."""
        return getattr(_font_configuration(), name)


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _parsed(sheet: Stylesheet) -> tuple[Any, dict[str, Any]]:
    """Return a stylesheet as WeasyPrint keeps it, and its counter styles; parsed once for all documents."""
    from weasyprint import CSS

    counters: dict[str, Any] = {}
    text = _EMPHASIS.sub(r"--\1", sheet.text)
    with stylesheet_errors([sheet]):
        return CSS(string=text, base_url=BASE_URL, counter_style=counters, url_fetcher=_refuse), counters


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a stylesheet may load nothing: {url}")

"""The computed styles of an HTML document's elements, pages and margin boxes.

WeasyPrint computes the styles, so every writer uses the same styles as the layout of the PDF. A style maps property names,
such as font_size, to values. Lengths are in CSS pixels (96 to an inch) or percentages. No other module uses WeasyPrint's private
cascade.
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
from ipdocs.templating.weasyprint_errors import BASE_URL, report_stylesheet_errors

Style = Mapping[str, Any]

_EMPHASIS = re.compile(r"(?<![\w-])(text-emphasis(?:-position)?)(?=\s*:)")
"""Matches properties that WeasyPrint does not know; its cascade treats them as custom properties (`__text_emphasis`)."""


class Cascade:
    """The computed styles of one document."""

    def __init__(self, document: HtmlDocument) -> None:
        load_weasyprint()
        from cssselect2 import ElementWrapper
        from weasyprint.css import StyleFor
        from weasyprint.html import PH_STYLESHEET, UA_STYLESHEET

        sheets = [
            (UA_STYLESHEET, "user agent", None),
            (PH_STYLESHEET, "author", (0, 0, 0)),
            *((_parse(sheet)[0], "user", None) for sheet in document.stylesheets),
        ]
        wrapper = ElementWrapper.from_html_root(document.root)
        html = SimpleNamespace(etree_element=document.root, wrapper_element=wrapper, base_url=None)
        self._root = document.root
        self._sheets = document.stylesheets
        with report_stylesheet_errors(document.stylesheets):
            self._styles = StyleFor(html, sheets, True, _LazyFonts(), None)

    def style(self, element: etree._Element) -> Style:
        """Return the computed style of an element."""
        style: Style = self._styles(element)
        return style

    def pseudo_style(self, element: etree._Element, pseudo_element: str) -> Style | None:
        """Return the computed style of a pseudo-element such as 'before' or 'marker', or None if no rule applies to it."""
        style: Style | None = self._styles(element, pseudo_element)
        return style

    def page_styles(self, name: str = "", *, first: bool = False, left: bool = False) -> dict[str, Style]:
        """Return the computed styles of a page, keyed by "", and of its margin boxes, keyed by names such as "top-left".

        Margin boxes without a rule are left out.

        Args:
            name: the page name in @page rules.
            first: whether the page is the first page.
            left: whether the page is a left page.
        """
        from weasyprint.layout.page import PageType, set_page_type_computed_styles

        page_type = PageType("left" if left else "right", False, name, 0 if first else 2, ())
        html = SimpleNamespace(etree_element=self._root, base_url=None)
        set_page_type_computed_styles(page_type, html, self._styles)
        computed = self._styles.get_computed_styles()
        return {part.removeprefix("@") if part else "": style for (owner, part), style in computed.items() if owner == page_type}

    def counter_styles(self) -> Any:
        """Return the counter styles by name: predefined styles such as decimal, and those that the stylesheets define."""
        from weasyprint.html import UA_COUNTER_STYLE

        styles = UA_COUNTER_STYLE.copy()
        for sheet in self._sheets:
            styles.update(_parse(sheet)[1])
        return styles


def apply_text_transform(text: str, style: Style) -> str:
    """Apply the text-transform of a style to a text, for example capitals, and return the result."""
    if style["text_transform"] == "none":
        return text
    from weasyprint.formatting_structure.text import transform

    return str(transform(style["text_transform"], text, style["lang"]))


def resolve_calculation(value: Any, whole: float) -> float | None:
    """Return the length in pixels of a calculation such as calc(50% - 3pt), or None if the length depends on the font.

    Args:
        value: the calculation.
        whole: the length that is 100 %, in pixels.
    """
    from weasyprint.css.tokens import RelativeLengthInMath
    from weasyprint.layout.percent import percentage

    try:
        return float(percentage(value, None, whole))
    except RelativeLengthInMath:
        return None


class _LazyFonts:
    """The font configuration for units such as ex, created only when it is used, because its creation takes 40 ms."""

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the font configuration."""
        return getattr(_font_configuration(), name)


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _parse(sheet: Stylesheet) -> tuple[Any, dict[str, Any]]:
    """Return a parsed stylesheet and its counter styles, cached for all documents."""
    from weasyprint import CSS

    counters: dict[str, Any] = {}
    text = _EMPHASIS.sub(r"--\1", sheet.text)
    with report_stylesheet_errors([sheet]):
        return CSS(string=text, base_url=BASE_URL, counter_style=counters, url_fetcher=_refuse_url), counters


def _refuse_url(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"loading {url} is not allowed in a stylesheet")

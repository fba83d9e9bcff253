"""Report declarations that WeasyPrint cannot lay out, or that leave content untagged in the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.declarations import Declaration, read_declarations
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.weasyprint_errors import report_stylesheet_errors


def untagged_content_findings(html: HtmlDocument) -> Iterator[Finding]:
    """Yield a finding for each declaration in effect that sets an opacity below 1.

    WeasyPrint leaves translucent content untagged, which PDF/UA-1 does not allow (7.1).
    """
    for declaration in _declarations_in_effect(html, "opacity", lambda style: style["opacity"] < 1):
        message = f"opacity: {declaration.value} leaves the faded content untagged in the PDF"
        hint = "use a paler colour, or a translucent one such as rgb(0 0 0 / 50%)"
        yield Finding("untagged-style", message, declaration.location, hint)


@contextmanager
def report_layout_errors(html: HtmlDocument) -> Iterator[None]:
    """Turn errors from WeasyPrint's layout into findings, with the location of the declaration if it is known.

    Raises:
        IpdocsError: WeasyPrint cannot lay out the document.
    """
    try:
        with report_stylesheet_errors(html.stylesheets):
            yield
    except IpdocsError as error:
        declaration = next(
            _declarations_in_effect(html, "content", lambda style: not isinstance(style["content"], str), "marker"), None
        )
        if declaration is None or not isinstance(error.__cause__, Exception):
            raise
        hint = "use list-style-type instead"
        message = f"WeasyPrint cannot set content: {declaration.value} on ::marker"
        raise IpdocsError([Finding("pdf-layout", message, declaration.location, hint)]) from error


def _declarations_in_effect(
    html: HtmlDocument, name: str, condition: Callable[[Style], bool], pseudo_element: str | None = None
) -> Iterator[Declaration]:
    """Yield the declarations of a property that match an element, or pseudo-element, whose style meets a condition."""
    import cssselect2

    sheets = [sheet for sheet in html.stylesheets if name in sheet.text]
    declarations = [
        declaration
        for sheet in sheets
        for declaration in read_declarations(sheet)
        if name in declaration.longhands and declaration.rule.page is None
    ]
    if not declarations:
        return
    cascade = Cascade(html)
    for declaration in declarations:
        matcher = cssselect2.Matcher()
        for selector in declaration.rule.selectors:
            matcher.add_selector(selector, declaration)
        for wrapper in cssselect2.ElementWrapper.from_html_root(html.root).iter_subtree():
            node = wrapper.etree_element
            pseudo_elements = [pseudo for *_, pseudo, _ in matcher.match(wrapper) if pseudo_element in (None, pseudo)]
            styles = [cascade.pseudo_style(node, pseudo) if pseudo else cascade.style(node) for pseudo in pseudo_elements]
            if any(style is not None and condition(style) for style in styles):
                yield declaration
                break

"""What a stylesheet asks for that no good PDF comes of: as findings with the stylesheet's line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.declarations import Declaration, declared
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.weasyprint_errors import stylesheet_errors


def untagged(tree: HtmlDocument) -> Iterator[Finding]:
    """Yield what would leave content without tags (PDF/UA 7.1): what is translucent is drawn in a group, which has none."""
    for said in _followed(tree, "opacity", lambda style: style["opacity"] < 1):
        message = f"opacity: {said.value} would leave what it fades without tags in the PDF"
        hint = "say it with a paler colour, or with a colour that lets others through: rgb(0 0 0 / 50%)"
        yield Finding("untagged-style", message, said.location, hint)


@contextmanager
def laying_out(tree: HtmlDocument) -> Iterator[None]:
    """Make a finding of what WeasyPrint stumbles over, at the line that is known to make it stumble where there is one."""
    try:
        with stylesheet_errors(tree.stylesheets):
            yield
    except IpdocsError as error:
        said = next(_followed(tree, "content", lambda style: not isinstance(style["content"], str), "marker"), None)
        if said is None or not isinstance(error.__cause__, Exception):
            raise
        hint = "say it with list-style-type"
        message = f"WeasyPrint cannot set content: {said.value} on ::marker"
        raise IpdocsError([Finding("pdf-layout", message, said.location, hint)]) from error


def _followed(tree: HtmlDocument, name: str, asks: Callable[[Style], bool], part: str | None = None) -> Iterator[Declaration]:
    """Yield the declarations of a property after which some element, or the part of one, has a style that asks for something."""
    import cssselect2

    sheets = [sheet for sheet in tree.stylesheets if name in sheet.text]
    found = [said for sheet in sheets for said in declared(sheet) if name in said.longhands and said.rule.page is None]
    if not found:
        return
    cascade = Cascade(tree)
    for said in found:
        matcher = cssselect2.Matcher()
        for selector in said.rule.selectors:
            matcher.add_selector(selector, said)
        for wrapper in cssselect2.ElementWrapper.from_html_root(tree.root).iter_subtree():
            node = wrapper.etree_element
            parts = [one for *_, one, _ in matcher.match(wrapper) if part is None or one == part]
            styles = [cascade.part(node, one) if one else cascade.of(node) for one in parts]
            if any(style is not None and asks(style) for style in styles):
                yield said
                break

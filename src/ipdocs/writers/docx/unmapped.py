"""What a stylesheet asks for that Word cannot say: declarations in, findings with the stylesheet's line out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from ipdocs.findings import Finding, Location
from ipdocs.render.cascade import Cascade, Style
from ipdocs.render.tree import Stylesheet, Tree

_SAID = frozenset(
    {
        *(
            "color",
            "background-color",
            "content",
            "quotes",
            "display",
            "string-set",
            "page",
            "size",
            "orphans",
            "widows",
            "float",
        ),
        *("font", "font-family", "font-size", "font-style", "font-weight", "font-variant-caps", "line-height", "letter-spacing"),
        *("text-align", "text-indent", "text-transform", "text-emphasis", "text-emphasis-position", "white-space"),
        *("text-decoration", "text-decoration-line", "text-decoration-style", "vertical-align", "position", "width", "height"),
        *("margin", "padding", "border", "border-collapse", "border-spacing", "border-width", "border-style", "border-color"),
        *("list-style", "list-style-type", "caption-side", "table-layout", "max-width", "max-height", "background"),
        *("break-before", "break-after", "break-inside", "page-break-before", "page-break-after", "page-break-inside"),
    }
)
_SIDED = ("margin-", "padding-", "border-top", "border-left", "border-bottom", "border-right")
_BESIDES = frozenset(
    {
        *("bookmark-level", "bookmark-label", "bookmark-state", "image-rendering", "font-kerning", "footnote-display"),
        *("box-sizing", "footnote-policy", "counter-reset", "counter-increment", "counter-set", "overflow-wrap", "src"),
    }
)
"""What concerns the PDF alone, or what Word does by itself: nothing is lost when it is not said."""

_SIDE_BOXES = ("left-", "right-")
_LAID_OUT = {"table", "inline-table", "table-cell"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A declaration that Word may be unable to follow: its place, its text, the selectors it stands under."""

    location: Location
    name: str
    value: str
    selectors: tuple[Any, ...] = ()


def unmapped(tree: Tree, cascade: Cascade) -> Iterator[Finding]:
    """Yield a warning for each property that some element of the tree has and Word has no word for, once a property."""
    import cssselect2

    told: set[str] = set()
    doubts = [doubt for sheet in tree.stylesheets for doubt in _doubts(sheet)]
    matcher = cssselect2.Matcher()
    for doubt in doubts:
        if not doubt.selectors:
            yield from _tell(doubt, told)
        for selector in doubt.selectors:
            matcher.add_selector(selector, doubt)
    if any(doubt.selectors for doubt in doubts):
        for element in cssselect2.ElementWrapper.from_html_root(tree.root).iter_subtree():
            for *_, doubt in matcher.match(element):
                if not _follows(doubt, element.etree_element, cascade.of(element.etree_element)):
                    yield from _tell(doubt, told)


def _tell(doubt: Doubt, told: set[str]) -> Iterator[Finding]:
    if doubt.name not in told:
        told.add(doubt.name)
        hint = "leave it out, or say it with margins, borders, tables or type, which both formats have"
        message = f"Word cannot follow {doubt.name}: {doubt.value}"
        yield Finding("unmapped-style", message, doubt.location, hint, severity="warning")


def _follows(doubt: Doubt, element: etree._Element, style: Style) -> bool:
    """Whether Word can follow a doubtful declaration on this element after all."""
    if doubt.name in {"width", "max-width"}:
        return element.tag == "img" or bool(_LAID_OUT.intersection(style["display"]))
    if doubt.name in {"height", "max-height"}:
        return bool(element.tag == "img")
    if doubt.name == "background":
        return bool(style["background_image"] == (("none", None),))
    return False


@cache
def _doubts(sheet: Stylesheet) -> tuple[Doubt, ...]:
    """Return the declarations of a stylesheet that need a second look; read once for all documents."""
    import tinycss2

    return tuple(_of_rules(tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True), sheet))


def _of_rules(rules: list[Any], sheet: Stylesheet) -> Iterator[Doubt]:
    import cssselect2
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            try:
                selectors = tuple(cssselect2.compile_selector_list(rule.prelude))
            except cssselect2.SelectorError:
                continue
            yield from _of_block(rule.content, selectors, sheet)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            if "screen" not in tinycss2.serialize(rule.prelude):
                yield from _of_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), sheet)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            yield from _of_page(rule, sheet)


def _of_block(content: list[Any], selectors: tuple[Any, ...], sheet: Stylesheet) -> Iterator[Doubt]:
    import tinycss2

    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            value = tinycss2.serialize(one.value).strip()
            if not _surely(one.lower_name, value):
                yield Doubt(Location(sheet.path, one.source_line, one.source_column), one.name, value, selectors)


def _of_page(rule: Any, sheet: Stylesheet) -> Iterator[Doubt]:
    """Yield the margin boxes at the sides of a page: Word has heads and feet only."""
    import tinycss2

    for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if one.type == "at-rule" and (one.lower_at_keyword.startswith(_SIDE_BOXES) or "corner" in one.lower_at_keyword):
            yield Doubt(Location(sheet.path, one.source_line, one.source_column), f"@{one.lower_at_keyword}", "a margin box")


def _surely(name: str, value: str) -> bool:
    """Whether Word can follow a declaration wherever it stands."""
    if name.startswith(("--", "-weasy-")) or name in _BESIDES:
        return True
    if name in {"width", "height", "max-width", "max-height"}:
        return value in {"auto", "none", "100%"}
    if name == "background":
        return "url(" not in value and "gradient" not in value
    if name == "display":
        return not value.startswith(("flex", "grid", "inline-flex", "inline-grid"))
    if name == "hyphens":
        return value in {"manual", "none"}
    if name == "float":
        return value in {"none", "footnote"}
    if name == "position":
        return value == "static" or value.startswith("running(")
    return "radius" not in name and (name in _SAID or name.startswith(_SIDED))

"""Report CSS declarations that Word does not support, with their lines in the stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipdocs.findings import Finding
from ipdocs.templating.cascade import Cascade, Style, resolve_calculation
from ipdocs.templating.declarations import (
    Declaration,
    has_initial_value,
    is_initial_value,
    is_known_property,
    is_undrawn_line,
    read_declarations,
)
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.writers.docx.css_support import SUPPORTED
from ipdocs.writers.docx.element_kinds import EVERYWHERE, MARGIN_BOX, StyledBox, kind_of, possible_kinds

_NEUTRAL = frozenset({"0", "auto", "inherit", "initial", "manual", "none", "normal", "unset"})
"""Values that have no effect, whatever the property."""

_WORD_ONLY = {
    "text-emphasis": frozenset({"none", "dot", "circle"}),
    "text-emphasis-position": frozenset({"over", "right", "under"}),
}
"""Properties that Word supports but WeasyPrint does not, with the keywords that Word supports."""

_IMPLIED = {"text-align": "text_align_last", "text-align: justify-all": "nothing"}
"""The longhand that is not checked, because Word applies it anyway, keyed by the property that sets it.

A key with a value takes precedence. "nothing" means that all longhands are checked.
"""

_SIDE_BOXES = frozenset(
    f"{side}-{position}"
    for sides, positions in (
        (("left", "right"), ("top", "middle", "bottom")),
        (("top", "bottom"), ("left-corner", "right-corner")),
    )
    for side in sides
    for position in positions
)
"""Margin boxes at the left and right sides and in the corners of a page, which Word does not have."""

_PAGE_SELECTORS = frozenset({"first", "left", "right"})
"""Page selectors for which Word has separate headers and footers."""

_SOME_PAGES = "some pages"
"""The kind of an @page rule with a selector such as :first."""

_EDGE_BOX = re.compile(r"(top|bottom)-(left|center|right)")


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A declaration that Word may not support, with the longhands and the kinds of element to check.

    A declaration without longhands has a property that WeasyPrint does not know; Word supports this property on no element.
    """

    declaration: Declaration
    longhands: tuple[str, ...]
    kinds: frozenset[str]


_Unsupported = tuple[Declaration, str, tuple[str, ...]]
"""A declaration that Word does not support, its description, and a key for reporting it only once."""


def unsupported_css_findings(html: HtmlDocument, cascade: Cascade, *, has_negative_gap: bool = False) -> Iterator[Finding]:
    """Yield one warning for each property that Word does not support on an element or page.

    Negative margins are reported only if `has_negative_gap` is set, that is, if margins somewhere add up to less than zero.
    """
    reported: set[tuple[str, ...]] = set()
    for declaration, description, key in [
        *_unsupported_on_pages(html, cascade),
        *_unsupported_on_elements(html, cascade, has_negative_gap),
    ]:
        if key not in reported:
            reported.add(key)
            message = f"Word does not support {description}"
            hint = "remove it, or use margins, borders, tables or fonts, which both formats support"
            yield Finding("unmapped-style", message, declaration.location, hint, severity="warning")


@cache
def _candidates(stylesheet: Stylesheet) -> tuple[_Candidate, ...]:
    """Return the declarations of a stylesheet that must be checked in context, cached for all documents."""
    return tuple(candidate for declaration in read_declarations(stylesheet) if (candidate := _candidate(declaration)))


def _candidate(declaration: Declaration) -> _Candidate | None:
    """Return a declaration with the longhands and kinds to check, or None if Word always supports the declaration."""
    name = declaration.name.lower()
    if name.startswith("--"):
        return None
    kinds = _kinds(declaration)
    if not declaration.longhands:
        has_word_keywords = set(declaration.value.split()) <= _WORD_ONLY.get(name, frozenset())
        is_known = name.startswith("-") or is_known_property(name) or has_word_keywords
        return None if is_known or declaration.value.lower() in _NEUTRAL else _Candidate(declaration, (), kinds)
    implied = _IMPLIED.get(f"{name}: {declaration.value}") or _IMPLIED.get(name)
    kinds_to_check = {
        longhand: frozenset(kind for kind in kinds if not _is_always_supported(longhand, kind, value))
        for longhand, value in declaration.longhands.items()
        if longhand != implied and not is_undrawn_line(longhand, declaration.longhands)
    }
    names = tuple(longhand for longhand, longhand_kinds in kinds_to_check.items() if longhand_kinds)
    return _Candidate(declaration, names, frozenset().union(*kinds_to_check.values())) if names else None


def _kinds(declaration: Declaration) -> frozenset[str]:
    rule = declaration.rule
    if rule.page is None:
        return frozenset(
            kind for selector in rule.selectors for kind in possible_kinds(selector.lower_local_name, selector.pseudo_element)
        )
    if rule.box:
        return frozenset({MARGIN_BOX if _EDGE_BOX.fullmatch(rule.box) else rule.box})
    return frozenset({_SOME_PAGES if ":" in rule.page else "page"})


def _is_always_supported(name: str, kind: str, value: Any) -> bool:
    """Whether Word supports a value on every element of a kind."""
    row = SUPPORTED.get((name, kind))
    return kind != _SOME_PAGES and (row.always_supports(value) if row else is_initial_value(name, value))


@cache
def _matcher(stylesheets: tuple[Stylesheet, ...]) -> Any:
    """Return a matcher that returns the candidates for an element and its pseudo-elements."""
    import cssselect2

    matcher = cssselect2.Matcher()
    for candidate in (candidate for stylesheet in stylesheets for candidate in _candidates(stylesheet)):
        for selector in candidate.declaration.rule.selectors:
            if candidate.kinds.intersection(possible_kinds(selector.lower_local_name, selector.pseudo_element)):
                matcher.add_selector(selector, candidate)
    return matcher


def _unsupported_on_elements(html: HtmlDocument, cascade: Cascade, has_negative_gap: bool) -> Iterator[_Unsupported]:
    """Yield the declarations that are unsupported on an element or a pseudo-element."""
    import cssselect2

    matcher = _matcher(html.stylesheets)
    if not matcher.order:
        return
    for wrapper in cssselect2.ElementWrapper.from_html_root(html.root).iter_subtree():
        if matches := matcher.match(wrapper):
            node = wrapper.etree_element
            element_kind = kind_of(node, cascade)
            for *_, pseudo_element, candidate in matches:
                kind = possible_kinds(None, pseudo_element)[0] if pseudo_element else element_kind
                if kind not in candidate.kinds:
                    continue
                style = cascade.pseudo_style(node, pseudo_element) if pseudo_element else cascade.style(node)
                if style is not None:
                    box = StyledBox(kind, node, style, cascade, has_negative_gap, pseudo_element or "")
                    yield from _unsupported_on_box(candidate, box)


def _unsupported_on_box(candidate: _Candidate, box: StyledBox) -> Iterator[_Unsupported]:
    """Yield a declaration if it is unsupported on a box that is displayed."""
    declaration = candidate.declaration
    if box.kind == "before" and isinstance(box.style["content"], str):
        return
    is_hidden = box.style["display"] == ("none",)
    names = [name for name in candidate.longhands if name == "display" or not is_hidden]
    unsupported = [name for name in names if not _is_supported(box, name)]
    if unsupported or not (candidate.longhands or is_hidden):
        place = _place_description(unsupported[0] if unsupported else "", box)
        key = (declaration.name, box.kind) if place else (declaration.name,)
        yield declaration, f"{declaration.name}: {declaration.value}{place}", key


def _is_supported(box: StyledBox, name: str) -> bool:
    if getattr(box.style[name], "type", "") == "function" and resolve_calculation(box.style[name], 0.0) is None:
        return False
    if row := SUPPORTED.get((name, box.kind)):
        return row.supports(box, name)
    if box.kind not in EVERYWHERE:
        return bool(box.style[name] == box.parent_style[name])
    return has_initial_value(box.style, name)


def _place_description(name: str, box: StyledBox) -> str:
    """Return the place where a property is unsupported, such as " on <td>", or "" if it is unsupported everywhere."""
    if box.pseudo_element:
        return f" on ::{box.pseudo_element}"
    if box.kind in {"page", MARGIN_BOX}:
        return f" in @{box.margin_box or 'page'}"
    is_supported_elsewhere = (name, "block") in SUPPORTED and (name, box.kind) not in SUPPORTED
    return f" on <{box.node.tag!s}>" if is_supported_elsewhere else ""


def _unsupported_on_pages(html: HtmlDocument, cascade: Cascade) -> Iterator[_Unsupported]:
    """Yield the declarations that are unsupported on pages and in their margin boxes."""
    for candidate in (candidate for stylesheet in html.stylesheets for candidate in _candidates(stylesheet)):
        page = candidate.declaration.rule.page
        for selector in page.split(",") if page is not None else ():
            yield from _unsupported_on_page(candidate, selector.strip(), html, cascade)


def _unsupported_on_page(candidate: _Candidate, selector: str, html: HtmlDocument, cascade: Cascade) -> Iterator[_Unsupported]:
    """Yield a declaration if Word does not support it on the pages that a selector matches.

    Word has headers and footers for first, left and right pages, but one set of margins for a section.
    """
    declaration, margin_box = candidate.declaration, candidate.declaration.rule.box
    name, *pseudo_classes = selector.split(":")
    first, left, right = (pseudo_class in pseudo_classes for pseudo_class in ("first", "left", "right"))
    page = cascade.page_styles(name, first=first, left=left)
    kind = MARGIN_BOX if margin_box else "page"
    box = StyledBox(kind, html.root, page.get(margin_box, page[""]), cascade, margin_box=margin_box, page=page)
    is_unsupported_box = bool(margin_box) and MARGIN_BOX not in candidate.kinds
    if margin_box not in page or (is_unsupported_box and margin_box in _SIDE_BOXES and isinstance(box.style["content"], str)):
        return
    has_unknown_pages = not _PAGE_SELECTORS.issuperset(pseudo_classes)
    if has_unknown_pages or (
        pseudo_classes and not margin_box and _differs(candidate, page[""], cascade.page_styles(name, left=right)[""])
    ):
        yield declaration, f"{declaration.name}: {declaration.value} on @page {selector}", (declaration.name, selector)
    elif is_unsupported_box:
        box_type = "margin box" if margin_box in _SIDE_BOXES else "area"
        yield declaration, f"the {box_type} @{margin_box}", (margin_box,)
    else:
        yield from _unsupported_on_box(candidate, box)


def _differs(candidate: _Candidate, style: Style, other_style: Style) -> bool:
    return any(style[name] != other_style[name] for name in candidate.longhands)

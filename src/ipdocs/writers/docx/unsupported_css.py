"""What a stylesheet asks for that Word cannot say: declarations in, findings with the stylesheet's line out."""

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
    is_initial,
    is_understood,
    is_undrawn_line,
    read_declarations,
)
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.writers.docx.css_support import SUPPORTED
from ipdocs.writers.docx.kinds import EVERYWHERE, MARGIN_BOX, Case, kind_of, kinds_of

_NOTHING = frozenset({"0", "auto", "inherit", "initial", "manual", "none", "normal", "unset"})
"""What a property says that asks for nothing, whatever it may be."""

_OWN = {"text-emphasis": frozenset({"none", "dot", "circle"}), "text-emphasis-position": frozenset({"over", "right", "under"})}
"""Properties that WeasyPrint does not know and Word does, with the words it knows of them."""

_IMPLIED = {"text-align": "text_align_last", "text-align: justify-all": "nothing"}
"""Longhands that a property says too, and that Word does as a matter of course."""

_SIDES = {
    f"{side}-{place}": "a margin box"
    for sides, places in (
        (("left", "right"), ("top", "middle", "bottom")),
        (("top", "bottom"), ("left-corner", "right-corner")),
    )
    for side in sides
    for place in places
}
_PAGES = frozenset({"first", "left", "right"})
_SOME_PAGES = "some pages"
_EDGE_BOX = re.compile(r"(top|bottom)-(left|center|right)")


@dataclass(frozen=True, slots=True, eq=False)
class _Doubt:
    """A declaration that Word may be unable to follow on elements of some kinds, and which of its longhands it is about.

    It is about none where only other programs know the property: then no element can have it in Word.
    """

    declaration: Declaration
    longhands: tuple[str, ...]
    kinds: frozenset[str]


_Lost = tuple[Declaration, str, tuple[str, ...]]
"""A declaration that Word cannot follow, what of it, and by what it is known that this was told."""


def unmapped(html: HtmlDocument, cascade: Cascade, *, overlaps: bool = False) -> Iterator[Finding]:
    """Yield a warning for each property that some element of a document has and Word has no word for, once a property.

    Margins that are less than nothing are told where some of the file's add up to that, as `overlaps` says.
    """
    told: set[tuple[str, ...]] = set()
    for said, what, key in [*_on_pages(html, cascade), *_on_elements(html, cascade, overlaps)]:
        if key not in told:
            told.add(key)
            hint = "leave it out, or say it with margins, borders, tables or type, which both formats have"
            yield Finding("unmapped-style", f"Word cannot follow {what}", said.location, hint, severity="warning")


@cache
def _doubts(sheet: Stylesheet) -> tuple[_Doubt, ...]:
    """Return the declarations of a stylesheet that need a second look; read once for all documents."""
    return tuple(doubt for one in read_declarations(sheet) if (doubt := _doubt(one)))


def _doubt(said: Declaration) -> _Doubt | None:
    """Return a declaration with the kinds of element on which Word may be unable to follow it; None when it always can."""
    name = said.name.lower()
    if name.startswith("--"):
        return None
    kinds = _kinds(said)
    if not said.longhands:
        known = name.startswith("-") or is_understood(name) or set(said.value.split()) <= _OWN.get(name, frozenset())
        return None if known or said.value.lower() in _NOTHING else _Doubt(said, (), kinds)
    implied = _IMPLIED.get(f"{name}: {said.value}") or _IMPLIED.get(name)
    doubtful = {
        one: frozenset(kind for kind in kinds if not _surely(one, kind, value))
        for one, value in said.longhands.items()
        if one != implied and not is_undrawn_line(one, said.longhands)
    }
    names = tuple(one for one, some in doubtful.items() if some)
    return _Doubt(said, names, frozenset().union(*doubtful.values())) if names else None


def _kinds(said: Declaration) -> frozenset[str]:
    rule = said.rule
    if rule.page is None:
        return frozenset(kind for one in rule.selectors for kind in kinds_of(one.lower_local_name, one.pseudo_element))
    if rule.box:
        return frozenset({MARGIN_BOX if _EDGE_BOX.fullmatch(rule.box) else rule.box})
    return frozenset({_SOME_PAGES if ":" in rule.page else "page"})


def _surely(name: str, kind: str, value: Any) -> bool:
    """Whether Word follows a longhand on every element of a kind."""
    row = SUPPORTED.get((name, kind))
    return kind != _SOME_PAGES and (row.surely(value) if row else is_initial(name, value))


@cache
def _matcher(sheets: tuple[Stylesheet, ...]) -> Any:
    """Return what finds the doubts about an element and its parts."""
    import cssselect2

    made = cssselect2.Matcher()
    for doubt in (doubt for sheet in sheets for doubt in _doubts(sheet)):
        for selector in doubt.declaration.rule.selectors:
            if doubt.kinds.intersection(kinds_of(selector.lower_local_name, selector.pseudo_element)):
                made.add_selector(selector, doubt)
    return made


def _on_elements(html: HtmlDocument, cascade: Cascade, overlaps: bool) -> Iterator[_Lost]:
    """Yield what is lost on some element, or on a part of one."""
    import cssselect2

    matcher = _matcher(html.stylesheets)
    for wrapper in cssselect2.ElementWrapper.from_html_root(html.root).iter_subtree() if matcher.order else ():
        if found := matcher.match(wrapper):
            node = wrapper.etree_element
            own = kind_of(node, cascade)
            for *_, part, doubt in found:
                kind = kinds_of(None, part)[0] if part else own
                style = None if kind not in doubt.kinds else cascade.part(node, part) if part else cascade.of(node)
                if style is not None:
                    yield from _in_case(doubt, Case(kind, node, style, cascade, overlaps, part or ""))


def _in_case(doubt: _Doubt, case: Case) -> Iterator[_Lost]:
    """Yield a declaration if it is lost in a case; of what is not shown nothing is."""
    said = doubt.declaration
    if case.kind == "before" and isinstance(case.style["content"], str):
        return
    hidden = case.style["display"] == ("none",)
    lost = [name for name in doubt.longhands if (name == "display" or not hidden) and not _follows(case, name)]
    if lost or not (doubt.longhands or hidden):
        where = _where(lost[0] if lost else "", case)
        yield said, f"{said.name}: {said.value}{where}", (said.name, case.kind) if where else (said.name,)


def _follows(case: Case, name: str) -> bool:
    if getattr(case.style[name], "type", "") == "function" and resolve_calculation(case.style[name], 0.0) is None:
        return False
    if row := SUPPORTED.get((name, case.kind)):
        return row.said(case, name)
    if case.kind not in EVERYWHERE:
        return bool(case.style[name] == case.above[name])
    return has_initial_value(case.style, name)


def _where(name: str, case: Case) -> str:
    """Return on what Word cannot follow a property that it does follow elsewhere."""
    if case.part:
        return f" on ::{case.part}"
    if case.kind in {"page", MARGIN_BOX}:
        return f" in @{case.box or 'page'}"
    elsewhere = (name, "block") in SUPPORTED and (name, case.kind) not in SUPPORTED
    return f" on <{case.node.tag!s}>" if elsewhere else ""


def _on_pages(html: HtmlDocument, cascade: Cascade) -> Iterator[_Lost]:
    """Yield what is lost on pages and in their margins."""
    for doubt in (doubt for sheet in html.stylesheets for doubt in _doubts(sheet)):
        for selector in (doubt.declaration.rule.page or "").split(",") if doubt.declaration.rule.page is not None else ():
            yield from _on_page(doubt, selector.strip(), html, cascade)


def _on_page(doubt: _Doubt, selector: str, html: HtmlDocument, cascade: Cascade) -> Iterator[_Lost]:
    """Yield a declaration if it is lost on the pages of a selector.

    Word has heads and feet of first, left and right pages, and the same margins on all pages of a section.
    """
    said, box = doubt.declaration, doubt.declaration.rule.box
    name, *pseudo = selector.split(":")
    first, left, right = (one in pseudo for one in ("first", "left", "right"))
    page = cascade.page(name, first=first, left=left)
    case = Case("page" if not box else MARGIN_BOX, html.root, page.get(box, page[""]), cascade, box=box, page=page)
    if box not in page or (MARGIN_BOX not in doubt.kinds and box in _SIDES and isinstance(case.style["content"], str)):
        return
    if not _PAGES.issuperset(pseudo) or (pseudo and not box and _differs(doubt, page[""], cascade.page(name, left=right)[""])):
        yield said, f"{said.name}: {said.value} on @page {selector}", (said.name, selector)
    elif box and MARGIN_BOX not in doubt.kinds:
        yield said, f"@{box}: {_SIDES.get(box, 'the area of notes')}", (box,)
    else:
        yield from _in_case(doubt, case)


def _differs(doubt: _Doubt, one: Style, other: Style) -> bool:
    return any(one[name] != other[name] for name in doubt.longhands)

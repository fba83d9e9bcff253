"""Inline the stylesheets of SVG drawings, because Word, PDF and browsers apply stylesheets differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ipdocs.files.pictures.picture import BadPicture

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MATCHES = 20_000_000
"""Maximum number of elements times number of rules; matching this many takes a few seconds."""

_MAY_REFER = re.compile(r"url|\\|image|src|cross-fade|element", re.I)
_FETCHING_FUNCTIONS = {"image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "src", "element"}
"""CSS functions that fetch files."""
_EMBED_HINT = "embed the pictures and styles that it refers to in the file"


def inline_styles(root: _Element) -> None:
    """Write the rules of a drawing's stylesheets into the style attributes of its elements, in the order of the cascade.

    At-rules are ignored, since drawings use the fonts of the document and media queries do not apply.

    Raises:
        BadPicture: A stylesheet imports another stylesheet, or there are too many rules.
    """
    sheets = [element for element in root.iter() if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "style"]
    rules = [rule for sheet in sheets for rule in _rules("".join(map(str, sheet.itertext())))]
    if rules:
        _apply(root, rules)


def external_address(value: str) -> str:
    """Return the first thing outside the drawing that a value refers to, such as an address; empty if there is none."""
    import tinycss2

    if not _MAY_REFER.search(value):
        return ""
    return next(_external_references(tinycss2.parse_component_value_list(value)), "")


def _rules(text: str) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the selectors and declarations of each rule."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            strings = (token.value for token in rule.prelude if token.type == "string")
            address = next(chain(_external_references(rule.prelude), strings), "")
            raise BadPicture(f"it refers to another file or address: {address[:80]!r}", _EMBED_HINT)
        if rule.type == "qualified-rule":
            yield rule.prelude, _declarations(rule.content)


def _declarations(content: Any) -> list[Any]:
    import tinycss2

    items = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [item for item in items if item.type == "declaration"]


def _apply(root: _Element, rules: list[tuple[Any, list[Any]]]) -> None:
    import cssselect2

    element_count = sum(1 for _ in root.iter())
    if element_count * len(rules) > MAX_MATCHES:
        raise BadPicture(f"its stylesheets have {len(rules):,} rules for {element_count:,} elements", "save it as PNG")
    normal, important = cssselect2.Matcher(), cssselect2.Matcher()
    for prelude, declarations in rules:
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            if selector.pseudo_element is None and not selector.never_matches:
                for matcher, is_important in ((normal, False), (important, True)):
                    if matching := [item for item in declarations if bool(item.important) == is_important]:
                        matcher.add_selector(selector, matching)
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        _write_style(wrapper, normal, important)


def _write_style(wrapper: Any, normal: Any, important: Any) -> None:
    """Write the declarations that apply to an element into its style attribute, each property once."""
    import tinycss2

    normal_groups = [match[-1] for match in normal.match(wrapper)]
    important_groups = [match[-1] for match in important.match(wrapper)]
    if not normal_groups and not important_groups:
        return
    element = wrapper.etree_element
    own = _declarations(element.get("style", ""))
    groups = [
        *normal_groups,
        [declaration for declaration in own if not declaration.important],
        *important_groups,
        [declaration for declaration in own if declaration.important],
    ]
    style: dict[str, str] = {}
    for declaration in chain.from_iterable(groups):
        style.pop(declaration.lower_name, None)
        style[declaration.lower_name] = tinycss2.serialize(declaration.value).strip()
    element.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))


def _external_references(tokens: Iterable[Any]) -> Iterator[str]:
    """Yield the references in CSS tokens that lead out of the drawing, and the names of functions that fetch files."""
    pending = list(tokens)
    while pending:
        token = pending.pop(0)
        if token.type == "url":
            reference = token.value
        elif token.type == "function" and token.lower_name == "url":
            reference = "".join(part.value for part in token.arguments if part.type == "string")
        elif token.type == "function" and token.lower_name in _FETCHING_FUNCTIONS:
            reference = token.lower_name
        elif token.type == "error":
            reference = token.message
        else:
            pending += getattr(token, "arguments", None) or getattr(token, "content", None) or []
            continue
        if not reference.strip().startswith("#"):
            yield reference

"""The stylesheets of a drawing, written into its elements: Word, PDF and browsers apply them differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ipdocs.files.pictures.picture import BadPicture

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MATCHES = 20_000_000
"""How many elements times rules there may be: some seconds of matching."""

_NAMING = re.compile(r"url|\\|image|src|cross-fade|element", re.I)
_FETCHING = {"image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "src", "element"}
_OUTSIDE = "put the pictures and styles that it refers to into the file itself"


def inline_styles(root: _Element) -> None:
    """Write the rules of a drawing's stylesheets into the style of each element they match, in the order of the cascade.

    Fonts that a stylesheet brings are not taken, as text is set in the document's; nor what holds for some media only.

    Raises:
        BadPicture: a stylesheet takes in another, or has too many rules.
    """
    sheets = [element for element in root.iter() if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "style"]
    rules = [rule for sheet in sheets for rule in _rules("".join(map(str, sheet.itertext())))]
    if rules:
        _apply(root, rules)


def outside_address(value: str) -> str:
    """Return the first address in a property's value that leads out of the drawing; nothing when there is none."""
    import tinycss2

    if not _NAMING.search(value):
        return ""
    return next(_addresses(tinycss2.parse_component_value_list(value)), "")


def _rules(text: str) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the selectors and declarations of each rule."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            strings = (token.value for token in rule.prelude if token.type == "string")
            address = next(chain(_addresses(rule.prelude), strings), "")
            raise BadPicture(f"it refers to something outside itself: {address[:80]!r}", _OUTSIDE)
        if rule.type == "qualified-rule":
            parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield rule.prelude, [one for one in parsed if one.type == "declaration"]


def _apply(root: _Element, rules: list[tuple[Any, list[Any]]]) -> None:
    import cssselect2

    elements = sum(1 for _ in root.iter())
    if elements * len(rules) > MAX_MATCHES:
        raise BadPicture(f"its stylesheets have {len(rules):,} rules for {elements:,} elements", "save it as PNG")
    normal, important = cssselect2.Matcher(), cssselect2.Matcher()
    for prelude, declarations in rules:
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            if selector.pseudo_element is None and not selector.never_matches:
                for matcher, wanted in ((normal, False), (important, True)):
                    if kept := [one for one in declarations if bool(one.important) == wanted]:
                        matcher.add_selector(selector, kept)
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        _write(wrapper, normal, important)


def _write(wrapper: Any, normal: Any, important: Any) -> None:
    import tinycss2

    found = [(matched[-1], matched) for matched in normal.match(wrapper)]
    urgent = [matched[-1] for matched in important.match(wrapper)]
    if not found and not urgent:
        return
    element = wrapper.etree_element
    own = [
        one
        for one in tinycss2.parse_blocks_contents(element.get("style", ""), skip_comments=True, skip_whitespace=True)
        if one.type == "declaration"
    ]
    said: dict[str, str] = {}
    groups = [
        *(declarations for declarations, _ in found),
        [one for one in own if not one.important],
        *urgent,
        [one for one in own if one.important],
    ]
    for declaration in (one for group in groups for one in group):
        said.pop(declaration.lower_name, None)
        said[declaration.lower_name] = tinycss2.serialize(declaration.value).strip()
    element.set("style", ";".join(f"{name}:{value}" for name, value in said.items()))


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    todo = list(tokens)
    while todo:
        token = todo.pop(0)
        if token.type == "url":
            address = token.value
        elif token.type == "function" and token.lower_name == "url":
            address = "".join(part.value for part in token.arguments if part.type == "string")
        elif token.type == "function" and token.lower_name in _FETCHING:
            address = token.lower_name
        elif token.type == "error":
            address = token.message
        else:
            todo += getattr(token, "arguments", None) or getattr(token, "content", None) or []
            continue
        if not address.strip().startswith("#"):
            yield address

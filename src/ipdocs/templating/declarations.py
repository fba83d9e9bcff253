"""The declarations in stylesheets, each with its location and the longhands that it sets.

The cascade gives the style of an element; this module gives the lines of the stylesheet that set the style. Like the cascade,
this module relies on WeasyPrint: a declaration that WeasyPrint does not understand sets no longhand, and rules for screens are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ipdocs.findings import Location
from ipdocs.templating.cascade import Style
from ipdocs.templating.html_document import Stylesheet
from ipdocs.templating.weasyprint_css import load_weasyprint
from ipdocs.templating.weasyprint_errors import BASE_URL, report_stylesheet_errors

PENDING = object()
"""A placeholder for a value that is unknown until it is computed, because of var() or inherit."""

_LINE = re.compile("(border_(?:top|right|bottom|left)|column_rule|outline)_(?:style|width|color)")
"""Matches the longhands of a drawn line: a border, column rule or outline."""

_SIDES = {"block_start": "top", "block_end": "bottom", "inline_start": "left", "inline_end": "right"}
"""The physical side for each logical side, in horizontal text from left to right."""


@dataclass(eq=False)
class StyleRule:
    """A rule of a stylesheet.

    Attributes:
        prelude: the tokens of the rule's selectors.
        page: the selector of an @page rule, or None for other rules.
        box: the name of a margin box such as "top-left" within an @page rule.
    """

    prelude: list[Any]
    page: str | None = None
    box: str = ""

    @cached_property
    def selectors(self) -> tuple[Any, ...]:
        """The compiled selectors; () for an @page rule, or if cssselect2 does not understand the selectors."""
        import cssselect2

        try:
            return () if self.page is not None else tuple(cssselect2.compile_selector_list(self.prelude))
        except cssselect2.SelectorError:
            return ()


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """A declaration with its location, name, value as written, rule, and the values of the longhands that it sets."""

    location: Location
    name: str
    value: str
    rule: StyleRule
    longhands: Mapping[str, Any]


@cache
def read_declarations(sheet: Stylesheet) -> tuple[Declaration, ...]:
    """Return the declarations of a stylesheet in order, cached for all documents."""
    import tinycss2

    load_weasyprint()
    with report_stylesheet_errors([sheet]):
        return tuple(_rule_declarations(tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True), sheet))


def page_names(sheet: Stylesheet) -> set[str]:
    """Return the page names for which a stylesheet has @page rules."""
    selectors = {selector for declaration in read_declarations(sheet) for selector in (declaration.rule.page or "").split(",")}
    return {name for selector in selectors if (name := selector.partition(":")[0].strip())}


def _rule_declarations(rules: list[Any], sheet: Stylesheet) -> Iterator[Declaration]:
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _block_declarations(rule.content, StyleRule(rule.prelude), sheet)
        elif rule.type == "at-rule" and rule.content is not None:
            if rule.lower_at_keyword == "page":
                yield from _block_declarations(
                    rule.content, StyleRule(rule.prelude, tinycss2.serialize(rule.prelude).strip()), sheet
                )
            elif rule.lower_at_keyword == "layer" or (rule.lower_at_keyword == "media" and _applies_to_print(rule.prelude)):
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _rule_declarations(inner, sheet)


def _applies_to_print(prelude: list[Any]) -> bool:
    from weasyprint.css import media_queries

    return bool(media_queries.evaluate_media_query(media_queries.parse_media_query(prelude) or [], "print"))


def _block_declarations(content: list[Any], rule: StyleRule, sheet: Stylesheet) -> Iterator[Declaration]:
    """Yield the declarations in a block, including those in nested rules and margin boxes."""
    import tinycss2

    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            location = Location(sheet.path, item.source_line, item.source_column)
            yield Declaration(location, item.name, tinycss2.serialize(item.value).strip(), rule, _longhands(item))
        elif item.type == "qualified-rule":
            yield from _block_declarations(item.content, StyleRule(_nested_selectors(item.prelude, rule.prelude)), sheet)
        elif item.type == "at-rule" and item.content is not None and rule.page is not None:
            yield from _block_declarations(item.content, StyleRule(rule.prelude, rule.page, item.lower_at_keyword), sheet)


def _nested_selectors(prelude: list[Any], outer: list[Any]) -> list[Any]:
    """Return the selectors of a nested rule: the outer selectors replace each &, or are put in front if there is no &."""
    import tinycss2

    outer_text = f":is({tinycss2.serialize(outer)})"
    text = tinycss2.serialize(prelude)
    full_text = text.replace("&", outer_text) if "&" in text else f"{outer_text} {text}"
    tokens: list[Any] = tinycss2.parse_component_value_list(full_text)
    return tokens


def _longhands(declaration: Any) -> dict[str, Any]:
    """Return the values of the longhands that a declaration sets, keyed by the name with underscores."""
    from weasyprint.css.validation import preprocess_declarations

    return {
        _physical_name(name): _specified_value(name, value) for name, value, _ in preprocess_declarations(BASE_URL, [declaration])
    }


def _specified_value(name: str, value: Any) -> Any:
    """Return the value of a longhand: the initial value for "initial", PENDING for a value that is still unknown."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.css.tokens import Pending

    if isinstance(value, str) and value == "initial":
        return INITIAL_VALUES.get(name)
    is_pending = isinstance(value, Pending) or getattr(value, "type", "") == "function"
    return PENDING if is_pending or (isinstance(value, str) and value == "inherit") else value


def _physical_name(name: str) -> str:
    """Return the name of a longhand with physical sides instead of logical sides."""
    for logical, side in _SIDES.items():
        name = name.replace(logical, side)
    return name.replace("inline_size", "width").replace("block_size", "height")


def has_initial_value(style: Style, name: str) -> bool:
    """Whether a longhand in a computed style has its initial value, or belongs to a line that is not drawn."""
    from weasyprint.css.properties import INITIAL_VALUES

    line = _LINE.fullmatch(name)
    if line:
        return style[f"{line[1]}_style"] in {"none", "hidden"} or not style[f"{line[1]}_width"]
    return bool(style[name] == INITIAL_VALUES[name])


def is_undrawn_line(name: str, longhands: Mapping[str, Any]) -> bool:
    """Whether a longhand belongs to a line that the same declaration turns off."""
    line = _LINE.fullmatch(name)
    return line is not None and longhands.get(f"{line[1]}_style") in ("none", "hidden")


def is_known_property(name: str) -> bool:
    """Whether WeasyPrint knows a property, or the property has no effect on pages.

    If a declaration of such a property sets no longhand, WeasyPrint does not understand the value.
    """
    from weasyprint.css.properties import KNOWN_PROPERTIES
    from weasyprint.css.validation import NOT_PRINT_MEDIA
    from weasyprint.css.validation.expanders import EXPANDERS

    return name in KNOWN_PROPERTIES or name in EXPANDERS or name in NOT_PRINT_MEDIA


def is_initial_value(name: str, value: Any) -> bool:
    """Whether a longhand is set to its initial value."""
    from weasyprint.css.properties import INITIAL_VALUES

    return bool(value is not PENDING and name in INITIAL_VALUES and _comparable(value) == _comparable(INITIAL_VALUES[name]))


def _comparable(value: Any) -> Any:
    """Return a value with tuples instead of lists, and with zero instead of a zero length."""
    if isinstance(value, list | tuple) and not hasattr(value, "unit"):
        return tuple(map(_comparable, value))
    return 0 if getattr(value, "value", None) == 0 else value

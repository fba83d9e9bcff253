"""What stylesheets say, and where: a sheet in, its declarations out, each with its line and the longhands it stands for.

The cascade tells what an element's style is; this tells whose line that was. Like the cascade it asks WeasyPrint, so what
WeasyPrint does not understand stands for no longhand, and rules for screens are left out.
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
from ipdocs.templating.weasyprint_errors import BASE_URL, stylesheet_errors

PENDING = object()
"""The value of a longhand that is known once it is computed, as with var() and inherit."""

_LINE = re.compile("(border_(?:top|right|bottom|left)|column_rule|outline)_(?:style|width|color)")
_SIDES = {"block_start": "top", "block_end": "bottom", "inline_start": "left", "inline_end": "right"}
"""Where the sides that follow the writing lie in ours."""


@dataclass(eq=False)
class StyleRule:
    """What declarations stand under: selectors, or a page and, within that, the name of a box such as top-left."""

    prelude: list[Any]
    page: str | None = None
    box: str = ""

    @cached_property
    def selectors(self) -> tuple[Any, ...]:
        """The selectors, ready to be matched; none for a page and where they are not understood."""
        import cssselect2

        try:
            return () if self.page is not None else tuple(cssselect2.compile_selector_list(self.prelude))
        except cssselect2.SelectorError:
            return ()


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """A declaration as it is written, its place and rule, and the values of the longhands it stands for."""

    location: Location
    name: str
    value: str
    rule: StyleRule
    longhands: Mapping[str, Any]


@cache
def read_declarations(sheet: Stylesheet) -> tuple[Declaration, ...]:
    """Return the declarations of a stylesheet in their order; read once for all documents."""
    import tinycss2

    load_weasyprint()
    with stylesheet_errors([sheet]):
        return tuple(_of_rules(tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True), sheet))


def page_names(sheet: Stylesheet) -> set[str]:
    """Return the names of the pages that a stylesheet has rules for; the page without a name is none."""
    pages = {part for said in read_declarations(sheet) for part in (said.rule.page or "").split(",")}
    return {name for page in pages if (name := page.partition(":")[0].strip())}


def _of_rules(rules: list[Any], sheet: Stylesheet) -> Iterator[Declaration]:
    import tinycss2

    for one in rules:
        if one.type == "qualified-rule":
            yield from _of_block(one.content, StyleRule(one.prelude), sheet)
        elif one.type == "at-rule" and one.content is not None:
            if one.lower_at_keyword == "page":
                yield from _of_block(one.content, StyleRule(one.prelude, tinycss2.serialize(one.prelude).strip()), sheet)
            elif one.lower_at_keyword == "layer" or (one.lower_at_keyword == "media" and _printed(one.prelude)):
                inner = tinycss2.parse_rule_list(one.content, skip_comments=True, skip_whitespace=True)
                yield from _of_rules(inner, sheet)


def _printed(prelude: list[Any]) -> bool:
    from weasyprint.css import media_queries

    return bool(media_queries.evaluate_media_query(media_queries.parse_media_query(prelude) or [], "print"))


def _of_block(content: list[Any], rule: StyleRule, sheet: Stylesheet) -> Iterator[Declaration]:
    """Yield the declarations of a block, and those of the rules and margin boxes within it."""
    import tinycss2

    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            place = Location(sheet.path, one.source_line, one.source_column)
            yield Declaration(place, one.name, tinycss2.serialize(one.value).strip(), rule, _longhands(one))
        elif one.type == "qualified-rule":
            yield from _of_block(one.content, StyleRule(_nested(one.prelude, rule.prelude)), sheet)
        elif one.type == "at-rule" and one.content is not None and rule.page is not None:
            yield from _of_block(one.content, StyleRule(rule.prelude, rule.page, one.lower_at_keyword), sheet)


def _nested(prelude: list[Any], outer: list[Any]) -> list[Any]:
    """Return the selectors of a rule within a rule: & is the outer one's, which stands before those without."""
    import tinycss2

    whole = f":is({tinycss2.serialize(outer)})"
    said = tinycss2.serialize(prelude)
    tokens: list[Any] = tinycss2.parse_component_value_list(said.replace("&", whole) if "&" in said else f"{whole} {said}")
    return tokens


def _longhands(declaration: Any) -> dict[str, Any]:
    """Return the longhands a declaration stands for, by their names with underscores."""
    from weasyprint.css.validation import preprocess_declarations

    return {_physical(name): _known(name, value) for name, value, _ in preprocess_declarations(BASE_URL, [declaration])}


def _known(name: str, value: Any) -> Any:
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.css.tokens import Pending

    if isinstance(value, str) and value == "initial":
        return INITIAL_VALUES.get(name)
    later = isinstance(value, Pending) or getattr(value, "type", "") == "function"
    return PENDING if later or (isinstance(value, str) and value == "inherit") else value


def _physical(name: str) -> str:
    """Return the name of a longhand with the sides that a page has."""
    for logical, side in _SIDES.items():
        name = name.replace(logical, side)
    return name.replace("inline_size", "width").replace("block_size", "height")


def has_initial_value(style: Style, name: str) -> bool:
    """Whether a longhand of a computed style is as it would be if nobody had asked for anything."""
    from weasyprint.css.properties import INITIAL_VALUES

    line = _LINE.fullmatch(name)
    if line:
        return style[f"{line[1]}_style"] in {"none", "hidden"} or not style[f"{line[1]}_width"]
    return bool(style[name] == INITIAL_VALUES[name])


def is_undrawn_line(name: str, longhands: Mapping[str, Any]) -> bool:
    """Whether a longhand is of a line that its own declaration says is not drawn."""
    line = _LINE.fullmatch(name)
    return line is not None and longhands.get(f"{line[1]}_style") in ("none", "hidden")


def is_understood(name: str) -> bool:
    """Whether WeasyPrint knows a property, or it concerns no page: if it stands for no longhand, its value says nothing."""
    from weasyprint.css.properties import KNOWN_PROPERTIES
    from weasyprint.css.validation import NOT_PRINT_MEDIA
    from weasyprint.css.validation.expanders import EXPANDERS

    return name in KNOWN_PROPERTIES or name in EXPANDERS or name in NOT_PRINT_MEDIA


def is_initial(name: str, value: Any) -> bool:
    """Whether a longhand is declared to be as it is by itself."""
    from weasyprint.css.properties import INITIAL_VALUES

    return bool(value is not PENDING and name in INITIAL_VALUES and _plain(value) == _plain(INITIAL_VALUES[name]))


def _plain(value: Any) -> Any:
    """Return a value with its lists as tuples and without the unit of a nought."""
    if isinstance(value, list | tuple) and not hasattr(value, "unit"):
        return tuple(map(_plain, value))
    return 0 if getattr(value, "value", None) == 0 else value

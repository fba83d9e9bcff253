"""The stylesheet for the markers of lists, made from the attribute `data-marker`, which has the marker of the first item."""

from __future__ import annotations

from pathlib import Path

from lxml.html import HtmlElement

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.list_markers import CHINESE_DIGITS, LARGEST_CHINESE, parse_marker
from ipdocs.templating.html_document import Stylesheet

ATTRIBUTE = "data-marker"
"""The attribute of a numbered list with the marker of its first item; the writer of text files reads it, too."""

_TENS = ("十", *(f"{digit}十" for digit in CHINESE_DIGITS[1:]))
_SYMBOLS = [
    *((10 * count, numeral) for count, numeral in reversed(list(enumerate(_TENS, 1)))),
    *((digit, numeral) for digit, numeral in reversed(list(enumerate(CHINESE_DIGITS, 1)))),
]
_CHINESE_COUNTER = (
    f"@counter-style trad-chinese-informal {{ system: additive; range: 1 {LARGEST_CHINESE};"
    f" additive-symbols: {', '.join(f'{value} {numeral}' for value, numeral in _SYMBOLS)} }}"
)
"""The Chinese numerals from 1 to 99, which WeasyPrint does not define."""


def marker_stylesheet(body: HtmlElement) -> Stylesheet | None:
    """Return the stylesheet for the markers of the lists in <body>, or None if no list states its marker.

    The rules are !important, because the attribute `type` of a list would win otherwise.

    Raises:
        IpdocsError: a template wrote a marker that is not the marker of a first item.
    """
    patterns = sorted({element.get(ATTRIBUTE, "") for element in body.iter("ol")} - {""})
    return Stylesheet(Path("list-markers.css"), "\n".join([_CHINESE_COUNTER, *map(_rules, patterns)])) if patterns else None


def _rules(pattern: str) -> str:
    try:
        marker = parse_marker(pattern)
    except ValueError as error:
        raise IpdocsError(
            [Finding("bad-template", f"{ATTRIBUTE}: {error}", None, "write the marker as the style has it")]
        ) from error
    name = f"marker-{'-'.join(f'{ord(character):x}' for character in pattern)}"
    return (
        f"@counter-style {name} {{ system: extends {marker.counter.css};"
        f' prefix: "{_escape(marker.prefix)}"; suffix: "{_escape(marker.suffix)}" }}\n'
        f'ol[{ATTRIBUTE}="{_escape(pattern)}"] {{ list-style-type: {name} !important }}'
    )


def _escape(text: str) -> str:
    return "".join(f"\\{ord(character):x} " for character in text)

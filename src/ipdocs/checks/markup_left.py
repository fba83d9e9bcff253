"""Markup and placeholders of other programs, which would appear in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>"  # <b>
    r"|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});"  # &amp;
    r"|\[/?(?:b|i|u|url|img|quote)\]"  # [b]
    r"|(?<![\w{])\{[a-z_][a-z0-9_]*\}"  # {name}
    r"|\$\{[^}]*\}|%(?:\([a-z]+\))?[sd](?![A-Za-z])|%[0-9]\$[sd]"  # ${name}, %s
    r"|(?<!_)__[^_\s][^_]*__(?!_)|`[^`]+`|~~[^~]+~~|(?:^|\s)#{2,6} "  # __strong__, `code`, ## heading
    r"|\\[ntr](?![A-Za-z])"  # \n
)

_RAISED_WORDS = re.compile(  # ^see note^
    r"(?<![\s^])\^[^\W\d_]+(?: [^\W\d_]+){1,4}\^(?![\w^])|(?<=[A-Za-z])~[A-Za-z]+(?: [A-Za-z]+){1,4}~(?![\w~])"
)
_CHINESE_SUBSCRIPT = re.compile(f"(?<=[A-Za-z])~[{HAN}]{{1,8}}~")


def markup_left(passage: Passage) -> Iterator[Violation]:
    """Find markup of other programs, which has no meaning in sources, and marks of superscript that enclose no superscript."""
    for match in _MARKUP.finditer(passage.plain):
        if not passage.is_in_web_address(*match.span()):
            hint = "write *…* or **…** for emphasis, {{ name }} for a fact, [words](address) for a link"
            yield Violation(f"{match[0].strip()} would be printed as it is", (Highlight(passage, *match.span()),), hint)
    for pattern, hint in (
        (_RAISED_WORDS, "enclose each word: ^see^ ^note^, H~2~"),
        (_CHINESE_SUBSCRIPT, "write Chinese characters on the line, or in brackets; subscript cannot have them"),
    ):
        for match in pattern.finditer(passage.plain):
            yield Violation(f"{match[0]} would be printed as it is", (Highlight(passage, *match.span()),), hint)

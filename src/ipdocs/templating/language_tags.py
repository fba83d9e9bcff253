"""Words of another script within a text, marked with their language: a reader's voice has to change for them.

WCAG 2.2 (3.1.2) asks it of phrases, not of names and terms that a language has taken in: so every run of Chinese
characters in English is marked, and in Chinese what are two Latin words or more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement, builder

from ipdocs.locale.conversion.characters import HAN, wrong_script
from ipdocs.locale.language import Language, by_tag, languages
from ipdocs.workspace import Workspace

_MARKS = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f"
_CHINESE = re.compile(rf"[{_MARKS}]*[{HAN}](?:[○·‧—…]*[{HAN}{_MARKS}])*")
_WORD = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.&/-]*"
_LATIN = re.compile(rf"{_WORD}(?:,? {_WORD})+(?<!\.)")

Tell = Callable[[str], str | None]


def mark_foreign(body: HtmlElement, language: Language, workspace: Workspace) -> None:
    """Put each run of another script in a body, whose own language is given, into a span with its language."""
    spoken, known = by_tag(workspace), languages(workspace).values()
    chinese = [one for one in known if one.is_chinese]
    latin = next((one.tag for one in known if not one.is_chinese), None)

    def han(words: str) -> str | None:
        return next((one.tag for one in chinese if not wrong_script(words, one)), chinese[0].tag if chinese else None)

    def within(element: HtmlElement, above: Language) -> None:
        here = spoken.get(element.get("lang", ""), above)
        for child in [*element]:
            within(child, here)
        pattern, tell = (_LATIN, lambda words: latin) if here.is_chinese else (_CHINESE, han)
        for child in [*element]:
            if child.tail and (parts := _parted(child.tail, pattern, tell)):
                child.tail = parts[0]
                at = element.index(child) + 1
                element[at:at] = parts[1]
        if element.text and (parts := _parted(element.text, pattern, tell)):
            element.text = parts[0]
            element[0:0] = parts[1]

    within(body, language)


def _parted(text: str, pattern: re.Pattern[str], tell: Tell) -> tuple[str, list[HtmlElement]] | None:
    """Return a text up to its first foreign run, and a span for each run with what follows it as its tail; None without one."""
    runs = [match for match in pattern.finditer(text) if tell(match[0])]
    if not runs:
        return None
    spans = []
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        span = builder.SPAN(run[0], lang=str(tell(run[0])))
        span.tail = text[run.end() : following.start() if following else None]
        spans.append(span)
    return text[: runs[0].start()], spans

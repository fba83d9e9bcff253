"""Language tags for words in another script, so that screen readers change their voice.

WCAG 2.2 (3.1.2) requires them for phrases, but not for names and terms that a language has adopted. So every run of Chinese
characters in English is tagged, and runs of two or more Latin words in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement, builder

from ipdocs.locale.conversion.characters import HAN, wrong_script
from ipdocs.locale.language import Language, languages, languages_by_tag
from ipdocs.workspace import Workspace

_MARKS = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f"
_CHINESE = re.compile(rf"(?<![{_MARKS}])[{_MARKS}]*[{HAN}](?:[○·‧—…]*[{HAN}{_MARKS}])*")
# A run starts where a word or a group of marks starts, and words are bounded, so that the time grows with the length of a text.
_WORD = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.&/-]{0,99}"
_LATIN = re.compile(rf"(?<![A-Za-zÀ-ɏ]){_WORD}(?:,? {_WORD})+(?<!\.)")

TagOf = Callable[[str], str | None]


def mark_foreign(body: HtmlElement, language: Language, workspace: Workspace) -> None:
    """Put each run of another script in a body into a span with its language.

    Args:
        body: the body; elements in it may state other languages.
        language: the language of the body.
        workspace: the workspace with the languages that a run may be in.
    """
    tagged, known = languages_by_tag(workspace), languages(workspace).values()
    chinese = [candidate for candidate in known if candidate.is_chinese]
    latin = next((candidate.tag for candidate in known if not candidate.is_chinese), None)

    def chinese_tag(words: str) -> str | None:
        matching = (candidate.tag for candidate in chinese if not wrong_script(words, candidate))
        return next(matching, chinese[0].tag if chinese else None)

    def mark(element: HtmlElement, outer: Language) -> None:
        own = tagged.get(element.get("lang", ""), outer)
        for child in [*element]:
            mark(child, own)
        pattern, tag_of = (_LATIN, lambda words: latin) if own.is_chinese else (_CHINESE, chinese_tag)
        for child in [*element]:
            if child.tail and (parts := _split(child.tail, pattern, tag_of)):
                child.tail = parts[0]
                index = element.index(child) + 1
                element[index:index] = parts[1]
        if element.text and (parts := _split(element.text, pattern, tag_of)):
            element.text = parts[0]
            element[0:0] = parts[1]

    mark(body, language)


def _split(text: str, pattern: re.Pattern[str], tag_of: TagOf) -> tuple[str, list[HtmlElement]] | None:
    """Return the text before the first foreign run, and a span for each run with the text after it as its tail.

    Without a foreign run, return None.
    """
    runs = [match for match in pattern.finditer(text) if tag_of(match[0])]
    if not runs:
        return None
    spans = []
    for run, next_run in zip(runs, [*runs[1:], None], strict=True):
        span = builder.SPAN(run[0], lang=str(tag_of(run[0])))
        span.tail = text[run.end() : next_run.start() if next_run else None]
        spans.append(span)
    return text[: runs[0].start()], spans

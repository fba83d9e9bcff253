"""Tag words in another script with their language, so that screen readers change their voice.

WCAG 2.2 (3.1.2) requires tags for phrases, but not for names and terms that a language has adopted. So in a language with Latin
letters every run of Chinese characters is tagged, and in Chinese or Japanese every run of two or more Latin words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement, builder

from ipdocs.locale.conversion.characters import HAN, wrong_script_characters
from ipdocs.locale.language import Language, languages, languages_by_tag
from ipdocs.workspace import Workspace

_PUNCTUATION = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f"
_CHINESE = re.compile(rf"(?<![{_PUNCTUATION}])[{_PUNCTUATION}]*[{HAN}](?:[○·‧—…]*[{HAN}{_PUNCTUATION}])*")
# A run starts only at the start of a word or group of punctuation, and the length of a word is limited, so that the time of a
# search is proportional to the length of the text.
_WORD = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.&/-]{0,99}"
_LATIN = re.compile(rf"(?<![A-Za-zÀ-ɏ]){_WORD}(?:,? {_WORD})+(?<!\.)")

TagOf = Callable[[str], str | None]
"""Returns the language tag for a run of text, or None if the workspace has no language for the run."""


def tag_foreign_runs(body: HtmlElement, language: Language, workspace: Workspace) -> None:
    """Put each run of text in another script into a span with a lang attribute.

    Args:
        body: the <body>; elements in it may have other lang attributes.
        language: the language of the body.
        workspace: the workspace, which defines the languages that the runs may be in.
    """
    by_tag, known_languages = languages_by_tag(workspace), languages(workspace).values()
    chinese_languages = [candidate for candidate in known_languages if candidate.is_chinese]
    latin_tag = next((candidate.tag for candidate in known_languages if candidate.is_latin), None)

    def chinese_tag(words: str) -> str | None:
        matching = (candidate.tag for candidate in chinese_languages if not wrong_script_characters(words, candidate))
        return next(matching, chinese_languages[0].tag if chinese_languages else None)

    def tag_runs(element: HtmlElement, outer_language: Language) -> None:
        element_language = by_tag.get(element.get("lang", ""), outer_language)
        for child in [*element]:
            tag_runs(child, element_language)
        pattern, tag_of = (_LATIN, lambda words: latin_tag) if element_language.is_east_asian else (_CHINESE, chinese_tag)
        for child in [*element]:
            if child.tail and (parts := _split_at_runs(child.tail, pattern, tag_of)):
                child.tail = parts[0]
                index = element.index(child) + 1
                element[index:index] = parts[1]
        if element.text and (parts := _split_at_runs(element.text, pattern, tag_of)):
            element.text = parts[0]
            element[0:0] = parts[1]

    tag_runs(body, language)


def _split_at_runs(text: str, pattern: re.Pattern[str], tag_of: TagOf) -> tuple[str, list[HtmlElement]] | None:
    """Split a text into the text before the first foreign run, and a span for each run.

    The tail of each span is the text up to the next run. Return None if the text has no foreign run.
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

"""Removal of noise around a release, such as sharing links, navigation and related articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.importing.end_marks import after_end_mark, is_end_mark
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker
from ipdocs.locale.import_words import ImportWords, import_words
from ipdocs.source.scalar import is_chinese
from ipdocs.workspace import Workspace

_KINDS = {
    "sharing-link": LeftOutReason.SHARING_LINK,
    "navigation": LeftOutReason.NAVIGATION,
    "language-switch": LeftOutReason.LANGUAGE_SWITCH,
    "copyright": LeftOutReason.PAGE_FOOTER,
    "page-footer": LeftOutReason.PAGE_FOOTER,
}
_MAX_LINK_LENGTH, _MAX_CHINESE_LINK_LENGTH = 100, 40
"""The maximum length of a line that is probably a link, in English and in Chinese."""

_END_OF_SENTENCE = re.compile(r"[.。!！?？;；:：]$")


def without_noise(imported: ImportedFile, workspace: Workspace) -> ImportedFile:
    """Return an imported file without noise; `left_out` lists the removed texts with reasons.

    The text between the title and the end mark is never noise. A heading such as "Related Articles" and everything after it are
    noise if only links follow.
    """
    words = import_words(workspace)
    paragraphs = imported.paragraphs
    reasons = [_reason(paragraph, words) for paragraph in paragraphs]
    for index in _text_of_release(paragraphs, reasons, words):
        reasons[index] = None
    for index in range(len(paragraphs)):
        if reasons[index] and not _can_be_noise(index, paragraphs, reasons):
            reasons[index] = None
    related = next((index for index in range(len(paragraphs)) if _are_related_links(paragraphs[index:], words)), len(paragraphs))
    result = replace(imported, paragraphs=[], left_out=list(imported.left_out))
    for index, (paragraph, reason) in enumerate(zip(paragraphs, reasons, strict=True)):
        if reason is None and index < related:
            result.paragraphs.append(paragraph)
        else:
            result.left_out.append(LeftOut(_text(paragraph), reason or LeftOutReason.RELATED_CONTENT, paragraph.line))
    return result


def _text(paragraph: ImportedParagraph) -> str:
    """Return the text of a paragraph with its typed list marker."""
    return " ".join(f"{paragraph.marker} {paragraph.text}".split())


def _reason(paragraph: ImportedParagraph, words: ImportWords) -> LeftOutReason | None:
    text = _text(paragraph)
    return next((reason for kind, reason in _KINDS.items() if words.is_line_of(kind, text)), None)


def _is_end(paragraph: ImportedParagraph, words: ImportWords) -> bool:
    return paragraph.kind in ("paragraph", "heading") and any(
        is_end_mark(line, words) or re.search(r"\d", after_end_mark(line, words)) for line in paragraph.text.splitlines()
    )


def _text_of_release(
    paragraphs: Sequence[ImportedParagraph], reasons: Sequence[LeftOutReason | None], words: ImportWords
) -> range:
    """Return the range of the paragraphs from the first one after the title that is not noise to the last end mark."""
    end = next((index for index in range(len(paragraphs) - 1, -1, -1) if _is_end(paragraphs[index], words)), 0)
    content = [index for index in range(end) if reasons[index] is None]
    return range(content[1], end) if len(content) > 1 else range(0)


def _can_be_noise(index: int, paragraphs: Sequence[ImportedParagraph], reasons: Sequence[LeftOutReason | None]) -> bool:
    """Whether a paragraph that looks like noise is no item among other items, and no words of a page footer before text."""
    paragraph = paragraphs[index]
    before = paragraphs[index - 1] if index else None
    if paragraph.kind == "item" or find_list_marker(_text(paragraph)):
        follows_item = before is not None and (before.kind == "item" or find_list_marker(_text(before)) is not None)
        if paragraph.marker or find_list_marker(_text(paragraph)):
            return not follows_item
        first, last = index, index
        while first and paragraphs[first - 1].kind == "item":
            first -= 1
        while last + 1 < len(paragraphs) and paragraphs[last + 1].kind == "item":
            last += 1
        return all(reasons[first : last + 1])
    if reasons[index] is LeftOutReason.PAGE_FOOTER and not re.search("©|[0-9]{4}", paragraph.text):
        return all(reasons[index:])
    return True


def _are_related_links(paragraphs: Sequence[ImportedParagraph], words: ImportWords) -> bool:
    """Whether paragraphs consist of a heading of related content and links, without an end mark."""
    return words.is_line_of("related-heading", paragraphs[0].text) and all(
        _is_link(paragraph) and not _is_end(paragraph, words) for paragraph in paragraphs[1:]
    )


def _is_link(paragraph: ImportedParagraph) -> bool:
    """Whether a paragraph is so short that it is probably a link, and no sentence."""
    text = paragraph.text.strip()
    max_length = _MAX_CHINESE_LINK_LENGTH if is_chinese(text) else _MAX_LINK_LENGTH
    return paragraph.kind != "table" and len(text) <= max_length and not _END_OF_SENTENCE.search(text)

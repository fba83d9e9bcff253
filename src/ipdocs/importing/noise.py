"""Removal of noise around a release, such as sharing links, navigation and related articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.importing.end_marks import after_end_mark, is_end_mark
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker, place_items
from ipdocs.importing.readers.word.contents_tables import CONTENTS_TABLE
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

    The text between the title and the end mark is never noise, except the heading of a table of contents that is left out. A
    heading such as "Related Articles" and everything after it are noise if only links follow.
    """
    words = import_words(workspace)
    paragraphs = imported.paragraphs
    reasons = [_reason(paragraph, words) for paragraph in paragraphs]
    for index in _text_of_release(paragraphs, reasons, words):
        reasons[index] = None
    for index in list(_content(paragraphs, reasons)):
        reasons[index] = None
    if any(entry.detail == CONTENTS_TABLE for entry in imported.left_out):
        for index, paragraph in enumerate(paragraphs):
            if words.is_text_of("contents-heading", paragraph.text):
                reasons[index] = LeftOutReason.NAVIGATION
    related = _related_content(paragraphs, words)
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


def _content(paragraphs: Sequence[ImportedParagraph], reasons: Sequence[LeftOutReason | None]) -> Iterator[int]:
    """Yield the index of each paragraph that looks like noise but is not.

    These are items beside other items, a marker such as (c) after another item, and words of a page footer before text.
    """
    last_text = next((index for index in range(len(reasons) - 1, -1, -1) if reasons[index] is None), -1)
    for is_list, indexes in groupby(range(len(paragraphs)), key=lambda index: paragraphs[index].kind == "item"):
        items = list(indexes) if is_list else []
        if not all(reasons[index] for index in items):
            yield from (index for index in items if not paragraphs[index].marker or _counts_on(paragraphs, index))
    for index, (paragraph, reason) in enumerate(zip(paragraphs, reasons, strict=True)):
        if reason is None:
            continue
        if _typed_marker(paragraph) and _counts_on(paragraphs, index):
            yield index
        if reason is LeftOutReason.PAGE_FOOTER and index < last_text and not re.search("©|[0-9]{4}", paragraph.text):
            yield index


def _counts_on(paragraphs: Sequence[ImportedParagraph], index: int) -> bool:
    """Whether a typed marker belongs to the list before it: (c) after (b) does; (c) after (c) begins a copyright line."""
    before = [*takewhile(_is_item, reversed(paragraphs[max(index - _ITEMS_BEFORE, 0) : index]))][::-1]
    markers = [_typed_marker(paragraph) for paragraph in before]
    if not all(markers):
        return True
    *_, place = place_items([*markers, _typed_marker(paragraphs[index])])
    return bool(markers) and not place.begins_list


_ITEMS_BEFORE = 60
"""The number of items before a marker that decide whether it belongs to their list."""


def _typed_marker(paragraph: ImportedParagraph) -> str:
    """Return the list marker with which a paragraph begins; "" if there is none."""
    text = _text(paragraph)
    found = find_list_marker(text)
    return text[: found[1]].strip() if found else ""


def _is_item(paragraph: ImportedParagraph) -> bool:
    return paragraph.kind == "item" or _typed_marker(paragraph) != ""


def _related_content(paragraphs: Sequence[ImportedParagraph], words: ImportWords) -> int:
    """Return the index of the first heading of related content that only links follow, without an end mark.

    Without such a heading, return the number of paragraphs.
    """
    related = len(paragraphs)
    for index in range(len(paragraphs) - 1, -1, -1):
        if words.is_line_of("related-heading", paragraphs[index].text):
            related = index
        elif not _is_link(paragraphs[index]) or _is_end(paragraphs[index], words):
            break
    return related


def _is_link(paragraph: ImportedParagraph) -> bool:
    """Whether a paragraph is so short that it is probably a link, and no sentence."""
    text = paragraph.text.strip()
    max_length = _MAX_CHINESE_LINK_LENGTH if is_chinese(text) else _MAX_LINK_LENGTH
    return paragraph.kind != "table" and len(text) <= max_length and not _END_OF_SENTENCE.search(text)

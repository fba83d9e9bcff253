"""Paragraphs that end without a punctuation mark in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Highlight, Violation

_END_MARK = re.compile(r"[.。?？!！:：;；…—*](?:[ \u00a0\u202f]?»|[”’\"'」』）)》〉\]］〕】}｝])*$")
_SENTENCES = re.compile(r"[.。?？!！;；，,].*\w", re.DOTALL)


def no_full_stop(document: CheckedDocument) -> Iterator[Violation]:
    """Find paragraphs of prose that lack a final mark in every language.

    The rule `ending_differs` reports paragraphs that lack it in only one language.
    """
    for unit in document.units:
        passages = list(unit.passages.values())
        if unit.role not in ("paragraph", "quotation") or not passages:
            continue
        is_prose = any(_SENTENCES.search(passage.plain) for passage in passages)
        if is_prose and not any(
            _END_MARK.search(passage.plain) or passage.is_in_web_address(len(passage.plain) - 1, len(passage.plain))
            for passage in passages
        ):
            last_passage = passages[-1]
            end = len(last_passage.plain)
            full_stop = "。" if last_passage.language.is_east_asian else "."
            yield Violation(
                "the last sentence has no full stop", (Highlight(last_passage, end - 1, end),), f"end it in {full_stop}"
            )

"""Paragraphs that end without a mark in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Highlight, Violation

_ENDED = re.compile(r"[.。?？!！:：;；…—*][”’\"'」』）)》〉]*$")
_SENTENCES = re.compile(r"[.。?？!！;；，,].*\w", re.DOTALL)


def no_full_stop(document: CheckedDocument) -> Iterator[Violation]:
    """Find paragraphs of prose whose last sentence has no end; where only one language lacks it, their endings differ."""
    for unit in document.units:
        passages = list(unit.passages.values())
        if unit.role not in ("paragraph", "quotation") or not passages:
            continue
        prose = any(_SENTENCES.search(passage.plain) for passage in passages)
        if prose and not any(
            _ENDED.search(passage.plain) or passage.is_in_address(len(passage.plain) - 1, len(passage.plain))
            for passage in passages
        ):
            last = passages[-1]
            end = len(last.plain)
            stop = "。" if last.language.is_chinese else "."
            yield Violation("the last sentence has no end", (Highlight(last, end - 1, end),), f"end it in {stop}")

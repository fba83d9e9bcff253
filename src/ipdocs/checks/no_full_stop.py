"""Paragraphs that end without a punctuation mark in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Highlight, Violation

_END_MARK = re.compile(
    r"(?:[.。?？!！:：;；…—*](?:[ \u00a0\u202f]?»|[”’\"'」』）)》〉\]］〕】}｝])*|[;；，,](?: ?(?:and|or)|及|以及|和|或))$"
)
_SENTENCES = re.compile(r"[.。?？!！;；，](?![\d.]).*\w|,(?!\d| \d{4}).*\w", re.DOTALL)
_ENUMERATOR = re.compile(r"^(?:[A-Z]|[0-9]{1,2}|[IVX]{1,4})[.．] ")
_SALUTATION = re.compile(r"(?:\S+ ){0,11}\S+[,，]|[^，。；]{1,40}，")
_LABEL_AND_VALUE = re.compile(r"[^:：.。;；，]{1,60}[:：] ?(?:\S+ ){0,9}\S+|[^:：.。;；，]{1,20}：[^，。；]{1,30}")

_BRACKETED = re.compile(r"[(（\[［][^()（）\[\]［］.。]+[)）\]］]")
"""Matches a remark in brackets without a full stop, such as a note of the Record that a Member left."""


def no_full_stop(document: CheckedDocument) -> Iterator[Violation]:
    """Find paragraphs of prose that lack a final mark in every language.

    The rule `ending_differs` reports paragraphs that lack it in only one language. A salutation that ends in a comma, a line
    such as "Coupon rate: 2.29 per cent", and a remark in brackets need no final mark.
    """
    for unit in document.units:
        passages = list(unit.passages.values())
        if unit.role not in ("paragraph", "quotation") or not passages:
            continue
        is_prose = any(_is_prose(passage.plain) for passage in passages)
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


def _is_prose(numbered_text: str) -> bool:
    text = _ENUMERATOR.sub("", numbered_text)
    is_other = _SALUTATION.fullmatch(text) or _LABEL_AND_VALUE.fullmatch(text) or _BRACKETED.fullmatch(text)
    return bool(_SENTENCES.search(text)) and not is_other

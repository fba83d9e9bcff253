"""Titles and headings that end in a punctuation mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_END = re.compile(r"(?<![.。…])[.。，,；;、：:]$")
_ABBREVIATION = re.compile(r"\b(?:Ltd|Co|Inc|Corp|etc|No|[A-Z]|[a-z]\.[a-z])\.$")


def title_full_stop(passage: Passage) -> Iterator[Violation]:
    """Find titles and headings that end in a full stop, comma, semicolon or colon.

    A heading may end in a colon, such as "Question:" and "Reply:".
    """
    if passage.role not in ("title", "heading"):
        return
    text = passage.plain.rstrip()
    is_label = passage.role == "heading" and text.endswith((":", "："))
    if (match := _END.search(text)) and not is_label and not _ABBREVIATION.search(text):
        yield Violation(f"the {passage.role} ends in {match[0]}", (Highlight(passage, *match.span()),), "delete it", "")

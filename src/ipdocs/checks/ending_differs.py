"""Texts that end in different punctuation: a question in one language, a statement in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_CLOSING = "”’\"'」』）)》〉*] "
_CONNECTIVE = re.compile(r"(?<=[;；，,])\s*(?:and|or|以及|及|和|或|与|與)$")
_ENDINGS = {
    ".": ".",
    "。": ".",
    "?": "?",
    "？": "?",
    "!": "!",
    "！": "!",
    ":": ":",
    "：": ":",
    ";": ";",
    "；": ";",
    "…": "…",
    "—": "—",
}
_ENDINGS |= {",": ",", "，": ",", "、": ","}


def ending_differs(pair: Pair) -> Iterator[Violation]:
    """Find texts whose last marks do not correspond; closing quotation marks, brackets and a list's "and" do not count."""
    if pair.unit.role in ("fact", "cell", "by", "post", "name", "term"):
        return
    source, target = _ending(pair.source), _ending(pair.target)
    if source[0] != target[0]:
        here, there = pair.target.language.code, pair.source.language.code
        message = f"{here} ends {_named(target)}, {there} {_named(source)}"
        yield Violation(message, (target[1], source[1]))


def _ending(passage: Passage) -> tuple[str, Highlight]:
    """Return which of the endings a passage has, or none, with its last character."""
    text = _CONNECTIVE.sub("", passage.plain.rstrip(_CLOSING))
    last = max(len(text) - 1, 0)
    kind = "…" if text.endswith("...") else _ENDINGS.get(text[-1:], "")
    return kind, Highlight(passage, last, len(text))


def _named(ending: tuple[str, Highlight]) -> str:
    return f"in {ending[1].text}" if ending[0] else "without a mark"

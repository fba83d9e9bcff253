"""Texts that end in different punctuation in two languages, such as a question and a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_IGNORED_AT_END = "”’\"'」』）)》〉*] "
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
"""The English form of each final punctuation mark."""


def ending_differs(pair: Pair) -> Iterator[Violation]:
    """Find texts whose final punctuation marks do not correspond.

    Closing quotation marks, brackets and the "and" before the last item of a list are ignored.
    """
    if pair.unit.role in ("fact", "cell", "by", "post", "name", "term"):
        return
    source, target = _ending(pair.source), _ending(pair.target)
    if source[0] != target[0]:
        target_code, source_code = pair.target.language.code, pair.source.language.code
        message = f"the {target_code} text ends {_description(target)}, but the {source_code} text ends {_description(source)}"
        yield Violation(message, (target[1], source[1]), "end both languages with the same kind of punctuation mark")


def _ending(passage: Passage) -> tuple[str, Highlight]:
    """Return the final mark of a passage in its English form, or an empty string, and a highlight of the last character."""
    text = _CONNECTIVE.sub("", passage.plain.rstrip(_IGNORED_AT_END))
    last = max(len(text) - 1, 0)
    english_mark = "…" if text.endswith("...") else _ENDINGS.get(text[-1:], "")
    return english_mark, Highlight(passage, last, len(text))


def _description(ending: tuple[str, Highlight]) -> str:
    return f"in {ending[1].text}" if ending[0] else "without a punctuation mark"

"""Texts that end in different punctuation in two languages, such as a question and a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_IGNORED_AT_END = "”’\"'»›」』）)》〉］〕】}｝*] "
_CONNECTIVE = re.compile(r"(?<=[;；，,])\s*(?:and|or|以及|及|和|或|与|與)$")
_ENGLISH_MARKS = dict(zip(".。?？!！:：;；,，、…—", "..??!!::;;,,,…—", strict=True))
"""The English form of each final punctuation mark."""

_SALUTATION = re.compile(r"(?:[^.?!;:。？！；：]|\b(?:Mrs?|Ms|Dr|Prof|Hon|Messrs|St)\.|\b[A-Z]\.){1,250}[,，:：]")
"""A text of one clause that ends in a comma or colon, such as "President," and 主席："""


def ending_differs(pair: Pair) -> Iterator[Violation]:
    """Find texts whose final punctuation marks do not correspond.

    Closing quotation marks, brackets and the "and" before the last item of a list are ignored. A salutation may end in a comma in
    one language and in a colon in the other.
    """
    if pair.unit.role in ("fact", "cell", "by", "post", "name", "term"):
        return
    (source_mark, source_end), (target_mark, target_end) = _ending(pair.source), _ending(pair.target)
    if source_mark != target_mark and not ({source_mark, target_mark} == {",", ":"} and _are_salutations(pair)):
        target_code, source_code = pair.target.language.code, pair.source.language.code
        source_description, target_description = _description(source_mark, source_end), _description(target_mark, target_end)
        message = f"the {target_code} text ends {target_description}, but the {source_code} text ends {source_description}"
        yield Violation(message, (target_end, source_end), "end both languages with the same kind of punctuation mark")


def _are_salutations(pair: Pair) -> bool:
    return all(_SALUTATION.fullmatch(passage.plain.strip()) for passage in (pair.source, pair.target))


def _ending(passage: Passage) -> tuple[str, Highlight]:
    """Return the final mark of a passage in its English form, or an empty string, and a highlight of the last character."""
    text = passage.plain.rstrip(_IGNORED_AT_END)
    last_but_one = passage.language_style.items.last_but_one
    text = text.removesuffix(last_but_one[1:]) if text.endswith(last_but_one) else _CONNECTIVE.sub("", text)
    last = max(len(text) - 1, 0)
    english_mark = "…" if text.endswith("...") else _ENGLISH_MARKS.get(text[-1:], "")
    return english_mark, Highlight(passage, last, len(text))


def _description(mark: str, end: Highlight) -> str:
    return f"in {end.text}" if mark else "without a punctuation mark"

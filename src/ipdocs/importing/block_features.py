"""Features of blocks that can be compared across languages: values, terms, length, sentences."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ipdocs.importing.document_draft import DraftBlock
from ipdocs.locale.glossary import glossary
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Count, Date, Decimal, Integer, Percent, RelativeDay, Value, Years
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BlockFeatures:
    """Features of a block that can be compared across languages.

    Attributes:
        values: how often each value occurs in the text, keyed by the form that `_comparable` returns.
        terms: the ids of the glossary terms in the text.
        length: the number of characters without spaces.
        ends_in_colon: whether the text ends in a colon.
        sentences: the number of sentences.
    """

    values: Counter[str]
    terms: frozenset[str]
    length: int
    ends_in_colon: bool
    sentences: int

    def shares_more_than(self, others: BlockFeatures, whole: BlockFeatures) -> bool:
        """Whether the block has a value or term of a text in the other language that other blocks do not have."""
        return bool(((self.values & whole.values) - others.values) or ((self.terms & whole.terms) - others.terms))

    def __add__(self, other: BlockFeatures) -> BlockFeatures:
        """Return the features of two consecutive blocks together."""
        return BlockFeatures(
            self.values + other.values,
            self.terms | other.terms,
            self.length + other.length,
            other.ends_in_colon,
            self.sentences + other.sentences,
        )


def block_features(block: DraftBlock, value_context: ValueContext, workspace: Workspace) -> BlockFeatures:
    """Return the features of a block; the glossary of the workspace has the terms."""
    text = block.full_text
    values = Counter(_comparable(value_span.value) for value_span in recognise(text, value_context))
    terms = frozenset(match.term.id for match in glossary(workspace).find(text, value_context.language.code))
    ends_in_colon = text.rstrip().endswith((":", "："))
    return BlockFeatures(values, terms, len(text.replace(" ", "")), ends_in_colon, len(_SENTENCE_END.findall(text)))


_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*(?= |$)|[。！？]")


def _comparable(value: Value) -> str:
    """Return a form of a value that is equal in both languages; dates have no year, percentages no sign.

    A text may omit the year, and may write a fall in place of the sign.
    """
    match value:
        case Integer(number) | Count(number):
            return str(number)
        case Decimal(number):
            return f"{number:f}"
        case Date(_, month, day):
            return f"{month}-{day}"
        case Years(first, last):
            return f"{first}-{last}"
        case Percent(number):
            return f"{abs(number):f}%"
        case RelativeDay():
            return "day"
    return repr(value)


def text_cost(first: BlockFeatures, second: BlockFeatures, ratio: float) -> float:
    """Return the part of the cost of pairing two texts that depends on values, terms and lengths.

    `ratio` is the length of the second document divided by the length of the first.
    """
    cost = 0.6 if first.ends_in_colon != second.ends_in_colon else 0.0
    if first.values or second.values:
        shared = sum((first.values & second.values).values())
        cost += 1.2 * (1 - shared / sum((first.values | second.values).values()))
    if first.terms or second.terms:
        cost += 1.2 * (1 - len(first.terms & second.terms) / len(first.terms | second.terms))
    if first.length and second.length:
        cost += min(length_difference(first, second, ratio) * 0.9, 2.5)
    elif first.length or second.length:
        cost += 0.5
    return cost


def length_difference(first: BlockFeatures, second: BlockFeatures, ratio: float) -> float:
    """Return how far the lengths of two texts are from the usual ratio, as a logarithm."""
    return abs(math.log(max(second.length, 1) / max(first.length, 1) / ratio))


def total_features(features: Sequence[BlockFeatures]) -> BlockFeatures:
    """Return the features of consecutive blocks together."""
    total = features[0]
    for other in features[1:]:
        total += other
    return total


def features_without(features: Sequence[BlockFeatures], index: int) -> BlockFeatures:
    """Return the features of blocks together, except for the one at an index."""
    return total_features([*features[:index], *features[index + 1 :]])

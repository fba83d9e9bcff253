"""Lists whose introduction announces a different number of items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.model.blocks import ListBlock
from ipdocs.values.types import Integer
from ipdocs.values.value_span import ValueSpan

_ENGLISH_BEFORE = re.compile(r"\b(?:following|these|the|in|into|under|following are|has|have|are)\s*$", re.IGNORECASE)
_NOT_LISTED = "days?|weeks?|months?|years?|hours?|minutes?|per|times|sides|parties|places"
_ENGLISH_AFTER = re.compile(rf"^ (?!{_NOT_LISTED})(?:[A-Za-z-]+ ?){{1,4}}[,:：]?(?:$| namely| as follows| below| listed)")
_FOLLOWING = re.compile(r"^ following\b", re.IGNORECASE)
_CHINESE_AFTER = re.compile(
    r"^(?:個(?!月|星期|小時|工作天|學年|年度|財政年度)|个(?!月|星期|小时|工作天|学年|年度)|项|項|点|點|類|类|大|種|种|條|条|步|方面|部分|範疇|范畴|階段|措施|主要|重點|重点|名|位|宗|份|間|家)[^，。；]{0,10}[：:。]?$"
)


def count_wrong(document: CheckedDocument) -> Iterator[Violation]:
    """Find lists with a wrong number in their introduction, such as "the following three measures" before four items."""
    for block in document.source.document.body:
        if not isinstance(block, ListBlock) or not block.list.intro:
            continue
        item_count = len(block.list.items)
        for passage in document.unit(block.list.intro).passages.values():
            value_span = _announced_count(passage)
            if value_span and value_span.value != Integer(item_count):
                name = (block.id or "").replace("-", "_")
                message = f"the introduction announces {value_span.surface}, but the list has {item_count} items"
                hint = f"write {{{{ {name} | count }}}} instead of the number"
                yield Violation(message, (Highlight(passage, value_span.start, value_span.end),), hint)


def _announced_count(passage: Passage) -> ValueSpan | None:
    """Return the last number in an introduction that can be the number of items, or None."""
    for value_span in reversed(passage.value_spans):
        if (
            isinstance(value_span.value, Integer)
            and 2 <= value_span.value.number <= 99
            and not passage.is_computed(value_span.start, value_span.end)
        ):
            before, after = passage.plain[: value_span.start], passage.plain[value_span.end :]
            if passage.language.is_chinese:
                if _CHINESE_AFTER.search(after):
                    return value_span
            elif passage.language.is_english and (
                _FOLLOWING.search(after) or (_ENGLISH_AFTER.search(after) and (_ENGLISH_BEFORE.search(before) or not before))
            ):
                return value_span
    return None

"""Quotations with quotation marks in only one of two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation, shorten

_ENGLISH = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CHINESE = re.compile('「[^」]*」|“[^”]*”|"[^"]*"|《[^》]*》')
_SPEECH = re.compile("[，。！？；]")


def quotations_differ(pair: Pair) -> Iterator[Violation]:
    """Find quotations without a counterpart in the other language.

    A Chinese quotation needs a counterpart only if it is speech, because Chinese also puts many names in quotation marks or 《》.
    """
    source, target = pair.source, pair.target
    has_unpaired = source.plain.count('"') % 2 or target.plain.count("「") != target.plain.count("」")
    if not source.language.is_english or not target.language.is_chinese or has_unpaired:
        return
    english_quotations, chinese_quotations = list(_ENGLISH.finditer(source.plain)), list(_CHINESE.finditer(target.plain))
    speech = [match for match in chinese_quotations if match[0][0] != "《" and _SPEECH.search(match[0])]
    if len(english_quotations) > len(chinese_quotations):
        yield _violation(source, target, english_quotations[len(chinese_quotations)])
    elif len(speech) > len(english_quotations):
        yield _violation(target, source, speech[len(english_quotations)])


def _violation(passage: Passage, other: Passage, match: re.Match[str]) -> Violation:
    message = f"the {passage.language.code} text quotes {shorten(match[0])}, but the {other.language.code} text does not"
    return Violation(
        message,
        (Highlight(passage, *match.span()), Highlight(other)),
        f"put the quotation in quotation marks in the {other.language.code} text, too",
    )

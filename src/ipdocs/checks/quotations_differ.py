"""Quotations with quotation marks in only one of two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation, shorten

_ENGLISH = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CHINESE = re.compile('「[^」]*」|“[^”]*”|"[^"]*"|《[^》]*》')
_SHORT_NAME = re.compile(r"[“\"](?:[A-Z][\w'’-]*(?: |(?=[”\"]))){1,4}[”\"]")
_AFTER_NAME = re.compile(r"(?<![.!?:,] )\b[A-Z][\w'’-]* $")
_SPEECH = re.compile("[，。！？；]")


def quotations_differ(pair: Pair) -> Iterator[Violation]:
    """Find quotations without a counterpart in the other language.

    A Chinese quotation needs a counterpart only if it is speech, because Chinese also puts many names in quotation marks or 《》.
    An English name in quotation marks that belongs to a name before it, as in the Sample Town "Clean Quay", needs none.
    """
    source, target = pair.source, pair.target
    has_unpaired = source.plain.count('"') % 2 or target.plain.count("「") != target.plain.count("」")
    if not source.language.is_english or not target.language.is_chinese or has_unpaired:
        return
    chinese_quotations = list(_CHINESE.finditer(target.plain))
    english_quotations = [
        match
        for match in _ENGLISH.finditer(source.plain)
        if not (_SHORT_NAME.fullmatch(match[0]) and _AFTER_NAME.search(source.plain, max(match.start() - 30, 0), match.start()))
        or len(chinese_quotations)
    ]
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

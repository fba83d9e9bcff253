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
_TERM = re.compile(r"[“\"][a-z][\w’'-]*(?: [\w’'-]+){0,3}[”\"]")
_SPEECH = re.compile("[。！？；]|，.{8}")
_SPEECH_FOLLOWS = re.compile("[：說说指稱称道示]$")


def quotations_differ(pair: Pair) -> Iterator[Violation]:
    """Find quotations without a counterpart in the other language.

    A Chinese quotation needs a counterpart only if it is speech in a paragraph, because Chinese also puts many names and slogans
    in quotation marks or 《》. An English term in small letters, and a name that belongs to a name before it, such as the Sample
    Town "Clean Quay", need none.
    """
    source, target = pair.source, pair.target
    has_unpaired = source.plain.count('"') % 2 or target.plain.count("「") != target.plain.count("」")
    if not source.language.is_english or not target.language.is_chinese or has_unpaired:
        return
    chinese_quotations = list(_CHINESE.finditer(target.plain))
    english_quotations = list(_ENGLISH.finditer(source.plain))
    needed = [match for match in english_quotations if not _is_term(source.plain, match)]
    speech = [match for match in chinese_quotations if match[0][0] != "《" and _is_speech(target.plain, match)]
    inner = target.plain.count("『")  # English texts may put quotations within a quotation in the same marks
    if len(needed) > len(chinese_quotations) + inner:
        yield _violation(source, target, needed[len(chinese_quotations)])
    elif len(speech) > len(english_quotations) and target.role not in ("title", "heading"):
        yield _violation(target, source, speech[len(english_quotations)])


def _is_term(text: str, match: re.Match[str]) -> bool:
    """Whether an English quotation is a term or part of a name, which Chinese may write without quotation marks."""
    is_name = _SHORT_NAME.fullmatch(match[0]) and _AFTER_NAME.search(text, max(match.start() - 30, 0), match.start())
    return bool(is_name or _TERM.fullmatch(match[0]))


def _is_speech(text: str, match: re.Match[str]) -> bool:
    """Whether a Chinese quotation is speech; a short one with a comma is speech only after a word such as 說."""
    follows_speaker = _SPEECH_FOLLOWS.search(text, max(match.start() - 1, 0), match.start()) and "，" in match[0]
    return bool(_SPEECH.search(match[0]) or follows_speaker)


def _violation(passage: Passage, other: Passage, match: re.Match[str]) -> Violation:
    message = f"the {passage.language.code} text quotes {shorten(match[0])}, but the {other.language.code} text does not"
    return Violation(
        message,
        (Highlight(passage, *match.span()), Highlight(other)),
        f"put the quotation in quotation marks in the {other.language.code} text, too",
    )

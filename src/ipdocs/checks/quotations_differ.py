"""Quotations that one language has and the other has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation, shortened

_ENGLISH = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CHINESE = re.compile('「[^」]*」|“[^”]*”|"[^"]*"|《[^》]*》')
_SPEECH = re.compile("[，。！？；]")


def quotations_differ(pair: Pair) -> Iterator[Violation]:
    """Find quotations without a counterpart.

    Chinese puts many names in quotation marks or 《》 that English leaves bare, so only its quoted speech must be quoted in
    English too; every English quotation must be marked in Chinese.
    """
    source, target = pair.source, pair.target
    unpaired = source.plain.count('"') % 2 or target.plain.count("「") != target.plain.count("」")
    if source.language.is_chinese or not target.language.is_chinese or unpaired:
        return
    english, chinese = list(_ENGLISH.finditer(source.plain)), list(_CHINESE.finditer(target.plain))
    speech = [match for match in chinese if match[0][0] != "《" and _SPEECH.search(match[0])]
    if len(english) > len(chinese):
        yield _fault(source, target, english[len(chinese)])
    elif len(speech) > len(english):
        yield _fault(target, source, speech[len(english)])


def _fault(having: Passage, lacking: Passage, match: re.Match[str]) -> Violation:
    message = f"{having.language.code} quotes {shortened(match[0])}, and {lacking.language.code} does not"
    return Violation(message, (Highlight(having, *match.span()), Highlight(lacking)))

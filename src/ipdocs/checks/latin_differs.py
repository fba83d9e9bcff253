"""Latin names and codes in Chinese that the English has not, or has otherwise: WPIO beside WIPO."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.findings import nearest

_WORD = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:[-.&'][A-Za-z0-9]+)*")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
"""Full-width letters and figures to those they stand for."""

_DECADE = re.compile("[0-9]{2,4}s")
_ROMAN = re.compile("[IVXLC]+|[a-z]")


def latin_differs(pair: Pair) -> Iterator[Violation]:
    """Find Latin words of the Chinese that do not stand in the English, and codes of the English missing in the Chinese."""
    source, target = pair.source, pair.target
    if source.language.is_chinese or not target.language.is_chinese or not target.has_chinese:
        return
    theirs = {match[0]: match for match in _words(source)}
    ours = {match[0] for match in _words(target)}
    paired: set[str] = set()
    for match in _words(target):
        word = match[0]
        if word in theirs or _ROMAN.fullmatch(word) or len(word) < 2 or _is_run(target, match):
            continue
        meant = nearest(word, [one for one in theirs if one not in ours])
        marks = [Highlight(target, *match.span()), Highlight(source, *theirs[meant].span()) if meant else Highlight(source)]
        paired.add(meant or "")
        rest = f"{source.language.code} says {meant}" if meant else f"it does not stand in {source.language.code}"
        yield Violation(f"{target.language.code} says {word}, {rest}", tuple(marks))
    for word, match in theirs.items():
        if (
            word not in ours
            and word not in paired
            and re.search("[0-9]", word)
            and not _DECADE.fullmatch(word)
            and not _is_quantity(source, match)
        ):
            message = f"{source.language.code} says {word}, and {target.language.code} does not"
            yield Violation(message, (Highlight(source, *match.span()), Highlight(target)))


def _words(passage: Passage) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(passage.plain.translate(_NARROW)):
        if not passage.is_in_address(*match.span()) and not passage.is_computed(*match.span()):
            yield match


def _is_run(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word belongs to a run of small English words, which is untranslated text."""
    return match[0].islower() and re.search(r"[a-z]{2,} $|^ [a-z]{2,}", _around(passage.plain, match)) is not None


def _around(text: str, match: re.Match[str]) -> str:
    before, after = text[max(match.start() - 12, 0) : match.start()], text[match.end() : match.end() + 12]
    return before if re.search("[a-z]{2,} $", before) else after


def _is_quantity(passage: Passage, match: re.Match[str]) -> bool:
    """Whether it is a value with a letter to it, such as 17th, 2.30pm or 5G's generation: values are compared as values."""
    return any(
        slot.start < match.end() and match.start() < slot.end and type(slot.value).__name__ != "Label" for slot in passage.slots
    )

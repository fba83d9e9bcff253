"""Latin names and codes that differ between English and Chinese, such as WIPO and WPIO."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.counterparts import counterparts
from ipdocs.checks.passage import Passage, is_covered
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.findings import nearest

_WORD = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:[-.&'][A-Za-z0-9]+)*")
_HALF_WIDTH_CHARACTERS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
"""The code points of ordinary letters and figures, keyed by the code points of their full-width forms."""

_DECADE = re.compile("[0-9]{2,4}s")
_POWER_OF_UNIT = re.compile("[cdkm]?m[23]")
_ROMAN_NUMERAL_OR_LETTER = re.compile("[IVXLC]+|[a-z]")


def latin_differs(pair: Pair) -> Iterator[Violation]:
    """Find Latin words in Chinese that the English text lacks, and codes in English that the Chinese text lacks."""
    source, target = pair.source, pair.target
    if not source.language.is_english or not target.language.is_chinese or not target.has_chinese:
        return
    source_words = {match[0]: match for match in _words(source)}
    target_matches = list(_words(target))
    target_words = {match[0] for match in target_matches}
    misspelt_in_target: set[str] = set()
    translated_codes = [code for code, _, is_equal in counterparts(source, target) if is_equal]
    for match in target_matches:
        word = match[0]
        if word in source_words or _ROMAN_NUMERAL_OR_LETTER.fullmatch(word) or len(word) < 2 or _is_untranslated(target, match):
            continue
        similar = nearest(word, [other for other in source_words if other not in target_words])
        source_highlight = Highlight(source, *source_words[similar].span()) if similar else Highlight(source)
        misspelt_in_target.add(similar or "")
        code = source.language.code
        difference = f"but the {code} text has {similar}" if similar else f"which is not in the {code} text"
        message = f"the {target.language.code} text has {word}, {difference}"
        hint = f"write {similar}" if similar else "write the same word in both languages"
        yield Violation(message, (Highlight(target, *match.span()), source_highlight), hint)
    for word, match in source_words.items():
        if (
            word not in target_words
            and word not in misspelt_in_target
            and re.search("[0-9]", word)
            and not _DECADE.fullmatch(word)
            and not _POWER_OF_UNIT.fullmatch(word)
            and not _is_quantity(source, match)
            and not is_covered(translated_codes, *match.span())
        ):
            message = f"the {source.language.code} text has {word}, but the {target.language.code} text does not"
            yield Violation(
                message,
                (Highlight(source, *match.span()), Highlight(target)),
                f"write {word} in the {target.language.code} text, too",
            )


def _words(passage: Passage) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(passage.plain.translate(_HALF_WIDTH_CHARACTERS)):
        if not passage.is_in_web_address(*match.span()) and not passage.is_computed(*match.span()):
            yield match


def _is_untranslated(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word is part of untranslated text: it is in lower case and beside English words in lower case."""
    return match[0].islower() and re.search(r"[a-z]{2,} $|^ [a-z]{2,}", _word_context(passage.plain, match)) is not None


def _word_context(text: str, match: re.Match[str]) -> str:
    """Return the text before a word if it ends in a word in lower case, otherwise the text after the word."""
    before, after = text[max(match.start() - 12, 0) : match.start()], text[match.end() : match.end() + 12]
    return before if re.search("[a-z]{2,} $", before) else after


def _is_quantity(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word belongs to a value that contains letters, such as 17th or 2.30pm; other rules compare values."""
    return any(
        value_span.start < match.end() and match.start() < value_span.end and type(value_span.value).__name__ != "Label"
        for value_span in passage.value_spans
    )

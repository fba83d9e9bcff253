"""Separation of the languages in an imported file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ipdocs.importing.bilingual_paragraphs import is_web_address, separated_paragraphs
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.locale.catalogs import distinctive_words, words_of
from ipdocs.locale.conversion.converter import converter
from ipdocs.source.scalar import is_chinese
from ipdocs.workspace import Workspace

_MIN_FRACTION = 0.15
"""The minimum fraction of a file's characters in a second language; a smaller fraction is probably only names."""

_MIN_FRACTION_IN_LINES = 0.4
"""The minimum fraction if languages are only within lines; a Chinese file with English names in its headings has less."""


def split_languages(imported: ImportedFile, workspace: Workspace) -> dict[str, ImportedFile]:
    """Split an imported file by language, and return the parts keyed by language code.

    The languages of the file may be side by side in columns, one after the other, or alternate by paragraph, by line within a
    paragraph, or within a line that is a heading.
    """
    separated = separated_paragraphs(imported.paragraphs)
    if _is_bilingual(imported.paragraphs, _MIN_FRACTION) or _is_bilingual(separated, _MIN_FRACTION_IN_LINES):
        groups = ["chinese" if is_chinese(paragraph.full_text) else "latin" for paragraph in separated]
        return _files(imported, separated, _codes_by_paragraph(separated, groups, workspace))
    groups = [_main_script(imported.paragraphs)] * len(imported.paragraphs)
    return _files(imported, imported.paragraphs, _codes_by_paragraph(imported.paragraphs, groups, workspace))


def _is_bilingual(paragraphs: Sequence[ImportedParagraph], min_fraction: float) -> bool:
    """Whether paragraphs are in Chinese and, with at least a fraction of the characters, in a language with Latin letters."""
    latin, chinese = _lengths(paragraphs)
    total = sum(len(paragraph.full_text) for paragraph in paragraphs)
    # A Chinese text has about a third as many characters as its English translation.
    return latin >= min_fraction * total and chinese > _MIN_FRACTION / 3 * total


def _main_script(paragraphs: Sequence[ImportedParagraph]) -> str:
    """Return "chinese" or "latin", whichever script a file in one script has."""
    latin, chinese = _lengths(paragraphs)
    return "chinese" if chinese and latin < _MIN_FRACTION * sum(len(paragraph.full_text) for paragraph in paragraphs) else "latin"


def _lengths(paragraphs: Sequence[ImportedParagraph]) -> tuple[int, int]:
    """Return the number of characters of paragraphs with Latin words, apart from addresses, and of Chinese paragraphs.

    Figures and symbols, such as those of a table with CO₂ in kg, belong to neither.
    """
    texts = [paragraph.full_text for paragraph in paragraphs]
    latin = [text for text in texts if not is_chinese(text) and not is_web_address(text) and _WORD.search(text)]
    return sum(map(len, latin)), sum(len(text) for text in texts if is_chinese(text))


_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{3}")


def _codes_by_paragraph(paragraphs: Sequence[ImportedParagraph], groups: Sequence[str], workspace: Workspace) -> list[str]:
    """Return the language code of each paragraph, of which it is known whether its script is "chinese" or "latin"."""
    codes: list[str | None] = [None] * len(paragraphs)
    choices: list[tuple[str, ...]] = [()] * len(paragraphs)
    for group, read in (("chinese", _chinese_codes), ("latin", _latin_codes)):
        indices = [index for index, name in enumerate(groups) if name == group]
        texts = [paragraphs[index].full_text for index in indices]
        found = read(texts, workspace) if indices else []
        lengths = Counter[str]()
        for text, code in zip(texts, found, strict=True):
            lengths[code or ""] += len(text)
        known = sum(length for code, length in lengths.items() if code) or 1
        kept = tuple(code for code, length in lengths.items() if code and length >= _MIN_FRACTION * known)
        kept = kept or (_FALLBACKS[group],)
        for index, code in zip(indices, found, strict=True):
            choices[index] = kept
            codes[index] = kept[0] if len(kept) == 1 else code if code in kept else None
    return _with_codes_in_order(codes, choices)


_FALLBACKS = {"chinese": "tc", "latin": "en"}


def _with_codes_in_order(codes: Sequence[str | None], choices: Sequence[tuple[str, ...]]) -> list[str]:
    """Return language codes in which each unknown one is the code that most often follows the one before it.

    A paragraph that is the same in Traditional and Simplified Chinese shows its language only by its place.
    """
    followers = Counter((first, second) for first, second in pairwise(codes) if first and second)
    result: list[str] = []
    for code, possible in zip(codes, choices, strict=True):
        previous = result[-1] if result else ""
        result.append(code or max(possible, key=lambda choice: followers[previous, choice]))
    return result


def _files(imported: ImportedFile, paragraphs: Sequence[ImportedParagraph], codes: Sequence[str]) -> dict[str, ImportedFile]:
    """Return a file for each language; paragraphs without words (pictures, rules) belong to all of them."""
    languages = list(dict.fromkeys(code for code, part in zip(codes, paragraphs, strict=True) if part.full_text.strip()))
    languages = languages or list(dict.fromkeys(codes)) or ["en"]
    parts = {
        language: [part for code, part in zip(codes, paragraphs, strict=True) if code == language or not part.full_text.strip()]
        for language in sorted(languages, key=lambda code: code in ("tc", "sc"))
    }
    first, *others = parts
    return {first: replace(imported, paragraphs=parts[first]), **{code: ImportedFile(parts[code]) for code in others}}


def _latin_codes(texts: Sequence[str], workspace: Workspace) -> list[str | None]:
    """Return the language with Latin letters whose words each text has most often; None if in doubt."""
    words = distinctive_words(workspace)
    if len(words) == 1:
        return ["en"] * len(texts)
    codes: list[str | None] = []
    totals = Counter[str]()
    for text in texts:
        counts = Counter(words_of(text))
        scores = Counter({code: sum(counts[word] for word in own) for code, own in words.items()})
        totals += scores
        (best, score), *others = scores.most_common()
        codes.append(best if score > sum(count for _, count in others) else None)
    main = max(words, key=lambda code: (totals[code], code == "en"))
    return [code or main for code in codes] if set(codes) <= {main, None} else codes


def _chinese_codes(texts: Sequence[str], workspace: Workspace) -> list[str | None]:
    """Return "tc" or "sc" for each text, whichever script has far more of its characters; None if both scripts are possible."""
    characters = "\n".join(dict.fromkeys("".join(texts).replace("\n", "")))
    simplified = _changed_characters(characters, converter("sc", "tc", workspace).convert)
    traditional = _changed_characters(characters, converter("tc", "sc", workspace).convert)
    codes: list[str | None] = []
    for text in texts:
        sc_count = sum(character in simplified for character in text)
        tc_count = sum(character in traditional for character in text)
        codes.append("sc" if sc_count > 3 * tc_count else "tc" if tc_count else None)
    return codes


def _changed_characters(characters: str, convert: Callable[[str], str]) -> frozenset[str]:
    """Return the characters that a conversion changes; `characters` are separated by line breaks."""
    lines = zip(characters.split("\n"), convert(characters).split("\n"), strict=False)
    return frozenset(before for before, after in lines if before != after and len(before) == 1)


def is_side_by_side(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has two columns with the same text in English and Chinese."""
    pairs = [row for row in rows if any(cell.strip() for cell in row)]
    if not pairs or any(len(row) != 2 for row in pairs):
        return False
    are_chinese = [(is_chinese(first), is_chinese(second)) for first, second in pairs if first.strip() and second.strip()]
    bilingual_row_count = max(are_chinese.count((True, False)), are_chinese.count((False, True)))
    return bool(are_chinese) and bilingual_row_count >= 0.9 * len(are_chinese)

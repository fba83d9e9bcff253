"""The article "a" in place of "an", and "an" in place of "a"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_ARTICLE = re.compile(r"\b([Aa]n?) [“\"‘(]?([A-Za-z]+(?:-[A-Za-z]+)*|[0-9][0-9,.]*)(\$?)")
_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!ni(?!n|m)|s[aeiu]|til|biq|ran|ter|kulele|topia)|hour|hono|heir|honest)", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(r"(?:one|once|eu|ewe|ouija|u\b)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"[\w,] $")
_UNCERTAIN = re.compile(r"(?:hotel|histor|herb|habitual|hilar|a|an|and|or|in|is|as|at|i|of|on|it)\b", re.IGNORECASE)
_CURRENCIES = {"HK": "a", "US": "a"}
"""The article for an amount with the sign of a currency, which is read in full: a HK$5 million grant."""

_LETTERS_AFTER_AN = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel sound, such as F in "an FAQ"."""


def wrong_article(passage: Passage) -> Iterator[Violation]:
    """Find "a" before a vowel sound and "an" before a consonant sound: an hour, a university, an 8th, a UN body.

    A capital A within a sentence is a letter, as in "influenza A infection".
    """
    if not passage.language.is_english:
        return
    for match in _ARTICLE.finditer(passage.plain):
        article = _CURRENCIES.get(match[2]) if match[3] else _article(match[2])
        is_letter = match[1] == "A" and _WORD_BEFORE.search(passage.plain, 0, match.start())
        if article and match[1].lower() != article and not is_letter:
            right_article = article.capitalize() if match[1][0] == "A" else article
            message = f"{match[1]} is wrong before {match[2]}"
            yield Violation(message, (Highlight(passage, *match.span(1)),), f"write {right_article} {match[2]}", right_article)


def _article(word: str) -> str | None:
    """Return the article for a word, or None if the sound at its beginning is uncertain."""
    if word[0].isdigit():
        number = word.replace(",", "").split(".")[0]
        return "an" if number[0] == "8" or (number[:2] in ("11", "18") and len(number) % 3 == 2) else "a"
    if len(word) == 1 or _UNCERTAIN.match(word):
        return None
    first = word.split("-")[0]
    if first.isupper():
        return None if re.search("[AEIOU]", first[1:]) and len(first) > 3 else "an" if first[0] in _LETTERS_AFTER_AN else "a"
    return "an" if _VOWEL_SOUND.match(word) and not _CONSONANT_SOUND.match(word) else "a"

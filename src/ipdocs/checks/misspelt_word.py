"""Words that are not in the dictionary of their language. Only `ipdocs check --spelling` looks words up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage, is_covered
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.spelling.dictionary import FILE, Dictionary
from ipdocs.model.facts import PersonFact

CODE = "misspelt-word"
_LETTER = "A-Za-zªºÀ-ÖØ-öø-ɏ"
_CHUNK = re.compile(r"[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef—–…]+")
"""Text between spaces, Chinese characters and dashes."""
_WORD = re.compile(rf"[{_LETTER}]+(?:['’][{_LETTER}]+)*(?:[-‐‑][{_LETTER}]+(?:['’][{_LETTER}]+)*)*")
"""A word, or words joined by hyphens."""
_CODE_IN_CHUNK = re.compile(rf"\d|[@_=\\#&<>|~^]|://|/.*/|[{_LETTER}]\.[{_LETTER}]")
"""Signs of a code, an address, a path or an abbreviation with full stops."""
_SENTENCE_START = re.compile(r"(?:^|[.?!:;][\"”’')\]]*\s+|[\"“‘(\[]|\n|\d[.)]\s+)$")
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Madam|Rev)\.? $")
_UNIT = re.compile(r"\d\s$")
"""What precedes a unit, such as `35 km`."""
_MIN_LETTERS = 5
"""Shorter words with a capital are left alone, because many names have a similar English word."""
_MIN_LETTERS_BESIDE_NAME = 8
"""The same beside another name, such as in `the Hong Kong Goverment`."""
_MIN_OCCURRENCES_OF_NAME = 2
_MAX_UNKNOWN = 1000
"""The number of different unknown words up to which similar words are looked for; a text with more is in another language."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in a passage that the dictionary does not have; it may be a name if it or its compound has a capital."""

    passage: Passage
    start: int
    text: str
    may_be_name: bool


def misspelt_word(document: CheckedDocument) -> Iterator[Violation]:
    """Find words that neither the dictionary nor the office's own list has; names and codes are left alone.

    A word with a capital within a sentence is a name, unless it is nearly a common word and is written only once.
    """
    for code, dictionary in document.dictionaries.items():
        passages = [unit.passages[code] for unit in document.units if code in unit.passages]
        names = _names(passages) | _names_of_persons(document, code)
        words = [word for word in _unknown_words(passages, dictionary) if word.text not in names]
        is_other_language = len({word.text for word in words}) > _MAX_UNKNOWN
        for word in words:
            if not (word.may_be_name and (is_other_language or _is_name(word, dictionary))):
                suggestions = [] if is_other_language else dictionary.suggestions(word.text)
                yield _violation(word, suggestions, dictionary)


def _violation(word: _Word, suggestions: list[str], dictionary: Dictionary) -> Violation:
    tag = word.passage.language.tag
    choice = " or ".join(suggestions)
    remedy = f"write {choice}; if the word is right" if choice else "correct it, or if it is right"
    names = " and ".join(dictionary.names)
    return Violation(
        f"'{word.text}' is not in the dictionary {names}",
        (Highlight(word.passage, word.start, word.start + len(word.text)),),
        f"{remedy}, add it to locales/{tag}/{FILE}",
        cause=word.text.lower(),
    )


def _unknown_words(passages: list[Passage], dictionary: Dictionary) -> Iterator[_Word]:
    for passage in passages:
        for start, text in _words(passage):
            if passage.plain.startswith(".", start + len(text)) and dictionary.accepts(f"{text}."):
                continue
            for offset, part in _unknown_parts(text, dictionary):
                if not passage.is_computed(start + offset, start + offset + len(part)):
                    yield _Word(passage, start + offset, part, not text.islower())


def _words(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield each word or compound of a passage with its offset, but no codes, addresses, units or foreign words in italics."""
    text = passage.plain
    foreign = [span for span in passage.emphases if not span.name]
    for chunk in _CHUNK.finditer(text):
        if _CODE_IN_CHUNK.search(chunk[0].rstrip(".,;:!?")):
            continue
        for match in _WORD.finditer(text, *chunk.span()):
            start, end = match.span()
            if (
                is_covered(foreign, start, end)
                or passage.is_in_web_address(start, end)
                or (end - start < 4 and _UNIT.search(text, max(start - 2, 0), start))
            ):
                continue
            yield start, match[0]


def _unknown_parts(text: str, dictionary: Dictionary) -> Iterator[tuple[int, str]]:
    """Yield the parts of a word or compound that the dictionary does not have, each with its offset.

    Letters, words in capitals and words with a capital inside are not looked up.
    """
    plain = text.replace("’", "'").replace("‐", "-").replace("‑", "-")
    if dictionary.accepts(plain):
        return
    offset = 0
    for part in plain.split("-"):
        stem = re.sub("'s$|'$|(?<=s)'$", "", part)
        if len(stem) > 1 and stem[1:].islower() and not (dictionary.accepts(part) or dictionary.accepts(stem)):
            yield offset, text[offset : offset + len(stem)]
        offset += len(part) + 1


def _names(passages: list[Passage]) -> set[str]:
    """Return the words that are names, because they have a capital within sentences, other than in the results of expressions."""
    counts: Counter[str] = Counter()
    for passage in passages:
        for start, word in _capitalised(passage):
            if not (_starts_sentence(passage, start) or passage.is_computed(start, start + len(word))):
                counts[word] += 1
    return {word for word, count in counts.items() if count >= _MIN_OCCURRENCES_OF_NAME}


def _names_of_persons(document: CheckedDocument, code: str) -> set[str]:
    """Return the words of the names of persons, in the facts and in lists; their posts are common words."""
    facts = document.source.document.facts.values()
    persons = [fact.person for fact in facts if isinstance(fact, PersonFact)]
    of_facts = {id(texts) for person in persons for texts in (person.name, person.short)}
    units = [unit for unit in document.units if unit.role == "name" or id(unit.texts) in of_facts]
    return {word for unit in units if code in unit.passages for _, word in _capitalised(unit.passages[code])}


def _capitalised(passage: Passage) -> Iterator[tuple[int, str]]:
    for match in re.finditer(f"[{_LETTER}]+", passage.plain):
        if match[0][0].isupper():
            yield match.start(), match[0]


def _starts_sentence(passage: Passage, start: int) -> bool:
    return _SENTENCE_START.search(passage.plain, max(start - 8, 0), start) is not None or start == 0


def _is_name(word: _Word, dictionary: Dictionary) -> bool:
    """Whether an unknown word with a capital is a name rather than a misspelt common word."""
    before, after = word.passage.plain[: word.start], word.passage.plain[word.start + len(word.text) :]
    if len(word.text) < _MIN_LETTERS or _TITLE_BEFORE.search(before[-12:]):
        return True
    neighbours = (re.search(f"([A-Z][{_LETTER}]+) $", before[-30:]), re.match(f" ([A-Z][{_LETTER}]+)", after[:30]))
    has_name_beside_it = any(match and not dictionary.accepts(match[1].lower()) for match in neighbours)
    if has_name_beside_it and len(word.text) < _MIN_LETTERS_BESIDE_NAME:
        return True
    # Names differ more from common words than slips of the keyboard do; short names differ by one letter only.
    costs = [cost for candidate, cost in dictionary.similar_words(word.text, 1).items() if " " not in candidate]
    return not costs or (len(word.text) == _MIN_LETTERS and min(costs) > 0)

"""Glossary terms whose translation in the other language differs from the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.checked_document import CheckedDocument, CheckedUnit
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.glossary import Match, Term, with_corner_marks
from ipdocs.values.types import Money

_ABBREVIATED_PLACES = {
    "香港": "港",
    "澳門": "澳",
    "廣東": "粵",
    "廣東省": "粵",
    "深圳": "深",
    "廣州": "穗",
    "北京": "京",
    "上海": "滬",
}
"""Places that Chinese shortens to one character in lists of places, such as 粵港澳."""

_HEADLINE_ROLES = ("title", "heading", "caption")
"""Roles of texts in which English may leave out the person or office that acts, unlike Chinese."""
_KINDS_MENTIONED_ONCE = ("organisation", "post", "legislation")
"""Kinds of name that a language may leave out, or replace by a pronoun, after it has mentioned them."""

_WORD = re.compile("[A-Za-z]+")
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Professor|He|She|he|she)\b")
"""A word for a person, which may stand for the holder of a post."""
_COMMON_WORD = re.compile("[a-z]+")
_RANK = re.compile(
    r"\b(?:Deputy|Assistant|Acting|Vice|Former|Senior|Associate|Under|Permanent|Principal|Chief)[- ]$", re.IGNORECASE
)
"""Words that turn the post after them into a different post, such as Deputy."""
_NAME_BEFORE = re.compile(r"(?<![.!?:;\"“(] )(?<![\"“(])\b(?!(?:The|HKSAR|SAR)\b)[A-Z][\w’'.]* $")
"""A capitalised word in a sentence before a name, which makes it part of a longer name: San Francisco Bay Area."""
_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]\b")
"""An abbreviation with at least two capitals, such as ImmD or C&ED."""
_NAME_IN_SENTENCE = re.compile(r"(?<=[a-z0-9,)’'”\"] )(?:the )?[A-Z]|^The [A-Z]|[.!?] The [A-Z]")
_FUNCTION_WORDS = "由向與和及或的在是為對從至於以經獲指請聯同該前跟給將讓按據就而但並令使"
"""Chinese characters that may precede a name without being a part of it."""
_CHINESE_NAME_BEFORE = re.compile(f"[{HAN}](?<![{_FUNCTION_WORDS}])$|〈$")
"""A character before a short Chinese name that makes it part of a longer name (香港旅遊發展局), or of a title in a title."""
_CHINESE_NAME_AFTER = re.compile(f"議員|成員|委員|主席|文件|大樓|選舉|會議|[{HAN}]{{2,8}}委員會|[一二三四五六七八九十0-9]+題")
"""Words after the name of an office that English often states without the office, such as Members for 立法會議員."""
_LONGEST_SHORT_NAME = 4
"""The length of the longest Chinese name of an office that is often part of a longer name."""
_LEAST_OF_A_NAME = 3
"""The least number of characters at the end of a Chinese name that stand for the name."""
_ORGANISATION_ENDINGS = "署局處部廳務"
"""Characters that continue the name of an organisation, so that the characters before them are not an abbreviation."""


def term_differs(document: CheckedDocument) -> Iterator[Violation]:
    """Find glossary terms of the document's domains that lack their translation in the other language.

    In place of a full name, either language may have an abbreviation, and English a part of the name. A later mention of an
    office may be left out, or be a pronoun; English without any name may leave out every mention. English may also leave out a
    term (or, in a heading, a name) that appears elsewhere in the English text of the document.
    """
    for index, unit in enumerate(document.units):
        earlier_units = [] if unit.role == "title" else document.units[:index]  # the title is the last unit of a document
        for pair in unit.pairs:
            yield from _untranslated_terms(pair.source, pair.target, document, earlier_units)
            yield from _untranslated_terms(pair.target, pair.source, document, earlier_units)


def _untranslated_terms(
    passage: Passage, other: Passage, document: CheckedDocument, earlier_units: list[CheckedUnit]
) -> Iterator[Violation]:
    code, other_code = passage.language.code, other.language.code
    for match in _first_matches(passage):
        form = match.term.text(other_code)
        if not form or _mentions(match.term, other) or _lacks_context(match.term, document):
            continue
        is_optional = match.term.kind == "term" or passage.role in _HEADLINE_ROLES
        if passage.language.is_chinese and is_optional and _is_mentioned_in(document.units, match.term, other_code):
            continue
        if match.term.kind in _KINDS_MENTIONED_ONCE and (
            _is_mentioned_in(earlier_units, match.term, other_code) or not _has_name(other)
        ):
            continue
        yield Violation(
            f"the {code} text has {match.text}, but the {other_code} text does not have {form}",
            (Highlight(passage, match.start, match.end), Highlight(other)),
            f"write {form}, as the glossary does for the domain {match.term.domain}, in the {other_code} text",
            cause=f"{match.term.id} {other_code}",
            insertion=form,
        )


def _lacks_context(term: Term, document: CheckedDocument) -> bool:
    """Whether a term is a common word, such as arbitration, in a document without any longer term of its domain.

    A common word has other senses in other trades, even in a workspace that has chosen its domain for all documents.
    """
    if term.kind != "term" or not _COMMON_WORD.fullmatch(term.text("en")):
        return False
    return not any(
        match.term.domain == term.domain and " " in match.term.text("en")
        for passage in document.passages
        for match in passage.terms_in_domain
    )


def _first_matches(passage: Passage) -> list[Match]:
    """Return the first occurrence of each term in a passage, except in a longer name or an amount of money."""
    matches: dict[str, Match] = {}
    for match in passage.terms_in_domain:
        if not _is_part_of_longer_name(match, passage) and not _is_in_amount(match, passage):
            matches.setdefault(match.term.id, match)
    return list(matches.values())


def _is_in_amount(match: Match, passage: Passage) -> bool:
    """Whether a name belongs to a currency, as in 250萬澳門元."""
    return any(
        isinstance(value_span.value, Money) and value_span.start <= match.start and match.end <= value_span.end
        for value_span in passage.value_spans
    )


def _is_part_of_longer_name(match: Match, passage: Passage) -> bool:
    before = passage.plain[: match.start]
    if match.term.kind == "term":
        return not passage.language.is_chinese and _RANK.search(before) is not None
    if not passage.language.is_chinese:
        return (_RANK.search(before) or _NAME_BEFORE.search(before)) is not None
    if match.term.kind not in _KINDS_MENTIONED_ONCE or len(match.text) > _LONGEST_SHORT_NAME:
        return False
    is_longer = not match.text.startswith("香港") and _CHINESE_NAME_BEFORE.search(before) is not None
    return is_longer or _CHINESE_NAME_AFTER.match(passage.plain, match.end) is not None


def _mentions(term: Term, passage: Passage) -> bool:
    """Whether a passage has a term, an abbreviation of its name, or a word such as 該署 or Mr that stands for it."""
    if _contains(term, passage):
        return True
    if not passage.language.is_chinese:
        return _contains_part(term, passage) or (term.kind == "post" and _PERSON.search(passage.plain) is not None)
    form = term.text(passage.language.code)
    if _has_abbreviation(form, passage.plain) or (term.kind != "term" and _has_pronoun(form, passage.plain)):
        return True
    ends_alike = "" if term.kind in _KINDS_MENTIONED_ONCE else f"[{HAN}]|"  # 運輸局局長 ends like 房屋局局長
    ends = "|".join(_ends(form))
    return bool(ends) and re.search(f"(?:{ends_alike}^|[^{HAN}]|[{_FUNCTION_WORDS}])(?:{ends})", passage.plain) is not None


def _has_name(passage: Passage) -> bool:
    """Whether a passage has any name: in English, a capitalised word within a sentence; Chinese gives no such sign."""
    return passage.language.is_chinese or _NAME_IN_SENTENCE.search(passage.plain) is not None


def _contains(term: Term, passage: Passage) -> bool:
    """Whether a passage contains a term or another right form in the spelling of the house style, or a forbidden form.

    The rule `forbidden_form` reports forbidden forms.
    """
    code = passage.language.code
    if any(forbidden in passage.plain for forbidden in term.forbidden.get(code, ())):
        return True
    forms = [term.text(code), *term.admitted.get(code, ())]
    if passage.language.is_chinese:
        plain = with_corner_marks(passage.plain)
        return any(with_corner_marks(form) in plain or _ABBREVIATED_PLACES.get(form, form) in passage.plain for form in forms)
    return any(_house_spelling(form, passage.language_style.spelling) in passage.plain.lower() for form in forms)


@lru_cache(maxsize=4096)
def _house_spelling(form: str, spelling: tuple[tuple[str, str], ...]) -> str:
    """Return an English form in lower case and in the spelling of a house style, without "the" at its beginning."""
    form = form.lower().removeprefix("the ")
    for house_word, other_word in spelling:
        if other_word.lower() in form:
            form = re.sub(rf"\b{re.escape(other_word.lower())}\b", house_word.lower(), form)
    return form


def _contains_part(term: Term, passage: Passage) -> bool:
    """Whether an English passage contains a long word of a term, its initials, or an abbreviation such as ImmD."""
    words = [
        word
        for word in _WORD.findall(_house_spelling(term.text(passage.language.code), passage.language_style.spelling))
        if len(word) > 3
    ]
    initials = "".join(word[0] for word in words).upper()
    passage_words = _WORD.findall(passage.plain)
    has_word = any(passage_word.lower().startswith(word[:6]) for word in words for passage_word in passage_words)
    if has_word or (len(initials) > 1 and (initials in passage_words or f"{initials}s" in passage_words)):
        return True
    capitals = "".join(filter(str.isupper, term.text(passage.language.code)))
    abbreviations = ("".join(filter(str.isupper, match[0])) for match in _ABBREVIATION.finditer(passage.plain))
    return len(capitals) > 1 and any(_is_subsequence(abbreviation, capitals) for abbreviation in abbreviations)


def _is_subsequence(letters: str, of: str) -> bool:
    """Whether letters occur in a text in their order, beginning with the first letter of the text."""
    remaining = iter(of)
    return letters[0] == of[0] and all(letter in remaining for letter in letters)


def _ends(form: str) -> list[str]:
    """Return the ends of a Chinese name that are at least half of it, as 天文台 is of 香港天文台, the longest first."""
    least = max((len(form) + 1) // 2, _LEAST_OF_A_NAME)
    return [form[start:] for start in range(1, len(form) - least + 1)]


def _has_abbreviation(form: str, text: str) -> bool:
    """Whether a Chinese text has some of the characters of a name in their order, such as 消委會 for 消費者委員會.

    Characters of the name that follow each other without a gap are no abbreviation: 工作小組 is not short for 專責小組.
    """
    if form.removeprefix("香港") in text:
        return True
    for start in range(len(text) - 1):
        offset, end = -1, start
        while end < len(text) and (offset := form.find(text[end], offset + 1)) >= 0:
            end += 1
        has_gap = end > start and text[start:end] not in form
        if has_gap and text[end : end + 1] not in (*_ORGANISATION_ENDINGS,):
            return True
    return False


def _has_pronoun(form: str, text: str) -> bool:
    """Whether a Chinese text has a word that stands for a name mentioned before, such as 該署, 署方 or 當局 for an office."""
    ending = form[-1]
    return re.search(f"[該本貴][{HAN}]{{0,3}}{ending}|{ending}方|當局|《條例》", text) is not None or (
        form.endswith("政府") and "政府" in text
    )


def _is_mentioned_in(units: list[CheckedUnit], term: Term, language: str) -> bool:
    """Whether one of some units has a term, or what stands for it, in a language."""
    return any(_mentions(term, unit.passages[language]) for unit in units if language in unit.passages)

"""Glossary terms whose translation in the other language differs from the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.glossary import Match, Term

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

_WORD = re.compile("[A-Za-z]+")
_COMMON_WORD = re.compile("[a-z]+")
_RANK = re.compile(r"\b(?:Deputy|Assistant|Acting|Vice|Former|Senior|Associate)[- ]$", re.IGNORECASE)
"""Words that turn the post after them into a different post, such as Deputy."""


def term_differs(document: CheckedDocument) -> Iterator[Violation]:
    """Find glossary terms that lack their translation in the other language.

    In place of a full name, English may have a part of the name, or its initials. English may also leave out a term (or, in a
    heading, a name) that appears elsewhere in the English text of the document.
    """
    for unit in document.units:
        for pair in unit.pairs:
            yield from _untranslated_terms(pair.source, pair.target, document)
            yield from _untranslated_terms(pair.target, pair.source, document)


def _is_out_of_domain(term: Term, document: CheckedDocument) -> bool:
    """Whether a term is a common word, such as consultation, in a document without any longer term of the glossary.

    A common word has other senses in other trades: a doctor's consultation is no 諮詢.
    """
    if term.kind != "term" or not _COMMON_WORD.fullmatch(term.text("en")):
        return False
    return not any(
        match.term.kind == "term" and " " in match.term.text("en") for passage in document.passages for match in passage.terms
    )


def _untranslated_terms(passage: Passage, other: Passage, document: CheckedDocument) -> Iterator[Violation]:
    code, other_code = passage.language.code, other.language.code
    for match in _first_matches(passage):
        form = match.term.text(other_code)
        if not form or _contains(match.term, other) or _contains_part(match.term, other):
            continue
        if _is_out_of_domain(match.term, document):
            continue
        is_optional = match.term.kind == "term" or passage.role in _HEADLINE_ROLES
        if passage.language.is_chinese and is_optional and _is_in_document(match.term, other_code, document):
            continue
        message = f"the {code} text has {match.text}, but the {other_code} text does not have {form}"
        yield Violation(
            message,
            (Highlight(passage, match.start, match.end), Highlight(other)),
            f"write {form}, as the glossary does, in the {other_code} text",
        )


def _first_matches(passage: Passage) -> list[Match]:
    """Return the first occurrence of each term in a passage."""
    matches: dict[str, Match] = {}
    for match in passage.terms:
        if not _RANK.search(passage.plain[: match.start]):
            matches.setdefault(match.term.id, match)
    return list(matches.values())


def _contains(term: Term, passage: Passage) -> bool:
    """Whether a passage contains a term in the spelling of the house style, or a forbidden form of the term.

    The rule `forbidden_form` reports forbidden forms.
    """
    form = term.text(passage.language.code)
    if any(forbidden in passage.plain for forbidden in term.forbidden.get(passage.language.code, ())):
        return True
    if passage.language.is_chinese:
        return form in passage.plain or _ABBREVIATED_PLACES.get(form, form) in passage.plain
    return _house_spelling(form, passage.language_style.spelling) in passage.plain.lower()


@lru_cache(maxsize=4096)
def _house_spelling(form: str, spelling: tuple[tuple[str, str], ...]) -> str:
    """Return an English form in lower case and in the spelling of a house style, without "the" at its beginning."""
    form = form.lower().removeprefix("the ")
    for house_word, other_word in spelling:
        if other_word.lower() in form:
            form = re.sub(rf"\b{re.escape(other_word.lower())}\b", house_word.lower(), form)
    return form


def _contains_part(term: Term, passage: Passage) -> bool:
    """Whether an English passage contains a long word of a term, or its initials."""
    if passage.language.is_chinese:
        return False
    words = [
        word
        for word in _WORD.findall(_house_spelling(term.text(passage.language.code), passage.language_style.spelling))
        if len(word) > 3
    ]
    initials = "".join(word[0] for word in words).upper()
    passage_words = _WORD.findall(passage.plain)
    has_word = any(passage_word.lower().startswith(word[:6]) for word in words for passage_word in passage_words)
    return has_word or (len(initials) > 1 and (initials in passage_words or f"{initials}s" in passage_words))


def _is_in_document(term: Term, language: str, document: CheckedDocument) -> bool:
    """Whether the document contains a term or a part of it in a language."""
    passages = [unit.passages[language] for unit in document.units if language in unit.passages]
    return any(_contains(term, passage) or _contains_part(term, passage) for passage in passages)

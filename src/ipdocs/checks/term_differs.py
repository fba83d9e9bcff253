"""Terms of the glossary that one language has and the other renders otherwise, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.glossary import Match, Term

_ONE_CHARACTER = {
    "香港": "港",
    "澳門": "澳",
    "廣東": "粵",
    "廣東省": "粵",
    "深圳": "深",
    "廣州": "穗",
    "北京": "京",
    "上海": "滬",
}
"""Places that Chinese calls by one character among others: 粵港澳."""


_HEADLINES = ("title", "heading", "caption")
"""Texts in which Chinese names who acts and English need not."""

_WORD = re.compile("[A-Za-z]+")
_RANK = re.compile(r"\b(?:Deputy|Assistant|Acting|Vice|Former|Senior|Associate)[- ]$", re.IGNORECASE)
"""What before a post makes another post of it."""


def term_differs(document: CheckedDocument) -> Iterator[Violation]:
    """Find names and terms without the form that the glossary gives them in the other language.

    English may say a part of a name, or its initials, where Chinese repeats all of it. What a document is about (its terms,
    not its names), and in headlines names too, Chinese may say where English does not, if the English says it somewhere.
    """
    for unit in document.units:
        for pair in unit.pairs:
            yield from _unmatched(pair.source, pair.target, document)
            yield from _unmatched(pair.target, pair.source, document)


def _unmatched(having: Passage, lacking: Passage, document: CheckedDocument) -> Iterator[Violation]:
    here, there = having.language.code, lacking.language.code
    for match in _first(having):
        form = match.term.text(there)
        if not form or _is_said(match.term, lacking) or _is_hinted(match.term, lacking):
            continue
        may_be_unsaid = match.term.kind == "term" or having.role in _HEADLINES
        if having.language.is_chinese and may_be_unsaid and _is_known(match.term, there, document):
            continue
        message = f"{here} says {match.text}, and {there} not {form}"
        yield Violation(message, (Highlight(having, match.start, match.end), Highlight(lacking)), f"the glossary has {form}")


def _first(passage: Passage) -> list[Match]:
    """Return the terms of a passage, each where it stands first."""
    seen: dict[str, Match] = {}
    for match in passage.terms:
        if not _RANK.search(passage.plain[: match.start]):
            seen.setdefault(match.term.id, match)
    return list(seen.values())


def _is_said(term: Term, passage: Passage) -> bool:
    """Whether a term stands in a passage, as itself or within a longer one, as the house style spells it.

    Where it stands in a forbidden form, that is told by another check.
    """
    form = term.text(passage.language.code)
    if any(wrong in passage.plain for wrong in term.forbidden.get(passage.language.code, ())):
        return True
    if passage.language.is_chinese:
        return form in passage.plain or _ONE_CHARACTER.get(form, form) in passage.plain
    return _spelt(form, passage.section.spelling) in passage.plain.lower()


@lru_cache(maxsize=4096)
def _spelt(form: str, spelling: tuple[tuple[str, str], ...]) -> str:
    """Return an English form in small letters, as a house spells it and without its article."""
    form = form.lower().removeprefix("the ")
    for right, wrong in spelling:
        if wrong.lower() in form:
            form = re.sub(rf"\b{re.escape(wrong.lower())}\b", right.lower(), form)
    return form


def _is_hinted(term: Term, passage: Passage) -> bool:
    """Whether an English passage has a long word of a term, or the initials of one of several words."""
    if passage.language.is_chinese:
        return False
    words = [word for word in _WORD.findall(_spelt(term.text(passage.language.code), passage.section.spelling)) if len(word) > 3]
    initials = "".join(word[0] for word in words).upper()
    said = _WORD.findall(passage.plain)
    hinted = any(one.lower().startswith(word[:6]) for word in words for one in said)
    return hinted or (len(initials) > 1 and (initials in said or f"{initials}s" in said))


def _is_known(term: Term, language: str, document: CheckedDocument) -> bool:
    """Whether the document says a term, or hints at it, anywhere in a language."""
    passages = [unit.passages[language] for unit in document.units if language in unit.passages]
    return any(_is_said(term, passage) or _is_hinted(term, passage) for passage in passages)

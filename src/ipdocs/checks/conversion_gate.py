"""Chinese texts and their script: what conversion leaves open, and characters that do not belong to a language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ipdocs.checks.checked_document import CheckedDocument, CheckedText, texts_within
from ipdocs.findings import Finding
from ipdocs.locale.conversion.characters import wrong_script
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.protection import protected_spans
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.localisation.localised_document import ChosenText, LocalisedDocument
from ipdocs.model.text import Text
from ipdocs.source.open import Source

CODE = "wrong-script"


def wrong_script_findings(source: Source, documents: Iterable[LocalisedDocument]) -> list[Finding]:
    """Return the characters of the other script in Chinese documents, written, converted or translated: none may be issued.

    Words an author keeps, [埗]{keep}, names of the glossary and what a block or the document allows are left alone.

    Args:
        source: the source that the documents were made of.
        documents: the documents as they were localised.
    """
    if CODE in source.document.allow:
        return []
    allowed = {id(text) for text in _allowed(source)}
    findings = (
        finding
        for document in documents
        if document.language.is_chinese
        for text in document.texts
        if id(text.original) not in allowed
        for finding in _wrong_script(text, document)
    )
    return list(dict.fromkeys(findings))


def _allowed(source: Source) -> Iterator[Text]:
    """Yield the texts of blocks that may have characters of the other script."""
    for block in source.document.body:
        if CODE in block.allow:
            for _, _, texts in texts_within(block):
                yield from texts.values()


def _wrong_script(text: ChosenText, document: LocalisedDocument) -> Iterator[Finding]:
    language, wrong = document.language, list(wrong_script(text.text, document.language))
    if not wrong:
        return
    names = (match for match in glossary(document.workspace).find(text.text, language.code) if match.term.kind != "term")
    spared = [*(protected_spans(text.text) if text.has_markup else ()), *((match.start, match.end) for match in names)]
    for offset, character in wrong:
        if any(start <= offset < end for start, end in spared):
            continue
        place = text.original.locate(offset, 1) if len(text.text) == len(text.original) else text.original.locate()
        script = "Simplified" if language.script == "Hant" else "no character of standard Simplified Chinese"
        hint = f"write another word, or [{character}]{{keep}} in a name or a quotation"
        if not text.has_markup:
            hint = f"write another for {language.code} ({language.code}: …), or allow {CODE} in the document"
        yield Finding(CODE, f"{character} in the {language.code} text is {script}", place, hint)


def undecided_conversion_findings(document: CheckedDocument, languages: Sequence[Language]) -> list[Finding]:
    """Return the words whose conversion could have gone another way, and on which neither a rule nor a person decided."""
    return [finding for language in languages if language.made_from for finding in _undecided(document, language)]


def _undecided(document: CheckedDocument, language: Language) -> Iterator[Finding]:
    texts = [found[0] for unit in document.units if (found := _text(unit, language)) and found[1]]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    source = language.made_from or ""
    choices = document.source.state.choices
    for one in converter(source, language.code, document.workspace, choices).audit("\n".join(texts)):
        if one.settled:
            continue
        index = bisect_right(starts, one.start) - 1
        place = texts[index].locate(one.start - starts[index], one.end - one.start)
        others = " or ".join(one.alternatives)
        message = f"{one.text} becomes {one.chosen} in {language.code}, and could be {others}: …{one.context.strip()}…"
        kept = f"--choose {one.text}={one.chosen}"
        name = place.path if place else "FILE"
        hint = f"`ipdocs convert {name} --to {language.code} {kept}` decides; so does a longer phrase"
        yield Finding("undecided-conversion", message, place, hint, "warning")


def _text(unit: CheckedText, language: Language) -> tuple[Text, str | None] | None:
    """Return the text that a language takes from a unit, and the language it is converted from, if it is."""
    if own := unit.passages.get(language.code):
        return own.text, None
    source = unit.passages.get(language.made_from or "")
    return (source.text, language.made_from) if source else None

"""Checks of the Chinese script: characters of the wrong script, and words whose conversion is undecided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ipdocs.checks.checked_document import CheckedDocument, CheckedUnit, texts_within
from ipdocs.findings import Finding
from ipdocs.locale.conversion.characters import wrong_script_characters
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.decisions import AuditedText, ConversionDecision, audit
from ipdocs.locale.conversion.protection import protected_spans
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.locale.names_in_other_script import is_in_name
from ipdocs.localisation.localised_document import ChosenText, LocalisedDocument
from ipdocs.model.text import Text
from ipdocs.source.draft_marks import MARK
from ipdocs.source.open import Source

CODE = "wrong-script"


def wrong_script_findings(source: Source, documents: Iterable[LocalisedDocument]) -> list[Finding]:
    """Return findings on characters of the wrong script in Chinese documents.

    Words marked {keep}, words in draft marks, names of people and names in the glossary are ignored, as are documents and blocks
    whose `allow` lists this check.

    Args:
        source: the source of the documents.
        documents: the localised documents of the source.
    """
    if CODE in source.document.allow:
        return []
    exempt_ids = {id(text) for text in _exempt_texts(source)}
    findings = (
        finding
        for document in documents
        if document.language.is_chinese
        for text in document.texts
        if id(text.original) not in exempt_ids
        for finding in _wrong_script_in_text(text, document)
    )
    return list(dict.fromkeys(findings))


def _exempt_texts(source: Source) -> Iterator[Text]:
    """Yield the texts of blocks that allow characters of the wrong script."""
    for block in source.document.body:
        if CODE in block.allow:
            for _, _, texts in texts_within(block):
                yield from texts.values()


def _wrong_script_in_text(text: ChosenText, document: LocalisedDocument) -> Iterator[Finding]:
    language, wrong_characters = document.language, list(wrong_script_characters(text.text, document.language))
    if not wrong_characters:
        return
    names = (match for match in glossary(document.workspace).find(text.text, language.code) if match.term.kind != "term")
    exempt_spans = [*(protected_spans(text.text) if text.has_markup else ()), *((match.start, match.end) for match in names)]
    exempt_spans += [mark.span() for mark in MARK.finditer(text.text)]
    for offset, character in wrong_characters:
        is_name = language.script == "Hant" and is_in_name(text.text, offset, offset + 1)
        if is_name or any(start <= offset < end for start, end in exempt_spans):
            continue
        location = text.original.locate(offset, 1) if len(text.text) == len(text.original) else text.original.locate()
        script = "a Simplified character" if language.script == "Hant" else "not a standard Simplified character"
        hint = f"replace it, or write [{character}]{{keep}} if it belongs to a name or a quotation"
        if not text.has_markup:
            hint = f"write a separate text for {language.code}, or allow {CODE} in the document"
        yield Finding(CODE, f"{character} in the {language.code} text is {script}", location, hint)


@dataclass(frozen=True, slots=True)
class UndecidedConversion:
    """A word with several possible conversions, which no rule, glossary name or author settles.

    Attributes:
        finding: the finding on the word.
        text: the text in the source that contains the word.
        start: the offset of the word in the text.
        language: the language into which the text is converted.
        decision: the decision of the conversion, with the other possible forms.
    """

    finding: Finding
    text: Text
    start: int
    language: Language
    decision: ConversionDecision


def undecided_conversions(documents: Sequence[tuple[CheckedDocument, Sequence[Language]]]) -> list[list[UndecidedConversion]]:
    """Return the words of each document with several possible conversions that no rule, glossary name or author settles.

    Args:
        documents: the documents, each with the languages to convert it into; all are converted together, which takes less time.

    Raises:
        IpdocsError: the tables of conversion cannot be read.
    """
    conversions = [
        (index, language, texts, _audited_text(document, language, texts))
        for index, (document, languages) in enumerate(documents)
        for language in languages
        if language.converted_from and (texts := _texts_to_convert(document, language))
    ]
    result: list[list[UndecidedConversion]] = [[] for _ in documents]
    decisions_by_text = audit([audited_text for *_, audited_text in conversions])
    for (index, language, texts, _), decisions in zip(conversions, decisions_by_text, strict=True):
        result[index] += _undecided(language, texts, decisions)
    return result


def _texts_to_convert(document: CheckedDocument, language: Language) -> list[Text]:
    return [text for unit in document.units if (text := _text_to_convert(unit, language))]


def _audited_text(document: CheckedDocument, language: Language, texts: Sequence[Text]) -> AuditedText:
    choices = document.source.state.choices
    return converter(language.converted_from or "", language.code, document.workspace, choices).audited_text("\n".join(texts))


def _undecided(
    language: Language, texts: Sequence[Text], decisions: Sequence[ConversionDecision]
) -> Iterator[UndecidedConversion]:
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    for decision in decisions:
        if decision.settled:
            continue
        index = bisect_right(starts, decision.start) - 1
        start = decision.start - starts[index]
        if any(mark.start() < start + len(decision.text) and start < mark.end() for mark in MARK.finditer(texts[index])):
            continue
        location = texts[index].locate(start, decision.end - decision.start)
        alternatives = " or ".join(decision.alternatives)
        context = decision.context.strip()
        message = f"{decision.text} becomes {decision.chosen} in {language.code}, but could be {alternatives}: …{context}…"
        path = location.path if location else "FILE"
        choice = f"{decision.text}={decision.chosen}"
        command = f"ipdocs convert {path} --to {language.code} --choose {choice}"
        hint = f"confirm it with `{command}`, or give another form after =, or a longer phrase on both sides of ="
        finding = Finding("undecided-conversion", message, location, hint, "warning")
        yield UndecidedConversion(finding, texts[index], start, language, decision)


def _text_to_convert(unit: CheckedUnit, language: Language) -> Text | None:
    """Return the text to convert into a language, or None if the source already has a text in that language."""
    source = unit.passages.get(language.converted_from or "")
    return source.text if source and language.code not in unit.passages else None

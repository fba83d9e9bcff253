"""Chinese texts and their script: what conversion leaves open, and characters that do not belong to a language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ipdocs.checks.checked_document import CheckedDocument, CheckedText
from ipdocs.findings import Finding
from ipdocs.locale.conversion.characters import wrong_script
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.protection import protected
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.model.text import Text

CODE = "wrong-script"


def wrong_script_findings(
    reading: CheckedDocument, languages: Sequence[Language], choices: tuple[Choice, ...] = ()
) -> list[Finding]:
    """Return the characters of the other script in the texts of some languages, written or converted: none may be issued.

    Words an author keeps, [埗]{keep}, names of the glossary and what a block or the document allows are left alone.
    """
    return [
        finding
        for language in languages
        if language.is_chinese
        for unit in reading.units
        if not any(CODE in owner.allow for owner in (unit.block, reading.document) if owner)
        for finding in _foreign(unit, language, reading, choices)
    ]


def _foreign(unit: CheckedText, language: Language, reading: CheckedDocument, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    found = _text(unit, language)
    if not found:
        return
    text, source = found
    made = converter(source, language.code, reading.workspace, choices).convert(text) if source else str(text)
    names = (match for match in glossary(reading.workspace).find(made, language.code) if match.term.kind != "term")
    spared = [*protected(made), *((match.start, match.end) for match in names)]
    for offset, character in wrong_script(made, language):
        if any(start <= offset < end for start, end in spared):
            continue
        place = text.locate(offset, 1) if len(made) == len(text) else text.locate()
        said = "Simplified" if language.script == "Hant" else "no character of standard Simplified Chinese"
        hint = f"write another word, or [{character}]{{keep}} in a name or a quotation"
        yield Finding(CODE, f"{character} in the {language.code} text is {said}", place, hint)


def undecided_conversion_findings(
    reading: CheckedDocument, languages: Sequence[Language], choices: tuple[Choice, ...] = ()
) -> list[Finding]:
    """Return the words whose conversion could have gone another way, and on which neither a rule nor a person decided."""
    return [finding for language in languages if language.made_from for finding in _undecided(reading, language, choices)]


def _undecided(reading: CheckedDocument, language: Language, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    texts = [found[0] for unit in reading.units if (found := _text(unit, language)) and found[1]]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    source = language.made_from or ""
    for one in converter(source, language.code, reading.workspace, choices).audit("\n".join(texts)):
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

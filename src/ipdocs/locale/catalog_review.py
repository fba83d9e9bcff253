"""Findings about the catalogs: phrases that are missing, fuzzy or wrong in the PO files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.findings import Finding, Location
from ipdocs.locale.catalogs import message_key, po_files, read_po, translated_forms
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_MAX_MISSING = 5
"""The largest number of missing phrases in a file of which each is a finding of its own."""
_PLACEHOLDERS = re.compile(r"%\(\w+\)s|\{\{.*?\}\}")


def catalog_findings(workspace: Workspace) -> list[Finding]:
    """Return findings about missing, fuzzy and wrong phrases in the phrases.po of every language.

    A missing or fuzzy phrase is a warning here, but a build refuses a document that needs the phrase. English and
    derived languages may leave phrases out, and the file of a workspace may leave out phrases that the shipped file has. The
    order of placeholders may differ from the English.
    """
    return [finding for language in languages(workspace).values() for finding in _language_findings(language, workspace)]


def _language_findings(language: Language, workspace: Workspace) -> Iterator[Finding]:
    files = {path: read_po(path) for path in po_files(language, workspace)}
    translated = {
        message_key(message)
        for messages in files.values()
        for message in messages
        if message.id and any(translated_forms(message))
    }
    for path, messages in files.items():
        missing = [message for message in messages if message.id and message_key(message) not in translated]
        if not language.converted_from and language.code != "en":
            yield from _missing_findings(missing, path, language)
        for message in messages:
            if message.id and any(translated_forms(message)):
                yield from _message_findings(message, messages.num_plurals, Location(path, message.lineno or 0, 1), language)


def _missing_findings(missing: Sequence[Message], path: Path, language: Language) -> Iterator[Finding]:
    """Yield a finding for each phrase that has no text; one finding for all of them if there are many, as in a new language."""
    file = f"{path.parent.name}/{path.name}"
    if len(missing) > _MAX_MISSING:
        first = missing[0]
        text = f"{len(missing)} phrases have no {language.code} text; the first is {_shortened(first)!r}"
        hint = f"translate the phrases that your documents need in {file}; a build names each that it lacks"
        yield Finding("missing-phrase", text, Location(path, first.lineno or 0, 1), hint, "warning")
        return
    for message in missing:
        location = Location(path, message.lineno or 0, 1)
        text = f"{_shortened(message)!r} has no {language.code} text"
        yield Finding("missing-phrase", text, location, f"translate the phrase in {file}", "warning")


def _shortened(message: Message) -> str:
    text = _english_forms(message)[0]
    return text if len(text) <= 60 else f"{text[:60]}…"


def _message_findings(message: Message, plural_count: int, location: Location, language: Language) -> Iterator[Finding]:
    shortened, forms = _shortened(message), translated_forms(message)
    if message.fuzzy:
        hint = "compare the text with the English, correct it, and delete the flag 'fuzzy'"
        yield Finding("fuzzy-phrase", f"the {language.code} text of {shortened!r} is not confirmed", location, hint, "warning")
    if message.pluralizable and (len(forms) != plural_count or not all(forms)):
        hint = f"write msgstr[0] to msgstr[{plural_count - 1}]"
        yield Finding(
            "plural-forms-differ", f"{shortened!r} needs {plural_count} translated forms in {language.code}", location, hint
        )
    for form in filter(None, forms):
        yield from _placeholder_findings(message, form, location, language)


def _placeholder_findings(message: Message, form: str, location: Location, language: Language) -> Iterator[Finding]:
    """Yield a finding if the placeholders of a form match neither the English singular nor the English plural."""
    expected = [Counter(_PLACEHOLDERS.findall(text)) for text in _english_forms(message)]
    placeholders = Counter(_PLACEHOLDERS.findall(form))
    if placeholders in expected:
        return
    missing, extra = expected[-1] - placeholders, placeholders - expected[-1]
    differences = []
    if missing:
        differences.append(f"lacks {', '.join(missing)}")
    if extra:
        differences.append(f"has {', '.join(extra)}, which the English does not have")
    yield Finding(
        "placeholder-differs",
        f"the {language.code} text {form!r} {' and '.join(differences)}",
        location,
        "copy the placeholders from the msgid",
    )


def _english_forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)

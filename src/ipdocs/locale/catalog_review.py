"""Findings about the catalogs: phrases that are missing, fuzzy or wrong in the PO files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.findings import Finding, Location
from ipdocs.locale.catalogs import message_key, po_files, read_po, translated_forms
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from babel.messages.catalog import Message

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
        for message in messages:
            if message.id and (any(translated_forms(message)) or message_key(message) not in translated):
                yield from _message_findings(message, messages.num_plurals, Location(path, message.lineno or 0, 1), language)


def _message_findings(message: Message, plural_count: int, location: Location, language: Language) -> Iterator[Finding]:
    text, forms = _english_forms(message)[0], translated_forms(message)
    shortened = text if len(text) <= 60 else f"{text[:60]}…"
    if not any(forms):
        if not language.converted_from and language.code != "en":
            hint = f"translate the phrase in {location.path.parent.name}/{location.path.name}"
            yield Finding("missing-phrase", f"{shortened!r} has no {language.code} text", location, hint, "warning")
        return
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

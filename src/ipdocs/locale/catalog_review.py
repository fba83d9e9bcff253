"""Findings on the catalogs: phrases that are missing, fuzzy or wrong in the PO files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.findings import Finding, Location
from ipdocs.locale.catalogs import message_key, po_files, read_po, strings
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_PLACEHOLDERS = re.compile(r"%\(\w+\)s|\{\{.*?\}\}")


def catalog_findings(workspace: Workspace) -> list[Finding]:
    """Return findings on missing, fuzzy and wrong phrases in the phrases.po of every language.

    A missing or fuzzy phrase is a warning; a build refuses it if a document needs it. English and derived languages lack no
    phrase, nor does a workspace if the shipped file has it. Placeholders may stand in another order than in English. A
    language with one form for all numbers needs only that form.
    """
    return [finding for language in languages(workspace).values() for finding in _findings(language, workspace)]


def _findings(language: Language, workspace: Workspace) -> Iterator[Finding]:
    files = {path: read_po(path) for path in po_files(language, workspace)}
    translated = {
        message_key(message) for messages in files.values() for message in messages if message.id and any(strings(message))
    }
    for path, messages in files.items():
        for message in messages:
            if message.id and (any(strings(message)) or message_key(message) not in translated):
                yield from _problems(message, messages.num_plurals, Location(path, message.lineno or 0, 1), language)


def _problems(message: Message, plurals: int, place: Location, language: Language) -> Iterator[Finding]:
    text, forms = _english(message)[0], strings(message)
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    if not any(forms):
        if not language.made_from and language.code != "en":
            hint = f"translate it in {place.path.parent.name}/{place.path.name}"
            yield Finding("missing-phrase", f"{shown!r} has no {language.code} text", place, hint, "warning")
        return
    if message.fuzzy:
        hint = "compare it with the English, fix it, and delete the mark 'fuzzy'"
        yield Finding("fuzzy-phrase", f"the {language.code} text of {shown!r} is not confirmed", place, hint, "warning")
    if message.pluralizable and (len(forms) != plurals or not all(forms)):
        hint = f"write msgstr[0] to msgstr[{plurals - 1}]"
        yield Finding("plural-forms-differ", f"{shown!r} needs {plurals} translated forms in {language.code}", place, hint)
    for form in filter(None, forms):
        yield from _placeholders(message, form, place, language)


def _placeholders(message: Message, form: str, place: Location, language: Language) -> Iterator[Finding]:
    """Yield a finding if a form lacks placeholders or has more than the English; a plural form may leave out the number."""
    expected = [Counter(_PLACEHOLDERS.findall(text)) for text in _english(message)]
    placeholders = Counter(_PLACEHOLDERS.findall(form))
    if placeholders in expected:
        return
    missing, extra = expected[-1] - placeholders, placeholders - expected[-1]
    parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(extra)}, which is not in the English"] * bool(
        extra
    )
    yield Finding(
        "placeholder-differs",
        f"the {language.code} text {form!r} {' and '.join(parts)}",
        place,
        "copy the placeholders from the msgid",
    )


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)

"""A review of the catalogs: what a person has to do in the PO files before every language is complete."""

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
    """Return what is missing, fuzzy or wrong in the phrases.po of every language, with file and line.

    A phrase that is missing or fuzzy is a warning: a build refuses it where a document needs it. None is missing in
    English, in a derived language, and in a workspace where the shipped file has it. A placeholder may stand elsewhere
    than in English, and a language that has one form for all numbers needs but one.
    """
    return [finding for language in languages(workspace).values() for finding in _findings(language, workspace)]


def _findings(language: Language, workspace: Workspace) -> Iterator[Finding]:
    files = {path: read_po(path) for path in po_files(language, workspace)}
    there = {message_key(message) for messages in files.values() for message in messages if message.id and any(strings(message))}
    for path, messages in files.items():
        for message in messages:
            if message.id and (any(strings(message)) or message_key(message) not in there):
                yield from _problems(message, messages.num_plurals, Location(path, message.lineno or 0, 1), language)


def _problems(message: Message, plurals: int, place: Location, language: Language) -> Iterator[Finding]:
    text, forms = _english(message)[0], strings(message)
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    if not any(forms):
        if not language.made_from and language.code != "en":
            hint = f"write it in {place.path.parent.name}/{place.path.name}"
            yield Finding("missing-phrase", f"{shown!r} has no {language.code} text", place, hint, "warning")
        return
    if message.fuzzy:
        hint = "read it against the English, mend it and delete the mark 'fuzzy'"
        yield Finding("fuzzy-phrase", f"the {language.code} text of {shown!r} is not confirmed", place, hint, "warning")
    if message.pluralizable and (len(forms) != plurals or not all(forms)):
        hint = f"write msgstr[0] to msgstr[{plurals - 1}]"
        yield Finding("plural-forms-differ", f"{shown!r} needs {plurals} forms in {language.code}, and all written", place, hint)
    for form in filter(None, forms):
        yield from _placeholders(message, form, place, language)


def _placeholders(message: Message, form: str, place: Location, language: Language) -> Iterator[Finding]:
    """Yield the placeholders that one form lacks or has too many. A plural's form may leave out the number."""
    expected = [Counter(_PLACEHOLDERS.findall(text)) for text in _english(message)]
    found = Counter(_PLACEHOLDERS.findall(form))
    if found in expected:
        return
    lacking, extra = expected[-1] - found, found - expected[-1]
    parts = [f"lacks {', '.join(lacking)}"] * bool(lacking) + [f"has {', '.join(extra)}, which English has not"] * bool(extra)
    yield Finding(
        "placeholder-differs", f"the {language.code} text {form!r} {' and '.join(parts)}", place, "copy it from the msgid"
    )


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)

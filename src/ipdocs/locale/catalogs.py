"""Catalogs: the phrases of templates and boilerplate in each language, from locales/TAG/phrases.po.

Traditional Chinese is written there; Simplified is converted from it unless a person wrote it. Text never falls back to
another language: what is missing is told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ipdocs.files.reading import read_utf8
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import Language, language
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog as Messages
    from babel.messages.catalog import Message

PhraseOrigin = Literal["written", "catalog", "converted"]
MARK = re.compile(r"^converted from (\w+) \[([0-9a-f]{8})\]$")


class Phrase(NamedTuple):
    """A phrase in one language, how it came about, and the language it was converted from, if it was."""

    text: str
    origin: PhraseOrigin
    source: str | None = None


class Key(NamedTuple):
    """What a message is looked up by: its English text, and a context where one text has two meanings."""

    text: str
    context: str | None = None


TRIED_COUNTS = 200
"""The numbers that a rule for plurals is tried with when it is read."""


@dataclass(frozen=True)
class PhraseTable:
    """One language's own messages: the forms of each by its key, and which of the forms a number takes."""

    forms: Mapping[Key, tuple[str, ...]]
    plural: Callable[[int], int]


@dataclass
class Catalog:
    """The phrases of one language, as Jinja's i18n extension and boilerplate ask for them. missing: what it lacked."""

    language: Language
    tables: Mapping[str, PhraseTable]
    convert: Callable[[str], str] | None = None
    missing: list[str] = field(default_factory=list)

    def gettext(self, message: str) -> str:
        """Return the phrase for an English text; a missing one is noted and shown as ⟦…⟧."""
        return self._shown(self.phrase(message), message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the phrase for an English text that has more than one meaning: the one of this context."""
        return self._shown(self.phrase(message, context=context), message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the phrase for a number of things, in the form that the language uses for that number."""
        return self._shown(self.phrase(one, many, count), one if count == 1 else many)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        """Return the phrase for a number of things in a context."""
        return self._shown(self.phrase(one, many, count, context), one if count == 1 else many)

    def origin(self, message: str) -> PhraseOrigin | None:
        """Return how the phrase for an English text came about, or None where there is none."""
        found = self.phrase(message)
        return found.origin if found else None

    def phrase(self, message: str, many: str = "", count: int = 1, context: str | None = None) -> Phrase | None:
        """Return the phrase for an English text with its origin, or None: what boilerplate sections are made of."""
        key = Key(msgid(message), context)
        if own := self._form(self.language.code, key, count):
            return Phrase(own, "catalog")
        if self.convert and self.language.made_from and (text := self._form(self.language.made_from, key, count)):
            return Phrase(self.convert(text), "converted", self.language.made_from)
        if self.language.code == "en":
            return Phrase(msgid(many if many and count != 1 else message), "written")
        return None

    def _form(self, code: str, key: Key, count: int) -> str | None:
        table = self.tables[code]
        forms = table.forms.get(key)
        return forms[max(0, min(table.plural(count), len(forms) - 1))] if forms else None

    def _shown(self, phrase: Phrase | None, message: str) -> str:
        if phrase:
            return phrase.text
        if (text := msgid(message)) not in self.missing:
            self.missing.append(text)
        return f"⟦{text}⟧"


def msgid(text: str) -> str:
    """Return the key of an English text: as it is read, the lines of each paragraph joined with a space."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[^\S\n]*\n", text.strip()))


def catalog(language: Language, workspace: Workspace) -> Catalog:
    """Return the catalog of a language, with nothing missing yet. A fuzzy message counts as missing.

    A workspace's phrases.po overrides the shipped one message by message.
    """
    made_from = language.made_from
    tables = {code: _table(code, workspace) for code in (language.code, made_from) if code}
    convert = converter(made_from, language.code, workspace).convert if made_from else None
    return Catalog(language, tables, convert)


@cache
def _table(code: str, workspace: Workspace) -> PhraseTable:
    paths = po_files(language(code, workspace), workspace)
    found = [read_po(path) for path in paths]
    forms: dict[Key, tuple[str, ...]] = {}
    for messages in found:
        forms |= {
            message_key(message): texts
            for message in messages
            if message.id and not message.fuzzy and not is_converted(message) and all(texts := strings(message))
        }
    return PhraseTable(forms, _plural(found[-1], paths[-1]) if found else c2py("n != 1"))


def _plural(messages: Messages, path: Path) -> Callable[[int], int]:
    """Return which form each number takes, as a PO file's Plural-Forms says; what cannot be reckoned is a finding."""
    message = f"Plural-Forms: {messages.plural_expr[:60]!r} is no rule for the forms of a number"
    hint = "copy the line that gettext's manual has for the language"
    try:
        rule = c2py(messages.plural_expr)
        tried = [rule(count) for count in range(TRIED_COUNTS)]
    except (ArithmeticError, MemoryError, SyntaxError, TypeError, ValueError) as error:
        raise IpdocsError([Finding("bad-catalog", message, Location(path, 1), hint)]) from error
    if min(tried) < 0:
        raise IpdocsError([Finding("bad-catalog", message, Location(path, 1), hint)])
    return rule


def po_files(language: Language, workspace: Workspace) -> list[Path]:
    """Return the phrases.po of a language that there are, the shipped one before a workspace's own."""
    paths = (root / "locales" / language.tag / "phrases.po" for root in reversed(workspace.roots))
    return [path for path in paths if path.is_file()]


def read_po(path: Path) -> Messages:
    """Return the messages of a PO file; what Babel cannot read is a finding with its line."""
    from babel.messages.pofile import PoFileError
    from babel.messages.pofile import read_po as read

    try:
        return read(BytesIO(read_utf8(path).encode()), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = max(getattr(error, "lineno", 0), 0) + 1
        hint = f"msgfmt --check {path.name} tells what is wrong"
        raise IpdocsError([Finding("bad-catalog", f"this is no PO file: {error}", Location(path, line), hint)]) from error


def message_key(message: Message) -> Key:
    """Return what a message of a PO file is looked up by."""
    identifier = message.id if isinstance(message.id, str) else message.id[0]
    return Key(msgid(identifier), message.context)


def strings(message: Message) -> tuple[str, ...]:
    """Return the forms of a message as a tuple, one form where it has no plural."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def mark(source: str, texts: Iterable[str]) -> str:
    """Return the comment that tells a converted message: with a checksum of its text, so that an edit by a person shows."""
    return f"converted from {source} [{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:8]}]"


def is_converted(message: Message) -> bool:
    """Tell whether a message is as conversion wrote it: it has the mark, and nobody has changed its text since."""
    return any(
        (found := MARK.match(comment)) and comment == mark(found[1], strings(message)) for comment in message.user_comments
    )

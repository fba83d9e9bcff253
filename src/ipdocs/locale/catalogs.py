"""Catalogs: the phrases of templates and boilerplate in each language, from locales/TAG/phrases.po.

Phrases in Simplified Chinese are converted from Traditional Chinese, unless a person wrote them. A missing phrase is reported;
the phrase of another language never replaces it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ipdocs.files.reading import read_utf8
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import Language, language, languages
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog as Messages
    from babel.messages.catalog import Message

PhraseOrigin = Literal["written", "catalog", "converted"]
"""The origin of a phrase: the English text itself ("written"), a PO file ("catalog"), or conversion from another language."""

CONVERSION_COMMENT = re.compile(r"^converted from (\w+) \[([0-9a-f]{8})\]$")
"""Matches the comment that marks a converted message: the code of the source language, and a checksum."""


class Phrase(NamedTuple):
    """A phrase in one language, with its origin; `source` is the code of the language from which it was converted, if any."""

    text: str
    origin: PhraseOrigin
    source: str | None = None


class MessageKey(NamedTuple):
    """The key of a message: its English text, and a context if the English text has several meanings."""

    text: str
    context: str | None = None


TESTED_COUNTS = 200
"""The number of counts (0, 1, 2 …) with which a plural rule is tested when a PO file is read."""


@dataclass(frozen=True)
class PhraseTable:
    """The messages of one language.

    Attributes:
        forms: the singular and plural forms of each message.
        plural_rule: a function that returns the index of the form for a count.
    """

    forms: Mapping[MessageKey, tuple[str, ...]]
    plural_rule: Callable[[int], int]


@dataclass
class Catalog:
    """The phrases of one language, for the i18n extension of Jinja and for boilerplate.

    Attributes:
        tables: the messages of the language, and of the language from which it is converted, keyed by language code.
        convert: the function that converts texts from that language, if there is one.
        apply_style: the function that applies the house style to a phrase, such as its brackets.
        missing: the English texts of phrases that were asked for but not found.
    """

    language: Language
    tables: Mapping[str, PhraseTable]
    convert: Callable[[str], str] | None = None
    apply_style: Callable[[str], str] = str
    missing: list[str] = field(default_factory=list)

    def gettext(self, message: str) -> str:
        """Return the phrase for an English text; a missing phrase is recorded and shown as ⟦…⟧."""
        return self._text_or_missing_mark(self.phrase(message), message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the phrase for an English text in a context, for texts with several meanings."""
        return self._text_or_missing_mark(self.phrase(message, context=context), message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the phrase for a count, in the plural form that the language uses for that count."""
        return self._text_or_missing_mark(self.phrase(singular, plural, count), singular if count == 1 else plural)

    def npgettext(self, context: str, singular: str, plural: str, count: int) -> str:
        """Return the phrase for a count in a context, in the plural form for that count."""
        return self._text_or_missing_mark(self.phrase(singular, plural, count, context), singular if count == 1 else plural)

    def origin(self, message: str) -> PhraseOrigin | None:
        """Return the origin of the phrase for an English text, or None if there is no phrase."""
        phrase = self.phrase(message)
        return phrase.origin if phrase else None

    def phrase(self, message: str, plural: str = "", count: int = 1, context: str | None = None) -> Phrase | None:
        """Return the phrase for an English text with its origin, or None if there is no phrase."""
        key = MessageKey(msgid(message), context)
        if text := self._form(self.language.code, key, count):
            return Phrase(self.apply_style(text), "catalog")
        if self.convert and self.language.converted_from and (text := self._form(self.language.converted_from, key, count)):
            return Phrase(self.apply_style(self.convert(text)), "converted", self.language.converted_from)
        if self.language.code == "en":
            return Phrase(msgid(plural if plural and count != 1 else message), "written")
        return None

    def _form(self, code: str, key: MessageKey, count: int) -> str | None:
        """Return the form of a message for a count, or None if the language with this code has no such message."""
        table = self.tables[code]
        forms = table.forms.get(key)
        return forms[max(0, min(table.plural_rule(count), len(forms) - 1))] if forms else None

    def _text_or_missing_mark(self, phrase: Phrase | None, message: str) -> str:
        if phrase:
            return phrase.text
        if (text := msgid(message)) not in self.missing:
            self.missing.append(text)
        return f"⟦{text}⟧"


def msgid(text: str) -> str:
    """Return the msgid for an English text: the text with a space in place of each line break within a paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[^\S\n]*\n", text.strip()))


def catalog(language: Language, workspace: Workspace, apply_style: Callable[[str], str] = str) -> Catalog:
    """Return the catalog of a language; fuzzy messages count as missing.

    A message in the phrases.po of the workspace overrides the shipped message.

    Args:
        language: the language.
        workspace: the workspace.
        apply_style: the function that applies a house style to each phrase; without it, phrases stay as the PO file has them.
    """
    converted_from = language.converted_from
    tables = {code: _table(code, workspace) for code in (language.code, converted_from) if code}
    convert = converter(converted_from, language.code, workspace).convert if converted_from else None
    return Catalog(language, tables, convert, apply_style)


@cache
def _table(code: str, workspace: Workspace) -> PhraseTable:
    paths = po_files(language(code, workspace), workspace)
    files = [read_po(path) for path in paths]
    forms: dict[MessageKey, tuple[str, ...]] = {}
    for messages in files:
        forms |= {
            message_key(message): texts
            for message in messages
            if message.id and not message.fuzzy and not is_converted(message) and all(texts := translated_forms(message))
        }
    return PhraseTable(forms, _plural_rule(files[-1], paths[-1]) if files else c2py("n != 1"))


@cache
def distinctive_words(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return the words of each written language with Latin letters that the catalogs have in no other language, keyed by code.

    A text is in the language of which it has most of these words, such as "the" or "da".
    """
    written = [known for known in languages(workspace).values() if known.is_latin and not known.converted_from]
    tables = {known.code: _table(known.code, workspace).forms for known in written}
    texts = {code: [text for forms in table.values() for text in forms] for code, table in tables.items()}
    texts["en"] = [key.text for table in tables.values() for key in table]
    words = {code: {word for text in own for word in words_of(text)} for code, own in texts.items()}
    return {
        code: frozenset(own - {word for other, others in words.items() if other != code for word in others})
        for code, own in words.items()
    }


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without placeholders and expressions."""
    return re.findall(r"[^\W\d_]+", re.sub(r"%\(\w+\)s|\{\{.*?\}\}", " ", text).lower())


def _plural_rule(messages: Messages, path: Path) -> Callable[[int], int]:
    """Return the plural rule of a PO file: a function that returns the index of the form for a count.

    Raises:
        IpdocsError: the rule cannot be evaluated.
    """
    message = f"Plural-Forms: {messages.plural_expr[:60]!r} is not a plural rule"
    hint = "copy the Plural-Forms of the language from the gettext manual"
    try:
        rule = c2py(messages.plural_expr)
        indexes = [rule(count) for count in range(TESTED_COUNTS)]
    except (ArithmeticError, MemoryError, SyntaxError, TypeError, ValueError) as error:
        raise IpdocsError([Finding("bad-catalog", message, Location(path, 1), hint)]) from error
    if min(indexes) < 0:
        raise IpdocsError([Finding("bad-catalog", message, Location(path, 1), hint)])
    return rule


def po_files(language: Language, workspace: Workspace) -> list[Path]:
    """Return the paths of the phrases.po of a language: the shipped file and the file of the workspace, if they exist."""
    paths = (root / "locales" / language.tag / "phrases.po" for root in reversed(workspace.roots))
    return [path for path in paths if path.is_file()]


def read_po(path: Path) -> Messages:
    """Return the messages of a PO file.

    Raises:
        IpdocsError: Babel cannot read the file, or the header of the file declares a character encoding other than UTF-8.
    """
    from babel.messages.pofile import PoFileError
    from babel.messages.pofile import read_po as read

    try:
        messages = read(StringIO(read_utf8(path)), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = max(getattr(error, "lineno", 0), 0) + 1
        hint = f"run `msgfmt --check {path.name}` to see what is wrong"
        raise IpdocsError(
            [Finding("bad-catalog", f"this file is not a valid PO file: {error}", Location(path, line), hint)]
        ) from error
    if messages.charset not in ("utf-8", "utf8"):
        message = f"the header declares the character encoding {messages.charset!r}, not UTF-8"
        hint = "save the file as UTF-8, and write charset=UTF-8 in its header"
        raise IpdocsError([Finding("bad-catalog", message, Location(path, 1), hint)])
    return messages


def message_key(message: Message) -> MessageKey:
    """Return the key of a message in a PO file."""
    identifier = message.id if isinstance(message.id, str) else message.id[0]
    return MessageKey(msgid(identifier), message.context)


def translated_forms(message: Message) -> tuple[str, ...]:
    """Return the translated forms of a message; a message without a plural has one form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def conversion_comment(source: str, texts: Iterable[str]) -> str:
    """Return the comment that marks a converted message; its checksum reveals later edits by a person."""
    return f"converted from {source} [{hashlib.sha256(chr(0).join(texts).encode()).hexdigest()[:8]}]"


def is_converted(message: Message) -> bool:
    """Whether a message is marked as converted and has not been changed since."""
    return any(
        (match := CONVERSION_COMMENT.match(comment)) and comment == conversion_comment(match[1], translated_forms(message))
        for comment in message.user_comments
    )

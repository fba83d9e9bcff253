"""A document as the rules see it: a list of units, each of which is one text in all its languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ipdocs.checks.passage import Passage, make_passage
from ipdocs.checks.values import Difference, differences
from ipdocs.findings import Finding
from ipdocs.locale.language import languages
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.model.blocks import Block
from ipdocs.model.document import Body
from ipdocs.model.facts import Record
from ipdocs.model.text import Text, Texts
from ipdocs.source.open import Source
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from ipdocs.locale.spelling.dictionary import Dictionary

_ROLES = {"items": "item", "rows": "cell", "head": "cell", "definitions": "definition", "footnotes": "footnote"}
"""The roles of texts, keyed by the field that contains the text. In all other fields, the role is the name of the field."""


@dataclass(eq=False)
class CheckedUnit:
    """A unit of a document: one text in all its languages.

    Attributes:
        role: the kind of text, such as paragraph, item or title.
        block: the block that contains the text, if any.
        texts: the text in the source, in each of its languages.
        passages: the text as readers see it, keyed by language code.
        following: the next unit of the document.
    """

    role: str
    block: Block | None
    texts: Texts
    passages: dict[str, Passage]
    following: CheckedUnit | None = None

    @property
    def complete_passages(self) -> dict[str, Passage]:
        """The passages, including the words that draft marks enclose."""
        return {code: passage.complete or passage for code, passage in self.passages.items()}

    @cached_property
    def pairs(self) -> list[Pair]:
        """The first language of the unit, paired with each other language."""
        passages = list(self.passages.values())
        return [Pair(self, passages[0], other) for other in passages[1:]]


@dataclass(eq=False)
class Pair:
    """A unit in two languages: its first language (the source) and another language (the target)."""

    unit: CheckedUnit
    source: Passage
    target: Passage

    @cached_property
    def differences(self) -> list[Difference]:
        """The values that only one of the two languages states."""
        return differences(self.source, self.target)


@dataclass(eq=False)
class CheckedDocument:
    """The document of a source as a list of units, in the order of the model: facts, body, title and the rest.

    Attributes:
        findings: findings on expressions that cannot be rendered.
        units_by_id: the units, keyed by the `id()` of their `Texts`.
        dictionaries: the dictionaries to look words up in, keyed by language code; none unless spelling is checked.
    """

    source: Source
    units: list[CheckedUnit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    units_by_id: dict[int, CheckedUnit] = field(default_factory=dict)
    dictionaries: Mapping[str, Dictionary] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The workspace that the source belongs to."""
        return self.source.workspace

    def unit(self, texts: Texts) -> CheckedUnit:
        """Return the unit for a text of the document."""
        return self.units_by_id[id(texts)]

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages of all units in all languages, once all units are read."""
        return [passage for unit in self.units for passage in unit.passages.values()]


def read_document(source: Source) -> CheckedDocument:
    """Read the document of a source for the rules; expressions that cannot be rendered become findings of the document.

    Raises:
        IpdocsError: the source or its workspace names a domain that no term has.
    """
    document, domains = CheckedDocument(source), source.domains
    contexts: dict[str, LanguageContext] = {}
    for role, block, texts in texts_of(source.document):
        unit = _read_unit(source, domains, role, block, texts, contexts)
        if document.units:
            document.units[-1].following = unit
        document.units.append(unit)
        document.units_by_id[id(texts)] = unit
    document.findings = [finding for context in contexts.values() for finding in context.findings]
    return document


def read_unit(source: Source, original: Texts, texts: Texts) -> CheckedDocument:
    """Return a document that has only one unit of a source, with other words in place of its own.

    Rules with the scopes "text" and "languages" read it as they read the unit in its document.

    Args:
        source: the source.
        original: the text of the unit in the document of the source.
        texts: the words to read in its place; their markup must be valid.

    Raises:
        IpdocsError: the source or its workspace names a domain that no term has.
    """
    role, block = next((role, block) for role, block, known in texts_of(source.document) if known is original)
    document = CheckedDocument(source)
    contexts: dict[str, LanguageContext] = {}
    document.units = [_read_unit(source, source.domains, role, block, texts, contexts)]
    document.units_by_id = {id(texts): document.units[0]}
    document.findings = [finding for context in contexts.values() for finding in context.findings]
    return document


def _read_unit(
    source: Source, domains: frozenset[str], role: str, block: Block | None, texts: Texts, contexts: dict[str, LanguageContext]
) -> CheckedUnit:
    """Return a unit with its passages; `contexts` holds the context of each language, and gets those that it lacks."""
    all_languages = languages(source.workspace)
    passages: dict[str, Passage] = {}
    for code in (code for code in all_languages if code in texts):
        if code not in contexts:
            contexts[code] = language_context(replace(source, draft=True), all_languages[code])
        context = contexts[code]
        passages[code] = make_passage(
            role, texts[Text(code)], context.localise(texts), context.value_context, source.workspace, block, domains
        )
    return CheckedUnit(role, block, texts, passages)


TextsWithRoles = Iterator[tuple[str, Block | None, Texts]]
"""Texts, each with its role and its block."""


def texts_of(document: Body) -> TextsWithRoles:
    """Yield each text of a document or section with its role and its block."""
    for name in type(document).model_fields:
        if name == "body":
            for block in document.body:
                yield from texts_within(block, "", block)
        elif name == "facts":
            yield from texts_within(list(document.facts.values()), "fact", None)
        else:
            yield from texts_within(getattr(document, name), name, None)


def texts_within(value: Any, role: str = "", block: Block | None = None) -> TextsWithRoles:
    """Yield each text of a value of the model with its role and its block."""
    match value:
        case Texts():
            yield role, block, value
        case Record():
            for name in type(value).model_fields:
                # The fields `text` and `list` hold the content of an item, so their texts keep the role of the item.
                inner_role = role if (name in ("text", "list") and role) or role == "fact" else _ROLES.get(name, name)
                yield from texts_within(getattr(value, name), inner_role, block)
        case dict():
            yield from texts_within(list(value.values()), role, block)
        case list():
            for item in value:
                yield from texts_within(item, role, block)

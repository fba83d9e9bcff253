"""A document as rules read it: its texts one by one, each in the languages in which it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

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

_ROLES = {"items": "item", "rows": "cell", "head": "cell", "definitions": "definition", "footnotes": "footnote"}
"""What a text is, where the key it stands under does not say it."""


@dataclass(eq=False)
class CheckedText:
    """One text of a document: what it is (paragraph, item, title …), the block it stands in, its passages by language."""

    role: str
    block: Block | None
    texts: Texts
    passages: dict[str, Passage]
    following: CheckedText | None = None

    @cached_property
    def pairs(self) -> list[Pair]:
        """Its first language with each of the others."""
        passages = list(self.passages.values())
        return [Pair(self, passages[0], other) for other in passages[1:]]


@dataclass(eq=False)
class Pair:
    """A text in the language it is mostly written in first, and in another."""

    unit: CheckedText
    source: Passage
    target: Passage

    @cached_property
    def differences(self) -> list[Difference]:
        """The values that one of the two states and the other does not."""
        return differences(self.source, self.target)


@dataclass(eq=False)
class CheckedDocument:
    """A source's document and its texts in the order in which they stand; facts come first."""

    source: Source
    units: list[CheckedText] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    by_texts: dict[int, CheckedText] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The workspace that the source belongs to."""
        return self.source.workspace

    def unit(self, texts: Texts) -> CheckedText:
        """Return the unit of a text of the document."""
        return self.by_texts[id(texts)]

    @property
    def passages(self) -> Iterator[Passage]:
        """Every text in every language."""
        for unit in self.units:
            yield from unit.passages.values()


def read_document(source: Source) -> CheckedDocument:
    """Return a source's document as rules read it; what its expressions cannot say is among its findings."""
    document = CheckedDocument(source)
    known = languages(source.workspace)
    contexts: dict[str, LanguageContext] = {}
    for role, block, texts in texts_of(source.document):
        passages: dict[str, Passage] = {}
        for name in (code for code in known if code in texts):
            if name not in contexts:
                contexts[name] = language_context(replace(source, draft=True), known[name])
            context = contexts[name]
            passages[name] = make_passage(
                role, texts[Text(name)], context.localise(texts), context.setting, source.workspace, block
            )
        unit = CheckedText(role, block, texts, passages)
        if document.units:
            document.units[-1].following = unit
        document.units.append(unit)
        document.by_texts[id(texts)] = unit
    document.findings = [finding for context in contexts.values() for finding in context.findings]
    return document


Found = Iterator[tuple[str, Block | None, Texts]]


def texts_of(document: Body) -> Found:
    """Yield each text of a document or section with its role and its block."""
    for name in type(document).model_fields:
        if name == "body":
            for block in document.body:
                yield from texts_within(block, "", block)
        elif name == "facts":
            yield from texts_within(list(document.facts.values()), "fact", None)
        else:
            yield from texts_within(getattr(document, name), name, None)


def texts_within(value: Any, role: str = "", block: Block | None = None) -> Found:
    """Yield each text of a value of the model with its role and its block."""
    match value:
        case Texts():
            yield role, block, value
        case Record():
            for name in type(value).model_fields:
                inner = role if (name in ("text", "list") and role) or role == "fact" else _ROLES.get(name, name)
                yield from texts_within(getattr(value, name), inner, block)
        case dict():
            yield from texts_within(list(value.values()), role, block)
        case list():
            for one in value:
                yield from texts_within(one, role, block)

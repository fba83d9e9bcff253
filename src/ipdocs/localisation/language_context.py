"""What a language needs to say the texts of a document: its setting, its catalog, and what texts may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ipdocs.findings import Finding, nearest
from ipdocs.locale.catalogs import Catalog
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.localisation.expressions import Facts, evaluate
from ipdocs.localisation.localised_document import ChosenText
from ipdocs.localisation.localised_text import (
    Emphasised,
    Footnote,
    LineBreak,
    Linked,
    LocalisedText,
    Origin,
    OriginKind,
    Part,
    Piece,
)
from ipdocs.model import inline
from ipdocs.model.blocks import ListBlock, Notes
from ipdocs.model.document import Body, Section
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.inline import parse_inline
from ipdocs.values.filters import CannotRender
from ipdocs.values.setting import Setting
from ipdocs.workspace import Workspace

WITHHELD = Text("(restricted)")
"""What stands in a public version in the place of a restricted text; the catalogs have it by `templates/_shared/phrases.html`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What texts may name: facts, the lengths of lists by the name that expressions use, footnotes."""

    facts: Mapping[Any, Any]
    counts: Mapping[str, int]
    notes: Mapping[Any, Texts]

    def within(self, outer: Scope) -> Scope:
        """Return what texts may name that stand within others: their own before the others'."""
        return Scope({**outer.facts, **self.facts}, {**outer.counts, **self.counts}, {**outer.notes, **self.notes})


def scope_of(body: Body, stated: Mapping[str, Any] | None = None) -> Scope:
    """Return what the texts of a document or section may name; a document states facts of its own besides."""
    lists = [block for block in body.body if isinstance(block, ListBlock) and block.id]
    return Scope(
        facts={**(stated or {}), **body.facts},
        counts={str(block.id).replace("-", "_"): len(block.list.items) for block in lists},
        notes={name: texts for block in body.body if isinstance(block, Notes) for name, texts in block.footnotes.items()},
    )


@dataclass
class LanguageContext:
    """One language and what its texts may name; the findings on the way are collected here."""

    setting: Setting
    catalog: Catalog
    workspace: Workspace
    scope: Scope
    draft: bool
    choices: tuple[Choice, ...] = ()
    withheld_notes: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    texts: list[ChosenText] = field(default_factory=list)
    _section: Scope | None = None

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return self.setting.language

    @property
    def chain(self) -> tuple[str, ...]:
        """The languages whose text serves this one, its own first."""
        return fallback_chain(self.language)

    @contextmanager
    def section(self, section: Section) -> Iterator[None]:
        """Speak for a boilerplate section: what it names comes before the document's, its texts from the catalog."""
        self._section = scope_of(section)
        yield
        self._section = None

    def choose(self, value: Any) -> Any:
        """Return what a value is in this language, whether or not it is given per language."""
        if not isinstance(value, ByLanguage):
            return value
        found = value.first_of(*self.chain)
        return found[1] if found else None

    def localise(self, texts: Texts) -> LocalisedText:
        """Return a text in this language: written, translated by the catalog, or converted; a gap is a finding.

        A restricted text that has no words is one of a public version, and reads as the mark for it.
        """
        if texts.restricted and not texts:
            return self._translated(WITHHELD, "withheld")
        found = texts.first_of(*self.chain)
        if found is None and self._section is not None and Text("en") in texts:
            return self._translated(texts[Text("en")])
        if found is None:
            return self._missing(next(iter(texts.values())))
        name, text = found
        if name == self.language.code:
            self.texts.append(ChosenText(text, text))
            return LocalisedText(self._parts(parse_inline(text), Origin("written"), text), texts.restricted)
        turned = converter(name, self.language.code, self.workspace, self.choices).convert(text)
        self.texts.append(ChosenText(text, turned))
        return LocalisedText(self._parts(parse_inline(Text(turned)), Origin("converted", name), text), texts.restricted)

    def as_written(self, value: ByLanguage[Text] | Text) -> Text | None:
        """Return what is shown without being read as markup, such as a reference: written for the language, or converted."""
        found = value.first_of(*self.chain) if isinstance(value, ByLanguage) else (self.language.code, value)
        if found is None:
            return None
        name, text = found
        shown = text
        if name != self.language.code:
            shown = Text(converter(name, self.language.code, self.workspace, self.choices).convert(text))
        self.texts.append(ChosenText(text, shown, has_markup=False))
        return shown

    def _translated(self, english: Text, origin: OriginKind | None = None) -> LocalisedText:
        phrase = self.catalog.phrase(english)
        if phrase is None:
            return self._missing(english)
        self.texts.append(ChosenText(english, phrase.text))
        return LocalisedText(
            self._parts(parse_inline(Text(phrase.text)), Origin(origin or phrase.origin, phrase.source), english)
        )

    def _missing(self, text: Text) -> LocalisedText:
        if not self.draft:
            start = f"{text[:40]}…" if len(text) > 40 else str(text)
            message = f"no {self.language.code} text for “{start}”"
            self.findings.append(Finding("missing-translation", message, text.locate(), "write it, or build with --draft"))
        return LocalisedText((Piece(f"⟦{text}⟧", Origin("missing")),))

    def _parts(self, content: tuple[inline.Inline, ...], origin: Origin, text: Text) -> tuple[Part, ...]:
        return tuple(self._part(one, origin, text) for one in content)

    def _part(self, one: inline.Inline, origin: Origin, text: Text) -> Part:
        match one:
            case inline.Plain():
                return Piece(one.text, origin)
            case inline.Expression():
                return Piece(self._evaluated(one, text), Origin("fact"), one.name)
            case inline.Emphasis():
                return Emphasised(self._parts(one.content, origin, text), one.strong)
            case inline.Anchor():
                href = "".join(part.text if isinstance(part, inline.Plain) else self._evaluated(part, text) for part in one.href)
                return Linked(href, self._parts(one.content, origin, text))
            case inline.Note():
                note = self.localise(self._scope.notes[one.name])
                of_document = not self._section or one.name not in self._section.notes
                return Footnote(note.content, note.restricted or (of_document and one.name in self.withheld_notes))
            case inline.Break():
                return LineBreak()

    def _evaluated(self, expression: inline.Expression, text: Text) -> str:
        try:
            return evaluate(expression, self._facts())
        except CannotRender as problem:
            place = text.locate(expression.offset, len(expression.source))
            self.findings.append(Finding("bad-expression", problem.message, place, problem.hint))
            return f"⟦{expression.source}⟧"

    def _term(self, name: str) -> str:
        terms = glossary(self.workspace).terms
        if name in terms:
            return terms[name].text(self.language.code)
        close = nearest(name, terms)
        hint = f"did you mean {close}?" if close else "add it to locales/glossary.csv"
        raise CannotRender(f"the glossary has no term '{name}'", hint)

    @property
    def _scope(self) -> Scope:
        return self._section.within(self.scope) if self._section else self.scope

    def _facts(self) -> Facts:
        known = self._scope
        return Facts(
            named=known.facts,
            counts=known.counts,
            words=lambda texts: str(self.localise(texts)),
            choose=self.choose,
            term=self._term,
            setting=self.setting,
        )


def fallback_chain(language: Language) -> tuple[str, ...]:
    """Return the languages whose text serves a language, its own first: sc is served by sc and tc."""
    return (language.code, language.made_from) if language.made_from else (language.code,)


RenderExpression = Callable[[str], str]


def expression_renderer(wording: LanguageContext) -> RenderExpression:
    """Return what tells how an expression, with its braces, reads in a wording's language."""
    code = wording.language.code
    return lambda expression: str(wording.localise(Texts({Text(code): Text(expression)})))

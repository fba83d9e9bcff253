"""The context for localising texts: language, catalog, and the facts and footnotes that texts can use."""

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
    Shifted,
    TextPart,
)
from ipdocs.model import inline
from ipdocs.model.blocks import ListBlock, Notes
from ipdocs.model.document import Body, Section
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.inline import parse_inline
from ipdocs.values.filters import CannotRender
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WITHHELD = Text("(restricted)")
"""The text that replaces a restricted text in a public version.

The catalogs translate this text because `templates/_shared/phrases.html` lists it.
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that texts can use: facts, lists (for their lengths) and footnotes."""

    facts: Mapping[Any, Any]
    counts: Mapping[str, int]
    notes: Mapping[Any, Texts]

    def within(self, outer: Scope) -> Scope:
        """Return the names of this scope and of an outer scope; this scope takes precedence."""
        return Scope({**outer.facts, **self.facts}, {**outer.counts, **self.counts}, {**outer.notes, **self.notes})


def scope_of(body: Body, implicit_facts: Mapping[str, Any] | None = None) -> Scope:
    """Return the scope of a document or section.

    Args:
        body: the document or section.
        implicit_facts: facts that the source does not state under `facts`, such as the number of a meeting.
    """
    lists = [block for block in body.body if isinstance(block, ListBlock) and block.id]
    return Scope(
        facts={**(implicit_facts or {}), **body.facts},
        counts={str(block.id).replace("-", "_"): len(block.list.items) for block in lists},
        notes={name: texts for block in body.body if isinstance(block, Notes) for name, texts in block.footnotes.items()},
    )


@dataclass
class LanguageContext:
    """Localises texts into one language, and collects findings and the texts used.

    Attributes:
        setting: the language, the house style and the day of issue.
        catalog: the phrases in the language.
        workspace: the workspace of the source.
        scope: the names that the texts of the document can use.
        draft: whether missing texts are shown as gaps instead of being reported.
        choices: the choices for conversion between Traditional and Simplified Chinese.
        withheld_notes: the names of footnotes that the public version withholds.
        findings: the findings so far.
        texts: the texts used so far.
    """

    value_context: ValueContext
    catalog: Catalog
    workspace: Workspace
    scope: Scope
    draft: bool
    choices: tuple[Choice, ...] = ()
    withheld_notes: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    texts: list[ChosenText] = field(default_factory=list)
    _section_scope: Scope | None = None

    @property
    def language(self) -> Language:
        """The language of the result."""
        return self.value_context.language

    @property
    def chain(self) -> tuple[str, ...]:
        """The codes of the languages whose texts can be used, the language itself first."""
        return fallback_chain(self.language)

    @contextmanager
    def section(self, section: Section) -> Iterator[None]:
        """Localise the texts of a boilerplate section within this context.

        The names of the section override the names of the document. The catalog translates the English texts of the section.
        """
        self._section_scope = scope_of(section)
        yield
        self._section_scope = None

    def choose(self, value: Any) -> Any:
        """Return the value for this language, or None if there is none; a value for all languages is returned as it is."""
        if not isinstance(value, ByLanguage):
            return value
        entry = value.first_of(*self.chain)
        return entry[1] if entry else None

    def localise(self, texts: Texts) -> LocalisedText:
        """Return a text in this language: written, translated by the catalog, or converted.

        A missing text adds a finding. A restricted text that a public version has emptied becomes "(restricted)".
        """
        if texts.restricted and not texts:
            return self._translate(WITHHELD, "withheld")
        entry = texts.first_of(*self.chain)
        if entry is None and self._section_scope is not None and Text("en") in texts:
            return self._translate(texts[Text("en")])
        if entry is None:
            return self._report_missing(next(iter(texts.values())))
        code, text = entry
        if code == self.language.code:
            self.texts.append(ChosenText(text, text))
            return LocalisedText(self._parts(parse_inline(text), Origin("written"), text), texts.restricted)
        converted = converter(code, self.language.code, self.workspace, self.choices).convert(text)
        self.texts.append(ChosenText(text, converted))
        return LocalisedText(self._parts(parse_inline(Text(converted)), Origin("converted", code), text), texts.restricted)

    def localise_plain_text(self, value: ByLanguage[Text] | Text) -> Text | None:
        """Return a text without markup, such as a reference, in this language; the text may be converted."""
        entry = value.first_of(*self.chain) if isinstance(value, ByLanguage) else (self.language.code, value)
        if entry is None:
            return None
        code, text = entry
        result = text
        if code != self.language.code:
            result = Text(converter(code, self.language.code, self.workspace, self.choices).convert(text))
        self.texts.append(ChosenText(text, result, has_markup=False))
        return result

    def _translate(self, english: Text, origin: OriginKind | None = None) -> LocalisedText:
        """Return the phrase of the catalog for an English text; `origin` replaces the origin that the catalog states."""
        phrase = self.catalog.phrase(english)
        if phrase is None:
            return self._report_missing(english)
        self.texts.append(ChosenText(english, phrase.text))
        return LocalisedText(
            self._parts(parse_inline(Text(phrase.text)), Origin(origin or phrase.origin, phrase.source), english)
        )

    def _report_missing(self, text: Text) -> LocalisedText:
        if not self.draft:
            beginning = f"{text[:40]}…" if len(text) > 40 else str(text)
            message = f"no {self.language.code} text for “{beginning}”"
            self.findings.append(Finding("missing-translation", message, text.locate(), "write it, or build with --draft"))
        return LocalisedText((TextPart(f"⟦{text}⟧", Origin("missing")),))

    def render_expression(self, expression: str, following: str) -> str:
        """Return the text of an expression, which includes its braces; `following` is the text after it."""
        text = Text(expression)
        content = (*parse_inline(text), inline.Plain(following))
        return str(LocalisedText(self._parts(content, Origin("fact"), text)[:-1]))

    def fact_value(self, name: str) -> Any:
        """Return the value of a fact in this language, or None if it has none."""
        try:
            return self._facts().value(name)
        except CannotRender:
            return None

    def _parts(self, content: tuple[inline.Inline, ...], origin: Origin, text: Text) -> tuple[Part, ...]:
        following = [*(node.text if isinstance(node, inline.Plain) else "" for node in content[1:]), ""]
        return tuple(self._part(node, origin, text, words) for node, words in zip(content, following, strict=False))

    def _part(self, node: inline.Inline, origin: Origin, text: Text, following: str) -> Part:
        match node:
            case inline.Plain():
                return TextPart(node.text, origin)
            case inline.Expression():
                return TextPart(self._evaluate(node, text, following), Origin("fact"), node.name)
            case inline.Emphasis():
                return Emphasised(self._parts(node.content, origin, text), node.strong)
            case inline.BaselineShift():
                return Shifted(self._parts(node.content, origin, text), node.position)
            case inline.Anchor():
                href = "".join(part.text if isinstance(part, inline.Plain) else self._evaluate(part, text) for part in node.href)
                return Linked(href, self._parts(node.content, origin, text))
            case inline.NoteReference():
                note = self.localise(self._scope.notes[node.name])
                is_in_document = not self._section_scope or node.name not in self._section_scope.notes
                return Footnote(note.content, note.restricted or (is_in_document and node.name in self.withheld_notes))
            case inline.Break():
                return LineBreak()

    def _evaluate(self, expression: inline.Expression, text: Text, following: str = "") -> str:
        try:
            return evaluate(expression, self._facts(), following)
        except CannotRender as problem:
            location = text.locate(expression.offset, len(expression.source))
            self.findings.append(Finding("bad-expression", problem.message, location, problem.hint))
            return f"⟦{expression.source}⟧"

    def _term_form(self, name: str) -> str:
        terms = glossary(self.workspace).terms
        if name in terms:
            return self.value_context.language_style.write_marks(terms[name].text(self.language.code))
        similar = nearest(name, terms)
        hint = f"did you mean {similar}?" if similar else "add it to a table in locales/glossary/"
        raise CannotRender(f"the glossary has no term '{name}'", hint)

    @property
    def _scope(self) -> Scope:
        return self._section_scope.within(self.scope) if self._section_scope else self.scope

    def _facts(self) -> Facts:
        scope = self._scope
        return Facts(
            named=scope.facts,
            counts=scope.counts,
            localise=lambda texts: str(self.localise(texts)),
            choose=self.choose,
            term_form=self._term_form,
            value_context=self.value_context,
        )


def fallback_chain(language: Language) -> tuple[str, ...]:
    """Return the codes of the languages whose texts can be used for a language, such as sc and tc for sc."""
    return (language.code, language.converted_from) if language.converted_from else (language.code,)


RenderExpression = Callable[[str, str], str]
"""A function that returns the text of an expression in one language.

Its arguments are the expression with its braces and the text after it, since a measure word decides on the numerals before it.
"""


def expression_renderer(context: LanguageContext) -> RenderExpression:
    """Return a function that renders expressions in the language of a context."""
    return context.render_expression

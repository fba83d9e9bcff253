"""Document and language in, view out: the only place where a language is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipdocs.findings import Finding, raise_errors
from ipdocs.locale.language import Language, languages
from ipdocs.locale.style import house_style
from ipdocs.model import inline
from ipdocs.model.blocks import Block, Boilerplate, ListBlock, Notes, block_kind
from ipdocs.model.document import Document
from ipdocs.model.facts import Record
from ipdocs.model.text import ByLanguage, Text
from ipdocs.source.inline import parse
from ipdocs.source.load import load_section
from ipdocs.translation.catalogs import Catalog, catalog
from ipdocs.translation.glossary import glossary
from ipdocs.translation.script import converter
from ipdocs.values.filters import CannotRender
from ipdocs.values.setting import Setting
from ipdocs.values.types import DateTime
from ipdocs.view.expressions import Facts, evaluate
from ipdocs.view.view import Localised, View
from ipdocs.view.words import Footnote, LineBreak, Linked, Origin, Part, Piece, Stressed, Words
from ipdocs.workspace import Workspace

ENDINGS = tuple("。；，、：！？…—.;,:!?")
"""What a list item may already end in; a house style's endings are added to the others."""


def localise(document: Document, language: Language, workspace: Workspace, *, draft: bool = False) -> View:
    """Choose one language's words, names and dates for a document.

    Later stages never ask which language: a view holds finished text and the
    phrases templates use. A gap is a finding; in a draft it shows as ⟦…⟧.
    """
    issued = _choose(getattr(document, "issued", None), _chain(language))
    setting = Setting(language, house_style(document.style, workspace), issued.date if isinstance(issued, DateTime) else issued)
    phrases = catalog(language, workspace)
    words = _Words(document, language, workspace, setting, phrases, draft)
    fields = {name: words.localised(getattr(document, name)) for name in type(document).model_fields if name not in _APART}
    view = View(document.id, fields["kind"], language, setting, phrases, Localised(**fields, body=words.body()))
    raise_errors(words.findings)
    return view


_APART = {"schema_version", "facts", "body", "languages"}


def _chain(language: Language) -> tuple[str, ...]:
    """Return the languages whose text serves a language, its own first."""
    return (language.short, language.made_from) if language.made_from else (language.short,)


def _choose(value: Any, chain: tuple[str, ...]) -> Any:
    if not isinstance(value, ByLanguage):
        return value
    found = value.first_of(*chain)
    return found[1] if found else None


@dataclass
class _Words:
    """What the texts of one document share while one language is chosen, and the findings on the way."""

    document: Document
    language: Language
    workspace: Workspace
    setting: Setting
    phrases: Catalog
    draft: bool
    findings: list[Finding] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    section: Mapping[str, Any] | None = None
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        """The facts a text may name here: a boilerplate section's own before the document's."""
        return Facts(
            named={**self.document.facts, **(self.section or {})},
            counts={
                block.id.replace("-", "_"): len(block.list.items)
                for block in self.document.body
                if isinstance(block, ListBlock) and block.id
            },
            words=lambda texts: str(self.words(texts)),
            choose=lambda value: _choose(value, _chain(self.language)),
            term=lambda name: glossary(self.workspace).term(name).text(self.language.short),
            setting=self.setting,
        )

    def words(self, texts: Mapping[str, Text]) -> Words:
        """Return a text in this language: written, translated by the catalog, or converted."""
        if self.section is not None and self.language.short not in texts:
            return self._from_catalog(texts[Text("en")])
        found = ByLanguage(texts).first_of(*_chain(self.language))
        if found is None:
            return self._missing(next(iter(texts.values())))
        name, text = found
        if name == self.language.short:
            return Words(self._parts(parse(text), Origin("written"), text))
        turned = converter(name, self.language.short, self.workspace).convert(text)
        return Words(self._parts(parse(Text(turned)), Origin("converted", name), text))

    def _from_catalog(self, english: Text) -> Words:
        phrase = self.phrases.phrase(english)
        if phrase is None:
            return self._missing(english)
        return Words(self._parts(parse(Text(phrase.text)), Origin(phrase.made, phrase.source), english))

    def _missing(self, text: Text) -> Words:
        if not self.draft:
            message = f"no {self.language.short} text for this {text[:40]!r}"
            self.findings.append(Finding("missing-translation", message, text.locate(), "write it, or build with --draft"))
        return Words((Piece(f"⟦{text}⟧", Origin("missing")),))

    def _parts(self, content: tuple[inline.Inline, ...], origin: Origin, text: Text) -> tuple[Part, ...]:
        return tuple(self._part(one, origin, text) for one in content)

    def _part(self, one: inline.Inline, origin: Origin, text: Text) -> Part:
        match one:
            case inline.Plain():
                return Piece(one.text, origin)
            case inline.Expression():
                return Piece(self._evaluated(one, text), Origin("fact"), one.name)
            case inline.Emphasis():
                return Stressed(self._parts(one.content, origin, text), one.strong)
            case inline.Anchor():
                href = "".join(part.text if isinstance(part, inline.Plain) else self._evaluated(part, text) for part in one.href)
                return Linked(href, self._parts(one.content, origin, text))
            case inline.Note():
                return Footnote(self.words(self.notes[one.name]).content)
            case inline.Break():
                return LineBreak()

    def _evaluated(self, expression: inline.Expression, text: Text) -> str:
        try:
            return evaluate(expression, self.facts)
        except CannotRender as problem:
            place = text.locate(expression.offset, len(expression.source))
            self.findings.append(Finding("bad-expression", problem.message, place, problem.hint))
            return f"⟦{expression.source}⟧"

    def localised(self, value: Any) -> Any:
        """Return a value of the model in this language: texts as Words, records and lists with their parts so."""
        match value:
            case ByLanguage():
                chosen = next(iter(value.values()))
                return self.words(value) if isinstance(chosen, Text) else self.localised(_choose(value, _chain(self.language)))
            case Record():
                return Localised(**{name: self.localised(getattr(value, name)) for name in type(value).model_fields})
            case list():
                return [self.localised(one) for one in value]
            case _:
                return value

    def body(self) -> list[Localised]:
        """Return the blocks of the document that this language has, boilerplate sections in their place."""
        for block in self.document.body:
            if isinstance(block, Notes):
                self.notes.update(block.footnotes)
        blocks: list[Localised] = []
        for block in self.document.body:
            if isinstance(block, Notes) or not self._shown(block):
                continue
            blocks += self._boilerplate(block) if isinstance(block, Boilerplate) else [self._block(block, block.id or "")]
        return blocks

    def _shown(self, block: Block) -> bool:
        chain = _chain(self.language)
        return (block.only is None or block.only in chain) and not any(name in block.absent for name in chain)

    def _boilerplate(self, block: Boilerplate) -> list[Localised]:
        section = load_section(block.boilerplate, self.workspace)
        name = block.id or block.boilerplate
        self.section = section.facts
        shown = [one for one in section.body if self._shown(one)]
        blocks = [self._block(one, name if index == 0 else f"{name}-{index + 1}") for index, one in enumerate(shown)]
        self.section = None
        return blocks

    def _block(self, block: Block, name: str) -> Localised:
        fields = {
            key: self.localised(getattr(block, key)) for key in type(block).model_fields if key not in ("id", "only", "absent")
        }
        if isinstance(block, ListBlock):
            self._finish_list(block, fields["list"])
        place = _place(block)
        return Localised(kind=block_kind(block), id=name, place=place, **fields)

    def _finish_list(self, block: ListBlock, items: Localised) -> None:
        """Give a list the number it begins with, and the items of one with an introduction their endings."""
        start = self.numbers.get(block.list.after or "", 1)
        items.first = int(block.list.start or start)
        if block.id:
            self.numbers[block.id] = items.first + len(items.items)
        if items.intro:
            items.items = [self._ended(item, index, len(items.items)) for index, item in enumerate(items.items)]

    def _ended(self, item: Any, index: int, count: int) -> Any:
        if not isinstance(item, Words) or str(item).rstrip().endswith(ENDINGS):
            return item
        endings = self.setting.style.of(self.language).items
        ending = endings.last if index == count - 1 else endings.last_but_one if index == count - 2 else endings.each
        return Words((*item.content, Piece(ending, Origin("style"))))


def _place(block: Block) -> str:
    """Return where a block's first text stands, for findings of later stages."""
    for name in type(block).model_fields:
        if name not in ("id", "only", "absent") and (text := _first_text(getattr(block, name))) and (place := text.locate()):
            return str(place)
    return ""


def _first_text(value: Any) -> Text | None:
    match value:
        case Text():
            return value
        case Record():
            parts = [getattr(value, name) for name in type(value).model_fields]
        case dict():
            parts = list(value.values())
        case list():
            parts = value
        case _:
            return None
    return next((text for part in parts if (text := _first_text(part))), None)

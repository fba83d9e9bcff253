"""The only place where a language is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipdocs.findings import raise_errors
from ipdocs.locale.catalogs import catalog
from ipdocs.locale.language import Language
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import LanguageContext, fallback_chain, scope_of
from ipdocs.localisation.list_endings import finish
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.model.blocks import Block, Boilerplate, Figure, ListBlock, Notes, block_kind
from ipdocs.model.document import Document
from ipdocs.model.facts import Record
from ipdocs.model.numbering import Numbering, counted_kinds
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.disclosure import Restrictions, is_open, restrictions
from ipdocs.source.open import Source, section_picture
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, DateTime

_COMMON = set(Block.model_fields)
_APART = {"schema_version", "facts", "body", "languages", "allow"}
_AS_WRITTEN = {"reference", "paper", "number", "phone", "email"}
"""The fields of records whose words are shown to readers as they stand, if they are given once for all or without markup."""


def localise(source: Source, language: Language) -> LocalisedDocument:
    """Return the document of a source in one language, with all texts, names and dates rendered.

    Later stages need not know the language. A missing text is a finding, never a blank; a draft shows it as ⟦…⟧.

    Args:
        source: the source.
        language: one of the languages of its workspace.

    Raises:
        IpdocsError: a required text is missing, or an expression cannot be rendered.
    """
    document, context = source.document, language_context(source, language)
    numbering, withheld = Numbering(document), restrictions(document)
    context.withheld_notes = frozenset(str(keys[-1]) for keys in withheld if keys[2:3] == ("footnotes",))
    fields = _fields(document, [name for name in type(document).model_fields if name not in _APART], context)
    body = _body(source, numbering, withheld, context)
    for name in ("papers", "annexes"):
        for index, record in enumerate(fields.get(name, ())):
            record.restricted = not is_open((name, index, "title"), withheld)
    raise_errors(context.findings)
    return LocalisedDocument(
        id=document.id,
        kind=fields["kind"],
        language=language,
        setting=context.setting,
        catalog=context.catalog,
        dated=_dated(document, language),
        document=LocalisedRecord(**fields, body=body, closing=numbering.paragraph + 1, place=_place(document.title, context)),
        texts=tuple(context.texts),
        workspace=source.workspace,
        folder=source.path.parent,
        pictures=source.pictures,
        draft=source.draft,
    )


def language_context(source: Source, language: Language) -> LanguageContext:
    """Return what a language needs to say the texts of a source."""
    document, dated = source.document, _dated(source.document, language)
    style = house_style(document.style, source.workspace)
    return LanguageContext(
        setting=Setting(language, style, dated.date if isinstance(dated, DateTime) else dated),
        catalog=catalog(language, source.workspace),
        workspace=source.workspace,
        scope=scope_of(document, document.implicit_facts),
        draft=source.draft,
        choices=source.state.choices,
    )


def _dated(document: Document, language: Language) -> Date | DateTime | None:
    dated = document.issue_date
    if isinstance(dated, ByLanguage):
        found = dated.first_of(*fallback_chain(language))
        return found[1] if found else None
    return dated  # type: ignore[no-any-return]


def _localised(value: Any, context: LanguageContext) -> Any:
    """Return a value of the model in one language: texts as Words, records and lists with their parts so."""
    match value:
        case Texts():
            return context.localise(value)
        case ByLanguage():
            return _localised(context.choose(value), context)
        case Record():
            return LocalisedRecord(**_fields(value, type(value).model_fields, context))
        case list():
            return [_localised(one, context) for one in value]
        case dict():
            return {name: _localised(one, context) for name, one in value.items()}
        case _:
            return value


def _fields(record: Record, names: Iterable[str], context: LanguageContext) -> dict[str, Any]:
    """Return fields of a record of the model in one language."""
    values = {name: getattr(record, name) for name in names}
    return {
        name: context.as_written(value) if name in _AS_WRITTEN and _has_no_markup(value) else _localised(value, context)
        for name, value in values.items()
    }


def _has_no_markup(value: Any) -> bool:
    return isinstance(value, Text | ByLanguage) and not isinstance(value, Texts)


def _body(source: Source, numbering: Numbering, withheld: Restrictions, context: LanguageContext) -> list[LocalisedRecord]:
    """Return the blocks that the language has, boilerplate sections in their place; one that it lacks is counted too.

    Each says whether it is restricted: in a public version none is.
    """
    blocks: list[LocalisedRecord] = []
    numbers: dict[str, int] = {}
    for index, block in enumerate(source.document.body):
        if isinstance(block, Boilerplate):
            made = _boilerplate(block, source, context)
        else:
            made = [(block, _block(block, block.id or "", numbers, context) if _has(block, context) else None)]
        for original, localised in made:
            _number(localised, original, numbering)
            if localised:
                localised.restricted = not is_open(("body", index), withheld)
            blocks += [localised] if localised else []
    return blocks


def _number(made: LocalisedRecord | None, block: Block, numbering: Numbering) -> None:
    """Give what became of a block its numbers."""
    before = numbering.paragraph
    numbering.count(counted_kinds(block, numbering.document))
    if made:
        made.number, made.first = numbering.paragraph, before + 1
        made.section = numbering.series["item"]
        if made.kind in ("decision", "action"):
            made.reference = numbering.reference(made.kind)


def _has(block: Block, context: LanguageContext) -> bool:
    """Whether a block is there in a language: not only for another, not absent, and no footnotes, which stand where called."""
    if isinstance(block, Notes):
        return False
    return (block.only is None or block.only in context.chain) and not any(Text(name) in block.absent for name in context.chain)


def _boilerplate(block: Boilerplate, source: Source, context: LanguageContext) -> list[tuple[Block, LocalisedRecord | None]]:
    """Return the blocks of a section with what became of them; its pictures are named as the source would name them."""
    section = source.sections[block.boilerplate]
    name = block.id or block.boilerplate
    made: list[tuple[Block, LocalisedRecord | None]] = []
    numbers: dict[str, int] = {}
    with context.section(section):
        for index, inner in enumerate(one for one in section.body if not isinstance(one, Notes)):
            is_there = _has(block, context) and _has(inner, context)
            localised = _block(inner, f"{name}-{index + 1}" if index else name, numbers, context) if is_there else None
            if localised and isinstance(inner, Figure):
                localised.figure.file = section_picture(inner, source.path)
            made.append((inner, localised))
    return made


def _block(block: Block, name: str, numbers: dict[str, int], context: LanguageContext) -> LocalisedRecord:
    """Return a block in one language; a list begins as the `numbers` of earlier lists say, and its own go on from there."""
    fields = {key: getattr(block, key) for key in type(block).model_fields if key not in _COMMON}
    made = LocalisedRecord(
        kind=block_kind(block),
        id=name,
        place=_place(list(fields.values()), context),
        **{key: _localised(value, context) for key, value in fields.items()},
    )
    if isinstance(block, ListBlock):
        finish(made.list, numbers, context.setting.section.items)
        numbers[block.id or ""] = made.list.first + len(made.list.items)
    return made


def _place(value: Any, context: LanguageContext) -> str | None:
    """Return where a value of the model stands in its source: where the text of it begins that is read first."""
    text = _first_text(value, context)
    place = text.locate() if text else None
    return str(place) if place else None


def _first_text(value: Any, context: LanguageContext) -> Text | None:
    """Return the first text of a value of the model, of the texts by language the one that is read in this language."""
    match value:
        case Text():
            return value
        case ByLanguage():
            parts = [context.choose(value) or next(iter(value.values()), None)]
        case Record():
            parts = [getattr(value, name) for name in type(value).model_fields]
        case dict():
            parts = list(value.values())
        case list():
            parts = value
        case _:
            return None
    return next((text for part in parts if (text := _first_text(part, context))), None)

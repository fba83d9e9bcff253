"""Localise a source: select the language of every text and value. Only this package selects languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipdocs.findings import raise_errors
from ipdocs.locale.catalogs import catalog
from ipdocs.locale.language import Language
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import LanguageContext, fallback_chain, scope_of
from ipdocs.localisation.list_endings import complete_list
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.model.blocks import Block, Boilerplate, Figure, ListBlock, Notes, block_kind
from ipdocs.model.document import Document
from ipdocs.model.facts import Record
from ipdocs.model.numbering import Numbering, counted_kinds
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.disclosure import Restrictions, is_open, restrictions
from ipdocs.source.open import Source, section_picture_path
from ipdocs.values.types import Date, DateTime
from ipdocs.values.value_context import ValueContext

_COMMON_FIELDS = set(Block.model_fields)
_NOT_LOCALISED = {"schema_version", "facts", "body", "languages", "allow"}
_PLAIN_FIELDS = {"reference", "paper", "number", "phone", "email"}
"""The fields whose texts have no markup, so they are not parsed."""


def localise(source: Source, language: Language) -> LocalisedDocument:
    """Return the document of a source in one language, with the values of facts in its texts.

    A missing text is never left out silently: it is an error, or a draft shows it as ⟦…⟧.

    Args:
        source: the source.
        language: a language of the workspace of the source.

    Raises:
        IpdocsError: a required text is missing, or an expression cannot be rendered.
    """
    document, context = source.document, language_context(source, language)
    numbering, restricted_keys = Numbering(document), restrictions(document)
    context.withheld_notes = frozenset(str(keys[-1]) for keys in restricted_keys if keys[2:3] == ("footnotes",))
    fields = _fields(document, [name for name in type(document).model_fields if name not in _NOT_LOCALISED], context)
    body = _body(source, numbering, restricted_keys, context)
    for name in ("papers", "annexes"):
        for index, record in enumerate(fields.get(name, ())):
            record.restricted = not is_open((name, index, "title"), restricted_keys)
    raise_errors(context.findings)
    return LocalisedDocument(
        id=document.id,
        kind=fields["kind"],
        language=language,
        value_context=context.value_context,
        catalog=context.catalog,
        issue_date=_issue_date(document, language),
        document=LocalisedRecord(
            **fields, body=body, closing=numbering.paragraph_number + 1, place=_place(document.title, context)
        ),
        texts=tuple(context.texts),
        workspace=source.workspace,
        folder=source.path.parent,
        pictures=source.pictures,
        draft=source.draft,
    )


def language_context(source: Source, language: Language) -> LanguageContext:
    """Return the context for localising the texts of a source into a language."""
    document, issue_date = source.document, _issue_date(source.document, language)
    style = house_style(document.style, source.workspace)
    issue_day = issue_date.date if isinstance(issue_date, DateTime) else issue_date
    value_context = ValueContext(language, style, issue_day)
    return LanguageContext(
        value_context=value_context,
        catalog=catalog(language, source.workspace, value_context.language_style.write_marks),
        workspace=source.workspace,
        scope=scope_of(document, document.implicit_facts),
        draft=source.draft,
        choices=source.state.choices,
    )


def _issue_date(document: Document, language: Language) -> Date | DateTime | None:
    issue_date = document.issue_date
    if isinstance(issue_date, ByLanguage):
        entry = issue_date.first_of(*fallback_chain(language))
        return entry[1] if entry else None
    return issue_date  # type: ignore[no-any-return]


def localise_value(value: Any, context: LanguageContext) -> Any:
    """Return a value of the model, with all its parts, in the language of a context."""
    match value:
        case Texts():
            return context.localise(value)
        case ByLanguage():
            return localise_value(context.choose(value), context)
        case Record():
            return LocalisedRecord(**_fields(value, type(value).model_fields, context))
        case list():
            return [localise_value(item, context) for item in value]
        case dict():
            return {name: localise_value(item, context) for name, item in value.items()}
        case _:
            return value


def _fields(record: Record, names: Iterable[str], context: LanguageContext) -> dict[str, Any]:
    """Return fields of a record of the model in one language, keyed by name."""
    values = {name: getattr(record, name) for name in names}
    return {
        name: context.localise_plain_text(value)
        if name in _PLAIN_FIELDS and _is_plain_type(value)
        else localise_value(value, context)
        for name, value in values.items()
    }


def _is_plain_type(value: Any) -> bool:
    return isinstance(value, Text | ByLanguage) and not isinstance(value, Texts)


def _body(source: Source, numbering: Numbering, restricted_keys: Restrictions, context: LanguageContext) -> list[LocalisedRecord]:
    """Return the blocks in the language, including the blocks of boilerplate sections.

    Blocks that are absent from the language also count in the numbering. Each returned block has the attribute `restricted`.
    """
    blocks: list[LocalisedRecord] = []
    continuation_numbers: dict[str, int] = {}
    for index, block in enumerate(source.document.body):
        if isinstance(block, Boilerplate):
            pairs = _boilerplate(block, source, context)
        else:
            pairs = [
                (block, _block(block, block.id or "", continuation_numbers, context) if _is_present(block, context) else None)
            ]
        for original, localised in pairs:
            _number(localised, original, numbering)
            if localised:
                localised.restricted = not is_open(("body", index), restricted_keys)
            blocks += [localised] if localised else []
    return blocks


def _number(localised: LocalisedRecord | None, block: Block, numbering: Numbering) -> None:
    """Advance the numbering past a block, and set the numbers of its localised block, if there is one."""
    number_before = numbering.paragraph_number
    numbering.count(counted_kinds(block, numbering.document))
    if localised:
        localised.number, localised.first = numbering.paragraph_number, number_before + 1
        localised.section = numbering.series_numbers["item"]
        if localised.kind in ("decision", "action"):
            localised.reference = numbering.reference(localised.kind)


def _is_present(block: Block, context: LanguageContext) -> bool:
    """Whether a block is present in a language; footnotes are not, because they move to the texts that refer to them."""
    if isinstance(block, Notes):
        return False
    return (block.only is None or block.only in context.chain) and not any(Text(name) in block.absent for name in context.chain)


def _boilerplate(block: Boilerplate, source: Source, context: LanguageContext) -> list[tuple[Block, LocalisedRecord | None]]:
    """Return the blocks of a boilerplate section, each with its localised block, or None if the language has no such block.

    The paths of pictures are relative to the source.
    """
    section = source.sections[block.boilerplate]
    section_id = block.id or block.boilerplate
    pairs: list[tuple[Block, LocalisedRecord | None]] = []
    continuation_numbers: dict[str, int] = {}
    with context.section(section):
        for index, inner in enumerate(inner for inner in section.body if not isinstance(inner, Notes)):
            is_in_language = _is_present(block, context) and _is_present(inner, context)
            block_id = f"{section_id}-{index + 1}" if index else section_id
            localised = _block(inner, block_id, continuation_numbers, context) if is_in_language else None
            if localised and isinstance(inner, Figure):
                localised.figure.file = section_picture_path(inner, source.path)
            pairs.append((inner, localised))
    return pairs


def _block(block: Block, block_id: str, continuation_numbers: dict[str, int], context: LanguageContext) -> LocalisedRecord:
    """Return a block in one language; for a list, also store the number with which a continuation would begin."""
    fields = {key: getattr(block, key) for key in type(block).model_fields if key not in _COMMON_FIELDS}
    result = LocalisedRecord(
        kind=block_kind(block),
        id=block_id,
        place=_place(list(fields.values()), context),
        **{key: localise_value(value, context) for key, value in fields.items()},
    )
    if isinstance(block, ListBlock):
        complete_list(result.list, continuation_numbers, context.value_context.language_style)
        continuation_numbers[block.id or ""] = result.list.first + len(result.list.items)
    return result


def _place(value: Any, context: LanguageContext) -> str | None:
    """Return the place (path:line:column) of the first text within a value of the model; templates write it in `data-place`."""
    text = _first_text(value, context)
    location = text.locate() if text else None
    return str(location) if location else None


def _first_text(value: Any, context: LanguageContext) -> Text | None:
    """Return the first text within a value of the model, in this language if possible."""
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

"""Document and language in, view out: the only place where a language is chosen."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import Any

from ipdocs.findings import raise_errors
from ipdocs.locale.catalogs import catalog
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.language import Language
from ipdocs.locale.style import house_style
from ipdocs.localisation.language_context import LanguageContext, fallback_chain, scope_of
from ipdocs.localisation.list_endings import finish
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.model.blocks import Block, Boilerplate, Figure, ListBlock, Notes, block_kind
from ipdocs.model.document import Document
from ipdocs.model.facts import Record
from ipdocs.model.numbering import Numbering, counted
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.state import choices
from ipdocs.source.validation import load_section
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, DateTime
from ipdocs.workspace import Workspace

_COMMON = set(Block.model_fields)
_APART = {"schema_version", "facts", "body", "languages", "allow"}


def localise(document: Document, language: Language, workspace: Workspace, *, draft: bool = False) -> LocalisedDocument:
    """Choose one language's words, names and dates for a document.

    Later stages never ask which language: a view holds finished text and the
    phrases templates use. A gap is a finding; in a draft it shows as ⟦…⟧.
    """
    wording = language_context(document, language, workspace, draft=draft)
    fields = {name: _localised(getattr(document, name), wording) for name in type(document).model_fields if name not in _APART}
    numbering = Numbering(document)
    view = LocalisedDocument(
        id=document.id,
        kind=fields["kind"],
        language=language,
        setting=wording.setting,
        catalog=wording.catalog,
        dated=_dated(document, language),
        document=LocalisedRecord(
            **fields,
            body=_body(document, numbering, wording),
            closing=numbering.paragraph + 1,
            place=_place(document.title, wording),
        ),
    )
    raise_errors(wording.findings)
    return view


def language_context(document: Document, language: Language, workspace: Workspace, *, draft: bool = False) -> LanguageContext:
    """Return how the texts of a document become words of one language."""
    dated = _dated(document, language)
    return LanguageContext(
        setting=Setting(language, house_style(document.style, workspace), dated.date if isinstance(dated, DateTime) else dated),
        catalog=catalog(language, workspace),
        workspace=workspace,
        known=scope_of(document, document.stated),
        draft=draft,
        choices=_choices(document),
    )


def _choices(document: Document) -> tuple[Choice, ...]:
    """Return what a person chose for the conversion of this source's words: kept beside it."""
    path = _path(document)
    return choices(path) if path else ()


def _path(document: Document) -> Path | None:
    """Return the file that a document was read from."""
    texts = document.title or getattr(document, "committee", None) or {}
    place = next((text.locate() for text in texts.values()), None)
    return place.path if place else None


def _dated(document: Document, language: Language) -> Date | DateTime | None:
    dated = document.dated
    if isinstance(dated, ByLanguage):
        found = dated.first_of(*fallback_chain(language))
        return found[1] if found else None
    return dated  # type: ignore[no-any-return]


def _localised(value: Any, wording: LanguageContext) -> Any:
    """Return a value of the model in one language: texts as Words, records and lists with their parts so."""
    match value:
        case Texts():
            return wording.words(value)
        case ByLanguage():
            return _localised(wording.choose(value), wording)
        case Record():
            return LocalisedRecord(**{name: _localised(getattr(value, name), wording) for name in type(value).model_fields})
        case list():
            return [_localised(one, wording) for one in value]
        case dict():
            return {name: _localised(one, wording) for name, one in value.items()}
        case _:
            return value


def _body(document: Document, numbering: Numbering, wording: LanguageContext) -> list[LocalisedRecord]:
    """Return the blocks that the language has, boilerplate sections in their place; one that it lacks is counted too."""
    blocks: list[LocalisedRecord] = []
    numbers: dict[str, int] = {}
    for block in document.body:
        if isinstance(block, Boilerplate):
            made = _boilerplate(block, _path(document), wording)
        else:
            made = [(block, _block(block, block.id or "", numbers, wording) if _has(block, wording) else None)]
        for one, shown in made:
            _number(shown, one, numbering)
            blocks += [shown] if shown else []
    return blocks


def _number(made: LocalisedRecord | None, block: Block, numbering: Numbering) -> None:
    """Give what became of a block its numbers."""
    before = numbering.paragraph
    numbering.count(counted(block, numbering.document))
    if made:
        made.number, made.first = numbering.paragraph, before + 1
        made.section = numbering.series["item"]
        if made.kind in ("decision", "action"):
            made.reference = numbering.reference(made.kind)


def _has(block: Block, wording: LanguageContext) -> bool:
    """Whether a block is there in a language: not only for another, not absent, and no footnotes, which stand where called."""
    if isinstance(block, Notes):
        return False
    return (block.only is None or block.only in wording.chain) and not any(Text(name) in block.absent for name in wording.chain)


def _boilerplate(block: Boilerplate, source: Path | None, wording: LanguageContext) -> list[tuple[Block, LocalisedRecord | None]]:
    """Return the blocks of a section with what became of them; its pictures are named as the source would name them."""
    section = load_section(block.boilerplate, wording.workspace)
    name = block.id or block.boilerplate
    made: list[tuple[Block, LocalisedRecord | None]] = []
    numbers: dict[str, int] = {}
    with wording.section(section):
        for index, one in enumerate(one for one in section.body if not isinstance(one, Notes)):
            there = _has(block, wording) and _has(one, wording)
            shown = _block(one, f"{name}-{index + 1}" if index else name, numbers, wording) if there else None
            if shown and source and isinstance(one, Figure) and (place := one.figure.file.locate()):
                shown.figure.file = relpath(place.path.parent / one.figure.file, source.parent)
            made.append((one, shown))
    return made


def _block(block: Block, name: str, numbers: dict[str, int], wording: LanguageContext) -> LocalisedRecord:
    """Return a block in one language; a list begins as the `numbers` of earlier lists say, and its own go on from there."""
    fields = {key: getattr(block, key) for key in type(block).model_fields if key not in _COMMON}
    made = LocalisedRecord(
        kind=block_kind(block),
        id=name,
        place=_place(list(fields.values()), wording),
        **{key: _localised(value, wording) for key, value in fields.items()},
    )
    if isinstance(block, ListBlock):
        finish(made.list, numbers, wording.setting.section.items)
        numbers[block.id or ""] = made.list.first + len(made.list.items)
    return made


def _place(value: Any, wording: LanguageContext) -> str | None:
    """Return where a value of the model stands in its source: where the text of it begins that is read first."""
    text = _first_text(value, wording)
    place = text.locate() if text else None
    return str(place) if place else None


def _first_text(value: Any, wording: LanguageContext) -> Text | None:
    """Return the first text of a value of the model, of the texts by language the one that is read in this language."""
    match value:
        case Text():
            return value
        case ByLanguage():
            parts = [wording.choose(value) or next(iter(value.values()))]
        case Record():
            parts = [getattr(value, name) for name in type(value).model_fields]
        case dict():
            parts = list(value.values())
        case list():
            parts = value
        case _:
            return None
    return next((text for part in parts if (text := _first_text(part, wording))), None)

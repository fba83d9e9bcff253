"""Document and language in, view out: the only place where a language is chosen."""

from __future__ import annotations

from typing import Any

from ipdocs.findings import raise_errors
from ipdocs.locale.language import Language
from ipdocs.locale.style import house_style
from ipdocs.model.blocks import Block, Boilerplate, ListBlock, Notes, block_kind
from ipdocs.model.document import Document
from ipdocs.model.facts import Record
from ipdocs.model.numbering import Numbering, counted
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.load import load_section
from ipdocs.source.state import Choice, choices
from ipdocs.translation.catalogs import catalog
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, DateTime
from ipdocs.view.view import Localised, View
from ipdocs.view.wording import Wording, serving
from ipdocs.view.words import Origin, Piece, Words
from ipdocs.workspace import Workspace

ENDINGS = tuple("。；，、：！？…—.;,:!?")
"""What a list item may already end in; a house style's endings are added to the others."""

_COMMON = set(Block.model_fields)
_APART = {"schema_version", "facts", "body", "languages", "allow"}


def localise(document: Document, language: Language, workspace: Workspace, *, draft: bool = False) -> View:
    """Choose one language's words, names and dates for a document.

    Later stages never ask which language: a view holds finished text and the
    phrases templates use. A gap is a finding; in a draft it shows as ⟦…⟧.
    """
    wording = wording_of(document, language, workspace, draft=draft)
    fields = {name: _localised(getattr(document, name), wording) for name in type(document).model_fields if name not in _APART}
    numbering = Numbering(document)
    view = View(
        id=document.id,
        kind=fields["kind"],
        language=language,
        setting=wording.setting,
        catalog=wording.catalog,
        dated=_dated(document, language),
        document=Localised(
            **fields,
            body=_body(document, numbering, wording),
            closing=numbering.paragraph + 1,
            place=_place(document.title, wording),
        ),
    )
    raise_errors(wording.findings)
    return view


def wording_of(document: Document, language: Language, workspace: Workspace, *, draft: bool = False) -> Wording:
    """Return how the texts of a document become words of one language."""
    dated = _dated(document, language)
    return Wording(
        setting=Setting(language, house_style(document.style, workspace), dated.date if isinstance(dated, DateTime) else dated),
        catalog=catalog(language, workspace),
        workspace=workspace,
        facts={**document.stated, **document.facts},
        counts={
            block.id.replace("-", "_"): len(block.list.items)
            for block in document.body
            if isinstance(block, ListBlock) and block.id
        },
        notes={name: texts for block in document.body if isinstance(block, Notes) for name, texts in block.footnotes.items()},
        draft=draft,
        choices=_choices(document),
    )


def _choices(document: Document) -> tuple[Choice, ...]:
    """Return what a person chose for the conversion of this source's words: kept beside it."""
    texts = document.title or getattr(document, "committee", None) or {}
    place = next((text.locate() for text in texts.values()), None)
    return choices(place.path) if place else ()


def _dated(document: Document, language: Language) -> Date | DateTime | None:
    dated = document.dated
    if isinstance(dated, ByLanguage):
        found = dated.first_of(*serving(language))
        return found[1] if found else None
    return dated  # type: ignore[no-any-return]


def _localised(value: Any, wording: Wording) -> Any:
    """Return a value of the model in one language: texts as Words, records and lists with their parts so."""
    match value:
        case Texts():
            return wording.words(value)
        case ByLanguage():
            return _localised(wording.choose(value), wording)
        case Record():
            return Localised(**{name: _localised(getattr(value, name), wording) for name in type(value).model_fields})
        case list():
            return [_localised(one, wording) for one in value]
        case dict():
            return {name: _localised(one, wording) for name, one in value.items()}
        case _:
            return value


def _body(document: Document, numbering: Numbering, wording: Wording) -> list[Localised]:
    """Return the blocks that the language has, boilerplate sections in their place; lists know where their numbers begin."""
    blocks: list[Localised] = []
    numbers: dict[str, int] = {}
    for block in document.body:
        if isinstance(block, Notes):
            continue
        made: list[Localised] = []
        if isinstance(block, Boilerplate) and _has(block, wording):
            made = _boilerplate(block, wording)
        elif _has(block, wording):
            made = [_block(block, block.id or "", wording)]
        if made and isinstance(block, ListBlock):
            _finish_list(made[0].list, block, numbers, wording)
        _number(made, block, numbering)
        blocks += made
    return blocks


def _number(made: list[Localised], block: Block, numbering: Numbering) -> None:
    """Give what became of a block its numbers; one that this language lacks is counted too."""
    if isinstance(block, Boilerplate):
        for one in made:
            numbering.count([one.kind])
            one.number, one.section = numbering.paragraph, numbering.series["item"]
        return
    before = numbering.paragraph
    numbering.count(counted(block, numbering.document))
    for one in made:
        one.number, one.first = numbering.paragraph, before + 1
        one.section = numbering.series["item"]
        if one.kind in ("decision", "action"):
            one.reference = numbering.reference(one.kind)


def _has(block: Block, wording: Wording) -> bool:
    """Whether a block is there in a language: not only for another, and not absent."""
    return (block.only is None or block.only in wording.chain) and not any(Text(name) in block.absent for name in wording.chain)


def _boilerplate(block: Boilerplate, wording: Wording) -> list[Localised]:
    section = load_section(block.boilerplate, wording.workspace)
    name = block.id or block.boilerplate
    with wording.section(section.facts):
        shown = [one for one in section.body if _has(one, wording)]
        return [_block(one, name if index == 0 else f"{name}-{index + 1}", wording) for index, one in enumerate(shown)]


def _block(block: Block, name: str, wording: Wording) -> Localised:
    fields = {key: getattr(block, key) for key in type(block).model_fields if key not in _COMMON}
    return Localised(
        kind=block_kind(block),
        id=name,
        place=_place(list(fields.values()), wording),
        **{key: _localised(value, wording) for key, value in fields.items()},
    )


def _finish_list(items: Localised, block: ListBlock, numbers: dict[str, int], wording: Wording) -> None:
    """Give a list the number it begins with, and the items of one with an introduction the house style's endings."""
    items.first = int(block.list.start or numbers.get(block.list.after or "", 1))
    if block.id:
        numbers[block.id] = items.first + len(items.items)
    if items.intro:
        items.items = [_ended(item, index, len(items.items), wording) for index, item in enumerate(items.items)]


def _ended(item: Any, index: int, count: int, wording: Wording) -> Any:
    if not isinstance(item, Words) or str(item).rstrip().endswith(ENDINGS):
        return item
    endings = wording.setting.section.items
    ending = endings.last if index == count - 1 else endings.last_but_one if index == count - 2 else endings.each
    return Words((*item.content, Piece(ending, Origin("style"))))


def _place(value: Any, wording: Wording) -> str | None:
    """Return where a value of the model stands in its source: where the text of it begins that is read first."""
    text = _first_text(value, wording)
    place = text.locate() if text else None
    return str(place) if place else None


def _first_text(value: Any, wording: Wording) -> Text | None:
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

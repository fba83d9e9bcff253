"""Blocks of the body of a document; the key of a block, such as `paragraph`, gives its kind."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from ipdocs.findings import nearest
from ipdocs.model.facts import Record
from ipdocs.model.meeting import ActionItem, AgendaItem
from ipdocs.model.text import ByLanguage, Id, LanguageName, Text, Texts


def _refuse_bad_number(text: Text) -> Text:
    """Refuse text that is not a number from 1 to 999."""
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        message = f"'{text:.40}' is not a number from 1 to 999"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": "write, for example, 2"})
    return text


Number = Annotated[Text, AfterValidator(_refuse_bad_number), Field(json_schema_extra={"examples": ["2"]})]


class Block(Record):
    """A block of the body.

    Attributes:
        id: the id, which is optional in a boilerplate section.
        only: the only language of the block, if it is limited to one.
        absent: the languages from which the block is absent, each with the reason.
        allow: the checks that are not applied to the block, each with the reason: {doubled-word: "the title of a song"}.
        restricted: "true" if public versions of minutes leave out the block.
    """

    id: Id | None = None
    only: LanguageName | None = None
    absent: ByLanguage[Text] = Field(default_factory=ByLanguage)
    allow: dict[Text, Text] = Field(default_factory=dict)
    restricted: Literal["true"] | None = None


class Paragraph(Block):
    """A paragraph."""

    paragraph: Texts


class Heading(Block):
    """A heading; level 2 is directly below the title."""

    heading: Texts
    level: Literal["2", "3", "4"] = "2"


class Item(Record):
    """A list item that contains a nested list."""

    text: Texts
    list: ListContent


class ListContent(Record):
    """The content of a list: items with bullets, numbers, letters or Roman numerals, and an optional introduction.

    Attributes:
        style: the kind of markers; the house style writes them, and chooses the kind on each level of an enumeration.
        start: the number of the first item.
        after: the id of an earlier list whose numbering this list continues.
    """

    intro: Texts | None = None
    style: Literal["bullet", "number", "letter", "roman", "enumeration"] = "bullet"
    start: Number | None = None
    after: Id | None = None
    items: list[
        Annotated[
            Annotated[Texts, Tag("text")] | Annotated[Item, Tag("item")],
            Discriminator(lambda item: _item_tag(item)),
            BeforeValidator(lambda item: _check_nested_list(item)),
        ]
    ]


def _item_tag(item: Any) -> str:
    return "item" if isinstance(item, Item) or (isinstance(item, dict) and "list" in item) else "text"


def _check_nested_list(item: Any) -> Any:
    """Refuse {text: …} without `list`."""
    if isinstance(item, dict) and "text" in item and "list" not in item:
        hint = 'write {en: "…", tc: "…"}, with `restricted: true` beside the languages'
        raise PydanticCustomError("wrong-shape", "this item has `text` but no nested list", {"hint": hint})
    return item


class ListBlock(Block):
    """A list."""

    list: ListContent


class Quotation(Block):
    """A block quotation: its paragraphs and its author."""

    quotation: list[Texts]
    by: Texts | None = None


class Picture(Record):
    """A picture file near the source, with alternative text.

    The format is PNG, JPEG, SVG, GIF, WebP, TIFF or BMP; with `ipdocs[heic]` also HEIC.
    """

    file: Text
    alt: Texts
    caption: Texts | None = None


class Figure(Block):
    """A picture with an optional caption, such as a photo or a chart."""

    figure: Picture


class Cell(Record):
    """A table cell that spans several columns or rows."""

    text: Texts
    columns: Number = Text("1")
    rows: Number = Text("1")


def _cell_tag(cell: Any) -> str:
    return "cell" if isinstance(cell, Cell) or (isinstance(cell, dict) and "text" in cell) else "text"


AnyCell = Annotated[Annotated[Texts, Tag("text")] | Annotated[Cell, Tag("cell")], Discriminator(_cell_tag)]


class Grid(Record):
    """The content of a table: a caption, the cells of the head, and rows of cells."""

    caption: Texts | None = None
    head: list[AnyCell] = Field(default_factory=list)
    rows: list[list[AnyCell]]


class Table(Block):
    """A table."""

    table: Grid


class Definition(Record):
    """A term and its description: a label and a name, or a word and its meaning."""

    term: Texts
    text: Texts


class Definitions(Block):
    """A list of terms with their descriptions."""

    definitions: list[Definition]


class Notes(Block):
    """Footnotes, keyed by the name that references use: [^name]."""

    footnotes: dict[Text, Texts]


class Rule(Block):
    """A horizontal line across the page."""

    rule: Literal["true"]


class PageBreak(Block):
    """A page break."""

    page_break: Literal["true"]


class Boilerplate(Block):
    """A boilerplate section, given by its name in templates/boilerplate/."""

    boilerplate: Id


class ItemBlock(Block):
    """The start of an agenda item; the blocks up to the next item are its discussion."""

    id: Id
    item: AgendaItem


class Decision(Block):
    """A decision of the meeting."""

    id: Id
    decision: Texts


class Action(Block):
    """An action to be taken after the meeting."""

    id: Id
    action: ActionItem


class PostMeetingNote(Block):
    """A note about events after the meeting."""

    post_meeting_note: Texts


class Withheld(Block):
    """A mark in place of withheld blocks in a public version; a source cannot contain such a mark.

    Attributes:
        kinds: the kinds of the withheld blocks, so that the numbering does not change.
    """

    kinds: tuple[str, ...]


BLOCKS: dict[str, type[Block]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "list": ListBlock,
    "quotation": Quotation,
    "figure": Figure,
    "table": Table,
    "definitions": Definitions,
    "footnotes": Notes,
    "rule": Rule,
    "page-break": PageBreak,
    "boilerplate": Boilerplate,
    "item": ItemBlock,
    "decision": Decision,
    "action": Action,
    "post-meeting-note": PostMeetingNote,
}
"""The models of blocks, keyed by the kind of block."""

MINUTES_BLOCKS = ("item", "decision", "action", "post-meeting-note")
"""The kinds of block that are allowed in minutes only."""

_COMMON_KEYS = {"id", "only", "absent", "allow", "restricted"}


def block_kind(block: Any) -> str:
    """Return the kind of a block; if there is no known kind, raise an error that suggests the nearest kind."""
    if isinstance(block, Block):
        return next((kind for kind, model in BLOCKS.items() if type(block) is model), type(block).__name__.lower())
    keys = [str(key) for key in block] if isinstance(block, dict) else []
    kinds = [key for key in keys if key in BLOCKS]
    if len(kinds) == 1:
        return kinds[0]
    if len(kinds) > 1:
        raise PydanticCustomError(
            "two-blocks",
            "this block has two kinds: {kinds}",
            {"kinds": " and ".join(kinds), "hint": "begin another block with `- `"},
        )
    unknown = next((key for key in keys if key not in _COMMON_KEYS), "")
    similar = nearest(unknown, BLOCKS)
    hint = f"did you mean {similar}?" if similar else f"use one of the kinds {', '.join(BLOCKS)}"
    message = f"'{unknown}' is not a kind of block" if unknown else "this block has no content" if keys else "this is not a block"
    raise PydanticCustomError("unknown-block", "{message}", {"message": message, "name": unknown, "hint": hint})


def _check_kind(block: Any) -> Any:
    """Refuse a block of an unknown kind, before pydantic reports less helpful errors."""
    block_kind(block)
    return block


AnyBlock = Annotated[
    Annotated[Paragraph, Tag("paragraph")]
    | Annotated[Heading, Tag("heading")]
    | Annotated[ListBlock, Tag("list")]
    | Annotated[Quotation, Tag("quotation")]
    | Annotated[Figure, Tag("figure")]
    | Annotated[Table, Tag("table")]
    | Annotated[Definitions, Tag("definitions")]
    | Annotated[Notes, Tag("footnotes")]
    | Annotated[Rule, Tag("rule")]
    | Annotated[PageBreak, Tag("page-break")]
    | Annotated[Boilerplate, Tag("boilerplate")]
    | Annotated[ItemBlock, Tag("item")]
    | Annotated[Decision, Tag("decision")]
    | Annotated[Action, Tag("action")]
    | Annotated[PostMeetingNote, Tag("post-meeting-note")],
    Discriminator(block_kind),
    BeforeValidator(_check_kind),
]


def _refuse_minutes_block(block: Block) -> Block:
    """Refuse a restricted block, and a block of a kind that is allowed in minutes only."""
    kind = block_kind(block)
    if kind in MINUTES_BLOCKS:
        raise PydanticCustomError(
            "not-here", "a block '{kind}' is allowed in minutes only", {"kind": kind, "hint": "write a paragraph"}
        )
    if block.restricted:
        raise PydanticCustomError(
            "not-here", "restricted blocks are allowed in minutes only", {"hint": "delete this block, or `restricted`"}
        )
    return block


ReleaseBlock = Annotated[AnyBlock, AfterValidator(_refuse_minutes_block)]
"""A block that releases and boilerplate sections may contain: not restricted, and of a kind that is allowed outside minutes."""

"""Blocks: what the body of a document is made of, one kind a key."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from ipdocs.findings import nearest
from ipdocs.model.facts import Record
from ipdocs.model.meeting import ActionItem, AgendaItem
from ipdocs.model.text import ByLanguage, Id, LanguageName, Text, Texts


def _number(text: Text) -> Text:
    """Refuse what is no count of items, rows or columns."""
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        message = f"'{text:.40}' is no number from 1 to 999"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": "for example: 2"})
    return text


Number = Annotated[Text, AfterValidator(_number), Field(json_schema_extra={"examples": ["2"]})]


class Block(Record):
    """What every block has: an id, the one language it is for, and the languages it is left out of, each with a reason.

    `allow` names checks that are to pass the block by, with the reason: {doubled-word: "it is the title of a song"}.
    Blocks of minutes can be restricted: a public version leaves them out.
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
    """A heading: level 2 stands under the title, 3 and 4 below it."""

    heading: Texts
    level: Literal["2", "3", "4"] = "2"


class Item(Record):
    """An item of a list that has a list of its own below it."""

    text: Texts
    list: Items


class Items(Record):
    """A list: an introduction, and items marked by bullets, numbers, letters or roman numerals."""

    intro: Texts | None = None
    style: Literal["bullet", "number", "letter", "roman"] = "bullet"
    start: Number | None = None
    after: Id | None = None
    items: list[
        Annotated[
            Annotated[Texts, Tag("text")] | Annotated[Item, Tag("item")],
            Discriminator(lambda item: _item_kind(item)),
            BeforeValidator(lambda item: _one_item(item)),
        ]
    ]


def _item_kind(item: Any) -> str:
    return "item" if isinstance(item, Item) or (isinstance(item, dict) and "list" in item) else "text"


def _one_item(item: Any) -> Any:
    """Refuse an item with the form of one that has a list of its own, and without that list."""
    if isinstance(item, dict) and "text" in item and "list" not in item:
        hint = 'write {en: "…", tc: "…"}; `restricted: true` stands beside the languages'
        raise PydanticCustomError("wrong-shape", "an item without a list of its own is a text by language", {"hint": hint})
    return item


class ListBlock(Block):
    """A list; `after` names an earlier list whose numbering goes on."""

    list: Items


class Quotation(Block):
    """A quotation set apart: its paragraphs, and who said it."""

    quotation: list[Texts]
    by: Texts | None = None


class Picture(Record):
    """A picture beside the source, with the words for those who cannot see it.

    It is PNG, JPEG, SVG, GIF, WebP, TIFF or BMP; with `ipdocs[heic]` HEIC as well.
    """

    file: Text
    alt: Texts
    caption: Texts | None = None


class Figure(Block):
    """A picture with its caption: a photo of a release, a chart of minutes."""

    figure: Picture


class Cell(Record):
    """A cell that spans columns or rows."""

    text: Texts
    columns: Number = Text("1")
    rows: Number = Text("1")


def _cell_kind(cell: Any) -> str:
    return "cell" if isinstance(cell, Cell) or (isinstance(cell, dict) and "text" in cell) else "text"


AnyCell = Annotated[Annotated[Texts, Tag("text")] | Annotated[Cell, Tag("cell")], Discriminator(_cell_kind)]


class Grid(Record):
    """A table: a caption, the head's cells, and rows of cells."""

    caption: Texts | None = None
    head: list[AnyCell] = Field(default_factory=list)
    rows: list[list[AnyCell]]


class Table(Block):
    """A table."""

    table: Grid


class Definition(Record):
    """A term and what belongs to it: a label and a name, a word and its meaning."""

    term: Texts
    text: Texts


class Definitions(Block):
    """A list of terms with what belongs to each."""

    definitions: list[Definition]


class Notes(Block):
    """Footnotes, by the name under which the text calls them: [^name]."""

    footnotes: dict[Text, Texts]


class Rule(Block):
    """A line across the page."""

    rule: Literal["true"]


class PageBreak(Block):
    """The end of a page."""

    page_break: Literal["true"]


class Boilerplate(Block):
    """A section of recurring text, by its name in templates/boilerplate/."""

    boilerplate: Id


class ItemBlock(Block):
    """The beginning of an item of the agenda; the blocks that follow, up to the next, are its discussion."""

    id: Id
    item: AgendaItem


class Decision(Block):
    """What a meeting decided; its id names it."""

    id: Id
    decision: Texts


class Action(Block):
    """What somebody is to do after a meeting; its id names it."""

    id: Id
    action: ActionItem


class PostMeetingNote(Block):
    """What happened after the meeting and belongs with what was said."""

    post_meeting_note: Texts


class Withheld(Block):
    """What stands in a public version where blocks were left out: what they count as. No source can write it."""

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
"""The kinds of block, by the key that makes one."""

MEETING = ("item", "decision", "action", "post-meeting-note")
"""The kinds of block that only minutes have."""

_COMMON = {"id", "only", "absent", "allow", "restricted"}


def block_kind(block: Any) -> str:
    """Return the kind of a block as written, or refuse it with the nearest key that makes one."""
    if isinstance(block, Block):
        return next((kind for kind, model in BLOCKS.items() if type(block) is model), type(block).__name__.lower())
    keys = [str(key) for key in block] if isinstance(block, dict) else []
    kinds = [key for key in keys if key in BLOCKS]
    if len(kinds) == 1:
        return kinds[0]
    if len(kinds) > 1:
        raise PydanticCustomError(
            "two-blocks", "this block is two: {kinds}", {"kinds": " and ".join(kinds), "hint": "begin another block with `- `"}
        )
    written = next((key for key in keys if key not in _COMMON), "")
    close = nearest(written, BLOCKS)
    hint = f"did you mean {close}?" if close else f"a block is one of {', '.join(BLOCKS)}"
    message = f"there is no block '{written}'" if written else "this block says nothing" if keys else "this is no block"
    raise PydanticCustomError("unknown-block", "{message}", {"message": message, "name": written, "hint": hint})


def _one_block(block: Any) -> Any:
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
    BeforeValidator(_one_block),
]


def _released(block: Block) -> Block:
    kind = block_kind(block)
    if kind in MEETING:
        raise PydanticCustomError("not-here", "only minutes have a block '{kind}'", {"kind": kind, "hint": "write a paragraph"})
    if block.restricted:
        raise PydanticCustomError("not-here", "only minutes have restricted blocks", {"hint": "leave it out of what is released"})
    return block


ReleaseBlock = Annotated[AnyBlock, AfterValidator(_released)]
"""A block of what is published as it stands: nothing in it is restricted, nothing of a meeting."""

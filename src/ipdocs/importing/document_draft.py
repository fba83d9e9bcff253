"""Drafts of documents with title, date of issue and blocks, made from imported paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph
from ipdocs.importing.table_grid import MergedCell
from ipdocs.source.segment import Segment, tidy, to_display_text

BlockKind = Literal["paragraph", "heading", "list", "quotation", "figure", "table", "footnotes", "rule"]


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block in one language.

    Attributes:
        kind: the kind of block.
        texts: the texts in document order; for a table, the caption and then the cells row by row.
        line: the line number in the imported file.
        level: the level of a heading, 2 to 4.
        list_style: the style of a list: bullet, number, letter or roman.
        has_intro: whether the first text is the introduction to a list or the caption of a table.
        levels: the nesting depth of each list item.
        column_count: the number of columns in a table.
        merged: the merged cells of a table.
        has_header: whether the first row of a table is a header.
        image: the picture of a figure.
        names: the name of each footnote.
    """

    kind: BlockKind
    texts: tuple[Segment, ...]
    line: int
    level: int = 0
    list_style: str = "bullet"
    has_intro: bool = False
    levels: tuple[int, ...] = ()
    column_count: int = 0
    merged: tuple[MergedCell, ...] = ()
    has_header: bool = False
    image: Image | None = None
    names: tuple[str, ...] = ()

    @property
    def full_text(self) -> str:
        """All texts of the block as a reader sees them, joined with spaces."""
        return " ".join(to_display_text(text) for text in self.texts)


@dataclass(slots=True)
class Draft:
    """A document in one language.

    Attributes:
        language: the code of the language.
        title: the title, if there is one.
        issued: the date of issue as written in the file.
        issue_time: the time of issue, as HH:MM.
        reference: the reference number.
        style: the house style that the line with the date of issue suggests.
        blocks: the blocks.
        left_out: the texts that are not imported.
        has_ended: whether an end mark such as "Ends" has been read.
    """

    language: str
    title: Segment | None = None
    issued: str = ""
    issue_time: str = ""
    reference: str = ""
    style: str = ""
    blocks: list[DraftBlock] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    has_ended: bool = False


# Patterns for the line that states the date of issue, each with the house style whose template writes such lines.
_ISSUED = (
    ("reprint", re.compile(r"(?:Issued|Posted|Date):\s*(?P<date>.{6,40})", re.I)),
    ("reprint", re.compile(r"(?:發出|發布)日期\s*[:：]\s*(?P<date>.{6,40})")),
    ("gia", re.compile(r"Ends/(?P<date>.{6,60})", re.I)),
    ("gia", re.compile(r"完[／/]?\s*(?P<date>.{6,60})")),
)
_ISSUE_TIME = re.compile(r"(?:Issued at )?(?:HKT|香港時間)\s*(?P<hour>\d{1,2})[:時](?P<minute>\d{2})分?", re.I)
_END = re.compile(r"(?:Ends|End|完|[-–— ]*30[-–— ]*|N{4})[\s/／]*")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:[（(]星期.[）)])?")
_SALUTATION = re.compile("(?:代理)?主席(?:女士|先生)?[：:]")
"""A Chinese salutation ends in a colon, but does not introduce the list after it."""
_REFERENCE = re.compile(r"(?:Reference|檔號|參考編號)\s*[:：]\s*(?P<reference>.{1,60})", re.I)
_PHOTO_NOTE = re.compile(r"\s*[(（](?:with photos?|with pictures?|附圖|附圖表|附相片)[)）]\s*$", re.I)
_SEPARATOR = re.compile(r"[*＊=_\-]{5,}")


def make_draft(imported: ImportedFile, language: str) -> Draft:
    """Make a draft from the paragraphs of one language.

    Lines that a template writes are not imported as blocks. They give the date, time and reference.
    """
    draft = Draft(language, left_out=list(imported.left_out))
    body = [paragraph for paragraph in imported.paragraphs if not _read_template_lines(paragraph, draft)]
    position = next((index for index, paragraph in enumerate(body) if paragraph.kind == "title"), None)
    if position is None:
        position = next((index for index, paragraph in enumerate(body[:4]) if _looks_like_title(paragraph)), None)
    if position is not None:
        draft.title = _without_photo_note(body.pop(position).content)
    draft.blocks = list(_blocks(_with_items(body)))
    return draft


def _looks_like_title(paragraph: ImportedParagraph) -> bool:
    return (
        paragraph.kind in ("heading", "paragraph")
        and len(paragraph.text) < 160
        and not paragraph.text.endswith((".", "。", ":", "："))
    )


def _without_photo_note(content: Segment) -> Segment:
    last = content[-1]
    return tidy((*content[:-1], _PHOTO_NOTE.sub("", last))) if isinstance(last, str) else content


def _read_template_lines(paragraph: ImportedParagraph, draft: Draft) -> bool:
    """Record the date, time and reference from a paragraph; return whether it consists of template lines only."""
    if paragraph.kind not in ("paragraph", "heading"):
        return False
    lines = [line.strip() for line in _lines(paragraph.content)]
    if not lines or not all(_read_template_line(line, draft) for line in lines):
        return False
    draft.left_out.append(LeftOut(" / ".join(lines), LeftOutReason.TEMPLATE_WRITES_IT, paragraph.line))
    return True


def _lines(content: Segment) -> list[str]:
    text = "".join(part if isinstance(part, str) else "\n" if part.kind == "break" else part.display for part in content)
    return [line for line in text.split("\n") if line.strip()]


def _read_template_line(line: str, draft: Draft) -> bool:
    """Record the date, time or reference in a line; return whether a template writes such lines."""
    for style, pattern in _ISSUED:
        if match := pattern.fullmatch(line):
            draft.issued, draft.style = draft.issued or match["date"], draft.style or style
            return True
    if match := _ISSUE_TIME.fullmatch(line):
        draft.issue_time = f"{int(match['hour']):02}:{match['minute']}"
        return True
    if match := _REFERENCE.fullmatch(line):
        draft.reference = match["reference"]
        return True
    if _DATE.fullmatch(line) and draft.has_ended and not draft.issued:
        draft.issued, draft.style = line, draft.style or "gia"
        return True
    if _END.fullmatch(line):
        draft.has_ended = True
        return True
    return bool(_SEPARATOR.fullmatch(line))


def _blocks(paragraphs: list[ImportedParagraph]) -> Iterator[DraftBlock]:
    index = 0
    notes = [paragraph for paragraph in paragraphs if paragraph.kind == "note"]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.kind not in ("note", "title")]
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        is_intro = (
            paragraph.kind == "paragraph"
            and paragraph.text.rstrip().endswith((":", "："))
            and not _SALUTATION.fullmatch(paragraph.text.strip())
            and _kind_at(paragraphs, index + 1) == "item"
        )
        if is_intro or paragraph.kind == "item":
            items = _consecutive(paragraphs, index + is_intro, "item")
            yield _list_block(paragraph if is_intro else None, items)
            index += is_intro + len(items)
        elif paragraph.kind == "quotation":
            quoted = _consecutive(paragraphs, index, "quotation")
            yield DraftBlock("quotation", tuple(part.content for part in quoted), paragraph.line)
            index += len(quoted)
        elif paragraph.kind in ("figure", "table"):
            has_caption = _kind_at(paragraphs, index + 1) == "caption"
            yield _figure_or_table(paragraph, paragraphs[index + 1] if has_caption else None)
            index += 1 + has_caption
        elif paragraph.kind == "caption" and _kind_at(paragraphs, index + 1) in ("table", "figure"):
            yield _figure_or_table(paragraphs[index + 1], paragraph)
            index += 2
        else:
            yield _single_block(paragraph)
            index += 1
    if notes:
        yield DraftBlock(
            "footnotes", tuple(note.content for note in notes), notes[0].line, names=tuple(note.name for note in notes)
        )


_ITEM_END = re.compile(r"[;；](?:\s*(?:and|or|以及|及|和|或))?$")


def _with_items(paragraphs: list[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs with those that form a list without markers as list items.

    They follow a paragraph that ends in a colon; each ends in a semicolon, except the last.
    """
    result = list(paragraphs)
    for index, intro in enumerate(paragraphs):
        if intro.kind != "paragraph" or not intro.text.rstrip().endswith((":", "：")):
            continue
        end = index + 1
        while _kind_at(paragraphs, end) == "paragraph" and _ITEM_END.search(paragraphs[end].text.rstrip()):
            end += 1
        if end > index + 1 and _kind_at(paragraphs, end) == "paragraph":
            for number in range(index + 1, end + 1):
                result[number] = replace(paragraphs[number], kind="item")
    return result


def _kind_at(paragraphs: list[ImportedParagraph], index: int) -> str:
    return paragraphs[index].kind if index < len(paragraphs) else ""


def _consecutive(paragraphs: list[ImportedParagraph], index: int, kind: str) -> list[ImportedParagraph]:
    """Return the consecutive paragraphs of a kind that start at an index.

    A list ends before an item whose list style differs from earlier items on the same level.
    """
    result: list[ImportedParagraph] = []
    style_by_level: dict[int, str] = {}
    for paragraph in paragraphs[index:]:
        if paragraph.kind != kind or (
            kind == "item" and style_by_level.setdefault(paragraph.level, paragraph.list_style) != paragraph.list_style
        ):
            break
        result.append(paragraph)
    return result


def _single_block(paragraph: ImportedParagraph) -> DraftBlock:
    if paragraph.kind == "heading":
        return DraftBlock("heading", (paragraph.content,), paragraph.line, level=paragraph.level)
    if paragraph.kind == "rule":
        return DraftBlock("rule", (), paragraph.line)
    return DraftBlock("paragraph", (paragraph.content,), paragraph.line)


def _list_block(intro: ImportedParagraph | None, items: list[ImportedParagraph]) -> DraftBlock:
    texts = [*([intro.content] if intro else []), *(item.content for item in items)]
    top_level = min(item.level for item in items)
    levels = tuple(item.level - top_level for item in items)
    return DraftBlock(
        "list", tuple(texts), (intro or items[0]).line, list_style=items[0].list_style, has_intro=intro is not None, levels=levels
    )


def _figure_or_table(paragraph: ImportedParagraph, caption: ImportedParagraph | None) -> DraftBlock:
    captions = (caption.content,) if caption else ()
    if paragraph.kind == "figure":
        return DraftBlock("figure", captions, paragraph.line, image=paragraph.image)
    column_count = max(map(len, paragraph.rows), default=0)
    cells = tuple(row[index] if index < len(row) else () for row in paragraph.rows for index in range(column_count))
    has_tall_header = any(cell.row == 0 and cell.rows > 1 for cell in paragraph.merged)
    return DraftBlock(
        "table",
        (*captions, *cells),
        paragraph.line,
        has_intro=bool(captions),
        column_count=column_count,
        merged=paragraph.merged,
        has_header=paragraph.has_header and len(paragraph.rows) > 1 and not has_tall_header,
    )


_ENDINGS = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|或)?|[.。])\s*$")


def without_endings(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """Remove the punctuation that the house style adds after list items, if every item of the list has it."""
    return [_list_without_endings(block) if block.kind == "list" and block.has_intro else block for block in blocks]


def _list_without_endings(block: DraftBlock) -> DraftBlock:
    intro, *items = block.texts
    if not all(item and isinstance(item[-1], str) and _ENDINGS.search(item[-1]) for item in items):
        return block
    return replace(block, texts=(intro, *(_without_ending(item) for item in items)))


def _without_ending(item: Segment) -> Segment:
    last = item[-1]
    return (*item[:-1], _ENDINGS.sub("", last)) if isinstance(last, str) else item

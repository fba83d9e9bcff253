"""Drafts of documents with title, date of issue and blocks, made from imported paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.importing.formatting import without_strong
from ipdocs.importing.list_items import with_list_items
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph
from ipdocs.importing.table_grid import MergedCell
from ipdocs.importing.template_lines import find_template_lines, lines_of
from ipdocs.locale.import_words import ImportWords, import_words
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import Segment, join_words, tidy, to_display_text
from ipdocs.workspace import Workspace

BlockKind = Literal["paragraph", "heading", "list", "quotation", "figure", "table", "definitions", "footnotes", "rule"]


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block in one language.

    Attributes:
        kind: the kind of block.
        texts: the texts in document order; for a table, the caption and then the cells row by row; for
            definitions, each term before its description.
        line: the line number in the imported file.
        level: the level of a heading, 2 to 4.
        has_intro: whether the first text is the introduction to a list or the caption of a table.
        levels: the nesting depth of each list item.
        item_styles: the list style of each list item: bullet, number, letter or roman.
        markers: the marker of each list item as typed in the file; empty if the list writes it.
        numbers: the number of each list item; 0 if it counts on from the one before it, or has none.
        may_be_heading: whether a paragraph looks like a heading.
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
    has_intro: bool = False
    levels: tuple[int, ...] = ()
    item_styles: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    may_be_heading: bool = False
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
    """

    language: str
    title: Segment | None = None
    issued: str = ""
    issue_time: str = ""
    reference: str = ""
    style: str = ""
    blocks: list[DraftBlock] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


_TITLE_NOTE = re.compile(r"\s*[(（]\s*([^()（）]{2,80}?)\s*[)）]\s*$")
_MAX_HEADING, _MAX_CHINESE_HEADING = 120, 40
"""The maximum length of a heading, in English and in Chinese."""


def make_draft(imported: ImportedFile, language: str, workspace: Workspace) -> Draft:
    """Make a draft from the paragraphs of one language.

    Lines that a template writes are not imported as blocks. They give the date, time and reference.
    """
    paragraphs = imported.paragraphs
    title_index = _title_index(paragraphs, frozenset())
    lines = find_template_lines(paragraphs, title_index, language, workspace)
    if title_index is None or title_index in lines.paragraphs:
        title_index = _title_index(paragraphs, lines.paragraphs)
    draft = Draft(language, None, lines.issued, lines.issue_time, lines.reference, lines.style, left_out=list(imported.left_out))
    for index in sorted(lines.paragraphs):
        text = " / ".join(lines_of(paragraphs[index].content))
        detail = "in a letterhead" if index in lines.mastheads else ""
        draft.left_out.append(LeftOut(text, LeftOutReason.TEMPLATE_WRITES_IT, paragraphs[index].line, detail))
    title = list(_title_indexes(paragraphs, title_index, lines.paragraphs))
    if title:
        draft.title = _without_title_note(_joined([paragraphs[index] for index in title]), draft, import_words(workspace))
    body = [paragraph for index, paragraph in enumerate(paragraphs) if index not in title and index not in lines.paragraphs]
    draft.blocks = draft_blocks(body, workspace)
    return draft


def draft_blocks(paragraphs: Sequence[ImportedParagraph], workspace: Workspace) -> list[DraftBlock]:
    """Return the blocks that paragraphs in one language make, without lines across the page above and below the text."""
    words = import_words(workspace)
    return list(_blocks(with_list_items(_without_outer_rules(paragraphs), words), words))


def _without_outer_rules(paragraphs: Sequence[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs without the lines across the page above and below the text, and without repeated ones."""
    texts = [index for index, paragraph in enumerate(paragraphs) if paragraph.kind not in ("rule", "note")]
    first, last = (texts[0], texts[-1]) if texts else (0, -1)
    return [
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if paragraph.kind != "rule" or (first < index < last and paragraphs[index - 1].kind != "rule")
    ]


def _title_index(paragraphs: Sequence[ImportedParagraph], others: Collection[int]) -> int | None:
    """Return the index of the title, or None if there is none; `others` are the indexes of paragraphs that are no title."""
    texts = [
        index for index, paragraph in enumerate(paragraphs) if paragraph.kind not in ("figure", "rule") and index not in others
    ]
    titles = [index for index in texts if paragraphs[index].kind == "title"]
    titles += [index for index in texts[:4] if _looks_like_title(paragraphs[index])]
    return titles[0] if titles else None


def _title_indexes(paragraphs: Sequence[ImportedParagraph], title_index: int | None, others: Collection[int]) -> Iterator[int]:
    """Yield the index of the title, and those of the titles directly after it, which continue it on further lines."""
    if title_index is None:
        return
    yield title_index
    for index in range(title_index + 1, len(paragraphs)):
        if not paragraphs[title_index].kind == paragraphs[index].kind == "title" or index in others:
            break
        yield index


def _joined(lines: Sequence[ImportedParagraph]) -> ImportedParagraph:
    """Return the lines of a title as one paragraph, with spaces between the lines, but not between Chinese ones."""
    content = lines[0].content
    for line in lines[1:]:
        space = "" if is_chinese(line.text) else " "
        content = join_words((*content, space, *line.content))
    return replace(lines[0], content=content)


def _looks_like_title(paragraph: ImportedParagraph) -> bool:
    return (
        paragraph.kind in ("heading", "paragraph")
        and len(paragraph.text) < 160
        and not paragraph.text.endswith((".", "。", ":", "：", ",", "，"))
    )


def _without_title_note(title: ImportedParagraph, draft: Draft, words: ImportWords) -> Segment:
    """Return a title without a note such as "(with photos)", which is listed as left out."""
    last = title.content[-1]
    note = _TITLE_NOTE.search(last) if isinstance(last, str) else None
    if note is None or not isinstance(last, str) or not _is_title_note(note[1], words):
        return title.content
    detail = "if the source has pictures"
    draft.left_out.append(LeftOut(note[0].strip(), LeftOutReason.TEMPLATE_WRITES_IT, title.line, detail))
    return tidy((*title.content[:-1], last[: note.start()]))


def _is_title_note(text: str, words: ImportWords) -> bool:
    """Whether each part of a text is a note of a title; later parts may lack the first word, as in "with photos/video"."""
    first, *others = re.split(rf"\s*(?:[/／、,，&]|{words.alternatives('conjunction')})\s*", text)
    first_word = first[: first.find(" ") + 1] or first[:1]
    return words.is_text_of("title-note", first) and all(
        words.is_text_of("title-note", other) or words.is_text_of("title-note", first_word + other) for other in others
    )


def _blocks(paragraphs: list[ImportedParagraph], words: ImportWords) -> Iterator[DraftBlock]:
    index = 0
    notes = [paragraph for paragraph in paragraphs if paragraph.kind == "note"]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.kind != "note"]
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        is_intro = (
            paragraph.kind == "paragraph"
            and paragraph.text.rstrip().endswith((":", "："))
            and not words.is_text_of("salutation", paragraph.text.strip().rstrip(":："))
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
        elif paragraph.kind == "definition":
            entries = _consecutive(paragraphs, index, "definition")
            texts = tuple(cell for entry in entries for row in entry.rows for cell in row)
            yield DraftBlock("definitions", texts, paragraph.line)
            index += len(entries)
        elif paragraph.kind in ("figure", "table"):
            has_caption = not paragraph.content and _kind_at(paragraphs, index + 1) == "caption"
            yield _figure_or_table(paragraph, paragraphs[index + 1] if has_caption else None)
            index += 1 + has_caption
        elif (
            paragraph.kind == "caption"
            and _kind_at(paragraphs, index + 1) in ("table", "figure")
            and not paragraphs[index + 1].content
        ):
            yield _figure_or_table(paragraphs[index + 1], paragraph)
            index += 2
        else:
            yield _single_block(paragraph, paragraphs[index + 1] if index + 1 < len(paragraphs) else None)
            index += 1
    if notes:
        yield DraftBlock(
            "footnotes", tuple(note.content for note in notes), notes[0].line, names=tuple(note.name for note in notes)
        )


def _kind_at(paragraphs: list[ImportedParagraph], index: int) -> str:
    return paragraphs[index].kind if index < len(paragraphs) else ""


def _consecutive(paragraphs: list[ImportedParagraph], index: int, kind: str) -> list[ImportedParagraph]:
    """Return the consecutive paragraphs of a kind that start at an index.

    A list ends before an item whose list style or number differs from what earlier items on the same level lead to expect.
    """
    result: list[ImportedParagraph] = []
    style_by_level: dict[int, str] = {}
    next_number = 0
    for position in range(index, len(paragraphs)):
        paragraph = paragraphs[position]
        if paragraph.kind != kind:
            break
        if kind == "item":
            style_by_level = {level: style for level, style in style_by_level.items() if level <= paragraph.level}
            is_outermost = not result or paragraph.level <= result[0].level
            has_other_number = is_outermost and result and paragraph.number and paragraph.number != next_number
            style = style_by_level.setdefault(paragraph.level, result[0].list_style if is_outermost and result else "")
            if has_other_number or (style and style != paragraph.list_style):
                break
            style_by_level[paragraph.level] = paragraph.list_style
            if is_outermost:
                next_number = (paragraph.number or next_number or 1) + 1
        result.append(paragraph)
    return result


def _single_block(paragraph: ImportedParagraph, following: ImportedParagraph | None) -> DraftBlock:
    if paragraph.kind in ("heading", "title"):
        return DraftBlock("heading", (paragraph.content,), paragraph.line, level=max(paragraph.level, 2))
    if paragraph.kind == "rule":
        return DraftBlock("rule", (), paragraph.line)
    may_be_heading = _may_be_heading(paragraph, following)
    return DraftBlock("paragraph", (paragraph.content,), paragraph.line, may_be_heading=may_be_heading)


def as_heading(block: DraftBlock) -> DraftBlock:
    """Return a paragraph as a heading directly below the title, without strong emphasis that applies to all of it."""
    return replace(block, kind="heading", texts=tuple(map(without_strong, block.texts)), level=2, may_be_heading=False)


_END_OF_TEXT = re.compile(r"[.。:：\ufe30;；,，!！?？…、]$")


def _may_be_heading(paragraph: ImportedParagraph, following: ImportedParagraph | None) -> bool:
    """Whether a paragraph is a short line that stands alone, without an end mark, before text that is no such line."""
    return following is not None and _is_short_line(paragraph) and not _is_short_line(following) and following.kind != "rule"


def _is_short_line(paragraph: ImportedParagraph) -> bool:
    text = paragraph.text.strip()
    max_length = _MAX_CHINESE_HEADING if is_chinese(text) else _MAX_HEADING
    return (
        paragraph.kind == "paragraph"
        and paragraph.stands_alone
        and len(text) <= max_length
        and not _END_OF_TEXT.search(text)
        and not re.search(r"[:：]|[(（][^()（）]*$", text)
        and re.search(r"[^\W\d_]", text) is not None
    )


def _list_block(intro: ImportedParagraph | None, items: list[ImportedParagraph]) -> DraftBlock:
    top_level = min(item.level for item in items)
    levels: list[int] = []
    for item in items:
        levels.append(min(item.level - top_level, levels[-1] + 1 if levels else 0))
    return DraftBlock(
        "list",
        (*((intro.content,) if intro else ()), *(item.content for item in items)),
        (intro or items[0]).line,
        has_intro=intro is not None,
        levels=tuple(levels),
        item_styles=tuple(item.list_style for item in items),
        markers=tuple(item.marker for item in items),
        numbers=tuple(item.number for item in items),
    )


def _figure_or_table(paragraph: ImportedParagraph, caption: ImportedParagraph | None) -> DraftBlock:
    captions = tuple(filter(None, (paragraph.content, *((caption.content,) if caption else ()))))
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

"""Imported paragraphs in, a draft of a document out: its title, when it was issued, and blocks such as sources have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph, LeftOut
from ipdocs.source.segment import Segment, shown, tidy

Kind = Literal["paragraph", "heading", "list", "quotation", "figure", "table", "footnotes", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block in one language: its texts in their order, and what else makes it the block it is.

    A list has `levels`, one an item, and its first text is an introduction if `intro` says so. A table has so many
    `columns`; a figure its picture, its texts being what it shows (if the file says) and its caption.
    """

    kind: Kind
    texts: tuple[Segment, ...]
    line: int
    level: int = 0
    mark: str = "bullet"
    intro: bool = False
    levels: tuple[int, ...] = ()
    columns: int = 0
    head: bool = False
    image: Image | None = None
    names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All its words as they are read."""
        return " ".join(shown(text) for text in self.texts)


@dataclass(slots=True)
class Draft:
    """A document in one language as it was read."""

    language: str
    title: Segment | None = None
    issued: str = ""
    clock: str = ""
    reference: str = ""
    style: str = ""
    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    ended: bool = False


# Lines that a template makes of what a source states, by the house style that writes them so.
_ISSUED = (
    ("reprint", re.compile(r"(?:Issued|Posted|Date):\s*(?P<date>.{6,40})", re.I)),
    ("reprint", re.compile(r"(?:發出|發布)日期\s*[:：]\s*(?P<date>.{6,40})")),
    ("gia", re.compile(r"Ends/(?P<date>.{6,60})", re.I)),
    ("gia", re.compile(r"完[／/]?\s*(?P<date>.{6,60})")),
)
_CLOCK = re.compile(r"(?:Issued at )?(?:HKT|香港時間)\s*(?P<hour>\d{1,2})[:時](?P<minute>\d{2})分?", re.I)
_END = re.compile(r"(?:Ends|End|完|[-–— ]*30[-–— ]*)[\s/／]*")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:[（(]星期.[）)])?")
_REFERENCE = re.compile(r"(?:Reference|檔號|參考編號)\s*[:：]\s*(?P<said>.{1,60})", re.I)
_WITH_PHOTO = re.compile(r"\s*[(（](?:with photos?|with pictures?|附圖|附圖表|附相片)[)）]\s*$", re.I)
_STARS = re.compile(r"[*＊=_\-]{5,}")


def draft(imported: ImportedFile, language: str) -> Draft:
    """Return the draft that paragraphs of one language make: a line that a template writes is taken as what it states."""
    made = Draft(language, left_out=list(imported.left_out))
    body = [paragraph for paragraph in imported.paragraphs if not _stated(paragraph, made)]
    position = next((index for index, paragraph in enumerate(body) if paragraph.kind == "title"), None)
    if position is None:
        position = next((index for index, paragraph in enumerate(body[:4]) if _like_a_title(paragraph)), None)
    if position is not None:
        made.title = _without_photo(body.pop(position).content)
    made.blocks = list(_blocks(body))
    return made


def _like_a_title(paragraph: ImportedParagraph) -> bool:
    return (
        paragraph.kind in ("heading", "paragraph")
        and len(paragraph.text) < 160
        and not paragraph.text.endswith((".", "。", ":", "："))
    )


def _without_photo(content: Segment) -> Segment:
    last = content[-1]
    return tidy((*content[:-1], _WITH_PHOTO.sub("", last))) if isinstance(last, str) else content


def _stated(paragraph: ImportedParagraph, made: Draft) -> bool:
    """Take what lines of a template state; return whether the paragraph has nothing else."""
    if paragraph.kind not in ("paragraph", "heading"):
        return False
    lines = [line.strip() for line in _lines(paragraph.content)]
    if not lines or not all(_is_stated(line, made) for line in lines):
        return False
    made.left_out.append(LeftOut(" / ".join(lines), "the template writes it", paragraph.line))
    return True


def _lines(content: Segment) -> list[str]:
    text = "".join(part if isinstance(part, str) else "\n" if part.kind == "break" else part.shown for part in content)
    return [line for line in text.split("\n") if line.strip()]


def _is_stated(line: str, made: Draft) -> bool:
    for style, pattern in _ISSUED:
        if match := pattern.fullmatch(line):
            made.issued, made.style = made.issued or match["date"], made.style or style
            return True
    if match := _CLOCK.fullmatch(line):
        made.clock = f"{int(match['hour']):02}:{match['minute']}"
        return True
    if match := _REFERENCE.fullmatch(line):
        made.reference = match["said"]
        return True
    if _DATE.fullmatch(line) and made.ended and not made.issued:
        made.issued, made.style = line, made.style or "gia"
        return True
    made.ended = made.ended or bool(_END.fullmatch(line))
    return made.ended if _END.fullmatch(line) else bool(_STARS.fullmatch(line))


def _blocks(paragraphs: list[ImportedParagraph]) -> Iterator[Block]:
    index = 0
    notes = [paragraph for paragraph in paragraphs if paragraph.kind == "note"]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.kind not in ("note", "title")]
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        following = _run(paragraphs, index, paragraph.kind)
        introduces = (
            paragraph.kind == "paragraph"
            and paragraph.text.rstrip().endswith((":", "："))
            and _kind(paragraphs, index + 1) == "item"
        )
        if introduces or paragraph.kind == "item":
            items = _run(paragraphs, index + introduces, "item")
            yield _list(paragraph if introduces else None, items)
            index += introduces + len(items)
        elif paragraph.kind == "quotation":
            yield Block("quotation", tuple(one.content for one in following), paragraph.line)
            index += len(following)
        elif paragraph.kind in ("figure", "table"):
            caption = _kind(paragraphs, index + 1) == "caption"
            yield _framed(paragraph, paragraphs[index + 1] if caption else None)
            index += 1 + caption
        elif paragraph.kind == "caption" and _kind(paragraphs, index + 1) in ("table", "figure"):
            yield _framed(paragraphs[index + 1], paragraph)
            index += 2
        else:
            yield _single(paragraph)
            index += 1
    if notes:
        yield Block("footnotes", tuple(one.content for one in notes), notes[0].line, names=tuple(one.name for one in notes))


def _kind(paragraphs: list[ImportedParagraph], index: int) -> str:
    return paragraphs[index].kind if index < len(paragraphs) else ""


def _run(paragraphs: list[ImportedParagraph], index: int, kind: str) -> list[ImportedParagraph]:
    """Return the paragraphs of a kind that follow one another; items of one list have one kind of mark on each level."""
    found: list[ImportedParagraph] = []
    marks: dict[int, str] = {}
    for paragraph in paragraphs[index:]:
        if paragraph.kind != kind or (kind == "item" and marks.setdefault(paragraph.level, paragraph.mark) != paragraph.mark):
            break
        found.append(paragraph)
    return found


def _single(paragraph: ImportedParagraph) -> Block:
    if paragraph.kind == "heading":
        return Block("heading", (paragraph.content,), paragraph.line, level=paragraph.level)
    if paragraph.kind == "rule":
        return Block("rule", (), paragraph.line)
    return Block("paragraph", (paragraph.content,), paragraph.line)


def _list(intro: ImportedParagraph | None, items: list[ImportedParagraph]) -> Block:
    texts = [*([intro.content] if intro else []), *(item.content for item in items)]
    least = min(item.level for item in items)
    levels = tuple(item.level - least for item in items)
    return Block("list", tuple(texts), (intro or items[0]).line, mark=items[0].mark, intro=intro is not None, levels=levels)


def _framed(paragraph: ImportedParagraph, caption: ImportedParagraph | None) -> Block:
    said = (caption.content,) if caption else ()
    if paragraph.kind == "figure":
        return Block("figure", said, paragraph.line, image=paragraph.image)
    columns = max(map(len, paragraph.rows), default=0)
    cells = tuple(row[index] if index < len(row) else () for row in paragraph.rows for index in range(columns))
    return Block("table", (*said, *cells), paragraph.line, intro=bool(said), columns=columns, head=paragraph.head)


_ENDINGS = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|或)?|[.。])\s*$")


def without_endings(blocks: list[Block]) -> list[Block]:
    """Return blocks whose lists lack the endings that a house style gives: where every item has one."""
    return [_bare(block) if block.kind == "list" and block.intro else block for block in blocks]


def _bare(block: Block) -> Block:
    from dataclasses import replace

    first, *items = block.texts
    if not all(item and isinstance(item[-1], str) and _ENDINGS.search(item[-1]) for item in items):
        return block
    return replace(block, texts=(first, *(_stripped(item) for item in items)))


def _stripped(item: Segment) -> Segment:
    last = item[-1]
    return (*item[:-1], _ENDINGS.sub("", last)) if isinstance(last, str) else item

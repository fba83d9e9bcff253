"""Words pasted from other programs: the blocks that they make in one language, and how they stand beside another language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ipdocs.importing.align import align
from ipdocs.importing.document_draft import BlockKind, DraftBlock, draft_blocks
from ipdocs.importing.imported_release import ImportedRelease, block_lines
from ipdocs.importing.read_files import with_expressible_text
from ipdocs.importing.readers.text import read_lines
from ipdocs.importing.readers.web.reader import read_markup
from ipdocs.locale.language import language as language_of
from ipdocs.localisation.localise import language_context
from ipdocs.source.file import SourceText
from ipdocs.source.nodes import read_nodes
from ipdocs.source.open import Source
from ipdocs.source.segment import Code, Segment, join_words, segment, to_source_text
from ipdocs.source.texts import TextPlace
from ipdocs.workspace import Workspace

MAX_BLOCKS = 500
_USUAL_COLOUR = r"(?:windowtext|black|transparent|inherit|initial|auto|#000000|rgb\(0, ?0, ?0\))"
_DROPPED = {
    "pictures": r"<(?:img|v:imagedata|svg)\b",
    "underlining": r"<u\b|text-decoration[^;\"']*underline",
    "crossed-out words": r"<(?:s|strike|del)\b|line-through",
    "colours": rf"[;\"'\s](?:color|background(?:-color)?)\s*:\s*(?!{_USUAL_COLOUR})",
    "fonts and sizes": r"font-(?:family|size)\s*:|<font\b",
    "alignment": r"text-align\s*:\s*(?!left|start)",
    "comments": r"mso-comment|msocomanchor",
}
"""What a text of a source does not have, with what shows that pasted HTML has it."""


def pasted_blocks(html: str, text: str, path: Path, workspace: Workspace) -> list[DraftBlock]:
    """Return the blocks that pasted words make; pictures are left out.

    Args:
        html: the words as HTML, or an empty string.
        text: the words as plain text, which is read if there is no HTML.
        path: a path for findings.
        workspace: the workspace.

    Raises:
        IpdocsError: the HTML is unsafe, or has content that is passed over.
    """
    imported = with_expressible_text(read_markup(html, path) if html else read_lines(text, path), path)
    paragraphs = [replace(paragraph, content=_plain_links(paragraph.content)) for paragraph in imported.paragraphs]
    blocks = draft_blocks(paragraphs, workspace)
    return [block for block in blocks if block.kind != "figure" and (block.kind == "rule" or any(block.texts))][:MAX_BLOCKS]


def dropped_formats(html: str) -> list[str]:
    """Return the names of the formats of pasted HTML that a source does not have."""
    return [name for name, pattern in _DROPPED.items() if re.search(pattern, html, re.IGNORECASE)]


def _plain_links(content: Segment) -> Segment:
    """Return a text without links to places in the document that it comes from."""
    return join_words(
        tuple(part for part in content if not (isinstance(part, Code) and part.kind == "link" and part.name.startswith("#")))
    )


def block_value(block: DraftBlock, language: str) -> dict[str, Any]:
    """Return a block as a plain value of a source, with its texts in a language."""
    release = ImportedRelease("", "", "", [language], {})
    lines = [f"  {line}" for line in block_lines({language: block}, release)]
    nodes, findings = read_nodes(SourceText(Path("pasted"), "\n".join(["body:", *lines]) + "\n"))
    if nodes is None or findings:
        raise AssertionError("a pasted block cannot be read")
    return {str(key): _plain(value) for key, value in nodes.data["body"].items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else str(value)


def words_of(blocks: Sequence[DraftBlock]) -> str:
    """Return all words of blocks as one source text, with a line break between the paragraphs."""
    return "\n".join(to_source_text(text) for block in blocks for text in block.texts if text)


def grid_of(blocks: Sequence[DraftBlock]) -> list[list[str]] | None:
    """Return the cells of a table as source texts, if the blocks are one table."""
    if len(blocks) != 1 or blocks[0].kind != "table":
        return None
    (table,) = blocks
    cells = [to_source_text(text) for text in table.texts[int(table.has_intro) :]]
    return [cells[start : start + table.column_count] for start in range(0, len(cells), table.column_count)]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A block of a document with its texts in one language, and where they stand."""

    draft: DraftBlock
    places: tuple[TextPlace, ...]


def beside(
    blocks: Sequence[DraftBlock], places: Mapping[str, Sequence[TextPlace]], languages: tuple[str, str], source: Source
) -> list[tuple[str, str]]:
    """Return the texts that pasted words are beside the words of another language: the name of the place, and the text.

    Args:
        blocks: the pasted blocks.
        places: the texts of the blocks of the document from the caret on, keyed by block, in order.
        languages: the language that is there, and the language of the pasted words.
        source: the source.

    Returns:
        The texts, or an empty list if the pasted blocks do not correspond to blocks that lack them.
    """
    there, pasted = languages
    known: list[_Beside] = []
    for texts in places.values():
        draft = _draft(texts, there)
        if draft is None or any(pasted in place.texts for place in texts):
            break
        known.append(_Beside(draft, tuple(texts)))
        if len(known) >= 2 * len(blocks):
            break
    if not known:
        return []
    first, second = (language_context(source, language_of(code, source.workspace)).value_context for code in languages)
    pairs = align([other.draft for other in known[: len(blocks)]], blocks, (first, second), source.workspace)
    by_draft = {id(other.draft): other for other in known}
    result: list[tuple[str, str]] = []
    for pair in pairs:
        other = by_draft.get(id(pair.first))
        if pair.first is None and pair.second is None:
            continue
        if other is None or pair.second is None or len(pair.second.texts) != len(other.places):
            return []
        result += [
            (place.name, to_source_text(text)) for place, text in zip(other.places, pair.second.texts, strict=True) if text
        ]
    return result


def _draft(texts: Sequence[TextPlace], language: str) -> DraftBlock | None:
    """Return the texts of a block in a language as a draft, or None if one is missing or the block has other parts."""
    parts = [place.part for place in texts]
    words = [place.texts.get(language) for place in texts]  # type: ignore[call-overload]
    if not texts or any(word is None for word in words):
        return None
    segments = tuple(segment(str(word)) for word in words)
    first = parts[0].partition(".")[0]
    kinds: dict[str, BlockKind] = {"paragraph": "paragraph", "heading": "heading", "list": "list", "quotation": "quotation"}
    kinds |= {"definitions": "definitions"}
    if first not in kinds:
        return None
    has_intro = parts[0] == "list.intro"
    levels = tuple(part.count("list.items") - 1 for part in parts if "items" in part)
    return DraftBlock(
        kinds[first], segments, 0, level=2, has_intro=has_intro, levels=levels, item_styles=("bullet",) * len(levels)
    )

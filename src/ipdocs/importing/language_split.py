"""The language of each paragraph; a file of two languages becomes one for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.locale.conversion.converter import converter
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import shown
from ipdocs.workspace import Workspace

_LEAST = 0.15
"""The part of a file's characters that a second language must have to be more than names."""


def parted(imported: ImportedFile, workspace: Workspace) -> dict[str, ImportedFile]:
    """Return a file's paragraphs by language (codes): side by side in a table, or one after the other."""
    paragraphs = imported.paragraphs
    chinese = [paragraph for paragraph in paragraphs if is_chinese(_text(paragraph))]
    english = [paragraph for paragraph in paragraphs if paragraph not in chinese]
    total = sum(len(_text(paragraph)) for paragraph in paragraphs)
    name = _script(chinese, workspace)
    if chinese and sum(len(_text(paragraph)) for paragraph in english) < _LEAST * total:
        return {name: imported}
    # A Chinese text says in a third of the characters what an English one says.
    if sum(len(_text(paragraph)) for paragraph in chinese) <= _LEAST / 3 * total:
        return {"en": imported}
    return {"en": replace(imported, paragraphs=_near(paragraphs, english)), name: ImportedFile(_near(paragraphs, chinese))}


def _text(paragraph: ImportedParagraph) -> str:
    return paragraph.text + " ".join(shown(cell) for row in paragraph.rows for cell in row)


def _near(paragraphs: list[ImportedParagraph], chosen: list[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs of one language with those that have no words (pictures, rules), which belong to both."""
    return [paragraph for paragraph in paragraphs if paragraph in chosen or not _text(paragraph).strip()]


def _script(paragraphs: list[ImportedParagraph], workspace: Workspace) -> str:
    """Return sc for Simplified Chinese, tc for Traditional: the one that a conversion to it leaves as it is."""
    text = "".join(map(_text, paragraphs))[:4000]
    changed = sum(one != other for one, other in zip(text, converter("sc", "tc", workspace).convert(text), strict=False))
    back = sum(one != other for one, other in zip(text, converter("tc", "sc", workspace).convert(text), strict=False))
    return "sc" if changed > 3 * back else "tc"


def side_by_side(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows of a table are the same text in two languages, side by side."""
    pairs = [row for row in rows if any(cell.strip() for cell in row)]
    if not pairs or any(len(row) != 2 for row in pairs):
        return False
    both = [(is_chinese(one), is_chinese(other)) for one, other in pairs if one.strip() and other.strip()]
    return bool(both) and any(sum(pair == sides for pair in both) >= 0.9 * len(both) for sides in ((True, False), (False, True)))

"""Blocks of the source, made from aligned blocks of several languages, and findings about doubtful pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.importing.align import DOUBTFUL_COST, AlignedPair, align
from ipdocs.importing.document_draft import Draft, DraftBlock, as_heading
from ipdocs.importing.formatting import without_strong
from ipdocs.importing.imported_release import Versions
from ipdocs.locale.conversion.converter import converter
from ipdocs.source.segment import Segment, to_display_text
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

_TEXT_KINDS = {"paragraph", "quotation", "heading"}
_MAX_HEADING_LENGTH = 160
_SENTENCE_ENDS = (".", "。", ":", "：", ";", "；")


@dataclass(frozen=True, slots=True)
class Alignment:
    """What `align_blocks` needs to know about the languages of a release.

    Attributes:
        languages: the language codes; the first two are aligned with each other, others with one of them.
        settings: language, house style and day of issue, keyed by language code.
        paths: the path of the file of each language.
        workspace: the workspace with the glossary.
    """

    languages: Sequence[str]
    settings: Mapping[str, ValueContext]
    paths: Mapping[str, Path]
    workspace: Workspace


def align_blocks(drafts: Mapping[str, Draft], alignment: Alignment, findings: list[Finding]) -> list[Versions]:
    """Return the blocks of all languages in order, each with its versions; add doubtful pairs to `findings`."""
    first, *others = alignment.languages
    rows: list[Versions] = [{first: block} for block in drafts[first].blocks]
    for code in others:
        rows = list(_with_language(rows, code, drafts[code].blocks, alignment, findings))
    findings += [finding for row in rows for finding in _heading_findings(row, alignment.paths)]
    return rows


def _with_language(
    rows: list[Versions], code: str, blocks: Sequence[DraftBlock], alignment: Alignment, findings: list[Finding]
) -> Iterator[Versions]:
    """Yield the rows with the blocks of another language, which are aligned with the nearest language that each row has."""
    nearest = alignment.settings[code].language.converted_from or code
    references = [next(name for name in (nearest, *alignment.languages) if name in row) for row in rows]
    compared = [row[name] for row, name in zip(rows, references, strict=True)]
    main = next(iter(references), alignment.languages[0])
    settings = (alignment.settings[main], alignment.settings[code])
    position = 0
    for pair in align(compared, blocks, settings, alignment.workspace):
        count = pair.first_count
        row = _joined_rows(rows[position : position + count], pair, references[position : position + count])
        names = (references[position] if row else main, code)
        position += count
        for compatible in _compatible_pairs(pair):
            findings += _alignment_findings(compatible, names, alignment.paths)
        if pair.first is None or pair.second is None:
            yield row or ({code: pair.second} if pair.second else {})
            continue
        kept = next(_compatible_pairs(pair))
        if kept.first is None or kept.second is None:
            yield row
            yield {code: pair.second}
        else:
            yield {**{name: _as_kind(block, kept.first) for name, block in row.items()}, names[0]: kept.first, code: kept.second}


def without_converted(rows: list[Versions], alignment: Alignment, drafts: Mapping[str, Draft]) -> list[Versions]:
    """Return rows without the versions that are converted from another one, such as `sc` from `tc`; they are left out.

    A version that differs from its conversion is kept.
    """
    result: list[Versions] = []
    for row in rows:
        kept = dict(row)
        for code, block in row.items():
            origin = alignment.settings[code].language.converted_from or code
            if code == origin or origin not in row:
                continue
            conversion = converter(origin, code, alignment.workspace)
            if [conversion.convert(_words(text)) for text in row[origin].texts] == [_words(text) for text in block.texts]:
                del kept[code]
                drafts[code].left_out.append(LeftOut(block.full_text, LeftOutReason.DUPLICATE, block.line))
        result.append(kept)
    return result


def _words(text: Segment) -> str:
    return " ".join(to_display_text(text).split())


def _joined_rows(rows: Sequence[Versions], pair: AlignedPair, references: Sequence[str]) -> Versions:
    """Return rows as one row: the joined block of the pair, and the blocks of other languages joined in the same way."""
    if len(rows) < 2 or pair.first is None:
        return rows[0] if rows else {}
    codes = {code for row in rows for code in row}
    return {code: pair.first if code in references else pair.join([row[code] for row in rows if code in row]) for code in codes}


def _as_kind(block: DraftBlock, like: DraftBlock) -> DraftBlock:
    if not {block.kind, like.kind} <= _TEXT_KINDS:
        return block
    texts = tuple(map(without_strong, block.texts)) if like.kind == "heading" else block.texts
    may_be_heading = block.may_be_heading and like.kind == "paragraph"
    return replace(block, kind=like.kind, texts=texts, level=like.level, may_be_heading=may_be_heading)


def _compatible_pairs(pair: AlignedPair) -> Iterator[AlignedPair]:
    """Yield a pair, or its two blocks separately if a single block of the source cannot hold both."""
    first, second = pair.first, pair.second
    if first is None or second is None:
        yield pair
    elif first.may_be_heading and second.may_be_heading:
        yield replace(pair, first=as_heading(first), second=as_heading(second))
    elif first.kind == second.kind == "footnotes":
        names = tuple(dict.fromkeys((*first.names, *second.names)))
        yield replace(pair, first=_with_notes(first, names), second=_with_notes(second, names))
    elif first.kind == second.kind and _have_same_shape(first, second):
        yield pair
    elif {first.kind, second.kind} <= _TEXT_KINDS and len(first.texts) == len(second.texts) == 1:
        like = next((block for block in (first, second) if block.kind == "heading"), first)
        other = second if like is first else first
        if like.kind == "heading" and not _may_be_heading(other):
            like = other
        yield replace(pair, first=_as_kind(first, like), second=_as_kind(second, like))
    else:
        yield replace(pair, second=None)
        yield replace(pair, first=None)


def _may_be_heading(block: DraftBlock) -> bool:
    text = block.full_text.rstrip()
    return len(text) < _MAX_HEADING_LENGTH and not text.endswith(_SENTENCE_ENDS)


def _with_notes(block: DraftBlock, names: Sequence[str]) -> DraftBlock:
    """Return footnotes with a place for each name; a note that the language lacks is empty."""
    texts = dict(zip(block.names, block.texts, strict=True))
    return replace(block, names=tuple(names), texts=tuple(texts.get(name, ()) for name in names))


def _have_same_shape(first: DraftBlock, second: DraftBlock) -> bool:
    if first.kind == "table":
        shapes = [(block.column_count, len(block.texts), block.has_intro, block.merged) for block in (first, second)]
        return shapes[0] == shapes[1]
    if first.kind == "definitions":
        return len(first.texts) == len(second.texts)
    if first.kind == "figure" and first.image and second.image:
        return first.image.picture.data == second.image.picture.data
    return True


def _alignment_findings(pair: AlignedPair, languages: tuple[str, str], paths: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield findings about blocks without a counterpart, doubtful pairs, joined paragraphs, and lists of different lengths."""
    blocks = [(code, block) for code, block in zip(languages, (pair.first, pair.second), strict=True) if block]
    code, block = blocks[0]
    location = Location(paths[code], block.line)
    excerpts = tuple(Excerpt(name, version.full_text[:200], 0, min(len(version.full_text), 200)) for name, version in blocks)
    if len(blocks) == 1 and block.full_text.strip():
        other = languages[1] if code == languages[0] else languages[0]
        message = f"this {block.kind} has no counterpart in {other}: “{block.full_text[:60]}”"
        yield Finding("no-partner", message, location, f"add the {other} text, or write `only: {code}`", "warning", excerpts)
    elif len(blocks) == 2 and pair.joined > 1:
        code = languages[0] if pair.first_count > 1 else languages[1]
        message = f"{pair.joined} paragraphs in {code} were joined, because they are one in the other language"
        hint = "read the joined paragraph, and divide it in both languages if it is too long"
        yield Finding("paragraphs-joined", message, location, hint, "warning", excerpts)
    elif len(blocks) == 2 and pair.doubt > DOUBTFUL_COST:
        message = f"“{block.full_text[:50]}” and “{blocks[1][1].full_text[:50]}” may not correspond"
        hint = "check that each text is a translation of the other"
        yield Finding("doubtful-pair", message, location, hint, "warning", excerpts)
    counts = [len(version.levels) for _, version in blocks]
    if len(blocks) == 2 and counts[0] != counts[1]:
        message = f"this list has {counts[0]} items in {languages[0]} and {counts[1]} in {languages[1]}"
        yield Finding("items-differ", message, location, "add the items that are missing in one language", "warning", excerpts)


def _heading_findings(row: Versions, paths: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield a finding about a paragraph that looks like a heading in one language only."""
    for code, block in [(code, block) for code, block in row.items() if block.may_be_heading][:1]:
        message = f"this line may be a heading: “{block.full_text[:60]}”"
        hint = "write `heading:` instead of `paragraph:` if it is a heading"
        yield Finding("possible-heading", message, Location(paths[code], block.line), hint, "warning")

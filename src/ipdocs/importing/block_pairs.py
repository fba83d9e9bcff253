"""Blocks of the source, made from aligned blocks of several languages, and findings about doubtful pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.importing.align import DOUBTFUL_COST, AlignedPair, align, join_blocks
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


@dataclass(frozen=True, slots=True)
class PairedBlocks:
    """Corresponding blocks of the languages of a release, which become one block of the source.

    Attributes:
        versions: the block in each language.
        indices: the positions of the paragraphs that it was made from in the draft of each language.
        doubt: the cost of the pair: 0 if all features agree, higher the more they differ.
    """

    versions: Versions
    indices: Mapping[str, tuple[int, ...]]
    doubt: float = 0.0


def align_blocks(drafts: Mapping[str, Draft], alignment: Alignment, findings: list[Finding]) -> list[PairedBlocks]:
    """Return the blocks of all languages in order, each with its versions; add doubtful pairs to `findings`."""
    first, *others = alignment.languages
    rows = [PairedBlocks({first: block}, {first: (index,)}) for index, block in enumerate(drafts[first].blocks)]
    for code in others:
        rows = list(_with_language(rows, code, drafts[code].blocks, alignment, findings))
    findings += [finding for row in rows for finding in _heading_findings(row.versions, alignment.paths)]
    return rows


def pair_blocks(
    drafts: Mapping[str, Draft], alignment: Alignment, pairs: Sequence[Mapping[str, Sequence[int]]], findings: list[Finding]
) -> list[PairedBlocks]:
    """Return the blocks of all languages as an editor has paired them; add blocks without a counterpart to `findings`.

    Two blocks that no single block of the source can hold, such as a list and a table, stay separate.

    Args:
        drafts: the draft of each language.
        alignment: the languages.
        pairs: for each pair, the positions of its paragraphs in the draft of each language; several are joined.
        findings: the list to which findings are added.

    Raises:
        ValueError: the pairs do not have each block of each language exactly once, or join blocks that cannot be joined.
    """
    for code in alignment.languages:
        named = sorted(index for pair in pairs for index in pair.get(code, ()))
        if named != list(range(len(drafts[code].blocks))):
            raise ValueError(f"the pairs do not have each block in {code} exactly once")
    rows: list[PairedBlocks] = []
    for pair in pairs:
        codes = [code for code in alignment.languages if pair.get(code)]
        blocks = {code: [drafts[code].blocks[index] for index in pair[code]] for code in codes}
        shape = next((own[0] for own in blocks.values() if len(own) == 1), None)
        row = [PairedBlocks({codes[0]: _join(blocks[codes[0]], shape)}, {codes[0]: tuple(pair[codes[0]])})] if codes else []
        for code in codes[1:]:
            first = row[0]
            aligned = AlignedPair(first.versions[codes[0]], _join(blocks[code], shape), 0.0, 1, 1)
            row[:1] = _paired(first, aligned, (codes[0], code), tuple(pair[code]), alignment, findings)
        if len(codes) == 1 and len(alignment.languages) > 1:
            others = [code for code in alignment.languages if code != codes[0]]
            alone = AlignedPair(row[0].versions[codes[0]], None, 0.0, 1, 0)
            findings += _alignment_findings(alone, (codes[0], others[0]), alignment.paths)
        rows += row
    return rows


def can_join(first: DraftBlock, second: DraftBlock) -> bool:
    """Whether two blocks of one language can become one block without losing anything."""
    return first.kind == second.kind and (
        first.kind in ("paragraph", "quotation") or (first.kind == "list" and not second.has_intro)
    )


def _join(blocks: Sequence[DraftBlock], shape: DraftBlock | None) -> DraftBlock:
    """Return blocks of one language as one block, or paragraphs as the list that corresponds to them in another language.

    Raises:
        ValueError: the blocks cannot be joined.
    """
    if not all(can_join(blocks[0], block) for block in blocks[1:]):
        raise ValueError(f"a {blocks[0].kind} cannot be joined with the block after it")
    if blocks[0].kind == "paragraph":
        as_list = shape is not None and shape.kind == "list" and len(shape.texts) == len(blocks)
        return join_blocks(blocks, shape if as_list else None)
    return replace(
        blocks[0],
        texts=tuple(text for block in blocks for text in block.texts),
        levels=tuple(level for block in blocks for level in block.levels),
        item_styles=tuple(style for block in blocks for style in block.item_styles),
        markers=tuple(marker for block in blocks for marker in block.markers),
        numbers=tuple(number for block in blocks for number in block.numbers),
    )


def _with_language(
    rows: list[PairedBlocks], code: str, blocks: Sequence[DraftBlock], alignment: Alignment, findings: list[Finding]
) -> Iterator[PairedBlocks]:
    """Yield the rows with the blocks of another language, which are aligned with the nearest language that each row has."""
    nearest = alignment.settings[code].language.converted_from or code
    references = [next(name for name in (nearest, *alignment.languages) if name in row.versions) for row in rows]
    compared = [row.versions[name] for row, name in zip(rows, references, strict=True)]
    main = next(iter(references), alignment.languages[0])
    settings = (alignment.settings[main], alignment.settings[code])
    position = other_position = 0
    for pair in align(compared, blocks, settings, alignment.workspace):
        count = pair.first_count
        row = _joined_rows(rows[position : position + count], pair, references[position : position + count])
        names = (references[position] if row.versions else main, code)
        indices = tuple(range(other_position, other_position + pair.second_count))
        position, other_position = position + count, other_position + pair.second_count
        yield from _paired(row, pair, names, indices, alignment, findings)


def _paired(
    row: PairedBlocks,
    pair: AlignedPair,
    names: tuple[str, str],
    indices: tuple[int, ...],
    alignment: Alignment,
    findings: list[Finding],
) -> Iterator[PairedBlocks]:
    """Yield a row with the block of another language, or both separately if they are not compatible; add findings.

    Args:
        row: the row.
        pair: a block of the row, and the block of the other language.
        names: the codes of both languages.
        indices: the positions of the paragraphs in the other language.
        alignment: the languages.
        findings: the list to which findings are added.
    """
    for compatible in _compatible_pairs(pair):
        findings += _alignment_findings(compatible, names, alignment.paths)
    code = names[1]
    if pair.first is None or pair.second is None:
        yield row if row.versions else PairedBlocks({code: pair.second} if pair.second else {}, {code: indices})
        return
    kept = next(_compatible_pairs(pair))
    if kept.first is None or kept.second is None:
        yield row
        yield PairedBlocks({code: pair.second}, {code: indices})
        return
    versions = {name: _as_kind(block, kept.first) for name, block in row.versions.items()}
    versions |= {names[0]: kept.first, code: kept.second}
    yield PairedBlocks(versions, {**row.indices, code: indices}, max(row.doubt, pair.doubt))


def without_converted(rows: Sequence[Versions], alignment: Alignment, drafts: Mapping[str, Draft]) -> list[Versions]:
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


def _joined_rows(rows: Sequence[PairedBlocks], pair: AlignedPair, references: Sequence[str]) -> PairedBlocks:
    """Return rows as one row: the joined block of the pair, and the blocks of other languages joined in the same way."""
    if len(rows) < 2 or pair.first is None:
        return rows[0] if rows else PairedBlocks({}, {})
    codes = {code: None for row in rows for code in row.versions}
    versions = {
        code: pair.first if code in references else pair.join([row.versions[code] for row in rows if code in row.versions])
        for code in codes
    }
    indices = {code: tuple(index for row in rows for index in row.indices.get(code, ())) for code in codes}
    return PairedBlocks(versions, indices, max(row.doubt for row in rows))


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

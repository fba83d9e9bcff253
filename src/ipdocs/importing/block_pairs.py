"""Pairs of blocks in two languages that a block of the source can hold, and findings about doubtful pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ipdocs.findings import Excerpt, Finding, Location
from ipdocs.importing.align import DOUBTFUL_COST, AlignedPair, align
from ipdocs.importing.document_draft import Draft, DraftBlock, as_heading
from ipdocs.importing.imported_release import Versions
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


def align_blocks(
    drafts: dict[str, Draft],
    languages: list[str],
    settings: dict[str, ValueContext],
    workspace: Workspace,
    paths: dict[str, Path],
    findings: list[Finding],
) -> list[AlignedPair]:
    """Return the aligned blocks of the first two languages, and add findings about doubtful pairs to `findings`."""
    first = drafts[languages[0]].blocks
    if len(languages) == 1:
        pairs = [AlignedPair(block, None, 0.0) for block in first]
        findings += [finding for pair in pairs for finding in _heading_findings(pair, languages, paths)]
        return pairs
    second = drafts[languages[1]].blocks
    pairs = align(first, second, (settings[languages[0]], settings[languages[1]]), workspace)
    pairs = [compatible_pair for pair in pairs for compatible_pair in _compatible_pairs(pair)]
    for pair in pairs:
        findings += _alignment_findings(pair, languages, paths)
        findings += _heading_findings(pair, languages, paths)
    return pairs


def _compatible_pairs(pair: AlignedPair) -> Iterator[AlignedPair]:
    """Yield a pair, or its two blocks separately if a single block of the source cannot hold both."""
    first, second = pair.first, pair.second
    if first and second and first.may_be_heading and second.may_be_heading:
        yield AlignedPair(as_heading(first), as_heading(second), pair.doubt)
    elif first is None or second is None or (first.kind == second.kind and _have_same_shape(first, second)):
        yield pair
    elif {first.kind, second.kind} <= {"paragraph", "quotation", "heading"} and len(first.texts) == len(second.texts) == 1:
        yield AlignedPair(first, replace(second, kind=first.kind, level=first.level), pair.doubt)
    else:
        yield AlignedPair(first, None, pair.doubt)
        yield AlignedPair(None, second, pair.doubt)


def _have_same_shape(first: DraftBlock, second: DraftBlock) -> bool:
    if first.kind == "table":
        shapes = [(block.column_count, len(block.texts), block.has_intro, block.merged) for block in (first, second)]
        return shapes[0] == shapes[1]
    if first.kind == "definitions":
        return len(first.texts) == len(second.texts)
    if first.kind == "figure" and first.image and second.image:
        return first.image.picture.data == second.image.picture.data
    return first.kind != "footnotes" or first.names == second.names


def _alignment_findings(pair: AlignedPair, languages: list[str], paths: dict[str, Path]) -> Iterator[Finding]:
    """Yield findings about blocks without a counterpart, doubtful pairs, and lists with different numbers of items."""
    blocks = list(by_language(pair, languages).items())
    code, block = blocks[0]
    location = Location(paths[code], block.line)
    excerpts = tuple(Excerpt(name, version.full_text[:200], 0, min(len(version.full_text), 200)) for name, version in blocks)
    if len(blocks) == 1 and block.full_text.strip():
        other = languages[1] if code == languages[0] else languages[0]
        message = f"this {block.kind} has no counterpart in {other}: “{block.full_text[:60]}”"
        yield Finding("no-partner", message, location, f"add the {other} text, or write `only: {code}`", "warning", excerpts)
    elif len(blocks) == 2 and pair.doubt > DOUBTFUL_COST:
        message = f"“{block.full_text[:50]}” and “{blocks[1][1].full_text[:50]}” may not correspond"
        hint = "check that each text is a translation of the other"
        yield Finding("doubtful-pair", message, location, hint, "warning", excerpts)
    counts = [len(version.levels) for _, version in blocks]
    if len(blocks) == 2 and counts[0] != counts[1]:
        message = f"this list has {counts[0]} items in {languages[0]} and {counts[1]} in {languages[1]}"
        yield Finding("items-differ", message, location, "add the items that are missing in one language", "warning", excerpts)


def _heading_findings(pair: AlignedPair, languages: list[str], paths: dict[str, Path]) -> Iterator[Finding]:
    """Yield a finding about a paragraph that looks like a heading in one language only."""
    candidates = [(code, block) for code, block in by_language(pair, languages).items() if block.may_be_heading]
    for code, block in candidates[:1]:
        message = f"this line may be a heading: “{block.full_text[:60]}”"
        hint = "write `heading:` instead of `paragraph:` if it is a heading"
        yield Finding("possible-heading", message, Location(paths[code], block.line), hint, "warning")


def by_language(pair: AlignedPair, languages: list[str]) -> Versions:
    """Return the blocks of a pair, keyed by language code."""
    return {code: block for code, block in zip(languages, (pair.first, pair.second), strict=False) if block}

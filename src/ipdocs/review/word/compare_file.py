"""Find the changes that reviewers made to one language of a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.review.word.built_file import BuiltDocument, BuiltText
from ipdocs.review.word.not_imported import formatting_findings, joined_findings
from ipdocs.review.word.pairing import are_similar, pair_paragraphs, with_lost_bookmarks
from ipdocs.review.word.restructure import ReviewChange, StructureEdits
from ipdocs.review.word.reviewed_file import Comment, ReviewedFile, ReviewedParagraph, normalise_spaces
from ipdocs.review.word.rewrite import EditedFact, apply_edits, displayed_text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import Segment, codes, count_codes, is_balanced, to_source_text
from ipdocs.source.texts import Keys
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise


@dataclass(slots=True)
class CollectedReview:
    """The changes collected from all files.

    Attributes:
        texts: the changed texts of each file, keyed by place and language.
        structure: the blocks and items that were added, deleted or moved.
        changes: all changes.
        comments: the comments, each with the id of its block.
        findings: the problems.
        added_cells: the texts of new cells in the tables of the current file, keyed by block and language.
    """

    texts: list[dict[tuple[Keys, str], str]] = field(default_factory=list)
    structure: StructureEdits = field(default_factory=StructureEdits)
    changes: list[ReviewChange] = field(default_factory=list)
    comments: list[tuple[str, Comment]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    added_cells: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def compare_file(built: BuiltDocument, edited: ReviewedFile, file: Path, review: CollectedReview, *, monolingual: bool) -> None:
    """Add the changes that reviewers made to one language of a file.

    Args:
        built: the document as it is built from the source.
        edited: the content of the edited file.
        file: the path of the edited file.
        review: receives the changes.
        monolingual: whether the file has no other language, so that text outside all blocks belongs to this one.
    """
    review.structure.begin_file()
    code = built.language.code
    by_bookmark: dict[str, list[ReviewedParagraph]] = {}
    paragraphs = with_lost_bookmarks(built.content.paragraphs, edited.paragraphs)
    for paragraph in paragraphs:
        if paragraph.bookmark.startswith(f"ipX{code}X") and paragraph.text:
            by_bookmark.setdefault(paragraph.bookmark, []).append(paragraph)
    if monolingual:
        _add_paragraphs_outside_blocks(built, paragraphs, by_bookmark, review)
    # Files of earlier versions may have words of the template in the bookmark of a block; the block was not deleted then.
    marked = {paragraph.bookmark for paragraph in edited.paragraphs if paragraph.text}
    for bookmark in built.content.bookmarks:
        if bookmark in marked and bookmark not in by_bookmark:
            continue
        before = [paragraph for paragraph in built.content.paragraphs if paragraph.bookmark == bookmark and paragraph.text]
        _compare_block(bookmark, before, by_bookmark.get(bookmark, []), built, file, review, monolingual=monolingual)
        review.findings += formatting_findings(before, by_bookmark.get(bookmark, []), code, file)
    notes = [
        note
        for note, position in zip(edited.notes, edited.note_positions, strict=True)
        if monolingual or paragraphs[position].bookmark.startswith(f"ipX{code}X")
    ]
    _compare_notes(built, notes, file, review)
    review.findings += joined_findings(review.changes, code, file)
    review.findings += (_added_cells_finding(*key, words, file) for key, words in review.added_cells.items())
    review.added_cells.clear()
    bookmarks = dict.fromkeys(paragraph.bookmark for paragraph in paragraphs)
    order = [built.blocks[bookmark] for bookmark in bookmarks if bookmark in built.blocks and bookmark in by_bookmark]
    review.structure.add_order(order)
    for comment in edited.comments:
        if comment.bookmark in built.blocks or (monolingual and not comment.bookmark):
            review.comments.append((built.blocks.get(comment.bookmark, ""), comment))


def _add_paragraphs_outside_blocks(
    built: BuiltDocument,
    paragraphs: Sequence[ReviewedParagraph],
    by_bookmark: dict[str, list[ReviewedParagraph]],
    review: CollectedReview,
) -> None:
    """Add the paragraphs outside all blocks: list items join the list before them, and others become new paragraphs."""
    positions = {paragraph.bookmark: index for index, paragraph in enumerate(paragraphs) if paragraph.bookmark}
    texts_outside_blocks = [paragraph.text for paragraph in built.content.paragraphs if not paragraph.bookmark]
    for index, paragraph in enumerate(paragraphs):
        if paragraph.bookmark or not paragraph.text:
            continue
        position_before = max((position for position in positions.values() if position < index), default=None)
        bookmark = paragraphs[position_before].bookmark if position_before is not None else ""
        if paragraph.is_list_item and bookmark in by_bookmark and by_bookmark[bookmark][-1].is_list_item:
            by_bookmark[bookmark].append(paragraph)
        elif any(are_similar(paragraph.text, text) for text in texts_outside_blocks):
            continue
        elif paragraph.in_table:
            block = built.blocks.get(bookmark, "")
            review.added_cells.setdefault((block, built.language.code), []).append(paragraph.text)
        else:
            _add_paragraph(built.blocks.get(bookmark, ""), paragraph, built.language.code, review)


def _is_table(originals: Sequence[BuiltText | None]) -> bool:
    """Whether texts of a block are those of a table."""
    return any(original is not None and "table" in original.place.keys for original in originals)


def _added_cells_finding(block: str, code: str, words: Sequence[str], file: Path) -> Finding:
    cells = "a cell was" if len(words) == 1 else f"{len(words)} cells were"
    message = f"{cells} added to a table at '{block or 'the beginning'}' ({code}): “{' / '.join(words)[:200]}”"
    hint = "add the row, the column or the table to the source, in every language"
    return Finding("cells-added", message, Location(file), hint)


def _add_paragraph(block: str, paragraph: ReviewedParagraph, code: str, review: CollectedReview) -> None:
    review.structure.add_paragraph(block, code, paragraph.marked_text)
    review.changes.append(ReviewChange(block, code, "paragraph added", paragraph.text, paragraph.authors))


def _compare_notes(built: BuiltDocument, notes: Sequence[ReviewedParagraph], file: Path, review: CollectedReview) -> None:
    """Add the changes to footnotes, and report footnotes that were added or deleted."""
    before = [note.text for note in built.content.notes]
    for index, note in pair_paragraphs(before, notes):
        original = _note_text(built, before[index]) if index is not None else None
        if note is None and index is not None:
            _delete_text(original, "", before[index], built, file, review)
        elif note is not None and index is None:
            message = f"a footnote was added: “{note.text[:80]}”"
            hint = "add it to the `footnotes` of the source, and `[^name]` to the text to which it belongs"
            review.findings.append(Finding("note-added", message, Location(file), hint))
        elif note is not None and index is not None and note.marked_text != built.content.notes[index].marked_text:
            if original is None:
                _report_template_text("", before[index], file, review)
            else:
                _edit_text(original, note, built, file, review)


def _note_text(built: BuiltDocument, text: str) -> BuiltText | None:
    for texts in built.texts.values():
        for place, parts in texts:
            words = normalise_spaces(displayed_text(parts))
            if "footnotes" in place.keys and words and text.endswith(words):
                return BuiltText(place, parts, text.removesuffix(words), "")
    return None


def _compare_block(
    bookmark: str,
    before: list[ReviewedParagraph],
    edited: list[ReviewedParagraph],
    built: BuiltDocument,
    file: Path,
    review: CollectedReview,
    *,
    monolingual: bool,
) -> None:
    """Add the changes to one block.

    Args:
        bookmark: the name of the bookmark around the block.
        before: its built paragraphs.
        edited: its edited paragraphs.
        built: the built document.
        file: the path of the edited file.
        review: receives the changes.
        monolingual: whether the file has one language, so that its layout has no table.
    """
    if [paragraph.marked_text for paragraph in edited] == [paragraph.marked_text for paragraph in before]:
        return
    texts = [paragraph.text for paragraph in before]
    block, code = built.blocks.get(bookmark, ""), built.language.code
    originals = [built.find_text(bookmark, text) for text in texts]
    if not edited:
        if any(originals):
            review.structure.delete_block(block, code)
            review.changes.append(ReviewChange(block, code, "block deleted", " ".join(texts)[:200]))
        elif block:
            _report_template_text(block, texts[0] if texts else "", file, review)
        return
    previous: BuiltText | None = None
    for index, paragraph in pair_paragraphs(texts, edited):
        original = originals[index] if index is not None else None
        if index is not None and paragraph is not None and before[index].marked_text != paragraph.marked_text:
            if original is None:
                _report_template_text(block, texts[index], file, review)
            else:
                _edit_text(original, paragraph, built, file, review)
        elif index is None and paragraph is not None and paragraph.in_table and (monolingual or _is_table(originals)):
            review.added_cells.setdefault((block, code), []).append(paragraph.text)
        elif index is None and paragraph is not None:
            _add_item_or_paragraph(previous, block, paragraph, built, review)
        elif index is not None and paragraph is None:
            _delete_text(original, block, texts[index], built, file, review)
        previous = original or previous


def _edit_text(
    original: BuiltText, paragraph: ReviewedParagraph, built: BuiltDocument, file: Path, review: CollectedReview
) -> None:
    """Add the change to a text, and report facts that were edited."""
    place, code = original.place, built.language.code
    new_text = original.strip_template(paragraph.text)
    if new_text is None:
        _report_template_text(place.block, paragraph.text, file, review)
        return
    start = len(original.template_prefix)
    parts, facts = apply_edits(original.parts, paragraph.marked_text[start : start + len(new_text)])
    for fact in facts:
        review.findings.append(_edited_fact_finding(fact, place.name, built, file))
    review.findings += _lost_fact_findings(original, parts, code, file)
    if parts == original.parts or not is_balanced(parts):
        return
    text = to_source_text(parts)
    problems = parse_with_findings(Text(text))[1]
    for problem in problems:
        review.findings.append(Finding("bad-text", f"'{place.name}': {problem.message}", Location(file), problem.hint))
    if text.strip() and not problems:
        review.texts[-1][place.keys, code] = text
        review.changes.append(ReviewChange(place.block, code, "text changed", new_text, paragraph.authors))


def _lost_fact_findings(original: BuiltText, parts: Segment, code: str, file: Path) -> Iterator[Finding]:
    """Yield a warning for each fact that a reviewer deleted from a text."""
    lost = count_codes(original.parts) - count_codes(parts)
    for part in dict.fromkeys(part for part in codes(original.parts) if part.kind == "fact"):
        if lost[part.kind, part.role, part.name]:
            message = f"'{original.place.name}' ({code}) has lost the fact {part.name} (“{part.display}”)"
            hint = "write the expression of the fact into the source again, unless it is to go in every language"
            yield Finding("changed-code", message, Location(file), hint, "warning")


def _edited_fact_finding(fact: EditedFact, name: str, built: BuiltDocument, file: Path) -> Finding:
    hint = f"change the fact {fact.code.name} in the source"
    value_spans = recognise(fact.words, built.language)
    if len(value_spans) == 1:
        with suppress(ValueError):  # some values have no notation, because facts cannot hold them
            hint = f"change the fact {fact.code.name} to {notation(value_spans[0].value)} in the source"
    message = (
        f"the fact {fact.code.name} in '{name}' ({built.language.code}) was edited from “{fact.code.display}” to “{fact.words}”"
    )
    return Finding("edited-fact", message, Location(file), hint, "warning")


def _report_template_text(block: str, text: str, file: Path, review: CollectedReview) -> None:
    block_name = f"'{block}'" if block else "no block"
    message = f"“{text[:60]}” ({block_name}) was edited, but it comes from a template or a boilerplate section"
    hint = "edit the template or the section instead"
    review.findings.append(Finding("not-of-the-source", message, Location(file), hint, "warning"))


def _add_item_or_paragraph(
    previous: BuiltText | None, block: str, paragraph: ReviewedParagraph, built: BuiltDocument, review: CollectedReview
) -> None:
    """Add a new list item or paragraph after the previous text."""
    code = built.language.code
    keys = previous.place.keys if previous else ()
    if previous and paragraph.is_list_item and keys and (keys[-1] == "intro" or "items" in keys):
        text = (previous.strip_template(paragraph.text) if previous.template_suffix else paragraph.text) or paragraph.text
        start = paragraph.text.index(text)
        review.structure.add_item(*_position_after(keys), code, paragraph.marked_text[start : start + len(text)])
        review.changes.append(ReviewChange(block, code, "item added", paragraph.text, paragraph.authors))
    else:
        _add_paragraph(block, paragraph, code, review)


def _position_after(keys: Keys) -> tuple[Keys, int]:
    """Return the list and index for a new item after a text.

    The text, named by its keys, is a list item or a list's introduction.
    """
    match keys:
        case (*before, int(index)):
            return tuple(before), index + 1
        case (*before, "text"):
            return (*before, "list", "items"), 0
        case (*before, _):
            return (*before, "items"), 0
    raise ValueError("the keys of a text are empty")


def _delete_text(
    original: BuiltText | None, block: str, text: str, built: BuiltDocument, file: Path, review: CollectedReview
) -> None:
    code = built.language.code
    if original is None:
        _report_template_text(block, text, file, review)
    elif "items" in original.place.keys and isinstance(original.place.keys[-1], int):
        review.structure.delete_item(original.place.keys, code)
        review.changes.append(ReviewChange(block, code, "item deleted", text, keys=original.place.keys))
    else:
        message = f"“{text[:60]}” in '{original.place.name}' was deleted in {code}"
        hint = "delete the text from the source, in every language"
        review.findings.append(Finding("text-deleted", message, Location(file), hint))

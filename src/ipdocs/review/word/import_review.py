"""Import reviewers' changes from edited Word files into the source."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.locale.language import Language, languages
from ipdocs.model.text import Text
from ipdocs.review.word.built_file import BuiltDocument, BuiltText, build_in_memory
from ipdocs.review.word.elsewhere import findings_elsewhere
from ipdocs.review.word.pairing import are_similar, pair_paragraphs, with_lost_bookmarks
from ipdocs.review.word.restructure import StructureEdits
from ipdocs.review.word.reviewed_file import Comment, ReviewedFile, ReviewedParagraph, normalise_spaces, read
from ipdocs.review.word.rewrite import EditedFact, apply_edits, displayed_text
from ipdocs.source.basis import source_language
from ipdocs.source.changes import Confirmation, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import is_balanced, to_source_text
from ipdocs.source.texts import Keys, texts_by_block
from ipdocs.source.update import write_changes
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A change by a reviewer.

    Attributes:
        block: the id of the block.
        language: the code of the language.
        kind: "text changed", "item added", "block deleted" and so on.
        text: the new or deleted words.
        authors: the authors of tracked changes in the paragraph.
    """

    block: str
    language: str
    kind: str
    text: str
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result of importing a review.

    Attributes:
        changes: the reviewers' changes.
        comments: the reviewers' comments, each with the id of its block.
        findings: the problems, such as changes that were not imported.
    """

    changes: tuple[ReviewChange, ...]
    comments: tuple[tuple[str, Comment], ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _CollectedReview:
    """The changes collected from all files; `texts` has the changed texts of each file, keyed by place and language."""

    texts: list[dict[tuple[Keys, str], str]] = field(default_factory=list)
    structure: StructureEdits = field(default_factory=StructureEdits)
    changes: list[ReviewChange] = field(default_factory=list)
    comments: list[tuple[str, Comment]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_word_review(path: Path, files: Sequence[Path], *, accept: bool = False) -> ReviewResult:
    """Import the changes that reviewers made in Word files, write them into the source of the files, and return the result.

    If a finding is an error, nothing is written unless `accept` is true.

    Args:
        path: the path of the source file.
        files: the Word files, which were built by ipdocs and then edited.
        accept: whether to import the changes without errors even if other changes have errors.

    Raises:
        SourceChangedOnDisk: another program has changed the source or its state file in the meantime.
        IpdocsError: a file cannot be read, belongs to another document, or has changes that cannot be imported; or the source
            is invalid or cannot be written.
    """
    source = open_source(path, draft=True)
    changes, result = review_changes(source, files, accept=accept)
    write_changes(source, changes)
    return result


def review_changes(source: Source, files: Sequence[Path], *, accept: bool = False) -> tuple[SourceChanges, ReviewResult]:
    """Return the changes to a source that reviewers made in its built Word files, and the result to report.

    Edited facts are reported but not changed, because a fact is shared by all languages. Changed translations are no longer
    confirmed.

    Args:
        source: the source that the files were built from.
        files: the edited Word files.
        accept: whether to return the changes without errors even if other changes have errors.

    Raises:
        IpdocsError: a file cannot be read, belongs to another document, or has changes that cannot be imported.
    """
    document, review = source.document, _CollectedReview()
    for file in files:
        reviewed = read(file)
        file_languages = _languages(reviewed, source.workspace)
        if converted := _converted_language(reviewed, source.workspace):
            hint = f"edit the {converted.converted_from} file"
            raise unusable_file(
                "derived-language",
                f"this file is in {converted.code}, which is generated from {converted.converted_from}",
                file,
                hint,
            )
        if not file_languages:
            hint = "import a file that was built from this source, or create a new source with `ipdocs import FILE -o DIR`"
            raise unusable_file("no-blocks", "this file was not built from a source", file, hint)
        review.texts.append({})
        built = [build_in_memory(source, language) for language in file_languages]
        for document_in_language in built:
            _compare_file(document_in_language, reviewed, file, review, monolingual=len(built) == 1)
        review.findings += findings_elsewhere(built, reviewed, file)
    review.structure.resolve(document, [*dict.fromkeys(map(str, document.languages))], review.findings, source.path)
    changes = [*map(SourceChanges, review.texts), *review.structure.changes(document)]
    findings = sort_findings([*review.findings, *conflict_findings(source, changes)])
    if any(finding.severity == "error" for finding in findings) and not accept:
        raise IpdocsError(findings)
    changes.append(SourceChanges(bases=_empty_confirmations(source, review)))
    return combine_changes(changes), ReviewResult(tuple(review.changes), tuple(review.comments), tuple(findings))


def _empty_confirmations(source: Source, review: _CollectedReview) -> dict[tuple[str, str], Confirmation]:
    """Return an empty confirmation for each translation that reviewers changed, keyed by block and language."""
    source_languages = {name: source_language(places) for name, places in texts_by_block(source.document).items()}
    return {
        (change.block, change.language): Confirmation()
        for change in review.changes
        if change.kind == "text changed" and source_languages.get(change.block, change.language) != change.language
    }


def is_built(file: Path) -> bool:
    """Whether a Word file was built from a source, and is not a table for translators."""
    return bool(read(file).bookmarks)


def _languages(reviewed: ReviewedFile, workspace: Workspace) -> list[Language]:
    """Return the languages of a file, except languages that are converted from other languages."""
    candidates = [language for language in languages(workspace).values() if language.converted_from is None]
    return [language for language in candidates if any(name.startswith(f"ipX{language.code}X") for name in reviewed.bookmarks)]


def _converted_language(reviewed: ReviewedFile, workspace: Workspace) -> Language | None:
    """Return the first language of a file if all its languages are converted from others, or None."""
    codes = {name.removeprefix("ipX").partition("X")[0] for name in reviewed.bookmarks}
    file_languages = [language for language in languages(workspace).values() if language.code in codes]
    return file_languages[0] if file_languages and all(language.converted_from for language in file_languages) else None


def _compare_file(built: BuiltDocument, edited: ReviewedFile, file: Path, review: _CollectedReview, *, monolingual: bool) -> None:
    """Add the changes that reviewers made to one language of a file."""
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
        texts = [paragraph.text for paragraph in built.content.paragraphs if paragraph.bookmark == bookmark and paragraph.text]
        _compare_block(bookmark, texts, by_bookmark.get(bookmark, []), built, file, review)
    notes = [
        note
        for note, position in zip(edited.notes, edited.note_positions, strict=True)
        if monolingual or paragraphs[position].bookmark.startswith(f"ipX{code}X")
    ]
    _compare_notes(built, notes, file, review)
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
    review: _CollectedReview,
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
        elif not any(are_similar(paragraph.text, text) for text in texts_outside_blocks):
            _add_paragraph(built.blocks.get(bookmark, ""), paragraph, built.language.code, review)


def _add_paragraph(block: str, paragraph: ReviewedParagraph, code: str, review: _CollectedReview) -> None:
    review.structure.add_paragraph(block, code, paragraph.text)
    review.changes.append(ReviewChange(block, code, "paragraph added", paragraph.text, paragraph.authors))


def _compare_notes(built: BuiltDocument, notes: Sequence[ReviewedParagraph], file: Path, review: _CollectedReview) -> None:
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
        elif note is not None and index is not None and note.text != before[index]:
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
    bookmark: str, texts: list[str], edited: list[ReviewedParagraph], built: BuiltDocument, file: Path, review: _CollectedReview
) -> None:
    """Add the changes to one block.

    Args:
        bookmark: the name of the bookmark around the block.
        texts: the texts of its built paragraphs.
        edited: its edited paragraphs.
        built: the built document.
        file: the path of the edited file.
        review: receives the changes.
    """
    if [paragraph.text for paragraph in edited] == texts:
        return
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
        if index is not None and paragraph is not None and texts[index] != paragraph.text:
            if original is None:
                _report_template_text(block, texts[index], file, review)
            else:
                _edit_text(original, paragraph, built, file, review)
        elif index is None and paragraph is not None:
            _add_item_or_paragraph(previous, block, paragraph, built, review)
        elif index is not None and paragraph is None:
            _delete_text(original, block, texts[index], built, file, review)
        previous = original or previous


def _edit_text(
    original: BuiltText, paragraph: ReviewedParagraph, built: BuiltDocument, file: Path, review: _CollectedReview
) -> None:
    """Add the change to a text, and report facts that were edited."""
    place, code = original.place, built.language.code
    new_text = original.strip_template(paragraph.text)
    if new_text is None:
        _report_template_text(place.block, paragraph.text, file, review)
        return
    parts, facts = apply_edits(original.parts, new_text)
    for fact in facts:
        review.findings.append(_edited_fact_finding(fact, place.name, built, file))
    if parts == original.parts or not is_balanced(parts):
        return
    text = to_source_text(parts)
    problems = parse_with_findings(Text(text))[1]
    for problem in problems:
        review.findings.append(Finding("bad-text", f"'{place.name}': {problem.message}", Location(file), problem.hint))
    if text.strip() and not problems:
        review.texts[-1][place.keys, code] = text
        review.changes.append(ReviewChange(place.block, code, "text changed", new_text, paragraph.authors))


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


def _report_template_text(block: str, text: str, file: Path, review: _CollectedReview) -> None:
    block_name = f"'{block}'" if block else "no block"
    message = f"“{text[:60]}” ({block_name}) was edited, but it comes from a template or a boilerplate section"
    hint = "edit the template or the section instead"
    review.findings.append(Finding("not-of-the-source", message, Location(file), hint, "warning"))


def _add_item_or_paragraph(
    previous: BuiltText | None, block: str, paragraph: ReviewedParagraph, built: BuiltDocument, review: _CollectedReview
) -> None:
    """Add a new list item or paragraph after the previous text."""
    code = built.language.code
    keys = previous.place.keys if previous else ()
    if previous and paragraph.is_list_item and keys and (keys[-1] == "intro" or "items" in keys):
        text = (previous.strip_template(paragraph.text) if previous.template_suffix else paragraph.text) or paragraph.text
        review.structure.add_item(*_position_after(keys), code, text)
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
    original: BuiltText | None, block: str, text: str, built: BuiltDocument, file: Path, review: _CollectedReview
) -> None:
    code = built.language.code
    if original is None:
        _report_template_text(block, text, file, review)
    elif "items" in original.place.keys and isinstance(original.place.keys[-1], int):
        review.structure.delete_item(original.place.keys, code)
        review.changes.append(ReviewChange(block, code, "item deleted", text))
    else:
        message = f"“{text[:60]}” in '{original.place.name}' was deleted in {code}"
        hint = "delete the text from the source, in every language"
        review.findings.append(Finding("text-deleted", message, Location(file), hint))

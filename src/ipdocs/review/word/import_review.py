"""Import reviewers' changes from edited Word files into the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.locale.language import Language, language, languages
from ipdocs.review.word.built_file import build_in_memory
from ipdocs.review.word.compare_file import CollectedReview, compare_file
from ipdocs.review.word.elsewhere import findings_elsewhere, findings_outside_blocks
from ipdocs.review.word.restructure import ReviewChange
from ipdocs.review.word.reviewed_file import Comment, ReviewedFile, read
from ipdocs.source.basis import source_language
from ipdocs.source.changes import Confirmation, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.open import Source, open_source
from ipdocs.source.texts import texts_by_block
from ipdocs.source.update import write_changes
from ipdocs.workspace import Workspace


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
    document, review = source.document, CollectedReview()
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
        if not file_languages and (file_languages := _languages_by_words(source, reviewed)):
            review.findings.append(_lost_bookmarks_finding(file))
        if not file_languages:
            hint = "import a file that was built from this source, or create a new source with `ipdocs import FILE -o DIR`"
            raise unusable_file("no-blocks", "this file was not built from a source", file, hint)
        review.texts.append({})
        built = [build_in_memory(source, file_language) for file_language in file_languages]
        for document_in_language in built:
            compare_file(document_in_language, reviewed, file, review, monolingual=len(built) == 1)
        if len(built) > 1:
            review.findings += findings_outside_blocks(built, reviewed, file)
        review.findings += findings_elsewhere(built, reviewed, file)
    review.structure.resolve(document, [*dict.fromkeys(map(str, document.languages))], review.findings, source.path)
    review.changes = [*filter(review.structure.is_made, dict.fromkeys(review.changes)), *review.structure.moves(document)]
    changes = [*map(SourceChanges, review.texts), *review.structure.changes(document)]
    findings = sort_findings([*review.findings, *conflict_findings(source, changes)])
    if any(finding.severity == "error" for finding in findings) and not accept:
        raise IpdocsError(findings)
    changes.append(SourceChanges(bases=_empty_confirmations(source, review)))
    return combine_changes(changes), ReviewResult(tuple(review.changes), tuple(review.comments), tuple(findings))


def _empty_confirmations(source: Source, review: CollectedReview) -> dict[tuple[str, str], Confirmation]:
    """Return an empty confirmation for each translation that reviewers changed, keyed by block and language."""
    source_languages = {name: source_language(places) for name, places in texts_by_block(source.document).items()}
    return {
        (change.block, change.language): Confirmation()
        for change in review.changes
        if change.kind == "text changed" and source_languages.get(change.block, change.language) != change.language
    }


def _languages_by_words(source: Source, reviewed: ReviewedFile) -> list[Language]:
    """Return the languages of a file without the bookmarks of blocks: those of which it has half of the built paragraphs."""
    texts = {paragraph.text for paragraph in reviewed.paragraphs}
    file_languages = []
    for code in source.document.languages:
        candidate = language(str(code), source.workspace)
        if candidate.converted_from is None:
            built_texts = {paragraph.text for paragraph in build_in_memory(source, candidate).content.paragraphs} - {""}
            if len(built_texts & texts) * 2 >= len(built_texts):
                file_languages.append(candidate)
    return file_languages


def _lost_bookmarks_finding(file: Path) -> Finding:
    message = "this file has lost the bookmarks of its blocks; its paragraphs were paired by their words"
    return Finding(
        "bookmarks-lost", message, Location(file), "read every change, and send files made by `ipdocs build`", "warning"
    )


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

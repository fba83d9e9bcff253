"""Edited Word files in, the same edits in the source: block by block and language by language."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.files.reading import unsafe_file
from ipdocs.findings import Finding, IpdocsError, Location, in_order
from ipdocs.locale.language import Language, languages
from ipdocs.model.text import Text
from ipdocs.review.word.built_file import Built, Origin, built_in
from ipdocs.review.word.pairing import paired, similar
from ipdocs.review.word.restructure import Structure
from ipdocs.review.word.reviewed_file import Comment, Marked, Reviewed, read
from ipdocs.review.word.rewrite import EditedFact, rendered, rewritten
from ipdocs.source.basis import source_language
from ipdocs.source.changes import Confirmation, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.inline import examine
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import Segment, is_balanced, to_source_text
from ipdocs.source.texts import Keys, texts_by_block
from ipdocs.source.update import write_changes
from ipdocs.values.notation import notation
from ipdocs.values.recognise import recognise
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a reviewer: the block and language, what was done, the words, and who tracked it, if anybody did."""

    block: str
    language: str
    kind: str
    text: str
    tracked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What reviewers did: their changes, their comments by block, and what could not be taken as it stands."""

    changes: tuple[Change, ...]
    comments: tuple[tuple[str, Comment], ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Review:
    """What was found so far: in all files, and the texts that each of them changes."""

    texts: list[dict[tuple[Keys, str], str]] = field(default_factory=list)
    structure: Structure = field(default_factory=Structure)
    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[str, Comment]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_word_review(path: Path, files: Sequence[Path], *, accept: bool = False) -> ReviewResult:
    """Write reviewers' changes in Word files into the source that the files were built from; see `review_changes`.

    Nothing is written if a finding is an error.

    Args:
        path: the file of the source.
        files: the Word files, as built by ipdocs and then edited.
        accept: whether changes that were reported as doubtful are imported, too.

    Raises:
        IpdocsError: a file cannot be read, belongs to another document, or has changes that cannot be imported.
    """
    source = open_source(path, draft=True)
    changes, result = review_changes(source, files, accept=accept)
    write_changes(source, changes)
    return result


def review_changes(source: Source, files: Sequence[Path], *, accept: bool = False) -> tuple[SourceChanges, ReviewResult]:
    """Return what reviewers changed in built Word files as changes of the source, all of them together.

    Words are changed where they stand; a fact that was edited is a finding, for it stands once for all languages.
    What changed needs to be confirmed.

    Args:
        source: the source that the files were built from.
        files: the edited Word files.
        accept: whether all else is taken in spite of findings that are errors.

    Raises:
        IpdocsError: what is wrong with a file, or what keeps its changes from being taken.
    """
    document, review = source.document, _Review()
    for file in files:
        reviewed = read(file)
        written_in = _languages(reviewed, source.workspace)
        if derived := _derived(reviewed, source.workspace):
            hint = f"edit the {derived.made_from} file: {derived.code} is converted from it when the document is built"
            raise unsafe_file("derived-language", f"this file is in {derived.code}, which nobody writes", file, hint)
        if not written_in:
            hint = "it must be a file that ipdocs built from this source; `ipdocs import FILE -o DIR` makes a new one"
            raise unsafe_file("no-blocks", "no block of the source is marked in this file", file, hint)
        review.texts.append({})
        for language in written_in:
            _compare(built_in(source, language), reviewed, file, review, alone=len(written_in) == 1)
    review.structure.settle(document, [*dict.fromkeys(map(str, document.languages))], review.findings, source.path)
    changes = [*map(SourceChanges, review.texts), *review.structure.changes(document)]
    findings = in_order([*review.findings, *conflict_findings(source, changes)])
    if any(finding.severity == "error" for finding in findings) and not accept:
        raise IpdocsError(findings)
    changes.append(SourceChanges(bases=_bases(source, review)))
    return combine_changes(changes), ReviewResult(tuple(review.changes), tuple(review.comments), tuple(findings))


def _bases(source: Source, review: _Review) -> dict[tuple[str, str], Confirmation]:
    """Return the translations that reviewers changed: they are confirmed by nobody yet."""
    originals = {name: source_language(places) for name, places in texts_by_block(source.document).items()}
    return {
        (change.block, change.language): Confirmation()
        for change in review.changes
        if change.kind == "text changed" and originals.get(change.block, change.language) != change.language
    }


def is_built(file: Path) -> bool:
    """Whether a Word file has the marks of a built one, and is no table for translators."""
    return bool(read(file).marks)


def _languages(reviewed: Reviewed, workspace: Workspace) -> list[Language]:
    """Return the languages that a file's marks name and people write."""
    written_in = [language for language in languages(workspace).values() if language.made_from is None]
    return [language for language in written_in if any(mark.startswith(f"ipX{language.code}X") for mark in reviewed.marks)]


def _derived(reviewed: Reviewed, workspace: Workspace) -> Language | None:
    """Return the language of a file that has words of no other than one that is made by conversion."""
    codes = {mark.removeprefix("ipX").partition("X")[0] for mark in reviewed.marks}
    named = [language for language in languages(workspace).values() if language.code in codes]
    return named[0] if named and all(language.made_from for language in named) else None


def _compare(built: Built, back: Reviewed, file: Path, review: _Review, *, alone: bool) -> None:
    """Add what a file changes in one language."""
    review.structure.begin()
    code = built.language.code
    by_mark: dict[str, list[Marked]] = {}
    for paragraph in back.paragraphs:
        if paragraph.mark.startswith(f"ipX{code}X") and paragraph.text:
            by_mark.setdefault(paragraph.mark, []).append(paragraph)
    if alone:
        _unmarked(built, back, by_mark, review)
    for mark in built.reviewed.marks:
        texts = [paragraph.text for paragraph in built.reviewed.paragraphs if paragraph.mark == mark and paragraph.text]
        _block(mark, texts, by_mark.get(mark, []), built, file, review)
    _notes(built, back, file, review)
    order = [built.blocks[mark] for mark in back.marks if mark in built.blocks and mark in by_mark]
    review.structure.order(order)
    for comment in back.comments:
        if comment.mark in built.blocks or (alone and not comment.mark):
            review.comments.append((built.blocks.get(comment.mark, ""), comment))


def _unmarked(built: Built, back: Reviewed, by_mark: dict[str, list[Marked]], review: _Review) -> None:
    """Add the paragraphs that stand in no block: items of the list before them, or new paragraphs."""
    positions = {paragraph.mark: index for index, paragraph in enumerate(back.paragraphs) if paragraph.mark}
    known = [paragraph.text for paragraph in built.reviewed.paragraphs if not paragraph.mark]
    for index, paragraph in enumerate(back.paragraphs):
        if paragraph.mark or not paragraph.text:
            continue
        before = max((position for position in positions.values() if position < index), default=None)
        mark = back.paragraphs[before].mark if before is not None else ""
        if paragraph.listed and mark in by_mark and by_mark[mark][-1].listed:
            by_mark[mark].append(paragraph)
        elif not any(similar(paragraph.text, text) for text in known):
            _new_paragraph(built.blocks.get(mark, ""), paragraph, built.language.code, review)


def _new_paragraph(block: str, paragraph: Marked, code: str, review: _Review) -> None:
    review.structure.paragraph(block, code, paragraph.text)
    review.changes.append(Change(block, code, "paragraph added", paragraph.text, paragraph.tracked))


def _notes(built: Built, back: Reviewed, file: Path, review: _Review) -> None:
    """Add what was changed in footnotes, told by their order."""
    before = [note.text for note in built.reviewed.notes]
    if len(before) != len(back.notes):
        return
    for text, note in zip(before, back.notes, strict=True):
        if text != note.text and (origin := _note_origin(built, text)):
            _edit(origin, note, built, file, review)


def _note_origin(built: Built, text: str) -> Origin | None:
    for texts in built.placed.values():
        for place, parts in texts:
            if "footnotes" in place.keys and rendered(parts) == text:
                return Origin(place, parts, "", "")
    return None


def _block(mark: str, texts: list[str], back: list[Marked], built: Built, file: Path, review: _Review) -> None:
    """Add what was changed in one block, of which `texts` were built."""
    if [paragraph.text for paragraph in back] == texts:
        return
    name, code = built.blocks.get(mark, ""), built.language.code
    origins = [built.origin(mark, text) for text in texts]
    if not back:
        if any(origins):
            review.structure.gone(name, code)
            review.changes.append(Change(name, code, "block deleted", " ".join(texts)[:200]))
        elif name:
            _of_template(name, texts[0] if texts else "", file, review)
        return
    last: Origin | None = None
    for number, paragraph in paired(texts, back):
        origin = origins[number] if number is not None else None
        if number is not None and paragraph is not None and texts[number] != paragraph.text:
            if origin is None:
                _of_template(name, texts[number], file, review)
            else:
                _edit(origin, paragraph, built, file, review)
        elif number is None and paragraph is not None:
            _added(last, name, paragraph, built, review)
        elif number is not None and paragraph is None:
            _deleted(origin, name, texts[number], built, file, review)
        last = origin or last


def _edit(origin: Origin, paragraph: Marked, built: Built, file: Path, review: _Review) -> None:
    """Add an edit of a text, and the facts that were edited in it."""
    place, code = origin.placed, built.language.code
    inner = origin.inner(paragraph.text)
    if inner is None:
        _of_template(place.block, paragraph.text, file, review)
        return
    parts, facts = rewritten(origin.parts, inner)
    for fact in facts:
        review.findings.append(_edited_fact(fact, place.name, built, file))
    if parts != origin.parts and _fits(parts, place.name, file, review):
        review.texts[-1][place.keys, code] = to_source_text(parts)
        review.changes.append(Change(place.block, code, "text changed", inner, paragraph.tracked))


def _fits(parts: Segment, name: str, file: Path, review: _Review) -> bool:
    problems = examine(Text(to_source_text(parts)))[1] if is_balanced(parts) else []
    for problem in problems:
        review.findings.append(Finding("bad-text", f"'{name}': {problem.message}", Location(file), problem.hint))
    return is_balanced(parts) and not problems and bool(to_source_text(parts).strip())


def _edited_fact(fact: EditedFact, name: str, built: Built, file: Path) -> Finding:
    hint = f"change the fact {fact.code.name}: every language then says it"
    slots = recognise(fact.words, built.language)
    if len(slots) == 1:
        with suppress(ValueError):  # a value that no fact can state has no notation
            hint = f"write {notation(slots[0].value)} for the fact {fact.code.name}: every language then says it"
    message = f"“{fact.code.shown}” in '{name}' ({built.language.code}) is now “{fact.words}”: it is the fact {fact.code.name}"
    return Finding("edited-fact", message, Location(file), hint, "warning")


def _of_template(name: str, text: str, file: Path, review: _Review) -> None:
    message = (
        f"“{text[:60]}” was edited; it is made by a template or stands in a section of recurring text ({name or 'no block'})"
    )
    review.findings.append(Finding("not-of-the-source", message, Location(file), "change it there", "warning"))


def _added(last: Origin | None, name: str, paragraph: Marked, built: Built, review: _Review) -> None:
    """Add an item or paragraph that somebody has put in after another."""
    code = built.language.code
    keys = last.placed.keys if last else ()
    if last and paragraph.listed and keys and (keys[-1] == "intro" or "items" in keys):
        text = (last.inner(paragraph.text) if last.after else paragraph.text) or paragraph.text
        review.structure.item(*_behind(keys), code, text)
        review.changes.append(Change(name, code, "item added", paragraph.text, paragraph.tracked))
    else:
        _new_paragraph(name, paragraph, code, review)


def _behind(keys: Keys) -> tuple[Keys, int]:
    """Return the list and index of an item that follows a text: behind an item, or first in the list that words introduce."""
    match keys:
        case (*before, int(index)):
            return tuple(before), index + 1
        case (*before, "text"):
            return (*before, "list", "items"), 0
        case (*before, _):
            return (*before, "items"), 0
    raise ValueError("a text stands under some key")


def _deleted(origin: Origin | None, name: str, text: str, built: Built, file: Path, review: _Review) -> None:
    code = built.language.code
    if origin is None:
        _of_template(name, text, file, review)
    elif "items" in origin.placed.keys and isinstance(origin.placed.keys[-1], int):
        review.structure.gone_item(origin.placed.keys, code)
        review.changes.append(Change(name, code, "item deleted", text))
    else:
        message = f"“{text[:60]}” of '{origin.placed.name}' was deleted in {code}"
        review.findings.append(Finding("text-deleted", message, Location(file), "delete it in the source, in every language"))

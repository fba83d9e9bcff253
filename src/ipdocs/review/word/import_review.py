"""Edited Word files in, the same edits in the source: block by block and language by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.files.reading import unsafe_file
from ipdocs.findings import Finding, IpdocsError, Location, in_order
from ipdocs.locale.language import Language, languages
from ipdocs.model.document import Document
from ipdocs.model.text import Text
from ipdocs.review.word.built_file import Built, Origin, built_in
from ipdocs.review.word.pairing import paired, similar
from ipdocs.review.word.restructure import Structure, restructured
from ipdocs.review.word.reviewed_file import Comment, Marked, Reviewed, read
from ipdocs.review.word.rewrite import EditedFact, rewritten
from ipdocs.source.basis import basis_of
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.open import open_source
from ipdocs.source.replacement import put_texts
from ipdocs.source.segment import Segment, balanced, written
from ipdocs.source.shape import Path as Keys
from ipdocs.source.state import keep_bases
from ipdocs.source.texts import blocks
from ipdocs.source.update import put
from ipdocs.values.recognise import recognise
from ipdocs.workspace import Workspace, find_workspace


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
    """What was found so far in all files."""

    texts: dict[tuple[Keys, str], str] = field(default_factory=dict)
    structure: Structure = field(default_factory=Structure)
    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[str, Comment]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_word_review(path: Path, files: Sequence[Path], *, accept: bool = False) -> ReviewResult:
    """Put what reviewers changed in built Word files into the source they were built from.

    Words are changed where they stand; a fact that was edited is a finding, for it stands once for all languages.
    While a finding is an error nothing is written, unless accepted: then all else is. What changed needs to be confirmed.
    """
    workspace = find_workspace(path)
    source = open_source(path, workspace, draft=True)
    document, review = source.document, _Review()
    for file in files:
        reviewed = read(file)
        spoken = _languages(reviewed, document, workspace)
        if derived := _derived(reviewed, workspace):
            hint = f"edit the {derived.made_from} file: {derived.code} is converted from it when the document is built"
            raise unsafe_file("derived-language", f"this file is in {derived.code}, which nobody writes", file, hint)
        if not spoken:
            hint = "it must be a file that ipdocs built from this source; `ipdocs import FILE -o DIR` makes a new one"
            raise unsafe_file("no-blocks", "no block of the source is marked in this file", file, hint)
        for one in spoken:
            _compare(built_in(source, one), reviewed, document, file, review, alone=len(spoken) == 1)
    review.structure.settle(document, [*dict.fromkeys(str(one) for one in document.languages)], review.findings, path)
    errors = [one for one in review.findings if one.severity == "error"]
    if errors and not accept:
        raise IpdocsError(in_order(review.findings))
    if review.texts or review.structure.changes:
        text = put_texts(read_text(path), review.texts) if review.texts else read_text(path).text
        put(path, restructured(SourceText(path, text), review.structure, document), workspace)
        _remember(path, review, workspace)
    return ReviewResult(tuple(review.changes), tuple(review.comments), tuple(in_order(review.findings)))


def is_built(file: Path) -> bool:
    """Whether a Word file has the marks of a built one, and is no table for translators."""
    return bool(read(file).marks)


def _languages(reviewed: Reviewed, document: Document, workspace: Workspace) -> list[Language]:
    """Return the languages that a file's marks name and people write."""
    known = languages(workspace).values()
    return [one for one in known if one.made_from is None and any(mark.startswith(f"ipX{one.code}X") for mark in reviewed.marks)]


def _derived(reviewed: Reviewed, workspace: Workspace) -> Language | None:
    """Return the language of a file that has words of no other than one that is made by conversion."""
    shorts = {mark.removeprefix("ipX").partition("X")[0] for mark in reviewed.marks}
    found = [one for one in languages(workspace).values() if one.code in shorts]
    return found[0] if found and all(one.made_from for one in found) else None


def _compare(built: Built, back: Reviewed, document: Document, file: Path, review: _Review, *, alone: bool) -> None:
    """Add what a file changes in one language."""
    short = built.language.code
    own = [one for one in back.paragraphs if one.mark.startswith(f"ipX{short}X")]
    loose = [] if not alone else [(index, one) for index, one in enumerate(back.paragraphs) if not one.mark and one.text]
    by_mark: dict[str, list[Marked]] = {}
    for one in own:
        if one.text:
            by_mark.setdefault(one.mark, []).append(one)
    before = {one.mark: index for index, one in enumerate(back.paragraphs) if one.mark}
    for index, one in loose:
        after = max((position for position in before.values() if position < index), default=None)
        mark = back.paragraphs[after].mark if after is not None else ""
        if one.listed and mark in by_mark and by_mark[mark][-1].listed:
            by_mark[mark].append(one)
        elif not any(similar(one.text, known.text) for known in built.reviewed.paragraphs if not known.mark):
            review.structure.paragraph(built.blocks.get(mark, ""), short, one.text)
            review.changes.append(Change(built.blocks.get(mark, ""), short, "paragraph added", one.text, one.tracked))
    for mark in built.reviewed.marks:
        there = [one.text for one in built.reviewed.paragraphs if one.mark == mark and one.text]
        _block(mark, there, by_mark.get(mark, []), built, file, review)
    _notes(built, back, file, review)
    order = [built.blocks[mark] for mark in back.marks if mark in built.blocks and mark in by_mark]
    review.structure.order(short, order)
    for comment in back.comments:
        if comment.mark in built.blocks or (alone and not comment.mark):
            review.comments.append((built.blocks.get(comment.mark, ""), comment))


def _notes(built: Built, back: Reviewed, file: Path, review: _Review) -> None:
    """Add what was changed in footnotes, told by their order."""
    before = [one.text for one in built.reviewed.notes]
    if len(before) != len(back.notes):
        return
    for text, one in zip(before, back.notes, strict=True):
        if text != one.text and (origin := _note_origin(built, text)):
            _edit(origin, one, built, file, review)


def _note_origin(built: Built, text: str) -> Origin | None:
    from ipdocs.review.word.rewrite import rendered

    for found in built.placed.values():
        for placed, parts in found:
            if "footnotes" in placed.keys and rendered(parts) == text:
                return Origin(placed, parts, "", "")
    return None


def _block(mark: str, there: list[str], back: list[Marked], built: Built, file: Path, review: _Review) -> None:
    """Add what was changed in one block."""
    if [one.text for one in back] == there:
        return
    name, short = built.blocks.get(mark, ""), built.language.code
    origins = [built.origin(mark, text) for text in there]
    if not back:
        if any(origins):
            review.structure.gone(name, short)
            review.changes.append(Change(name, short, "block deleted", " ".join(there)[:200]))
        elif name:
            _of_template(name, there[0] if there else "", file, review)
        return
    last: Origin | None = None
    for number, one in paired(there, back):
        origin = origins[number] if number is not None else None
        if number is not None and one is not None and there[number] != one.text:
            if origin is None:
                _of_template(name, there[number], file, review)
            else:
                _edit(origin, one, built, file, review)
        elif number is None and one is not None:
            _added(last, name, one, built, file, review)
        elif number is not None and one is None:
            _deleted(origin, name, there[number], built, file, review)
        last = origin or last


def _edit(origin: Origin, one: Marked, built: Built, file: Path, review: _Review) -> None:
    """Add an edit of a text, and the facts that were edited in it."""
    placed, short = origin.placed, built.language.code
    inner = origin.inner(one.text)
    if inner is None:
        _of_template(placed.block, one.text, file, review)
        return
    parts, facts = rewritten(origin.parts, inner)
    for fact in facts:
        review.findings.append(_edited_fact(fact, placed.name, built, file))
    if parts != origin.parts and _fits(parts, placed.name, file, review):
        review.texts[placed.keys, short] = written(parts)
        review.changes.append(Change(placed.block, short, "text changed", inner, one.tracked))


def _fits(parts: Segment, name: str, file: Path, review: _Review) -> bool:
    from ipdocs.source.inline import examine

    problems = examine(Text(written(parts)))[1] if balanced(parts) else []
    for problem in problems:
        review.findings.append(Finding("bad-text", f"'{name}': {problem.message}", Location(file), problem.hint))
    return balanced(parts) and not problems and bool(written(parts).strip())


def _edited_fact(fact: EditedFact, name: str, built: Built, file: Path) -> Finding:
    from ipdocs.values.notation import notation

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


def _added(last: Origin | None, name: str, one: Marked, built: Built, file: Path, review: _Review) -> None:
    """Add an item or paragraph that somebody has put in after another."""
    short = built.language.code
    keys = last.placed.keys if last else ()
    if last and one.listed and keys and (keys[-1] == "intro" or "items" in keys):
        text = (last.inner(one.text) if last.after else one.text) or one.text
        review.structure.item(*_behind(keys), short, text)
        review.changes.append(Change(name, short, "item added", one.text, one.tracked))
    else:
        review.structure.paragraph(name, short, one.text)
        review.changes.append(Change(name, short, "paragraph added", one.text, one.tracked))


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
    short = built.language.code
    if origin is None:
        _of_template(name, text, file, review)
    elif "items" in origin.placed.keys and isinstance(origin.placed.keys[-1], int):
        review.structure.gone_item(origin.placed.keys, short)
        review.changes.append(Change(name, short, "item deleted", text))
    else:
        message = f"“{text[:60]}” of '{origin.placed.name}' was deleted in {short}"
        review.findings.append(Finding("text-deleted", message, Location(file), "delete it in the source, in every language"))


def _remember(path: Path, review: _Review, workspace: Workspace) -> None:
    """Note that translations which reviewers changed are confirmed by nobody yet."""
    found = blocks(open_source(path, workspace, draft=True).document)
    changed = {(one.block, one.language) for one in review.changes if one.block in found and one.kind == "text changed"}
    made = dict(_bases(changed, found, workspace))
    if made:
        keep_bases(path, made)


def _bases(changed: set[tuple[str, str]], found: dict[str, list], workspace: Workspace) -> Iterator:  # type: ignore[type-arg]
    for block, short in sorted(changed):
        if short != str(next(iter(found[block][0].texts))):
            yield (block, short), basis_of(found[block], short, workspace)

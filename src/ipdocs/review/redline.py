"""Redlines: Word files that show the changes between two versions of a source as tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.elements import element, text
from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import Package, open_package, write_package
from ipdocs.files.ooxml.text import paragraph_text
from ipdocs.findings import collect
from ipdocs.locale.language import language
from ipdocs.review.word.built_file import build_word_file
from ipdocs.review.word.pairing import pair_paragraphs
from ipdocs.review.word.reviewed_file import ReviewedParagraph
from ipdocs.review.word.shifted_characters import split_shifts, with_stand_ins, without_stand_ins
from ipdocs.source.differences import differences
from ipdocs.source.open import inspect_source

if TYPE_CHECKING:
    from lxml.etree import _Element

NOTES = "word/footnotes.xml"
_DROPPED_TAGS = ("bookmarkStart", "bookmarkEnd", "drawing", "footnoteReference", "commentRangeStart", "commentRangeEnd")
_DISPLAYED_CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Redline:
    """A Word file with tracked changes, and the numbers of new, changed and deleted paragraphs."""

    data: bytes
    new: int
    changed: int
    deleted: int


@dataclass(slots=True)
class _ChangeTracker:
    """Author, date and unused ids for tracked changes."""

    author: str
    date: str
    ids: Iterator[int]

    def change_element(self, tag: str, *content: _Element) -> _Element:
        """Return a <w:ins> or <w:del> element with the given content; without content, it flags the end of a paragraph."""
        return element(tag, *content, id=str(next(self.ids)), author=self.author, date=self.date)


def redline(old: Path, new: Path, lang: str, *, author: str, now: datetime, draft: bool = False) -> Redline:
    """Return the new version of a source as a Word file in which the changes since the old version are tracked.

    English is compared word by word, Chinese character by character. If all changes are accepted, the text of the new version
    remains; if all are rejected, the text of the old version remains.

    Args:
        old: the path of the old version, which may have gaps.
        new: the path of the new version.
        lang: the code of the language to compare.
        author: the author of the tracked changes.
        now: the time of the tracked changes, in UTC.
        draft: whether the new version may have gaps, too.

    Raises:
        IpdocsError: the language is unknown, a version cannot be built, or the new version may not be released.
    """
    sources = collect(
        lambda path_and_draft: inspect_source(path_and_draft[0], draft=path_and_draft[1]), [(old, True), (new, draft)]
    )
    compared_language = language(lang, sources[-1].workspace)
    before, after = (open_package(build_word_file(source, compared_language), source.path) for source in sources)
    tracker = _ChangeTracker(author, now.strftime("%Y-%m-%dT%H:%M:%SZ"), count(100_000))
    parts = dict(after.parts)
    totals = (0, 0, 0)
    for name in (MAIN_PART, NOTES):
        old_root, root = before.root(name), after.root(name)
        if root is not None and old_root is not None:
            new_count, changed_count, deleted_count = _track_changes(_paragraphs(old_root), _paragraphs(root), tracker, after)
            totals = (totals[0] + new_count, totals[1] + changed_count, totals[2] + deleted_count)
            parts[name] = _serialise(root)
    return Redline(write_package(parts), *totals)


def _paragraphs(root: _Element) -> list[_Element]:
    separators = {note for note in root.iter(qualified_name("footnote")) if note.get(qualified_name("type"))}
    return [paragraph for paragraph in root.iter(qualified_name("p")) if paragraph.getparent() not in separators]


def _track_changes(
    before: Sequence[_Element], after: Sequence[_Element], tracker: _ChangeTracker, package: Package
) -> tuple[int, int, int]:
    """Mark the changes between two lists of paragraphs in the paragraphs of `after`.

    Returns:
        The numbers of new, changed and deleted paragraphs.
    """
    new_count = changed_count = deleted_count = 0
    # Here, the bookmark of a paragraph is its index in `after`.
    new_paragraphs = [ReviewedParagraph(str(index), paragraph_text(paragraph)) for index, paragraph in enumerate(after)]
    previous: _Element | None = None
    for index, paragraph in list(pair_paragraphs([paragraph_text(paragraph) for paragraph in before], new_paragraphs)):
        if index is None and paragraph is not None:
            previous = after[int(paragraph.bookmark)]
            _mark_inserted(previous, tracker)
            new_count += 1
        elif index is not None and paragraph is None:
            previous = _add_deleted(before[index], previous, after, tracker, package)
            deleted_count += 1
        elif index is not None and paragraph is not None:
            previous = after[int(paragraph.bookmark)]
            old_text, new_text = (paragraph_text(version, with_stand_ins) for version in (before[index], previous))
            if old_text != new_text:
                _mark_changed(previous, old_text, new_text, tracker)
                changed_count += 1
    return new_count, changed_count, deleted_count


def _mark_inserted(paragraph: _Element, tracker: _ChangeTracker) -> None:
    """Mark a whole paragraph as inserted."""
    for run in list(paragraph.iter(qualified_name("r"))):
        _wrap(run, tracker.change_element("ins"))
    _mark_end(paragraph, tracker.change_element("ins"))


def _wrap(run: _Element, wrapper: _Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.replace(run, wrapper)
        wrapper.append(run)


def _mark_end(paragraph: _Element, change: _Element) -> None:
    """Mark the end of a paragraph as inserted or deleted; the element `change` is put first in its run properties."""
    properties = paragraph.find(qualified_name("pPr"))
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    run_properties = properties.find(qualified_name("rPr"))
    if run_properties is None:
        run_properties = element("rPr")
        later_tags = (qualified_name("sectPr"), qualified_name("pPrChange"))
        later = next((child for child in properties if child.tag in later_tags), None)
        properties.append(run_properties) if later is None else later.addprevious(run_properties)
    run_properties.insert(0, change)


def _add_deleted(
    paragraph: _Element, previous: _Element | None, after: Sequence[_Element], tracker: _ChangeTracker, package: Package
) -> _Element:
    """Insert a copy of a deleted paragraph after the previous paragraph, marked as deleted, and return the copy."""
    deleted = copy.deepcopy(paragraph)
    for tag in _DROPPED_TAGS:
        for child in list(deleted.iter(qualified_name(tag))):
            parent = child.getparent()
            if parent is not None:
                parent.remove(child)
    for link in list(deleted.iter(qualified_name("hyperlink"))):
        for run in list(link):
            link.addprevious(run)
        deleted.remove(link)
    _drop_unknown_properties(deleted, package)
    for run in list(deleted.iter(qualified_name("r"))):
        for text_element in run.iter(qualified_name("t")):
            text_element.tag = qualified_name("delText")
        _wrap(run, tracker.change_element("del"))
    _mark_end(deleted, tracker.change_element("del"))
    if previous is not None:
        previous.addnext(deleted)
    elif after:
        after[0].addprevious(deleted)
    return deleted


def _drop_unknown_properties(paragraph: _Element, package: Package) -> None:
    """Remove section breaks, and references to styles and lists that the new version does not have."""
    properties = paragraph.find(qualified_name("pPr"))
    if properties is None:
        return
    styles, numbering = package.root("word/styles.xml"), package.root("word/numbering.xml")
    style_ids = (
        {style.get(qualified_name("styleId")) for style in styles.iter(qualified_name("style"))} if styles is not None else set()
    )
    list_ids = (
        {num.get(qualified_name("numId")) for num in numbering.iter(qualified_name("num"))} if numbering is not None else set()
    )
    for child in list(properties):
        number = child.find(qualified_name("numId"))
        is_unknown_style = child.tag == qualified_name("pStyle") and child.get(qualified_name("val")) not in style_ids
        is_unknown_list = number is not None and number.get(qualified_name("val")) not in list_ids
        if is_unknown_style or is_unknown_list or child.tag == qualified_name("sectPr"):
            properties.remove(child)


def _mark_changed(paragraph: _Element, old: str, new: str, tracker: _ChangeTracker) -> None:
    """Mark the differences between the old and new text of a paragraph, which have stand-ins for superscript and subscript."""
    # Inserted spans, and deleted words keyed by offset; spans and offsets are in the new text.
    inserted: list[tuple[int, int]] = []
    deleted: dict[int, str] = {}
    shift = 0
    for start, end, words in differences(old, new):
        if words:
            inserted.append((start + shift, start + shift + len(words)))
        if end > start:
            deleted[start + shift] = old[start:end]
        shift += len(words) - (end - start)
    cuts = sorted({*deleted, *chain.from_iterable(inserted)})
    position = 0
    run = None
    whole_runs = list(paragraph.iter(qualified_name("r")))
    for run in [split_run for whole_run in whole_runs for split_run in _split_run(whole_run, cuts, new, paragraph)]:
        length = len(paragraph_text(run))
        if position in deleted and length:
            run.addprevious(tracker.change_element("del", *_deleted_runs(deleted.pop(position), run)))
        if length and any(start <= position < end for start, end in inserted):
            _wrap(run, tracker.change_element("ins"))
        position += length
    for words in deleted.values():
        paragraph.append(tracker.change_element("del", *_deleted_runs(words, run)))


def _deleted_runs(words: str, neighbour: _Element | None) -> Iterator[_Element]:
    """Yield runs of deleted words with the formatting of a neighbouring run, but with their own superscript and subscript."""
    formatting = neighbour.find(qualified_name("rPr")) if neighbour is not None else None
    for piece, position in split_shifts(words):
        if piece:
            yield _deleted_run(piece, position or "", formatting)


def _deleted_run(words: str, position: str, formatting: _Element | None) -> _Element:
    run = element("r")
    properties = copy.deepcopy(formatting) if formatting is not None else element("rPr")
    for alignment in list(properties.findall(qualified_name("vertAlign"))):
        properties.remove(alignment)
    if position:
        alignment = element("vertAlign", val=position)
        later_tags = {qualified_name(tag) for tag in ("em", "lang", "eastAsianLayout", "specVanish", "oMath")}
        later = next((child for child in properties if child.tag in later_tags), None)
        properties.append(alignment) if later is None else later.addprevious(alignment)
    if len(properties):
        run.append(properties)
    for index, line in enumerate(words.split("\n")):
        if index:
            run.append(element("br"))
        deleted_text = text(line)
        deleted_text.tag = qualified_name("delText")
        run.append(deleted_text)
    return run


def _split_run(run: _Element, cuts: list[int], new: str, paragraph: _Element) -> list[_Element]:
    """Split a run into runs with one child each, and return them; text is also split where a change begins or ends."""
    start = sum(len(paragraph_text(earlier)) for earlier in _runs_before(run, paragraph))
    formatting = run.find(qualified_name("rPr"))
    runs: list[_Element] = []
    for child in [child for child in run if child is not formatting]:
        is_text = child.tag == qualified_name("t")
        length = len(paragraph_text(child)) if is_text else len(_DISPLAYED_CHARACTERS.get(str(child.tag).rpartition("}")[2], ""))
        edges = [start, *(cut for cut in cuts if start < cut < start + length), start + length]
        if is_text and length:
            runs += [
                _new_run(formatting, text(without_stand_ins(new[piece_start:piece_end])))
                for piece_start, piece_end in pairwise(edges)
            ]
        else:
            runs.append(_new_run(formatting, child))
        start += length
    for new_run in runs:
        run.addprevious(new_run)
    parent = run.getparent()
    if parent is not None and runs:
        parent.remove(run)
    return runs or [run]


def _new_run(formatting: _Element | None, content: _Element) -> _Element:
    return element("r", *([copy.deepcopy(formatting)] if formatting is not None else []), content)


def _runs_before(run: _Element, paragraph: _Element) -> Iterator[_Element]:
    for earlier in paragraph.iter(qualified_name("r")):
        if earlier is run:
            return
        yield earlier


def _serialise(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

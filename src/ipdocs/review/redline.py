"""Two versions of a source in, one Word file out: what changed between them as tracked changes, in any language."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.elements import element, text
from ipdocs.files.ooxml.names import MAIN, qualified_name
from ipdocs.files.ooxml.package import Package, open_package, write_package
from ipdocs.files.ooxml.text import paragraph_text
from ipdocs.findings import collect
from ipdocs.locale.language import language
from ipdocs.review.word.built_file import word_file
from ipdocs.review.word.pairing import paired
from ipdocs.review.word.reviewed_file import Marked
from ipdocs.source.differences import differences
from ipdocs.source.open import inspect_source

if TYPE_CHECKING:
    from lxml.etree import _Element

NOTES = "word/footnotes.xml"
_UNKEPT = ("bookmarkStart", "bookmarkEnd", "drawing", "footnoteReference", "commentRangeStart", "commentRangeEnd")
_LENGTHS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Redline:
    """A Word file with tracked changes, and how many paragraphs are new, changed and gone."""

    data: bytes
    new: int
    changed: int
    gone: int


@dataclass(slots=True)
class _Pen:
    """Who marks changes, and when; each mark has a number of its own."""

    author: str
    date: str
    numbers: Iterator[int]

    def mark(self, tag: str, *content: _Element) -> _Element:
        """Return <w:ins> or <w:del> around what changed."""
        return element(tag, *content, id=str(next(self.numbers)), author=self.author, date=self.date)


def redline(old: Path, new: Path, lang: str, *, author: str, now: datetime, draft: bool = False) -> Redline:
    """Return the new version of a source as a Word file, with what is not in the old one marked as inserted and the reverse.

    English is compared by word, Chinese by character. Accepting all changes gives the new version, rejecting them the old.

    Args:
        old: the source as it was, which may have gaps.
        new: the source as it is.
        lang: the language to compare in, by its code.
        author: who made the changes.
        now: when they are marked.
        draft: whether the new version may have gaps, too.

    Raises:
        IpdocsError: what keeps the new version from being released.
    """
    sources = collect(lambda asked: inspect_source(asked[0], draft=asked[1]), [(old, True), (new, draft)])
    spoken = language(lang, sources[-1].workspace)
    before, after = (open_package(word_file(source, spoken), source.path) for source in sources)
    pen = _Pen(author, now.strftime("%Y-%m-%dT%H:%M:%SZ"), count(100_000))
    parts = dict(after.parts)
    counts = [0, 0, 0]
    for name in (MAIN, NOTES):
        was, root = before.root(name), after.root(name)
        if root is not None and was is not None:
            found = _mark(_paragraphs(was), _paragraphs(root), pen, after)
            counts = [one + other for one, other in zip(counts, found, strict=True)]
            parts[name] = _serialised(root)
    return Redline(write_package(parts), *counts)


def _paragraphs(root: _Element) -> list[_Element]:
    separators = {one for one in root.iter(qualified_name("footnote")) if one.get(qualified_name("type"))}
    return [one for one in root.iter(qualified_name("p")) if one.getparent() not in separators]


def _mark(before: Sequence[_Element], after: Sequence[_Element], pen: _Pen, package: Package) -> tuple[int, int, int]:
    """Mark what changed between two lists of paragraphs; return how many are new, changed and gone."""
    new = changed = gone = 0
    back = [Marked(str(index), paragraph_text(one)) for index, one in enumerate(after)]
    last: _Element | None = None
    for number, one in list(paired([paragraph_text(paragraph) for paragraph in before], back)):
        if number is None and one is not None:
            last = after[int(one.mark)]
            _insert(last, pen)
            new += 1
        elif number is not None and one is None:
            last = _delete(before[number], last, after, pen, package)
            gone += 1
        elif number is not None and one is not None:
            last = after[int(one.mark)]
            if paragraph_text(before[number]) != one.text:
                _change(last, paragraph_text(before[number]), one.text, pen)
                changed += 1
    return new, changed, gone


def _insert(paragraph: _Element, pen: _Pen) -> None:
    """Mark a whole paragraph as new."""
    for run in list(paragraph.iter(qualified_name("r"))):
        _wrap(run, pen.mark("ins"))
    _mark_end(paragraph, pen.mark("ins"))


def _wrap(run: _Element, around: _Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.replace(run, around)
        around.append(run)


def _mark_end(paragraph: _Element, mark: _Element) -> None:
    """Mark the end of a paragraph as inserted or deleted: the first of its own run's properties."""
    properties = paragraph.find(qualified_name("pPr"))
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    own = properties.find(qualified_name("rPr"))
    if own is None:
        own = element("rPr")
        later = next((one for one in properties if one.tag in (qualified_name("sectPr"), qualified_name("pPrChange"))), None)
        properties.append(own) if later is None else later.addprevious(own)
    own.insert(0, mark)


def _delete(paragraph: _Element, last: _Element | None, after: Sequence[_Element], pen: _Pen, package: Package) -> _Element:
    """Put a paragraph of the old version behind the last one, marked as deleted; return it."""
    made = copy.deepcopy(paragraph)
    for tag in _UNKEPT:
        for one in list(made.iter(qualified_name(tag))):
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
    for link in list(made.iter(qualified_name("hyperlink"))):
        for run in list(link):
            link.addprevious(run)
        made.remove(link)
    _forget_unknown(made, package)
    for run in list(made.iter(qualified_name("r"))):
        for said in run.iter(qualified_name("t")):
            said.tag = qualified_name("delText")
        _wrap(run, pen.mark("del"))
    _mark_end(made, pen.mark("del"))
    if last is not None:
        last.addnext(made)
    elif after:
        after[0].addprevious(made)
    return made


def _forget_unknown(paragraph: _Element, package: Package) -> None:
    """Take away what refers to styles and lists that the new version lacks, and the end of a section."""
    properties = paragraph.find(qualified_name("pPr"))
    if properties is None:
        return
    styles, lists = package.root("word/styles.xml"), package.root("word/numbering.xml")
    known = {one.get(qualified_name("styleId")) for one in styles.iter(qualified_name("style"))} if styles is not None else set()
    numbers = {one.get(qualified_name("numId")) for one in lists.iter(qualified_name("num"))} if lists is not None else set()
    for one in list(properties):
        number = one.find(qualified_name("numId"))
        lost_style = one.tag == qualified_name("pStyle") and one.get(qualified_name("val")) not in known
        lost_list = number is not None and number.get(qualified_name("val")) not in numbers
        if lost_style or lost_list or one.tag == qualified_name("sectPr"):
            properties.remove(one)


def _change(paragraph: _Element, old: str, new: str, pen: _Pen) -> None:
    """Mark what differs within a paragraph."""
    inserted: list[tuple[int, int]] = []
    deleted: dict[int, str] = {}
    shift = 0
    for start, end, said in differences(old, new):
        if said:
            inserted.append((start + shift, start + shift + len(said)))
        if end > start:
            deleted[start + shift] = old[start:end]
        shift += len(said) - (end - start)
    cuts = sorted({*deleted, *(one for span in inserted for one in span)})
    position = 0
    run = None
    for run in [one for whole in list(paragraph.iter(qualified_name("r"))) for one in _split(whole, cuts, new, paragraph)]:
        length = len(paragraph_text(run))
        if position in deleted and length:
            run.addprevious(pen.mark("del", _gone(deleted.pop(position), run)))
        if length and any(start <= position < end for start, end in inserted):
            _wrap(run, pen.mark("ins"))
        position += length
    for said in deleted.values():
        paragraph.append(pen.mark("del", _gone(said, run)))


def _gone(said: str, beside: _Element | None) -> _Element:
    """Return a run of deleted words that looks like the one beside it."""
    run = element("r")
    look = beside.find(qualified_name("rPr")) if beside is not None else None
    if look is not None:
        run.append(copy.deepcopy(look))
    for number, line in enumerate(said.split("\n")):
        if number:
            run.append(element("br"))
        one = text(line)
        one.tag = qualified_name("delText")
        run.append(one)
    return run


def _split(run: _Element, cuts: list[int], new: str, paragraph: _Element) -> list[_Element]:
    """Return a run as several, one for each of its parts, and text parted where a change begins or ends."""
    begun = sum(len(paragraph_text(one)) for one in _before(run, paragraph))
    look = run.find(qualified_name("rPr"))
    made: list[_Element] = []
    for part in [one for one in run if one is not look]:
        length = (
            len(paragraph_text(part))
            if part.tag == qualified_name("t")
            else len(_LENGTHS.get(str(part.tag).rpartition("}")[2], ""))
        )
        inner = [begun, *(cut for cut in cuts if begun < cut < begun + length), begun + length]
        if part.tag == qualified_name("t") and length:
            made += [_run(look, text(new[first:last])) for first, last in pairwise(inner)]
        else:
            made.append(_run(look, part))
        begun += length
    for one in made:
        run.addprevious(one)
    parent = run.getparent()
    if parent is not None and made:
        parent.remove(run)
    return made or [run]


def _run(look: _Element | None, part: _Element) -> _Element:
    return element("r", *([copy.deepcopy(look)] if look is not None else []), part)


def _before(run: _Element, paragraph: _Element) -> Iterator[_Element]:
    """Yield the runs of a paragraph before one."""
    for one in paragraph.iter(qualified_name("r")):
        if one is run:
            return
        yield one


def _serialised(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

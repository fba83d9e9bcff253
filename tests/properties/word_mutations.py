"""Changed Word files: elements deleted, doubled, moved, renamed or put into unknown elements; and where each word must arrive."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lxml import etree

from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import import_release

from .mutate import pack_parts, read_parts
from .word_elements import ELEMENTS, NAMESPACES, made_up_word, random_file

if TYPE_CHECKING:
    from lxml.etree import _Element

NOW = datetime(2026, 11, 22)
MADE_UP = re.compile("x[a-z]{6}q")
TEXT_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|comments|header[0-9]*|footer[0-9]*)\.xml")


def with_made_up_words(data: bytes) -> bytes:
    """Return a Word file in which every text is replaced by as many words that occur once."""
    parts = read_parts(data)
    numbers = itertools.count()

    def replace(text: str | None) -> str | None:
        return re.sub(r"\w+", lambda word: made_up_word(next(numbers)), text) if text and text.strip() else text

    for name in filter(TEXT_PARTS.fullmatch, parts):
        root = etree.fromstring(parts[name])
        for element in root.iter(etree.Element):
            if etree.QName(element).localname not in ("instrText", "delInstrText", "posOffset"):
                element.text = replace(element.text)
            element.tail = replace(element.tail)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack_parts(parts)


@cache
def _names() -> list[str]:
    forms = (form for forms in ELEMENTS.values() for form in forms.values())
    found = {name for form in forms for name in re.findall(r"<(\w+:\w+)", form)}
    return sorted(found | {"w:pPr", "w:rPr", "w:footnote", "w:body", "w:unknown", "w:sectPr", "w:numPr", "w:vMerge", "w:rStyle"})


def change_elements(data: bytes, random: Random) -> bytes:
    """Return a Word file after one to eight changes of the elements of its texts."""
    parts = read_parts(data)
    names = [name for name in parts if TEXT_PARTS.fullmatch(name)]
    for name in dict.fromkeys(("word/document.xml", random.choice(names))):
        root = etree.fromstring(parts[name])
        for _ in range(random.randint(1, 8)):
            _change(root, random)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if random.random() < 0.05:
        del parts[random.choice(sorted(parts.keys() - {"word/document.xml", "_rels/.rels"}))]
    return pack_parts(parts)


def _change(root: _Element, random: Random) -> None:
    elements = list(root.iterdescendants(etree.Element))
    element = random.choice(elements) if elements else None
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return
    match random.randrange(9):
        case 0:
            _remove(element)
        case 1:
            parent.insert(random.randint(0, len(parent)), _copy(element))
        case 2:
            _move(element, random.choice(elements), random)
        case 3:
            prefix, local = random.choice(_names()).split(":")
            element.tag = f"{{{NAMESPACES[prefix]}}}{local}"
        case 4:
            prefix, local = random.choice(_names()).split(":")
            _wrap(element, f"{{{NAMESPACES[prefix]}}}{local}")
        case 5:
            _wrap(element, random.choice(("{urn:x}unknown", "unknown", "{urn:x}p", "{urn:x}t")))
        case 6:
            for child in list(element):
                element.addprevious(child)
            _remove(element)
        case 7 if element.attrib:
            key = random.choice(list(element.attrib))
            element.set(key, random.choice(("", "0", "1", "-7", "none", "restart", "99999999999", "x")))
        case _:
            element.tail, element.text = element.text, element.tail


def _move(element: _Element, target: _Element, random: Random) -> None:
    _remove(element)
    if target not in element.iter():
        target.insert(random.randint(0, len(target)), element)


def _remove(element: _Element) -> None:
    """Remove an element without the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _copy(element: _Element) -> _Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _wrap(element: _Element, tag: str) -> None:
    wrapper = etree.Element(tag)
    element.addprevious(wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)


def words_of(data: bytes) -> Counter[str]:
    """Return how often each made-up word stands in the texts to which relationships lead."""
    parts = read_parts(data)
    texts: list[str] = []
    pending, seen = ["word/document.xml"], {"word/document.xml"}
    while pending:
        name = pending.pop()
        if name not in parts or not TEXT_PARTS.fullmatch(name):
            continue
        texts += map(str, etree.fromstring(parts[name]).itertext())
        folder, file = posixpath.split(name)
        for link in etree.fromstring(parts.get(f"{folder}/_rels/{file}.rels", b"<none/>")):
            target = posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return Counter(MADE_UP.findall(" ".join(texts)))


def places_of_words(data: bytes) -> tuple[Counter[str], Counter[str]]:
    """Import a Word file; return how often each made-up word is in the source, and how often it is reported as left out.

    Raises:
        IpdocsError: The file is refused; nothing is written.
    """
    with TemporaryDirectory() as folder:
        path, target = Path(folder) / "a.docx", Path(folder) / "new"
        path.write_bytes(data)
        try:
            summary = import_release([path], target, NOW)
        except IpdocsError:
            assert not target.exists() or not list(target.iterdir())
            raise
        source = re.sub(r"(?m)^(?:id| *(?:- )?id): .*$", "", summary.path.read_text("utf-8"))
    left_out = " ".join(entry.text for _, entry in summary.left_out)
    return Counter(MADE_UP.findall(source)), Counter(MADE_UP.findall(left_out))


def check_changed_file(data: bytes) -> bool:
    """Check that the words of a changed file are all in the source or left out; return whether the file was imported.

    A file may be refused, but not because its text is unaccounted for. A word that the changes have doubled may be reported once,
    since running heads and second forms of a text are.
    """
    try:
        taken, left_out = places_of_words(data)
    except IpdocsError as error:
        if "text-unaccounted" in {finding.code for finding in error.findings}:
            raise AssertionError(f"text is unaccounted for: {error}") from error
        return False
    expected = words_of(data)
    wrong = {
        word: (count, taken[word], left_out[word])
        for word, count in expected.items()
        if not 1 <= taken[word] + left_out[word] <= count
    }
    assert wrong == {}, (
        f"{len(wrong)} words, each with its count in the file, in the source and left out: {list(wrong.items())[:5]}"
    )
    return True


@cache
def seeds() -> tuple[bytes, ...]:
    """Return Word files to change: of this program, of python-docx, and made of elements of every kind."""
    from .test_entrances import ROOT, word_file

    real = [path.read_bytes() for path in sorted((ROOT / "tests/real/word_files").glob("*.docx"))]
    made = [random_file(Random(seed))[0] for seed in range(12)]
    return (*map(with_made_up_words, (*real, word_file(*("A paragraph of words.",) * 5))), *made)

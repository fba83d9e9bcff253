"""Which face sets which character of a tree, and which characters no face has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from lxml.html import HtmlElement

from ipdocs.files.pictures.svg import words
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.language import Language, languages
from ipdocs.templating.fonts import DESIGNS, DesignName, Face, fonts
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.workspace import Workspace
from ipdocs.writers.pdf.installed import files, installed, missing_fonts
from ipdocs.writers.pdf.subset import LATIN, characters, is_chinese, subset

GENERATED = frozenset({*range(0x20, 0x7F), *map(ord, "‐–‘’“”•…◦▪·§〇○零一二三四五六七八九十百千、（）")})
"""What lists, counters, page numbers and notes may add to a document's own text."""

_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
_FAMILY = re.compile(r"\bfont(?:-family)?\s*:([^;}]+)")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_PLACE = re.compile(r"(.+):(\d+):(\d+)")


@dataclass(slots=True)
class Fitted:
    """The faces of a tree as font files, and by each tag the texts have: families, characters without a glyph, language."""

    files: list[bytes] = field(default_factory=list)
    families: dict[tuple[DesignName, str], str] = field(default_factory=dict)
    missing: dict[str, set[str]] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)


def fit(tree: HtmlDocument, workspace: Workspace, base: str = "") -> Fitted:
    """Return the fonts of a tree: each face once, with the characters that its text and stylesheets want of it.

    The base is the text of one more stylesheet. A face has nothing of other trees' characters, so a PDF is the same
    whatever is built beside it.
    """
    known, fitted = installed(), Fitted()
    wanted: dict[Face, set[int]] = {}
    for tag, codes in _used(tree, base).items():
        language = fitted.languages[tag] = _nearest(tag, workspace)
        for design in _designs(tree):
            faces = fonts(language, workspace).design(design).faces
            have = {face: characters(found[0]) for face in faces if (found := files(face, known))}
            given, missing = assign(codes, have)
            for face, some in given.items():
                wanted.setdefault(face, set()).update(some)
            fitted.families[design, tag] = ",".join(files(face, known)[0].family for face in have)
            fitted.missing.setdefault(tag, set()).update(map(chr, missing))
    for face, codes in wanted.items():
        if not codes:
            continue
        latin = face.takes == "latin"
        keep = frozenset(codes | LATIN if latin else codes)
        fitted.files += [subset(file, keep & characters(file), latin=latin) for file in files(face, known)]
    return fitted


def lacking_fonts(trees: Iterable[HtmlDocument], workspace: Workspace) -> list[Finding]:
    """Return a finding for each font that some tree wants and that is not installed."""
    wanted = {(_nearest(tag, workspace), design) for tree in trees for tag in _tags(tree) for design in _designs(tree)}
    faces = (face for language, design in sorted(wanted, key=str) for face in fonts(language, workspace).design(design).faces)
    return missing_fonts(faces, installed())


def assign(codes: Set[int], have: dict[Face, frozenset[int]]) -> tuple[dict[Face, set[int]], set[int]]:
    """Return the characters that each face sets, and those that none has.

    The first face that asks for a character and has it takes it; what none asks for goes to the first that has it.
    """
    rest, given = set(codes), {}
    for face, available in have.items():
        mine = {code for code in rest & available if face.takes == "latin" or code == 0x20 or is_chinese(code)}
        given[face] = mine
        rest -= mine - {0x20}
    for face, available in have.items():
        given[face] |= rest & available
        rest -= available
    return given, {code for code in rest if not _is_invisible(code)}


def no_glyphs(tree: HtmlDocument, fitted: Fitted) -> list[Finding]:
    """Return a finding for each character of a tree that no face of its language has, with its place in the source."""
    if not any(fitted.missing.values()):
        return []
    return [
        Finding(
            "no-glyph",
            f"no font of {fitted.languages[tag].tag} has a glyph for {character!r} (U+{ord(character):04X})",
            place(element),
            f"write it otherwise, or name a font that has it in locales/{fitted.languages[tag].tag}/fonts.yaml",
        )
        for element, tag, text in chain(texts(tree.root), _drawn(tree))
        for character in dict.fromkeys(text)
        if character in fitted.missing.get(tag, ())
    ]


def missing_glyph_findings(tree: HtmlDocument, workspace: Workspace) -> list[Finding]:
    """Return the same for a format that brings no fonts: of a language whose fonts are not all installed nothing can be said."""
    try:
        known, found = installed(), Fitted()
    except IpdocsError:
        return []
    for tag, codes in _used(tree, "").items():
        language = found.languages[tag] = _nearest(tag, workspace)
        for design in _designs(tree):
            faces = {face: files(face, known) for face in fonts(language, workspace).design(design).faces}
            if all(faces.values()):
                _, missing = assign(codes, {face: characters(some[0]) for face, some in faces.items()})
                found.missing.setdefault(tag, set()).update(map(chr, missing))
    return no_glyphs(tree, found)


def other_fonts(stylesheet: Stylesheet) -> list[Finding]:
    """Return a warning for each font that a stylesheet names itself: only the fonts of fonts.yaml are looked at."""
    return [
        Finding(
            "unknown-font-family",
            f"{' '.join(found[1].split())!r} is neither ip-serif nor ip-sans; the PDF takes ip-serif",
            Location(stylesheet.path, stylesheet.text.count("\n", 0, found.start()) + 1),
            "write ip-serif or ip-sans; locales/*/fonts.yaml says which fonts they are",
            "warning",
        )
        for found in _FAMILY.finditer(stylesheet.text)
        if not any(f"ip-{design}" in found[1] for design in DESIGNS) and found[1].strip() != "inherit"
    ]


def texts(element: HtmlElement, language: str = "") -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield every text under an element in reading order, with the element it stands in and its language."""
    language = element.get("lang", language)
    if element.text:
        yield element, language, element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag != "head":
            yield from texts(child, language)
        if child.tail:
            yield element, language, child.tail


def place(element: HtmlElement) -> Location | None:
    """Return where an element comes from: what data-place says of it or of the nearest element around it."""
    marked = next((one for one in (element, *element.iterancestors()) if "data-place" in one.attrib), None)
    found = _PLACE.fullmatch(marked.attrib["data-place"]) if marked is not None else None
    return Location(Path(found[1]), int(found[2]), int(found[3])) if found else None


def _used(tree: HtmlDocument, base: str) -> dict[str, set[int]]:
    """Return the characters used in each language, those that stylesheets may add among them."""
    sheets = base + "".join(sheet.text for sheet in tree.stylesheets)
    generated = GENERATED | set(map(ord, _OUTSIDE_ASCII.findall(sheets)))
    used = {tag: set(generated) for tag in _tags(tree)}
    respelt = "text-transform" in sheets or "font-variant" in sheets
    for _, tag, text in texts(tree.root):
        used[tag].update(map(ord, text))
        if respelt:
            used[tag].update(map(ord, text.upper() + text.lower() + text.translate(_FULL_WIDTH)))
    for _, tag, text in _drawn(tree):
        used[tag].update(map(ord, text))
    return used


def _drawn(tree: HtmlDocument) -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield the text of every picture of a tree with its element; it is set in the fonts of the first language."""
    first = _tags(tree)[0]
    for image in tree.root.iter("img"):
        picture = tree.assets.get(image.get("src", ""))
        if picture and (text := words(picture)):
            yield image, first, text


def _tags(tree: HtmlDocument) -> list[str]:
    """Return the language tags of a tree, in the order in which they appear."""
    root = tree.root.get("lang", "")
    return list(
        dict.fromkeys([root, *(element.get("lang", root) for element in tree.root.iter() if isinstance(element.tag, str))])
    )


def _designs(tree: HtmlDocument) -> list[DesignName]:
    """Return the designs that a tree's stylesheets name; the first stands in where none is named."""
    return [
        design for design in DESIGNS if design == DESIGNS[0] or any(f"ip-{design}" in sheet.text for sheet in tree.stylesheets)
    ]


def _nearest(tag: str, workspace: Workspace) -> Language:
    """Return the language whose fonts set a tag: its own, one that begins with it, one that begins alike, or else the first."""
    known = languages(workspace).values()
    return max(known, key=lambda one: (one.tag == tag, one.tag.startswith(f"{tag}-"), one.tag.split("-")[0] == tag.split("-")[0]))


def _is_invisible(code: int) -> bool:
    """Say whether a character needs no glyph: spaces, controls, format characters, variation selectors."""
    return (
        unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )

"""Assign characters to faces, and report characters that no face has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

from lxml.html import HtmlElement

from ipdocs.files.pictures.svg import drawing_text
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.language import Language, languages
from ipdocs.templating.fonts import DESIGNS, DesignName, Face, fonts
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.workspace import Workspace
from ipdocs.writers.pdf.font_files import font_files_for, installed_fonts, missing_font_findings
from ipdocs.writers.pdf.subset import LATIN, is_chinese, subset, supported_characters

GENERATED = frozenset({*range(0x20, 0x7F), *map(ord, "‐–‘’“”•…◦▪·§〇○零一二三四五六七八九十百千、（）")})
"""Characters that lists, counters, page numbers and footnotes may add to the text of a document."""

_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
_FAMILY = re.compile(r"\bfont(?:-family)?\s*:([^;}]+)")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""The full-width form of each ASCII character, for `text-transform: full-width`."""


@dataclass(slots=True)
class DocumentFonts:
    """The fonts of one document.

    Attributes:
        files: the subset font files.
        families: the families for each design and language tag, as a CSS list.
        missing: the characters without a glyph, keyed by language tag.
        languages: for each language tag, the language whose fonts are used.
    """

    files: list[bytes] = field(default_factory=list)
    families: dict[tuple[DesignName, str], str] = field(default_factory=dict)
    missing: dict[str, set[str]] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)


def subset_fonts(html: HtmlDocument, workspace: Workspace, built_in_css: str = "") -> DocumentFonts:
    """Return the fonts for a document: each face once, with the characters that the text and the stylesheets need.

    A subset has no characters from other documents, so a PDF has the same bytes in every batch.

    Args:
        html: the document.
        workspace: the workspace with the fonts for each language.
        built_in_css: the text of the built-in stylesheets.
    """
    installed, document_fonts = installed_fonts(), DocumentFonts()
    codes_by_face: dict[Face, set[int]] = {}
    for tag, codes in _used_characters(html, built_in_css).items():
        language = document_fonts.languages[tag] = _closest_language(tag, workspace)
        for design in _designs(html):
            faces = fonts(language, workspace).design(design).faces
            supported = {face: supported_characters(files[0]) for face in faces if (files := font_files_for(face, installed))}
            assigned, missing = assign_characters(codes, supported)
            for face, face_codes in assigned.items():
                codes_by_face.setdefault(face, set()).update(face_codes)
            document_fonts.families[design, tag] = ",".join(font_files_for(face, installed)[0].family for face in supported)
            document_fonts.missing.setdefault(tag, set()).update(map(chr, missing))
    for face, codes in codes_by_face.items():
        if not codes:
            continue
        latin = face.script == "latin"
        kept_codes = frozenset(codes | LATIN if latin else codes)
        document_fonts.files += [
            subset(file, kept_codes & supported_characters(file), latin=latin) for file in font_files_for(face, installed)
        ]
    return document_fonts


def batch_font_findings(documents: Iterable[HtmlDocument], workspace: Workspace) -> list[Finding]:
    """Return a finding for each missing font that a document of the batch needs."""
    pairs = {
        (_closest_language(tag, workspace), design)
        for html in documents
        for tag in _language_tags(html)
        for design in _designs(html)
    }
    faces = (face for language, design in sorted(pairs, key=str) for face in fonts(language, workspace).design(design).faces)
    return missing_font_findings(faces, installed_fonts())


def assign_characters(codes: Set[int], supported: Mapping[Face, frozenset[int]]) -> tuple[dict[Face, set[int]], set[int]]:
    """Return the characters to set in each face, and the characters that no face has.

    A character is set in the first face for its script that has the character, or else in the first other face that has it.

    Args:
        codes: the code points of a text.
        supported: the code points that each face has, in order of preference.
    """
    remaining_codes, assigned = set(codes), {}
    for face, face_codes in supported.items():
        script_codes = {
            code for code in remaining_codes & face_codes if face.script == "latin" or code == 0x20 or is_chinese(code)
        }
        assigned[face] = script_codes
        remaining_codes -= script_codes - {0x20}
    for face, face_codes in supported.items():
        assigned[face] |= remaining_codes & face_codes
        remaining_codes -= face_codes
    return assigned, {code for code in remaining_codes if not _is_invisible(code)}


def glyph_findings(html: HtmlDocument, document_fonts: DocumentFonts) -> list[Finding]:
    """Return a finding for each character that no font for its language has, with the location in the source."""
    if not any(document_fonts.missing.values()):
        return []
    return [
        Finding(
            "no-glyph",
            f"no {document_fonts.languages[tag].tag} font has a glyph for {character!r} (U+{ord(character):04X})",
            html.location_of(element),
            "use another character, or name a font with this character in "
            f"locales/{document_fonts.languages[tag].tag}/fonts.yaml",
        )
        for element, tag, text in chain(iter_texts(html.root), _picture_texts(html))
        for character in dict.fromkeys(text)
        if character in document_fonts.missing.get(tag, ())
    ]


def missing_glyph_findings(html: HtmlDocument, workspace: Workspace) -> list[Finding]:
    """Return findings about characters without a glyph, for a format that does not embed fonts.

    Languages with fonts that are not installed are left out, because the missing fonts may have the character.
    """
    try:
        installed, document_fonts = installed_fonts(), DocumentFonts()
    except IpdocsError:
        return []
    for tag, codes in _used_characters(html, "").items():
        language = document_fonts.languages[tag] = _closest_language(tag, workspace)
        for design in _designs(html):
            faces = {face: font_files_for(face, installed) for face in fonts(language, workspace).design(design).faces}
            if all(faces.values()):
                _, missing = assign_characters(codes, {face: supported_characters(files[0]) for face, files in faces.items()})
                document_fonts.missing.setdefault(tag, set()).update(map(chr, missing))
    return glyph_findings(html, document_fonts)


def unknown_family_findings(stylesheet: Stylesheet) -> list[Finding]:
    """Return a warning for each font-family in a stylesheet other than ip-serif and ip-sans."""
    return [
        Finding(
            "unknown-font-family",
            f"{' '.join(match[1].split())!r} is neither ip-serif nor ip-sans; the PDF uses ip-serif",
            Location(stylesheet.path, stylesheet.text.count("\n", 0, match.start()) + 1),
            "write ip-serif or ip-sans, and name their fonts in locales/*/fonts.yaml",
            "warning",
        )
        for match in _FAMILY.finditer(stylesheet.text)
        if not any(f"ip-{design}" in match[1] for design in DESIGNS) and match[1].strip() != "inherit"
    ]


def iter_texts(element: HtmlElement, language: str = "") -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield each text within an element in reading order, as the text's parent element, language tag and text."""
    language = element.get("lang", language)
    if element.text:
        yield element, language, element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag != "head":
            yield from iter_texts(child, language)
        if child.tail:
            yield element, language, child.tail


def _used_characters(html: HtmlDocument, built_in_css: str) -> dict[str, set[int]]:
    """Return the code points used in each language, keyed by tag, including characters that stylesheets may add."""
    sheets = built_in_css + "".join(sheet.text for sheet in html.stylesheets)
    generated_codes = GENERATED | set(map(ord, _OUTSIDE_ASCII.findall(sheets)))
    codes_by_tag = {tag: set(generated_codes) for tag in _language_tags(html)}
    changes_case = "text-transform" in sheets or "font-variant" in sheets
    for _, tag, text in iter_texts(html.root):
        codes_by_tag[tag].update(map(ord, text))
        if changes_case:
            codes_by_tag[tag].update(map(ord, text.upper() + text.lower() + text.translate(_FULL_WIDTH)))
    for _, tag, text in _picture_texts(html):
        codes_by_tag[tag].update(map(ord, text))
    return codes_by_tag


def _picture_texts(html: HtmlDocument) -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield each picture with text as its <img>, the tag of the document's first language, and the text.

    Text in pictures is set in the fonts of the first language.
    """
    first_tag = _language_tags(html)[0]
    for image in html.root.iter("img"):
        picture = html.assets.get(image.get("src", ""))
        if picture and (text := drawing_text(picture)):
            yield image, first_tag, text


def _language_tags(html: HtmlDocument) -> list[str]:
    """Return the language tags of a document in order of appearance."""
    root_tag = html.root.get("lang", "")
    return list(
        dict.fromkeys(
            [root_tag, *(element.get("lang", root_tag) for element in html.root.iter() if isinstance(element.tag, str))]
        )
    )


def _designs(html: HtmlDocument) -> list[DesignName]:
    """Return the designs that the stylesheets of a document name, and the first design, which is the fallback."""
    return [
        design for design in DESIGNS if design == DESIGNS[0] or any(f"ip-{design}" in sheet.text for sheet in html.stylesheets)
    ]


def _closest_language(tag: str, workspace: Workspace) -> Language:
    """Return the language closest to a tag: the same tag, a longer tag, the same primary language, or the first language."""
    return max(
        languages(workspace).values(),
        key=lambda language: (
            language.tag == tag,
            language.tag.startswith(f"{tag}-"),
            language.tag.split("-")[0] == tag.split("-")[0],
        ),
    )


def _is_invisible(code: int) -> bool:
    """Whether a character, such as a space, control character or variation selector, needs no glyph."""
    return (
        unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )

"""Adaptations of WeasyPrint 70.0's internals.

All code that depends on these internals is here, in `line_numbers.py` and in `block_boxes.py`.

Fonts come only from files and depend on the language of the text. Boxes that are not content become artifacts. Structure
elements record their HTML element and its language. A test fails if the pinned version of WeasyPrint changes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any
from weakref import finalize
from xml.etree.ElementTree import Element

import cssselect2
import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf import tags
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.svg.text import Style as DrawnStyle
from weasyprint.text import fonts, line_break
from weasyprint.text.ffi import TO_UNITS, ffi, fontconfig, gobject, pango, pangoft2, unicode_to_char_p

from ipdocs.files.temporary import make_temporary_folder, remove, write_temporary
from ipdocs.templating.fonts import DESIGNS, DesignName, design_of
from ipdocs.writers.pdf.breaks import needs_space

ADAPTED_VERSION = "70.0"
"""The version of WeasyPrint that these adaptations are for."""

_LENGTH = re.compile(r"\[[0-9]+\]$")
"""The length at the end of a C array type."""

_TYPES = (
    *("PangoFcFontMap *", "PangoRectangle *", "PangoLogAttr[]"),
    *("char[]", "char[4]", "unsigned int *", "hb_tag_t[100]", "hb_codepoint_t[]"),
)
"""C types that WeasyPrint uses for every document."""

ffi.cdef("FcConfig *FcConfigCreate(void);")


class Fonts(fonts.FontConfiguration):  # type: ignore[misc]
    """A font configuration that has only the given font files, with the families for each design and language."""

    def __init__(self, files: Iterable[bytes], families: Mapping[tuple[DesignName, str], str]) -> None:
        self.families = families
        self.strut_layouts: dict[str, Any] = {}
        self.font_features: dict[bytes, Any] = {}
        folder = make_temporary_folder()
        finalize(self, remove, folder)
        self._config = fontconfig.FcConfigCreate()
        for number, data in enumerate(files):
            path = folder / str(number)
            write_temporary(path, data)
            if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path)):
                raise RuntimeError(f"fontconfig does not accept font file {number} of the document")
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps its own reference

    def families_for(self, names: Iterable[str], language: str) -> str:
        """Return the families for a language, as a CSS list. `names` from the stylesheet, such as ip-serif, select the design.

        Raises:
            LookupError: there are no fonts; without this error pango would end the process.
        """
        if not self.families:
            raise LookupError("there is no font to set this text in")
        requested_design = next((design for name in names for design in DESIGNS if name == f"ip-{design}"), DESIGNS[0])
        families_of_design = [families for (design, _), families in self.families.items() if design == requested_design]
        return self.families.get((requested_design, language)) or next(iter(families_of_design or self.families.values()))


@lru_cache(maxsize=4)
def font_configuration(files: tuple[bytes, ...], families: tuple[tuple[tuple[DesignName, str], str], ...]) -> Fonts:
    """Return a font configuration with the given files, cached because documents of a batch often share their fonts."""
    return Fonts(files, dict(families))


class _OpenArrayFfi:
    """A cffi interface for WeasyPrint's font module that leaves out the lengths of array types.

    cffi parses all declarations again for each new length, which takes 2.6 ms.
    """

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the ffi that this object replaces."""
        return getattr(ffi, name)

    def new(self, ctype: str, content: Any = None) -> Any:
        """Allocate memory of a C type; an array is as long as its content."""
        return ffi.new(_LENGTH.sub("[]", ctype) if isinstance(content, list | tuple) else ctype, content)


pdf_fonts.ffi = _OpenArrayFfi()


def parse_types() -> None:
    """Make cffi parse `_TYPES` once for this process and its forks."""
    for ctype in _TYPES:
        ffi.typeof(ctype)


class Html(weasyprint.HTML):  # type: ignore[misc]
    """A WeasyPrint document that is made from an element instead of text."""

    def __init__(self, root: Element[str], url_fetcher: Any) -> None:
        self.base_url = "asset:"
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class PdfMetadata(DocumentMetadata):  # type: ignore[misc]
    """Metadata whose XMP comes from the function `xmp`, so that one description claims both PDF/A and PDF/UA."""

    def __init__(self, xmp: Callable[[str], bytes], **properties: Any) -> None:
        super().__init__(**properties)
        self._xmp = xmp

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the rdf:RDF element for a part of PDF/A, 2 or 3."""
        return self._xmp(f"{version}")


def _font_description_by_language(style: Any) -> Any:
    """Return Pango's font description for a style, with the families for the style's language."""
    description = _get_font_description(style)
    if isinstance(style.font_config, Fonts):
        names = style["font_family"]
        if isinstance(style, DrawnStyle):
            names = [f"ip-{design_of(', '.join(names))}"]
        pointer, _owner = unicode_to_char_p(style.font_config.families_for(names, style["lang"] or ""))
        pango.pango_font_description_set_family(description, pointer)
    return description


_get_font_description = line_break.get_font_description
line_break.get_font_description = _font_description_by_language


def _font_key_with_small_caps(font: Any) -> tuple[int, Any, float]:
    """Return the key, description and size of a PDF font; small capitals have a separate font.

    Small capitals use the glyphs of capitals, so in a shared font each of these glyphs would map to two characters.
    """
    key, description, size = _get_font_key(font)
    if b"Small-Caps" in ffi.string(pango.pango_font_description_to_string(description)):
        pango.pango_font_description_set_absolute_size(description, size * TO_UNITS)
        key = pango.pango_font_description_hash(description)
    return key, description, size


_get_font_key = pdf_stream.get_pango_font_key
pdf_stream.get_pango_font_key = _font_key_with_small_caps


def mark_artifacts(document: Any) -> None:
    """Mark as artifacts the boxes of a laid-out document that are not content.

    These are headers and footers, repeated table headers, the draft watermark, the leaders of a table of contents,
    and pictures without alternative text.
    """
    seen_headers: set[Element[str]] = set()
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.MarginBox) or box.is_leader or box.element_tag == "body::before":
                _make_artifact(box)
            elif isinstance(box, boxes.TableRowGroupBox) and box.is_header:
                if box.element in seen_headers:
                    _make_artifact(box)
                seen_headers.add(box.element)
            elif isinstance(box, boxes.ReplacedBox) and box.element.tag == "img" and not box.element.get("alt"):
                _make_artifact(box)
        page.links = [link for link in page.links if not getattr(link[3], "artifact", False)]


def moved_notes(document: Any) -> Iterator[tuple[Element[str], int, int]]:
    """Yield each footnote that is not on the page of its call, with its page number (0 if missing) and the call's page number."""
    call_pages: dict[Element[str], int] = {}
    note_pages: dict[Element[str], int] = {}
    for number, page in enumerate(document.pages, 1):
        for area in page._page_box.children:
            page_by_element = note_pages if isinstance(area, boxes.FootnoteAreaBox) else call_pages
            for box in area.descendants(placeholders=True) if isinstance(area, boxes.ParentBox) else ():
                if box.element_tag and (page_by_element is note_pages or box.element_tag.endswith("::footnote-call")):
                    page_by_element.setdefault(box.element, number)
    yield from ((note, note_pages.get(note, 0), page) for note, page in call_pages.items() if note_pages.get(note, 0) != page)


def restore_spaces(document: Any) -> None:
    """Restore the space between two words where a line ends.

    Programs that read the structure need the space (ISO 32000-1, 14.8.2.5), but WeasyPrint drops it at a line break.
    """
    lines_by_element: dict[Any, list[Any]] = {}
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.LineBox) and not getattr(box, "artifact", False):
                text_boxes = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox) and inner.text]
                lines_by_element.setdefault(box.element, []).extend([text_boxes] if text_boxes else [])
    for element_lines in lines_by_element.values():
        for line, next_line in pairwise(element_lines):
            if needs_space(line[-1].text, next_line[0].text):
                line[-1].pango_layout.text += " "


def _make_artifact(box: Any) -> None:
    box.artifact = True
    for inner in box.descendants(placeholders=True) if isinstance(box, boxes.ParentBox) else ():
        inner.artifact = True
        if isinstance(inner, boxes.TableCellBox):
            inner.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})  # WeasyPrint expects this in every cell of a table


def _marked_or_artifact(stream: Any, box: Any, tag: str) -> Any:
    """Begin the marked content of a box, or an artifact if the box is not content."""
    return stream.artifact() if getattr(box, "artifact", False) else _stream_marked(stream, box, tag)


_stream_marked = pdf_stream.Stream.marked
pdf_stream.Stream.marked = _marked_or_artifact


def _build_tags_with_origin(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """Yield a box's structure elements with their HTML element, and with the language if it differs from the parent's."""
    if getattr(box, "artifact", False):
        return
    outer_languages = pdf.__dict__.setdefault("outer_languages", [])
    language = box.style["lang"]
    outer_language = outer_languages[-1] if outer_languages else language
    outer_languages.append(language)
    elements = list(_build_box_tree(box, parent, pdf, *rest))
    outer_languages.pop()
    for element in elements:
        if not hasattr(element, "origin"):
            element.origin = (box.element, box.element_tag)
            element.language = language
            if element["S"] == "/Figure":
                _correct_figure_box(element, box, pdf)
        if language != outer_language and "Lang" not in element:
            element["Lang"] = pydyf.String(language)
    yield from elements


def _correct_figure_box(figure: Any, box: Any, pdf: Any) -> None:
    """Correct the BBox of a figure: WeasyPrint writes pixels from the top of the page instead of points from the bottom."""
    page = pdf.objects[int(figure["Pg"].split()[0])]
    left, top = box.content_box_x() * 0.75, page["MediaBox"][3] - box.content_box_y() * 0.75
    figure["A"]["BBox"] = pydyf.Array((left, top - box.height * 0.75, left + box.width * 0.75, top))


_build_box_tree = tags._build_box_tree
tags._build_box_tree = _build_tags_with_origin

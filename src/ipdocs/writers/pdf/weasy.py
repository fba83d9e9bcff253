"""WeasyPrint 70.0 beyond its public interface: everything of ours that leans on its inside stands here.

What is adapted: fonts come from files alone and are chosen by the text's language; boxes that are no content are
artifacts; structure elements know their HTML element and its language. A test fails when the pinned version moves.
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
from ipdocs.templating.fonts import DESIGNS, DesignName, design
from ipdocs.writers.pdf.breaks import are_words

ADAPTED = "70.0"

_LENGTH = re.compile(r"\[[0-9]+\]$")
_TYPES = (
    *("PangoFcFontMap *", "PangoRectangle *", "PangoLogAttr[]"),
    *("char[]", "char[4]", "unsigned int *", "hb_tag_t[100]", "hb_codepoint_t[]"),
)

ffi.cdef("FcConfig *FcConfigCreate(void);")


class Fonts(fonts.FontConfiguration):  # type: ignore[misc]
    """A font configuration that holds the given files and nothing of the machine's, and knows each language's families."""

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
                raise RuntimeError(f"fontconfig does not take font {number} of the batch")
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps its own reference

    def family(self, names: Iterable[str], language: str) -> str:
        """Return the families that set a language in the design that the stylesheet's names mean.

        Without any font pango ends the process, so that must never come to pass.
        """
        if not self.families:
            raise LookupError("there is no font to set this text in")
        wanted = next((design for name in names for design in DESIGNS if name == f"ip-{design}"), DESIGNS[0])
        alike = [families for (design, _), families in self.families.items() if design == wanted]
        return self.families.get((wanted, language)) or next(iter(alike or self.families.values()))


@lru_cache(maxsize=4)
def fonts_of(files: tuple[bytes, ...], families: tuple[tuple[tuple[DesignName, str], str], ...]) -> Fonts:
    """Return a font configuration with some files: the one made before when they are the same."""
    return Fonts(files, dict(families))


class _Arrays:
    """C as WeasyPrint's font module knows it, an array's length told by what is put into it.

    For each new type cffi reads all declarations again, 2.6 ms; written with its length an array is a new type each time.
    """

    def __getattr__(self, name: str) -> Any:
        """Return what is as it was."""
        return getattr(ffi, name)

    def new(self, kind: str, content: Any = None) -> Any:
        """Return new memory of a kind."""
        return ffi.new(_LENGTH.sub("[]", kind) if isinstance(content, list | tuple) else kind, content)


pdf_fonts.ffi = _Arrays()


def learn_types() -> None:
    """Let cffi read the types that every document needs, once for this process and those it forks."""
    for kind in _TYPES:
        ffi.typeof(kind)


class Html(weasyprint.HTML):  # type: ignore[misc]
    """A document that is a tree already."""

    def __init__(self, root: Element[str], url_fetcher: Any) -> None:
        self.base_url = "asset:"
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class Metadata(DocumentMetadata):  # type: ignore[misc]
    """A document's metadata whose XMP is given, so that PDF/A and PDF/UA stand in one description."""

    def __init__(self, xmp: Callable[[str], bytes], **said: Any) -> None:
        super().__init__(**said)
        self._xmp = xmp

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return the rdf:RDF for a PDF/A part such as 2 or 3."""
        return self._xmp(f"{version}")


def _described(style: Any) -> Any:
    """Return Pango's description of a style's font, the family chosen by the language."""
    description = _get_font_description(style)
    if isinstance(style.font_config, Fonts):
        names = style["font_family"]
        if isinstance(style, DrawnStyle):
            names = [f"ip-{design(', '.join(names))}"]
        pointer, _kept = unicode_to_char_p(style.font_config.family(names, style["lang"] or ""))
        pango.pango_font_description_set_family(description, pointer)
    return description


_get_font_description = line_break.get_font_description
line_break.get_font_description = _described


def _font_key(font: Any) -> tuple[int, Any, float]:
    """Return what tells a font of a PDF from others, with its description and size; small capitals are another font.

    They are drawn with the glyphs of great letters, so in one font with these a glyph would stand for both and be read as either.
    """
    key, description, size = _get_font_key(font)
    if b"Small-Caps" in ffi.string(pango.pango_font_description_to_string(description)):
        pango.pango_font_description_set_absolute_size(description, size * TO_UNITS)
        key = pango.pango_font_description_hash(description)
    return key, description, size


_get_font_key = pdf_stream.get_pango_font_key
pdf_stream.get_pango_font_key = _font_key


def mark_artifacts(document: Any) -> None:
    """Mark what is no content of a laid out document.

    Running heads and feet, the heads of tables where they repeat, a draft's mark, a contents' dots, pictures without
    alternative text.
    """
    heads: set[Element[str]] = set()
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.MarginBox) or box.is_leader or box.element_tag == "body::before":
                _set_aside(box)
            elif isinstance(box, boxes.TableRowGroupBox) and box.is_header:
                if box.element in heads:
                    _set_aside(box)
                heads.add(box.element)
            elif isinstance(box, boxes.ReplacedBox) and box.element.tag == "img" and not box.element.get("alt"):
                _set_aside(box)
        page.links = [link for link in page.links if not getattr(link[3], "artifact", False)]


def moved_notes(document: Any) -> Iterator[tuple[Element[str], int, int]]:
    """Yield each footnote that does not stand on the page on which it is called, with both pages; 0 where it is not shown."""
    calls: dict[Element[str], int] = {}
    notes: dict[Element[str], int] = {}
    for number, page in enumerate(document.pages, 1):
        for area in page._page_box.children:
            found = notes if isinstance(area, boxes.FootnoteAreaBox) else calls
            for box in area.descendants(placeholders=True) if isinstance(area, boxes.ParentBox) else ():
                if box.element_tag and (found is notes or box.element_tag.endswith("::footnote-call")):
                    found.setdefault(box.element, number)
    yield from ((note, notes.get(note, 0), page) for note, page in calls.items() if notes.get(note, 0) != page)


def separate_words(document: Any) -> None:
    """Put the space back that ends a line: who reads by the structure, not by the lines, needs it between two words.

    Tagged PDF asks for it (ISO 32000-1, 14.8.2.5); WeasyPrint drops it when it breaks a line there.
    """
    lines: dict[Any, list[Any]] = {}
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.LineBox) and not getattr(box, "artifact", False):
                words = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox) and inner.text]
                lines.setdefault(box.element, []).extend([words] if words else [])
    for of_element in lines.values():
        for line, following in pairwise(of_element):
            if are_words(line[-1].text, following[0].text):
                line[-1].pango_layout.text += " "


def _set_aside(box: Any) -> None:
    box.artifact = True
    for inner in box.descendants(placeholders=True) if isinstance(box, boxes.ParentBox) else ():
        inner.artifact = True
        if isinstance(inner, boxes.TableCellBox):
            inner.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})  # what WeasyPrint looks for in every cell of a table


def _marked(stream: Any, box: Any, tag: str) -> Any:
    """Begin the marked content of a box: an artifact when it is no content."""
    return stream.artifact() if getattr(box, "artifact", False) else _stream_marked(stream, box, tag)


_stream_marked = pdf_stream.Stream.marked
pdf_stream.Stream.marked = _marked


def _tagged(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """Yield a box's structure elements, each with its HTML element, and its language where that differs from its parent's."""
    if getattr(box, "artifact", False):
        return
    around = pdf.__dict__.setdefault("languages_around", [])
    language = box.style["lang"]
    outer = around[-1] if around else language
    around.append(language)
    elements = list(_build_box_tree(box, parent, pdf, *rest))
    around.pop()
    for element in elements:
        if not hasattr(element, "origin"):
            element.origin = (box.element, box.element_tag)
            element.language = language
            if element["S"] == "/Figure":
                _place_figure(element, box, pdf)
        if language != outer and "Lang" not in element:
            element["Lang"] = pydyf.String(language)
    yield from elements


def _place_figure(figure: Any, box: Any, pdf: Any) -> None:
    """Say where a picture stands in the page's own units and from below, which WeasyPrint says in pixels and from above."""
    page = pdf.objects[int(figure["Pg"].split()[0])]
    left, top = box.content_box_x() * 0.75, page["MediaBox"][3] - box.content_box_y() * 0.75
    figure["A"]["BBox"] = pydyf.Array((left, top - box.height * 0.75, left + box.width * 0.75, top))


_build_box_tree = tags._build_box_tree
tags._build_box_tree = _tagged

"""The adaptations of WeasyPrint's internals, which hold for one version."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib.metadata import version

import pytest
import weasyprint
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf import tags
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream
from weasyprint.text import fonts, line_break

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.pdf import weasy


def test_pinned_version_is_the_adapted_one() -> None:
    """When this fails, compare weasy.py with the new WeasyPrint, run the veraPDF tests, and change both numbers."""
    assert weasy.ADAPTED_VERSION == weasyprint.VERSION == version("weasyprint")


def test_replaced_functions_still_have_the_same_signature() -> None:
    assert list(inspect.signature(weasy._build_box_tree).parameters)[:4] == ["box", "parent", "pdf", "page_number"]
    assert list(inspect.signature(weasy._stream_marked).parameters) == ["self", "box", "tag"]
    assert list(inspect.signature(weasy._get_font_description).parameters) == ["style"]
    assert list(inspect.signature(DocumentMetadata.generate_rdf_metadata).parameters) == [
        "self",
        "variant",
        "version",
        "conformance",
    ]
    assert set(vars(fonts.FontConfiguration())) == {"_config", "_folder", "font_map", "strut_layouts", "font_features"}


def test_text_without_any_font_raises_an_exception() -> None:
    with pytest.raises(LookupError, match="no font"):
        weasy.Fonts([], {}).families_for(["ip-serif"], "en")


def test_every_replacement_is_in_place() -> None:
    assert tags._build_box_tree is weasy._build_tags_with_origin
    assert Stream.marked is weasy._marked_or_artifact
    assert line_break.get_font_description is weasy._font_description_by_language
    assert pdf_fonts.ffi is not weasy.ffi


def test_documents_need_only_the_known_ctypes(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes]
) -> None:
    """cffi caches each type that it has parsed; a type that only a document needs would be parsed in every process."""
    tree = tree_of('<html lang="en"><body><article lang="en"><p>A page with some words in it</p></article></body></html>')
    write(tree)
    weasy.parse_types()
    before = set(weasy.ffi._parsed_types)
    write(tree_of('<html lang="en"><body><article lang="en"><p>Another, of other length, 1234567890</p></article></body></html>'))
    assert set(weasy.ffi._parsed_types) == before


def test_array_is_as_long_as_its_content() -> None:
    array = pdf_fonts.ffi.new("hb_codepoint_t[3]", [5, 6, 7])
    assert list(array) == [5, 6, 7]
    assert len(pdf_fonts.ffi.new("char[4]")) == 4

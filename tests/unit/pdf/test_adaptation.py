"""The adaptation of WeasyPrint's inside holds for one version of it."""

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


def test_the_pinned_version_is_the_one_that_was_adapted() -> None:
    """When this fails, read weasy.py beside the new WeasyPrint, run the veraPDF tests, and move both numbers."""
    assert weasy.ADAPTED == weasyprint.VERSION == version("weasyprint")


def test_what_is_replaced_still_has_the_shape_it_had() -> None:
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


def test_text_without_any_font_is_an_exception_and_not_the_end_of_the_process() -> None:
    with pytest.raises(LookupError, match="no font"):
        weasy.Fonts([], {}).family(["ip-serif"], "en")


def test_every_replacement_is_in_place() -> None:
    assert tags._build_box_tree is weasy._tagged
    assert Stream.marked is weasy._marked
    assert line_break.get_font_description is weasy._described
    assert pdf_fonts.ffi is not weasy.ffi


def test_every_document_finds_the_types_that_were_learnt(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes]
) -> None:
    """cffi remembers each type it was asked for; what a page adds to them would be read again in every process."""
    tree = tree_of('<html lang="en"><body><article lang="en"><p>A page with some words in it</p></article></body></html>')
    write(tree)
    weasy.learn_types()
    before = set(weasy.ffi._parsed_types)
    write(tree_of('<html lang="en"><body><article lang="en"><p>Another, of other length, 1234567890</p></article></body></html>'))
    assert set(weasy.ffi._parsed_types) == before


def test_an_array_is_as_long_as_what_is_put_into_it() -> None:
    array = pdf_fonts.ffi.new("hb_codepoint_t[3]", [5, 6, 7])
    assert list(array) == [5, 6, 7]
    assert len(pdf_fonts.ffi.new("char[4]")) == 4

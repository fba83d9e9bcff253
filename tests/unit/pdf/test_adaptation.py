"""The adaptation of WeasyPrint's inside holds for one version of it."""

from __future__ import annotations

import inspect
from importlib.metadata import version

import pytest
import weasyprint
from weasyprint.pdf import tags
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream
from weasyprint.text import fonts, line_break

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

"""Hidden drawings are removed from annexes and letterheads in Word, and visible ones stay."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image
from tests.canaries import WORD_PLACES, find_words_in_data, packed, plain_word, word_of

from ipdocs.files.ooxml.base_document import open_base_document
from ipdocs.files.ooxml.clean import clean_parts
from ipdocs.files.ooxml.package import open_package

PLACES = [place for place in WORD_PLACES if place.startswith("hidden ") and place != "hidden text"]


def as_annex(data: bytes) -> bytes:
    return packed(clean_parts(open_package(data, Path("annex.docx")))[0])


def as_letterhead(data: bytes) -> bytes:
    stream = io.BytesIO()
    open_base_document(data, Path("letterhead.docx")).save(stream)
    return stream.getvalue()


ENTRANCES = [as_annex, as_letterhead]


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("place", PLACES)
def test_hidden_drawings_are_removed(place: str, entrance: Callable[[bytes], bytes]) -> None:
    parts = plain_word()
    WORD_PLACES[place](parts, word_of(place))
    assert find_words_in_data("planted", packed(parts), [word_of(place)])
    cleaned = entrance(packed(parts))
    assert find_words_in_data("cleaned", cleaned, [word_of(place)]) == {}
    visible = find_words_in_data("cleaned", cleaned, ["Seen box", "Cell", "wp:docPr"])
    assert ("Seen box" in visible) == (place == "hidden shape of a drawing")
    assert set(visible) >= {"Cell", "wp:docPr"}, "the visible picture was removed"


def test_a_hidden_picture_is_removed_from_a_letterhead() -> None:
    document = docx.Document()
    head = document.sections[0].header.paragraphs[0].add_run()
    for colour in ("red", "blue"):
        photo = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(photo, "PNG")
        head.add_picture(io.BytesIO(photo.getvalue()))
    stream = io.BytesIO()
    document.sections[0].header.part.element.findall(".//{*}docPr")[0].set("hidden", "1")
    document.save(stream)
    opened = open_base_document(stream.getvalue(), Path("letterhead.docx"))
    pictures = [part.blob for part in opened.part.package.iter_parts() if part.partname.startswith("/word/media/")]
    assert [Image.open(io.BytesIO(data)).convert("RGB").getpixel((1, 1)) for data in pictures] == [(0, 0, 255)]

"""Clean annexes: a word planted in each place of a PDF where nobody sees it is in no byte of what comes out."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.canaries import PDF_PLACES, PREFIX, SHOWN, draw, find_words_in_data, plain_pdf, plant_pdf, saved, word_of

from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace


def cleaned(folder: Path, data: bytes, *, public: bool = False) -> AnnexFile:
    (folder / "a.pdf").write_bytes(data)
    return read_annex(Text("a.pdf"), folder, Workspace(folder), lambda data, name: data, public=public)


def text_of(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("place", PDF_PLACES)
def test_a_word_in_a_hidden_place_is_removed(tmp_path: Path, place: str) -> None:
    planted = plant_pdf([place])
    assert find_words_in_data("planted", planted, [word_of(place)]), "the word was not planted"
    annex = cleaned(tmp_path, planted)
    assert find_words_in_data("cleaned", annex.data, [PREFIX]) == {}
    assert "untagged-annex" not in [finding.code for finding in annex.findings]


@pytest.mark.parametrize("public", [False, True])
def test_all_hidden_places_are_cleaned_together(tmp_path: Path, public: bool) -> None:
    annex = cleaned(tmp_path, plant_pdf(), public=public)
    assert find_words_in_data("cleaned", annex.data, [PREFIX]) == {}
    text = text_of(annex.data)
    assert [text.count(shown) for shown in (f"{SHOWN} 0", f"{SHOWN} 1", "In a box", "In a field", "Signed")] == [1, 1, 1, 1, 1]
    assert annex.removed["comments"] == 2
    assert annex.removed["attachments"] == 5
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        links = list(pdf.pages[0].Annots)
        assert {str(link.A.URI) for link in links if "/A" in link} == {"https://example.org/"}
        assert [pdf.pages.index(pikepdf.Page(link.Dest[0])) for link in links if "/Dest" in link] == [1, 0, 1]
        assert str(pdf.open_outline().root[0].title) == "A bookmark"


def test_alternative_text_stays_with_its_figure(tmp_path: Path) -> None:
    pdf = plain_pdf()
    picture = pdf.pages[0].obj.Resources.XObject.Im1
    drawn = pdf.make_stream(b"q 80 0 0 60 0 0 cm /Im1 Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 60]))
    drawn.Resources = Dictionary(XObject=Dictionary(Im1=picture))
    pdf.pages[0].obj.Resources.XObject.Fm1 = drawn
    draw(pdf, "/Figure <</MCID 5>> BDC /Fm1 Do EMC")
    document = pdf.Root.StructTreeRoot.K
    figure = {"S": Name.Figure, "P": document, "Pg": pdf.pages[0].obj, "K": 5, "Alt": String("A chart of rents")}
    document.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, **figure)))
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert find_words_in_data("public", annex.data, ["A chart of rents"])

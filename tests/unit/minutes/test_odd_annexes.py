"""Malformed and malicious PDF annexes are cleaned or refused within a short time."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.canaries import PREFIX, SHOWN, annotate, bookmark, draw, fields, find_words_in_data, form, plain_pdf, saved, script

from ipdocs.files.pdf import content
from ipdocs.findings import Finding, IpdocsError
from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace

Change = Callable[[pikepdf.Pdf], object]
WORD = f"{PREFIX}odd"


def cleaned(folder: Path, data: bytes, *, public: bool = False) -> AnnexFile:
    (folder / "a.pdf").write_bytes(data)
    return read_annex(Text("a.pdf"), folder, Workspace(folder), lambda data, name: data, public=public)


def refused(folder: Path, data: bytes, *, public: bool = False) -> Finding:
    with pytest.raises(IpdocsError) as caught:
        cleaned(folder, data, public=public)
    (finding,) = caught.value.findings
    return finding


def form_within_itself(pdf: pikepdf.Pdf) -> None:
    drawn = form(pdf, SHOWN)
    drawn.Resources.XObject = Dictionary(Self=drawn)
    drawn.write(drawn.read_bytes() + b" /Self Do % again")
    pdf.pages[0].obj.Resources.XObject.Self = drawn
    draw(pdf, "/Self Do")


def field_within_itself(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("f"), AA=Dictionary(K=script(WORD))))
    field.Kids = Array([field])
    field.Parent = field
    fields(pdf, field)


def bookmarks_in_a_circle(pdf: pikepdf.Pdf) -> None:
    first, second = bookmark(pdf), bookmark(pdf)
    second.Next = first
    second.First = pdf.Root.Outlines
    first.A = script(WORD)


def names_in_a_circle(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(Dictionary(Names=Array([String("a"), Array([pdf.pages[0].obj, Name.Fit])])))
    node.Kids = Array([node, node])
    pdf.Root.Names = Dictionary(Dests=node, JavaScript=node, EmbeddedFiles=node)
    annotate(pdf, "Link", Dest=String("a"))


def everything_in_everything(pdf: pikepdf.Pdf) -> None:
    loop = pdf.make_indirect(Dictionary(Note=String(WORD)))
    loop.Again = Array([loop, pdf.Root, pdf.pages[0].obj])
    for holder in (pdf.Root, pdf.pages[0].obj, pdf.pages[0].obj.Resources, pdf.Root.StructTreeRoot.K.K[0]):
        holder.PieceInfo = loop
        holder.AA = loop


def long_chain(pdf: pikepdf.Pdf) -> None:
    action = pdf.make_indirect(script(WORD))
    for _ in range(5_000):
        action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(WORD), Next=action))
    annotate(pdf, "Link", A=action)
    item = bookmark(pdf)
    for _ in range(5_000):
        item.First = item.Last = pdf.make_indirect(Dictionary(Title=String("Deep"), Parent=item))
        item = item.First


@pytest.mark.parametrize(
    "change",
    [form_within_itself, field_within_itself, bookmarks_in_a_circle, names_in_a_circle, everything_in_everything, long_chain],
)
def test_circles_and_long_chains_are_cleaned_quickly(tmp_path: Path, change: Change) -> None:
    pdf = plain_pdf()
    change(pdf)
    start = time.monotonic()
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert time.monotonic() - start < 20
    assert len(annex.sizes) == 2
    assert find_words_in_data("cleaned", annex.data, [WORD]) == {}
    with pikepdf.open(io.BytesIO(annex.data)) as clean, clean.open_outline() as outline:
        assert str(outline.root[0].title) == "A bookmark"


def billion_forms(pdf: pikepdf.Pdf) -> None:
    inner = form(pdf, SHOWN)
    for _ in range(9):
        entries = {"BBox": Array([0, 0, 300, 40]), "Resources": Dictionary(XObject=Dictionary(Inner=inner))}
        inner = pdf.make_stream(b"/Inner Do " * 10, Type=Name.XObject, Subtype=Name.Form, **entries)
    pdf.pages[0].obj.Resources.XObject.Bomb = inner
    draw(pdf, "/Bomb Do")


def test_a_page_that_takes_too_long_to_draw_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipdocs.files.pdf.page_pictures._BASE_SECONDS", 1)
    monkeypatch.setattr("ipdocs.files.pdf.page_pictures._SECONDS_PER_PAGE", 1)
    pdf = plain_pdf()
    billion_forms(pdf)
    begin = time.monotonic()
    finding = refused(tmp_path, saved(pdf), public=True)
    assert time.monotonic() - begin < 30
    assert finding.code == "annex-timeout"
    assert "'a.pdf'" in finding.message


def test_a_page_that_crashes_the_renderer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (sys.executable, "-c", "import os; os.abort()")
    monkeypatch.setattr("ipdocs.files.pdf.page_pictures._COMMAND", program)
    finding = refused(tmp_path, saved(plain_pdf()), public=True)
    assert finding.code == "damaged-annex"
    assert "'a.pdf'" in finding.message


def pages_within_themselves(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def no_pages(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array([])
    pdf.Root.Pages.Count = 0


def page_without_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 0, 0])
    pdf.pages[0].obj.CropBox = Array([0, 0, 0, 0])


@pytest.mark.parametrize("change", [pages_within_themselves, no_pages, page_without_size])
def test_a_file_without_usable_pages_is_refused(tmp_path: Path, change: Change) -> None:
    pdf = plain_pdf()
    change(pdf)
    assert refused(tmp_path, saved(pdf)).code == "damaged-annex"


def wrong_types(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Annots = Array([1, String("x"), Dictionary(), Dictionary(Subtype=Name.Link), Dictionary(Subtype=Name.Link, Rect=3)])
    page.Rotate = String("x")
    page.CropBox = Array([String("x"), 1, 2, 3])
    page.Resources.Properties = Array([])
    pdf.Root.Outlines = String("x")
    pdf.Root.Names = Array([])
    pdf.Root.OCProperties = Dictionary(D=Array([]), OCGs=String("x"))
    pdf.Root.PageLabels = String("x")
    pdf.trailer.Info = String("x")
    draw(pdf, "/OC BDC /OC /Gone BDC EMC EMC EMC Tr Q Q Do /Gone Do BDC /x BMC % unclosed")


def test_objects_of_wrong_types_do_not_crash(tmp_path: Path) -> None:
    pdf = plain_pdf()
    wrong_types(pdf)
    assert cleaned(tmp_path, saved(pdf), public=True).sizes == ((595, 842), (595, 842))


def test_earlier_versions_in_a_file_are_removed(tmp_path: Path) -> None:
    """An update is appended to the file that it changes, and other data may follow the end."""
    old = plain_pdf()
    draw(old, f"/Artifact BMC BT /F1 12 Tf 72 600 Td ({WORD}) Tj ET EMC")
    first = io.BytesIO()
    old.save(first, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    data = first.getvalue()
    with pikepdf.open(io.BytesIO(data)) as read:
        number, root, size = read.pages[0].obj.Contents[-1].objgen[0], read.Root.objgen[0], len(read.objects) + 1
    start = int(data.rpartition(b"startxref")[2].split()[0])
    at = len(data)
    update = f"{number} 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n".encode()
    table = f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {start}>>\n".encode()
    end = f"startxref\n{at + len(update)}\n%%EOF\n".encode()
    updated = data + update + table + end + WORD.encode()
    assert WORD.encode() in updated
    annex = cleaned(tmp_path, updated)
    assert find_words_in_data("cleaned", annex.data, [WORD]) == {}
    assert "mended-annex" not in [finding.code for finding in annex.findings]


@pytest.mark.parametrize("public", [False, True])
def test_hidden_objects_of_a_hybrid_file_are_removed(tmp_path: Path, public: bool) -> None:
    data = hybrid(saved_plainly(plain_pdf()), f"({WORD} in an old program)".encode(), f"({WORD} in a new one)".encode())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert WORD in str(pdf.Root.OfficeNote), "the file's other table is not read"
    annex = cleaned(tmp_path, data, public=public)
    assert find_words_in_data("cleaned", annex.data, [WORD]) == {}
    assert find_words_in_data("cleaned", annex.data, [f"{SHOWN} 0"])
    assert b"XRefStm" not in annex.data


def hybrid(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a file with a table of the old kind, and a stream of the new kind that the table leads to and that is hidden in it.

    An object stands in both, with a value for old programs and one for new ones; the catalog refers to it.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, catalog = len(pdf.objects) + 1, pdf.Root.objgen[0]
        pdf.Root.OfficeNote = String("note")
        body = pdf.Root.unparse(resolved=True).replace(b"(note)", f"{number} 0 R".encode())
    out = bytearray(data)
    places = {}
    for at, value in ((catalog, body), (number, old)):
        places[at] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (at, value)
    hidden = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, new)
    stream = len(out)
    rows = b"".join(b"\1" + at.to_bytes(4, "big") + b"\0" for at in (hidden, stream))
    entries = b"/Type /XRef /Size %d /Index [%d 2] /W [1 4 1] /Length %d" % (number + 2, number, len(rows))
    out += b"%d 0 obj\n<<%s /Root %d 0 R>>\nstream\n%s\nendstream\nendobj\n" % (number + 1, entries, catalog, rows)
    table, before = len(out), data.rsplit(b"startxref", 1)[1].split()[0]
    out += b"xref\n%d 1\n%010d 00000 n \n" % (catalog, places[catalog])
    out += b"trailer\n<</Size %d /Root %d 0 R /Prev %s /XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        number + 2, catalog, before, stream, table,
    )  # fmt: skip
    return bytes(out)


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


@pytest.mark.parametrize("public", [False, True])
def test_a_jpeg_2000_is_cleaned_and_still_drawn(tmp_path: Path, public: bool) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 160)).save(photo, "JPEG2000")
    data, word = photo.getvalue(), WORD.encode()
    notes = box(b"xml ", b"<note>" + word + b"</note>") + box(b"uuid", b"JpgTiffExif->JP2" + word) + box(b"jp2i", word)
    at = data.index(b"jp2c") - 4
    last = box(b"uinf", box(b"url ", word))
    code = data[at:]
    packed = data[:at] + notes + len(code).to_bytes(4, "big") + code[4:] + last
    pdf = plain_pdf()
    pdf.pages[0].obj.Resources.XObject.Im1 = pdf.make_stream(
        packed, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, Filter=Name.JPXDecode
    )
    assert count_colour(saved(pdf)) > 1000
    annex = cleaned(tmp_path, saved(pdf), public=public)
    assert find_words_in_data("cleaned", annex.data, [WORD]) == {}
    assert annex.removed["notes in pictures"] == 1
    assert count_colour(annex.data) == count_colour(saved(pdf))


def count_colour(data: bytes) -> int:
    """Return how many pixels of the first page have the colour of the photo."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        colours = document[0].render(scale=1).to_pil().convert("RGB").tobytes()
    return sum(100 < blue < 200 and red < 60 for red, blue in zip(colours[::3], colours[2::3], strict=True))


def test_null_entries_are_ignored(tmp_path: Path) -> None:
    data = saved_plainly(plain_pdf()).replace(b"/MarkInfo", b"/Metadata null /MarkInfo")
    assert cleaned(tmp_path, data).sizes == ((595, 842), (595, 842))


def test_names_in_gbk_and_big5_are_kept(tmp_path: Path) -> None:
    """Old programs write the names of fonts in GBK and Big5."""
    pdf = plain_pdf()
    pdf.pages[0].obj.Resources.Font.F1.BaseFont = Name("/FFFFFF")
    data = saved_plainly(pdf)
    named = data.replace(b"/FFFFFF", b"/#CB#CE#CC#E5").replace(b"/F1", b"/#CB")
    annex = cleaned(tmp_path, named, public=True)
    assert annex.sizes == ((595, 842), (595, 842))
    assert find_words_in_data("cleaned", annex.data, [f"{SHOWN} 0"])


def saved_plainly(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False, stream_decode_level=LEVEL)
    return out.getvalue()


LEVEL = pikepdf.StreamDecodeLevel.generalized


def test_text_behind_a_scan_is_removed_from_a_public_version(tmp_path: Path) -> None:
    pdf = plain_pdf()
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"q 595 0 0 842 0 0 cm /Im1 Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Recognised words) Tj ET"
    )
    assert find_words_in_data("whole", cleaned(tmp_path, saved(pdf)).data, ["Recognised words"])
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert find_words_in_data("public", annex.data, ["Recognised words"]) == {}
    assert annex.removed["invisible texts"] == 1


def test_fully_transparent_text_is_removed(tmp_path: Path) -> None:
    pdf = plain_pdf()
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(Clear=Dictionary(ca=0), Half=Dictionary(ca=0.5))
    draw(pdf, f"q /Clear gs BT /F1 12 Tf 72 600 Td ({WORD}) Tj ET Q BT /F1 12 Tf 72 580 Td (Behind it) Tj ET")
    draw(pdf, "q /Clear gs /Half gs BT /F1 12 Tf 72 560 Td (Half there) Tj ET Q")
    annex = cleaned(tmp_path, saved(pdf))
    assert set(find_words_in_data("cleaned", annex.data, [WORD, "Behind it", "Half there"])) == {"Behind it", "Half there"}
    assert annex.removed["invisible texts"] == 1


def test_a_form_drawn_visibly_and_invisibly_stays_visible(tmp_path: Path) -> None:
    pdf = plain_pdf()
    bar = form(pdf, "Bar of words")
    bar.write(b"0 0 9 9 re f " + bar.read_bytes())
    pdf.pages[0].obj.Resources.XObject.update({"/Fm1": form(pdf, "Drawn twice"), "/Fm2": bar})
    draw(pdf, "/Artifact BMC q BT 3 Tr ET /Fm1 Do /Fm2 Do Q EMC /Artifact BMC q 1 0 0 1 72 600 cm /Fm1 Do Q EMC")
    annex = cleaned(tmp_path, saved(pdf), public=True)
    words = subprocess.run(["pdftotext", "-", "-"], input=annex.data, capture_output=True, check=True).stdout.decode()
    assert words.count("Drawn twice") == 1
    assert find_words_in_data("public", annex.data, ["Bar of words"]) == {}
    assert find_words_in_data("public", annex.data, ["0 0 9 9 re"])
    assert annex.removed["invisible texts"] == 2


@pytest.mark.parametrize("shape", ["60 580 400 90 re f", "60 580 m 60 900 l 800 580 l f"])
def test_words_used_as_a_clipping_path_become_a_shape(tmp_path: Path, shape: str) -> None:
    pdf = plain_pdf()
    draw(pdf, f"q BT 7 Tr /F1 60 Tf 72 600 Td ({WORD}) Tj ET 0 0 1 rg {shape} Q")
    (tmp_path / "before.pdf").write_bytes(saved(pdf))
    whole, public = (cleaned(tmp_path, saved(pdf), public=public) for public in (False, True))
    (tmp_path / "whole.pdf").write_bytes(whole.data)
    (tmp_path / "public.pdf").write_bytes(public.data)
    assert find_words_in_data("whole", whole.data, [WORD])
    assert find_words_in_data("public", public.data, [WORD]) == {}
    assert {"annex-hidden", "annex-covered"} & {finding.code for finding in public.findings}
    blue = [count_blue(tmp_path / f"{name}.pdf") for name in ("before", "whole", "public")]
    assert blue[0] == blue[1] == pytest.approx(blue[2], rel=0.05)
    assert blue[0] > 500


def count_blue(path: Path) -> int:
    """Return how many pixels of the first page are blue."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        colours = document[0].render(scale=1).to_pil().convert("RGB").tobytes()
    return sum(blue > 150 and red < 100 for red, blue in zip(colours[::3], colours[2::3], strict=True))


def test_unapplied_redactions_stop_a_public_version(tmp_path: Path) -> None:
    pdf = plain_pdf()
    annotate(pdf, "Redact", OverlayText=String(WORD))
    assert cleaned(tmp_path, saved(pdf)).removed["comments"] == 1
    assert refused(tmp_path, saved(pdf), public=True).code == "annex-with-redactions"


def unpacking(size: int) -> bytes:
    """Return a file with highly compressed content of a given size on its first page."""
    pdf = plain_pdf()
    packer = zlib.compressobj()
    packed = b"".join([packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)] + [packer.flush()])
    pdf.pages[0].obj.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)
    return saved(pdf)


def test_content_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.monotonic()
    assert refused(tmp_path, unpacking(300_000_000)).code == "damaged-annex"
    assert time.monotonic() - start < 20
    monkeypatch.setattr(content, "MAX_CONTENT", 2_000_000)
    finding = refused(tmp_path, unpacking(3_000_000))
    assert finding.code == "annex-too-large"
    assert "2,000,000" in finding.message


def field(pdf: pikepdf.Pdf, value: str, **entries: object) -> None:
    fields(pdf, annotate(pdf, "Widget", FT=Name.Tx, T=String("f"), V=String(value), DA=String("/F1 12 Tf"), F=4, **entries))


def test_a_field_without_an_appearance_is_drawn(tmp_path: Path) -> None:
    pdf = plain_pdf()
    field(pdf, "Written into it")
    field(pdf, "A value behind", AP=Dictionary(N=form(pdf, "Its own look")))
    pdf.Root.AcroForm.DR = pdf.pages[0].obj.Resources
    annex = cleaned(tmp_path, saved(pdf))
    assert set(find_words_in_data("cleaned", annex.data, ["Written into it", "Its own look", "A value behind"])) == {
        "Written into it",
        "Its own look",
    }


@pytest.mark.parametrize("is_stale", [False, True])
def test_chinese_field_values_are_kept_or_refused(tmp_path: Path, is_stale: bool) -> None:
    drawn = plain_pdf()
    field(drawn, "中文", AP=Dictionary(N=form(drawn, "Its own look")))
    drawn.Root.AcroForm.NeedAppearances = is_stale
    assert find_words_in_data("cleaned", cleaned(tmp_path, saved(drawn)).data, ["Its own look"])
    undrawn = plain_pdf()
    field(undrawn, "中文")
    undrawn.Root.AcroForm.NeedAppearances = is_stale
    assert refused(tmp_path, saved(undrawn)).code == "annex-form-not-drawn"


def test_a_password_field_is_drawn_as_asterisks(tmp_path: Path) -> None:
    pdf = plain_pdf()
    field(pdf, WORD, Ff=1 << 13)
    pdf.Root.AcroForm.DR = pdf.pages[0].obj.Resources
    annex = cleaned(tmp_path, saved(pdf))
    assert not find_words_in_data("cleaned", annex.data, [WORD])
    assert find_words_in_data("cleaned", annex.data, ["*" * len(WORD)])


@pytest.mark.parametrize("subtype", ["FreeText", "Square", "Ink", "Stamp"])
def test_drawings_without_an_appearance_are_refused(tmp_path: Path, subtype: str) -> None:
    pdf = plain_pdf()
    annotate(pdf, subtype, F=4, Contents=String("See the map"))
    finding = refused(tmp_path, saved(pdf))
    assert finding.code == "annex-drawing-not-drawn"
    assert "page 1" in finding.message


def test_unprinted_fields_and_drawings_are_reported(tmp_path: Path) -> None:
    pdf = plain_pdf()
    annotate(pdf, "FreeText", AP=Dictionary(N=form(pdf, WORD)))
    field(pdf, WORD, AP=Dictionary(N=form(pdf, WORD)))
    pdf.pages[0].obj.Annots[-1].F = 0
    annex = cleaned(tmp_path, saved(pdf))
    assert annex.removed["fields and drawings that are not printed"] == 2
    assert "annex-cleaned" in [finding.code for finding in annex.findings]


def test_visible_layers_are_kept(tmp_path: Path) -> None:
    pdf = plain_pdf()
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(WORD)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(BaseState=Name.OFF, ON=Array([group])))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=group)
    pdf.pages[0].obj.Resources.XObject.Fm = form(pdf, "Form that is on", OC=group)
    draw(pdf, "/OC /L BDC /Artifact BMC BT /F1 12 Tf 72 600 Td (Layer that is on) Tj ET EMC EMC /Artifact BMC /Fm Do EMC")
    annex = cleaned(tmp_path, saved(pdf))
    assert set(find_words_in_data("cleaned", annex.data, ["Layer that is on", "Form that is on", WORD])) == {
        "Layer that is on",
        "Form that is on",
    }
    assert "switched-off layers" not in annex.removed


# ---- cropped pages


def cropped(pdf: pikepdf.Pdf, content: str = "", page: int = 0) -> bytes:
    """Return a file with a page cropped to its upper half, while its trim box is the full page."""
    page_object = pdf.pages[page].obj
    page_object.CropBox = Array([0, 421, 595, 842])
    page_object.TrimBox = Array([0, 0, 595, 842])
    draw(pdf, content)
    return saved(pdf)


BELOW = f"/Artifact BMC BT /F1 12 Tf 72 100 Td ({WORD}) Tj ET EMC"


def test_a_page_has_the_size_of_its_crop_box(tmp_path: Path) -> None:
    annex = cleaned(tmp_path, cropped(plain_pdf(), BELOW))
    assert annex.sizes[0] == (595, 421)
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        page = pdf.pages[0]
        assert [float(side) for side in page.trimbox] == [float(side) for side in page.mediabox] == [0, 421, 595, 842]
        assert SHOWN.encode() in page.Contents.read_bytes()


def test_cropped_content_is_removed_from_a_public_version(tmp_path: Path) -> None:
    annex = cleaned(tmp_path, cropped(plain_pdf(), BELOW), public=True)
    assert find_words_in_data("public", annex.data, [WORD]) == {}
    assert annex.removed["cropped pages"] == 1
    (finding,) = [finding for finding in annex.findings if finding.code == "annex-cropped"]
    assert "'a.pdf'" in finding.message
    assert "page 1" in finding.message
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        assert (picture.Width, picture.Height) == (2480, 1755)
        assert f"{SHOWN} 1".encode() in pdf.pages[1].Contents.read_bytes()
        image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
        assert image.crop((250, 500, 800, 700)).getextrema()[0] < 100  # the words that are seen
        assert len(pdf.Root.StructTreeRoot.K.K[0].K) == 0


@pytest.mark.parametrize(
    "beyond",
    [
        f"/Artifact BMC BT /F1 300 Tf 0 300 Td ({WORD}) Tj ET EMC",
        "/Artifact BMC q 300 0 0 300 0 250 cm /Im1 Do Q EMC",
        f"/Artifact BMC q 1 0 0 1 0 -600 cm BT /F1 12 Tf 72 200 Td ({WORD}) Tj ET Q EMC",
    ],
    ids=["text across the edge", "photo across the edge", "text under the sheet"],
)
def test_content_across_an_edge_is_removed(tmp_path: Path, beyond: str) -> None:
    annex = cleaned(tmp_path, cropped(plain_pdf(), beyond), public=True)
    assert annex.removed["cropped pages"] == 1
    assert find_words_in_data("public", annex.data, [WORD]) == {}


def test_a_background_beyond_the_edges_keeps_the_words(tmp_path: Path) -> None:
    ground = "/Artifact BMC q 0.9 g -9 -9 620 870 re f Q EMC"
    pdf = plain_pdf()
    pdf.pages[0].obj.Resources.XObject = Dictionary()
    words = "/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Words) Tj ET EMC"
    pdf.pages[0].obj.Contents = pdf.make_stream(f"{ground} {words}".encode())
    annex = cleaned(tmp_path, cropped(pdf), public=True)
    assert "cropped pages" not in annex.removed
    assert find_words_in_data("public", annex.data, ["Words"])


def test_a_rotated_page_is_cropped_as_displayed(tmp_path: Path) -> None:
    pdf = plain_pdf()
    pdf.pages[0].obj.Rotate = 90
    annex = cleaned(tmp_path, cropped(pdf, BELOW), public=True)
    assert annex.sizes[0] == (421, 595)
    with pikepdf.open(io.BytesIO(annex.data)) as clean:
        (picture,) = clean.pages[0].Resources.XObject.values()
        assert (clean.pages[0].Rotate, picture.Width, picture.Height) == (90, 2480, 1755)


# ---- words under something opaque


def bar_in_a_form(pdf: pikepdf.Pdf) -> None:
    bar = form(pdf, "")
    bar.write(b"0 g 0 0 60 20 re f")
    pdf.pages[0].obj.Resources.XObject.Bar = bar
    draw(pdf, "/Artifact BMC q 1 0 0 1 70 690 cm /Bar Do Q EMC")


def bar_of_an_annotation(pdf: pikepdf.Pdf) -> None:
    bar = form(pdf, "")
    bar.write(b"0 g 0 0 300 40 re f")
    annotate(pdf, "Square", F=4, AP=Dictionary(N=bar)).Rect = Array([70, 690, 130, 710])


COVERS: dict[str, Change] = {
    "bar": lambda pdf: draw(pdf, "/Artifact BMC q 0 g 70 690 60 20 re f Q EMC"),
    "bar over one word": lambda pdf: draw(pdf, "/Artifact BMC q 1 g 100 690 20 20 re f Q EMC"),
    "bar of lines": lambda pdf: draw(pdf, "/Artifact BMC q 0 g 70 690 m 130 690 l 130 710 l 70 710 l h f Q EMC"),
    "photo": lambda pdf: draw(pdf, "/Artifact BMC q 60 0 0 20 70 690 cm /Im1 Do Q EMC"),
    "form": bar_in_a_form,
    "annotation": bar_of_an_annotation,
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_covered_words_are_not_published(tmp_path: Path, cover: Change) -> None:
    pdf = plain_pdf()
    cover(pdf)
    data = saved(pdf)
    assert find_words_in_data("whole", cleaned(tmp_path, data).data, [f"{SHOWN} 0"])
    annex = cleaned(tmp_path, data, public=True)
    assert set(find_words_in_data("public", annex.data, [f"{SHOWN} 0", f"{SHOWN} 1"])) == {f"{SHOWN} 1"}
    assert annex.removed["covered pages"] == 1
    (finding,) = [finding for finding in annex.findings if finding.code == "annex-covered"]
    assert "'a.pdf'" in finding.message
    assert "page 1" in finding.message


def states(pdf: pikepdf.Pdf, **entries: object) -> None:
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(**entries))


def ground(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC q 0.9 g 70 690 60 20 re f Q EMC\n", prepend=True)


def marker(pdf: pikepdf.Pdf, **entries: object) -> None:
    states(pdf, **entries)
    draw(pdf, "/Artifact BMC q /G gs 1 1 0 rg 70 690 60 20 re f Q EMC")


def opening_in_a_turned_form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm1 = form(pdf, "Turned", Matrix=Array([0, 1, -1, 0, 300, 300]))
    draw(pdf, "/Artifact BMC q 200 200 200 200 re W n 2 0 0 2 -300 -300 cm /Fm1 Do Q EMC")


NO_COVERS: dict[str, Change] = {
    "ground": ground,
    "frame": lambda pdf: draw(pdf, "/Artifact BMC q 70 690 60 20 re S Q EMC"),
    "opening": lambda pdf: draw(pdf, "/Artifact BMC q 72 590 90 15 re W n BT /F1 12 Tf 72 600 Td (Seen in part) Tj ET Q EMC"),
    "opening in a turned form": opening_in_a_turned_form,
    "small print": lambda pdf: draw(pdf, "/Artifact BMC BT /F1 2 Tf 72 600 Td (, . I ') Tj ET EMC"),
    "clipping": lambda pdf: draw(pdf, "/Artifact BMC q 70 690 60 20 re W n Q EMC"),
    "glass": lambda pdf: marker(pdf, ca=0.5),
    "marker": lambda pdf: marker(pdf, BM=Name.Multiply),
    "circle": lambda pdf: draw(pdf, "/Artifact BMC q 300 690 m 360 690 360 710 300 710 c h f Q EMC"),
}


@pytest.mark.parametrize("drawing", NO_COVERS.values(), ids=NO_COVERS)
def test_visible_words_stay_text(tmp_path: Path, drawing: Change) -> None:
    pdf = plain_pdf()
    drawing(pdf)
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert find_words_in_data("public", annex.data, [f"{SHOWN} 0"])
    assert not {"covered pages", "hidden pages"} & annex.removed.keys()


def clipped_in_a_form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm1 = form(pdf, WORD)
    draw(pdf, "/Artifact BMC q 300 300 5 5 re W n 1 0 0 1 72 600 cm /Fm1 Do Q EMC")


def beyond_its_form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm1 = form(pdf, WORD, Matrix=Array([1, 0, 0, 1, 72, 600]))
    pdf.pages[0].obj.Resources.XObject.Fm1.BBox = Array([0, 0, 300, 5])
    draw(pdf, "/Artifact BMC /Fm1 Do EMC")


UNSEEN_WORDS: dict[str, Change] = {
    "clipped": lambda pdf: draw(pdf, f"/Artifact BMC q 0 0 1 1 re W n BT /F1 12 Tf 72 600 Td ({WORD}) Tj ET Q EMC"),
    "end clipped": lambda pdf: draw(
        pdf, f"/Artifact BMC q 72 590 50 30 re W n BT /F1 12 Tf 72 600 Td (In it {WORD}) Tj ET Q EMC"
    ),
    "clipped in a form": clipped_in_a_form,
    "beyond its form": beyond_its_form,
    "small": lambda pdf: draw(pdf, f"/Artifact BMC BT /F1 0.3 Tf 72 600 Td ({WORD}) Tj ET EMC"),
    "made small": lambda pdf: draw(pdf, f"/Artifact BMC q .02 0 0 .02 72 600 cm BT /F1 12 Tf ({WORD}) Tj ET Q EMC"),
    "made small and turned": lambda pdf: draw(pdf, f"/Artifact BMC BT /F1 12 Tf .01 .01 -.01 .01 72 600 Tm ({WORD}) Tj ET EMC"),
}


@pytest.mark.parametrize("hide", UNSEEN_WORDS.values(), ids=UNSEEN_WORDS)
def test_clipped_or_tiny_words_are_not_published(tmp_path: Path, hide: Change) -> None:
    pdf = plain_pdf()
    hide(pdf)
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert find_words_in_data("public", annex.data, [WORD, f"{SHOWN} 1"]).keys() == {f"{SHOWN} 1"}
    assert annex.removed["hidden pages"] == 1
    (finding,) = [finding for finding in annex.findings if finding.code == "annex-hidden"]
    assert "'a.pdf'" in finding.message
    assert "page 1" in finding.message


# ---- photos of which a part is seen


CLIPPED = "/Artifact BMC q 72 500 40 60 re W n 80 0 0 60 72 500 cm /Im1 Do Q EMC"
"""The left half of a photo, through an opening."""


@pytest.mark.parametrize(("opening", "is_whole"), [("72 500 40 60", False), ("60 480 200 200", True), ("71 501 81 59", True)])
def test_a_page_with_a_clipped_photo_becomes_a_picture(tmp_path: Path, opening: str, is_whole: bool) -> None:
    pdf = plain_pdf()
    words = f"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td ({SHOWN} 0) Tj ET EMC"
    clipped = CLIPPED.replace("72 500 40 60", opening, 1)
    pdf.pages[0].obj.Contents = pdf.make_stream(f"{words} {clipped}".encode())
    annex = cleaned(tmp_path, saved(pdf), public=True)
    assert (annex.removed.get("clipped pages", 0), bool(find_words_in_data("public", annex.data, [f"{SHOWN} 0"]))) == (
        0 if is_whole else 1,
        is_whole,
    )
    assert "clipped pages" not in cleaned(tmp_path, saved(pdf)).removed


@pytest.mark.parametrize(("colour", "pages"), [("white", 0), ("red", 1)])
def test_a_photo_clipped_to_white_keeps_its_page(tmp_path: Path, colour: str, pages: int) -> None:
    pdf = plain_pdf()
    image = Image.new("RGB", (400, 300), colour)
    image.paste((0, 128, 0), (0, 0, 200, 300))
    out = io.BytesIO()
    image.save(out, "JPEG")
    photo = pdf.pages[0].obj.Resources.XObject.Im1
    photo.Width, photo.Height = 400, 300
    photo.write(out.getvalue(), filter=Name.DCTDecode)
    pdf.pages[0].obj.Contents = pdf.make_stream(CLIPPED.encode())
    assert cleaned(tmp_path, saved(pdf), public=True).removed.get("clipped pages", 0) == pages

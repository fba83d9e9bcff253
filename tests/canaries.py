"""Canary words hidden in PDF, Word and picture files, and a search for the words in everything that a file unpacks to.

`PDF_PLACES` and `WORD_PLACES` hold a function for each place in which a word can be hidden. `plant_pdf` and `plant_word` return
a file with a different word in each place. The functions in `PICTURE_PLACES` return a picture with a hidden word.
`find_words` searches every file in a folder for words.
"""

from __future__ import annotations

import base64
import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

Parts = dict[str, bytes]
PdfPlace = Callable[[pikepdf.Pdf, str], Any]
WordPlace = Callable[[Parts, str], Any]
PicturePlace = Callable[[str], bytes]

PREFIX = "Zq8kv"
"""The beginning of every canary word, long enough not to occur in compressed data by chance."""

SHOWN = "Shown to all"
"""Visible text, which cleaning must keep."""

PDF_PLACES: dict[str, PdfPlace] = {}
WORD_PLACES: dict[str, WordPlace] = {}
PICTURE_PLACES: dict[str, PicturePlace] = {}


def word_of(place: str) -> str:
    """Return the canary word for a place."""
    return PREFIX + re.sub("[^a-z0-9]", "", place.lower())


def in_pdf(place: str) -> Callable[[PdfPlace], PdfPlace]:
    """Register a function that hides a word in a certain place of a PDF."""

    def register(plant: PdfPlace) -> PdfPlace:
        PDF_PLACES[place] = plant
        return plant

    return register


def in_word(place: str) -> Callable[[WordPlace], WordPlace]:
    """Register a function that hides a word in a certain place of a Word file."""

    def register(plant: WordPlace) -> WordPlace:
        WORD_PLACES[place] = plant
        return plant

    return register


def in_picture(place: str) -> Callable[[PicturePlace], PicturePlace]:
    """Register a function that returns a picture with a word hidden in a certain place."""

    def register(plant: PicturePlace) -> PicturePlace:
        PICTURE_PLACES[place] = plant
        return plant

    return register


# ---- files to plant in


def plain_pdf() -> pikepdf.Pdf:
    """Return a tagged PDF of two pages with text, a photo, an internal link, a web link and a bookmark."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 160)).save(photo, "JPEG")
    for index in range(2):
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[index]
        page.obj.StructParents = index
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
        text = f"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td ({SHOWN} {index}) Tj ET EMC\n"
        page.obj.Contents = pdf.make_stream(text.encode())
    picture = pdf.make_stream(
        photo.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject.Im1 = picture
    draw(pdf, "/Artifact BMC q 80 0 0 60 72 500 cm /Im1 Do Q EMC")
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    elements = [pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=0)) for page in pdf.pages]
    document.K = Array(elements)
    tree.K = document
    entries = [item for index, element in enumerate(elements) for item in (index, Array([element]))]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(entries)))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("en")
    annotate(pdf, "Link", Dest=Array([pdf.pages[1].obj, Name.Fit]))
    annotate(pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    bookmark(pdf, Dest=Array([pdf.pages[1].obj, Name.XYZ, 0, 800, 0]))
    return pdf


def draw(pdf: pikepdf.Pdf, content: str, page_index: int = 0) -> None:
    """Append content to a page."""
    pdf.pages[page_index].contents_add(content.encode())


def annotate(pdf: pikepdf.Pdf, subtype: str, **entries: Any) -> Any:
    """Add an annotation to the first page."""
    page = pdf.pages[0].obj
    annotations = list(page.get("/Annots", ()))
    bottom = 20 + 23 * (len(annotations) % 20)
    rectangle = Array([300, bottom, 500, bottom + 20])
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=rectangle, **entries))
    page.Annots = Array([*annotations, annotation])
    return annotation


def bookmark(pdf: pikepdf.Pdf, title: str = "A bookmark", **entries: Any) -> Any:
    """Add a bookmark at the end of the outline."""
    if "/Outlines" not in pdf.Root:
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root = pdf.Root.Outlines
    item = pdf.make_indirect(Dictionary(Title=String(title), Parent=root, **entries))
    if "/First" in root:
        item.Prev = root.Last
        root.Last.Next = item
    else:
        root.First = item
    root.Last = item
    return item


def form(pdf: pikepdf.Pdf, text: str, **entries: Any) -> Any:
    """Return a form XObject that draws a text."""
    resources = Dictionary(Font=Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1))
    content = f"BT /F1 12 Tf 10 10 Td ({text}) Tj ET".encode()
    return pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 40]), Resources=resources, **entries
    )


def layer(pdf: pikepdf.Pdf, name: str = "Layer", **entries: Any) -> Any:
    """Add a layer that the configuration of the file hides, and return the layer."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name), **entries))
    if "/OCProperties" not in pdf.Root:
        pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(OFF=Array([])))
    pdf.Root.OCProperties.OCGs.append(group)
    if "/Usage" not in entries:
        pdf.Root.OCProperties.D.OFF.append(group)
    return group


def properties(pdf: pikepdf.Pdf) -> Any:
    """Return the properties among the resources of the first page."""
    resources = pdf.pages[0].obj.Resources
    if "/Properties" not in resources:
        resources.Properties = Dictionary()
    return resources.Properties


def states(pdf: pikepdf.Pdf) -> Any:
    """Return the graphics states among the resources of the first page."""
    resources = pdf.pages[0].obj.Resources
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    return resources.ExtGState


def fields(pdf: pikepdf.Pdf, field: Any) -> None:
    """Add a field to the form in a file."""
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = Dictionary(Fields=Array([]))
    pdf.Root.AcroForm.Fields.append(field)


def xmp(pdf: pikepdf.Pdf, word: str) -> Any:
    """Return a stream of XMP metadata that contains a word."""
    description = f'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="{word}"/>'
    rdf = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{description}</rdf:RDF>'
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
    return pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def script(word: str) -> Any:
    """Return an action that runs a script with a word in it."""
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{word}')"))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Save a PDF and return its bytes."""
    import warnings

    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pdf.save(stream)
    return stream.getvalue()


def plant_pdf(places: Iterable[str] = ()) -> bytes:
    """Return a PDF with a word hidden in each of the given places, by default in all places."""
    pdf = plain_pdf()
    for place in places or PDF_PLACES:
        PDF_PLACES[place](pdf, word_of(place))
    return saved(pdf)


# ---- places in a PDF


@in_pdf("author")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.docinfo["/Author"] = word


@in_pdf("own property")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.docinfo["/Company"] = word


@in_pdf("XMP of the file")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.Metadata = xmp(pdf, word)


@in_pdf("XMP of a page")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Metadata = xmp(pdf, word)


@in_pdf("XMP of an image")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Im1.Metadata = xmp(pdf, word)


@in_pdf("comment of a JPEG")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    picture = pdf.pages[0].obj.Resources.XObject.Im1
    data = picture.read_raw_bytes()
    comment = b"\xff\xfe" + (len(word) + 2).to_bytes(2, "big") + word.encode()
    picture.write(data[:2] + comment + data[2:], filter=Name.DCTDecode)


@in_pdf("XMP of a form")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm1 = form(pdf, SHOWN, Metadata=xmp(pdf, word))
    draw(pdf, "/Artifact BMC /Fm1 Do EMC")


@in_pdf("PieceInfo of the file")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.PieceInfo = Dictionary(Editor=Dictionary(Private=String(word)))


@in_pdf("PieceInfo of a page")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(Editor=Dictionary(Private=pdf.make_stream(word.encode())))


@in_pdf("entry of a font")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.Font.F1.OfficeNote = String(word)


@in_pdf("sticky note")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    note = annotate(pdf, "Text", Contents=String(word), T=String(word), RC=String(f"<p>{word}</p>"), F=4)
    note.Popup = annotate(pdf, "Popup", Parent=note, Contents=String(word))


@in_pdf("highlighting")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "Highlight", Contents=String(word), T=String(word), F=4, AP=Dictionary(N=form(pdf, word)))


@in_pdf("author of a text box")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "FreeText", Contents=String("In a box"), T=String(word), F=4, AP=Dictionary(N=form(pdf, "In a box")))


@in_pdf("hidden annotation")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "FreeText", F=2, AP=Dictionary(N=form(pdf, word)))


@in_pdf("hidden form field")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    fields(pdf, annotate(pdf, "Widget", FT=Name.Tx, T=String("h"), V=String(word), F=2, AP=Dictionary(N=form(pdf, word))))


@in_pdf("values behind a form field")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    entries = {"T": String(word), "TU": String(word), "DV": String(word), "AA": Dictionary(K=script(word))}
    fields(
        pdf, annotate(pdf, "Widget", FT=Name.Tx, V=String("In a field"), F=4, AP=Dictionary(N=form(pdf, "In a field")), **entries)
    )


@in_pdf("form script")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    fields(pdf, pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x"))))
    pdf.Root.AcroForm.XFA = pdf.make_stream(f"<xdp>{word}</xdp>".encode())


@in_pdf("signature")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    value = pdf.make_indirect(Dictionary(Type=Name.Sig, Name=String(word), Reason=String(word), Contents=String(word)))
    fields(pdf, annotate(pdf, "Widget", FT=Name.Sig, T=String("s"), V=value, F=4, AP=Dictionary(N=form(pdf, "Signed"))))
    pdf.Root.Perms = Dictionary(DocMDP=value)
    pdf.Root.DSS = Dictionary(Certs=Array([pdf.make_stream(word.encode())]))


@in_pdf("script of the file")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    names(pdf).JavaScript = Dictionary(Names=Array([String(word), pdf.make_indirect(script(word))]))


def names(pdf: pikepdf.Pdf) -> Any:
    """Return the dictionary of names in a file."""
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    return pdf.Root.Names


@in_pdf("action when it opens")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.OpenAction = script(word)
    pdf.Root.AA = Dictionary(WC=script(word))


@in_pdf("action of a page")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script(word))


@in_pdf("action of a page transition")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Trans = Dictionary(S=Name.Wipe, A=script(word), Next=script(word))


@in_pdf("script of a bookmark")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    bookmark(pdf, A=script(word))


@in_pdf("launch action of a bookmark")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    parent = bookmark(pdf, A=Dictionary(S=Name.Launch, F=String(f"{word}.exe")))
    parent.First = parent.Last = pdf.make_indirect(Dictionary(Title=String("Below"), Parent=parent, A=script(word)))


@in_pdf("script after a link")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=script(word)))
    annotate(pdf, "Link", A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Array([script(word)])))


@in_pdf("link to a file")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    for action in (
        Dictionary(S=Name.Launch, F=String(f"{word}.exe")),
        Dictionary(S=Name.GoToR, F=String(f"{word}.pdf"), D=Array([0, Name.Fit])),
        Dictionary(S=Name.GoToE, F=String(f"{word}.pdf")),
        Dictionary(S=Name.URI, URI=String(f"file:///{word}")),
        Dictionary(S=Name.URI, URI=String(f"https://user:{word}@example.org/")),
        Dictionary(S=Name.SubmitForm, F=String(f"https://example.org/{word}")),
        Dictionary(S=Name.ImportData, F=String(word)),
        Dictionary(S=Name.Rendition, JS=String(word)),
        Dictionary(S=Name.Named, N=Name(f"/{word}")),
    ):
        annotate(pdf, "Link", A=action, PA=action)


@in_pdf("script of a structure element")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    element = pdf.Root.StructTreeRoot.K.K[0]
    element.A = Array([Dictionary(O=Name.UserProperties, P=Array([Dictionary(N=String(word), V=String(word))])), script(word)])
    element.AA = script(word)
    element.T = String(word)


@in_pdf("file name of a picture")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.StructTreeRoot.K.K[0].Alt = String(f"C:\\Users\\{word}\\photo.jpg")


@in_pdf("attachment of a structure element")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.StructTreeRoot.K.AF = Array([filespec(pdf, word)])


def filespec(pdf: pikepdf.Pdf, word: str) -> Any:
    """Return the specification of an embedded file that has a word in its name and content."""
    content = pdf.make_stream(word.encode(), Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(f"{word}.txt"), EF=Dictionary(F=content)))


@in_pdf("attachment")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.attachments[f"{word}.txt"] = pikepdf.AttachedFileSpec(pdf, word.encode(), filename=f"{word}.txt")
    pdf.Root.AF = Array([filespec(pdf, word)])
    pdf.Root.Collection = Dictionary(D=String(f"{word}.txt"))


@in_pdf("attachment on a page")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "FileAttachment", FS=filespec(pdf, word), F=4, AP=Dictionary(N=form(pdf, word)))


@in_pdf("film")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "Screen", A=Dictionary(S=Name.Rendition, JS=String(word)), F=4)
    annotate(pdf, "RichMedia", RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([String(word), filespec(pdf, word)]))))


@in_pdf("hidden layer")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    properties(pdf).L1 = layer(pdf, word)
    draw(pdf, f"/OC /L1 BDC /Artifact BMC BT /F1 12 Tf 72 650 Td ({word}) Tj ET EMC EMC")


@in_pdf("replacement text of a hidden layer")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    properties(pdf).L2 = layer(pdf)
    draw(pdf, f"/Span <</MCID 7 /ActualText ({word})>> BDC /OC /L2 BDC BT /F1 12 Tf 72 650 Td (x) Tj ET EMC EMC")
    document = pdf.Root.StructTreeRoot.K
    texts = {"Alt": String(word), "ActualText": String(word), "E": String(word)}
    element = Dictionary(Type=Name.StructElem, S=Name.Span, P=document, Pg=pdf.pages[0].obj, K=7, **texts)
    document.K.append(pdf.make_indirect(element))


@in_pdf("form on a hidden layer")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm2 = form(pdf, word, OC=layer(pdf))
    draw(pdf, "/Artifact BMC /Fm2 Do EMC")


@in_pdf("membership of hidden layers only")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    groups = Array([layer(pdf), layer(pdf)])
    properties(pdf).L3 = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=groups, P=Name.AnyOn))
    draw(pdf, f"/OC /L3 BDC q /Artifact BMC BT /F1 12 Tf 72 650 Td [({word})] TJ ({word}) ' 1 1 ({word}) \" ET EMC Q EMC")


@in_pdf("false expression on layers")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    expression = Array([Name.Not, Array([Name.Not, layer(pdf)])])
    properties(pdf).L4 = pdf.make_indirect(Dictionary(Type=Name.OCMD, VE=expression))
    draw(pdf, f"/OC /L4 BDC /Artifact BMC BT /F1 12 Tf 72 650 Td ({word}) Tj ET EMC EMC")


@in_pdf("layer hidden for viewing")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    group = layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    pdf.Root.OCProperties.D.AS = Array([Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([group]))])
    properties(pdf).L5 = group
    draw(pdf, f"/OC /L5 BDC /Artifact BMC BT /F1 12 Tf 72 650 Td ({word}) Tj ET EMC EMC")


@in_pdf("annotation on a hidden layer")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    annotate(pdf, "Stamp", F=4, OC=layer(pdf), AP=Dictionary(N=form(pdf, word)))


@in_pdf("nested form on a hidden layer")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    outer = form(pdf, SHOWN)
    outer.Resources.XObject = Dictionary(Inner=form(pdf, word))
    outer.Resources.Properties = Dictionary(L=layer(pdf))
    outer.write(b"/OC /L BDC /Inner Do EMC " + outer.read_bytes())
    pdf.pages[0].obj.Resources.XObject.Fm3 = outer
    draw(pdf, "/Artifact BMC /Fm3 Do EMC")


@in_pdf("invisible text")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    draw(pdf, f"/Artifact BMC q BT 3 Tr /F1 12 Tf 72 650 Td ({word}) Tj ET Q EMC")


@in_pdf("text that only clips")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    text = f"/F1 12 Tf 72 650 Td ({word}) Tj"
    draw(pdf, f"/Artifact BMC q BT 7 Tr {text} ET Q q BT 7 Tr {text} ({word}) ' 0 Tr ( seen) Tj ET 0 0 9 9 re W n Q EMC")


@in_pdf("form drawn as text that only clips")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm8 = form(pdf, word)
    draw(pdf, "/Artifact BMC q BT 7 Tr ET /Fm8 Do Q EMC")


@in_pdf("form drawn as invisible text")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Fm4 = form(pdf, word)
    draw(pdf, "/Artifact BMC q BT 3 Tr ET /Fm4 Do Q EMC")


@in_pdf("nested form drawn as invisible text")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    outer = form(pdf, SHOWN)
    outer.Resources.XObject = Dictionary(Inner=form(pdf, word))
    outer.write(b"0 0 1 1 re f /Inner Do")
    pdf.pages[0].obj.Resources.XObject.Fm5 = outer
    draw(pdf, "/Artifact BMC q 3 Tr /Fm5 Do Q EMC")


@in_pdf("transparent form")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    resources = pdf.pages[0].obj.Resources
    resources.XObject.Fm6, resources.XObject.Fm7 = form(pdf, word), form(pdf, word, Group=Dictionary(S=Name.Transparency))
    states(pdf).Clear = Dictionary(ca=0)
    draw(pdf, "/Artifact BMC q /Clear gs /Fm6 Do /Fm7 Do Q EMC")


@in_pdf("comment in the content")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    draw(pdf, f"% {word}\n")


@in_pdf("property of marked content")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    draw(pdf, f"/Artifact <</Owner ({word})>> BDC EMC /Office <</Note ({word})>> DP")
    properties(pdf).P1 = Dictionary(Owner=String(word), MCID=9)
    draw(pdf, "/Artifact /P1 BDC EMC")


@in_pdf("replacement text of empty content")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    draw(pdf, f"/Span <</ActualText ({word})>> BDC EMC /Span <</Alt ({word}) /E ({word})>> BDC BT () Tj [-9] TJ ET EMC")
    properties(pdf).P2 = Dictionary(ActualText=String(word), MCID=11)
    draw(pdf, "/Span /P2 BDC /Artifact BMC EMC EMC")
    empty = pdf.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Resources.XObject.Nothing = empty
    draw(pdf, f"/Span <</ActualText ({word})>> BDC /Nothing Do EMC")


@in_pdf("replacement text of an empty element")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    resources = pdf.pages[0].obj.Resources
    resources.XObject.Empty = pdf.make_stream(b"q Q BT () Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    properties(pdf).P3 = Dictionary(MCID=22)
    draw(pdf, "/P <</MCID 20>> BDC q 1 0 0 1 0 0 cm Q EMC /P <</MCID 21>> BDC BT () Tj [-9] TJ ET /Empty Do EMC /P /P3 BDC EMC")
    document = pdf.Root.StructTreeRoot.K
    texts = {"Alt": String(word), "ActualText": String(word), "E": String(word)}
    for kids in (20, Array([20, Dictionary(Type=Name.MCR, MCID=21)]), 22, 99, None):
        entries = {} if kids is None else {"K": kids}
        element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=pdf.pages[0].obj, **texts, **entries)
        document.K.append(pdf.make_indirect(element))
    inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Span, Pg=pdf.pages[0].obj, K=20))
    inner.P = outer = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=document, K=inner, **texts))
    document.K.append(outer)


@in_pdf("replacement text of an element with hidden content")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    draw(pdf, "/P <</MCID 30>> BDC q BT 3 Tr /F1 12 Tf (x) Tj 7 Tr (y) Tj ET Q EMC")
    document = pdf.Root.StructTreeRoot.K
    element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=pdf.pages[0].obj, K=30, ActualText=String(word))
    document.K.append(pdf.make_indirect(element))


@in_pdf("unused form")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Resources.XObject.Unused = form(pdf, word)


@in_pdf("program for printers")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    program = pdf.make_stream(f"({word}) show".encode(), Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].obj.Resources.XObject.Ps1 = program
    draw(pdf, "/Artifact BMC /Ps1 Do EMC")


@in_pdf("entries of objects without a kind")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    page = pdf.pages[0].obj
    page.Group = Dictionary(S=Name.Transparency, OfficeNote=String(word))
    states(pdf).G1 = Dictionary(CA=1, OfficeNote=String(word))
    page.Resources.Font.F1.FontDescriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.F, OfficeNote=Array([String(word)])
    )
    draw(pdf, "/G1 gs")
    pdf.Root.MarkInfo.OfficeNote = String(word)


@in_pdf("unused pattern")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    tile = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": Array([0, 0, 9, 9]), "XStep": 9, "YStep": 9}
    pattern = pdf.make_stream(f"({word}) Tj".encode(), Type=Name.Pattern, Resources=Dictionary(), **tile)
    pdf.pages[0].obj.Resources.Pattern = Dictionary(Unused=pattern)


@in_pdf("page outside the page tree")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    page = pdf.make_indirect(Dictionary(Type=Name.Page, Contents=pdf.make_stream(f"({word}) Tj".encode())))
    annotate(pdf, "Link", Dest=Array([page, Name.Fit]))
    pdf.Root.StructTreeRoot.K.K[1].C = Array([page])


@in_pdf("name of a destination")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    names(pdf).Dests = Dictionary(Names=Array([String(word), Array([pdf.pages[1].obj, Name.Fit])]))
    annotate(pdf, "Link", Dest=String(word))


@in_pdf("thumbnail")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.pages[0].obj.Thumb = pdf.make_stream(word.encode(), Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)


@in_pdf("web capture")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.SpiderInfo = Dictionary(V=1, C=Array([Dictionary(URL=String(word))]))
    pdf.pages[0].obj.ID = String(word)


@in_pdf("alternate picture")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    picture = pdf.pages[0].obj.Resources.XObject.Im1
    picture.Alternates = Array([Dictionary(Image=pdf.make_stream(word.encode(), Type=Name.XObject, Subtype=Name.Image))])
    picture.OPI = Dictionary({"/2.0": Dictionary(F=String(word))})


@in_pdf("output intent")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, Info=String(word))])


@in_pdf("private entry of the file")
def _(pdf: pikepdf.Pdf, word: str) -> None:
    pdf.Root.OfficeNote = String(word)
    pdf.Root.ViewerPreferences = Dictionary(Note=String(word))
    pdf.Root.Pages.OfficeNote = String(word)
    pdf.trailer.OfficeNote = String(word)


# ---- places in a Word file

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MS = "http://schemas.microsoft.com/office/word/2010"
_VML = "urn:schemas-microsoft-com:vml"
_BY = 'w:id="{id}" w:author="{word}" w:date="2018-08-21T00:00:00Z"'


def plain_word() -> Parts:
    """Return the parts of a Word file with a paragraph, a table, a header and a picture."""
    import docx

    document = docx.Document()
    document.add_paragraph(SHOWN)
    table = document.add_table(rows=2, cols=2)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.text = "Cell"
    document.sections[0].header.paragraphs[0].text = "Head of the page"
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 160)).save(photo, "JPEG", comment=word_of("comment of a photo"))
    document.add_picture(io.BytesIO(photo.getvalue()))
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plant_word(places: Iterable[str] = ()) -> bytes:
    """Return a Word file with a word hidden in each of the given places, by default in all places."""
    parts = plain_word()
    for place in places or WORD_PLACES:
        WORD_PLACES[place](parts, word_of(place))
    return packed(parts)


def packed(parts: Parts) -> bytes:
    """Return an Office file with the given parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def add_body(parts: Parts, xml: str, part: str = "word/document.xml") -> None:
    """Insert blocks at the beginning of the text of a part."""
    beginning = b"<w:body>" if part == "word/document.xml" else re.search(rb"<w:hdr [^>]*>", parts[part])[0]  # type: ignore[index]
    assert beginning in parts[part]
    parts[part] = parts[part].replace(beginning, beginning + xml.encode(), 1)


def add_part(parts: Parts, name: str, kind: str, content_type: str, data: str, source: str = "word/document.xml") -> None:
    """Add a part with its content type and the relationship that leads to it."""
    folder, _, file = source.rpartition("/")
    relationships = f"{folder}/_rels/{file}.rels".lstrip("/")
    identifier = f"rZq{len(parts)}"
    target = name if not source else f"/{name}"
    entry = f'<Relationship Id="{identifier}" Type="{_RELATIONSHIP}/{kind}" Target="{target}"/></Relationships>'
    parts[relationships] = parts[relationships].replace(b"</Relationships>", entry.encode())
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    parts[name] = data.encode()


@in_word("comment")
def _(parts: Parts, word: str) -> None:
    comment = f'<w:comment {_BY.format(id=1, word=word)} w:initials="Z"><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:comment>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    add_part(parts, "word/comments.xml", "comments", kind, f'<w:comments xmlns:w="{_W}">{comment}</w:comments>')
    add_body(
        parts,
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>Remarked</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>',
    )


@in_word("properties")
def _(parts: Parts, word: str) -> None:
    core = parts["docProps/core.xml"].decode()
    core = re.sub(r"<(dc:creator|dc:title|dc:subject|cp:keywords|cp:lastModifiedBy)(/>|>[^<]*</[^>]*>)", "", core)
    added = "".join(
        f"<{name}>{word}</{name}>"
        for name in ("dc:creator", "dc:title", "dc:subject", "cp:keywords", "cp:lastModifiedBy", "cp:category")
    )
    parts["docProps/core.xml"] = core.replace("</cp:coreProperties>", f"{added}</cp:coreProperties>").encode()
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"</Properties>", f"<Company>{word}</Company><Manager>{word}</Manager></Properties>".encode()
    )


@in_word("custom property")
def _(parts: Parts, word: str) -> None:
    names = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    value = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    entry = (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{word}"><v:lpwstr>{word}</v:lpwstr></property>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    data = f'<Properties {names} xmlns:v="{value}">{entry}</Properties>'
    add_part(parts, "docProps/custom.xml", "custom-properties", kind, data, source="")


@in_word("custom XML")
def _(parts: Parts, word: str) -> None:
    add_part(parts, "customXml/item9.xml", "customXml", "application/xml", f"<office>{word}</office>")


@in_word("document variable")
def _(parts: Parts, word: str) -> None:
    variables = f'<w:docVars><w:docVar w:name="{word}" w:val="{word}"/></w:docVars></w:settings>'
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"</w:settings>", variables.encode())


@in_word("deleted words")
def _(parts: Parts, word: str) -> None:
    change = f"<w:del {_BY.format(id=2, word=word)}><w:r><w:delText>{word}</w:delText></w:r></w:del>"
    add_body(parts, f"<w:p><w:r><w:t>Kept </w:t></w:r>{change}</w:p>")


@in_word("deleted paragraph")
def _(parts: Parts, word: str) -> None:
    by = _BY.format(id=3, word=word)
    end = f"<w:pPr><w:rPr><w:del {by}/></w:rPr></w:pPr>"
    add_body(parts, f"<w:p>{end}<w:del {by}><w:r><w:delText>{word}</w:delText></w:r></w:del></w:p>")


@in_word("moved words")
def _(parts: Parts, word: str) -> None:
    moved = f"<w:moveFrom {_BY.format(id=4, word=word)}><w:r><w:t>{word}</w:t></w:r></w:moveFrom>"
    add_body(
        parts,
        f'<w:p><w:moveFromRangeStart {_BY.format(id=5, word=word)} w:name="{word}"/>{moved}<w:r><w:t>Left</w:t></w:r></w:p>',
    )


@in_word("deleted row")
def _(parts: Parts, word: str) -> None:
    cell = f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr><w:trPr><w:del {_BY.format(id=6, word=word)}/></w:trPr>{cell}</w:tr>"
    add_body(parts, f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}</w:tbl><w:p/>")


@in_word("changed format")
def _(parts: Parts, word: str) -> None:
    change = f"<w:rPr><w:b/><w:rPrChange {_BY.format(id=7, word=word)}><w:rPr/></w:rPrChange></w:rPr>"
    add_body(parts, f"<w:p><w:r>{change}<w:t>Bold</w:t></w:r></w:p>")


@in_word("deleted words of a header")
def _(parts: Parts, word: str) -> None:
    change = f"<w:del {_BY.format(id=8, word=word)}><w:r><w:delText>{word}</w:delText></w:r></w:del>"
    add_body(parts, f"<w:p>{change}</w:p>", next(name for name in parts if name.startswith("word/header")))


@in_word("hidden text")
def _(parts: Parts, word: str) -> None:
    add_body(parts, f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{word}</w:t></w:r><w:r><w:t>Beside it</w:t></w:r></w:p>")


@in_word("text of a hidden style")
def _(parts: Parts, word: str) -> None:
    based = '<w:style w:type="character" w:styleId="ZqBase"><w:name w:val="Zq base"/><w:rPr><w:vanish/></w:rPr></w:style>'
    style = '<w:style w:type="character" w:styleId="ZqHid"><w:name w:val="Zq hid"/><w:basedOn w:val="ZqBase"/></w:style>'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{based}{style}</w:styles>".encode())
    add_body(parts, f'<w:p><w:r><w:rPr><w:rStyle w:val="ZqHid"/></w:rPr><w:t>{word}</w:t></w:r></w:p>')


@in_word("field that shows a property")
def _(parts: Parts, word: str) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY Company </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Printed before</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    add_body(parts, f"<w:p>{field}</w:p>")
    WORD_PLACES["properties"](parts, word)


@in_word("file name of a picture")
def _(parts: Parts, word: str) -> None:
    document = parts["word/document.xml"].decode()
    document = re.sub(r"<wp:docPr ([^>]*?)/?>", rf'<wp:docPr \1 descr="C:\\\\Users\\\\{word}\\\\photo.jpg"/>', document, count=1)
    document = re.sub(r'(<pic:cNvPr [^>]*?)name="[^"]*"', rf'\1name="{word}.jpg"', document, count=1)
    parts["word/document.xml"] = document.encode()


def hidden_drawing(word: str, number: int = 90, properties: str = 'hidden="1"', shape: str = "") -> str:
    """Return a drawing of two text boxes, one or both of which are hidden.

    Args:
        word: The word in the hidden boxes.
        number: The id of the drawing; the boxes have the next two ids.
        properties: Attributes of the drawing; by default they hide the whole drawing.
        shape: Attributes of the shape of the first box, which may hide this box alone.
    """
    boxes = "".join(
        f'<wps:wsp><wps:cNvPr id="{number + index}" name="{text}" descr="{text}" title="{text}" {hidden}/>'
        '<wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        for index, (text, hidden) in enumerate(((word, shape), ("Seen box" if shape else word, "")), 1)
    )
    name = word if properties else "Drawing"
    fallback = f'<w:pict><v:shape id="old{number}" alt="{word}" style="width:9pt;height:9pt"><v:textbox/></v:shape></w:pict>'
    return (
        f'<w:p xmlns:mc="{_MC}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:v="{_VML}" '
        f'xmlns:wps="{_MS}/wordprocessingShape" xmlns:wpg="{_MS}/wordprocessingGroup"><w:r><mc:AlternateContent>'
        '<mc:Choice Requires="wpg"><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{name}" title="{name}" {properties}/>'
        f'<a:graphic><a:graphicData uri="{_MS}/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{boxes}</wpg:wgp>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


@in_word("hidden drawing")
def _(parts: Parts, word: str) -> None:
    add_body(parts, hidden_drawing(word))


@in_word("hidden shape of a drawing")
def _(parts: Parts, word: str) -> None:
    add_body(parts, hidden_drawing(word, 95, "", 'hidden="true"'))


@in_word("hidden shape of VML")
def _(parts: Parts, word: str) -> None:
    box = f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    style = "position:absolute; width:90pt;height:9pt;Visibility: hidden"
    shape = f'<v:shape id="{word}" alt="{word}" title="{word}" style="{style}">{box}</v:shape>'
    add_body(parts, f'<w:p xmlns:v="{_VML}"><w:r><w:pict>{shape}</w:pict></w:r></w:p>')


@in_word("name of a content control")
def _(parts: Parts, word: str) -> None:
    names = f'<w:sdtPr><w:alias w:val="{word}"/><w:tag w:val="{word}"/><w:text/></w:sdtPr>'
    content = "<w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent>"
    add_body(parts, f"<w:sdt>{names}{content}</w:sdt>")


@in_word("attached template")
def _(parts: Parts, word: str) -> None:
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(
        "</w:settings>", f'<w:attachedTemplate xmlns:r="{_RELATIONSHIP}" r:id="rZqT"/></w:settings>'
    ).encode()
    namespace = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    target = f'Target="file:///C:/{word}/office.dotm" TargetMode="External"'
    entry = f'<Relationship Id="rZqT" Type="{_RELATIONSHIP}/attachedTemplate" {target}/>'
    parts["word/_rels/settings.xml.rels"] = f"<Relationships {namespace}>{entry}</Relationships>".encode()


@in_word("name of a bookmark")
def _(parts: Parts, word: str) -> None:
    add_body(
        parts, f'<w:p><w:bookmarkStart w:id="77" w:name="{word}"/><w:r><w:t>Marked</w:t></w:r><w:bookmarkEnd w:id="77"/></w:p>'
    )


@in_word("comment of a photo")
def _(parts: Parts, word: str) -> None:
    assert any(word.encode() in data for name, data in parts.items() if name.startswith("word/media/"))


# ---- places in a picture; the first word of each name is the suffix of the file


def picture(form: str, **options: Any) -> bytes:
    """Return a small photo, saved by Pillow in a format with some options."""
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(stream, form, **options)
    return stream.getvalue()


def exif(**values: Any) -> Image.Exif:
    """Return Exif metadata with some tags."""
    tags = {"description": 0x010E, "artist": 0x013B, "program": 0x0131, "owner": 0x9C9D}
    metadata = Image.Exif()
    metadata.update({tags[name]: value for name, value in values.items()})
    return metadata


def after_app0(jpeg: bytes, marker: int, data: bytes) -> bytes:
    """Return a JPEG with another segment after its first segment."""
    end = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:end] + bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2, "big") + data + jpeg[end:]


@in_picture("jpeg artist")
def _(word: str) -> bytes:
    return picture("JPEG", exif=exif(artist=word))


@in_picture("jpeg description, turned")
def _(word: str) -> bytes:
    metadata = exif(description=word)
    metadata[0x0112] = 6
    return picture("JPEG", exif=metadata)


@in_picture("jpeg location")
def _(word: str) -> bytes:
    metadata = exif()
    metadata.get_ifd(0x8825)[0x1C] = word.encode()
    return picture("JPEG", exif=metadata)


@in_picture("jpeg thumbnail")
def _(word: str) -> bytes:
    thumbnail = picture("JPEG", comment=word.encode())
    return after_app0(picture("JPEG"), 0xE1, b"Exif\0\0" + exif(program="camera").tobytes() + thumbnail)


@in_picture("jpeg comment")
def _(word: str) -> bytes:
    return picture("JPEG", comment=word.encode())


@in_picture("jpeg xmp")
def _(word: str) -> bytes:
    return picture("JPEG", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + word.encode() + b"</x:xmpmeta>")


@in_picture("jpeg IPTC caption")
def _(word: str) -> bytes:
    caption = b"\x1c\x02\x78" + len(word).to_bytes(2, "big") + word.encode()
    resource = b"8BIM\x04\x04\0\0" + len(caption).to_bytes(4, "big") + caption + b"\0" * (len(caption) % 2)
    return after_app0(picture("JPEG"), 0xED, b"Photoshop 3.0\0" + resource)


@in_picture("jpeg segment of a program")
def _(word: str) -> bytes:
    return after_app0(picture("JPEG"), 0xE5, b"MakerNote\0" + word.encode())


@in_picture("jpeg film after the photo")
def _(word: str) -> bytes:
    return picture("JPEG") + b"\0\0\0\x18ftypmp42" + word.encode()


@in_picture("png text")
def _(word: str) -> bytes:
    metadata = PngInfo()
    metadata.add_text("Author", word)
    return picture("PNG", pnginfo=metadata)


@in_picture("png international text")
def _(word: str) -> bytes:
    metadata = PngInfo()
    metadata.add_itxt("XML:com.adobe.xmp", word)
    return picture("PNG", pnginfo=metadata)


@in_picture("png exif")
def _(word: str) -> bytes:
    return picture("PNG", exif=exif(artist=word))


@in_picture("png chunk of a program")
def _(word: str) -> bytes:
    metadata = PngInfo()
    metadata.add(b"prVW", word.encode())
    return picture("PNG", pnginfo=metadata)


@in_picture("png data after the picture")
def _(word: str) -> bytes:
    return picture("PNG") + word.encode()


@in_picture("tiff description")
def _(word: str) -> bytes:
    return picture("TIFF", description=word)


@in_picture("gif comment")
def _(word: str) -> bytes:
    return picture("GIF", comment=word.encode())


@in_picture("webp xmp")
def _(word: str) -> bytes:
    return picture("WEBP", xmp=word.encode())


@in_picture("bmp data after the picture")
def _(word: str) -> bytes:
    return picture("BMP") + word.encode()


def drawing(content: str, attributes: str = "") -> bytes:
    """Return an SVG drawing with further content that is not drawn."""
    root = f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" {attributes}>'
    return f'{root}{content}<path d="M0 0h64v48z" fill="#146"/></svg>'.encode()


@in_picture("svg comment")
def _(word: str) -> bytes:
    return drawing(f"<!-- {word} -->")


@in_picture("svg metadata")
def _(word: str) -> bytes:
    return drawing(f"<metadata>{word}</metadata>")


@in_picture("svg attribute of a program")
def _(word: str) -> bytes:
    return drawing("", f'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="{word}"')


@in_picture("svg photo's artist")
def _(word: str) -> bytes:
    photo = base64.b64encode(picture("JPEG", exif=exif(artist=word))).decode()
    return drawing(f'<image width="9" height="9" href="data:image/jpeg;base64,{photo}"/>')


@in_picture("svg names and classes")
def _(word: str) -> bytes:
    return drawing("", f'data-name="{word}" id="{word}" class="{word}"')


# ---- the search


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the places and contents of everything in a file: parts of archives, decoded objects and text of PDFs."""
    yield name, name.encode()
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from unpacked(f"{name}!{part}", archive.read(part))
    for number, match in enumerate(re.finditer(rb"base64,([A-Za-z0-9+/=]+)", data)):
        yield from unpacked(f"{name} embedded {number}", base64.b64decode(match[1]))
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for number, item in enumerate(pdf.objects):
                yield f"{name} object {number}", item.unparse(resolved=True)
                if isinstance(item, pikepdf.Stream):
                    yield f"{name} stream {number}", item.read_raw_bytes()
                    if item.get("/Filter") not in ("/DCTDecode", "/JPXDecode"):
                        yield f"{name} stream {number}", item.read_bytes()
                for string in _strings(item):
                    yield f"{name} string {number}", string.encode()
        yield f"{name} text", subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout


def _strings(value: object) -> Iterator[str]:
    """Yield the strings in a PDF object, except those in indirect objects."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, pikepdf.String):
            yield str(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Array):
            children = list(item.values()) if isinstance(item, pikepdf.Dictionary) else list(item)
            pending += [child for child in children if not getattr(child, "is_indirect", False)]


def find_words_in_data(name: str, data: bytes, words: Iterable[str]) -> dict[str, set[str]]:
    """Return the places of each word that is in a file, keyed by word."""
    places_of: dict[str, set[str]] = {}
    # A single character is not searched for in UTF-16: its two bytes occur in any large file by chance.
    spellings = {
        word: [word.lower().encode(form) for form in ("utf-8", "utf-16-be", "utf-16-le") if form == "utf-8" or len(word) > 1]
        for word in words
    }
    for place, piece in unpacked(name, data):
        lower = piece.lower()
        for word, encoded_words in spellings.items():
            if any(encoded in lower for encoded in encoded_words):
                places_of.setdefault(word, set()).add(place)
    return places_of


def find_words(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Return the places of each word that is in any file in a folder, keyed by word."""
    places_of: dict[str, set[str]] = {}
    words = list(words)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for word, places in find_words_in_data(path.name, path.read_bytes(), words).items():
            places_of.setdefault(word, set()).update(places)
    return places_of

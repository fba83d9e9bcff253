"""Every reader of Office files refuses active content and external references, however they are written."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ipdocs.findings import IpdocsError
from ipdocs.importing.readers import word as word_reader
from ipdocs.minutes.annexes import read_annex
from ipdocs.model.text import Text
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word import reviewed_file
from ipdocs.translation.formats import docx as returned_table
from ipdocs.verification.word import read_docx
from ipdocs.workspace import Workspace
from ipdocs.writers.docx.letterhead import open_letterhead

RELEASE = Path(__file__).resolve().parents[3] / "fixtures/gd-hk-ip-17/release.yaml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
Parts = dict[str, bytes]
RELS, MAIN, FOOTER = "word/_rels/document.xml.rels", "word/document.xml", "word/footer1.xml"


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def harmless() -> Parts:
    """A Word file that every reader accepts."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Example Office"
    document.sections[0].footer.paragraphs[0].text = "1 Example Street"
    document.add_paragraph("Words of the file.")
    document.add_table(rows=1, cols=3)
    for cell, text in zip(document.tables[0].rows[0].cells, ("place", "en", "zh-HK"), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return parts_of(out.getvalue())


def letterhead(path: Path) -> None:
    open_letterhead(path)


def template(path: Path) -> None:
    folder = path.parent / "workspace"
    place = folder / "templates/press-release/template.docx"
    place.parent.mkdir(parents=True)
    shutil.copy(path, place)
    shutil.copytree(RELEASE.parent, folder / "source")
    build([folder / "source/release.yaml"], path.parent / "out", BuildRequest(editions=("en",), formats=("docx",)))


def annex(path: Path) -> None:
    pdf = RELEASE.parents[1] / "gd-hk-ip-17-minutes/annexes/completed-projects.pdf"
    read_annex(Text(path.name), path.parent, Workspace(path.parent), lambda data, name: pdf.read_bytes())


def verification(path: Path) -> None:
    read_docx(path.read_bytes(), path)


HOSTILE = dict.fromkeys(("external", "active", "doctype", "bomb", "unsafe-path"), "hostile-file")
IMPORTED = HOSTILE | {"damaged": "damaged-file", "encrypted": "encrypted-file", "not-xml": "bad-xml"}
ANNEX = {
    "external": "annex-reaches-out",
    "active": "annex-with-macros",
    "bomb": "annex-too-large",
    "encrypted": "encrypted-annex",
}
ENTRANCES: dict[str, tuple[Callable[[Path], object], Callable[[str], str]]] = {
    "letterhead": (letterhead, lambda reason: "bad-letterhead"),
    "template": (template, lambda reason: "bad-template"),
    "annex": (annex, lambda reason: ANNEX.get(reason, "damaged-annex")),
    "import": (word_reader.read, lambda reason: IMPORTED[reason]),
    "review": (reviewed_file.read, lambda reason: IMPORTED[reason]),
    "table": (returned_table.read, lambda reason: IMPORTED[reason]),
    "verification": (
        verification,
        lambda reason: "active-content" if reason in ("active", "external") else "unreadable-file",
    ),
}


def related(relationship: str, part: str = RELS) -> Callable[[Parts], Parts]:
    """Add a relationship, unchanged, to a part of relationships."""

    def change(parts: Parts) -> Parts:
        return parts | {part: parts[part].replace(b"</Relationships>", f"{relationship}</Relationships>".encode())}

    return change


def external(kind: str, **attributes: str) -> Callable[[Parts], Parts]:
    written = {"Id": "rIdX", "Type": f"{R}/{kind}", "Target": "https://example.org/x", "TargetMode": "External"} | attributes
    return related("<Relationship " + " ".join(f'{key}="{value}"' for key, value in written.items()) + "/>")


def in_body(xml: str, *, before: Callable[[Parts], Parts] = lambda parts: parts) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        changed = before(parts)
        return changed | {MAIN: changed[MAIN].replace(b"<w:sectPr", f"{xml}<w:sectPr".encode(), 1)}

    return change


def in_footer(xml: str, encoding: str = "utf-8") -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        text = parts[FOOTER].decode().replace("</w:ftr>", f"{xml}</w:ftr>")
        return parts | {FOOTER: re.sub(r"<\?xml.*?\?>", f'<?xml version="1.0" encoding="{encoding}"?>', text).encode(encoding)}

    return change


def in_part(name: str, content_type: str, xml: str) -> Callable[[Parts], Parts]:
    """Add a part that nothing but its content says to be XML."""

    def change(parts: Parts) -> Parts:
        listed = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
        return parts | {
            name: xml.encode(),
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", listed),
        }

    return change


def part(name: str, data: bytes, relation: str = "") -> Callable[[Parts], Parts]:
    """Add a part that a relationship of a kind leads to."""

    def change(parts: Parts) -> Parts:
        target = name.removeprefix("word/")
        added = f'<Relationship Id="rIdX" Type="{R}/{relation}" Target="{target}"/>' if relation else ""
        types = parts["[Content_Types].xml"].replace(b"</Types>", b'<Default Extension="bin" ContentType="a/b"/></Types>')
        return related(added)(parts) | {name: data, "[Content_Types].xml": types}

    return change


def run(*content: str) -> str:
    return "".join(f"<w:r>{run}</w:r>" for run in content)


def mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def code(text: str) -> str:
    return f'<w:instrText xml:space="preserve">{text}</w:instrText>'


def field(*pieces: str) -> str:
    return f"<w:p>{run(mark('begin'), *map(code, pieces), mark('separate'), '<w:t>x</w:t>', mark('end'))}</w:p>"


LOADERS = (
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "DDE",
    "DDEAUTO",
    "LINK",
    "IMPORT",
    "RD",
    "DATABASE",
    "AUTOTEXT",
    "AUTOTEXTLIST",
    "GLOSSARY",
    "EMBED",
)
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
V, O = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefixes they have in Word
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
LINKED = external("hyperlink")

REACHING_OUT: dict[str, Callable[[Parts], Parts]] = {
    **{kind: external(kind) for kind in ("image", "attachedTemplate", "oleObject", "frame", "subDocument", "transform")},
    "no name": external("image", Id=""),
    "single quotes": related(f"<Relationship Id='rIdX' Type='{R}/image' Target='file:///x' TargetMode='External'/>"),
    "references": related(f'<Relationship Id="rIdX" Type="{R}/image" Target="&#104;ttp://x" TargetMode="Ex&#116;ernal"/>'),
    "spaces": related(f'<Relationship Id = "rIdX" Type = "{R}/image" Target\n=\n"http://x" TargetMode = "External" />'),
    "lower case": external("image", TargetMode="external"),
    "blanks": external("image", TargetMode=" External "),
    "no mode": related(f'<Relationship Id="rIdX" Type="{R}/image" Target="http://x/y.png"/>'),
    "a share": related(rf'<Relationship Id="rIdX" Type="{R}/image" Target="\\host\share\y.png"/>'),
    "a prefix": related(f'<p:Relationship xmlns:p="x" Id="rIdX" Type="{R}/image" Target="http://x" TargetMode="External"/>'),
    "a link that is a picture": in_body(
        f'<w:p><w:r><a:blip xmlns:a="{A}" xmlns:r="{R}" r:link="rIdX"/></w:r></w:p>', before=LINKED
    ),
    "a link that is a template": in_body(f'<w:x xmlns:r="{R}" r:id="rIdX"/>', before=LINKED),
    "an address in VML": in_body(f'<w:p><w:r><v:imagedata xmlns:v="{V}" src="http://example.org/a.png"/></w:r></w:p>'),
    "a file in VML": in_body(f'<w:p><w:r><v:fill xmlns:v="{V}" xmlns:o="{O}" o:href="a.png"/></w:r></w:p>'),
    "altChunk": in_body(f'<w:altChunk xmlns:r="{R}" r:id="rIdX"/>', before=part("word/a.bin", b"x", "aFChunk")),
    "subDoc": in_body("<w:subDoc/>"),
    "mail merge": lambda parts: (
        parts
        | {
            "word/settings.xml": parts["word/settings.xml"].replace(
                b"</w:settings>", b'<w:mailMerge><w:connectString w:val="DSN=x"/></w:mailMerge></w:settings>'
            )
        }
    ),
    **{f"{name} simple": in_footer(f'<w:p><w:fldSimple w:instr=" {name} a"/></w:p>') for name in LOADERS},
    **{f"{name} in pieces": in_footer(field(name[:1], name[1:].lower(), " a")) for name in LOADERS},
    "a field without space": in_footer(field('INCLUDEPICTURE"http://example.org/a.png"')),
    "a field over paragraphs": in_footer(
        f"<w:p>{run(mark('begin'), code('DDE'))}</w:p><w:p>{run(code('AUTO a'), mark('end'))}</w:p>"
    ),
    "a field in plain text": in_footer(f"<w:p>{run(mark('begin'), '<w:t>INCLUDETEXT a</w:t>', code(' '), mark('end'))}</w:p>"),
    "a field behind a tab": in_footer(f"<w:p>{run(mark('begin'), code('RD'), '<w:tab/>', code('a'), mark('end'))}</w:p>"),
    "a field with an invisible sign": in_footer(field("\u200bINCLUDE\u00adTEXT a")),
    "a field without an end": in_footer(f"<w:p>{run(mark('begin'), code('LINK a'))}</w:p>"),
    "a deleted field": in_footer(
        field("").replace('<w:instrText xml:space="preserve">', "<w:delInstrText>DDE a").replace("instrText", "delInstrText")
    ),
    "a field in a field": in_footer(field("IF 1 = 1 ").replace("</w:r></w:p>", f"</w:r>{field('LINK a')[5:]}", 1)),
    "a field named by a field": in_footer(
        f"<w:p>{run(mark('begin'), code(' '), mark('begin'), code('QUOTE DDE'), mark('end'), code(' a'), mark('end'))}</w:p>"
    ),
    "a field half named by a field": in_footer(
        f"<w:p>{run(mark('begin'), code('INC'), mark('begin'), code('QUOTE x'), mark('end'), code(' a'), mark('end'))}</w:p>"
    ),
    **{
        f"a field in {encoding}": in_footer(field("LINK a"), encoding) for encoding in ("utf-16", "utf-32", "iso-8859-1", "utf-7")
    },
    "a field in strict XML": in_part(
        "word/notes.xml", f"{TYPES}footnotes+xml", f'<w:x xmlns:w="{STRICT}"><w:fldSimple w:instr="LINK a"/></w:x>'
    ),
    "a field in a part of another name": in_part(
        "word/header.bin", f"{TYPES}header+xml", f'\ufeff <w:hdr xmlns:w="{W}"><w:fldSimple w:instr="LINK a"/></w:hdr>'
    ),
    "a drawing that fetches": in_part(
        "word/media/a.svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/a"/></svg>'
    ),
}

RUNNING: dict[str, Callable[[Parts], Parts]] = {
    "macros": part("word/vbaProject.bin", b"x", "vbaProject"),
    "macros in capitals": part("word/VBAPROJECT.BIN", b"x"),
    "macros of another name": part("word/data.bin", b"x", "vbaProject"),
    "macros by type": in_part("word/data.bin", "application/vnd.ms-office.vbaProject", "x"),
    "a macro document": lambda parts: (
        parts
        | {
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                TYPES.encode() + b"document.main", b"application/vnd.ms-word.document.macroEnabled.main"
            )
        }
    ),
    "a control": part("word/activeX/activeX1.xml", b"<x/>"),
    "an object": part("word/embeddings/oleObject1.bin", b"x", "oleObject"),
    "an object of another name": part("word/media/data.bin", b"x", "oleObject"),
    "an embedded workbook": part("word/embeddings/Workbook.xlsx", b"x", "package"),
    "an embedded file of another name": part("word/media/data.bin", b"x", "package"),
    "an object's element": in_body(f'<w:p><w:r><w:object><o:OLEObject xmlns:o="{O}" Type="Embed"/></w:object></w:r></w:p>'),
    "a control's element": in_body("<w:p><w:r><w:object><w:control/></w:object></w:r></w:p>"),
    "a program": part("word/media/setup.exe", b"MZ"),
}


def declared(name: str, encoding: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        lol = "".join(f'<!ENTITY a{at} "&a{at + 1};&a{at + 1};">' for at in range(30))
        text = re.sub(
            r"<\?xml.*?\?>\s*", f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{lol}]>', parts[name].decode()
        )
        return parts | {name: text.encode(encoding)}

    return change


DECLARED = {
    f"{name} in {encoding}": declared(name, encoding)
    for name in (MAIN, RELS, "[Content_Types].xml", "docProps/core.xml")
    for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32")
}


def nested(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts | {name: re.sub(rb"(</[\w:]+>\s*)$", b"<a>" * 5000 + b"</a>" * 5000 + rb"\1", parts[name])}


def cut(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts | {name: parts[name][:-9]}


BROKEN = {
    f"{damage.__name__} {name}": damage(name) for damage in (nested, cut) for name in (MAIN, RELS, FOOTER, "docProps/app.xml")
}
BOMBS: dict[str, Callable[[Parts], Parts]] = {
    "one large part": part("word/media/a.bmp", bytes(30_000_000)),
    "one huge part": part("word/media/a.bmp", bytes(41_000_000)),
    "many small parts": lambda parts: parts | {f"word/media/{number}.bmp": bytes(999_999) for number in range(60)},
    "very many parts": lambda parts: parts | {f"word/media/{number}.bmp": b"" for number in range(2_001)},
    "many elements": lambda parts: parts | {"word/notes.xml": b"<a>" + b"<b/>" * 4_100_000 + b"</a>"},
}
OUTSIDE = {name: part(name, b"x") for name in ("../../outside.txt", "/etc/outside.txt", r"..\outside.txt")} | {
    "two of one name": lambda parts: parts | {"word/Document.xml": parts[MAIN]}
}


def sealed(data: bytes) -> bytes:
    """Mark every member as encrypted."""
    result = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        position = data.find(signature)
        while position >= 0:
            result[position + offset] |= 1
            position = data.find(signature, position + 1)
    return bytes(result)


def flipped(data: bytes) -> bytes:
    """Change a byte of the first member's content, so that its checksum is wrong."""
    size = struct.unpack_from("<HH", data, 26)
    position = 30 + sum(size) + 20
    return data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]


def recompressed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


ARCHIVES: dict[str, tuple[str, Callable[[Parts], bytes]]] = {
    "under a password": ("encrypted", lambda parts: sealed(packed(parts))),
    "a wrong checksum": ("damaged", lambda parts: flipped(packed(parts))),
    "cut in half": ("damaged", lambda parts: packed(parts)[: len(packed(parts)) // 2]),
    "cut at its end": ("damaged", lambda parts: packed(parts)[:-30]),
    "packed in another way": ("damaged", recompressed),
}
ATTACKS: dict[str, tuple[str, Callable[[Parts], bytes]]] = {
    f"{reason}: {name}": (reason, lambda parts, change=change: packed(change(parts)))  # type: ignore[misc]
    for reason, changes in (
        ("external", REACHING_OUT),
        ("active", RUNNING),
        ("doctype", DECLARED),
        ("not-xml", BROKEN),
        ("bomb", BOMBS),
        ("unsafe-path", OUTSIDE),
    )
    for name, change in changes.items()
} | {f"archive: {name}": attack for name, attack in ARCHIVES.items()}
SHARED = ("template", "review", "table")
"""Readers that open files in the same way as those of letterheads and imports."""

REMOVED = [("annex", "external: attachedTemplate")]
"""Content that a reader removes and does not refuse."""

FEW = ("external: image", "external: LINK simple", "active: macros", "bomb: one large part", "archive: cut in half")


@pytest.mark.parametrize(
    ("entrance", "attack"),
    [
        (entrance, attack)
        for entrance in ENTRANCES
        for attack in ATTACKS
        if (entrance not in SHARED or attack in FEW) and (entrance, attack) not in REMOVED
    ],
)
def test_every_reader_refuses_unsafe_files(entrance: str, attack: str, harmless: Parts, tmp_path: Path) -> None:
    read, code_of = ENTRANCES[entrance]
    reason, change = ATTACKS[attack]
    path = tmp_path / "file.docx"
    path.write_bytes(change(harmless))
    with pytest.raises(IpdocsError) as caught:
        read(path)
    assert code_of(reason) in {finding.code for finding in caught.value.findings}
    assert all(finding.hint for finding in caught.value.findings)


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    f'<c:externalData xmlns:r="{R}" r:id="rId1"/></c:chartSpace>'
)


def chart(parts: Parts) -> Parts:
    """Add a chart and the workbook with its numbers."""
    relation = f'<Relationship Id="rId1" Type="{R}/package" Target="../embeddings/Workbook1.xlsx"/>'
    package = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    changed = in_part("word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", CHART)(parts)
    return related(f'<Relationship Id="rIdX" Type="{R}/chart" Target="charts/chart1.xml"/>')(changed) | {
        "word/charts/_rels/chart1.xml.rels": package.encode(),
        "word/embeddings/Workbook1.xlsx": packed({"xl/workbook.xml": b"<x/>"}),
    }


ALLOWED: dict[str, Callable[[Parts], Parts]] = {
    "a link": in_body(f'<w:p><w:hyperlink xmlns:r="{R}" r:id="rIdX"><w:r/></w:hyperlink></w:p>', before=LINKED),
    "a linked picture to click": in_body(f'<w:p><a:hlinkClick xmlns:a="{A}" xmlns:r="{R}" r:id="rIdX"/></w:p>', before=LINKED),
    "page numbers": in_footer(field(" PA", "GE ") + '<w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p>'),
    "a field to click": in_footer(field('HYPERLINK "https://example.org/"')),
    "a field that computes": in_footer(field("= 1 + ").replace("</w:r></w:p>", f"</w:r>{field('PAGE')[5:]}", 1)),
    "words of a field": in_footer("<w:p><w:r><w:t>INCLUDETEXT a</w:t></w:r></w:p>"),
    "a picture of VML": in_body(f'<w:p><w:r><v:imagedata xmlns:v="{V}" title="a"/></w:r></w:p>'),
    "other XML": in_part("customXml/item1.xml", "application/xml", "<control><connection/></control>"),
}


@pytest.mark.parametrize("entrance", [name for name in ENTRANCES if name != "template"])
@pytest.mark.parametrize("kind", ALLOWED)
def test_every_reader_accepts_safe_content(entrance: str, kind: str, harmless: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(packed(ALLOWED[kind](harmless)))
    ENTRANCES[entrance][0](path)


@pytest.mark.parametrize(
    ("entrance", "is_accepted"), [("letterhead", False), ("annex", True), ("import", True), ("review", True), ("table", True)]
)
def test_the_workbook_of_a_chart_is_not_issued(entrance: str, is_accepted: bool, harmless: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(packed(chart(harmless)))
    if is_accepted:
        ENTRANCES[entrance][0](path)
    else:
        with pytest.raises(IpdocsError, match=r"Workbook1\.xlsx"):
            ENTRANCES[entrance][0](path)


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", r"\\host\share", "javascript:x", "ms-word:ofe|u|x", ""])
def test_links_of_a_letterhead_lead_to_the_web(scheme: str, harmless: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(packed(external("hyperlink", Target=scheme)(harmless)))
    with pytest.raises(IpdocsError) as caught:
        letterhead(path)
    assert repr(scheme) in caught.value.findings[0].message


def test_all_problems_are_reported_together(harmless: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(packed(external("image")(RUNNING["macros"](in_footer(field("LINK a"))(cut("docProps/app.xml")(harmless))))))
    with pytest.raises(IpdocsError) as caught:
        word_reader.read(path)
    assert sorted(finding.code for finding in caught.value.findings) == ["bad-xml", *["hostile-file"] * 3]


def test_libreoffice_gets_only_checked_parts(harmless: Parts, tmp_path: Path) -> None:
    hidden = packed(harmless | {"word/vbaProject.bin": b"x"})
    (tmp_path / "a.docx").write_bytes(hidden[:-60] + packed(harmless))
    converted: list[bytes] = []
    pdf = RELEASE.parents[1] / "gd-hk-ip-17-minutes/annexes/completed-projects.pdf"

    def convert(data: bytes, name: Text) -> bytes:
        converted.append(data)
        return pdf.read_bytes()

    read_annex(Text("a.docx"), tmp_path, Workspace(tmp_path), convert)
    assert b"vbaProject" not in converted[0]
    assert set(parts_of(converted[0])) <= set(harmless)

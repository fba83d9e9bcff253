"""Targets for files of other programs: Word, Excel, PDF, pictures, exchange formats, web pages, manifests."""

from __future__ import annotations

import io
import json
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from warnings import catch_warnings

import pikepdf
from hypothesis import strategies as st

from ipdocs.findings import IpdocsError, Location
from ipdocs.importing.import_release import import_release
from ipdocs.minutes.annexes import read_annex
from ipdocs.model.text import Text
from ipdocs.pipeline import manifest
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word import reviewed_file
from ipdocs.source.open import open_source
from ipdocs.translation.formats import docx, po, tbx, term_table, tmx, xliff1, xliff2_reader, xlsx
from ipdocs.translation.memory.store import stored_units
from ipdocs.translation.returned_file import check_returned_file
from ipdocs.verification.pdf import read_pdf
from ipdocs.verification.word import read_docx
from ipdocs.workspace import Workspace

from ..properties.attempt import Attempts
from ..properties.mutate import change_part, damage, damage_archive, pack_parts, read_parts
from ..properties.test_entrances import word_file
from ..properties.word_mutations import change_elements, check_changed_file
from ..properties.word_mutations import seeds as changeable_word_files
from .looks import beside as small_source
from .sources import EVERYTHING, ROOT, SMALL
from .target import Case, Target

NOW = datetime(2026, 11, 22)
SEED = st.integers(0, 2**40)
ARCHIVES = ("docx", "table", "xlsx", "letterhead", "template", "annex.docx")


@cache
def attempts() -> Attempts:
    """Return valid exchange and finished files to start from, made once."""
    return Attempts(Path(mkdtemp(prefix="fuzz-seeds-")) / "workspace")


@cache
def seed_of(kind: str) -> bytes:
    """Return a valid file of a kind."""
    if kind in ("letterhead", "annex.docx"):
        return word_file("A paragraph.")
    if kind == "template":
        return word_file("{{ document.title }}", "{%p for block in document.body %}", "{{ block.id }}", "{%p endfor %}")
    if kind == "terms":
        return 'English;繁體中文;Note\nsea wall;海堤;"in two\nlines"\npier;碼頭; 渡頭;\n'.encode()
    if kind == "annex.pdf":
        return (ROOT / "fixtures/gd-hk-ip-17-minutes/annexes/completed-projects.pdf").read_bytes()
    return attempts().seeds[kind]


def bomb(data: bytes, random: Random) -> bytes:
    """Return an Office file with extreme compression, odd part names, external links, or XML that expands."""
    parts = read_parts(data)
    name = random.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name]
    match random.randrange(12):
        case 0:
            parts["word/media/big.bin"] = bytes(80_000_000)
        case 1:
            parts |= {f"word/media/{number}.png": b"x" for number in range(6_000)}
        case 2:
            parts[
                random.choice(
                    ("../../x.xml", "/etc/x", "word\\x.xml", "word/\0.xml", "WORD/DOCUMENT.XML", "word/document.xml/", "c:x")
                )
            ] = text
        case 3:
            entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
            parts[name] = f'<!DOCTYPE x [<!ENTITY e0 "xxxxxxxxxx">{entities}]><x>&e9;</x>'.encode()
        case 4:
            parts[name] = b"<a>" * 100_000 + b"</a>" * 100_000
        case 5:
            parts[name] = re.sub(rb"<(\w[\w:]*)", rb'<\1 a="' + b"x" * 2_000_000 + rb'"', text, count=1)
        case 6:
            found = re.search(rb"<w:p[ >].*?</w:p>", text, re.DOTALL)
            parts[name] = text.replace(found[0], found[0] * 20_000, 1) if found else text
        case 7:
            parts[name] = text.replace(b'Target="', b'TargetMode="External" Target="http://127.0.0.1:9/', 1)
        case 8:
            parts["word/vbaProject.bin"] = b"x"
        case 9:
            parts[name] = text.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-32", "utf-7")))
        case 10:
            out = io.BytesIO(pack_parts(parts))
            with zipfile.ZipFile(out, "a") as archive, catch_warnings(action="ignore"):  # the repeated name is intended
                archive.writestr("word/document.xml", b"<x/>")
            return out.getvalue()
        case _:
            packed_data = bytearray(pack_parts(parts))
            at = packed_data.rfind(b"PK\x05\x06")
            packed_data[at + 8 : at + 16] = struct.pack("<HHI", 65535, 65535, random.choice((0, 2**32 - 1)))
            return bytes(packed_data)
    return pack_parts(parts)


@st.composite
def archives(draw: st.DrawFn, kind: str, name: str) -> Case:
    """An Office file that is changed, damaged or a bomb."""
    change = draw(st.sampled_from((change_part, change_part, damage_archive, damage_archive, bomb)))
    return {name: change(seed_of(kind), Random(draw(SEED)))}


@st.composite
def texts(draw: st.DrawFn, kind: str, name: str) -> Case:
    """A text or XML file that is damaged or very large."""
    data = seed_of(kind)
    random = Random(draw(SEED))
    match draw(st.sampled_from(("damage", "damage", "damage", "damage", "grow", "deep", "encode", "entity"))):
        case "damage":
            data = damage(data, random)
        case "grow":
            tags = re.findall(rb"<[^<>/]+>[^<>]*</[^<>]+>", data) or [data[:100]]
            tag = random.choice(tags)
            data = data.replace(tag, tag * random.choice((2, 1000)), 1)
        case "deep":
            at = random.randrange(len(data))
            tag = random.choice((b"a", b"pc", b"g", b"div", b"b"))
            data = data[:at] + b"<%s>" % tag * 3000 + data[at:]
        case "encode":
            data = data.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-32", "big5", "utf-8-sig")), "replace")
        case _:
            entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
            data = re.sub(rb"^(<\?xml[^>]*>)?", rb"\1" + f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]>'.encode(), data, count=1)
    return {name: data}


@st.composite
def pdfs(draw: st.DrawFn, kind: str, name: str) -> Case:
    """A PDF with damaged bytes, or with objects that are changed, moved or contain themselves."""
    data, random = seed_of(kind), Random(draw(SEED))
    if draw(st.integers(0, 2)) == 0:
        return {name: damage(data, random)}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for _ in range(random.randint(1, 4)):
            _change_object(pdf, random)
        out = io.BytesIO()
        try:
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        except pikepdf.PdfError:  # a PDF without /Root cannot be written
            return {name: damage(data, random)}
    return {name: out.getvalue()}


def _change_object(pdf: pikepdf.Pdf, random: Random) -> None:
    holders = [
        one
        for one in pdf.objects
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))
        and len(one.keys() if not isinstance(one, pikepdf.Array) else one)
    ]
    holder = random.choice(holders)
    values = (
        *(None, True, 0, -1, 10**9, "x", "\0" * 9, pikepdf.Name("/X"), pikepdf.Array([]), pikepdf.Dictionary()),
        *(
            pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)"),
            pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="calc"),
        ),
        *(
            pikepdf.Array([0, 0, 10**7, 10**7]),
            pikepdf.Array([0, 0, 0, 0]),
            pikepdf.Array(["x"] * 4),
            holder,
            random.choice(holders),
        ),
    )
    value = random.choice(values)
    if isinstance(holder, pikepdf.Array):
        holder[random.randrange(len(holder))] = value
        return
    key = random.choice(
        [*holder.keys(), "/Kids", "/Parent", "/Annots", "/AA", "/OpenAction", "/MediaBox", "/K", "/P", "/Names", "/Outlines"]
    )
    if isinstance(holder, pikepdf.Stream) and random.random() < 0.3:
        holder.write(random.choice((b"", b"q " * 50_000, b"BT /F1 12 Tf (x) Tj ET", zlib.compress(bytes(3_000_000)))))
    elif value is None or random.random() < 0.2:
        if key in holder and key not in ("/Length", "/Type"):
            del holder[key]
    elif key != "/Length":
        holder[key] = value


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PICTURES = {"png": "photo.png", "jpg": "photo.jpg", "svg": "chart.svg"}
DRAWINGS = (
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9' viewBox='0 0 1 1'><rect width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='a0'><rect width='1' height='1'/></g>"
    + "".join(f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 10))
    + "<use href='#a9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='a'><use href='#a'/></g></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/hostname'/><script>x</script></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><style>@import 'http://127.0.0.1:9/x';</style></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text font-size='1e9'>字</text></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>" + "<g>" * 2000 + "</g>" * 2000 + "</svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='" + "M0 0 L1 1 " * 100_000 + "'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><filter id='f'><feGaussianBlur stdDeviation='1e9'/></filter>"
    "<rect width='9' height='9' filter='url(#f)'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><pattern id='p' width='1e-9' height='1e-9'>"
    "<rect fill='url(#p)' width='9' height='9'/></pattern><rect fill='url(#p)' width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='x'><a href='javascript:x'><text>x</text></a></svg>",
)


@st.composite
def pictures(draw: st.DrawFn) -> Case:
    """A damaged picture of the example source: bytes, chunks, segments, sizes, or a drawing that expands."""
    kind, random = draw(st.sampled_from(("png", "jpg", "svg"))), Random(draw(SEED))
    data = (EVERYTHING / PICTURES[kind]).read_bytes()
    match draw(st.sampled_from(("damage", "damage", "cut", "parts"))):
        case "damage":
            data = damage(data, random)
        case "cut":
            data = data[: random.randrange(len(data))]
        case _ if kind == "png":
            inserted = random.choice(
                (
                    chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(5_000_000))),
                    chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(90_000_000))),
                    chunk(b"eXIf", b"MM\0*" + b"\xff" * 400),
                    chunk(b"IDAT", zlib.compress(bytes(1000))),
                    chunk(b"acTL", b"\0\0\0\x05\0\0\0\0"),
                    chunk(b"IEND", b""),
                )
            )
            data = data[:33] + inserted + data[33:] if random.random() < 0.6 else _resized(data, random)
        case _ if kind == "jpg":
            at = random.choice([match.start() for match in re.finditer(rb"\xff[\xc0-\xfe]", data)])
            data = (
                data[:at]
                + random.choice((b"", b"\xff\xe1\xff\xff", b"\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0", data[at : at + 300]))
                + data[at:]
            )
        case _:
            data = random.choice(DRAWINGS).encode()
    name = "pic." + draw(st.sampled_from((kind, kind, kind, "png", "svg")))
    return {"d/x.yaml": (SMALL + FIGURE.replace("NAME", name)).encode(), f"d/{name}": data}


def _resized(data: bytes, random: Random) -> bytes:
    """Return a PNG that states a wrong size or depth."""
    sizes = (0, 1, 65_535, 2**31 - 1, 20_000)
    header = struct.pack(
        ">IIBBBBB", random.choice(sizes), random.choice(sizes), random.choice((1, 8, 16)), random.choice((0, 2, 3, 6)), 0, 0, 0
    )
    return data[:8] + chunk(b"IHDR", header) + data[33:]


FIGURE = '  - {id: pic, figure: {file: NAME, alt: {en: "A picture", tc: "圖片"}}}\n'


def open_pictures(folder: Path) -> None:
    """Open a source with a picture."""
    open_source(folder / "d/x.yaml", Workspace(folder))


def build_pictures(folder: Path) -> None:
    """Build a source with a picture in every format."""
    build([folder / "d/x.yaml"], folder / "out", BuildRequest(editions=("en",), formats=("docx", "pdf", "html", "txt")))


@dataclass(frozen=True)
class Whole:
    """The location of a text in a file."""

    path: Path

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the first line."""
        return Location(self.path, 1, 1 + offset, length)


def annexed(name: str) -> Callable[[Path], None]:
    """Return a function that reads an annex; a fixed PDF takes the place of LibreOffice."""

    def run(folder: Path) -> None:
        read_annex(Text(name, Whole(folder / "d/x.yaml")), folder, Workspace(folder), lambda data, name: seed_of("annex.pdf"))

    return run


def letterheaded(folder: Path) -> None:
    """Build the small source on a letterhead."""
    request = BuildRequest(editions=("en",), formats=("docx",), letterhead=folder / "letterhead.docx")
    build([folder / "d/x.yaml"], folder / "out", request)


def templated(folder: Path) -> None:
    """Build the small source with an office's own Word template."""
    build([folder / "d/x.yaml"], folder / "out", BuildRequest(editions=("en",), formats=("docx",)))


def returned(kind: str, name: str) -> Callable[[Path], None]:
    """Return a function that reads and compares a file returned by a translator."""
    readers = {
        "xliff2": xliff2_reader.read,
        "xliff1": xliff1.read,
        "po": po.read,
        "table": docx.read,
        "xlsx": xlsx.read,
        "tmx": lambda path: tmx.read(path, Workspace(), "en", "tc"),
    }
    reader = readers[kind]

    def run(folder: Path) -> None:
        path = folder / name
        check_returned_file(attempts().sent, reader(path), path, lambda source, target: [])

    return run


def imported(name: str) -> Callable[[Path], None]:
    """Return a function that imports a release from a file, or an edited Word file."""

    def run(folder: Path) -> None:
        shutil.rmtree(folder / "made", ignore_errors=True)
        try:
            import_release([folder / name], folder / "made", NOW)
        except IpdocsError as error:
            if any(finding.code == "text-unaccounted" for finding in error.findings):
                message = "a reader passes over content"
                raise AssertionError(message) from error
            raise

    return run


def memory(folder: Path) -> None:
    """Read the translation memory of a workspace."""
    list(stored_units(Workspace(folder)))


MANIFEST = {
    "id": "x", "kind": "build", "source": {"file": "../x.yaml", "sha256": "0" * 64},
    "files": [{"file": "x.en.docx", "sha256": "0" * 64, "bytes": 1, "languages": ["en"], "format": "docx"}],
}  # fmt: skip


@st.composite
def manifests(draw: st.DrawFn) -> Case:
    """A manifest that is damaged or has values of other types."""
    text = json.dumps(MANIFEST, indent=1)
    values = re.finditer(r'"[^"]*"|\d+|\[[^\[\]]*\]|\{[^{}]*\}', text)
    spans = [match.span() for match in values]
    for _ in range(draw(st.integers(1, 3))):
        start, end = spans[draw(st.integers(0, len(spans) - 1))]
        new = draw(
            st.sampled_from(
                ("null", "1e999", "-1", "[]", "{}", '"../../etc/passwd"', '"\\ud800"', '"\\u0000"', "[" * 5000, "NaN", "9" * 5000)
            )
        )
        text = text[:start] + new + text[end:]
    if draw(st.booleans()):
        return {"manifest.json": damage(text.encode(), Random(draw(SEED)))}
    return {"manifest.json": text.encode()}


def changed_word_files(name: str) -> st.SearchStrategy[Case]:
    """Return cases with Word files whose elements are deleted, doubled, moved, renamed or wrapped."""

    def case(seed: int) -> Case:
        random = Random(seed)
        return {name: change_elements(random.choice(changeable_word_files()), random)}

    return SEED.map(case)


def import_changed_word_file(folder: Path) -> None:
    """Import a changed Word file; each of its words must be in the source or left out."""
    check_changed_file((folder / "in.docx").read_bytes())


def _binary(
    name: str, cases: st.SearchStrategy[Case], run: Callable[[Path], object], weight: int = 12, kind: str = "open"
) -> Target:
    return Target(name, kind, cases, run, small_source, is_text=False, weight=weight, warm=attempts)  # type: ignore[arg-type]


def _exchange(kind: str, ending: str) -> Target:
    name = f"returned.{ending}"
    cases = archives(kind, name) if kind in ARCHIVES else texts(kind, name)
    return _binary(f"returned-{kind}", cases, returned(kind, name))


FORMATS: Mapping[str, str] = {"xliff2": "xlf", "xliff1": "xlf", "po": "po", "tmx": "tmx", "table": "docx", "xlsx": "xlsx"}
TEMPLATE = "templates/press-release/template.docx"
BINARY_TARGETS = (
    *(_exchange(kind, ending) for kind, ending in FORMATS.items()),
    _binary("returned-tbx", texts("tbx", "returned.tbx"), lambda folder: tbx.read(folder / "returned.tbx", Workspace())),
    _binary("terms.csv", texts("terms", "terms.csv"), lambda folder: term_table.read(folder / "terms.csv", Workspace())),
    _binary("edited-word", archives("docx", "edited.docx"), lambda folder: reviewed_file.read(folder / "edited.docx")),
    _binary("imported-word", archives("docx", "in.docx"), imported("in.docx"), 3),
    _binary("changed-word", changed_word_files("in.docx"), import_changed_word_file, 3),
    _binary("imported-page", texts("html", "in.html"), imported("in.html"), 1),
    _binary("imported-text", texts("txt", "in.txt"), imported("in.txt"), 1),
    _binary("memory.tmx", texts("tmx", "locales/memory/x.tmx"), memory),
    _binary("annex.pdf", pdfs("annex.pdf", "annex.pdf"), annexed("annex.pdf"), 16),
    _binary("annex.docx", archives("annex.docx", "annex.docx"), annexed("annex.docx"), 4),
    _binary(
        "finished-word", archives("docx", "x.docx"), lambda folder: read_docx((folder / "x.docx").read_bytes(), folder / "x.docx")
    ),
    _binary(
        "finished-pdf", pdfs("annex.pdf", "x.pdf"), lambda folder: read_pdf((folder / "x.pdf").read_bytes(), folder / "x.pdf")
    ),
    _binary("picture", pictures(), open_pictures, 16),
    _binary("manifest.json", manifests(), lambda folder: manifest.read_manifest(folder / "manifest.json"), 8),
    _binary("built-letterhead", archives("letterhead", "letterhead.docx"), letterheaded, 12, "build"),
    _binary("built-template.docx", archives("template", TEMPLATE), templated, 12, "build"),
    _binary("built-picture", pictures(), build_pictures, 15, "build"),
)

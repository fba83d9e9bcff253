"""Annexes: what a file must be to be bound in, and what is taken out of it."""

from __future__ import annotations

import io
import stat
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.canaries import find_words_in_data

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.findings import Finding, IpdocsError
from ipdocs.minutes import annexes
from ipdocs.minutes.annexes import AnnexFile, read_annex
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace


def no_word(data: bytes, name: Text) -> bytes:
    raise AssertionError("no Word file is expected")


def read(folder: Path, name: str, convert: Callable[[bytes, str, Text], bytes] = no_word) -> AnnexFile:
    return read_annex(Text(name), folder, Workspace(folder), convert)


def refused(folder: Path, name: str, convert: Callable[[bytes, str, Text], bytes] = no_word) -> Finding:
    with pytest.raises(IpdocsError) as caught:
        read(folder, name, convert)
    (finding,) = caught.value.findings
    return finding


def saved(change: Callable[[pikepdf.Pdf], Any] = lambda pdf: None, **options: Any) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.add_blank_page(page_size=(842, 595))
    change(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def test_a_pdf_has_its_pages_with_their_sizes(tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Rotate = 90

    (tmp_path / "a.pdf").write_bytes(saved(turn))
    assert read(tmp_path, "a.pdf").sizes == ((595, 842), (595, 842))


def test_a_field_outside_the_form_causes_no_warning(tmp_path: Path) -> None:
    def widget(pdf: pikepdf.Pdf) -> None:
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].Annots = Array([pdf.make_indirect(field)])

    (tmp_path / "a.pdf").write_bytes(saved())
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        widget(pdf)
        with pytest.warns(Warning, match="not reachable"):
            pdf.save(tmp_path / "a.pdf")
    assert len(read(tmp_path, "a.pdf").sizes) == 2


def test_a_picture_is_one_page(tmp_path: Path) -> None:
    Image.new("RGB", (4, 3)).save(tmp_path / "a.png")
    annex = read(tmp_path, "a.png")
    assert annex.picture
    assert (annex.picture.kind, annex.picture.width, annex.suffix, annex.sizes) == ("png", 4, "png", ((595, 842),))


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:-20])
    finding = refused(tmp_path, "a.png")
    assert finding.code == "bad-picture"
    assert "'a.png'" in finding.message


def test_a_missing_annex_is_reported(tmp_path: Path) -> None:
    finding = refused(tmp_path, "gone.pdf")
    assert finding.code == "no-such-file"
    assert "'gone.pdf'" in finding.message


def test_an_annex_outside_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.pdf").write_bytes(saved())
    (tmp_path / "in/link.pdf").symlink_to(tmp_path / "out.pdf")
    for name in ("../out.pdf", "link.pdf", str(tmp_path / "out.pdf")):
        finding = refused(tmp_path / "in", name)
        assert finding.code == "outside-workspace"
        assert repr(name) in finding.message


@pytest.mark.parametrize("owner_only", [True, False])
def test_an_encrypted_annex_is_refused(tmp_path: Path, owner_only: bool) -> None:
    secret = pikepdf.Encryption(owner="owner", user="" if owner_only else "user")
    (tmp_path / "a.pdf").write_bytes(saved(encryption=secret))
    finding = refused(tmp_path, "a.pdf")
    assert finding.code == "encrypted-annex"
    assert "'a.pdf'" in finding.message


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing more", b"%PDF-1.7\n" + bytes(2000), saved()[:200]])
def test_a_damaged_annex_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert refused(tmp_path, "a.pdf").code == "damaged-annex"


def test_a_repaired_annex_is_reported(tmp_path: Path) -> None:
    data = saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    (tmp_path / "a.pdf").write_bytes(data.replace(b"startxref\n", b"startxref\n9"))
    codes = [finding.code for finding in read(tmp_path, "a.pdf").findings]
    assert codes == ["mended-annex", "untagged-annex"]


def test_a_too_large_annex_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annexes, "MAX_BYTES", 100)
    monkeypatch.setattr(annexes, "MAX_PAGES", 1)
    (tmp_path / "a.pdf").write_bytes(saved())
    finding = refused(tmp_path, "a.pdf")
    assert finding.code == "annex-too-large"
    assert f"{len(saved()):,}" in finding.message
    assert "100" in finding.message
    monkeypatch.setattr(annexes, "MAX_BYTES", 100_000)
    finding = refused(tmp_path, "a.pdf")
    assert finding.code == "annex-too-large"
    assert "2" in finding.message


@pytest.mark.parametrize("data", [b"", b"plain text", b"\xd0\xcf\x11\xe0 an old Word file"])
def test_another_kind_of_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.doc").write_bytes(data)
    finding = refused(tmp_path, "a.doc")
    assert finding.code == "unknown-annex-kind"
    assert "'a.doc'" in finding.message


def test_an_untagged_annex_is_reported(tmp_path: Path, root: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(saved())
    (finding,) = read(tmp_path, "a.pdf").findings
    assert (finding.code, finding.severity) == ("untagged-annex", "warning")
    assert "'a.pdf'" in finding.message
    assert read(root / "fixtures/gd-hk-ip-17-minutes", "annexes/completed-projects.pdf").findings == ()


def active(pdf: pikepdf.Pdf) -> None:
    """Put into a PDF everything that could run or carry something."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('Zz9script')"))
    launch = Dictionary(S=Name.Launch, F=String("Zz9launch.exe"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script)])))
    pdf.attachments["Zz9attached.txt"] = pikepdf.AttachedFileSpec(pdf, b"Zz9content", filename="Zz9attached.txt")
    pdf.Root.AF = Array([pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("Zz9af")))])
    field = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T=String("f"), Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=Dictionary(K=script))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<xdp>Zz9xfa</xdp>"))
    followed = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=script)
    pdf.pages[0].AA = Dictionary(O=script)
    pdf.pages[0].Annots = Array(
        pdf.make_indirect(annotation)
        for annotation in (
            Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch),
            Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=followed),
            Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String("file:///Zz9file"))),
            Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.GoToR, F=String("Zz9remote.pdf"))),
            Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=Dictionary(F=String("Zz9annotation"))),
            Dictionary(Subtype=Name.Screen, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Rendition, JS=String("Zz9rendition"))),
        )
    )
    pdf.pages[0].Annots.append(field)


def test_active_content_is_removed_and_reported(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(saved(active))
    annex = read(tmp_path, "a.pdf")
    assert annex.removed == {
        "attachments": 1,
        "fields and drawings that are not printed": 1,
        "films and sounds": 2,
        "form scripts": 1,
        "launch actions": 1,
        "links to files": 2,
        "scripts": 1,
    }
    finding = next(finding for finding in annex.findings if finding.code == "annex-cleaned")
    assert all(f"{kind} ({count})" in finding.message for kind, count in annex.removed.items())
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        everything = b"".join(
            item.unparse(resolved=True) + (item.read_bytes() if isinstance(item, pikepdf.Stream) else b"") for item in pdf.objects
        )
        assert b"Zz9" not in everything
        (address,) = [annotation.A.URI for annotation in pdf.pages[0].Annots if "/A" in annotation]
    assert str(address) == "https://example.org/"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "word/document.xml": f'<w:document xmlns:w="{W}"/>',
            **{key.replace("__", "/"): text for key, text in parts.items()},
        }.items():
            archive.writestr(name, content)
    return out.getvalue()


RELATIONSHIP = (
    '<Relationships><Relationship Id="r" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("parts", "code", "quoted"),
    [
        (
            {"word__vbaProject.bin": "x"},
            "annex-with-macros",
            "'word/vbaProject.bin'",
        ),
        (
            {"word___rels__document.xml.rels": RELATIONSHIP.format(kind="image", target="https://example.org/spy.png")},
            "annex-reaches-out",
            "'https://example.org/spy.png'",
        ),
        (
            {"word___rels__settings.xml.rels": RELATIONSHIP.format(kind="subDocument", target="file://host/part.docx")},
            "annex-reaches-out",
            "'file://host/part.docx'",
        ),
    ],
)
def test_an_active_word_file_is_not_given_to_libreoffice(tmp_path: Path, parts: dict[str, str], code: str, quoted: str) -> None:
    (tmp_path / "a.docx").write_bytes(word(**parts))
    finding = refused(tmp_path, "a.docx")
    assert finding.code == code
    assert "'a.docx'" in finding.message
    assert quoted in finding.message


def test_an_attached_template_is_not_given_to_libreoffice(tmp_path: Path) -> None:
    converted: list[bytes] = []

    def convert(data: bytes, name: str) -> bytes:
        converted.append(data)
        return saved()

    settings = f'<w:settings xmlns:w="{W}" xmlns:r="urn:r"><w:attachedTemplate r:id="r"/><w:zoom/></w:settings>'
    related = RELATIONSHIP.format(kind="attachedTemplate", target="file://host/Zq8share.dotm")
    planted = word(**{"word__settings.xml": settings, "word___rels__settings.xml.rels": related})
    (tmp_path / "a.docx").write_bytes(planted)
    annex = read(tmp_path, "a.docx", convert)
    assert (annex.removed["attached templates"], annex.removed.keys()) == (1, {"attached templates"})
    assert "annex-cleaned" not in [finding.code for finding in annex.findings]
    assert set(find_words_in_data("planted", planted, ["Zq8share", "attachedTemplate", "zoom"])) == {
        "Zq8share",
        "attachedTemplate",
        "zoom",
    }
    assert set(find_words_in_data("converted", converted[0], ["Zq8share", "attachedTemplate", "zoom"])) == {"zoom"}


def test_further_pages_of_a_scan_are_reported(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (40, 30), (grey, 90, 160)) for grey in range(3)]
    pages[0].save(tmp_path / "scan.tif", "TIFF", save_all=True, append_images=pages[1:])
    annex = read(tmp_path, "scan.tif")
    (finding,) = annex.findings
    assert (finding.code, finding.severity) == ("picture-reduced", "warning")
    assert "'scan.tif'" in finding.message
    assert "3" in finding.message
    assert "PDF" in str(finding.hint)
    assert annex.picture
    assert annex.picture.losses == ()  # reported only once


def test_a_word_file_may_have_hyperlinks(tmp_path: Path) -> None:
    link = RELATIONSHIP.format(kind="hyperlink", target="https://example.org/")
    (tmp_path / "a.docx").write_bytes(word(**{"word___rels__document.xml.rels": link}))
    assert len(read(tmp_path, "a.docx", lambda data, name: saved()).sizes) == 2


def test_a_damaged_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word()[:-30])
    finding = refused(tmp_path, "a.docx")
    assert finding.code == "damaged-annex"
    assert "'a.docx'" in finding.message


def test_a_word_file_with_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(**{"word__media__a.bmp": "0" * 3_000_000}))
    assert refused(tmp_path, "a.docx").code == "annex-too-large"


def test_a_word_annex_needs_libreoffice(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="no-libreoffice"):
        convert_to_pdf(word(), "a.docx", None, None)


def program(folder: Path, text: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_hanging_libreoffice_is_ended_with_its_children(tmp_path: Path) -> None:
    child_id = tmp_path / "child"
    hangs = program(tmp_path, f"sleep 60 & echo $! > {child_id}; wait")
    start = time.monotonic()
    with pytest.raises(IpdocsError, match="annex-timeout"):
        convert_to_pdf(word(), "a.docx", None, hangs, timeout=0.5)
    assert time.monotonic() - start < 5
    assert ended(int(child_id.read_text("utf-8")))


def ended(process: int) -> bool:
    """Whether a process ends within five seconds; a zombie has ended."""
    for _ in range(50):
        try:
            if Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_a_libreoffice_without_a_result_is_reported(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="annex-not-converted"):
        convert_to_pdf(word(), "a.docx", None, program(tmp_path, "exit 0"))


def structured(*kids: dict[str, Any], roles: Any = None) -> Callable[[pikepdf.Pdf], None]:
    def tag(pdf: pikepdf.Pdf) -> None:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array([]))))
        root.K = Array([pdf.make_indirect(Dictionary(kid)) for kid in kids])
        if roles is not None:
            root.RoleMap = roles
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    return tag


def within_itself(pdf: pikepdf.Pdf) -> None:
    structured({"/S": Name.Document})(pdf)
    element = pdf.Root.StructTreeRoot.K[0]
    element.K = Array([element])


@pytest.mark.parametrize(
    "spoil",
    [
        structured(),
        structured({"/S": String("P")}),
        structured({"/S": Name.P, "/K": String("x")}),
        structured({"/S": Name.P}, roles=Array([])),
        within_itself,
    ],
    ids=["empty", "no type", "no kid", "no roles", "within itself"],
)
def test_unusable_tags_are_removed(tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    (tmp_path / "a.pdf").write_bytes(saved(spoil))
    annex = read(tmp_path, "a.pdf")
    assert [finding.code for finding in annex.findings] == ["untagged-annex"]
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_tags_of_custom_types_are_kept(tmp_path: Path) -> None:
    tag = structured({"/S": Name("/Office-Heading"), "/K": 0}, roles=Dictionary({"/Office-Heading": Name.H1}))
    (tmp_path / "a.pdf").write_bytes(saved(tag))
    assert read(tmp_path, "a.pdf").findings == ()


def test_a_field_outside_the_form_is_drawn(tmp_path: Path) -> None:
    def orphan(pdf: pikepdf.Pdf) -> None:
        looks = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        field = Dictionary(FT=Name.Tx, T=String("f"), Subtype=Name.Widget, Rect=[0, 0, 9, 9], F=4, AP=Dictionary(N=looks))
        pdf.pages[0].Annots = Array([pdf.make_indirect(field)])

    with warnings.catch_warnings(action="ignore"):
        (tmp_path / "a.pdf").write_bytes(saved(orphan))
    with pikepdf.open(io.BytesIO(read(tmp_path, "a.pdf").data)) as pdf:
        assert "/Annots" not in pdf.pages[0]
        (form,) = pdf.pages[0].Resources.XObject.values()
        assert form.read_bytes() == b"0 0 9 9 re f"

"""Damaged and hostile files each give a finding, never a traceback or a file outside the workspace."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.files.ooxml.package import LIMITS, open_package
from ipdocs.files.reading import read_bytes
from ipdocs.files.xml import parse_xml
from ipdocs.findings import Finding, IpdocsError
from ipdocs.importing.import_release import import_release

NOW = datetime(2026, 11, 22)
MAIN = "word/document.xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'


def archive(path: Path, parts: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {MAIN: BODY, **parts}.items():
            package.writestr(name, data)
    return path


def related(kind: str, target: str) -> str:
    relationship = f'<Relationship Id="a" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{TYPES}">{relationship}</Relationships>'


def refused(path: Path) -> list[Finding]:
    with pytest.raises(IpdocsError) as caught:
        open_package(read_bytes(path), path, MAIN)
    return list(caught.value.findings)


@pytest.mark.parametrize(
    ("parts", "code", "quoted"),
    [
        ({"word/media/a.png": bytes(30_000_000)}, "hostile-file", "200"),
        ({"word/a.xml": bytes(41_000_000)}, "hostile-file", "40,000,000"),
        ({f"word/{number}.xml": "" for number in range(LIMITS.part_count + 1)}, "hostile-file", "2,000"),
        ({"../../outside.txt": "x"}, "hostile-file", "outside.txt"),
        ({"/etc/outside.txt": "x"}, "hostile-file", "outside.txt"),
        ({"word/vbaProject.bin": "x"}, "hostile-file", "word/vbaProject.bin"),
        ({"word/activeX/activeX1.xml": "<x/>"}, "hostile-file", "word/activeX/activeX1.xml"),
        (
            {"word/_rels/settings.xml.rels": related("attachedTemplate", "https://www.example.org/t.dotm")},
            "hostile-file",
            "https://www.example.org/t.dotm",
        ),
        ({"word/_rels/document.xml.rels": related("image", "file:///etc/passwd")}, "hostile-file", "file:///etc/passwd"),
        (
            {"word/_rels/document.xml.rels": related("oleObject", "https://www.example.org/x")},
            "hostile-file",
            "https://www.example.org/x",
        ),
    ],
)
def test_forbidden_package_content_is_a_finding(parts: dict[str, bytes | str], code: str, quoted: str, tmp_path: Path) -> None:
    (finding,) = refused(archive(tmp_path / "x.docx", parts))
    assert (finding.code, quoted in finding.message) == (code, True)
    assert finding.hint


def understated(path: Path, real: int) -> Path:
    """Write a file with a part whose stated size of 1,000 bytes is far too small."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(MAIN, BODY)
        with package.open("word/media/a.bin", "w") as stream:
            for _ in range(real // 1_000_000):
                stream.write(bytes(1_000_000))
        package.getinfo("word/media/a.bin").file_size = 1_000
    return path


def test_part_is_unpacked_only_to_its_stated_size(tmp_path: Path) -> None:
    path = understated(tmp_path / "x.docx", 64_000_000)
    data = path.read_bytes()
    tracemalloc.start()
    with pytest.raises(IpdocsError, match="damaged-file"):
        open_package(data, path, MAIN)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


@pytest.mark.parametrize("before", ["", " " * 100, "\n" * 70_000])
def test_leading_space_does_not_hide_renamed_xml(before: str, tmp_path: Path) -> None:
    field = BODY.replace("<w:p/>", '<w:p><w:fldSimple w:instr="INCLUDETEXT file:///etc/passwd"/></w:p>')
    (finding,) = refused(archive(tmp_path / "x.docx", {"word/main.bin": before + field}))
    assert (finding.code, "INCLUDETEXT" in finding.message) == ("hostile-file", True)


def test_clickable_link_is_allowed(tmp_path: Path) -> None:
    parts: dict[str, bytes | str] = {"word/_rels/document.xml.rels": related("hyperlink", "https://www.example.org/")}
    path = archive(tmp_path / "x.docx", parts)
    assert open_package(read_bytes(path), path).root(MAIN) is not None


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(1024)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ole("WordDocument"), "old-format"),
        (ole("EncryptedPackage"), "encrypted-file"),
        (b"", "damaged-file"),
        (b"PK\x03\x04" + bytes(40), "damaged-file"),
        (b"not a zip", "damaged-file"),
    ],
)
def test_file_with_a_wrong_ending_is_a_finding(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    (finding,) = refused(path)
    assert finding.code == code


def test_encrypted_part_is_a_finding(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.docx", {})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.index(signature) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    path.write_bytes(data)
    (finding,) = refused(path)
    assert finding.code == "encrypted-file"


def test_false_size_is_noticed_while_unpacking(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.docx", {"word/a.xml": bytes(60_000)})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 60_000), struct.pack("<I", 10)))
    (finding,) = refused(path)
    assert finding.code == "damaged-file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_unread(encoding: str, tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with pytest.raises(IpdocsError) as caught:
        parse_xml(text.encode(encoding), tmp_path / "x.xlf")
    assert caught.value.findings[0].code == "hostile-file"


def test_too_deeply_nested_xml_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000, tmp_path / "x.xlf")
    assert caught.value.findings[0].code == "bad-xml"


def test_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(IpdocsError) as caught:
        read_bytes(path)
    assert "60,000,000" in caught.value.findings[0].message
    assert "50,000,000" in caught.value.findings[0].message


@pytest.mark.parametrize("name", ["x.doc", "x.docm", "x.docx", "x.html", "x.txt", "x.pdf"])
def test_nothing_is_written_for_an_unreadable_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(ole("WordDocument"))
    with pytest.raises(IpdocsError):
        import_release([tmp_path / name], tmp_path / "made", NOW)
    assert not (tmp_path / "made").exists()


def test_picture_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    from docx import Document

    image = Path(__file__).resolve().parents[3] / "fixtures/example-gia/seminar.png"
    document = Document()
    document.add_heading("A title", 0)
    document.add_paragraph("Words of the release.")
    document.add_picture(str(image))
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"media/image1.png", b"media/.. ..x.png")
            new.writestr("word/media/.. ..x.png" if name == "word/media/image1.png" else name, data)
    import_release([path], tmp_path / "made", NOW)
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["_..x.png", "release.yaml"]


def test_unclosed_brackets_are_read_fast(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("(" * 20_000 + "\n\n" + "* a\n" * 1000 + "「" * 20_000, "utf-8")
    (tmp_path / "locales").mkdir()
    assert import_release([path], tmp_path / "made", NOW).block_count > 0

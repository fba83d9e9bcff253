"""Untrusted XML and HTML: document types, deep nesting and bombs are refused in any encoding."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipdocs.files.html import parse_fragment, parse_html
from ipdocs.files.reading import UnsafeFile
from ipdocs.files.xml import MAX_NODES, parse_xml, stream_xml
from ipdocs.findings import Finding, IpdocsError

PATH = Path("file.xml")
LOL = "<!ENTITY a 'lol'>" + "".join(f"<!ENTITY a{at} '&a{at + 1};&a{at + 1};&a{at + 1};'>" for at in range(40))
DECLARATIONS = {
    "entities": f'<!DOCTYPE x [{LOL}]><x y="&a0;">&a0;</x>',
    "an outside file": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "an outside entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]><x/>',
    "only a name": "<!DOCTYPE x><x/>",
    "after a comment": f"<!--{'x' * 200_000}--><!DOCTYPE x [{LOL}]><x/>",
    "after an instruction": "<?x <x> ?><!DOCTYPE x><x/>",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "iso-8859-1", "utf-7")


def refused(data: bytes, part: str = "") -> Finding:
    with pytest.raises(UnsafeFile) as caught:
        parse_xml(data, PATH, part)
    (finding,) = caught.value.findings
    return finding


def encoded(text: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", DECLARATIONS)
def test_a_document_type_is_refused_unread(kind: str, encoding: str) -> None:
    start = time.perf_counter()
    assert refused(encoded(DECLARATIONS[kind], encoding)).code == "hostile-file"
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_read(encoding: str) -> None:
    assert parse_xml(encoded("<x>a</x>", encoding), PATH).text == "a"


def test_a_document_type_in_text_is_harmless() -> None:
    root = parse_xml(b"<x y='&lt;!DOCTYPE'><![CDATA[<!DOCTYPE x>]]><!-- <!ENTITY a> --></x>", PATH)
    assert (root.text, len(root)) == ("<!DOCTYPE x>", 0)


def test_elements_may_be_nested_256_deep() -> None:
    assert parse_xml(b"<a>" * 250 + b"</a>" * 250, PATH).tag == "a"
    finding = refused(b"<a>" * 100_000 + b"</a>" * 100_000)
    assert finding.code == "bad-xml"
    assert "256" in finding.message


@pytest.mark.parametrize("element", [b"<b/>", b"<b c='1' d='2'/>"])
def test_too_many_elements_are_refused(element: bytes) -> None:
    data = b"<a>" + element * MAX_NODES + b"</a>"
    start = time.perf_counter()
    assert refused(data).code == "hostile-file"
    assert time.perf_counter() - start < 2


@pytest.mark.slow
def test_the_largest_tree_fits_into_a_gigabyte() -> None:
    limit = 1_200_000_000
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (%d, %d))\n"
        "from pathlib import Path; from ipdocs.files.xml import parse_xml, MAX_NODES\n"
        "print(len(parse_xml(b'<a>' + b'<b/>' * (MAX_NODES - 2) + b'</a>', Path('x'))))"
    )
    done = subprocess.run([sys.executable, "-c", script % (limit, limit)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str(MAX_NODES - 2), done.stderr


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"x", b"<a", b"<a></b>", b"<a/><b/>", b"\0\0\0\0", b"<a>&b;</a>", b"<a>&#0;</a>", b"<a b='\xff'/>"]
)
def test_broken_xml_is_a_finding(data: bytes) -> None:
    finding = refused(data)
    assert finding.code == "bad-xml"
    assert finding.hint


def test_a_finding_has_a_line_of_the_file_only() -> None:
    data = b"<a>\n<b>\n</a>"
    locations = [refused(data, part).location for part in ("", "word/document.xml")]
    assert [location and location.line for location in locations] == [3, 0]


def streamed(path: Path) -> list[str]:
    return [str(element.text) for element in stream_xml(path, "x", ("y",), 10_000)]


def test_elements_are_streamed_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<!DOCTYPE x SYSTEM "x.dtd"><x><y>a</y><z/><y>b</y></x>', "utf-8")
    assert streamed(path) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x><y>&a;</y></x>", "hostile-file"),
        ("<z><y>a</y></z>", "bad-xml"),
        ("<x><y>a</y>", "bad-xml"),
        ("", "bad-xml"),
        ("<x>" + "<a>" * 300 + "</a>" * 300 + "<y>a</y></x>", "bad-xml"),
        (f"<x><y>{'a' * 10_000}</y></x>", "too-large"),
    ],
)
def test_a_file_that_cannot_be_streamed_is_a_finding(content: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, "utf-8")
    with pytest.raises(UnsafeFile) as caught:
        streamed(path)
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"PK\x03\x04\0\0", b"   ", b"<!-- -->"])
def test_a_file_that_is_not_html_is_a_finding(data: bytes) -> None:
    with pytest.raises(UnsafeFile) as caught:
        parse_html(data, PATH)
    assert [finding.code for finding in caught.value.findings] == ["bad-html"]


def test_utf_8_is_read_whatever_encoding_a_page_states() -> None:
    page = '<meta charset="big5"><body><p>會議</p><!-- no --></body>'.encode()
    assert [element.text for element in parse_html(page, PATH).iter("p")] == ["會議"]


def test_a_nested_web_page_is_read_whole_or_refused() -> None:
    assert "".join(parse_html(b"<div>" * 1500 + b"last", PATH).itertext()) == "last"
    with pytest.raises(IpdocsError) as caught:
        parse_html(b"<div>" * 100_000 + b"last", PATH)
    assert [finding.code for finding in caught.value.findings] == ["bad-html"]


def test_text_after_the_end_of_a_web_page_is_read() -> None:
    assert "".join(parse_html(b"<html><body><p>one</p></body></html>\n<p>two</p>", PATH).itertext()).split() == ["one", "two"]


@pytest.mark.parametrize("text", ["", "a <b>c</b>", "<p>a", "<![CDATA[x", "<" * 1000])
def test_a_fragment_becomes_a_div(text: str) -> None:
    assert parse_fragment(text).tag == "div"


NAMED = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>a</x>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "big5", "gb18030"])
def test_a_named_document_type_is_read_on_request(encoding: str) -> None:
    assert parse_xml(encoded(NAMED, encoding), PATH, allow_doctype=True).text == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "utf-7", "utf-32"])
@pytest.mark.parametrize("kind", ["entities", "an outside entity", "a parameter", "after a comment"])
def test_declarations_are_always_refused(kind: str, encoding: str) -> None:
    with pytest.raises(UnsafeFile, match="hostile-file"):
        parse_xml(encoded(DECLARATIONS[kind], encoding), PATH, allow_doctype=True)


def test_an_undefined_entity_is_refused_instead_of_dropped(tmp_path: Path) -> None:
    data = b'<!DOCTYPE x SYSTEM "x.dtd">\n<x><y>a&nbsp;b</y></x>'
    with pytest.raises(UnsafeFile, match="&nbsp;"):
        parse_xml(data, PATH, allow_doctype=True)
    path = tmp_path / "x.xml"
    path.write_bytes(data)
    with pytest.raises(UnsafeFile, match="&nbsp;"):
        list(stream_xml(path, "x", ("y",), 1000))

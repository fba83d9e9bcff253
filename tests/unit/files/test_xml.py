"""XML and HTML from elsewhere: no document types, no depths, no bombs, in whatever encoding."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipdocs.files.html import parse_fragment, parse_html
from ipdocs.files.reading import UnsafeFile
from ipdocs.files.xml import MAX_NODES, parse_xml, stream_xml
from ipdocs.findings import Finding

PATH = Path("file.xml")
LOL = "<!ENTITY a 'lol'>" + "".join(f"<!ENTITY a{at} '&a{at + 1};&a{at + 1};&a{at + 1};'>" for at in range(40))
DECLARATIONS = {
    "entities": f'<!DOCTYPE x [{LOL}]><x y="&a0;">&a0;</x>',
    "an outside file": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "an outside entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]><x/>',
    "only a name": "<!DOCTYPE x><x/>",
    "behind a comment": f"<!--{'x' * 200_000}--><!DOCTYPE x [{LOL}]><x/>",
    "behind an instruction": "<?x <x> ?><!DOCTYPE x><x/>",
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


def test_words_of_a_document_type_are_none() -> None:
    root = parse_xml(b"<x y='&lt;!DOCTYPE'><![CDATA[<!DOCTYPE x>]]><!-- <!ENTITY a> --></x>", PATH)
    assert (root.text, len(root)) == ("<!DOCTYPE x>", 0)


def test_elements_may_be_nested_256_deep() -> None:
    assert parse_xml(b"<a>" * 250 + b"</a>" * 250, PATH).tag == "a"
    finding = refused(b"<a>" * 100_000 + b"</a>" * 100_000)
    assert (finding.code, finding.message) == ("bad-xml", "this is nested deeper than 256 elements")


@pytest.mark.parametrize("element", [b"<b/>", b"<b c='1' d='2'/>"])
def test_more_elements_than_memory_has_room_for_are_refused(element: bytes) -> None:
    data = b"<a>" + element * MAX_NODES + b"</a>"
    start = time.perf_counter()
    assert refused(data).code == "hostile-file"
    assert time.perf_counter() - start < 2


@pytest.mark.slow
def test_the_most_elements_fit_into_a_gigabyte() -> None:
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
def test_what_is_broken_is_told(data: bytes) -> None:
    finding = refused(data)
    assert finding.code == "bad-xml"
    assert finding.message.startswith("this is no XML: ")
    assert finding.hint


def test_the_line_is_that_of_the_file_and_never_of_a_part() -> None:
    data = b"<a>\n<b>\n</a>"
    places = [refused(data, part).location for part in ("", "word/document.xml")]
    assert [place and place.line for place in places] == [3, 0]


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
def test_what_cannot_be_streamed_is_told(content: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, "utf-8")
    with pytest.raises(UnsafeFile) as caught:
        streamed(path)
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"PK\x03\x04\0\0", b"   ", b"<!-- -->"])
def test_what_is_no_web_page_is_told(data: bytes) -> None:
    with pytest.raises(UnsafeFile) as caught:
        parse_html(data, PATH)
    assert [finding.code for finding in caught.value.findings] == ["bad-html"]


def test_a_web_page_is_read_whatever_it_says_of_its_encoding() -> None:
    page = '<meta charset="big5"><body><p>會議</p><!-- no --></body>'.encode()
    assert [element.text for element in parse_html(page, PATH).iter("p")] == ["會議"]


def test_a_web_page_nested_without_end_is_read() -> None:
    assert parse_html(b"<div>" * 100_000, PATH).tag == "html"


@pytest.mark.parametrize("text", ["", "a <b>c</b>", "<p>a", "<![CDATA[x", "<" * 1000])
def test_an_answer_of_a_service_is_a_div(text: str) -> None:
    assert parse_fragment(text).tag == "div"

"""Files of a public version are marked as such: in their names, on their pages and in their titles."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from tests.unit.minutes.conftest import Write

from ipdocs.findings import IpdocsError
from ipdocs.minutes.pack import Pack, extract_item, make_pack
from ipdocs.pipeline.manifest import PUBLIC_NAME
from ipdocs.pipeline.request import BuildRequest

RESTRICTED = (
    "  - id: kinds\n",
    '  - {id: closed, restricted: true, paragraph: {en: "Closed words.", tc: "閉門發言。"}}\n  - id: kinds\n',
)
LABELS = {"en": "Public version", "tc": "公開版本", "sc": "公开版本", "en+tc": "Public version / 公開版本"}
REQUEST = BuildRequest(editions=tuple(LABELS), formats=("docx", "pdf", "html", "txt"))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    from tests.unit.minutes.conftest import SOURCE

    folder = tmp_path_factory.mktemp("public")
    (folder / "templates").mkdir()
    annex = 'annexes:\n  - {id: list, title: {en: "List", tc: "清單"}, file: list.pdf}\nbody:\n'
    text = SOURCE.replace("body:\n", annex).replace(*RESTRICTED)
    (folder / "minutes.yaml").write_text(text, "utf-8")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(folder / "list.pdf")
    return make_pack(folder / "minutes.yaml", folder / "out", REQUEST, public=True)


@pytest.mark.parametrize(
    ("online", "codes"),
    [
        ('{en: "Meeting ID 902 114, passcode 7730", tc: "會議編號902 114，密碼7730"}', {"access-published"}),
        ('{en: "https://example.org/join", tc: "https://example.org/join"}', {"access-published"}),
        ('{en: "Join by the word mango", tc: "以密語「芒果」加入會議"}', {"access-published"}),
        ('{en: "Passcode 7730", tc: "密碼7730", restricted: true}', set()),
    ],
)
def test_published_joining_instructions_are_reported(minutes: Write, tmp_path: Path, online: str, codes: set[str]) -> None:
    source = minutes(("meeting: {", f"meeting: {{online: {online}, "))
    request = BuildRequest(editions=("en",), formats=("txt",))
    public = make_pack(source, tmp_path / "out", request, public=True)
    assert {finding.code for finding in public.findings} & {"access-published"} == codes
    whole = make_pack(source, tmp_path / "out", request)
    assert "access-published" not in {finding.code for finding in whole.findings}


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (("id: small\n", "id: small\nclassification: confidential\n"), ""),
        (("id: small\n", "id: small\nclassification: confidential\n"), "books"),
        (("  - id: books\n", "  - id: books\n    restricted: true\n"), "books"),
        (
            (
                "  absent:\n",
                '    - {name: {en: "Mr Plan", tc: "計劃先生"}, post: {en: "Guest", tc: "嘉賓"}, restricted: true}\n  absent:\n',
            ),
            "",
        ),
    ],
)
def test_a_refusal_names_the_public_files_of_earlier_runs(
    minutes: Write, tmp_path: Path, change: tuple[str, str], item: str
) -> None:
    source, out, request = minutes(), tmp_path / "out", BuildRequest(editions=("en",), formats=("txt",))
    thanks = ("Members considered the plan.", "Mr Plan was thanked.")
    make_pack(minutes(thanks), out, request, public=True)
    extract_item(source, out, "books", request, public=True)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    minutes(thanks, change)
    with pytest.raises(IpdocsError) as raised:
        extract_item(source, out, item, request, public=True) if item else make_pack(source, out, request, public=True)
    errors = [finding for finding in raised.value.findings if finding.severity == "error"]
    remaining = [finding for finding in raised.value.findings if finding.code == "other-file"]
    assert errors
    assert [finding.severity for finding in remaining] == ["warning", "warning"]
    assert [finding.location and finding.location.path for finding in remaining] == [
        out / "small/public",
        out / "small/public-extract",
    ]
    assert all(
        name in remaining[0].message for name in ("manifest.public.json", "small.actions.public.en.txt", "small.public.zip")
    )
    assert all(name in remaining[1].message for name in ("manifest.public.json", "small.item-books.public.en.txt"))
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def edition(path: Path) -> str:
    return path.name.split(".")[-2].replace("-", "+")


def test_every_public_file_is_named_public(public: Pack) -> None:
    assert len(public.files) == 5 * 16 + 4 + 1 + 3 + 2
    assert [path.name for path in public.files if ".public." not in path.name] == []
    with zipfile.ZipFile(next(path for path in public.files if path.suffix == ".zip")) as archive:
        assert [name for name in archive.namelist() if ".public." not in name] == []


def test_a_public_extract_is_named_public(minutes: Write, tmp_path: Path) -> None:
    extract = extract_item(minutes(), tmp_path / "out", "books", BuildRequest(editions=("tc",), formats=("docx",)), public=True)
    assert [path.relative_to(tmp_path / "out/small/public-extract").as_posix() for path in extract.files] == [
        "small.item-books.public.tc.docx",
        PUBLIC_NAME,
    ]


def test_every_page_of_a_public_pdf_is_marked(public: Pack) -> None:
    for path in (path for path in public.files if path.suffix == ".pdf" and path.parent.name != "annexes"):
        with pikepdf.open(path) as pdf:
            assert [label for label in heads(path, len(pdf.pages)) if LABELS[edition(path)] not in label] == [], path.name
            assert str(pdf.docinfo["/Title"]).startswith(LABELS[edition(path)].split(" / ")[0])
            with pdf.open_metadata() as properties:
                assert str(properties["dc:title"]).startswith(LABELS[edition(path)].split(" / ")[0])


def heads(path: Path, pages: int) -> list[str]:
    """Return the text in the top margin of each page of a PDF."""
    region = ("-x", "0", "-y", "0", "-W", "900", "-H", "58")
    calls = [["pdftotext", "-f", str(page), "-l", str(page), *region, str(path), "-"] for page in range(1, pages + 1)]
    return [" ".join(subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()) for call in calls]


@pytest.mark.parametrize("language", LABELS)
def test_every_page_of_a_public_word_file_is_marked(language: str, public: Pack) -> None:
    files = [path for path in public.files if path.suffix == ".docx" and edition(path) == language]
    assert len(files) == 5
    for path in files:
        document = docx.Document(str(path))
        for section in document.sections:
            first = [section.first_page_header] if section.different_first_page_header_footer else []
            for header in (section.header, *first):
                assert LABELS[language] in "".join(paragraph.text for paragraph in header.paragraphs), path.name
        assert (document.core_properties.title or "").startswith(LABELS[language].split(" / ")[0])


@pytest.mark.parametrize("form", ["html", "txt"])
def test_public_web_pages_and_texts_are_marked(form: str, public: Pack) -> None:
    for path in (path for path in public.files if path.suffix == f".{form}"):
        text = path.read_text("utf-8")
        for label in LABELS[edition(path)].split(" / "):
            assert label in text[: text.index("</header>")] if form == "html" else label in "".join(text.split("\n\n")[:12])
        if form == "html":
            assert f"<title>{LABELS[edition(path)].split(' / ')[0]}" in text


def test_a_full_pack_is_not_marked_as_public(minutes: Write, tmp_path: Path) -> None:
    pack = make_pack(minutes(RESTRICTED), tmp_path / "out", BuildRequest(editions=("en",), formats=("docx", "txt")))
    assert [path.name for path in pack.files if "public" in path.name] == []
    for path in pack.files:
        if path.suffix == ".docx":
            document = docx.Document(str(path))
            headers = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
            assert "Public" not in "".join([document.core_properties.title or "", *headers])
        elif path.suffix == ".txt":
            assert "Public version" not in path.read_text("utf-8")


@pytest.mark.parametrize("kinds", [(), ("default",), ("first",), ("default", "first", "even")])
def test_the_mark_stands_above_the_header_of_a_letterhead(kinds: tuple[str, ...], minutes: Write, tmp_path: Path) -> None:
    letterhead = docx.Document()
    section = letterhead.sections[0]
    section.footer.paragraphs[0].text = "Reading Street 1"
    headers = {"default": section.header, "first": section.first_page_header, "even": section.even_page_header}
    section.different_first_page_header_footer = "first" in kinds
    letterhead.settings.odd_and_even_pages_header_footer = "even" in kinds
    for kind in kinds:
        headers[kind].paragraphs[0].text = f"Reading Office {kind}"
    letterhead.save(tmp_path / "letterhead.docx")
    request = BuildRequest(editions=("tc",), formats=("docx",), letterhead=tmp_path / "letterhead.docx")
    pack = make_pack(minutes(), tmp_path / "out", request, public=True)
    for path in (path for path in pack.files if path.suffix == ".docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/header")]
        assert all("公開版本" in part for part in parts), path.name
        assert len(parts) >= max(1, len({*kinds, "default"}))
        for kind in kinds:
            assert sum(f"Reading Office {kind}" in part for part in parts) == 1


def test_a_damaged_manifest_stops_a_public_pack(minutes: Write, tmp_path: Path) -> None:
    source, request = minutes(), BuildRequest(editions=("en",), formats=("docx",))
    pack = make_pack(source, tmp_path / "out", request, public=True)
    (tmp_path / "out/small/public" / PUBLIC_NAME).write_text("[]")
    before = {path: path.read_bytes() for path in pack.files}
    with pytest.raises(IpdocsError) as caught:
        make_pack(source, tmp_path / "out", request, public=True)
    assert [finding.code for finding in caught.value.findings] == ["bad-manifest"]
    assert {path: path.read_bytes() for path in pack.files} == before


def test_the_mark_stands_above_an_office_template(minutes: Write, tmp_path: Path) -> None:
    source = minutes()
    template = docx.Document()
    template.add_paragraph("{{ document.committee }}")
    template.add_section()
    (tmp_path / "templates/minutes").mkdir()
    template.save(str(tmp_path / "templates/minutes/template.docx"))
    pack = make_pack(source, tmp_path / "out", BuildRequest(editions=("tc",), formats=("docx",)), public=True)
    document = docx.Document(str(next(path for path in pack.files if path.name.endswith("minutes.public.tc.docx"))))
    assert document.paragraphs[0].text == "閱讀委員會"
    assert [[paragraph.text for paragraph in section.header.paragraphs] for section in document.sections] == [["公開版本"]] * 2
    assert document.core_properties.title == "公開版本：第3次會議紀錄"

from __future__ import annotations

import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.minutes.verify import verify_files
from ipdocs.pipeline.build import build
from ipdocs.pipeline.manifest import NAME, read_manifest
from ipdocs.pipeline.request import BuildRequest
from ipdocs.verification.pdf import read_pdf

RELEASE = Path(__file__).resolve().parents[3] / "fixtures/gd-hk-ip-17/release.yaml"
EXAMPLE = RELEASE.parents[1] / "example-gia/release.yaml"


@pytest.fixture(scope="module")
def built_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release and the example in three languages, and in two side by side."""
    out = tmp_path_factory.mktemp("verify")
    build([RELEASE, EXAMPLE], out, BuildRequest(editions=("en", "tc", "sc", "en+tc")))
    return out


@pytest.fixture
def folder(built_folder: Path, tmp_path: Path) -> Path:
    """A copy of the release's files for a test to change; its manifest still names the source."""
    copy = tmp_path / "gd-hk-ip-17"
    shutil.copytree(built_folder / "gd-hk-ip-17", copy)
    return copy


def altered(path: Path, change: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """Change the text of a part of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = change(content.decode("utf-8"))
                assert text != content.decode("utf-8")
                content = text.encode("utf-8")
            new.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def findings_of(path: Path) -> tuple[Finding, ...]:
    (result,) = verify_files([path], RELEASE)
    return result.findings


def paragraphs(text: str, words: str) -> tuple[int, int]:
    """Return the start and end of the paragraph with some words."""
    offset = text.index(words)
    start = text.rindex("<w:p>" if "<w:p>" in text[:offset] else "<w:p ", 0, offset)
    return start, text.index("</w:p>", offset) + len("</w:p>")


def test_built_files_agree_with_their_source(built_folder: Path) -> None:
    results = verify_files([built_folder])
    assert len(results) == 16
    assert [finding for result in results for finding in result.findings] == []
    assert {(result.lines, result.facts) for result in results if result.path.name.startswith("gd-hk-ip-17.tc.")} == {(16, 7)}


def test_manifest_records_pages_lines_and_facts(built_folder: Path) -> None:
    entry = read_manifest(built_folder / "gd-hk-ip-17" / NAME).entry("gd-hk-ip-17.tc.pdf")
    assert entry is not None
    assert (entry.languages, entry.pages, entry.lines, entry.facts, entry.findings) == (("tc",), 1, 16, 7, ())


def test_changed_digit_is_reported_with_fact_and_both_values(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("August\u00a021", "August\u00a022"))
    (finding,) = findings_of(path)
    assert (finding.code, finding.severity) == ("fact-differs", "error")
    assert all(value in finding.message for value in ("'lead' of en", "'met'", "August 22", "August 21"))
    assert finding.excerpts[0].words == "August 22"
    assert "release.yaml:24:9" in str(finding.hint)


def test_changed_chinese_numeral_is_reported(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.tc.docx", lambda text: text.replace("第十七次", "第十六次"))
    (finding,) = findings_of(path)
    assert finding.code == "fact-differs"
    assert all(value in finding.message for value in ("'lead' of tc", "'meeting'", "第十六", "第十七"))


def test_changed_words_are_reported(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("arbitration and mediation", "arbitration or mediation")
    )
    (finding,) = findings_of(path)
    assert finding.code == "block-differs"
    assert "'review' of en" in finding.message


def test_missing_paragraph_is_reported(folder: Path) -> None:
    def drop(text: str) -> str:
        start, end = paragraphs(text, "As for cross-border protection")
        return text[:start] + text[end:]

    (finding,) = findings_of(altered(folder / "gd-hk-ip-17.en.docx", drop))
    assert finding.code == "block-missing"
    assert "'enforcement' of en" in finding.message
    assert "As for cross-border protection" in finding.message


def test_repeated_paragraph_is_reported(folder: Path) -> None:
    def twice(text: str) -> str:
        start, end = paragraphs(text, "As for cross-border protection")
        return text[:end] + text[start:end] + text[end:]

    (finding,) = findings_of(altered(folder / "gd-hk-ip-17.en.docx", twice))
    assert finding.code == "block-twice"


def test_paragraphs_out_of_order_are_reported(folder: Path) -> None:
    def swap(text: str) -> str:
        start, end = paragraphs(text, "Other completed projects")
        later, last = paragraphs(text, "As for cross-border protection")
        return text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]

    codes = {finding.code for finding in findings_of(altered(folder / "gd-hk-ip-17.en.docx", swap))}
    assert "block-out-of-order" in codes


def test_text_that_is_not_in_the_source_is_reported(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("Bay Area.</w:t>", "Bay Area. In confidence.</w:t>", 1)
    )
    assert "unexpected-text" in {finding.code for finding in findings_of(path)}


@pytest.mark.parametrize("words", ["⟦draft⟧", "{{ met }}", "\ufffd", "\ue000"])
def test_unfinished_text_is_reported(folder: Path, words: str) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("The Expert Group", f"{words} The Expert Group", 1))
    assert {"unfinished-text", "strange-character"} & {finding.code for finding in findings_of(path)}


def test_braces_short_terms_and_chart_words_are_no_errors(tmp_path: Path) -> None:
    (tmp_path / "chart.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><text x="2" y="20" font-size="12">2017</text></svg>',
        "utf-8",
    )
    source = tmp_path / "release.yaml"
    source.write_text(
        """\
schema: 1
kind: press-release
id: odd
issued: 2018-08-21
languages: [en]
title: {en: "Odd"}
body:
  - id: braces
    paragraph: {en: "It reads \\\\{\\\\{ name \\\\}\\\\}."}
  - id: terms
    definitions: [{term: {en: "A"}, text: {en: "one"}}, {term: {en: "II"}, text: {en: "two"}}]
  - id: chart
    figure: {file: chart.svg, alt: {en: "A chart"}}
""",
        "utf-8",
    )
    build([source], tmp_path)
    assert [finding for result in verify_files([tmp_path / "odd"]) for finding in result.findings] == []


def test_paragraph_in_another_language_is_reported(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.tc.docx", lambda text: text.replace('w:eastAsia="zh-HK"', 'w:eastAsia="zh-CN"'))
    finding = findings_of(path)[0]
    assert finding.code == "wrong-language"
    assert "zh-CN" in finding.message
    assert "zh-Hant-HK" in finding.message


FIGURES = """\
schema: 1
kind: press-release
id: figures
issued: 2018-08-21
languages: [en, tc]
title: {en: "Figures", tc: "數字"}
body:
  - id: forum
    paragraph: {en: "IP Forum 2018", tc: "IP Forum 2018"}
  - id: group
    paragraph: {en: "The group (專責小組) met **often**.", tc: "專責小組（IP）**經常**開會。"}
  - id: table
    table:
      caption: {en: "2018", tc: "2018"}
      head: [{en: "Year", tc: "年份"}, {en: "IP", tc: "IP"}]
      rows:
        - [{en: "40331", tc: "40331"}, {en: "12,345", tc: "12,345"}]
        - [{en: "+3.9%", tc: "+3.9%"}, {en: "–", tc: "–"}]
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release with paragraphs and cells of digits, of Latin letters in Chinese and of Chinese in English."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "release.yaml").write_text(FIGURES, "utf-8")
    build([folder / "release.yaml"], folder, BuildRequest(editions=("en", "tc", "sc", "en+tc", "en+tc+sc")))
    return folder


def test_digits_and_latin_words_may_be_alone_in_chinese(figures: Path) -> None:
    assert [finding for result in verify_files([figures / "figures"]) for finding in result.findings] == []


@pytest.mark.parametrize(
    ("name", "words", "original", "tag", "block"),
    [
        ("tc", "IP Forum", 'w:eastAsia="zh-HK"', "zh-CN", "'forum' of tc"),
        ("tc", "經常", 'w:eastAsia="zh-HK"', "ja-JP", "'group' of tc"),
        ("en", "IP Forum", 'w:val="en-GB"', "fr-FR", "'forum' of en"),
        ("en", "often", 'w:val="en-GB"', "fr-FR", "'group' of en"),
        ("tc", "40331", 'w:eastAsia="zh-HK"', "zh-CN", None),
        ("en", "+3.9%", 'w:val="en-GB"', "fr-FR", None),
    ],
)
def test_letters_have_the_language_of_their_paragraph(
    figures: Path, tmp_path: Path, name: str, words: str, original: str, tag: str, block: str | None
) -> None:
    def change(text: str) -> str:
        offset = text.index(words)
        start = text.rindex("<w:r>", 0, offset)
        return text[:start] + text[start:offset].replace(original, f'{original.split("=")[0]}="{tag}"') + text[offset:]

    shutil.copytree(figures / "figures", tmp_path / "figures")
    (result,) = verify_files([altered(tmp_path / f"figures/figures.{name}.docx", change)], figures / "release.yaml")
    assert [finding.code for finding in result.findings] == (["wrong-language"] if block else [])
    assert all(block and block in finding.message and tag in finding.message for finding in result.findings)


def test_heading_without_its_style_is_reported(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace('<w:pStyle w:val="Title"/>', ""))
    assert [finding.code for finding in findings_of(path)] == ["wrong-headings"]


def test_changed_title_property_is_reported(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx",
        lambda text: text.replace("Guangzhou</dc:title>", "Shenzhen</dc:title>"),
        "docProps/core.xml",
    )
    assert [finding.code for finding in findings_of(path)] == ["wrong-title"]


def test_external_template_of_a_word_file_is_reported(folder: Path) -> None:
    relation = '<Relationship Id="rIdX" Type="t/attachedTemplate" Target="https://example.org/t" TargetMode="External"/>'
    change = lambda text: text.replace("</Relationships>", f"{relation}</Relationships>")  # noqa: E731
    path = altered(folder / "gd-hk-ip-17.en.docx", change, "word/_rels/document.xml.rels")
    (finding,) = findings_of(path)
    assert finding.code == "active-content"
    assert "'https://example.org/t'" in finding.message


@pytest.fixture
def pdf(folder: Path) -> Callable[..., Path]:
    """Return a function that changes the release's Chinese PDF."""

    def change_pdf(change: Callable[[pikepdf.Pdf], None], **options: object) -> Path:
        path = folder / "gd-hk-ip-17.tc.pdf"
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            change(document)
            document.save(path, **options)
        return path

    return change_pdf


def _first_font(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(document.pages[0].Resources.Font.values()))


def test_pdf_without_tags_is_reported(pdf: Callable[..., Path]) -> None:
    def untag(document: pikepdf.Pdf) -> None:
        del document.Root.StructTreeRoot

    codes = [finding.code for finding in findings_of(pdf(untag))]
    assert codes[0] == "untagged"


def test_glyph_without_a_character_is_reported(pdf: Callable[..., Path]) -> None:
    def unmap(document: pikepdf.Pdf) -> None:
        del _first_font(document)["/ToUnicode"]

    codes = {finding.code for finding in findings_of(pdf(unmap))}
    assert {"unmapped-glyph", "strange-character"} <= codes


def test_font_that_is_not_embedded_is_reported(pdf: Callable[..., Path]) -> None:
    def leave_out(document: pikepdf.Pdf) -> None:
        descriptor = _first_font(document).DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]

    assert "font-not-embedded" in {finding.code for finding in findings_of(pdf(leave_out))}


def test_glyph_with_another_character_changes_the_fact(pdf: Callable[..., Path]) -> None:
    def swap(document: pikepdf.Pdf) -> None:
        for font in document.pages[0].Resources.Font.values():
            cmap = font.ToUnicode.read_bytes()
            old, new = ("七".encode("utf-16-be").hex(), "六".encode("utf-16-be").hex())
            for code in (old, old.upper()):
                cmap = cmap.replace(f"<{code}>".encode(), f"<{new}>".encode())
            font.ToUnicode.write(cmap)

    messages = [finding.message for finding in findings_of(pdf(swap)) if finding.code == "fact-differs"]
    assert any(all(value in message for value in ("'meeting'", "第十六", "第十七")) for message in messages)


def test_pdf_in_another_language_is_reported(pdf: Callable[..., Path]) -> None:
    def translate(document: pikepdf.Pdf) -> None:
        document.Root.Lang = pikepdf.String("en")

    messages = [finding.message for finding in findings_of(pdf(translate)) if finding.code == "wrong-language"]
    assert any(" en" in message and "zh-Hant-HK" in message for message in messages)


def test_encrypted_pdf_is_reported(pdf: Callable[..., Path]) -> None:
    path = pdf(
        lambda document: None, encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
    )
    assert "restricted-file" in {finding.code for finding in findings_of(path)}


def test_number_beyond_all_integers_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    data = re.sub(rb"startxref\n\d+", b"startxref\n" + b"9" * 30, path.read_bytes())
    assert [finding.code for finding in read_pdf(data, path).findings] == ["unreadable-file"]


def test_additional_page_is_reported(pdf: Callable[..., Path]) -> None:
    path = pdf(lambda document: document.add_blank_page())
    (message,) = [finding.message for finding in findings_of(path) if finding.severity == "error"]
    assert "2" in message


def test_file_that_is_not_a_word_file_is_reported(folder: Path) -> None:
    path = folder / "gd-hk-ip-17.en.docx"
    path.write_bytes(b"not a ZIP")
    assert [finding.code for finding in findings_of(path)] == ["unreadable-file"]


def test_changed_source_is_reported(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(RELEASE.read_text("utf-8").replace("{ordinal: 17}", "{ordinal: 18}"), "utf-8")
    (result,) = verify_files([folder / "gd-hk-ip-17.en.docx"], source)
    assert [finding.code for finding in result.findings] == ["source-changed", "fact-differs"]


def test_file_without_a_manifest_cannot_be_verified(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(IpdocsError) as raised:
        verify_files([folder / "gd-hk-ip-17.en.docx"])
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.location)) == ("no-such-file", str(folder / "gd-hk-ip-17.en.docx"))


def test_manifest_shows_that_a_build_was_not_verified(tmp_path: Path) -> None:
    build([EXAMPLE], tmp_path, BuildRequest(editions=("en",), formats=("docx",), verify=False))
    (entry,) = read_manifest(tmp_path / "example-gia" / NAME).files
    assert entry.findings is None


def test_later_build_keeps_the_manifest_entries_of_other_files(tmp_path: Path) -> None:
    for language in ("en", "tc"):
        build([EXAMPLE], tmp_path, BuildRequest(editions=(language,), formats=("docx",)))
    assert [entry.file for entry in read_manifest(tmp_path / "example-gia" / NAME).files] == [
        "example-gia.en.docx",
        "example-gia.tc.docx",
    ]


@pytest.mark.parametrize("seed", range(12))
def test_any_changed_character_is_reported(folder: Path, seed: int) -> None:
    def change(text: str) -> str:
        body = text.index("<w:body>")
        runs = [match for match in re.finditer(r"<w:t[^>]*>([^<]+)</w:t>", text) if match.start() > body and match[1].strip()]
        choice = random.Random(seed)
        run = choice.choice(runs)
        offsets = [offset for offset in range(*run.span(1)) if not text[offset].isspace() and text[offset] not in "&;"]
        offset = choice.choice(offsets)
        return text[:offset] + ("改" if text[offset] != "改" else "變") + text[offset + 1 :]

    for name in ("en", "tc"):
        assert findings_of(altered(folder / f"gd-hk-ip-17.{name}.docx", change))


def test_short_terms_and_list_markers_are_told_apart(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(
        "schema: 1\nkind: press-release\nid: labels\nissued: 2018-08-21T18:30+08:00\nlanguages: [en, tc]\n"
        'title: {en: "A title", tc: "標題"}\nbody:\n  - id: letters\n    list: {style: letter, start: 26, items: '
        '[{en: "First", tc: "其一"}, {en: "Second", tc: "其二"}]}\n  - id: terms\n    definitions:\n'
        '      - {term: {en: "A", tc: "甲"}, text: {en: "The first class", tc: "第一等"}}\n'
        '      - {term: {en: "1", tc: "一"}, text: {en: "The second class", tc: "第二等"}}\n',
        "utf-8",
    )
    build([source], tmp_path / "out")
    assert [result.findings for result in verify_files([tmp_path / "out/labels"])] == [()] * 6


def test_folder_without_a_manifest_cannot_be_verified(tmp_path: Path) -> None:
    (tmp_path / "other.docx").write_bytes(b"")
    with pytest.raises(IpdocsError) as raised:
        verify_files([tmp_path])
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.location)) == ("no-such-file", str(tmp_path))

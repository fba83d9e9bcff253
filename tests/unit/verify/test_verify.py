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
from ipdocs.pipeline.manifest import NAME, read
from ipdocs.pipeline.request import BuildRequest

RELEASE = Path(__file__).resolve().parents[3] / "fixtures/gd-hk-ip-17/release.yaml"
EXAMPLE = RELEASE.parents[1] / "example-gia/release.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release and the example in three languages, and in two side by side."""
    out = tmp_path_factory.mktemp("verify")
    build([RELEASE, EXAMPLE], out, BuildRequest(editions=("en", "tc", "sc", "en+tc")))
    return out


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the release's files that a test may alter; their manifest still leads to the source."""
    copy = tmp_path / "gd-hk-ip-17"
    shutil.copytree(made / "gd-hk-ip-17", copy)
    return copy


def altered(path: Path, change: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """Change a part of a Word file."""
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


def found(path: Path) -> tuple[Finding, ...]:
    (result,) = verify_files([path], RELEASE)
    return result.findings


def paragraphs(text: str, words: str) -> tuple[int, int]:
    """Return where the paragraph stands that has some words."""
    at = text.index(words)
    return text.rindex("<w:p>" if "<w:p>" in text[:at] else "<w:p ", 0, at), text.index("</w:p>", at) + len("</w:p>")


def test_what_was_built_says_what_its_source_says(made: Path) -> None:
    results = verify_files([made])
    assert len(results) == 16
    assert [finding for one in results for finding in one.findings] == []
    assert {(one.lines, one.facts) for one in results if one.path.name.startswith("gd-hk-ip-17.tc.")} == {(16, 7)}


def test_the_manifest_has_the_pages_and_what_was_counted(made: Path) -> None:
    said = read(made / "gd-hk-ip-17" / NAME)
    entry = said.entry("gd-hk-ip-17.tc.pdf")
    assert entry is not None
    assert (entry.languages, entry.pages, entry.lines, entry.facts, entry.findings) == (("tc",), 1, 16, 7, ())


def test_an_altered_digit_is_told_with_block_fact_and_both_values(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("August\u00a021", "August\u00a022"))
    (finding,) = found(path)
    assert finding.code == "fact-differs"
    assert finding.message == "block 'lead' of en: the fact 'met' reads August 22, the source says August 21"
    assert finding.excerpts[0].words == "August 22"
    assert finding.hint is not None
    assert finding.hint.endswith("release.yaml:24:9 in the source")


def test_an_altered_numeral_in_chinese_is_told_too(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.tc.docx", lambda text: text.replace("第十七次", "第十六次"))
    (finding,) = found(path)
    assert finding.message == "block 'lead' of tc: the fact 'meeting' reads 第十六, the source says 第十七"


def test_altered_words_are_told(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("arbitration and mediation", "arbitration or mediation")
    )
    (finding,) = found(path)
    assert finding.code == "block-differs"
    assert "block 'review' of en reads" in finding.message


def test_a_paragraph_that_is_gone_is_told(folder: Path) -> None:
    def drop(text: str) -> str:
        start, end = paragraphs(text, "As for cross-border protection")
        return text[:start] + text[end:]

    (finding,) = found(altered(folder / "gd-hk-ip-17.en.docx", drop))
    assert finding.code == "block-missing"
    assert finding.message.startswith("block 'enforcement' of en lacks: As for cross-border protection")


def test_a_paragraph_that_stands_twice_is_told(folder: Path) -> None:
    def twice(text: str) -> str:
        start, end = paragraphs(text, "As for cross-border protection")
        return text[:end] + text[start:end] + text[end:]

    (finding,) = found(altered(folder / "gd-hk-ip-17.en.docx", twice))
    assert finding.code == "block-twice"


def test_paragraphs_out_of_their_order_are_told(folder: Path) -> None:
    def swap(text: str) -> str:
        start, end = paragraphs(text, "Other completed projects")
        later, last = paragraphs(text, "As for cross-border protection")
        return text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]

    codes = {finding.code for finding in found(altered(folder / "gd-hk-ip-17.en.docx", swap))}
    assert "block-out-of-order" in codes


def test_text_that_is_not_in_the_source_is_told(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("Bay Area.</w:t>", "Bay Area. In confidence.</w:t>", 1)
    )
    assert "unexpected-text" in {finding.code for finding in found(path)}


@pytest.mark.parametrize("words", ["⟦draft⟧", "{{ met }}", "\ufffd", "\ue000"])
def test_what_no_finished_text_may_have_is_told(folder: Path, words: str) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace("The Expert Group", f"{words} The Expert Group", 1))
    assert {"unfinished-text", "strange-character"} & {finding.code for finding in found(path)}


def test_what_a_source_writes_as_braces_a_word_or_a_picture_may_be_there(tmp_path: Path) -> None:
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
    assert [finding for one in verify_files([tmp_path / "odd"]) for finding in one.findings] == []


def test_a_paragraph_in_another_language_is_told(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.tc.docx", lambda text: text.replace('w:eastAsia="zh-HK"', 'w:eastAsia="zh-CN"'))
    finding = found(path)[0]
    assert finding.code == "wrong-language"
    assert "is marked as zh-CN, and it is zh-Hant-HK" in finding.message


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


def test_digits_and_latin_words_may_stand_alone_in_chinese(figures: Path) -> None:
    assert [finding for one in verify_files([figures / "figures"]) for finding in one.findings] == []


@pytest.mark.parametrize(
    ("name", "words", "was", "tag", "message"),
    [
        ("tc", "IP Forum", 'w:eastAsia="zh-HK"', "zh-CN", "block 'forum' of tc is marked as zh-CN, and it is zh-Hant-HK"),
        ("tc", "經常", 'w:eastAsia="zh-HK"', "ja-JP", "block 'group' of tc is marked as ja-JP, and it is zh-Hant-HK"),
        ("en", "IP Forum", 'w:val="en-GB"', "fr-FR", "block 'forum' of en is marked as fr-FR, and it is en"),
        ("en", "often", 'w:val="en-GB"', "fr-FR", "block 'group' of en is marked as fr-FR, and it is en"),
        ("tc", "40331", 'w:eastAsia="zh-HK"', "zh-CN", None),
        ("en", "+3.9%", 'w:val="en-GB"', "fr-FR", None),
    ],
)
def test_letters_are_held_to_the_language_of_their_paragraph(
    figures: Path, tmp_path: Path, name: str, words: str, was: str, tag: str, message: str | None
) -> None:
    def change(text: str) -> str:
        at = text.index(words)
        start = text.rindex("<w:r>", 0, at)
        return text[:start] + text[start:at].replace(was, f'{was.split("=")[0]}="{tag}"') + text[at:]

    shutil.copytree(figures / "figures", tmp_path / "figures")
    (result,) = verify_files([altered(tmp_path / f"figures/figures.{name}.docx", change)], figures / "release.yaml")
    assert [finding.message.partition(":")[0] for finding in result.findings] == ([message] if message else [])


def test_a_heading_that_is_none_any_more_is_told(folder: Path) -> None:
    path = altered(folder / "gd-hk-ip-17.en.docx", lambda text: text.replace('<w:pStyle w:val="Title"/>', ""))
    assert [finding.code for finding in found(path)] == ["wrong-headings"]


def test_another_title_among_the_properties_is_told(folder: Path) -> None:
    path = altered(
        folder / "gd-hk-ip-17.en.docx",
        lambda text: text.replace("Guangzhou</dc:title>", "Shenzhen</dc:title>"),
        "docProps/core.xml",
    )
    assert [finding.code for finding in found(path)] == ["wrong-title"]


def test_a_file_that_fetches_something_is_told(folder: Path) -> None:
    relation = '<Relationship Id="rIdX" Type="t/attachedTemplate" Target="https://example.org/t" TargetMode="External"/>'
    change = lambda text: text.replace("</Relationships>", f"{relation}</Relationships>")  # noqa: E731
    path = altered(folder / "gd-hk-ip-17.en.docx", change, "word/_rels/document.xml.rels")
    assert [(finding.code, finding.message) for finding in found(path)] == [
        ("active-content", "it would fetch 'https://example.org/t' from elsewhere (attachedTemplate)")
    ]


@pytest.fixture
def pdf(folder: Path) -> Callable[..., Path]:
    """Change the release's Chinese PDF."""

    def change(mend: Callable[[pikepdf.Pdf], None], **options: object) -> Path:
        path = folder / "gd-hk-ip-17.tc.pdf"
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            mend(document)
            document.save(path, **options)
        return path

    return change


def _first_font(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(document.pages[0].Resources.Font.values()))


def test_a_pdf_without_tags_is_told(pdf: Callable[..., Path]) -> None:
    def untag(document: pikepdf.Pdf) -> None:
        del document.Root.StructTreeRoot

    codes = [finding.code for finding in found(pdf(untag))]
    assert codes[0] == "untagged"


def test_a_glyph_that_stands_for_no_character_is_told(pdf: Callable[..., Path]) -> None:
    def unmap(document: pikepdf.Pdf) -> None:
        del _first_font(document)["/ToUnicode"]

    codes = {finding.code for finding in found(pdf(unmap))}
    assert {"unmapped-glyph", "strange-character"} <= codes


def test_a_font_that_is_not_in_the_pdf_is_told(pdf: Callable[..., Path]) -> None:
    def leave_out(document: pikepdf.Pdf) -> None:
        descriptor = _first_font(document).DescendantFonts[0].FontDescriptor
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]

    assert "font-not-embedded" in {finding.code for finding in found(pdf(leave_out))}


def test_another_character_behind_a_glyph_is_told_as_what_it_makes_of_the_text(pdf: Callable[..., Path]) -> None:
    def swap(document: pikepdf.Pdf) -> None:
        for font in document.pages[0].Resources.Font.values():
            cmap = font.ToUnicode.read_bytes()
            old, new = ("七".encode("utf-16-be").hex(), "六".encode("utf-16-be").hex())
            for written in (old, old.upper()):
                cmap = cmap.replace(f"<{written}>".encode(), f"<{new}>".encode())
            font.ToUnicode.write(cmap)

    messages = [finding.message for finding in found(pdf(swap))]
    assert "block 'lead' of tc: the fact 'meeting' reads 第十六, the source says 第十七" in messages


def test_a_pdf_in_another_language_is_told(pdf: Callable[..., Path]) -> None:
    def translate(document: pikepdf.Pdf) -> None:
        document.Root.Lang = pikepdf.String("en")

    assert "its language is en, the source's zh-Hant-HK" in [finding.message for finding in found(pdf(translate))]


def test_an_encrypted_pdf_is_told(pdf: Callable[..., Path]) -> None:
    path = pdf(
        lambda document: None, encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
    )
    assert "restricted-file" in {finding.code for finding in found(path)}


def test_more_pages_than_when_it_was_built_are_told(pdf: Callable[..., Path]) -> None:
    path = pdf(lambda document: document.add_blank_page())
    messages = [finding.message for finding in found(path) if finding.severity == "error"]
    assert messages == ["it has 2 pages, and 1 when it was built"]


def test_a_file_that_is_no_word_file_is_told(folder: Path) -> None:
    path = folder / "gd-hk-ip-17.en.docx"
    path.write_bytes(b"not a ZIP")
    assert [finding.code for finding in found(path)] == ["unreadable-file"]


def test_a_source_that_has_changed_is_told(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(RELEASE.read_text("utf-8").replace("{ordinal: 17}", "{ordinal: 18}"), "utf-8")
    (result,) = verify_files([folder / "gd-hk-ip-17.en.docx"], source)
    assert [finding.code for finding in result.findings] == ["source-changed", "fact-differs"]


def test_a_file_without_a_manifest_cannot_be_verified(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(IpdocsError, match="there is no manifest beside"):
        verify_files([folder / "gd-hk-ip-17.en.docx"])


def test_a_build_that_is_not_to_verify_says_so_in_its_manifest(tmp_path: Path) -> None:
    build([EXAMPLE], tmp_path, BuildRequest(editions=("en",), formats=("docx",), verify=False))
    (entry,) = read(tmp_path / "example-gia" / NAME).files
    assert entry.findings is None


def test_a_later_build_keeps_what_the_manifest_says_of_other_files(tmp_path: Path) -> None:
    for language in ("en", "tc"):
        build([EXAMPLE], tmp_path, BuildRequest(editions=(language,), formats=("docx",)))
    assert [entry.file for entry in read(tmp_path / "example-gia" / NAME).files] == ["example-gia.en.docx", "example-gia.tc.docx"]


@pytest.mark.parametrize("seed", range(12))
def test_any_altered_character_is_found(folder: Path, seed: int) -> None:
    def change(text: str) -> str:
        body = text.index("<w:body>")
        runs = [match for match in re.finditer(r"<w:t[^>]*>([^<]+)</w:t>", text) if match.start() > body and match[1].strip()]
        choice = random.Random(seed)
        run = choice.choice(runs)
        at = choice.choice([offset for offset in range(*run.span(1)) if not text[offset].isspace() and text[offset] not in "&;"])
        return text[:at] + ("改" if text[at] != "改" else "變") + text[at + 1 :]

    for name in ("en", "tc"):
        assert found(altered(folder / f"gd-hk-ip-17.{name}.docx", change))


def test_a_term_of_one_character_is_no_marker_and_a_marker_of_two_letters_is_no_term(tmp_path: Path) -> None:
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


def test_a_folder_without_a_manifest_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "other.docx").write_bytes(b"")
    with pytest.raises(IpdocsError, match="there is no manifest in"):
        verify_files([tmp_path])

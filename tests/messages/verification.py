"""Examples of findings on finished files that do not say what their sources say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
from PIL import Image

from ipdocs.findings import Finding
from ipdocs.minutes.verify import verify_files
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

from .example import RELEASE, changed, produces, write

FIGURE = '- {{id: picture-{0}, figure: {{file: {0}.png, alt: {{en: "What picture {0} shows", tc: "圖{0}"}}}}}}\n'
SOURCE = (
    changed(
        RELEASE,
        ("body:\n", "facts: {day: {date: 2018-08-21}}\nbody:\n"),
        ("A meeting.", "The meeting was held on {{ day | date }}.[^a]"),
        ("會議。", "會議於{{ day | date }}舉行。[^a]"),
    )
    + '- {id: second, paragraph: {en: "Members considered the plan for the year.", tc: "成員審議計劃。"}}\n'
    + '- {id: third, paragraph: {en: "They visited the new library afterwards.", tc: "其後參觀圖書館。"}}\n'
    + "".join(map(FIGURE.format, (1, 2, 3)))
    + '- {id: notes, footnotes: {a: {en: "In the afternoon.", tc: "下午。"}}}\n'
)


def verified(folder: Path, form: str, change: Callable[[Path], None]) -> Iterable[Finding]:
    """Build a release in English, change its file, and verify the file."""
    for number in (1, 2, 3):
        slope = Image.linear_gradient("L").resize((60, 40))
        Image.merge("RGB", (slope, slope.rotate(180), Image.new("L", (60, 40), 80 * number))).save(folder / f"{number}.png")
    (output,) = build([write(folder / "source.yaml", SOURCE)], folder, BuildRequest(editions=("en",), formats=(form,)))  # type: ignore[arg-type]
    change(output.path)
    return [finding for result in verify_files([output.path], folder / "source.yaml") for finding in result.findings]


def page(folder: Path, *changes: tuple[str, str]) -> Iterable[Finding]:
    """Verify a web page after changes to its text."""

    def change(path: Path) -> None:
        path.write_text(changed(path.read_text("utf-8"), *changes), "utf-8")

    return verified(folder, "html", change)


def pictures(folder: Path, change: Callable[[list[str]], list[str]]) -> Iterable[Finding]:
    """Verify a web page after a change to the list of its figures."""

    def swap(path: Path) -> None:
        text = path.read_text("utf-8")
        figures = re.findall(r"<img[^>]*>", text)
        start, end = text.index(figures[0]), text.index(figures[-1]) + len(figures[-1])
        path.write_text(text[:start] + "".join(change(figures)) + text[end:], "utf-8")

    return verified(folder, "html", swap)


def pdf(folder: Path, change: Callable[[pikepdf.Pdf], None], **options: object) -> Iterable[Finding]:
    """Verify a PDF after a change to its objects."""

    def save(path: Path) -> None:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            change(document)
            document.save(path, **options)

    return verified(folder, "pdf", save)


@produces("fact-differs")
def a_file_with_another_date(folder: Path) -> Iterable[Finding]:
    return page(folder, ("August\u00a021", "August\u00a022"))


@produces("block-differs")
def a_file_with_another_word(folder: Path) -> Iterable[Finding]:
    return page(folder, ("considered the plan", "approved the plan"))


@produces("block-missing")
def a_file_without_a_paragraph(folder: Path) -> Iterable[Finding]:
    return page(folder, ("Members considered the plan for the year.", ""))


@produces("block-twice")
def a_file_with_a_paragraph_twice(folder: Path) -> Iterable[Finding]:
    text = "Members considered the plan for the year."
    return page(folder, (text, f"{text}<br>{text}"))


@produces("block-out-of-order")
def a_file_with_paragraphs_in_another_order(folder: Path) -> Iterable[Finding]:
    first, second = "Members considered the plan for the year.", "They visited the new library afterwards."
    return page(folder, (first, "FIRST"), (second, first), ("FIRST", second))


@produces("unexpected-text")
def a_file_with_a_sentence_that_is_not_in_the_source(folder: Path) -> Iterable[Finding]:
    return page(folder, ("library afterwards.", "library afterwards.</p><p>This is in confidence and not for publication."))


@produces("unfinished-text", "strange-character")
def a_file_with_a_draft_mark_and_a_character_without_a_meaning(folder: Path) -> Iterable[Finding]:
    return page(folder, ("Members considered", "⟦draft⟧ \ue000 Members considered"))


@produces("note-missing")
def a_file_without_a_footnote(folder: Path) -> Iterable[Finding]:
    return page(folder, ("In the afternoon.", ""))


@produces("wrong-headings")
def a_file_with_a_title_that_is_no_heading(folder: Path) -> Iterable[Finding]:
    return page(folder, ("<h1", "<p"), ("</h1>", "</p>"))


@produces("wrong-title")
def a_file_with_another_title_among_its_properties(folder: Path) -> Iterable[Finding]:
    return page(folder, ("<title>", "<title>Draft of "))


@produces("wrong-language")
def a_file_that_is_marked_as_another_language(folder: Path) -> Iterable[Finding]:
    return page(folder, ('<html lang="en"', '<html lang="zh-Hant-HK"'))


@produces("alternative-missing")
def a_file_with_a_picture_without_alternative_text(folder: Path) -> Iterable[Finding]:
    return page(folder, ('alt="What picture 1 shows"', 'alt=""'))


@produces("active-content")
def a_file_with_a_script(folder: Path) -> Iterable[Finding]:
    return page(folder, ("</body>", "<script>run()</script></body>"))


@produces("picture-missing")
def a_file_without_a_picture(folder: Path) -> Iterable[Finding]:
    return pictures(folder, lambda images: images[:2])


@produces("picture-twice")
def a_file_with_a_picture_twice(folder: Path) -> Iterable[Finding]:
    return pictures(folder, lambda images: [*images, images[0]])


@produces("picture-out-of-order")
def a_file_with_pictures_in_another_order(folder: Path) -> Iterable[Finding]:
    return pictures(folder, lambda images: [images[1], images[0], images[2]])


@produces("picture-differs", "unexpected-picture")
def a_file_with_other_pictures(folder: Path) -> Iterable[Finding]:
    other = re.compile(r"base64,[^\"]*")
    dot = "base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    return pictures(folder, lambda images: [other.sub(dot, images[0]), *images[1:], other.sub(dot, images[0])])


@produces("unreadable-file")
def a_file_that_is_cut_short(folder: Path) -> Iterable[Finding]:
    return verified(folder, "pdf", lambda path: path.write_bytes(path.read_bytes()[:100]) and None)


@produces("restricted-file")
def a_pdf_that_may_not_be_copied_from(folder: Path) -> Iterable[Finding]:
    encryption = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
    return pdf(folder, lambda document: None, encryption=encryption)


@produces("untagged", "unmapped-glyph", "font-not-embedded")
def a_pdf_without_tags_and_fonts(folder: Path) -> Iterable[Finding]:
    def change(document: pikepdf.Pdf) -> None:
        del document.Root.StructTreeRoot
        for font in document.pages[0].Resources.Font.values():
            del font["/ToUnicode"]
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    del descriptor[key]

    return pdf(folder, change)

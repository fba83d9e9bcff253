"""Examples of findings on templates, stylesheets, letterheads, fonts, and the Word and PDF files that are made with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import html

from ipdocs.files.ooxml.base_document import MAX_BYTES
from ipdocs.findings import Finding
from ipdocs.locale.language import language
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument, Metadata
from ipdocs.workspace import Workspace
from ipdocs.writers import WRITERS
from ipdocs.writers.requirements import diagnose

from .example import RELEASE, ROOT, changed, produces, write

DOCUMENT = '<h1 data-block="head">{{ document.title }}</h1>\n'
CONTENTS = '<nav data-block="contents" class="contents"><ul><li><a href="#lead">Lead</a></li></ul></nav>\n'
LEAD = '<p data-block="lead" id="lead">A meeting.</p>\n'


def built(
    folder: Path, *formats: str, document: str = "", css: str = "", source: str = RELEASE, letterhead: Path | None = None
) -> Iterable[Finding]:
    """Build a release in English, with a template or a stylesheet of the workspace."""
    (folder / "locales").mkdir(exist_ok=True)
    if document:
        write(folder / "templates/press-release/document.html", document)
    if css:
        write(folder / "templates/press-release/style.css", css)
    request = BuildRequest(editions=("en",), formats=formats or ("html",), letterhead=letterhead)  # type: ignore[arg-type]
    outputs = build([write(folder / "source.yaml", source)], folder / "out", request)
    return [finding for output in outputs for finding in output.findings]


@produces("no-template")
def a_template_that_includes_one_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    return built(folder, document=DOCUMENT + '{% include "footer.html" %}\n')


@produces("bad-template")
def a_template_that_divides_by_zero(folder: Path) -> Iterable[Finding]:
    return built(folder, document=DOCUMENT + '<p data-block="lead">{{ 1 / 0 }}</p>\n')


@produces("stray-text", "no-block-name", "duplicate-block", "unknown-attribute")
def a_template_with_mistakes_in_its_elements(folder: Path) -> Iterable[Finding]:
    mistakes = 'Stray words.\n<p>No name.</p>\n<p data-block="head" onclick="run()">The same name.</p>\n'
    return built(folder, document=DOCUMENT + mistakes)


@produces("unknown-element")
def a_template_with_a_video(folder: Path) -> Iterable[Finding]:
    return built(folder, document=DOCUMENT + '<video data-block="film"></video>\n')


@produces("dead-link")
def a_table_of_contents_that_leads_nowhere(folder: Path) -> Iterable[Finding]:
    return built(folder, document=DOCUMENT + CONTENTS)


@produces("missing-phrase")
def a_label_of_a_template_without_a_translation(folder: Path) -> None:
    (folder / "locales").mkdir()
    write(folder / "templates/press-release/document.html", DOCUMENT + '<p data-block="x">{% trans %}Call us{% endtrans %}</p>\n')
    build([write(folder / "source.yaml", RELEASE)], folder / "out", BuildRequest(editions=("tc",), formats=("txt",)))


@produces("style-limit", "refused-url", "bad-style")
def a_stylesheet_that_loads_a_picture(folder: Path) -> Iterable[Finding]:
    return built(folder, css='p { width: 99999999mm; background: url("https://example.org/a.png") }\np { color: red\n@page }')


@produces("bad-letterhead")
def a_letterhead_that_is_a_text(folder: Path) -> Iterable[Finding]:
    return built(folder, "docx", letterhead=write(folder / "letterhead.docx", "Example Office"))


@produces("letterhead-too-large")
def a_letterhead_that_is_too_large(folder: Path) -> Iterable[Finding]:
    return built(folder, "docx", letterhead=write(folder / "letterhead.docx", bytes(MAX_BYTES + 1)))


@produces("bad-template")
def a_word_template_with_a_tag_that_is_not_closed(folder: Path) -> Iterable[Finding]:
    template = docx.Document()
    template.add_paragraph("{{ document.title")
    (folder / "templates/press-release").mkdir(parents=True)
    template.save(str(folder / "templates/press-release/template.docx"))
    return built(folder, "docx")


@produces("unmapped-style", "ignored-style", "unknown-font-family")
def a_stylesheet_with_properties_that_word_and_pdf_lack(folder: Path) -> Iterable[Finding]:
    return built(folder, "docx", "pdf", css="p { transform: rotate(3deg); colour: red; font-family: Georgia }\n")


@produces("untagged-style")
def a_stylesheet_that_fades_a_paragraph(folder: Path) -> Iterable[Finding]:
    return built(folder, "pdf", css="p { opacity: 0.5 }\n")


@produces("pdf-layout")
def a_marker_that_cannot_be_set(folder: Path) -> Iterable[Finding]:
    css = 'li::marker { content: "*" }\n'
    return built(folder, "pdf", css=css, source=RELEASE + '- {id: areas, list: {items: [{en: "One", tc: "一"}]}}\n')


@produces("no-glyph")
def a_character_that_no_font_has(folder: Path) -> Iterable[Finding]:
    return built(folder, "pdf", source=changed(RELEASE, ("A meeting.", "A meeting 𓀀.")))


@produces("skipped-heading")
def a_heading_of_a_level_without_the_level_above(folder: Path) -> Iterable[Finding]:
    return built(folder, "pdf", source=RELEASE + '- {id: more, heading: {en: "More", tc: "更多"}, level: 3}\n')


@produces("note-moved")
def a_footnote_that_does_not_fit_on_its_page(folder: Path) -> Iterable[Finding]:
    note = " ".join(["The department met many firms that wish to know more."] * 300)
    source = changed(RELEASE, ('"A meeting."', '"A meeting.[^a]"'), ("會議。", "會議。[^a]"))
    css = ".footnote { footnote-policy: auto !important }"
    return built(folder, "pdf", css=css, source=source + f'- {{id: notes, footnotes: {{a: {{en: "{note}", tc: "註"}}}}}}\n')


@produces("no-page-numbers")
def a_table_of_contents_without_fonts_for_the_layout(folder: Path) -> Iterable[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdocs.writers.pdf.glyphs.installed_fonts", dict)
        return built(folder, "docx", document=DOCUMENT + CONTENTS + LEAD)


@produces("other-page-numbers")
def a_table_of_contents_with_a_letterhead_of_another_type(folder: Path) -> Iterable[Finding]:
    docx.Document().save(str(folder / "letterhead.docx"))
    return built(folder, "docx", document=DOCUMENT + CONTENTS + LEAD, letterhead=folder / "letterhead.docx")


@produces("missing-font")
def a_font_that_is_not_installed(folder: Path) -> Iterable[Finding]:
    fonts = (ROOT / "locales/en/fonts.yaml").read_text("utf-8")
    write(folder / "locales/en/fonts.yaml", fonts.replace("Liberation", "Lost").replace("DejaVu", "Lost").replace("Noto", "Lost"))
    return built(folder, "pdf")


@produces("missing-tool")
def a_computer_without_libreoffice(folder: Path) -> Iterable[Finding]:
    return [finding for need in diagnose(Workspace(folder), None) for finding in need.missing]


@produces("missing-picture")
def a_document_without_its_picture(folder: Path) -> None:
    page = '<html lang="en"><body><article lang="en"><p><img src="a.png" alt="A"></p></article></body></html>'
    metadata = Metadata("A title", "example", datetime(2018, 8, 22, tzinfo=UTC), issuer="")
    document = HtmlDocument(html.document_fromstring(page), (), (language("en", Workspace()),), metadata)
    WRITERS["docx"]([document], Workspace())

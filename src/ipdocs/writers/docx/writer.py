"""Write an HTML document as a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.files.ooxml.elements import element, properties
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.findings import Finding, raise_errors
from ipdocs.templating.cascade import Cascade
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.weasyprint_errors import report_stylesheet_errors
from ipdocs.workspace import Workspace
from ipdocs.writers.docx import css_to_properties, flow
from ipdocs.writers.docx.bookmarks import Bookmarks, contents_bookmark_name
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import ParagraphFormat
from ipdocs.writers.docx.footnotes import write_footnotes
from ipdocs.writers.docx.letterhead import open_letterhead
from ipdocs.writers.docx.numbering import NumberingDefinitions
from ipdocs.writers.docx.package import DocxPackage, start_package
from ipdocs.writers.docx.section import page_stylesheet, plan_section, section_properties, text_area_width
from ipdocs.writers.docx.story import Story
from ipdocs.writers.docx.story_xml import body_elements
from ipdocs.writers.docx.style_registry import StyleRegistry
from ipdocs.writers.docx.typefaces import Typefaces, language_properties
from ipdocs.writers.docx.unsupported_css import unsupported_css_findings
from ipdocs.writers.docx.version_label import add_version_label
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.watermark import draft_watermark
from ipdocs.writers.written_file import WrittenFile


def write(
    html: HtmlDocument, workspace: Workspace, letterhead: Path | None = None, page_numbers: Mapping[str, int] | None = None
) -> WrittenFile:
    """Return an HTML document as a Word file with named styles, real lists, tables, footnotes and fields.

    The header, footer, page setup, theme and styles of a letterhead replace those of the stylesheet. `page_numbers`
    maps ids of elements to page numbers, for the table of contents. Equal documents give equal bytes.

    Raises:
        IpdocsError: A stylesheet cannot be computed, an element is not supported, or the letterhead is missing or unsafe.
    """
    with report_stylesheet_errors(html.stylesheets):
        return _write(html, workspace, letterhead, page_numbers or {})


def _write(html: HtmlDocument, workspace: Workspace, letterhead: Path | None, page_numbers: Mapping[str, int]) -> WrittenFile:
    context = _context(html, workspace, start_package(open_letterhead(letterhead) if letterhead else None), page_numbers)
    body_style = context.cascade.style(html.body)
    context.text_width = text_area_width(context, body_style["page"])
    story = Story(sections=[(0, body_style["page"])])
    flow.write_box(html.body, Container(story, context.text_width), context)
    plans = [plan_section(context, page, opens_document=not index) for index, (_, page) in enumerate(story.sections)]
    context.styles.assign_styles()
    if context.page_numbers and context.styles.uses_letterhead_styles:
        message = "the page numbers in the table of contents may be wrong: they were computed without the letterhead's styles"
        context.findings.append(
            Finding("other-page-numbers", message, None, "open the file in Word, then press Ctrl+A and F9", severity="warning")
        )
    css_findings = unsupported_css_findings(html, context.cascade, has_negative_gap=context.has_negative_gap)
    warnings = raise_errors([*context.findings, *css_findings])

    package = context.package
    _add_watermark_to_letterhead(context)
    package.body.extend(body_elements(story, [section_properties(plan, context) for plan in plans]))
    if html.version_label and letterhead:
        add_version_label(package.document, html.version_label)
    write_footnotes(context)
    _write_definitions(context)
    if any("even" in plan.kinds for plan in plans):
        package.add_setting("evenAndOddHeaders")
    package.set_core_properties(html.metadata, html.languages)
    return WrittenFile(package.save(), tuple(warnings))


def _add_watermark_to_letterhead(context: DocxContext) -> None:
    if context.watermark is None:
        return
    for header in context.package.headers():
        paragraph = next(header.iter(qualified_name("p")), None)
        if paragraph is None:
            paragraph = element("p")
            header.append(paragraph)
        paragraph.append(context.next_watermark_run(context.watermark))


def with_letterhead_pages(html: HtmlDocument, letterhead: Path) -> HtmlDocument:
    """Return an HTML document with a letterhead's page size and margins, so that the PDF has the Word file's page numbers."""
    section = start_package(open_letterhead(letterhead)).letterhead_section
    if section is None:
        return html
    return replace(html, stylesheets=(*html.stylesheets, page_stylesheet(section, html, Cascade(html))))


def _context(html: HtmlDocument, workspace: Workspace, package: DocxPackage, page_numbers: Mapping[str, int]) -> DocxContext:
    cascade = Cascade(html)
    typefaces = Typefaces(workspace, html.languages)
    body_style = cascade.style(html.body)
    language = language_properties(html.languages[0], html.languages)
    normal_format = ParagraphFormat(
        css_to_properties.paragraph_properties(body_style, html.languages[0], 0.0),
        css_to_properties.run_properties(body_style, html.languages[0], typefaces) | language,
    )
    highest_number = max(
        package.highest_number("numbering", "numbering", "abstractNum", "abstractNumId"),
        package.highest_number("numbering", "numbering", "num", "numId"),
    )
    return DocxContext(
        html=html,
        cascade=cascade,
        typefaces=typefaces,
        styles=StyleRegistry(normal_format, package.style_ids()),
        numbering=NumberingDefinitions(first_number=1 + highest_number),
        package=package,
        block_handlers=BLOCKS,
        inline_handlers=INLINES,
        counters=cascade.counter_styles(),
        page_numbers=page_numbers,
        first_footnote_id=1 + package.highest_number("footnotes", "footnotes", "footnote", "id"),
        bookmarks=Bookmarks(_link_bookmark_names(html)),
        watermark=draft_watermark(html, typefaces),
    )


def _link_bookmark_names(html: HtmlDocument) -> dict[str, str]:
    """Return the bookmark names for the ids that links lead to; for a table of contents, names in Word's own form."""
    links = [*html.root.iter("a")]
    contents_links = {link for nav in html.root.iter("nav") for link in nav.iter("a")}
    targets = {}
    for link in sorted(links, key=lambda link: link in contents_links):
        address = link.get("href", "")
        if address.startswith("#"):
            target = address[1:]
            is_in_contents = link in contents_links
            targets[target] = contents_bookmark_name(target) if is_in_contents else bookmark_name(target, "to")
    return targets


def _write_definitions(context: DocxContext) -> None:
    """Write the styles, lists, fonts and settings that the body refers to."""
    package, languages = context.package, context.html.languages
    default_properties = package.styles.find(
        f"{qualified_name('docDefaults')}/{qualified_name('rPrDefault')}/{qualified_name('rPr')}"
    )
    if default_properties is not None and package.letterhead_section is None:
        language = properties("rPr", language_properties(languages[0], languages))
        default_properties.extend(language if language is not None else [])
    package.styles.extend(context.styles.elements())
    if abstract_nums := context.numbering.abstract_nums():
        package.add_numbering(abstract_nums, context.numbering.nums())
    font_table = package.part_root("fontTable", "fonts")
    existing_names = {font.get(qualified_name("name")) for font in font_table}
    font_table.extend(font for font in context.typefaces.font_table() if font.get(qualified_name("name")) not in existing_names)
    attributes = {key.removeprefix("lang@"): value for key, value in language_properties(languages[0], languages).items()}
    package.add_setting("themeFontLang", **attributes)

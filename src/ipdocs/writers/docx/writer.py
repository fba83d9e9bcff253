"""HtmlDocument in, Word file out."""

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
from ipdocs.templating.weasyprint_errors import stylesheet_errors
from ipdocs.workspace import Workspace
from ipdocs.writers.docx import css_to_properties, flow, notes, watermark
from ipdocs.writers.docx import section as sections
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import Look
from ipdocs.writers.docx.letterhead import open_letterhead
from ipdocs.writers.docx.marks import Marks, contents_name
from ipdocs.writers.docx.numbering import Numbering
from ipdocs.writers.docx.package import Package, start_package
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Story
from ipdocs.writers.docx.style_registry import StyleRegistry
from ipdocs.writers.docx.typefaces import Typefaces, language_slots
from ipdocs.writers.docx.unsupported_css import unmapped
from ipdocs.writers.docx.version import say_version
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writing import sectioned
from ipdocs.writers.written_file import Written

_NUMBERED = (("abstractNum", "abstractNumId"), ("num", "numId"))


def write(
    html: HtmlDocument, workspace: Workspace, letterhead: Path | None = None, pages: Mapping[str, int] | None = None
) -> Written:
    """Return an HTML document as a Word file: named styles from the cascade, real lists, tables, notes and fields.

    A letterhead's header, footer, page set-up, theme and styles win over the
    stylesheet's. `pages` says on which page each id stands, for a table of
    contents that is right when it is opened. Equal documents give equal bytes.

    Raises:
        IpdocsError: what of the stylesheets no Word file can have, or nobody can compute; a letterhead that is refused.
    """
    with stylesheet_errors(html.stylesheets):
        return _write(html, workspace, letterhead, pages or {})


def _write(html: HtmlDocument, workspace: Workspace, letterhead: Path | None, pages: Mapping[str, int]) -> Written:
    context = _context(html, workspace, start_package(open_letterhead(letterhead) if letterhead else None), pages)
    body = context.cascade.of(html.body)
    context.width = sections.width(context, body["page"])
    story = Story(sections=[(0, body["page"])])
    flow.box(html.body, Place(story, context.width), context)
    planned = [sections.plan(context, name, opening=not at) for at, (_, name) in enumerate(story.sections)]
    context.styles.assign_styles()
    if context.pages and context.styles.keeps_some:
        message = "the pages of the table of contents are those that the stylesheet's type makes, not the letterhead's"
        context.findings.append(Finding("other-page-numbers", message, None, "press F9 in Word", severity="warning"))
    found = raise_errors([*context.findings, *unmapped(html, context.cascade, overlaps=context.overlaps)])

    package = context.package
    if context.mark:
        for header in package.headers():
            paragraph = next(header.iter(qualified_name("p")), None)
            if paragraph is None:
                paragraph = element("p")
                header.append(paragraph)
            paragraph.append(context.draft_mark(context.mark))
    package.body.extend(sectioned(story, [sections.properties_of(section, context) for section in planned]))
    if html.version and letterhead:
        say_version(package.document, html.version)
    notes.fill(context)
    _define(context)
    if any("even" in section.kinds for section in planned):
        package.set("evenAndOddHeaders")
    package.describe(html.metadata, html.languages)
    return Written(package.save(), tuple(found))


def on_letterhead(html: HtmlDocument, letterhead: Path) -> HtmlDocument:
    """Return an HTML document whose stylesheets have a letterhead's pages, for a layout that is to have as many."""
    section = start_package(open_letterhead(letterhead)).section
    if section is None:
        return html
    return replace(html, stylesheets=(*html.stylesheets, sections.as_stylesheet(section, html, Cascade(html))))


def _context(html: HtmlDocument, workspace: Workspace, package: Package, pages: Mapping[str, int]) -> DocxContext:
    cascade = Cascade(html)
    typefaces = Typefaces(workspace, html.languages)
    body = cascade.of(html.body)
    slots = language_slots(html.languages[0], html.languages)
    normal = Look(
        css_to_properties.paragraph(body, html.languages[0], 0.0),
        css_to_properties.run(body, html.languages[0], typefaces) | slots,
    )
    return DocxContext(
        html=html,
        cascade=cascade,
        typefaces=typefaces,
        styles=StyleRegistry(normal, package.kept_styles()),
        numbering=Numbering(first=1 + max(package.highest("numbering", "numbering", *one) for one in _NUMBERED)),
        package=package,
        blocks=BLOCKS,
        inlines=INLINES,
        counters=cascade.counters(),
        pages=pages,
        first_note=1 + package.highest("footnotes", "footnotes", "footnote", "id"),
        marks=Marks(_targets(html)),
        mark=watermark.mark(html, typefaces),
    )


def _targets(html: HtmlDocument) -> dict[str, str]:
    """Return the bookmark of each id that a link leads to; those in a table of contents have the names Word gives."""
    links = [*html.root.iter("a")]
    listed = {link for nav in html.root.iter("nav") for link in nav.iter("a")}
    ordered = sorted(links, key=lambda link: link in listed)
    return {
        address[1:]: bookmark_name(address[1:], "to") if link not in listed else contents_name(address[1:])
        for link in ordered
        if (address := link.get("href", "")).startswith("#")
    }


def _define(context: DocxContext) -> None:
    """Write the styles, lists, fonts and settings that the body refers to."""
    package, languages = context.package, context.html.languages
    defaults = package.styles.find(f"{qualified_name('docDefaults')}/{qualified_name('rPrDefault')}/{qualified_name('rPr')}")
    if defaults is not None and package.section is None:
        slots = properties("rPr", language_slots(languages[0], languages))
        defaults.extend(slots if slots is not None else [])
    package.styles.extend(context.styles.elements())
    if definitions := context.numbering.abstracts():
        package.number(definitions, context.numbering.numbers())
    table = package.part("fontTable", "fonts")
    known = {font.get(qualified_name("name")) for font in table}
    table.extend(font for font in context.typefaces.table() if font.get(qualified_name("name")) not in known)
    theme = {key.removeprefix("lang@"): value for key, value in language_slots(languages[0], languages).items()}
    package.set("themeFontLang", **theme)

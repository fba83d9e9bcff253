"""Render localised documents as one HTML document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement, builder

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.data_url import clean_data_urls
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.reading import decode_utf8, line_and_column, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, collect, raise_errors
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.source.file_references import read_picture
from ipdocs.templating.html_document import ELEMENTS, HtmlDocument, Metadata, Stylesheet
from ipdocs.templating.language_tags import tag_foreign_runs
from ipdocs.templating.layout import Column, Layout, arrange, parse_column, remove_dead_links, title_of
from ipdocs.templating.list_marker_styles import marker_stylesheet
from ipdocs.templating.restricted_marks import mark_restricted
from ipdocs.templating.stylesheet_limits import read_stylesheet_text
from ipdocs.templating.template import render_fragment
from ipdocs.templating.word_template import fill_word_template
from ipdocs.values.types import HONG_KONG, Date, DateTime
from ipdocs.workspace import Workspace

STYLESHEETS = ("_shared/base.css", "{kind}/style.css")
"""The stylesheets for a kind of document, in the order of the cascade."""

PROPERTY_LIMIT = 255
"""Maximum number of characters that Word accepts in a document property."""


def render_html(
    documents: Sequence[LocalisedDocument], template: str = "document.html", *, layout: Layout = "parallel"
) -> HtmlDocument:
    """Return the HTML of a document in one language, or in several languages in a layout.

    Each language is rendered separately, so templates do not depend on layouts. The title in the properties is the text of
    the template's h1. If an office has its own template.docx, the Word file of a single language is made from it.

    Args:
        documents: the document in each language, in order of appearance.
        template: the name of a template for this kind of document.
        layout: how several languages are arranged.

    Raises:
        IpdocsError: a template or stylesheet has an error, a catalog lacks a phrase, or a picture cannot be used.
    """
    first_document = documents[0]
    columns = [parse_column(document.language, render_fragment(document, template)) for document in documents]
    for document, column in zip(documents, columns, strict=True):
        mark_restricted(column, document)
    missing_targets = remove_dead_links(columns)
    title, version_label = title_and_version_label(documents, columns)
    if not first_document.draft:
        raise_errors(finding for document in documents for finding in missing_phrase_findings(document))
        raise_errors(_dead_entry_findings(missing_targets, first_document.kind, template))
    content = arrange(columns, layout)
    for element in content:
        element.classes.add(template_class(template))
    html = assemble_document(documents, content, title, layout=layout, version_label=version_label)
    html = replace(html, template=first_document.workspace.find(f"templates/{first_document.kind}/{template}"))
    may_use_word_template = template == "document.html" and len(documents) == 1
    word_template = (
        first_document.workspace.find(f"templates/{first_document.kind}/template.docx") if may_use_word_template else None
    )
    return replace(html, word=fill_word_template(first_document, word_template)) if word_template else html


def template_class(template: str) -> str:
    """Return the class of the HTML from a template, such as of-actions, for use in stylesheets."""
    return f"of-{template.removesuffix('.html')}"


def title_and_version_label(documents: Sequence[LocalisedDocument], columns: Sequence[Column]) -> tuple[str, str]:
    """Return the title for the properties, and the label of every page of a public version, in all languages."""
    headings = list(map(title_of, columns))
    if not getattr(documents[0].document, "public", False):
        return _join_languages(headings), ""
    versions = [
        parse_column(document.language, render_fragment(document, "version.html", title=heading))
        for document, heading in zip(documents, headings, strict=True)
    ]
    title, version_label = (
        _join_languages([column.blocks[name].text_content() for column in versions]) for name in ("title", "version")
    )
    return title, version_label


def _join_languages(texts: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(filter(None, texts)))


def assemble_document(
    documents: Sequence[LocalisedDocument], content: Sequence[HtmlElement], title: str, *, layout: Layout, version_label: str
) -> HtmlDocument:
    """Return a complete document with the given content of <body>, and with stylesheets, properties and pictures.

    Raises:
        IpdocsError: an element is unknown, or a picture or stylesheet cannot be read.
    """
    first_document, title = documents[0], _property_text(title)
    body = builder.BODY(*content)
    if len(documents) > 1:
        body.attrib["class"] = f"layout-{layout} of-{len(documents)}"
    tag_foreign_runs(body, first_document.language, first_document.workspace)
    raise_errors(unknown_element_findings(body, first_document.kind))
    is_draft = first_document.draft or getattr(first_document.document, "status", None) == "draft"
    head = builder.HEAD(builder.META(charset="utf-8"), builder.TITLE(title))
    root = builder.HTML(head, body, lang=first_document.language.tag, **{"class": first_document.value_context.style.design})
    marker_styles = marker_stylesheet(body)
    return HtmlDocument(
        root=root,
        stylesheets=(
            *([_version_stylesheet(version_label)] if version_label else []),
            *([marker_styles] if marker_styles else []),
            *stylesheets(first_document.kind, first_document.workspace),
        ),
        languages=tuple(document.language for document in documents),
        metadata=_metadata(first_document, title),
        draft=is_draft,
        line_numbers=is_draft and first_document.kind == "minutes",
        assets=_pictures(root, first_document),
        letterhead=first_document.workspace.find(f"templates/{first_document.kind}/letterhead.docx"),
        version_label=version_label,
        brackets={document.language.tag: document.value_context.language_style.brackets for document in documents},
    )


def _version_stylesheet(version_label: str) -> Stylesheet:
    """Return a stylesheet that labels every page; later stylesheets can change the look of the label, but not remove it."""
    escaped = "".join(character if character.isalnum() else f"\\{ord(character):x} " for character in version_label)
    declarations = "font-family: ip-serif; font-size: 9pt; line-height: 12pt; font-weight: bold; color: #111111"
    return Stylesheet(Path("version.css"), f'@page {{ @top-left {{ content: "{escaped}" !important; {declarations} }} }}')


def missing_phrase_findings(document: LocalisedDocument) -> list[Finding]:
    """Return a finding for each phrase of the templates that the document's catalog lacks."""
    path = f"locales/{document.language.tag}/phrases.po"
    hint = "translate the phrase in this catalog"
    if document.catalog.missing and not document.workspace.find(path):
        hint = "run `ipdocs catalog update`, which writes this catalog, and translate the phrase in it"
    return [
        Finding(
            "missing-phrase",
            f"the phrase {phrase!r} has no {document.language.code} translation",
            Location(Path(path)),
            hint,
        )
        for phrase in document.catalog.missing
    ]


def _dead_entry_findings(names: Sequence[str], kind: str, template: str) -> list[Finding]:
    """Return a finding for each missing block that a table of contents links to."""
    location = Location(Path(f"templates/{kind}/{template}"))
    return [
        Finding(
            "dead-link",
            f"the table of contents links to {name!r}, but no block has this name",
            location,
            f'give a block this name: data-block="{name}"',
        )
        for name in names
    ]


def unknown_element_findings(body: HtmlElement, kind: str) -> list[Finding]:
    """Return a finding for each tag that the writers do not support."""
    names = {str(element.tag) for element in body.iterdescendants()} - ELEMENTS
    hint = f"use one of {', '.join(sorted(ELEMENTS))}"
    location = Location(Path(f"templates/{kind}/document.html"))
    return [Finding("unknown-element", f"the element <{name}> is not supported", location, hint) for name in sorted(names)]


@cache
def stylesheets(kind: str, workspace: Workspace) -> tuple[Stylesheet, ...]:
    """Return the stylesheets for a kind of document, in the order of the cascade."""
    paths = (workspace.find(f"templates/{name.format(kind=kind)}") for name in STYLESHEETS)
    return tuple(collect(_stylesheet, filter(None, paths)))


def _stylesheet(path: Path) -> Stylesheet:
    """Read a stylesheet, and clean its embedded pictures."""
    text = read_stylesheet_text(path)
    try:
        return Stylesheet(path, clean_data_urls(text, clean_picture))
    except BadPicture as error:
        message = f"a picture in this stylesheet cannot be used: {error.message}"
        raise IpdocsError([Finding("bad-picture", message, Location(path, 1, 1), error.hint)]) from error


def _metadata(document: LocalisedDocument, title: str) -> Metadata:
    return Metadata(
        title=title,
        identifier=document.id,
        created=_time_of_issue(document),
        issuer=_property_text(str(getattr(document.document, "issuer", None) or "")),
    )


def _property_text(text: str) -> str:
    """Return a text, cut to the length that Word accepts in a document property."""
    return text if len(text) <= PROPERTY_LIMIT else f"{text[: PROPERTY_LIMIT - 1]}…"


def _time_of_issue(document: LocalisedDocument) -> datetime:
    """Return the time of issue in Hong Kong time; without a time in the source, the beginning of the day."""
    match document.issue_date:
        case DateTime(moment):
            return moment.astimezone(HONG_KONG)
        case Date(year, month, day) if year:
            return datetime(year, month, day or 1, tzinfo=HONG_KONG)
    raise TypeError(f"not a time of issue: {document.issue_date!r}")


def _pictures(root: HtmlElement, document: LocalisedDocument) -> dict[str, CleanPicture]:
    """Return every picture, keyed by the src of its <img>; one mentioned only in a template is read from its file."""
    pictures: dict[str, CleanPicture] = {}
    for image in root.iter("img"):
        name = image.attrib["src"]
        if name not in pictures:
            known = document.pictures.get(name)
            pictures[name] = _template_picture(name, document) if known is None else known
    return pictures


def _template_picture(name: str, document: LocalisedDocument) -> CleanPicture:
    """Return a picture that a template names.

    Raises:
        IpdocsError: the picture cannot be used; the finding has the location in the template that names the picture.
    """
    try:
        return read_picture(name, document.folder, document.workspace)
    except IpdocsError as error:
        path = document.workspace.find(f"templates/{document.kind}/document.html") or Path()
        text = decode_utf8(read_bytes(path), path) if path.is_file() else ""
        location = Location(path, *line_and_column(text, max(text.find(name), 0)))
        raise IpdocsError(replace(finding, location=finding.location or location) for finding in error.findings) from error

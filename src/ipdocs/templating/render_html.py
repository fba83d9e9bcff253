"""Views in, tree out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement, builder

from ipdocs.findings import Finding, IpdocsError, Location, raise_errors
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import ELEMENTS, HtmlDocument, Metadata, Stylesheet
from ipdocs.templating.language_tags import mark_foreign
from ipdocs.templating.layout import Layout, arrange, column, connect, title_of
from ipdocs.templating.template import fragment
from ipdocs.templating.word_template import filled
from ipdocs.values.types import HONG_KONG, Date, DateTime
from ipdocs.workspace import Workspace, inside

STYLESHEETS = ("_shared/base.css", "{kind}/style.css")
"""The stylesheets of a kind of document, in the order of the cascade."""

PICTURE_LIMIT = 20_000_000
PROPERTY_LIMIT = 255
"""Characters of a property, which Word has no room for more of."""


def render_html(
    views: Sequence[LocalisedDocument],
    workspace: Workspace,
    template: str = "document.html",
    *,
    layout: Layout = "parallel",
    folder: Path | None = None,
    draft: bool = False,
) -> HtmlDocument:
    """Return the tree of one language, or of several in a layout; pictures are read from the source's folder.

    Each language is rendered by itself, so templates never think of layouts.
    An office's own template.docx makes the Word file of one language.
    The title among the properties is what the template's h1 says.
    """
    columns = [column(view.language, fragment(view, workspace, template)) for view in views]
    if not draft:
        raise_errors(finding for view in views for finding in missing_phrases(view))
    lost = connect(columns)
    if not draft:
        raise_errors(_entries_without_a_page(lost, views[0].kind, template))
    title = " / ".join(filter(None, map(title_of, columns)))
    content = arrange(columns, layout)
    for element in content:
        element.classes.add(of(template))
    tree = tree_of(views, content, title, workspace, layout=layout, folder=folder, draft=draft)
    own = workspace.find(f"templates/{views[0].kind}/template.docx") if template == "document.html" and len(views) == 1 else None
    return replace(tree, word=filled(views[0], own, workspace)) if own else tree


def of(template: str) -> str:
    """Return the class of what a template makes, such as of-actions: a stylesheet may give it pages of its own."""
    return f"of-{template.removesuffix('.html')}"


def tree_of(
    views: Sequence[LocalisedDocument],
    content: Sequence[HtmlElement],
    title: str,
    workspace: Workspace,
    *,
    layout: Layout,
    folder: Path | None,
    draft: bool,
) -> HtmlDocument:
    """Return the tree of what stands in a body: stylesheets, properties and pictures added, unknown elements refused."""
    first, title = views[0], _property(title)
    body = builder.BODY(*content)
    if len(views) > 1:
        body.attrib["class"] = f"layout-{layout} of-{len(views)}"
    mark_foreign(body, first.language, workspace)
    raise_errors(unknown_elements(body, first.kind))
    drafted = draft or getattr(first.document, "status", None) == "draft"
    head = builder.HEAD(builder.META(charset="utf-8"), builder.TITLE(title))
    root = builder.HTML(head, body, lang=first.language.tag, **{"class": first.setting.style.design})
    return HtmlDocument(
        root=root,
        stylesheets=stylesheets(first.kind, workspace),
        languages=tuple(view.language for view in views),
        metadata=_metadata(first, title),
        draft=drafted,
        line_numbers=drafted and first.kind == "minutes",
        assets=_pictures(root, folder, workspace),
        letterhead=workspace.find(f"templates/{first.kind}/letterhead.docx"),
    )


def missing_phrases(view: LocalisedDocument) -> list[Finding]:
    """Return a finding for each label of the templates that the view's catalog lacks."""
    path = f"locales/{view.language.tag}/phrases.po"
    return [
        Finding(
            "missing-phrase", f"no {view.language.code} for the phrase {phrase!r}", Location(Path(path)), "translate it there"
        )
        for phrase in view.catalog.missing
    ]


def _entries_without_a_page(names: Sequence[str], kind: str, template: str) -> list[Finding]:
    """Return a finding for each block that a template's table of contents leads to and that is not there."""
    place, hint = Location(Path(f"templates/{kind}/{template}")), "give a block that name: data-block"
    return [Finding("dead-link", f"the table of contents leads to {name!r}, which is no block", place, hint) for name in names]


def unknown_elements(body: HtmlElement, kind: str) -> list[Finding]:
    """Return a finding for each kind of element that is outside the vocabulary: no writer would know it."""
    names = {str(element.tag) for element in body.iterdescendants()} - ELEMENTS
    hint = f"use one of {', '.join(sorted(ELEMENTS))}"
    place = Location(Path(f"templates/{kind}/document.html"))
    return [Finding("unknown-element", f"no writer knows the element <{name}>", place, hint) for name in sorted(names)]


@cache
def stylesheets(kind: str, workspace: Workspace) -> tuple[Stylesheet, ...]:
    """Return the stylesheets of a kind of document, in the order of the cascade."""
    paths = (workspace.find(f"templates/{name.format(kind=kind)}") for name in STYLESHEETS)
    return tuple(Stylesheet(path, path.read_text("utf-8")) for path in paths if path)


def _metadata(view: LocalisedDocument, title: str) -> Metadata:
    return Metadata(
        title=title,
        identifier=view.id,
        created=_issued(view),
        issuer=_property(str(getattr(view.document, "issuer", None) or "")),
    )


def _property(text: str) -> str:
    """Return what a property says, cut to what fits."""
    return text if len(text) <= PROPERTY_LIMIT else f"{text[: PROPERTY_LIMIT - 1]}…"


def _issued(view: LocalisedDocument) -> datetime:
    """Return the moment of issue in Hong Kong's time: the beginning of the day when a source gives no time."""
    match view.dated:
        case DateTime(moment):
            return moment.astimezone(HONG_KONG)
        case Date(year, month, day) if year:
            return datetime(year, month, day or 1, tzinfo=HONG_KONG)
    raise TypeError(f"not a moment of issue: {view.dated!r}")


def _pictures(root: HtmlElement, folder: Path | None, workspace: Workspace) -> dict[str, bytes]:
    """Return the bytes of every picture of a tree, by the name its img has; none from outside the workspace."""
    found: dict[str, bytes] = {}
    for image in root.iter("img"):
        name = image.attrib["src"]
        if name not in found and folder:
            path = inside(folder, name, workspace.root or folder)
            if path.stat().st_size > PICTURE_LIMIT:
                message = f"the picture {name!r} is larger than {PICTURE_LIMIT // 1_000_000} MB"
                raise IpdocsError([Finding("picture-too-large", message, Location(path), "save it smaller")])
            found[name] = path.read_bytes()
    return found

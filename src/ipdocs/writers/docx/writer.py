"""Tree in, Word file out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml.html import HtmlElement

from ipdocs.findings import raise_errors
from ipdocs.render.cascade import Cascade
from ipdocs.render.tree import Tree
from ipdocs.workspace import Workspace
from ipdocs.writers.docx import flow, looks, page
from ipdocs.writers.docx.gallery import Gallery
from ipdocs.writers.docx.looks import Look
from ipdocs.writers.docx.manuscript import Manuscript
from ipdocs.writers.docx.marks import Marks
from ipdocs.writers.docx.numbering import Numbering
from ipdocs.writers.docx.ooxml import element, name, properties
from ipdocs.writers.docx.package import open_package
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Story
from ipdocs.writers.docx.typefaces import Typefaces, language_slots
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writing import elements
from ipdocs.writers.written import Written


def write(tree: Tree, workspace: Workspace, letterhead: Path | None = None, pages: Mapping[str, int] | None = None) -> Written:
    """Return a tree as a Word file: named styles from the stylesheets' cascade, real lists, tables, notes and fields.

    A letterhead's header, footer, page set-up, theme and styles win over the
    stylesheet's. `pages` says on which page each id stands, for a table of
    contents that is right when it is opened. Equal trees give equal bytes.
    """
    manuscript = _manuscript(tree, workspace, pages or {})
    body = _body(tree)
    section = page.plan(manuscript)
    story = Story()
    flow.box(body, Place(story, page.text_width(section.style)), manuscript)
    manuscript.gallery.settle()
    found = raise_errors(manuscript.findings)

    package = manuscript.package
    package.body.extend([*elements(story), page.properties_of(section, manuscript)])
    _define(manuscript)
    package.describe(tree.metadata, tree.languages)
    return Written(package.save(), tuple(found))


def _body(tree: Tree) -> HtmlElement:
    return next(tree.root.iter("body"))


def _manuscript(tree: Tree, workspace: Workspace, pages: Mapping[str, int]) -> Manuscript:
    cascade = Cascade(tree)
    typefaces = Typefaces(workspace, tree.languages)
    body = cascade.of(_body(tree))
    spoken = language_slots(tree.languages[0], tree.languages)
    normal = Look(looks.paragraph(body, tree.languages[0], 0.0), looks.run(body, tree.languages[0], typefaces) | spoken)
    targets = {address[1:] for link in tree.root.iter("a") if (address := link.get("href", "")).startswith("#")}
    return Manuscript(
        tree=tree,
        cascade=cascade,
        typefaces=typefaces,
        gallery=Gallery(normal),
        numbering=Numbering(),
        package=open_package(),
        blocks=BLOCKS,
        inlines=INLINES,
        counters=cascade.counters(),
        pages=pages,
        marks=Marks(frozenset(targets)),
    )


def _define(manuscript: Manuscript) -> None:
    """Write the styles, lists, fonts and settings that the body refers to."""
    package, languages = manuscript.package, manuscript.tree.languages
    defaults = package.styles.find(f"{name('docDefaults')}/{name('rPrDefault')}/{name('rPr')}")
    if defaults is not None:
        slots = properties("rPr", language_slots(languages[0], languages))
        defaults.extend(slots if slots is not None else [])
    package.styles.extend(manuscript.gallery.styles())
    if definitions := manuscript.numbering.abstracts():
        package.part("numbering", "numbering").extend([*definitions, *manuscript.numbering.numbers()])
    package.part("fontTable", "fonts").extend(manuscript.typefaces.table())
    theme = {key.removeprefix("lang@"): value for key, value in language_slots(languages[0], languages).items()}
    for follower in package.settings.iterchildren(name("decimalSymbol")):
        follower.addprevious(element("themeFontLang", **theme))

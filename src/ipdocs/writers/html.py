"""Write an HTML document as a standalone web page with embedded stylesheets and pictures."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from lxml import html
from lxml.html import builder

from ipdocs.files.pictures.data_url import encode_data_url
from ipdocs.locale.language import Language
from ipdocs.templating.fonts import DESIGNS, fonts
from ipdocs.templating.html_document import ELEMENTS, HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers.written_file import WrittenFile

HANDLED = ELEMENTS
"""The elements that this writer handles: all elements that templates may use. They stay unchanged."""

_PAGE_CSS = """
.parallel { display: block; }
.parallel .head, .parallel .row { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
.parallel .row .cell, .parallel .head .cell { display: block; width: auto !important; }
.parallel .cell[colspan] { grid-column: 1 / -1; }
@media screen {
  body { max-width: 42em; margin: 2em auto; padding: 0 1.5em; }
  body.layout-parallel { max-width: 72em; }
  figure img { max-width: 100%; height: auto; }
  .footnote { font-size: 0.875em; }
}
"""
"""Rules for every page: side-by-side texts as a grid, and a layout for the screen."""


def write(document: HtmlDocument, workspace: Workspace) -> WrittenFile:
    """Return a document as a standalone page, which has a screen layout and prints like the PDF."""
    page = replace(document, root=deepcopy(document.root))
    root, head = page.root, page.head
    for element in root.iter():
        element.attrib.pop("data-place", None)
    for image in root.iter("img"):
        image.attrib["src"] = encode_data_url(document.assets[image.attrib["src"]])
    head.append(builder.META(name="viewport", content="width=device-width, initial-scale=1"))
    if document.metadata.issuer:
        head.append(builder.META(name="author", content=document.metadata.issuer))
    stylesheets = [stylesheet.text for stylesheet in document.stylesheets]
    head.append(builder.STYLE("\n".join([_font_rules(document.languages, workspace), *stylesheets, _PAGE_CSS])))
    return WrittenFile(html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n")


def _font_rules(languages: tuple[Language, ...], workspace: Workspace) -> str:
    """Return CSS rules that set the fonts for each language, so that Chinese characters have the forms of their region."""
    rules: list[str] = []
    for language in languages:
        language_fonts = fonts(language, workspace)
        for design_name in DESIGNS:
            design = language_fonts.design(design_name)
            word_fonts = design.word  # the fonts of Microsoft Word, which readers of a web page often have
            latin_families = [word_fonts.latin, *word_fonts.alternates.get(word_fonts.latin, ())]
            chinese_families = [word_fonts.chinese, *word_fonts.alternates.get(word_fonts.chinese, ())]
            families = [*chinese_families, *latin_families] if language.is_east_asian else [*latin_families, *chinese_families]
            families += [family for face in design.faces for family in face.families]
            font_family = ", ".join(f'"{family}"' for family in dict.fromkeys(families))
            generic = "serif" if design_name == "serif" else "sans-serif"
            selector = f"html.{design_name}:lang({language.tag}), .{design_name} :lang({language.tag})"
            rules.append(f"{selector} {{ font-family: {font_family}, {generic} }}")
    return "\n".join(rules)

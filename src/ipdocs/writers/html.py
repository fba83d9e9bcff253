"""HTML in, one standalone web page out: stylesheets and pictures inside, nothing fetched, lang on every change of language."""

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
from ipdocs.writers.written_file import Written

HANDLED = ELEMENTS
"""The tree is HTML: every element of the vocabulary stands for itself."""

SCREEN = """
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


def write(tree: HtmlDocument, workspace: Workspace) -> Written:
    """Return a tree as a page of its own that reads well on a screen and prints like the PDF."""
    page = replace(tree, root=deepcopy(tree.root))
    root, head = page.root, page.head
    for element in root.iter():
        element.attrib.pop("data-place", None)
    for image in root.iter("img"):
        image.attrib["src"] = encode_data_url(tree.assets[image.attrib["src"]])
    head.append(builder.META(name="viewport", content="width=device-width, initial-scale=1"))
    if tree.metadata.issuer:
        head.append(builder.META(name="author", content=tree.metadata.issuer))
    sheets = [_families(tree.languages, workspace), *(sheet.text for sheet in tree.stylesheets), SCREEN]
    head.append(builder.STYLE("\n".join(sheets)))
    return Written(html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n")


def _families(languages: tuple[Language, ...], workspace: Workspace) -> str:
    """Return rules that set each language in the fonts its readers have, each region's forms for its own."""
    rules: list[str] = []
    for language in languages:
        chosen = fonts(language, workspace)
        for name in DESIGNS:
            design = chosen.design(name)
            word = design.word
            latin = [word.latin, *word.alternates.get(word.latin, ())]
            chinese = [word.chinese, *word.alternates.get(word.chinese, ())]
            faces = [family for face in design.faces for family in face.families]
            order = [*chinese, *latin] if language.is_chinese else [*latin, *chinese]
            family = ", ".join(f'"{one}"' for one in dict.fromkeys([*order, *faces]))
            generic = "serif" if name == "serif" else "sans-serif"
            rules.append(
                f"html.{name}:lang({language.tag}), .{name} :lang({language.tag}) {{ font-family: {family}, {generic} }}"
            )
    return "\n".join(rules)
